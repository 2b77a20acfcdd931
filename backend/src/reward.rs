//! Rewards and add-ons of campaigns.

pub(crate) mod sql;

use domain::{
    Currency, Money,
    id::{CampaignId, RewardId},
    reward::{Item, Offer, RewardKind, RewardView, Shipping},
    time::Month,
};

use crate::{db::Conn, error::Result};

/// A reward as the demo or a draft brings it.
#[derive(Debug, Clone)]
pub struct NewReward {
    pub kind: RewardKind,
    pub title: String,
    pub description: String,
    /// Minor units of the campaign's currency, at least 1.
    pub price: i64,
    pub items: Vec<Item>,
    pub delivery: Option<Month>,
    pub offer: Offer,
    /// The token of its link, when it is secret.
    pub secret: Option<String>,
    pub shipping: Shipping,
}

/// Adds a reward at the end of its kind's list.
///
/// # Errors
/// When the database fails.
pub async fn add(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    position: i64,
    new: &NewReward,
) -> Result<RewardId> {
    let id = RewardId::generate();
    sql::insert(conn, id, campaign, position, new).await?;
    Ok(id)
}

/// What a visitor may choose from: rewards first, then add-ons, each in its
/// order. A secret reward is among them only for who has its token.
///
/// # Errors
/// When the database fails.
pub async fn offered(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    currency: Currency,
    secret: &str,
) -> Result<Vec<RewardView>> {
    let rows = sql::of_campaign(conn, campaign).await?;
    rows.into_iter()
        .filter(|row| row.secret.as_deref().is_none_or(|token| token == secret))
        .map(|row| row.into_view(currency))
        .collect()
}

impl sql::RewardRow {
    /// The reward as pages and quotes read it.
    pub(crate) fn into_view(self, currency: Currency) -> Result<RewardView> {
        Ok(RewardView {
            id: self.id,
            kind: self.kind,
            title: self.title,
            description: self.description,
            price: Money::new(self.price, currency),
            items: serde_json::from_str(&self.items)?,
            image: self.image,
            delivery: self.delivery.and_then(Month::from_number),
            offer: Offer {
                quantity: self.quantity,
                claimed: self.claimed,
                limit_per_backer: self.limit_per_backer,
                starts_at: self.starts_at,
                ends_at: self.ends_at,
            },
            shipping: serde_json::from_str(&self.shipping)?,
            backers: self.backers,
            is_secret: self.secret.is_some(),
        })
    }
}
