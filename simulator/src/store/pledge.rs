//! Pledges: what backers ask for, and what the provider answers.

use domain::{
    Currency, Money, Timestamp,
    campaign::life,
    fee::ChargeFees,
    ledger::Account,
    pledge::{
        PledgeState, Standing, Timing,
        money::{Event, Moved, Step},
    },
    time::HOUR,
};

use super::{Answer, Charge, Mistake, No, Pledge, Refund, Store, Wish};
use crate::provider::{Card, Outcome};

/// How long a bank's confirmation may take.
pub const CONFIRM_WITHIN: i64 = HOUR;

impl Store {
    /// Carries out what a backer wants, once for each key.
    pub fn ask(&mut self, backer: usize, key: u64, wish: Wish, now: Timestamp) -> Answer {
        if let Some(answer) = self.answers.get(&key)
            && !self.makes(Mistake::ForgetsAnswers)
        {
            return answer.clone();
        }
        let answer = match wish {
            Wish::Place { units, total, card, must_authenticate } => {
                self.place(backer, units, total, card, must_authenticate, now)
            }
            Wish::Confirm { pledge } => self.confirm(pledge, now),
            Wish::Change { pledge, units, total } => self.change(pledge, units, total, now),
            Wish::Cancel { pledge } => self.turn(pledge, Event::Cancelled, now),
            Wish::ReplaceCard { pledge, card } => self.replace_card(pledge, card, now),
        };
        // A refusal leaves no trace; asked again, it may be another.
        if answer.is_ok() {
            self.answers.insert(key, answer.clone());
        }
        answer
    }

    /// What the provider said about a try. Whoever comes second changes nothing.
    pub fn settle(&mut self, charge: usize, outcome: Outcome, now: Timestamp) {
        let Charge { pledge, outcome: before, .. } = self.charges[charge];
        if before.is_some() && !self.makes(Mistake::BelievesOldAnswers) {
            return;
        }
        self.charges[charge].outcome = Some(outcome);
        let event = match outcome {
            Outcome::Succeeded => Event::Charged,
            Outcome::Declined => Event::Declined,
            Outcome::ActionRequired => Event::ActionRequired,
        };
        let step = self.pledges[pledge].standing.after(event, now);
        self.take_step(pledge, step.expect("a try that is due has an answer"), now);
    }

    /// The try that was sent under this key.
    pub fn sent(&self, pledge: usize, attempt: u32) -> Option<usize> {
        self.charges.iter().position(|c| (c.pledge, c.attempt) == (pledge, attempt))
    }

    /// Something happens to a pledge by the clock.
    pub fn turn(&mut self, pledge: usize, event: Event, now: Timestamp) -> Answer {
        let step = self.pledges[pledge].standing.after(event, now).map_err(No::Rule)?;
        self.take_step(pledge, step, now);
        Ok((pledge, self.pledges[pledge].total))
    }

    /// Notes that a pledge's money is to go back.
    pub fn plan_refund(&mut self, pledge: usize) {
        let amount = self.pledges[pledge].total;
        let nobody = Timestamp(i64::MIN);
        self.refunds.push(Refund { pledge, amount, taken_until: nobody, is_done: false });
    }

    /// The money went back, fees and all.
    pub fn settle_refund(&mut self, refund: usize) {
        let Refund { pledge, amount, is_done, .. } = self.refunds[refund];
        if is_done {
            return;
        }
        self.refunds[refund].is_done = true;
        self.pledges[pledge].is_refunded = true;
        let fees = if self.makes(Mistake::RefundsLess) {
            ChargeFees::default()
        } else {
            self.fees_of(amount)
        };
        self.book(&[
            (Account::Clearing, fees.sum() - amount),
            (Account::PlatformFee, -fees.platform),
            (Account::ProcessingFee, -fees.processing),
            (Account::Backers, amount),
        ]);
        self.totals.refunded += amount;
    }

