//! The funding rules: what a campaign has to reach, and when cards are charged.
//! Chosen while it is a draft, locked from its launch on.

use serde::{Deserialize, Serialize};

use super::{Funding, Life};
use crate::{
    invalid::{Invalid, Problem},
    locale::Locale,
    money::LARGEST_MINOR,
    pledge::InstalmentOffer,
    time::{DAY, MINUTE, Timestamp, Zone},
    words,
};

/// When the money of a campaign moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum FundingRule {
    /// Cards are charged at the deadline, and only if the goal is met
    /// (Kickstarter, `KissKissBankBank`, Ulule).
    #[default]
    AllOrNothing,
    /// Cards are charged at once, and the creator keeps what there is
    /// (Indiegogo's flexible funding).
    KeepWhatYouRaise,
    /// As [`Self::AllOrNothing`], but what has to be reached is a number of
    /// units (Ulule's presale).
    PreOrders,
    /// Cards are charged when the first round ends with the minimum met; a second
    /// round goes on towards the optimum, and its cards are charged at once,
    /// since nothing is left to wait for (Goteo's 40 + 40 days).
    Rounds,
}

impl FundingRule {
    /// Every rule.
    pub const ALL: [Self; 4] =
        [Self::AllOrNothing, Self::KeepWhatYouRaise, Self::PreOrders, Self::Rounds];

    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AllOrNothing => "all_or_nothing",
            Self::KeepWhatYouRaise => "keep_what_you_raise",
            Self::PreOrders => "pre_orders",
            Self::Rounds => "rounds",
        }
    }

    /// Its name on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::rule as w;
        match self {
            Self::AllOrNothing => w::all_or_nothing(locale),
            Self::KeepWhatYouRaise => w::keep_what_you_raise(locale),
            Self::PreOrders => w::pre_orders(locale),
            Self::Rounds => w::rounds(locale),
        }
    }

    /// Shortest and longest campaign, in days; of one round, where there are two
    /// (Kickstarter, `[K13]`; Catarse for campaigns that keep what they raise).
    #[must_use]
    pub const fn days(self) -> std::ops::RangeInclusive<i64> {
        match self {
            Self::KeepWhatYouRaise => 1..=365,
            Self::AllOrNothing | Self::PreOrders | Self::Rounds => 1..=60,
        }
    }

    /// Judges how long a campaign takes pledges.
    ///
    /// # Errors
    /// [`Problem::Duration`] when it runs for less than the least or more than
    /// the most of [`Self::days`], to the microsecond.
    pub fn check_duration(self, launched: Timestamp, deadline: Timestamp) -> Result<(), Problem> {
        let (least, most) = (*self.days().start(), *self.days().end());
        if (least * DAY..=most * DAY).contains(&deadline.since(launched)) {
            Ok(())
        } else {
            Err(Problem::Duration { least, most })
        }
    }

    /// By how many days the end of a campaign that is launched now may be moved, back
    /// below zero; nothing where none of them is an end.
    #[must_use]
    pub fn nudges(
        self,
        now: Timestamp,
        planned: Timestamp,
    ) -> Option<std::ops::RangeInclusive<i64>> {
        let all = -(NUDGE / DAY)..=NUDGE / DAY;
        let may = |days: &i64| self.check_duration(now, planned.plus(days * DAY)).is_ok();
        Some(all.clone().find(may)?..=all.rev().find(may)?)
    }
}

/// What a success is decided by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What is promised at the deadline; it never changes afterwards.
    #[default]
    Pledged,
    /// What was really charged, once backers had their days to see to a card.
    Collected,
}

impl Verdict {
    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Pledged => "pledged",
            Self::Collected => "collected",
        }
    }
}

/// What a campaign is launched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub rule: FundingRule,
    /// In minor units, at least 1. With pre-orders, what they should bring; it
    /// decides nothing then.
    pub goal: i64,
    /// Units to be ordered; only with pre-orders.
    pub goal_units: Option<i64>,
    /// What a second round goes on towards, in minor units; only with rounds.
    pub optimum: Option<i64>,
    pub verdict: Verdict,
    /// A pledge in the last minutes moves the end ([`OVERTIME`]).
    pub overtime: bool,
    /// After a success, rewards with a late price can still be had.
    pub late_pledges: bool,
    /// Where the creator's clock hangs: the deadline is an instant, and is
    /// chosen and shown there.
    pub zone: Zone,
    /// Whether, and from what total on, pledges may be paid in instalments.
    pub instalments: Option<InstalmentOffer>,
}

/// How much time is left at least after a pledge, where the end moves
/// (Gamefound, `[F9]`: at most 10 minutes, once per backer).
pub const OVERTIME: i64 = 10 * MINUTE;
/// How long the second round takes pledges (Goteo, `[G1]`).
pub const SECOND_ROUND: i64 = 40 * DAY;
/// How far the end may be moved at launch, either way (Ulule, `[U1]`).
pub const NUDGE: i64 = 5 * DAY;

