//! A reward: what a backer gets. An add-on is a reward that comes with another.

pub mod offer;
pub mod shipping;

use serde::{Deserialize, Serialize};

pub use offer::Offer;
pub use shipping::{Shipping, Zone};

use crate::{id::RewardId, money::Money, time::Month};

/// Longest title of a reward, in characters.
pub const LONGEST_TITLE: u32 = 80;
/// Most units of one add-on in a pledge, when the reward itself sets no limit.
pub const MOST_UNITS: i64 = 10;

/// Whether something stands alone or comes on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum RewardKind {
    /// One per pledge.
    Reward,
    /// Any number, next to a reward.
    AddOn,
}

/// One thing inside a reward, such as `2 × Postcard`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub name: String,
    pub quantity: i64,
}

/// A reward as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardView {
    pub id: RewardId,
    pub kind: RewardKind,
    pub title: String,
    pub description: String,
    pub price: Money,
    pub items: Vec<Item>,
    pub image: Option<String>,
    pub delivery: Option<Month>,
    /// When and how many may be had.
    pub offer: Offer,
    pub shipping: Shipping,
    /// How many pledges include it.
    pub backers: i64,
    /// Shown only to who has its link.
    pub is_secret: bool,
}
