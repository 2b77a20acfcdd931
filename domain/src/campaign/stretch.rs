//! Stretch goals: what else becomes possible when more comes together. Each has
//! a bar of its own, and none decides anything about money.

use serde::{Deserialize, Serialize};

use super::{Funding, share};
use crate::{
    currency::Currency,
    invalid::{Invalid, Problem},
    locale::Locale,
    money::Money,
    words::{campaign as w, rule},
};

/// Most stretch goals of a campaign.
pub const MOST: u32 = 20;
/// Longest title and text of one, in characters.
pub const LONGEST_TITLE: u32 = 80;
pub const LONGEST_TEXT: u32 = 400;

/// One more thing to reach.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StretchGoal {
    pub title: String,
    /// What happens then, as the creator puts it; may be empty.
    pub text: String,
    pub measure: Measure,
    /// At least 1; minor units for an amount.
    pub target: i64,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// What the campaign's total shows.
    Amount,
    /// Units of rewards.
    Units,
    Backers,
}

impl Measure {
    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Amount => "amount",
            Self::Units => "units",
            Self::Backers => "backers",
        }
    }
}

impl StretchGoal {
    /// How much of it is there.
    #[must_use]
    pub const fn so_far(&self, funding: &Funding) -> i64 {
        match self.measure {
            Measure::Amount => funding.pledged,
            Measure::Units => funding.units,
            Measure::Backers => funding.backers,
        }
    }

    /// Whole percent, rounded down, so that 100 is never shown too early.
    #[must_use]
    pub fn percent(&self, funding: &Funding) -> i64 {
        share(self.so_far(funding), self.target) / 100
    }

    /// Whether it is reached.
    #[must_use]
    pub const fn is_reached(&self, funding: &Funding) -> bool {
        self.so_far(funding) >= self.target
    }

    /// The target as money, where money is counted.
    #[must_use]
    pub fn amount(&self, currency: Currency) -> Option<Money> {
        (self.measure == Measure::Amount).then(|| Money::new(self.target, currency))
    }

    /// The target with what is counted.
    #[must_use]
    pub fn target_in_words(&self, currency: Currency, locale: Locale) -> String {
        match (self.measure, self.amount(currency)) {
            (_, Some(amount)) => amount.display(locale),
            (Measure::Units, None) => rule::units(locale, self.target),
            (Measure::Amount | Measure::Backers, None) => w::backers_count(locale, self.target),
        }
    }
}

/// Judges the stretch goals of a draft.
///
/// # Errors
/// Problems of `stretch_goal.{position}`, or of `stretch_goals` together.
pub fn check(goals: &[StretchGoal]) -> Result<(), Invalid> {
    let mut invalid = Invalid::default();
    if u32::try_from(goals.len()).unwrap_or(u32::MAX) > MOST {
        invalid.add("stretch_goals", Problem::TooMany { most: MOST });
    }
    let length = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    for (position, goal) in goals.iter().enumerate() {
        let field = format!("stretch_goal.{position}");
        if goal.target < 1 {
            invalid.add(&field, Problem::GoalMissing);
        }
        if goal.title.trim().is_empty() {
            invalid.add(&field, Problem::Missing);
        }
        if length(&goal.title) > LONGEST_TITLE {
            invalid.add(&field, Problem::TooLong { most: LONGEST_TITLE });
        }
        if length(&goal.text) > LONGEST_TEXT {
            invalid.add(&field, Problem::TooLong { most: LONGEST_TEXT });
        }
    }
    invalid.into_result()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Measure, StretchGoal, check};
    use crate::{campaign::Funding, currency::Currency, invalid::Problem};

    const FUNDING: Funding = Funding {
        goal: 100_000,
        pledged: 149_999,
        backers: 30,
        units: 45,
        goal_units: None,
        currency: Currency::Eur,
    };

    fn goal(measure: Measure, target: i64) -> StretchGoal {
        StretchGoal { title: "Colour".into(), text: String::new(), measure, target }
    }

    #[test]
    fn each_stretch_goal_has_its_own_bar() {
        let amount = goal(Measure::Amount, 150_000);
        assert_eq!((amount.percent(&FUNDING), amount.is_reached(&FUNDING)), (99, false));
        let units = goal(Measure::Units, 90);
        assert_eq!((units.percent(&FUNDING), units.is_reached(&FUNDING)), (50, false));
        let backers = goal(Measure::Backers, 30);
        assert_eq!((backers.percent(&FUNDING), backers.is_reached(&FUNDING)), (100, true));
    }

    #[test]
    fn a_stretch_goal_of_nothing_is_refused() {
        let refused = check(&[goal(Measure::Units, 1), goal(Measure::Amount, 0)]);
        let refused = refused.expect_err("a goal of nothing");
        assert_eq!(refused.of("stretch_goal.1"), Some(&Problem::GoalMissing));
        assert_eq!(refused.of("stretch_goal.0"), None);
    }

    proptest! {
        #[test]
        fn a_full_bar_means_reached(target in 1..i64::MAX, pledged in 0..i64::MAX) {
            let goal = goal(Measure::Amount, target);
            let funding = Funding { pledged, ..FUNDING };
            prop_assert_eq!(goal.percent(&funding) >= 100, goal.is_reached(&funding));
        }
    }
}
