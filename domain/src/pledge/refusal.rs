//! Why a whole pledge, and not just a field of it, is refused.

use serde::{Deserialize, Serialize};

use crate::{
    campaign::{CampaignState, Funding},
    id::PledgeId,
    locale::Locale,
    money::Money,
    time::{DAY, Timestamp},
    words,
};

/// The reason, each a whole sentence in every language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The campaign takes no pledges in this state.
    CampaignNotLive { state: CampaignState },
    /// The deadline passed, perhaps while the page was open.
    DeadlinePassed { deadline: Timestamp },
    /// In the last 24 hours a change may not drop the campaign below its goal
    /// (Kickstarter, `[K2]`).
    WouldSinkGoal,
    /// Prices or stock moved while the page was open.
    TotalChanged { total: Money },
    /// The backer has a pledge here already; it can be changed.
    AlreadyPledged { pledge: PledgeId },
    /// The pledge was cancelled or dropped before.
    PledgeEnded,
    /// Its card is good, or too late to be replaced.
    CardNotWanted,
    /// Its card is being charged at this moment.
    BeingCharged,
    /// Its card was charged: it can only be given back.
    AlreadyCharged,
    /// That is not done with a campaign in this state.
    WrongState { state: CampaignState },
    /// The campaign has succeeded, and counts on it.
    AlreadyDecided,
    /// Its card is charged at once, so it stays what it is.
    ChargedAtOnce,
    /// Nothing of it was charged, or all of that went back.
    NothingToRefund,
    /// While a charge is disputed its money is with the bank.
    Disputed,
    /// The bank had decided before, and otherwise.
    ChargebackDecided,
    /// Money of one currency cannot answer for another.
    OtherCurrency,
    /// The payment provider gave no answer.
    PaymentsSilent,
    /// The card's holder has not confirmed the charge at the bank.
    NotConfirmed,
    /// The same key came with another request.
    KeyReused,
    /// Too many wait already.
    Busy { seconds: u32 },
}

impl Refusal {
    /// The sentence to show on the page.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        use words::refusal as w;
        match self {
            Self::CampaignNotLive { state } => {
                w::campaign_not_live(locale, &state.name(locale).to_lowercase())
            }
            Self::DeadlinePassed { deadline } => w::deadline_passed(locale, &deadline.long(locale)),
            Self::WouldSinkGoal => w::would_sink_goal(locale).into(),
            Self::TotalChanged { total } => w::total_changed(locale, &total.display(locale)),
            Self::AlreadyPledged { .. } => w::already_pledged(locale).into(),
            Self::PledgeEnded => w::pledge_ended(locale).into(),
            Self::CardNotWanted => w::card_not_wanted(locale).into(),
            Self::BeingCharged => w::being_charged(locale).into(),
            Self::AlreadyCharged => w::already_charged(locale).into(),
            Self::WrongState { state } => {
                w::wrong_state(locale, &state.name(locale).to_lowercase())
            }
            Self::AlreadyDecided => w::already_decided(locale).into(),
            Self::ChargedAtOnce => w::charged_at_once(locale).into(),
            Self::NothingToRefund => w::nothing_to_refund(locale).into(),
            Self::Disputed => w::disputed(locale).into(),
            Self::ChargebackDecided => w::chargeback_decided(locale).into(),
            Self::OtherCurrency => w::other_currency(locale).into(),
            Self::PaymentsSilent => w::payments_silent(locale).into(),
            Self::NotConfirmed => w::not_confirmed(locale).into(),
            Self::KeyReused => w::key_reused(locale).into(),
            Self::Busy { seconds } => w::busy(locale, seconds),
        }
    }

    /// A stable word for API clients.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::CampaignNotLive { .. } => "campaign-not-live",
            Self::DeadlinePassed { .. } => "deadline-passed",
            Self::WouldSinkGoal => "would-sink-goal",
            Self::TotalChanged { .. } => "total-changed",
            Self::AlreadyPledged { .. } => "already-pledged",
            Self::PledgeEnded => "pledge-ended",
            Self::CardNotWanted => "card-not-wanted",
            Self::BeingCharged => "being-charged",
            Self::AlreadyCharged => "already-charged",
            Self::WrongState { .. } => "wrong-state",
            Self::AlreadyDecided => "already-decided",
            Self::ChargedAtOnce => "charged-at-once",
            Self::NothingToRefund => "nothing-to-refund",
            Self::Disputed => "disputed",
            Self::ChargebackDecided => "chargeback-decided",
            Self::OtherCurrency => "other-currency",
            Self::PaymentsSilent => "payments-silent",
            Self::NotConfirmed => "not-confirmed",
            Self::KeyReused => "idempotency-key-reused",
            Self::Busy { .. } => "busy",
        }
    }
}

/// How long before the deadline a pledge may no longer sink the goal.
pub const LOCKED_BEFORE_DEADLINE: i64 = DAY;

/// Whether a counted pledge may go from `before` to `after` now, each in minor
/// units and in units of rewards; `after` is nothing for a cancellation.
///
/// # Errors
/// [`Refusal::WouldSinkGoal`] within [`LOCKED_BEFORE_DEADLINE`] of the deadline,
/// when the goal is met and would not be afterwards.
pub fn may_change(
    funding: &Funding,
    before: (i64, i64),
    after: (i64, i64),
    now: Timestamp,
    deadline: Timestamp,
) -> Result<(), Refusal> {
    let locked = deadline.since(now) <= LOCKED_BEFORE_DEADLINE;
    let changed = Funding {
        pledged: funding.pledged - before.0 + after.0,
        units: funding.units - before.1 + after.1,
        ..*funding
    };
    if locked && funding.is_met() && !changed.is_met() {
        Err(Refusal::WouldSinkGoal)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Refusal, may_change};
    use crate::{
        campaign::Funding,
        currency::Currency,
        time::{DAY, Timestamp},
    };

    const END: Timestamp = Timestamp(100 * DAY);

    fn funding(pledged: i64) -> Funding {
        Funding {
            goal: 10_000,
            pledged,
            backers: 9,
            units: 9,
            goal_units: None,
            currency: Currency::Eur,
        }
    }

    #[test]
    fn on_the_last_day_nobody_sinks_a_goal_that_is_met() {
        let late = END.plus(-DAY);
        assert_eq!(
            may_change(&funding(10_500), (1_000, 0), (0, 0), late, END),
            Err(Refusal::WouldSinkGoal)
        );
        assert_eq!(
            may_change(&funding(10_500), (1_000, 0), (499, 0), late, END),
            Err(Refusal::WouldSinkGoal)
        );
        assert_eq!(may_change(&funding(10_500), (1_000, 0), (500, 0), late, END), Ok(()));
        assert_eq!(may_change(&funding(10_500), (1_000, 0), (0, 0), late.plus(-1), END), Ok(()));
        assert_eq!(may_change(&funding(9_999), (1_000, 0), (0, 0), late, END), Ok(()));
    }

    proptest! {
        #[test]
        fn on_the_last_day_no_allowed_change_loses_the_goal(
            pledged in 10_000..40_000_i64, before in 0..10_000_i64, after in 0..10_000_i64,
            rest in 0..DAY,
        ) {
            let funding = funding(pledged);
            if may_change(&funding, (before, 0), (after, 0), END.plus(-rest), END).is_ok() {
                prop_assert!(pledged - before + after >= funding.goal);
            }
        }
    }
}
