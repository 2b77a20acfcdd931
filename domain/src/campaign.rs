//! A campaign: one idea, one goal, one deadline.

pub mod life;
pub mod material;
pub mod payout;
pub mod policy;
pub mod rule;
pub mod shelf;
pub mod state;
pub mod stretch;
pub mod view;

use serde::{Deserialize, Serialize};

pub use life::{LatePledges, Life};
pub use rule::{FundingRule, Terms, Verdict};
pub use state::CampaignState;
pub use stretch::{Measure, StretchGoal};
pub use view::{
    CampaignCard, CampaignPage, Collection, Community, HomePage, Opening, RecentPledge, Visitor,
};

use crate::{currency::Currency, money::Money};

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
    /// How many units of rewards they ordered.
    pub units: i64,
    /// How many units are asked for, where that is what decides.
    pub goal_units: Option<i64>,
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
        match self.goal_units {
            Some(goal) => share(self.units, goal),
            None => share(self.pledged, self.goal),
        }
    }

    /// Whether the goal is met.
    #[must_use]
    pub fn is_met(&self) -> bool {
        match self.goal_units {
            Some(goal) => self.units >= goal,
            None => self.pledged >= self.goal,
        }
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

/// Hundredths of a percent, rounded down.
fn share(part: i64, whole: i64) -> i64 {
    let ratio = i128::from(part) * 10_000 / i128::from(whole.max(1));
    i64::try_from(ratio).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::Funding;
    use crate::currency::Currency;

    const NEARLY: Funding = Funding {
        goal: 100_000,
        pledged: 99_999,
        backers: 3,
        units: 2,
        goal_units: None,
        currency: Currency::Eur,
    };

    #[test]
    fn a_goal_is_only_met_when_it_is_met() {
        assert_eq!(NEARLY.percent(), 99);
        assert!(!NEARLY.is_met());
        assert!(Funding { pledged: 100_000, ..NEARLY }.is_met());
        assert_eq!(Funding { pledged: 138_000, ..NEARLY }.percent(), 138);
    }

    #[test]
    fn pre_orders_are_measured_by_their_units() {
        let ordered = Funding { goal_units: Some(3), ..NEARLY };
        assert_eq!((ordered.percent(), ordered.is_met()), (66, false));
        let enough = Funding { units: 3, pledged: 1, ..ordered };
        assert_eq!((enough.percent(), enough.is_met()), (100, true));
    }

    #[test]
    fn no_sum_overflows_the_percentage() {
        let vast = Funding { goal: 1, pledged: i64::MAX, backers: 0, ..NEARLY };
        assert_eq!(vast.basis_points(), i64::MAX);
        assert_eq!(vast.average().minor, i64::MAX);
    }
}
