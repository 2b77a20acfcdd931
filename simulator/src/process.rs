//! A process of ours. What it holds here is lost when it dies; what it wrote is in
//! the [`Store`]. It does one step at a time, and between any two of them it may be
//! another one's turn, or its last.

use domain::{
    Timestamp,
    pledge::money::Event,
    rehearsal::{Chance, world::Outcome},
    time::MINUTE,
};

use crate::{
    provider::Provider,
    store::{Mistake, Store},
};

/// For how long a try is one worker's.
const LEASE: i64 = 2 * MINUTE;
/// Tries that are written in one transaction.
const PLANNED: usize = 20;

/// What a process has begun.
#[derive(Clone, Copy)]
enum Work {
    Send { charge: usize },
    Settle { charge: usize, outcome: Outcome },
    GiveBack { refund: usize },
    SettleRefund { refund: usize },
}

pub struct Process {
    /// How far its clock is ahead.
    skew: i64,
    work: Option<Work>,
}

/// What surrounds a process.
pub struct Around<'a> {
    pub store: &'a mut Store,
    pub provider: &'a mut Provider,
    pub chance: &'a mut Chance,
    /// Answers of the provider that get lost, in a hundred, each way.
    pub faults: u64,
    pub now: Timestamp,
}

impl Process {
    pub const fn new(skew: i64) -> Self {
        Self { skew, work: None }
    }

    /// What its clock says.
    pub const fn clock(&self, now: Timestamp) -> Timestamp {
        now.plus(self.skew)
    }

    /// It dies, and another one starts in its place.
    pub const fn crash(&mut self) {
        self.work = None;
    }

    /// One step. False when there was nothing to do.
    pub fn step(&mut self, around: &mut Around<'_>) -> bool {
        let now = self.clock(around.now);
        match self.work.take() {
            Some(work) => {
                self.go_on(work, around, now);
                true
            }
            None => self.begin(around.store, around.chance, now),
        }
    }

    fn go_on(&mut self, work: Work, around: &mut Around<'_>, now: Timestamp) {
        let Around { store, provider, chance, faults, .. } = around;
        match work {
            Work::Send { charge } => {
                let row = store.charges[charge];
                let mut key = (row.pledge, row.number, row.attempt);
                if store.makes(Mistake::FreshKeys) {
                    key.2 += 1_000 * u32::try_from(chance.below(1_000)).unwrap_or(0);
                }
                let answer = provider.charge(key, row.card, row.amount, *faults, chance);
                // Without an answer it is sent again when its time is over.
                if let Ok(outcome) = answer {
                    self.work = Some(Work::Settle { charge, outcome });
                }
            }
            Work::Settle { charge, outcome } => store.settle(charge, outcome, now),
            Work::GiveBack { refund } => {
                let row = store.refunds[refund];
                let charge = store.charges[row.charge];
                let key = (charge.pledge, charge.number, charge.attempt);
                if provider.refund(key, row.amount, *faults, chance).is_ok() {
                    self.work = Some(Work::SettleRefund { refund });
                }
            }
            Work::SettleRefund { refund } => store.settle_refund(refund, now),
        }
    }

    /// Looks for something to do, from wherever chance lets it begin.
    fn begin(&mut self, store: &mut Store, chance: &mut Chance, now: Timestamp) -> bool {
        const KINDS: usize = 11;
        let first = chance.index(KINDS);
        (0..KINDS).any(|n| match (first + n) % KINDS {
            0 => store.close(now),
            1 => store.decide(now),
            2 => store.pay_out(now),
            3 => plan(store, now),
            4 => self.take(store, now),
            5 => by_the_clock(store, now),
            6 => plan_refunds(store, now),
            7 => store.release(now),
            8 => plan_later(store, now),
            9 => give_up(store, now),
            _ => self.take_refund(store, now),
        })
    }

    /// Takes a try that is due, and keeps others from it for a while.
    fn take(&mut self, store: &mut Store, now: Timestamp) -> bool {
        if store.life.frozen.is_some() {
            return false;
        }
        let due = store.charges.iter().position(|c| c.outcome.is_none() && c.taken_until <= now);
        let Some(charge) = due else { return false };
        store.charges[charge].taken_until = now.plus(LEASE);
        self.work = Some(Work::Send { charge });
        true
    }

    fn take_refund(&mut self, store: &mut Store, now: Timestamp) -> bool {
        let due = store.refunds.iter().position(|r| !r.is_done && r.taken_until <= now);
        let Some(refund) = due else { return false };
        store.refunds[refund].taken_until = now.plus(LEASE);
        self.work = Some(Work::GiveBack { refund });
        true
    }
}

/// Writes first tries, a few at a time.
fn plan(store: &mut Store, now: Timestamp) -> bool {
    let waiting = store.to_be_planned(PLANNED);
    for pledge in &waiting {
        let fix_until = store.times.fix_until.unwrap_or(now);
        let planned = store.turn(*pledge, Event::Due { fix_until }, now);
        assert!(planned.is_ok(), "a promise is charged after a success: {planned:?}");
    }
    !waiting.is_empty()
}

/// The first pledge whose time for something has come.
fn by_the_clock(store: &mut Store, now: Timestamp) -> bool {
    (0..store.pledges.len()).any(|pledge| {
        store.due(pledge, now).is_some_and(|event| store.turn(pledge, event, now).is_ok())
    })
}

/// Writes a try for the first instalment whose time has come.
fn plan_later(store: &mut Store, now: Timestamp) -> bool {
    store.offers_instalments()
        && (0..store.pledges.len()).any(|pledge| {
            store.later_due(pledge, now).is_some_and(|number| store.plan_later(pledge, number, now))
        })
}

/// Gives up the first plan whose backer let its time pass.
fn give_up(store: &mut Store, now: Timestamp) -> bool {
    store.offers_instalments() && (0..store.pledges.len()).any(|pledge| store.give_up(pledge, now))
}

/// Notes who gets money back.
fn plan_refunds(store: &mut Store, now: Timestamp) -> bool {
    if store.makes(Mistake::KeepsLateCharges) && !store.refunds.is_empty() {
        return false;
    }
    store.plan_refunds(1, now) > 0
}
