//! The campaign as a whole: what the clock, its creator and the operator do.

use super::{Statement, What, World};
use crate::{
    campaign::{
        CampaignState, FundingRule,
        life::{Effect, Event},
        payout::{Payout, Waiting},
        rule::Tally,
    },
    ledger::{Account, Posting},
    pledge::{PledgeState, Standing, Timing, money::FIX_AT_ONCE},
    time::{DAY, Timestamp},
};

impl World {
    /// Something happens to the campaign. False when it cannot.
    pub fn live_on(&mut self, event: Event, now: Timestamp) -> bool {
        let before = self.life;
        let Ok((after, effect)) = before.after(&self.terms, event, now) else { return false };
        // A charge may be on its way just when a campaign comes to nothing; it
        // is then paid back as well.
        self.gives_back |= matches!(effect, Effect::GiveBack | Effect::Release);
        self.times = self.times.after(effect, before.deadline, now);
        if effect == Effect::Thaw {
            self.ask_anew(now);
        }
        self.life = after;
        let (readers, first) = self.tell_all(effect);
        self.note(now, What::Campaign { event, effect, before, after, readers, first });
        true
    }

    /// The deadline, when it has passed.
    pub fn close(&mut self, now: Timestamp) -> bool {
        if self.life.state != CampaignState::Live || now < self.life.deadline {
            return false;
        }
        // Where cards are charged at once, what went back is not raised.
        let amount = match self.terms.rule {
            FundingRule::KeepWhatYouRaise => self.kept(),
            _ => self.totals.pledged,
        };
        let promised = Tally { amount, units: self.totals.units };
        self.live_on(Event::Deadline { promised }, now)
    }

    /// The verdict on what was charged, once nothing is outstanding.
    pub fn decide(&mut self, now: Timestamp) -> bool {
        let is_time = self.life.state == CampaignState::Deciding
            && self.times.fix_until.is_some_and(|until| until <= now);
        if !is_time || self.outstanding() != (0, 0) {
            return false;
        }
        let mut collected = Tally::default();
        for pledge in &self.pledges {
            if pledge.standing.state == PledgeState::Collected && !pledge.is_returned() {
                collected.amount += pledge.charged - pledge.refunded - pledge.charged_back;
                collected.units += pledge.units;
            }
        }
        self.live_on(Event::WindowOver { collected }, now)
    }

    /// Whether cards are charged just now: not while it is frozen, and not when
    /// everything goes back.
    #[must_use]
    pub const fn is_charging(&self) -> bool {
        matches!(
            self.life.state,
            CampaignState::Live | CampaignState::Deciding | CampaignState::Successful
        )
    }

    /// Pays the creator what waits, when it is time.
    pub fn pay_out(&mut self, now: Timestamp) -> bool {
        // Most rounds end here, without counting anything.
        if self.times.payout_at.is_none_or(|at| now < at) {
            return false;
        }
        let (promised, at_once) = self.outstanding();
        let waiting = Waiting {
            state: self.life.state,
            times: self.times,
            is_late: self.life.is_late() || self.has_open_plans(),
            was_paid: self.paid_out_at.is_some(),
            promised,
            at_once,
            clearing: self.balance(Account::Clearing),
            kept: self.kept() - self.totals.disputed,
            reserve_percent: self.rates.reserve_percent,
        };
        match waiting.after(now) {
            Payout::NotDue => return false,
            Payout::Nothing { next } => self.times.payout_at = next,
            Payout::Pays { amount, reserve, next } => {
                self.times.payout_at = next;
                self.pay(amount, reserve, now);
            }
        }
        true
    }

    /// Pays what was held back long enough.
    pub fn release(&mut self, now: Timestamp) -> bool {
        let amount = self.balance(Account::Reserve);
        if amount == 0 || self.reserve_until.is_none_or(|until| now < until) {
            return false;
        }
        self.post(&Posting::reserve_released(amount));
        self.note(now, What::Released { amount });
        true
    }

