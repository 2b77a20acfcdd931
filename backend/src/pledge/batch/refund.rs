//! Money that goes back to a backer: written down first, then asked of the
//! provider, then settled with its answer.

use std::collections::BTreeMap;

use domain::{
    Money, Timestamp,
    id::RefundId,
    ledger::Posting,
    pledge::PledgeState,
    refund::{RefundState, plan},
};

use super::{Desk, sql::Held};
use crate::{
    error::{Error, Result},
    mail::Letter,
    payment::RefundAnswer,
    pledge::command::{self, Answer, SettleRefund},
    refund::sql::Refund,
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
        let mut settled = Refund { settled_at: Some(self.now), ..refund };
        let mut state = held.state;
        match &settle.answer {
            RefundAnswer::Refused => settled.state = RefundState::Refused,
            RefundAnswer::Succeeded { reference } => {
                settled.state = RefundState::Succeeded;
                settled.reference = Some(reference.clone());
                settled.platform_fee = self.known.returns.take_fee(&held, settled.amount);
                let till = self.shelf.till();
                let posting = Posting::refunded(settled.amount, settled.platform_fee, till);
                self.shelf.give_back(&posting, held.id, self.now);
                if settled.restock {
                    let units: BTreeMap<_, _> = settled.items.iter().copied().collect();
                    self.shelf.restock(&units, held.reward);
                }
                let went_back = Held { refunded: held.refunded + settled.amount, ..held.clone() };
                state = self.went_back(went_back, "refunded");
                let letter = Letter::PledgeRefunded {
                    title: self.shelf.row.title.clone(),
                    total: Money::new(settled.amount, settled.currency),
                    reason: settled.reason,
                    link: settle.link.clone(),
                };
                self.write_to(held.backer_id, &letter)?;
            }
        }
        self.writes.settled_refunds.insert(settled.id);
        let refunds = self.known.returns.refunds.entry(held.id).or_default();
        if let Some(known) = refunds.iter_mut().find(|one| one.id == settled.id) {
            *known = settled;
        }
        Ok(self.answer(held.id, state, self.price(&held)))
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
