//! Pledges: what backers ask for, and what the provider answers.

use super::{Answer, Card, Charge, No, Outcome, Pledge, What, Wish, World};
use crate::{
    campaign::{CampaignState, life},
    fee::ChargeFees,
    ledger::{self, Posting},
    money::Money,
    pledge::{
        PledgeState, Standing, Timing, instalment,
        money::{CONFIRM_WITHIN, Event, Moved, Step},
    },
    time::Timestamp,
};

impl World {
    /// Carries out what a backer wants.
    ///
    /// # Errors
    /// [`No`]; nothing changes then.
    pub fn ask(&mut self, backer: usize, wish: Wish, now: Timestamp) -> Answer {
        match wish {
            Wish::Place { units, total, instalments, card, must_authenticate } => {
                let order = (units, total, instalments);
                self.place(backer, order, card, must_authenticate, now)
            }
            Wish::Confirm { pledge } => self.confirm(pledge, now),
            Wish::Change { pledge, units, total } => self.change(pledge, units, total, now),
            Wish::Cancel { pledge } => self.turn(pledge, Event::Cancelled, now),
            Wish::ReplaceCard { pledge, card } => self.replace_card(pledge, card, now),
        }
    }

    /// What the provider said about a try. Whoever comes second changes nothing.
    pub fn settle(&mut self, charge: usize, outcome: Outcome, now: Timestamp) {
        let Charge { pledge, number, outcome: before, .. } = self.charges[charge];
        if before.is_some() {
            return;
        }
        self.charges[charge].outcome = Some(outcome);
        if number > 1 {
            return self.settle_later((pledge, number), outcome, now);
        }
        let event = match outcome {
            Outcome::Succeeded => Event::Charged,
            Outcome::Declined => Event::Declined,
            Outcome::ActionRequired => Event::ActionRequired,
        };
        let step = self.pledges[pledge].standing.after(event, now);
        self.take_step(pledge, Some(event), step.expect("a try that is due has an answer"), now);
    }

    /// What the clock does to a pledge now, if anything.
    #[must_use]
    pub fn due(&self, pledge: usize, now: Timestamp) -> Option<Event> {
        let row = &self.pledges[pledge];
        let standing = row.standing;
        let has_passed = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if standing.state == PledgeState::AuthenticationRequired {
            return has_passed(Some(row.placed_at.plus(CONFIRM_WITHIN))).then_some(Event::Expired);
        }
        let is_over = matches!(self.life.state, CampaignState::Failed | CampaignState::Cancelled);
        if is_over && standing.after(Event::CampaignOver, now).is_ok() {
            return Some(Event::CampaignOver);
        }
        if !standing.state.wants_card() || standing.is_being_charged || !self.is_charging() {
            return None;
        }
        if has_passed(standing.fix_until) {
            return Some(Event::LastTry);
        }
        has_passed(standing.remind_at).then_some(Event::Reminded)
    }

    /// Something happens to a pledge.
    ///
    /// # Errors
    /// [`No::Rule`]; nothing changes then.
    pub fn turn(&mut self, pledge: usize, event: Event, now: Timestamp) -> Answer {
        let step = self.pledges[pledge].standing.after(event, now).map_err(No::Rule)?;
        self.take_step(pledge, Some(event), step, now);
        Ok((pledge, self.pledges[pledge].total))
    }

    fn place(
        &mut self,
        backer: usize,
        (units, total, instalments): (i64, i64, i64),
        card: Card,
        must_authenticate: bool,
        now: Timestamp,
    ) -> Answer {
        if instalments > 1 {
            let money = Money::new(total, self.currency);
            let is_offered = instalment::check(self.terms.instalments, instalments, money);
            is_offered.map_err(|_| No::Plan)?;
        }
        let timing = self.life.timing(self.terms.rule, now).ok_or(No::TakesNone)?;
        let before = self.of_backer.get(&backer).into_iter().flatten();
        if before.into_iter().any(|pledge| self.pledges[*pledge].standing.state.is_active()) {
            return Err(No::HasOne);
        }
        self.is_there(units)?;
        let step = Standing::placed(timing, must_authenticate, now);
        let pledge = self.pledges.len();
        self.pledges.push(Pledge {
            backer,
            // What it holds and is charged begins with the step.
            standing: Standing {
                state: PledgeState::Expired,
                is_being_charged: false,
                ..step.next
            },
            total,
            units,
            card,
            attempts: 0,
            instalments,
            later: Vec::new(),
            charged: 0,
            fees: ChargeFees::default(),
            refunded: 0,
            charged_back: 0,
            fee_returned: 0,
            placed_at: now,
            is_told: false,
        });
        self.of_backer.entry(backer).or_default().push(pledge);
        self.take_step(pledge, None, step, now);
        if !must_authenticate {
            self.move_end(backer, now);
        }
        Ok((pledge, total))
    }

    fn confirm(&mut self, pledge: usize, now: Timestamp) -> Answer {
        if self.pledges[pledge].standing.state != PledgeState::AuthenticationRequired {
            return self.turn(pledge, Event::Confirmed, now);
        }
        // A round may have ended since it was placed.
        let timing = self.life.timing(self.terms.rule, now).ok_or(No::TakesNone)?;
        self.pledges[pledge].standing.timing = timing;
        let answer = self.turn(pledge, Event::Confirmed, now)?;
        self.move_end(self.pledges[pledge].backer, now);
        Ok(answer)
    }

