//! The campaign as a whole: what the clock, its creator and the operator do.

use domain::{
    Timestamp,
    campaign::{
        CampaignState, LatePledges,
        life::{Effect, Event},
        rule::Tally,
    },
    ledger::{Account, Posting},
    pledge::{PledgeState, Timing, money},
    time::DAY,
};

use super::Store;

/// How long after the last deadline the creator is paid.
const PAY_OUT_AFTER: i64 = 14 * DAY;

impl Store {
    /// Something happens to the campaign. False when it cannot.
    pub fn live_on(&mut self, event: Event, now: Timestamp) -> bool {
        let Ok((life, effect)) = self.life.after(&self.terms, event, now) else { return false };
        match effect {
            Effect::ChargeAll | Effect::ChargeToDecide => {
                self.fix_until = Some(now.plus(money::FIX_WINDOW));
            }
            // A charge may be on its way just when a campaign comes to nothing; it
            // is then paid back as well.
            Effect::GiveBack | Effect::Release => self.gives_back = true,
            _ => {}
        }
        self.life = life;
        true
    }

    /// The deadline, when it has passed.
    pub fn close(&mut self, now: Timestamp) -> bool {
        let promised = Tally { amount: self.totals.pledged, units: self.totals.units };
        self.life.state == CampaignState::Live
            && now >= self.life.deadline
            && self.live_on(Event::Deadline { promised }, now)
    }

    /// The verdict on what was charged, once nothing is outstanding.
    pub fn decide(&mut self, now: Timestamp) -> bool {
        if self.life.state != CampaignState::Deciding
            || self.fix_until.is_none_or(|until| now < until)
            || self.is_outstanding()
        {
            return false;
        }
        let mut collected = Tally::default();
        for pledge in &self.pledges {
            if pledge.standing.state == PledgeState::Collected {
                collected.amount += pledge.total;
                collected.units += pledge.units;
            }
        }
        self.live_on(Event::WindowOver { collected }, now)
    }

    /// Whether cards are charged just now: not while it is frozen, and not when
    /// everything goes back.
    pub fn is_charging(&self) -> bool {
        matches!(
            self.life.state,
            CampaignState::Live | CampaignState::Deciding | CampaignState::Successful
        )
    }

    /// Pays the creator what waits, when it is time.
    pub fn pay_out(&mut self, now: Timestamp) -> bool {
        let waits = self.balance(Account::Clearing);
        let is_time = self.life.state == CampaignState::Successful
            && self.life.late != LatePledges::Open
            && now >= self.life.deadline.plus(PAY_OUT_AFTER)
            && self.fix_until.is_none_or(|until| now >= until);
        if !is_time || waits == 0 || self.is_outstanding() {
            return false;
        }
        self.post(&Posting::paid_out(waits, 0));
        self.paid_out += waits;
        true
    }

    /// Whether a charge is due, or a card wanted.
    pub fn is_outstanding(&self) -> bool {
        self.pledges.iter().any(|pledge| {
            let standing = pledge.standing;
            standing.is_being_charged
                || standing.state.wants_card()
                || self.is_to_be_planned(standing.timing, standing.state)
        })
    }

    /// Whether a promise is to be charged now that all are.
    pub fn is_to_be_planned(&self, timing: Timing, state: PledgeState) -> bool {
        self.fix_until.is_some() && timing == Timing::AtDeadline && state == PledgeState::Pledged
    }
}
