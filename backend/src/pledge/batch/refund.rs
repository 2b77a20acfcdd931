//! Money that goes back to a backer: written down first, then asked of the
//! provider, then settled with its answer.

use std::collections::BTreeMap;

use domain::{
    Money, Timestamp,
    id::RefundId,
    ledger::Posting,
    pledge::{PledgeState, Taken},
    refund::{RefundState, plan},
};

use super::{Desk, sql::Held};
use crate::{
    error::{Error, Result},
    mail::Letter,
    payment::RefundAnswer,
    pledge::command::{self, Answer, SettleRefund},
    refund::{again::sql::Refusals, sql::Refund},
};

impl Desk<'_> {
    /// Notes a refund that is to be asked of the provider.
    pub(super) fn refund(&mut self, ask: &command::Refund) -> Result<Answer> {
        let held = self.held(ask.pledge)?;
        if let Some(answer) = self.answered(held.backer_id, ask.once.as_ref())? {
            return Ok(answer);
        }
        let currency = self.shelf.row.currency;
        let standing = self.known.returns.standing(&held, currency);
        let lines = self.known.returns.lines(held.id);
        let order = &ask.order;
        let plan = plan(&order.wanted, order.restock, &standing, &lines)?;
        self.stop_plan(held.id)?;
        // A provider gives back what one charge brought, so each part has its own.
        let (mut rest, mut items) = (plan.amount, plan.lines);
        for (place, (charge_id, left)) in self.sources(&held).into_iter().enumerate() {
            let amount = rest.min(left);
            if amount == 0 {
                break;
            }
            rest -= amount;
            // The first is sent by who asks, any worker takes the others.
            let (id, taken_until) = match place {
                0 => (ask.id, ask.taken_until),
                _ => (RefundId::generate(), Timestamp(0)),
            };
            let refund = Refund {
                id,
                pledge_id: held.id,
                campaign_id: held.campaign_id,
                charge_id,
                state: RefundState::Due,
                amount,
                currency,
                reason: order.reason,
                restock: order.restock,
                asked_by: ask.asked_by,
                created_at: self.now,
                taken_until,
                platform_fee: 0,
                reference: None,
                settled_at: None,
                refusals: Refusals::default(),
                items: std::mem::take(&mut items),
            };
            self.known.returns.refunds.entry(held.id).or_default().push(refund);
            self.writes.refunds.insert(id);
        }
        let answer = self.answer(held.id, held.state, self.price(&held));
        self.keep(held.backer_id, ask.once.as_ref(), &answer)?;
        Ok(answer)
    }

    /// Books what the provider did.
    pub(super) fn settle_refund(&mut self, settle: &SettleRefund) -> Result<Answer> {
        let held = self.held(settle.pledge)?;
        let refunds = self.known.returns.refunds.get(&held.id).into_iter().flatten();
        let refund =
            refunds.into_iter().find(|one| one.id == settle.refund).ok_or(Error::NotFound)?.clone();
        if refund.state != RefundState::Due {
            // Another worker was told the same, and was faster.
            return Ok(self.answer(held.id, held.state, self.price(&held)));
        }
        let state = match &settle.answer {
            RefundAnswer::Refused { why } => {
                self.refuse_refund(refund, why);
                held.state
            }
            RefundAnswer::Succeeded { reference } => {
                let refund = Refund { reference: Some(reference.clone()), ..refund };
                let letter = Letter::PledgeRefunded {
                    title: self.shelf.row.title.clone(),
                    total: Money::new(refund.amount, refund.currency),
                    reason: refund.reason,
                    link: settle.link.clone(),
                };
                self.write_to(held.backer_id, &letter)?;
                self.book_refund(&held, refund)
            }
        };
        Ok(self.answer(held.id, state, self.price(&held)))
    }

    /// Books a refund whose money is back with its backer, or on its way there.
    pub(super) fn book_refund(&mut self, held: &Held, refund: Refund) -> PledgeState {
        let platform_fee = self.known.returns.take_fee(held, refund.amount);
        let settled = Refund {
            state: RefundState::Succeeded,
            settled_at: Some(self.now),
            platform_fee,
            ..refund
        };
        let posting = Posting::refunded(settled.amount, platform_fee, self.shelf.till());
        self.shelf.give_back(&posting, held.id, self.now);
        if settled.restock {
            let variant = |id| held.units.get(id).and_then(|taken| taken.variant.clone());
            let units: BTreeMap<_, _> = settled
                .items
                .iter()
                .map(|(id, units)| (*id, Taken { units: *units, variant: variant(id) }))
                .collect();
            self.shelf.restock(&units, held.reward);
        }
        let went_back = Held { refunded: held.refunded + settled.amount, ..held.clone() };
        self.replace_refund(settled);
        self.went_back(went_back, "refunded")
    }

    /// Writes a pledge of which something went back: with the last of it, the
    /// pledge is refunded.
    pub(super) fn went_back(&mut self, held: Held, what: &'static str) -> PledgeState {
        let is_all = held.refunded + held.charged_back == held.charged;
        let state = if is_all { PledgeState::Refunded } else { held.state };
        self.note(held.id, what, held.total);
        self.known.active.retain(|_, id| !is_all || *id != held.id);
        self.alter(Held { state, changed_at: self.now, ..held });
        state
    }
}
