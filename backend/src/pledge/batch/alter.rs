//! What happens to a pledge that is there.

use domain::{
    Invalid, Money, Problem, Timestamp,
    id::{ChargeId, PledgeId},
    pledge::{PledgeState, Quote, may_change, money::Event},
};

use super::{Desk, sql::Held};
use crate::{
    error::{Error, Result},
    mail::Letter,
    pledge::{
        command::{Answer, Cancel, Change},
        sql::{items, shipping},
    },
};

impl Desk<'_> {
    pub(super) fn change(&mut self, change: &Change) -> Result<Answer> {
        let held = self.held(change.pledge)?;
        if let Some(answer) = self.answered(held.backer_id, change.once.as_ref())? {
            return Ok(answer);
        }
        // What has ended or was charged stays, whatever the campaign takes.
        self.standing(&held).after(Event::Changed, self.now)?;
        self.shelf.check_open(self.now)?;
        // Its plan was agreed to as it was shown (Kickstarter, `[K2]`).
        if held.instalments > 1 || change.order.instalments.is_some() {
            return Err(Invalid::field("instalments", Problem::PlanFixed).into());
        }
        let counts = self.standing(&held).counts();
        let quote = self.shelf.quote(&change.order, &held.units, change.expected, self.now)?;
        let total = quote.total;
        if counts {
            let after = (total.minor, quote.units);
            self.may_change((held.total, held.ordered), after)?;
        }
        // What was promised before stays promised as it was.
        let mut wordings = self.shelf.wordings.clone();
        wordings.extend(held.wordings.iter().map(|(id, number)| (*id, *number)));
        wordings.retain(|id, _| change.order.units().contains_key(id));
        self.writes.items.insert(held.id, items(&quote, &wordings));
        self.alter(Held {
            bonus: change.order.bonus,
            shipping: shipping(&quote),
            total: total.minor,
            ordered: quote.units,
            country: change.order.country.map(|country| country.to_string()),
            secret: change.order.secret.clone(),
            link_ended: held.link_ended || change.by_owner,
            changed_at: self.now,
            units: change.order.units(),
            reward: change.order.reward,
            wordings,
            ..held.clone()
        });
        self.note(held.id, "changed", total.minor);
        let letter = Letter::PledgeChanged {
            title: self.shelf.row.title.clone(),
            total,
            deadline: self.shelf.row.deadline,
            link: change.link.clone(),
        };
        self.write_to(held.backer_id, &letter)?;
        self.shelf.move_stock(&held.units, &change.order.units(), change.order.reward);
        self.shelf.move_backer(held.reward, -1);
        if counts {
            let (more, units) = (total.minor - held.total, quote.units - held.ordered);
            self.shelf.recount(held.id, more, units, self.now);
        }
        let answer = self.answer(held.id, held.state, quote);
        self.keep(held.backer_id, change.once.as_ref(), &answer)?;
        Ok(answer)
    }

    pub(super) fn cancel(&mut self, cancel: &Cancel) -> Result<Answer> {
        let held = self.held(cancel.pledge)?;
        if let Some(answer) = self.answered(held.backer_id, cancel.once.as_ref())? {
            return Ok(answer);
        }
        // What has ended or was charged stays, whatever the campaign takes.
        let standing = self.standing(&held);
        standing.after(Event::Cancelled, self.now)?;
        self.shelf.check_open(self.now)?;
        // Whoever was promised something else may leave whatever that does to the goal.
        if standing.counts() && !cancel.is_free {
            self.may_change((held.total, held.ordered), (0, 0))?;
        }
        let step = self.step(&held, Event::Cancelled, "")?;
        let answer = self.answer(held.id, step.next.state, self.price(&held));
        self.keep(held.backer_id, cancel.once.as_ref(), &answer)?;
        Ok(answer)
    }

    pub(super) fn confirm(
        &mut self,
        pledge: PledgeId,
        link: &str,
        (charge, taken_until): (ChargeId, Timestamp),
    ) -> Result<Answer> {
        let held = self.held(pledge)?;
        if held.state == PledgeState::AuthenticationRequired {
            let timing = self.shelf.check_open(self.now)?;
            // A round may have ended since it was placed.
            let held = Held { timing, ..held.clone() };
            let step = self.step(&held, Event::Confirmed, link)?;
            let mut answer = self.answer(pledge, step.next.state, self.price(&held));
            if step.next.is_being_charged {
                self.add_charge(&held, 1, charge, taken_until);
                answer.charge = Some(charge);
            }
            self.move_end(held.backer_id);
            return Ok(answer);
        }
        let step = self.step(&held, Event::Confirmed, link)?;
        Ok(self.answer(pledge, step.next.state, self.price(&held)))
    }

    pub(super) fn expire(&mut self, pledge: PledgeId) -> Result<Answer> {
        let held = self.held(pledge)?;
        let step = self.step(&held, Event::Expired, "")?;
        Ok(self.answer(pledge, step.next.state, self.price(&held)))
    }

    /// On the last day no pledge may take the goal with it.
    fn may_change(&self, before: (i64, i64), after: (i64, i64)) -> Result<()> {
        let (funding, deadline) = (self.shelf.row.funding(), self.shelf.row.deadline);
        Ok(may_change(&funding, before, after, self.now, deadline)?)
    }

    /// The pledge, if it is one of this campaign.
    pub(super) fn held(&self, pledge: PledgeId) -> Result<Held> {
        let held = self.known.pledges.get(&pledge).ok_or(Error::NotFound)?;
        if held.campaign_id != self.shelf.row.id {
            return Err(Error::NotFound);
        }
        Ok(held.clone())
    }

    pub(super) fn alter(&mut self, held: Held) {
        self.writes.altered.insert(held.id);
        self.known.pledges.insert(held.id, held);
    }

    /// The total without its lines, for an answer that needs no more.
    pub(super) fn price(&self, held: &Held) -> Quote {
        Quote {
            lines: Vec::new(),
            total: Money::new(held.total, self.shelf.row.currency),
            units: held.ordered,
        }
    }
}
