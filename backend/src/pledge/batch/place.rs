//! A first pledge.

use std::collections::BTreeMap;

use domain::{
    Problem,
    fee::ChargeFees,
    id::{AccountId, PledgeId},
    invalid::Invalid,
    live::NewestPledge,
    pledge::{Refusal, Standing, instalment},
};

use super::{
    Desk,
    sql::{NewPerson, NewPledge, Person},
};
use crate::{
    error::{Error, Result},
    mail::{self, Letter},
    pledge::{
        command::{Answer, Backer, Place},
        sql::items,
    },
};

impl Desk<'_> {
    pub(super) fn place(&mut self, place: &Place) -> Result<Answer> {
        let known = match &place.backer {
            Backer::Account(id) => Some(*id),
            Backer::Guest(email) => self.known.account_of(email),
        };
        if let Some(backer) = known
            && let Some(answer) = self.answered(backer, place.once.as_ref())?
        {
            return Ok(answer);
        }
        let timing = self.shelf.check_open(self.now)?;
        // Whether there is a pledge already is only told of an order that could
        // be placed, so that nobody can ask it of an address in passing.
        let quote = self.shelf.quote(&place.order, &BTreeMap::new(), place.expected, self.now)?;
        self.check_plan(place, timing, quote.total)?;
        let before = known.and_then(|id| self.known.active.get(&(self.shelf.row.id, id)).copied());
        if let Some(pledge) = before {
            return Err(self.already_pledged(place, pledge)?);
        }
        let backer = self.backer(place, known);
        let id = place.id;
        let step = Standing::placed(timing, place.card.must_authenticate, self.now);
        let ids = (id, self.shelf.row.id, backer);
        let made = (self.shelf.row.page_version, self.now);
        let new = NewPledge::new(ids, &step.next, &place.order, &quote, &place.card, made);
        self.writes.placed.push(new);
        self.writes.items.insert(id, items(&quote, &self.shelf.wordings));
        self.known.active.insert((self.shelf.row.id, backer), id);
        self.note(id, "placed", quote.total.minor);
        let (total, units) = (quote.total, quote.units);
        let first = instalment::first(total.minor, place.order.instalments.unwrap_or(1));
        let mut answer = self.answer(id, step.next.state, quote);
        if step.next.is_being_charged {
            let method = place.card.method.clone();
            self.charge_card(id, (1, first), method, place.charge, place.taken_until);
            answer.charge = Some(place.charge);
        }
        self.keep(backer, place.once.as_ref(), &answer)?;
        if let Some(note) = step.note {
            self.tell(backer, total.minor, note, &step.next, &place.link_to(id))?;
        }
        self.shelf.move_stock(&BTreeMap::new(), &place.order.units(), place.order.reward);
        let counted = (id, total.minor, units);
        self.shelf.count(step.moved, counted, (first, ChargeFees::default()), self.now);
        if step.next.counts() {
            let country = place.order.country;
            self.shelf.newest = Some(NewestPledge { amount: total.into(), country, at: self.now });
        }
        if !place.card.must_authenticate {
            self.move_end(backer);
        }
        Ok(answer)
    }

    /// A pledge in the last minutes moves the end, once for each backer.
    pub(super) fn move_end(&mut self, backer: AccountId) {
        let is_first = !self.known.had.contains(&(self.shelf.row.id, backer));
        self.shelf.pledge(is_first, self.now);
    }

    /// Whoever pledges; a guest who is new gets an account to keep it in.
    fn backer(&mut self, place: &Place, known: Option<AccountId>) -> AccountId {
        match (known, &place.backer) {
            (Some(id), _) => id,
            (None, Backer::Account(id)) => *id,
            (None, Backer::Guest(email)) => {
                let id = AccountId::generate();
                let person = Person { id, email: email.clone(), locale: place.locale };
                self.known.meet(person.clone());
                self.writes.people.push(NewPerson { person, at: self.now });
                id
            }
        }
    }

    /// Why there is no second pledge. A guest hears of the first one by letter:
    /// the page must not open it to whoever types the address.
    fn already_pledged(&mut self, place: &Place, pledge: PledgeId) -> Result<Error> {
        let Backer::Guest(email) = &place.backer else {
            return Ok(Refusal::AlreadyPledged { pledge }.into());
        };
        if self.known.told.insert(email.clone()) {
            let letter = Letter::PledgeExists {
                link: place.link_to(pledge),
                title: self.shelf.row.title.clone(),
            };
            self.writes.letters.push(mail::written(email, place.locale, &letter, self.now)?);
        }
        Ok(Invalid::field("email", Problem::AlreadyPledged).into())
    }
}
