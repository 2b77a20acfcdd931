//! What happens to a pledge once its card is charged: it is paid, or declined and
//! replaced, or never good.

use domain::{
    Timestamp,
    id::{ChargeId, PledgeId},
    pledge::{Refusal, Standing, money::Event},
};

use super::{Desk, sql::Held};
use crate::{
    collection::sql::ChargeState,
    error::{Error, Result},
    payment::Outcome,
    pledge::command::{Answer, ReplaceCard, Settle},
};

impl Desk<'_> {
    pub(super) fn settle(&mut self, settle: &Settle) -> Result<Answer> {
        let held = self.held(settle.pledge)?;
        if let Some(unwanted) = self.unwanted(&held, settle) {
            self.note_unwanted(&held, settle, unwanted);
            return Ok(self.answer(held.id, held.state, self.price(&held)));
        }
        let charges = self.known.charges.get(&held.id).into_iter().flatten();
        let tried = charges.into_iter().find(|charge| charge.id == settle.charge).cloned();
        if let Some(later) = tried.filter(|charge| charge.instalment > 1) {
            return self.settle_instalment(&held, &later, settle);
        }
        if !self.is_news(&held, settle)? {
            // Another worker was told the same, and was faster.
            return Ok(self.answer(held.id, held.state, self.price(&held)));
        }
        let event = settle.outcome.event();
        let step = self.paid_step(&held, event, settle.fees, &settle.link)?;
        self.note_charge(&held, settle, settle.outcome.state());
        Ok(self.answer(held.id, step.next.state, self.price(&held)))
    }

    pub(super) fn replace_card(&mut self, replace: &ReplaceCard) -> Result<Answer> {
        let held = self.held(replace.pledge)?;
        if self.shelf.came_to_nothing() {
            return Err(Refusal::CardNotWanted.into());
        }
        let instalment = match self.mend_instalment(&held)? {
            Some(number) => number,
            None => {
                self.step(&held, Event::CardReplaced, "")?;
                1
            }
        };
        let held = Held {
            payment_method: replace.card.method.clone(),
            card: replace.card.last_four.clone(),
            changed_at: self.now,
            ..held
        };
        self.note(held.id, "card_replaced", held.total);
        self.add_charge(&held, instalment, replace.charge, replace.taken_until);
        let mut answer = self.answer(held.id, held.state, self.price(&held));
        answer.charge = Some(replace.charge);
        self.alter(held);
        Ok(answer)
    }

    pub(super) fn try_again(&mut self, pledge: PledgeId) -> Result<Answer> {
        let held = self.held(pledge)?;
        self.step(&held, Event::LastTry, "")?;
        self.add_charge(&held, 1, ChargeId::generate(), Timestamp(0));
        Ok(self.answer(held.id, held.state, self.price(&held)))
    }

    pub(super) fn remind(&mut self, pledge: PledgeId, link: &str) -> Result<Answer> {
        let held = self.held(pledge)?;
        self.step(&held, Event::Reminded, link)?;
        Ok(self.answer(held.id, held.state, self.price(&held)))
    }

    /// Its campaign came to nothing: its card is not charged any more. A try that was
    /// never sent is none.
    pub(super) fn let_go(&mut self, pledge: PledgeId) -> Result<Answer> {
        let held = self.held(pledge)?;
        if !self.shelf.came_to_nothing() {
            return Err(Refusal::CardNotWanted.into());
        }
        let charges = self.known.charges.get(&pledge).map_or(&[][..], Vec::as_slice);
        let mut due = charges.iter().filter(|charge| charge.state == ChargeState::Due);
        let is_sent = due.any(|charge| charge.taken_until.0 > 0);
        let standing = Standing { is_being_charged: is_sent, ..self.standing(&held) };
        standing.after(Event::CampaignOver, self.now)?;
        for charge in self.known.charges.get_mut(&pledge).into_iter().flatten() {
            if charge.state == ChargeState::Due {
                (charge.state, charge.settled_at) = (ChargeState::Declined, Some(self.now));
                self.writes.settled.insert((pledge, charge.attempt));
            }
        }
        self.step(&held, Event::CampaignOver, "")?;
        Ok(self.answer(held.id, held.state, self.price(&held)))
    }

    /// Whether this answer to a try is news.
    fn is_news(&self, held: &Held, settle: &Settle) -> Result<bool> {
        let charges = self.known.charges.get(&held.id).ok_or(Error::NotFound)?;
        let charge =
            charges.iter().find(|charge| charge.id == settle.charge).ok_or(Error::NotFound)?;
        // A charge that the bank asked about may be confirmed later, by its holder.
        let is_paid_later = matches!(settle.outcome, Outcome::Succeeded { .. })
            && charge.state != ChargeState::Succeeded
            && held.state.wants_card()
            && !charges.iter().any(|charge| charge.state == ChargeState::Due);
        let is_news = charge.state == ChargeState::Due || is_paid_later;
        let due = Self::first_part(held);
        if is_news && charge.amount != due {
            let fault = anyhow::anyhow!("a charge is for {}, not {due}", charge.amount);
            return Err(Error::internal(fault, "could not settle a charge"));
        }
        Ok(is_news)
    }

    /// Notes the outcome of a try.
    pub(super) fn note_charge(&mut self, held: &Held, settle: &Settle, state: ChargeState) {
        let charges = self.known.charges.entry(held.id).or_default();
        let Some(charge) = charges.iter_mut().find(|charge| charge.id == settle.charge) else {
            return;
        };
        charge.state = state;
        charge.settled_at = Some(self.now);
        if let Outcome::Succeeded { reference } = &settle.outcome {
            charge.reference = Some(reference.clone());
        }
        self.writes.settled.insert((held.id, charge.attempt));
    }
}
