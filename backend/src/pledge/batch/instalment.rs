//! A pledge that is paid in instalments: whether it may be, what follows from its
//! first charge, each further one, and the end of the plan.

use domain::{
    Invalid, Money, Problem, Timestamp,
    campaign::CampaignState,
    fee::ChargeFees,
    id::{ChargeId, PledgeId},
    pledge::{
        InstalmentPlan, InstalmentState, PledgeState, Refusal, Standing, Timing,
        instalment::{self, Event, Moved, Step},
    },
    refund::{ChargebackState, RefundState},
};

use super::{Desk, sql::Held};
use crate::{
    collection::sql::{Charge, ChargeState},
    error::{Error, Result},
    instalment::sql::Instalment,
    mail::Letter,
    pledge::command::{Answer, Place, Settle},
};

impl Desk<'_> {
    /// Whether a pledge may be paid as it wants to, and as it was shown.
    pub(super) fn check_plan(&self, place: &Place, timing: Timing, total: Money) -> Result<()> {
        let terms = self.shelf.row.plan.terms();
        let refused = |problem| Invalid::field("instalments", problem);
        let plan = match place.order.instalments {
            None => String::new(),
            Some(count) => {
                instalment::check(terms.instalments, count, total).map_err(refused)?;
                let first_at = match timing {
                    Timing::AtDeadline => self.shelf.row.deadline,
                    Timing::AtOnce => self.now,
                };
                InstalmentPlan::new(total, count, first_at, terms.zone).shown()
            }
        };
        match &place.plan {
            Some(shown) if *shown != plan => Err(refused(Problem::PlanChanged).into()),
            _ => Ok(()),
        }
    }

    /// What is charged of a pledge at first.
    pub(super) const fn first_part(held: &Held) -> i64 {
        instalment::first(held.total, held.instalments)
    }

    /// The first instalment is charged: from now on there are others. Its backer is
    /// told of it and of the next one.
    pub(super) fn begin_plan(
        &mut self,
        held: &Held,
        standing: &Standing,
        link: &str,
    ) -> Result<()> {
        let row = &self.shelf.row;
        let total = Money::new(held.total, row.currency);
        let first_at = standing.charged_from().unwrap_or(self.now);
        let zone = row.plan.terms().zone;
        let plan = InstalmentPlan::new(total, held.instalments, first_at, zone);
        for part in plan.parts.iter().skip(1) {
            let waiting = instalment::Instalment::waiting(part.due_at);
            self.put_instalment(Instalment {
                pledge_id: held.id,
                number: part.number,
                campaign_id: held.campaign_id,
                state: waiting.state,
                amount: part.amount.minor,
                due_at: part.due_at,
                tries: waiting.tries,
                next_at: waiting.next_at,
                settled_at: None,
            });
        }
        self.tell_collected(held, 1, Self::first_part(held), link)
    }

    /// Writes a try for an instalment whose time has come.
    pub(super) fn instalment_due(&mut self, pledge: PledgeId, number: i64) -> Result<Answer> {
        let held = self.held(pledge)?;
        let row = self.instalment(pledge, number)?;
        let step = self.standing_of(&row).after(Event::Due, self.now)?;
        self.follow(&row, &step, ChargeFees::default());
        self.add_charge(&held, number, ChargeId::generate(), Timestamp(0));
        Ok(self.answer(pledge, held.state, self.price(&held)))
    }

    /// The instalment that another card is charged for at once: the first that
    /// failed. Nothing when none did.
    pub(super) fn mend_instalment(&mut self, held: &Held) -> Result<Option<i64>> {
        let rows = self.known.instalments.get(&held.id).into_iter().flatten();
        let Some(row) = rows.into_iter().find(|row| row.state.wants_card()).cloned() else {
            return Ok(None);
        };
        let state = self.shelf.row.state;
        if !matches!(
            state,
            CampaignState::Live | CampaignState::Deciding | CampaignState::Successful
        ) {
            return Err(Refusal::WrongState { state }.into());
        }
        let step = self.standing_of(&row).after(Event::CardReplaced, self.now)?;
        self.follow(&row, &step, ChargeFees::default());
        Ok(Some(row.number))
    }

    /// What the provider did with a try for an instalment after the first.
    pub(super) fn settle_instalment(
        &mut self,
        held: &Held,
        charge: &Charge,
        settle: &Settle,
    ) -> Result<Answer> {
        let row = self.instalment(held.id, charge.instalment)?;
        let (state, event) = (settle.outcome.state(), settle.outcome.instalment_event());
        // A charge that the bank asked about may be confirmed later, by its holder.
        let is_paid_later = state == ChargeState::Succeeded
            && charge.state != ChargeState::Succeeded
            && row.state.wants_card()
            && !self.is_charged_now(&row);
        if charge.state != ChargeState::Due && !is_paid_later {
            // Another worker was told the same, and was faster.
            return Ok(self.answer(held.id, held.state, self.price(held)));
        }
        if charge.amount != row.amount {
            let fault = anyhow::anyhow!("a charge is for {}, not {}", charge.amount, row.amount);
            return Err(Error::internal(fault, "could not settle an instalment"));
        }
        let step = self.standing_of(&row).after(event, self.now)?;
        self.note_charge(held, settle, state);
        let row = self.follow(&row, &step, settle.fees);
        self.note(held.id, step_word(&step), row.amount);
        if step.moved == Moved::Collected {
            let charged = held.charged + row.amount;
            self.alter(Held { charged, changed_at: self.now, ..held.clone() });
            self.tell_collected(held, row.number, row.amount, &settle.link)?;
        } else if step.is_told {
            let letter = Letter::InstalmentFailed {
                title: self.shelf.row.title.clone(),
                total: Money::new(row.amount, self.shelf.row.currency),
                number: row.number,
                of: held.instalments,
                again: row.next_at,
                link: settle.link.clone(),
            };
            self.write_to(held.backer_id, &letter)?;
        }
        Ok(self.answer(held.id, held.state, self.price(held)))
    }

    /// What is not paid of a plan will never be: money goes back, or is disputed.
    ///
    /// # Errors
    /// While a try is on its way; nothing changes then.
    pub(super) fn stop_plan(&mut self, pledge: PledgeId) -> Result<()> {
        let rows = self.known.instalments.get(&pledge).cloned().unwrap_or_default();
        let steps: Vec<Step> = rows
            .iter()
            .map(|row| self.standing_of(row).after(Event::Stopped, self.now))
            .collect::<Result<_, _>>()?;
        for (row, step) in rows.iter().zip(&steps) {
            self.follow(row, step, ChargeFees::default());
        }
        Ok(())
    }

    /// What nobody did anything about for long enough is given up. The pledge stays
    /// collected: what it has paid is its campaign's.
    pub(super) fn end_plan(&mut self, pledge: PledgeId, link: &str) -> Result<Answer> {
        let held = self.held(pledge)?;
        let rows = self.known.instalments.get(&pledge).cloned().unwrap_or_default();
        let last_due = rows.last().ok_or(Refusal::CardNotWanted)?.due_at;
        let charges = self.known.charges.get(&pledge).into_iter().flatten();
        let last_try = charges.filter_map(|charge| charge.settled_at).max();
        if self.now < instalment::given_up_at(last_due, last_try) {
            return Err(Refusal::CardNotWanted.into());
        }
        let steps: Vec<Step> = rows
            .iter()
            .map(|row| self.standing_of(row).after(Event::GivenUp, self.now))
            .collect::<Result<_, _>>()?;
        let mut rest = 0;
        for (row, step) in rows.iter().zip(&steps) {
            if step.moved == Moved::Dropped {
                rest += row.amount;
                self.follow(row, step, ChargeFees::default());
            }
        }
        if rest == 0 {
            return Err(Refusal::CardNotWanted.into());
        }
        self.note(held.id, PledgeState::Dropped.key(), rest);
        let currency = self.shelf.row.currency;
        let letter = Letter::InstalmentsEnded {
            title: self.shelf.row.title.clone(),
            total: Money::new(rest, currency),
            paid: Money::new(held.charged, currency),
            link: link.to_owned(),
        };
        self.write_to(held.backer_id, &letter)?;
        Ok(self.answer(held.id, held.state, self.price(&held)))
    }

    /// The charges that a pledge's money came by, with what is left of each, the
    /// last one first.
    pub(super) fn sources(&self, held: &Held) -> Vec<(ChargeId, i64)> {
        let charges = self.known.charges.get(&held.id).into_iter().flatten();
        let refunds = self.known.returns.refunds.get(&held.id);
        let disputes = self.known.returns.chargebacks.get(&held.id);
        let left = |charge: &Charge| {
            let refunded = refunds
                .into_iter()
                .flatten()
                .filter(|one| one.charge_id == charge.id && one.state != RefundState::Refused);
            let disputed = disputes
                .into_iter()
                .flatten()
                .filter(|one| one.charge_id == charge.id && one.state != ChargebackState::Won);
            charge.amount
                - refunded.map(|one| one.amount).sum::<i64>()
                - disputed.map(|one| one.amount).sum::<i64>()
        };
        let good = charges.filter(|charge| charge.state == ChargeState::Succeeded);
        let mut sources: Vec<_> = good.map(|charge| (charge.id, left(charge))).collect();
        sources.retain(|(_, left)| *left > 0);
        sources.reverse();
        sources
    }

    /// What a try for this instalment charges.
    pub(super) fn part(&self, held: &Held, number: i64) -> i64 {
        let row = self.instalment(held.id, number);
        row.map_or_else(|_| Self::first_part(held), |row| row.amount)
    }

    fn instalment(&self, pledge: PledgeId, number: i64) -> Result<Instalment> {
        let rows = self.known.instalments.get(&pledge).into_iter().flatten();
        rows.into_iter().find(|row| row.number == number).cloned().ok_or(Error::NotFound)
    }

    /// Whether an instalment will never be asked for.
    pub(super) fn is_void(&self, pledge: PledgeId, number: i64) -> bool {
        self.instalment(pledge, number).is_ok_and(|row| row.state == InstalmentState::Void)
    }

    fn standing_of(&self, row: &Instalment) -> instalment::Instalment {
        row.standing(self.is_charged_now(row))
    }

    /// Whether a try for it is due or on its way. One that was never sent is
    /// nothing once its campaign is over: no worker takes it any more.
    fn is_charged_now(&self, row: &Instalment) -> bool {
        let is_over =
            matches!(self.shelf.row.state, CampaignState::Failed | CampaignState::Cancelled);
        let charges = self.known.charges.get(&row.pledge_id).into_iter().flatten();
        let mut tries = charges.filter(|charge| charge.instalment == row.number);
        tries.any(|charge| {
            charge.state == ChargeState::Due && !(is_over && charge.taken_until <= Timestamp(0))
        })
    }

    /// Does what a step says, in the totals, in the books and to the row.
    fn follow(&mut self, row: &Instalment, step: &Step, fees: ChargeFees) -> Instalment {
        self.shelf.instalment(step.moved, (row.pledge_id, row.amount), fees, self.now);
        let next = Instalment {
            state: step.next.state,
            tries: step.next.tries,
            next_at: step.next.next_at,
            settled_at: match step.moved {
                Moved::Nothing => row.settled_at,
                Moved::Collected | Moved::Dropped => Some(self.now),
            },
            ..row.clone()
        };
        self.put_instalment(next.clone());
        next
    }

    fn put_instalment(&mut self, row: Instalment) {
        self.writes.instalments.insert((row.pledge_id, row.number));
        let rows = self.known.instalments.entry(row.pledge_id).or_default();
        match rows.iter_mut().find(|one| one.number == row.number) {
            Some(known) => *known = row,
            None => rows.push(row),
        }
    }

    fn tell_collected(&mut self, held: &Held, number: i64, amount: i64, link: &str) -> Result<()> {
        let rows = self.known.instalments.get(&held.id).into_iter().flatten();
        let waiting = rows.into_iter().filter(|row| row.state.is_open());
        let letter = Letter::InstalmentCollected {
            title: self.shelf.row.title.clone(),
            total: Money::new(amount, self.shelf.row.currency),
            number,
            of: held.instalments,
            next: waiting.map(|row| row.due_at).min().filter(|at| *at > self.now),
            link: link.to_owned(),
        };
        self.write_to(held.backer_id, &letter)
    }
}

/// The word for it in the pledge's history.
const fn step_word(step: &Step) -> &'static str {
    match step.moved {
        Moved::Collected => PledgeState::Collected.key(),
        _ => step.next.state.key(),
    }
}