    /// A pledge in the last minutes moves the end, once for each backer.
    fn move_end(&mut self, backer: usize, now: Timestamp) {
        let is_first = self.of_backer.get(&backer).is_none_or(|all| all.len() <= 1);
        let event = life::Event::Pledge { is_first };
        let before = self.life;
        let (after, effect) =
            before.after(&self.terms, event, now).expect("it takes pledges just now");
        self.life = after;
        if before != after {
            let (readers, first) = (0, None);
            self.note(now, What::Campaign { event, effect, before, after, readers, first });
        }
    }

    fn change(&mut self, pledge: usize, units: i64, total: i64, now: Timestamp) -> Answer {
        self.life.timing(self.terms.rule, now).ok_or(No::TakesNone)?;
        let Pledge { standing, total: old, units: old_units, instalments, .. } =
            self.pledges[pledge];
        let step = standing.after(Event::Changed, now).map_err(No::Rule)?;
        if instalments > 1 {
            return Err(No::Plan);
        }
        self.is_there(units - old_units)?;
        self.taken += units - old_units;
        if standing.counts() {
            self.totals.pledged += total - old;
            self.totals.units += units - old_units;
            self.post(&Posting::promise(ledger::Event::Changed, total - old));
        }
        (self.pledges[pledge].units, self.pledges[pledge].total) = (units, total);
        self.take_step(pledge, Some(Event::Changed), step, now);
        Ok((pledge, total))
    }

    fn replace_card(&mut self, pledge: usize, card: Card, now: Timestamp) -> Answer {
        if !self.is_charging() {
            return Err(No::TakesNone);
        }
        // The first instalment that failed is paid with it, if one did.
        if let Some(number) = self.failed(pledge) {
            self.pledges[pledge].card = card;
            self.later_on((pledge, number), instalment::Event::CardReplaced, now)?;
            return Ok((pledge, self.pledges[pledge].total));
        }
        let step = self.pledges[pledge].standing.after(Event::CardReplaced, now);
        let step = step.map_err(No::Rule)?;
        self.pledges[pledge].card = card;
        self.take_step(pledge, Some(Event::CardReplaced), step, now);
        Ok((pledge, self.pledges[pledge].total))
    }

    fn is_there(&self, units: i64) -> Result<(), No> {
        match self.stock {
            Some(stock) if self.taken + units > stock => Err(No::SoldOut),
            _ => Ok(()),
        }
    }

    /// Writes what follows from an event: the pledge, totals, books, and a try to
    /// charge its card, where one is due from now on.
    fn take_step(&mut self, pledge: usize, event: Option<Event>, step: Step, now: Timestamp) {
        let Pledge { standing: before, total, units, instalments, .. } = self.pledges[pledge];
        let next = step.next;
        // Of a pledge in instalments only the first is charged with it.
        let first = instalment::first(total, instalments);
        let is_charged = matches!(step.moved, Moved::Collected | Moved::PaidAtOnce);
        let fees = if is_charged { self.fees_of(first) } else { ChargeFees::default() };
        let (promised, charged) = match step.moved {
            Moved::PaidAtOnce => (Moved::Promised, Moved::Collected),
            Moved::Collected => (Moved::Nothing, Moved::Collected),
            other => (other, Moved::Nothing),
        };
        for posting in [promised.postings(total, fees), charged.postings(first, fees)].concat() {
            self.post(&posting);
        }
        let counted = step.moved.counted();
        self.totals.pledged += counted * total;
        self.totals.backers += counted;
        self.totals.units += counted * units;
        match step.moved {
            Moved::Collected | Moved::PaidAtOnce => self.totals.collected += first,
            Moved::Dropped => self.totals.dropped += total,
            Moved::Nothing | Moved::Promised | Moved::Withdrawn => {}
        }
        match (holds(&before), holds(&next)) {
            (false, true) => self.taken += units,
            (true, false) => self.taken -= units,
            _ => {}
        }
        let row = &mut self.pledges[pledge];
        row.standing = next;
        if is_charged {
            (row.fees, row.charged) = (fees, first);
        }
        if next.is_being_charged && !before.is_being_charged {
            self.add_charge(pledge, (1, first), now);
        }
        if is_charged && instalments > 1 {
            self.begin_plan(pledge, now);
        }
        self.note(now, What::Pledge { pledge, event, before: before.state, step });
    }

    /// Adds a try to charge a pledge's card for an instalment.
    pub(super) fn add_charge(
        &mut self,
        pledge: usize,
        (number, amount): (i64, i64),
        now: Timestamp,
    ) {
        let row = &mut self.pledges[pledge];
        row.attempts += 1;
        self.charges.push(Charge {
            pledge,
            attempt: row.attempts,
            number,
            card: row.card,
            amount,
            taken_until: now,
            outcome: None,
            is_given_back: false,
            dispute: None,
        });
    }
}

/// Whether a pledge keeps its units from others. What was promised until the end
/// and then not paid is the creator's to give.
#[must_use]
pub fn holds(standing: &Standing) -> bool {
    let was_promised =
        standing.state == PledgeState::Dropped && standing.timing == Timing::AtDeadline;
    standing.state.is_active() || was_promised
}
