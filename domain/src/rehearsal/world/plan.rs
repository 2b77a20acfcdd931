//! Pledges in instalments: what follows once the first is charged.

use super::{Later, No, Outcome, What, World};
use crate::{
    ledger::{self, Posting},
    money::Money,
    pledge::{
        Instalment, InstalmentPlan,
        instalment::{Event, Moved, Step, given_up_at},
    },
    time::Timestamp,
};

impl World {
    /// The instalment of a pledge that is to be tried now, if one is.
    #[must_use]
    pub fn later_due(&self, pledge: usize, now: Timestamp) -> Option<i64> {
        if !self.is_charging() {
            return None;
        }
        let later = &self.pledges[pledge].later;
        (2..).zip(later).find(|(_, one)| one.standing.is_due(now)).map(|(number, _)| number)
    }

    /// Writes a try for an instalment whose time has come. False when it has not.
    pub fn plan_later(&mut self, pledge: usize, number: i64, now: Timestamp) -> bool {
        self.later_on((pledge, number), Event::Due, now).is_ok()
    }

    /// When a plan is given up of which nothing but what is up to its backer is
    /// left; `None` for every other.
    #[must_use]
    pub fn given_up_at(&self, pledge: usize) -> Option<Timestamp> {
        let later = &self.pledges[pledge].later;
        let open = || later.iter().filter(|one| one.standing.state.is_open());
        if open().next().is_none() || open().any(|one| !one.standing.is_manual()) {
            return None;
        }
        let last_try = open().filter_map(|one| one.failed_at).max();
        later.last().map(|last| given_up_at(last.due_at, last_try))
    }

    /// Gives a plan up whose time is over. False when it is not.
    pub fn give_up(&mut self, pledge: usize, now: Timestamp) -> bool {
        let is_time = self.given_up_at(pledge).is_some_and(|at| at <= now);
        is_time && self.is_charging() && self.end_plan(pledge, Event::GivenUp, now).is_ok()
    }

    /// Whether anything of any plan may still come in.
    #[must_use]
    pub fn has_open_plans(&self) -> bool {
        let is_open = |one: &Later| one.standing.state.is_open();
        self.pledges.iter().any(|pledge| pledge.later.iter().any(is_open))
    }

    /// The instalment that another card is charged for: the first that failed.
    pub(super) fn failed(&self, pledge: usize) -> Option<i64> {
        let mut later = (2..).zip(&self.pledges[pledge].later);
        later.find(|(_, one)| one.standing.state.wants_card()).map(|(number, _)| number)
    }

    /// The first instalment is charged: from now on there are others.
    pub(super) fn begin_plan(&mut self, pledge: usize, now: Timestamp) {
        let row = &self.pledges[pledge];
        let first_at = row.standing.charged_from().unwrap_or(now);
        let total = Money::new(row.total, self.currency);
        let plan = InstalmentPlan::new(total, row.instalments, first_at, self.terms.zone);
        let later = plan.parts.iter().skip(1).map(|part| Later {
            amount: part.amount.minor,
            due_at: part.due_at,
            standing: Instalment::waiting(part.due_at),
            failed_at: None,
        });
        self.pledges[pledge].later = later.collect();
    }

    /// What the provider did with a try for an instalment after the first.
    pub(super) fn settle_later(&mut self, place: (usize, i64), outcome: Outcome, now: Timestamp) {
        let event = match outcome {
            Outcome::Succeeded => Event::Charged,
            Outcome::Declined => Event::Declined,
            Outcome::ActionRequired => Event::ActionRequired,
        };
        let settled = self.later_on(place, event, now);
        debug_assert!(settled.is_ok(), "a try that is due has an answer");
    }

    /// What is not paid of a plan will never be: money goes back, or is disputed, or
    /// nobody does anything about it. All of it, or nothing.
    ///
    /// # Errors
    /// [`No::Rule`] while a try is on its way.
    pub(super) fn end_plan(
        &mut self,
        pledge: usize,
        event: Event,
        now: Timestamp,
    ) -> Result<(), No> {
        let steps: Vec<Step> = self.pledges[pledge]
            .later
            .iter()
            .map(|one| one.standing.after(event, now))
            .collect::<Result<_, _>>()
            .map_err(No::Rule)?;
        for (number, step) in (2..).zip(steps) {
            if step.moved != Moved::Nothing {
                self.follow((pledge, number), event, step, now);
            }
        }
        Ok(())
    }

    /// Something happens to an instalment.
    ///
    /// # Errors
    /// [`No::Rule`]; nothing changes then.
    pub(super) fn later_on(
        &mut self,
        (pledge, number): (usize, i64),
        event: Event,
        now: Timestamp,
    ) -> Result<(), No> {
        let one = &self.pledges[pledge].later[place(number)];
        let step = one.standing.after(event, now).map_err(No::Rule)?;
        self.follow((pledge, number), event, step, now);
        Ok(())
    }

    /// Writes what follows: totals, books, the instalment, and a try where one is due.
    fn follow(&mut self, at: (usize, i64), event: Event, step: Step, now: Timestamp) {
        let (pledge, number) = at;
        let Later { amount, standing: before, failed_at, .. } =
            self.pledges[pledge].later[place(number)];
        match step.moved {
            Moved::Nothing => {}
            Moved::Collected => {
                let fees = self.fees_of(amount);
                self.totals.collected += amount;
                let row = &mut self.pledges[pledge];
                row.charged += amount;
                row.fees.platform += fees.platform;
                row.fees.processing += fees.processing;
                self.post(&Posting::collected(amount, fees));
            }
            Moved::Dropped => {
                self.totals.dropped += amount;
                self.post(&Posting::promise(ledger::Event::Dropped, -amount));
            }
        }
        if step.next.is_being_charged && !before.is_being_charged {
            self.add_charge(pledge, (number, amount), now);
        }
        let has_failed = matches!(event, Event::Declined | Event::ActionRequired);
        let one = &mut self.pledges[pledge].later[place(number)];
        one.standing = step.next;
        one.failed_at = if has_failed { Some(now) } else { failed_at };
        self.note(now, What::Instalment { pledge, number, event, step });
    }
}

/// Where an instalment stands among those after the first.
fn place(number: i64) -> usize {
    usize::try_from(number - 2).expect("the first instalment is the pledge's own")
}