    fn place(
        &mut self,
        backer: usize,
        units: i64,
        total: i64,
        card: Card,
        must_authenticate: bool,
        now: Timestamp,
    ) -> Answer {
        let timing = self.life.timing(self.terms.rule, now).ok_or(No::TakesNone)?;
        if self.pledges.iter().any(|p| p.backer == backer && p.standing.state.is_active()) {
            return Err(No::HasOne);
        }
        self.is_there(units)?;
        let is_first = self.pledges.iter().all(|p| p.backer != backer);
        let event = life::Event::Pledge { is_first };
        let (life, _) =
            self.life.after(&self.terms, event, now).expect("it takes pledges just now");
        self.life = life;
        let step = Standing::placed(timing, must_authenticate, now);
        let pledge = self.pledges.len();
        self.pledges.push(Pledge {
            backer,
            standing: Standing { state: PledgeState::Expired, ..step.next },
            total,
            units,
            card,
            attempts: 0,
            placed_at: now,
            letters: Vec::new(),
            is_refunded: false,
        });
        self.pledges[pledge].standing.is_being_charged = false;
        self.take_step(pledge, step, now);
        Ok((pledge, total))
    }

    fn confirm(&mut self, pledge: usize, now: Timestamp) -> Answer {
        let timing = self.life.timing(self.terms.rule, now).ok_or(No::TakesNone)?;
        // A round may have ended since it was placed.
        if self.pledges[pledge].standing.state == PledgeState::AuthenticationRequired {
            self.pledges[pledge].standing.timing = timing;
        }
        self.turn(pledge, Event::Confirmed, now)
    }

    fn change(&mut self, pledge: usize, units: i64, total: i64, now: Timestamp) -> Answer {
        self.life.timing(self.terms.rule, now).ok_or(No::TakesNone)?;
        let before = self.pledges[pledge].clone();
        let step = before.standing.after(Event::Changed, now).map_err(No::Rule)?;
        self.is_there(units - before.units)?;
        self.taken += units - before.units;
        if before.standing.counts() {
            self.totals.pledged += total - before.total;
            self.totals.units += units - before.units;
            let more = total - before.total;
            self.book(&[(Account::Backers, -more), (Account::Promised, more)]);
        }
        (self.pledges[pledge].units, self.pledges[pledge].total) = (units, total);
        self.take_step(pledge, step, now);
        Ok((pledge, total))
    }

    fn replace_card(&mut self, pledge: usize, card: Card, now: Timestamp) -> Answer {
        if !self.is_charging() {
            return Err(No::TakesNone);
        }
        let step = self.pledges[pledge].standing.after(Event::CardReplaced, now);
        let step = step.map_err(No::Rule)?;
        self.pledges[pledge].card = card;
        self.take_step(pledge, step, now);
        Ok((pledge, self.pledges[pledge].total))
    }

    fn is_there(&self, units: i64) -> Result<(), No> {
        match self.stock {
            Some(stock) if self.taken + units > stock && !self.makes(Mistake::Oversells) => {
                Err(No::SoldOut)
            }
            _ => Ok(()),
        }
    }

    /// Writes what follows from an event: the pledge, totals, books, letters, and
    /// a try to charge its card, where one is due from now on.
    fn take_step(&mut self, pledge: usize, step: Step, now: Timestamp) {
        let Pledge { standing: before, total, units, .. } = self.pledges[pledge].clone();
        let next = step.next;
        let fees = self.fees_of(total);
        for posting in step.moved.postings(total, fees) {
            self.post(&posting);
        }
        let counted = step.moved.counted();
        self.totals.pledged += counted * total;
        self.totals.backers += counted;
        self.totals.units += counted * units;
        match step.moved {
            Moved::Collected | Moved::PaidAtOnce => self.totals.collected += total,
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
        row.letters.extend(step.note);
        if next.is_being_charged && !before.is_being_charged {
            row.attempts += 1;
            let charge = Charge {
                pledge,
                attempt: row.attempts,
                card: row.card,
                amount: total,
                taken_until: now,
                outcome: None,
            };
            self.charges.push(charge);
        }
    }

    fn fees_of(&self, amount: i64) -> ChargeFees {
        self.fees.of(Money::new(amount, Currency::Eur))
    }
}

/// Whether a pledge keeps its units from others. What was promised until the end
/// and then not paid is the creator's to give.
pub fn holds(standing: &Standing) -> bool {
    let was_promised =
        standing.state == PledgeState::Dropped && standing.timing == Timing::AtDeadline;
    standing.state.is_active() || was_promised
}
