//! What follows for a pledge from what its money does, as the machine of
//! `domain::pledge::money` decides it.

use std::collections::BTreeMap;

use domain::{
    Money, Timestamp,
    country::Country,
    fee::ChargeFees,
    id::{AccountId, ChargeId, PledgeId},
    live::NewestPledge,
    pledge::{
        PledgeState, Standing, Timing,
        money::{Event, Note, Step},
    },
};

use super::{Desk, sql::Held};
use crate::{
    collection::sql::{Charge, ChargeState},
    error::Result,
    mail::Letter,
};

impl Desk<'_> {
    /// Asks what an event does to a pledge, and does it.
    pub(super) fn step(&mut self, held: &Held, event: Event, link: &str) -> Result<Step> {
        self.paid_step(held, event, ChargeFees::default(), link)
    }

    /// The same, for what a charge may cost.
    pub(super) fn paid_step(
        &mut self,
        held: &Held,
        event: Event,
        fees: ChargeFees,
        link: &str,
    ) -> Result<Step> {
        let step = self.standing(held).after(event, self.now)?;
        let counted = (held.id, held.total, held.ordered);
        self.shelf.count(step.moved, counted, fees, self.now);
        let next = self.altered(held, &step.next);
        if next.state != held.state {
            self.note(held.id, what(event, next.state), held.total);
        }
        if !step.next.state.is_active() && held.state.is_active() {
            self.give_back(held, step.next.timing, step.next.state);
        }
        self.alter(next);
        if step.next.counts() && !self.standing(held).counts() {
            self.shelf.newest = Some(NewestPledge {
                amount: Money::new(held.total, self.shelf.row.currency).into(),
                country: held.country.as_deref().and_then(Country::parse),
                at: self.now,
            });
        }
        if let Some(note) = step.note {
            self.tell(held.backer_id, held.total, note, &step.next, link)?;
        }
        Ok(step)
    }

    /// Where a pledge stands with its money.
    pub(super) fn standing(&self, held: &Held) -> Standing {
        let charges = self.known.charges.get(&held.id);
        let is_due = |charge: &Charge| charge.state == ChargeState::Due;
        Standing {
            state: held.state,
            timing: held.timing,
            is_being_charged: charges.is_some_and(|all| all.iter().any(is_due)),
            fix_until: match held.timing {
                Timing::AtDeadline => self.shelf.row.fix_until,
                Timing::AtOnce => held.fix_until,
            },
            remind_at: held.remind_at,
        }
    }

    fn altered(&self, held: &Held, next: &Standing) -> Held {
        let is_same = held.state == next.state;
        Held {
            state: next.state,
            remind_at: next.remind_at,
            fix_until: match held.timing {
                Timing::AtDeadline => held.fix_until,
                Timing::AtOnce => next.fix_until,
            },
            changed_at: if is_same { held.changed_at } else { self.now },
            ..held.clone()
        }
    }

    /// What a pledge held returns, unless it was promised until the end: then it
    /// is the creator's to give or to keep.
    fn give_back(&mut self, held: &Held, timing: Timing, state: PledgeState) {
        self.known.active.remove(&(held.campaign_id, held.backer_id));
        if state == PledgeState::Dropped && timing == Timing::AtDeadline {
            return;
        }
        self.shelf.move_stock(&held.units, &BTreeMap::new(), None);
        self.shelf.move_backer(held.reward, -1);
    }

    /// Writes to a pledge's backer.
    pub(super) fn tell(
        &mut self,
        backer: AccountId,
        total: i64,
        note: Note,
        standing: &Standing,
        link: &str,
    ) -> Result<()> {
        let row = &self.shelf.row;
        let (title, total) = (row.title.clone(), Money::new(total, row.currency));
        let (link, deadline) = (link.to_owned(), row.deadline);
        let until = standing.fix_until.unwrap_or(self.now);
        self.write_to(backer, &letter(note, title, total, (deadline, until), link))
    }

    /// Adds a try to charge a pledge's card.
    pub(super) fn add_charge(&mut self, held: &Held, id: ChargeId, taken_until: Timestamp) {
        let (pledge, method) = (held.id, held.payment_method.clone());
        self.charge_card(pledge, held.total, method, id, taken_until);
    }

    /// The same, for a pledge that is only being placed.
    pub(super) fn charge_card(
        &mut self,
        pledge: PledgeId,
        total: i64,
        payment_method: String,
        id: ChargeId,
        taken_until: Timestamp,
    ) {
        let charges = self.known.charges.entry(pledge).or_default();
        let charge = Charge {
            id,
            pledge_id: pledge,
            campaign_id: self.shelf.row.id,
            attempt: charges.last().map_or(1, |last| last.attempt + 1),
            state: ChargeState::Due,
            amount: total,
            currency: self.shelf.row.currency,
            payment_method,
            due_at: self.now,
            taken_until,
            reference: None,
            settled_at: None,
        };
        charges.push(charge.clone());
        self.writes.charges.push(charge);
    }
}

/// What a backer is written: by when the campaign ends, or the card is to be seen to.
pub(crate) fn letter(
    note: Note,
    title: String,
    total: Money,
    (deadline, until): (Timestamp, Timestamp),
    link: String,
) -> Letter {
    match note {
        Note::Placed => Letter::PledgePlaced { title, total, deadline, link },
        Note::Collected => Letter::PledgeCollected { title, total, link },
        Note::CardDeclined => Letter::CardDeclined { title, total, until, link },
        Note::ConfirmCharge => Letter::ConfirmCharge { title, total, until, link },
        Note::Dropped => Letter::PledgeDropped { title, total },
        Note::Cancelled => Letter::PledgeCancelled { title },
    }
}

/// The word for it in the pledge's history.
const fn what(event: Event, state: PledgeState) -> &'static str {
    match event {
        Event::Confirmed => "confirmed",
        _ => state.key(),
    }
}
