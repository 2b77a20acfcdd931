//! A reward: what a backer gets. An add-on is a reward that comes with another.

pub mod offer;
pub mod shipping;
pub mod variant;
pub mod wording;

use serde::{Deserialize, Serialize};

pub use offer::Offer;
pub use shipping::{Shipping, Zone};
pub use variant::{RewardOption, Variant, Variants};
pub use wording::Wording;

use crate::{
    currency::Currency, id::RewardId, invalid::Problem, media::Picture, money::Money, time::Month,
};

/// Longest title of a reward, in characters.
pub const LONGEST_TITLE: u32 = 80;
/// Most units of one add-on in a pledge, when the reward itself sets no limit.
pub const MOST_UNITS: i64 = 10;

/// Reads the price of one reward or add-on.
///
/// # Errors
/// What [`Money::parse`] refuses, and [`Problem::PriceOutOfRange`].
pub fn parse_price(text: &str, currency: Currency) -> Result<Money, Problem> {
    check_price(Money::parse(text, currency)?)
}

/// The price itself, when a reward may cost that much (`[K15]`).
///
/// # Errors
/// [`Problem::PriceOutOfRange`].
pub fn check_price(price: Money) -> Result<Money, Problem> {
    let limit = |minor| Money::new(minor, price.currency);
    let (least, most) = (limit(price.currency.minimum()), limit(price.currency.maximum()));
    if (least.minor..=most.minor).contains(&price.minor) {
        Ok(price)
    } else {
        Err(Problem::PriceOutOfRange { least, most })
    }
}

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

/// The picture of a reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Image {
    /// An address of this site.
    pub address: String,
    /// What is to be seen, for who cannot see it.
    pub alt: String,
    /// The same where it was uploaded, in every width.
    #[serde(default)]
    pub picture: Option<Picture>,
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
    pub image: Option<Image>,
    pub delivery: Option<Month>,
    /// What it costs after the success; `None` when it cannot be had then.
    pub late_price: Option<Money>,
    /// As how many units it counts towards a goal in units.
    pub units: i64,
    /// When and how many may be had.
    pub offer: Offer,
    pub shipping: Shipping,
    /// What it comes in, where that has to be chosen.
    pub variants: Variants,
    /// How many pledges include it.
    pub backers: i64,
    /// Shown only to who has its link.
    pub is_secret: bool,
}

impl RewardView {
    /// Whether somebody has pledged for it, so that its promise is locked.
    #[must_use]
    pub const fn is_backed(&self) -> bool {
        self.offer.claimed > 0 || self.backers > 0
    }

    /// When and how many may be had, with the stock of its variants.
    #[must_use]
    pub fn sale(&self) -> Offer {
        self.variants.limit(self.offer)
    }

    /// What it costs now; nothing when it cannot be had any more.
    #[must_use]
    pub const fn price_now(&self, is_late: bool) -> Option<Money> {
        if is_late { self.late_price } else { Some(self.price) }
    }
}

#[cfg(test)]
mod tests {
    use super::parse_price;
    use crate::{currency::Currency, invalid::Problem, money::Money};

    #[test]
    fn a_reward_costs_what_its_currency_allows() {
        for currency in Currency::ALL.iter().copied() {
            let money = |minor| Money::new(minor, currency);
            let (least, most) = (money(currency.minimum()), money(currency.maximum()));
            for price in [least, most] {
                assert_eq!(parse_price(&price.decimal(), currency), Ok(price));
            }
            for price in [money(0), money(least.minor - 1), money(most.minor + 1)] {
                let refused = Err(Problem::PriceOutOfRange { least, most });
                assert_eq!(parse_price(&price.decimal(), currency), refused);
            }
        }
        assert_eq!(parse_price("ten", Currency::Eur), Err(Problem::NotAnAmount));
    }
}
