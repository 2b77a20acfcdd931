//! What an open page may be told while it is open.

use serde::{Deserialize, Serialize};

use crate::{campaign::CampaignState, slug::Slug};

/// Most campaigns one page may follow.
pub const MOST_FOLLOWED: usize = 64;

/// The `funding` event of `/live`: the latest figures of one campaign. Part of
/// the public API: money is a decimal string in the currency's own scale.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingEvent {
    pub campaign: Slug,
    pub pledged: PublicMoney,
    pub backers: i64,
    pub percent: i64,
    pub state: CampaignState,
    /// Units of rewards that were ordered.
    #[serde(default)]
    pub units: i64,
    /// The end, which moves in overtime and with a second round.
    #[serde(default)]
    pub deadline: Option<crate::Timestamp>,
    /// 2 in the second round of a campaign that has one.
    #[serde(default)]
    pub round: i64,
    /// Whether rewards can be had after the success.
    #[serde(default)]
    pub is_late: bool,
    /// Limited rewards and how many are left of each.
    #[serde(default)]
    pub left: Vec<RewardLeft>,
    /// The newest pledge, for the ticker.
    #[serde(default)]
    pub newest: Option<NewestPledge>,
}

/// The `page` event of `/live`: how new the page is that a campaign shows, and its picture
/// and rewards. It comes with every `funding` event of a campaign whose page was
/// published, or whose shelf was changed since the launch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEvent {
    pub slug: Slug,
    /// Grows with each publication, and when a reward that the page shows is another.
    pub version: i64,
    /// Grows with each change of the picture or the rewards.
    pub shelf: i64,
}

/// Money as the public API writes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicMoney {
    /// Decimal string in the currency's own scale, such as `1234.50`.
    pub amount: String,
    pub currency: crate::Currency,
}

/// How many are left of a limited reward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardLeft {
    pub reward: crate::id::RewardId,
    pub left: i64,
}

/// The newest pledge, without a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewestPledge {
    pub amount: PublicMoney,
    pub country: Option<crate::Country>,
    pub at: crate::Timestamp,
}

impl From<crate::Money> for PublicMoney {
    fn from(money: crate::Money) -> Self {
        Self { amount: money.decimal(), currency: money.currency }
    }
}

impl PublicMoney {
    /// Back to minor units; `None` when the text is no amount.
    #[must_use]
    pub fn money(&self) -> Option<crate::Money> {
        crate::Money::parse(&self.amount, self.currency).ok()
    }
}
