//! When a campaign collects, when its creator is paid, and how much. The
//! collection, the simulator and a rehearsal all ask here.

use rust_decimal::Decimal;

use super::{CampaignState, life::Effect};
use crate::{
    fee,
    pledge::money::{FIX_WINDOW, REMIND_EVERY},
    time::{DAY, Timestamp},
};

/// How long after the deadline the creator is paid (Kickstarter, `[K3]`).
pub const PAY_OUT_AFTER: i64 = 14 * DAY;
/// How often the creator is paid what came after the first time (Kickstarter's
/// late pledges, `[K3]`).
pub const PAY_OUT_EVERY: i64 = 7 * DAY;
/// A campaign that is closed so long after its deadline was stopped meanwhile: the
/// time to see to a card begins when cards are charged.
const CLOSED_LATE: i64 = DAY;

/// When a campaign collects and pays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// Until when cards can be seen to; `None` before they are charged.
    pub fix_until: Option<Timestamp>,
    /// When the creator is paid next, if there is anything to pay.
    pub payout_at: Option<Timestamp>,
}

/// What decides whether a creator is paid now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    pub state: CampaignState,
    pub times: Times,
    /// Whether late pledges come in.
    pub is_late: bool,
    /// Whether the creator was paid before.
    pub was_paid: bool,
    /// Pledges that were promised and are not settled.
    pub promised: i64,
    /// Pledges that are charged at once and are not settled.
    pub at_once: i64,
    /// Charged less fees and not paid out, in minor units; negative, when more
    /// went back than there was.
    pub clearing: i64,
    /// What was charged in all and neither went back nor is disputed, in minor units.
    pub kept: i64,
    /// What is held back of it, in percent.
    pub reserve_percent: Decimal,
}

/// What a creator is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payout {
    /// Not yet, or never.
    NotDue,
    /// There is nothing; asked again then.
    Nothing { next: Option<Timestamp> },
    /// So much leaves, of which some is held back, in minor units.
    Pays { amount: i64, reserve: i64, next: Option<Timestamp> },
}

impl Times {
    /// What they are after something happened now to a campaign whose end was then.
    #[must_use]
    pub fn after(self, effect: Effect, end: Timestamp, now: Timestamp) -> Self {
        let from = if now.since(end) > CLOSED_LATE { now } else { end };
        match effect {
            Effect::ChargeAll | Effect::ChargeToDecide => Self {
                fix_until: Some(from.plus(FIX_WINDOW)),
                payout_at: Some(from.plus(PAY_OUT_AFTER)),
            },
            // What is kept was charged before.
            Effect::Keep => {
                let payout = end.plus(PAY_OUT_AFTER);
                Self { payout_at: self.payout_at.or(Some(payout)), ..self }
            }
            Effect::Release | Effect::GiveBack => Self { payout_at: None, ..self },
            Effect::Nothing
            | Effect::SaveCard
            | Effect::ChargeAtOnce
            | Effect::Freeze
            | Effect::Thaw => self,
        }
    }

    /// What they are when a campaign goes on that was stopped: whoever has promised
    /// and was not charged yet gets the time to see to a card anew, where it passed
    /// meanwhile or is about to.
    #[must_use]
    pub fn thawed(self, promised: i64, now: Timestamp) -> Self {
        match self.fix_until {
            Some(until) if promised > 0 && until.since(now) < REMIND_EVERY => {
                let payout = now.plus(PAY_OUT_AFTER);
                Self {
                    fix_until: Some(now.plus(FIX_WINDOW)),
                    payout_at: self.payout_at.map(|at| at.max(payout)),
                }
            }
            _ => self,
        }
    }
}

impl Waiting {
    /// What the creator is paid now. What was promised is waited for; what is
    /// charged at once comes as it comes.
    #[must_use]
    pub fn after(&self, now: Timestamp) -> Payout {
        let has_passed = |at: Timestamp| at <= now;
        let is_due = self.times.payout_at.is_some_and(has_passed)
            && self.times.fix_until.is_none_or(has_passed)
            && self.state.pays_out();
        if !is_due || self.promised > 0 {
            return Payout::NotDue;
        }
        let is_open = self.is_late || self.at_once > 0;
        let next = is_open.then(|| now.plus(PAY_OUT_EVERY));
        // A week without a late pledge has nothing to pay.
        if self.clearing <= 0 && self.was_paid {
            return Payout::Nothing { next };
        }
        // The first payout holds back of all that was collected, a later one of itself.
        let base = if self.was_paid { self.clearing } else { self.kept };
        let reserve = held_back(base, self.clearing, self.reserve_percent);
        Payout::Pays { amount: self.clearing, reserve, next }
    }
}

