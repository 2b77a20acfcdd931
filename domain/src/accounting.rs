//! A campaign's money as anyone may see it.

use serde::{Deserialize, Serialize};

use crate::{campaign::CampaignPage, money::Money, time::Timestamp};

/// What the page of a campaign's accounts shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountsPage {
    /// The campaign, without its story and rewards.
    pub campaign: CampaignPage,
    /// None while it takes pledges and nobody was charged.
    pub accounts: Option<Accounts>,
    /// Whether the reader may have the books.
    pub sees_money: bool,
    /// Whether the reader may see who has pledged.
    pub sees_backers: bool,
}

/// Where the money of a campaign is. What was pledged is collected, outstanding or
/// not collected; what was collected stands in exactly one of the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accounts {
    /// By the pledges made here, without an opening balance.
    pub pledged: Money,
    pub collected: Money,
    pub outstanding: Money,
    /// Never charged: the goal was not met, or the card was never good.
    pub not_collected: Money,
    pub platform_fee: Money,
    /// Those of disputes included.
    pub processing_fee: Money,
    pub refunded: Money,
    /// In disputes that the bank decided for the backer.
    pub charged_back: Money,
    /// In disputes that are not decided.
    pub disputed: Money,
    pub reserve: Money,
    /// Until when it is held back.
    pub reserve_until: Option<Timestamp>,
    /// For the creator, and not yet paid out. Negative, when more went back than was left.
    pub waiting: Money,
    /// With the creator: what was paid, less what went back since. Negative when owed.
    pub paid_out: Money,
    pub paid_out_at: Option<Timestamp>,
}

impl Accounts {
    /// Where the collected money is, in all.
    #[must_use]
    pub const fn accounted_for(&self) -> i64 {
        self.platform_fee.minor
            + self.processing_fee.minor
            + self.refunded.minor
            + self.charged_back.minor
            + self.disputed.minor
            + self.reserve.minor
            + self.waiting.minor
            + self.paid_out.minor
    }
}