impl Terms {
    /// All or nothing by amount, without any option.
    #[must_use]
    pub const fn all_or_nothing(goal: i64) -> Self {
        Self {
            rule: FundingRule::AllOrNothing,
            goal,
            goal_units: None,
            optimum: None,
            verdict: Verdict::Pledged,
            overtime: false,
            late_pledges: false,
            zone: Zone::Utc,
            instalments: None,
        }
    }

    /// Whether a campaign may be launched with them.
    ///
    /// # Errors
    /// Problems of `goal`, `goal_units`, `optimum`, `verdict` and `instalments`.
    pub fn check(&self) -> Result<(), Invalid> {
        let mut invalid = Invalid::default();
        match self.goal {
            ..=0 => invalid.add("goal", Problem::GoalMissing),
            1..=LARGEST_MINOR => {}
            _ => invalid.add("goal", Problem::AmountTooLarge),
        }
        if self.optimum.is_some_and(|optimum| optimum > LARGEST_MINOR) {
            invalid.add("optimum", Problem::AmountTooLarge);
        }
        match (self.rule, self.goal_units) {
            (FundingRule::PreOrders, Some(units)) if units >= 1 => {}
            (FundingRule::PreOrders, _) => invalid.add("goal_units", Problem::GoalMissing),
            (_, None) => {}
            _ => invalid.add("goal_units", Problem::NotOfThisRule),
        }
        match (self.rule, self.optimum) {
            (FundingRule::Rounds, Some(optimum)) if optimum > self.goal => {}
            (FundingRule::Rounds, _) => invalid.add("optimum", Problem::OptimumTooLow),
            (_, None) => {}
            _ => invalid.add("optimum", Problem::NotOfThisRule),
        }
        // Where cards are charged before the end, there is nothing to wait for.
        let waits = matches!(self.rule, FundingRule::AllOrNothing | FundingRule::PreOrders);
        if self.verdict == Verdict::Collected && !waits {
            invalid.add("verdict", Problem::NotOfThisRule);
        }
        // A first instalment alone is too little to decide by.
        if self.verdict == Verdict::Collected && self.instalments.is_some() {
            invalid.add("instalments", Problem::NotOfThisRule);
        }
        invalid.into_result()
    }

    /// Whether this is enough for a success.
    #[must_use]
    pub fn is_met(&self, tally: Tally) -> bool {
        match self.rule {
            FundingRule::AllOrNothing | FundingRule::Rounds => tally.amount >= self.goal,
            FundingRule::PreOrders => self.goal_units.is_some_and(|goal| tally.units >= goal),
            FundingRule::KeepWhatYouRaise => tally.amount > 0,
        }
    }

    /// What happens to the card of whoever pledges now, in one sentence; the
    /// deadline is as the reader's clock shows it.
    #[must_use]
    pub fn explain(&self, life: &Life, deadline: &str, locale: Locale) -> String {
        use words::rule as w;
        match (self.rule, self.verdict) {
            _ if life.is_late() => w::charged_late(locale).into(),
            (FundingRule::KeepWhatYouRaise, _) => w::charged_at_once(locale).into(),
            (FundingRule::Rounds, _) if life.round > 1 => w::charged_in_second_round(locale).into(),
            (_, Verdict::Collected) => w::charged_to_decide(locale, &deadline),
            (FundingRule::AllOrNothing, _) => w::charged_if_met(locale, &deadline),
            (FundingRule::PreOrders, _) => {
                let units = w::units(locale, self.goal_units.unwrap_or_default());
                w::charged_if_ordered(locale, &deadline, &units)
            }
            (FundingRule::Rounds, _) => w::charged_if_minimum(locale, &deadline),
        }
    }

    /// The end of a campaign that is launched now. It was planned before, and
    /// may be moved a little.
    ///
    /// # Errors
    /// [`Problem::NudgeTooFar`] further than [`NUDGE`] from what was planned, and
    /// what [`FundingRule::check_duration`] refuses.
    pub fn launch(
        &self,
        now: Timestamp,
        planned: Timestamp,
        wanted: Timestamp,
    ) -> Result<Timestamp, Problem> {
        if !(-NUDGE..=NUDGE).contains(&wanted.since(planned)) {
            return Err(Problem::NudgeTooFar { most: NUDGE / DAY });
        }
        self.rule.check_duration(now, wanted)?;
        Ok(wanted)
    }
}

/// What a verdict is about: what was promised, or what was charged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Minor units.
    pub amount: i64,
    /// Units of rewards.
    pub units: i64,
}

impl From<&Funding> for Tally {
    fn from(funding: &Funding) -> Self {
        Self { amount: funding.pledged, units: funding.units }
    }
}

#[cfg(test)]
mod tests {
    use super::{FundingRule, NUDGE, Tally, Terms, Verdict};
    use crate::{
        invalid::Problem,
        time::{DAY, Timestamp},
    };