/// A share of what was collected, and no more than there is.
fn held_back(collected: i64, amount: i64, percent: Decimal) -> i64 {
    fee::held_back(collected, percent).min(amount.max(0))
}

#[cfg(test)]
mod tests {
    use super::{PAY_OUT_AFTER, PAY_OUT_EVERY, Payout, Times, Waiting};
    use crate::{
        campaign::{CampaignState, life::Effect},
        pledge::money::FIX_WINDOW,
        time::{DAY, Timestamp},
    };

    const END: Timestamp = Timestamp(1_796_407_200_000_000);

    fn waiting() -> Waiting {
        Waiting {
            state: CampaignState::Successful,
            times: Times::default().after(Effect::ChargeAll, END, END),
            is_late: false,
            was_paid: false,
            promised: 0,
            at_once: 0,
            clearing: 9_000,
            kept: 10_000,
            reserve_percent: 5.into(),
        }
    }

    #[test]
    fn the_creator_is_paid_two_weeks_after_the_deadline() {
        let times = waiting().times;
        assert_eq!(times.fix_until, Some(END.plus(FIX_WINDOW)));
        let due = END.plus(PAY_OUT_AFTER);
        assert_eq!(waiting().after(due.plus(-1)), Payout::NotDue);
        assert_eq!(waiting().after(due), Payout::Pays { amount: 9_000, reserve: 500, next: None });
    }

    #[test]
    fn the_time_to_see_to_a_card_begins_anew_after_a_long_stop() {
        let late = END.plus(10 * DAY);
        let closed = Times::default().after(Effect::ChargeAll, END, late);
        assert_eq!(closed.fix_until, Some(late.plus(FIX_WINDOW)));
        assert_eq!(closed.payout_at, Some(late.plus(PAY_OUT_AFTER)));
        let soon = Times::default().after(Effect::ChargeAll, END, END.plus(DAY));
        assert_eq!(soon, waiting().times, "a process that was down for a while changes nothing");
        let kept = Times::default().after(Effect::Keep, END, late);
        assert_eq!(kept.payout_at, Some(END.plus(PAY_OUT_AFTER)), "it was charged before");

        let times = waiting().times;
        assert_eq!(times.thawed(1, late), closed, "a promise is open");
        assert_eq!(times.thawed(0, late), times, "nobody has to see to anything");
        assert_eq!(times.thawed(1, END.plus(4 * DAY)), times, "there are days left");
        assert_eq!(Times::default().thawed(1, late), Times::default());
    }

    #[test]
    fn nobody_is_paid_while_a_promise_is_open_or_the_campaign_is_stopped() {
        let due = END.plus(PAY_OUT_AFTER);
        assert_eq!(Waiting { promised: 1, ..waiting() }.after(due), Payout::NotDue);
        for state in [CampaignState::Suspended, CampaignState::Failed, CampaignState::Deciding] {
            assert_eq!(Waiting { state, ..waiting() }.after(due), Payout::NotDue, "{state:?}");
        }
        let failed = waiting().times.after(Effect::GiveBack, END, END);
        assert_eq!(failed.payout_at, None);
    }

    #[test]
    fn late_pledges_are_paid_week_by_week() {
        let due = END.plus(30 * DAY);
        let late = Waiting { is_late: true, was_paid: true, ..waiting() };
        let next = Some(due.plus(PAY_OUT_EVERY));
        assert_eq!(late.after(due), Payout::Pays { amount: 9_000, reserve: 450, next });
        assert_eq!(Waiting { clearing: 0, ..late }.after(due), Payout::Nothing { next });
        let last = Waiting { clearing: 0, is_late: false, ..late };
        assert_eq!(last.after(due), Payout::Nothing { next: None });
    }
}
