//! A campaign: one idea, one goal, one deadline.

pub mod state;
pub mod view;

use serde::{Deserialize, Serialize};

pub use state::{CampaignState, FundingRule};
pub use view::{CampaignCard, CampaignPage, Community, HomePage, Opening, RecentPledge, Visitor};

use crate::{currency::Currency, money::Money};

/// Shortest and longest campaign, in days (Kickstarter, `[K13]`).
pub const DAYS: std::ops::RangeInclusive<i64> = 1..=60;
/// Longest title, in characters.
pub const LONGEST_TITLE: u32 = 80;
/// Longest subtitle, in characters.
pub const LONGEST_SUBTITLE: u32 = 160;
/// Longest story, in bytes of Markdown.
pub const LONGEST_STORY: u32 = 200_000;

/// How far a campaign has come. The only figures that move while it is live.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// What is asked for, in minor units; at least 1.
    pub goal: i64,
    /// What is promised, in minor units, with the opening balance if there is one.
    pub pledged: i64,
    /// How many people promised it.
    pub backers: i64,
    /// The campaign's one currency.
    pub currency: Currency,
}

impl Funding {
    /// Whole percent of the goal, rounded down, so that 100 is never shown
    /// before the goal is met. Beyond 100 when overfunded.
    #[must_use]
    pub fn percent(&self) -> i64 {
        self.basis_points() / 100
    }

    /// Hundredths of a percent of the goal, rounded down.
    #[must_use]
    pub fn basis_points(&self) -> i64 {
        let ratio = i128::from(self.pledged) * 10_000 / i128::from(self.goal.max(1));
        i64::try_from(ratio).unwrap_or(i64::MAX)
    }

    /// Whether the goal is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        self.pledged >= self.goal
    }

    /// The goal as money.
    #[must_use]
    pub fn goal(&self) -> Money {
        Money::new(self.goal, self.currency)
    }

    /// The promised sum as money.
    #[must_use]
    pub fn pledged(&self) -> Money {
        Money::new(self.pledged, self.currency)
    }

    /// The average pledge, rounded down; zero without backers.
    #[must_use]
    pub fn average(&self) -> Money {
        Money::new(self.pledged / self.backers.max(1), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::Funding;
    use crate::currency::Currency;

    #[test]
    fn a_goal_is_only_met_when_it_is_met() {
        let nearly =
            Funding { goal: 100_000, pledged: 99_999, backers: 3, currency: Currency::Eur };
        assert_eq!(nearly.percent(), 99);
        assert!(!nearly.is_met());
        assert!(Funding { pledged: 100_000, ..nearly }.is_met());
        assert_eq!(Funding { pledged: 138_000, ..nearly }.percent(), 138);
    }

    #[test]
    fn no_sum_overflows_the_percentage() {
        let vast = Funding { goal: 1, pledged: i64::MAX, backers: 0, currency: Currency::Jpy };
        assert_eq!(vast.basis_points(), i64::MAX);
        assert_eq!(vast.average().minor, i64::MAX);
    }
}
