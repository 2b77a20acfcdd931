//! Money that goes back: what its campaign or its creator gives, and what a bank
//! takes.

use super::{Charge, Outcome, Refund, What, World};
use crate::{
    fee,
    ledger::Posting,
    pledge::{PledgeState, instalment::Event},
    refund::ChargebackState,
    time::Timestamp,
};

impl World {
    /// Notes for everybody who was charged that the money is to go back, when it is:
    /// for so many charges at most. Returns for how many.
    pub fn plan_refunds(&mut self, most: usize, now: Timestamp) -> usize {
        if !self.gives_back {
            return 0;
        }
        let before = self.refunds.len();
        for charge in 0..self.charges.len() {
            if self.refunds.len() - before >= most {
                break;
            }
            self.plan_refund(charge, now);
        }
        self.refunds.len() - before
    }

    /// Gives back what a pledge has paid, as its creator wants; false when there is
    /// nothing, or a try is on its way.
    pub fn give_back(&mut self, pledge: usize, now: Timestamp) -> bool {
        let before = self.refunds.len();
        for charge in 0..self.charges.len() {
            if self.charges[charge].pledge == pledge {
                self.plan_refund(charge, now);
            }
        }
        self.refunds.len() > before
    }

    /// The money of a charge went back, with the platform's share of it.
    pub fn settle_refund(&mut self, refund: usize, now: Timestamp) {
        let Refund { pledge, amount, is_done, .. } = self.refunds[refund];
        if is_done {
            return;
        }
        self.refunds[refund].is_done = true;
        let fee = self.take_fee(pledge, amount);
        self.pledges[pledge].refunded += amount;
        self.post(&Posting::refunded(amount, fee, self.till()));
        self.totals.refunded += amount;
        self.note(now, What::GivenBack { pledge, amount });
    }

    /// A holder disputes a charge: the provider takes the money, and a fee. False
    /// where it has to be told again later, or has nothing to take.
    pub fn dispute(&mut self, charge: usize, fee: i64, now: Timestamp) -> bool {
        let Charge { pledge, amount, dispute, .. } = self.charges[charge];
        let is_free = self.can_return(charge) && dispute.is_none();
        // What is not paid of a plan is not asked for any more.
        if !is_free || self.end_plan(pledge, Event::Stopped, now).is_err() {
            return false;
        }
        self.charges[charge].dispute = Some(ChargebackState::Open);
        self.totals.disputed += amount;
        self.post(&Posting::chargeback_opened(amount, fee, self.till()));
        true
    }

    /// A bank has decided whose the money is. What is told twice changes nothing.
    pub fn decide_dispute(&mut self, charge: usize, is_won: bool) {
        let Charge { pledge, amount, dispute, .. } = self.charges[charge];
        if dispute != Some(ChargebackState::Open) {
            return;
        }
        self.totals.disputed -= amount;
        if is_won {
            self.charges[charge].dispute = Some(ChargebackState::Won);
            self.post(&Posting::chargeback_won(amount, self.till()));
            return;
        }
        self.charges[charge].dispute = Some(ChargebackState::Lost);
        let fee = self.take_fee(pledge, amount);
        self.pledges[pledge].charged_back += amount;
        self.totals.charged_back += amount;
        self.post(&Posting::chargeback_lost(amount, fee, self.till()));
    }

    fn plan_refund(&mut self, charge: usize, now: Timestamp) {
        if !self.can_return(charge) {
            return;
        }
        let Charge { pledge, amount, .. } = self.charges[charge];
        // What comes of a try on its way has to be known first.
        if self.end_plan(pledge, Event::Stopped, now).is_err() {
            return;
        }
        self.charges[charge].is_given_back = true;
        let taken_until = Timestamp(i64::MIN);
        self.refunds.push(Refund { charge, pledge, amount, taken_until, is_done: false });
    }

    /// Whether what a charge brought is there to be given back.
    fn can_return(&self, charge: usize) -> bool {
        let Charge { pledge, outcome, is_given_back, dispute, .. } = self.charges[charge];
        outcome == Some(Outcome::Succeeded)
            && !is_given_back
            && matches!(dispute, None | Some(ChargebackState::Won))
            && self.pledges[pledge].standing.state == PledgeState::Collected
    }

    /// Takes the platform's share of this much more of a pledge that goes back.
    fn take_fee(&mut self, pledge: usize, amount: i64) -> i64 {
        let row = &mut self.pledges[pledge];
        let went_back = row.refunded + row.charged_back + amount;
        let share = fee::returned(row.fees.platform, row.charged, went_back) - row.fee_returned;
        row.fee_returned += share;
        share
    }
}