    const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

    #[test]
    fn a_campaign_runs_for_as_long_as_its_rule_lets_it() {
        for (rule, most) in [
            (FundingRule::AllOrNothing, 60),
            (FundingRule::PreOrders, 60),
            (FundingRule::Rounds, 60),
            (FundingRule::KeepWhatYouRaise, 365),
        ] {
            let check = |length| rule.check_duration(NOW, NOW.plus(length));
            for length in [DAY, DAY + 1, 30 * DAY, most * DAY] {
                assert_eq!(check(length), Ok(()), "{rule:?} {length}");
            }
            for length in [i64::MIN, -DAY, 0, DAY - 1, most * DAY + 1, i64::MAX] {
                assert_eq!(check(length), Err(Problem::Duration { least: 1, most }), "{rule:?}");
            }
        }
    }

    #[test]
    fn the_end_moves_by_five_days_at_launch_and_no_further() {
        let terms = Terms::all_or_nothing(1);
        let planned = NOW.plus(30 * DAY);
        for by in [-NUDGE, 0, NUDGE] {
            assert_eq!(terms.launch(NOW, planned, planned.plus(by)), Ok(planned.plus(by)));
        }
        for by in [-NUDGE - 1, NUDGE + 1, i64::MAX] {
            let refused = Err(Problem::NudgeTooFar { most: 5 });
            assert_eq!(terms.launch(NOW, planned, planned.plus(by)), refused);
        }
        let late = NOW.plus(3 * DAY);
        assert!(matches!(
            terms.launch(NOW, late, late.plus(-NUDGE)),
            Err(Problem::Duration { .. })
        ));
    }

    #[test]
    fn the_days_that_the_end_may_move_by_follow_from_how_long_a_rule_lets_it_run() {
        let rule = FundingRule::AllOrNothing;
        for (days, may) in [
            (30, Some(-5..=5)),
            (3, Some(-2..=5)),
            (58, Some(-5..=2)),
            (65, Some(-5..=-5)),
            (66, None),
            (-5, None),
        ] {
            assert_eq!(rule.nudges(NOW, NOW.plus(days * DAY)), may, "{days}");
        }
        let year = NOW.plus(362 * DAY);
        assert_eq!(FundingRule::KeepWhatYouRaise.nudges(NOW, year), Some(-5..=3));
    }

    #[test]
    fn terms_that_mean_nothing_are_refused() {
        let plain = Terms::all_or_nothing(1);
        assert_eq!(plain.check(), Ok(()));
        let pre_orders = Terms { rule: FundingRule::PreOrders, goal_units: Some(1), ..plain };
        assert_eq!(pre_orders.check(), Ok(()));
        let rounds = Terms { rule: FundingRule::Rounds, optimum: Some(2), ..plain };
        assert_eq!(rounds.check(), Ok(()));
        let flexible = Terms { rule: FundingRule::KeepWhatYouRaise, ..plain };
        assert_eq!(flexible.check(), Ok(()));
        for (field, terms) in [
            ("goal", Terms { goal: 0, ..plain }),
            ("goal", Terms { goal: -5, ..flexible }),
            ("goal_units", Terms { goal_units: Some(5), ..plain }),
            ("goal_units", Terms { goal_units: None, ..pre_orders }),
            ("goal_units", Terms { goal_units: Some(0), ..pre_orders }),
            ("optimum", Terms { optimum: Some(5), ..plain }),
            ("optimum", Terms { optimum: Some(1), ..rounds }),
            ("optimum", Terms { optimum: None, ..rounds }),
            ("verdict", Terms { verdict: Verdict::Collected, ..rounds }),
            ("verdict", Terms { verdict: Verdict::Collected, ..flexible }),
        ] {
            let refused = terms.check().expect_err(field);
            assert!(refused.of(field).is_some() && refused.0.len() == 1, "{field}: {refused:?}");
        }
    }

    #[test]
    fn each_rule_is_met_by_what_it_counts() {
        let plain = Terms::all_or_nothing(1_000);
        let tally = |amount, units| Tally { amount, units };
        assert!(plain.is_met(tally(1_000, 0)) && !plain.is_met(tally(999, 9_999)));
        let rounds = Terms { rule: FundingRule::Rounds, optimum: Some(2_000), ..plain };
        assert!(rounds.is_met(tally(1_000, 0)) && !rounds.is_met(tally(999, 0)));
        let pre_orders = Terms { rule: FundingRule::PreOrders, goal_units: Some(30), ..plain };
        assert!(pre_orders.is_met(tally(1, 30)) && !pre_orders.is_met(tally(9_999, 29)));
        let flexible = Terms { rule: FundingRule::KeepWhatYouRaise, ..plain };
        assert!(flexible.is_met(tally(1, 0)) && !flexible.is_met(tally(0, 0)));
    }
}