    /// Pledges that are not settled: those that were promised, and those that are
    /// charged at once.
    #[must_use]
    pub fn outstanding(&self) -> (i64, i64) {
        let is_open = |state| {
            matches!(
                state,
                PledgeState::Pledged | PledgeState::Errored | PledgeState::ActionRequired
            )
        };
        let (mut promised, mut at_once) = (0, 0);
        for standing in self.pledges.iter().map(|pledge| pledge.standing) {
            match standing.timing {
                _ if !is_open(standing.state) => {}
                Timing::AtDeadline => promised += 1,
                Timing::AtOnce => at_once += 1,
            }
        }
        (promised, at_once)
    }

    /// Promises that are to be charged now that all are, a few at a time.
    #[must_use]
    pub fn to_be_planned(&self, most: usize) -> Vec<usize> {
        if self.times.fix_until.is_none() || !self.is_charging() {
            return Vec::new();
        }
        let is_waiting = |pledge: &usize| {
            let standing = self.pledges[*pledge].standing;
            !standing.is_being_charged
                && standing.timing == Timing::AtDeadline
                && standing.state == PledgeState::Pledged
        };
        (0..self.pledges.len()).filter(is_waiting).take(most).collect()
    }

    /// It goes on: who has to see to a card is told, and has the time for it.
    fn ask_anew(&mut self, now: Timestamp) {
        self.times = self.times.thawed(self.outstanding().0, now);
        for pledge in &mut self.pledges {
            let standing = &mut pledge.standing;
            let waits = standing.fix_until.is_some()
                && (standing.state.wants_card() || standing.state == PledgeState::Pledged);
            if !waits {
                continue;
            }
            match standing.timing {
                Timing::AtDeadline => standing.fix_until = self.times.fix_until,
                Timing::AtOnce => {
                    let until = now.plus(FIX_AT_ONCE);
                    standing.fix_until = standing.fix_until.max(Some(until));
                }
            }
            if standing.state.wants_card() && !standing.is_being_charged {
                standing.remind_at = Some(now);
            }
        }
    }

    fn pay(&mut self, amount: i64, reserve: i64, now: Timestamp) {
        let until = now.plus(i64::from(self.rates.reserve_days) * DAY);
        self.paid_out_at = Some(now);
        self.reserve_until = Some(until);
        self.post(&Posting::paid_out(amount, reserve));
        let statement = Statement {
            collected: self.totals.collected,
            platform_fee: self.balance(Account::PlatformFee),
            processing_fee: self.balance(Account::ProcessingFee),
            dropped: self.totals.dropped,
            returned: self.totals.refunded + self.totals.charged_back + self.totals.disputed,
            reserve,
            reserve_until: until,
            paid_out: amount - reserve,
        };
        self.note(now, What::PaidOut(statement));
    }

    /// What was charged and did not go back.
    const fn kept(&self) -> i64 {
        self.totals.collected - self.totals.refunded - self.totals.charged_back
    }

    /// Counts the backers who are told how the campaign ended: everybody whose
    /// pledge is in the books, and nobody twice.
    fn tell_all(&mut self, effect: Effect) -> (i64, Option<usize>) {
        let (mut readers, mut first) = (0, None);
        if !matches!(effect, Effect::ChargeAll | Effect::Keep | Effect::Release | Effect::GiveBack)
        {
            return (readers, first);
        }
        for (n, pledge) in self.pledges.iter_mut().enumerate() {
            let Standing { state, timing, .. } = pledge.standing;
            let is_in_the_books = match state {
                PledgeState::AuthenticationRequired
                | PledgeState::Refunded
                | PledgeState::Cancelled
                | PledgeState::Expired => false,
                PledgeState::Collected => !pledge.is_returned(),
                _ => timing == Timing::AtDeadline,
            };
            if is_in_the_books && !pledge.is_told {
                pledge.is_told = true;
                readers += 1;
                first = first.or(Some(n));
            }
        }
        (readers, first)
    }
}
