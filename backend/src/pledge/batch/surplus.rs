//! Payments that nobody wanted: the provider took the same money twice, or that of
//! a pledge that is over. They are noted to go back, in the transaction that learns
//! of them.

use domain::{id::SurplusId, ledger::Posting, refund::returns::Unwanted};

use super::{Desk, sql::Held};
use crate::{
    collection::sql::{Charge, ChargeState},
    payment::Outcome,
    pledge::command::Settle,
    surplus::sql::Surplus,
};

impl Desk<'_> {
    /// Why this payment has to go back, if it has to: its money came by another one,
    /// or its pledge is over. Not while a try for the same money is on its way, which
    /// finds that it is paid.
    pub(super) fn unwanted(&self, held: &Held, settle: &Settle) -> Option<Unwanted> {
        let Outcome::Succeeded { reference } = &settle.outcome else { return None };
        if self.known.surpluses.contains(reference) {
            return Some(Unwanted::PledgeOver);
        }
        let charges = self.known.charges.get(&held.id)?;
        let charge = charges.iter().find(|charge| charge.id == settle.charge)?;
        // Each instalment is money of its own.
        let is_same = |one: &&Charge| one.instalment == charge.instalment;
        let is_paid = |one: &&Charge| one.state == ChargeState::Succeeded;
        let mut paid = charges.iter().filter(is_same).filter(is_paid).peekable();
        if paid.peek().is_some() {
            let is_known = paid.any(|one| one.reference.as_ref() == Some(reference));
            return (!is_known).then_some(Unwanted::PaidTwice);
        }
        let is_due = charge.state == ChargeState::Due;
        let is_sent = |one: &Charge| one.state == ChargeState::Due && one.taken_until.0 > 0;
        if charges.iter().filter(is_same).any(|one| one.id != charge.id && is_sent(one)) {
            return None;
        }
        if charge.instalment > 1 {
            return self.is_void(held.id, charge.instalment).then_some(Unwanted::PledgeOver);
        }
        // A try that was on its way when the campaign ended is collected and refunded.
        let is_released = self.known.released.contains(&held.id);
        let is_late = self.shelf.came_to_nothing() && (!is_due || is_released);
        let is_over = !held.state.is_active() || is_late;
        is_over.then_some(Unwanted::PledgeOver)
    }

    /// Notes that it has to go back; once, however often it is told of.
    pub(super) fn note_unwanted(&mut self, held: &Held, settle: &Settle, unwanted: Unwanted) {
        let Outcome::Succeeded { reference } = &settle.outcome else { return };
        let charges = self.known.charges.get(&held.id).into_iter().flatten();
        let Some(charge) = charges.into_iter().find(|charge| charge.id == settle.charge) else {
            return;
        };
        let (amount, is_due) = (charge.amount, charge.state == ChargeState::Due);
        // It is answered, and what it brought is not the campaign's.
        if is_due {
            let declined = Settle { outcome: Outcome::Declined, ..settle.clone() };
            self.note_charge(held, &declined, ChargeState::Declined);
        }
        if !self.known.surpluses.insert(reference.clone()) {
            return;
        }
        self.writes.surpluses.push(Surplus {
            id: SurplusId::generate(),
            payment: reference.clone(),
            pledge_id: held.id,
            campaign_id: held.campaign_id,
            unwanted,
            amount,
            currency: self.shelf.row.currency,
            created_at: self.now,
        });
        // The provider keeps of it what it keeps of any charge.
        let fee = settle.fees.processing;
        self.shelf.post(&Posting::surplus_came(amount, fee), held.id, self.now);
    }
}
