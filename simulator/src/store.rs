//! What is written: the world that a rehearsal plays as well, and what was answered
//! under each key. Each function is one transaction: all of it, or nothing. Here are
//! also the mistakes that a platform could make.

use std::{
    collections::BTreeMap,
    ops::{Deref, DerefMut},
};

use domain::{
    Currency, Timestamp,
    campaign::{Life, Terms},
    fee::Fees,
    ledger::Account,
    pledge::{Instalment, InstalmentState, instalment::TRY_AGAIN_AFTER},
    rehearsal::{
        Rates, World,
        world::{Answer, Charge, Later, Outcome, Wish},
    },
};

use crate::provider::Key;

/// The database.
pub struct Store {
    world: World,
    /// Units that there really are.
    pub in_stock: Option<i64>,
    /// What was answered under a key.
    answers: BTreeMap<u64, Answer>,
    /// Made on purpose.
    mistake: Option<Mistake>,
}

/// What a platform could do wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mistake {
    /// A try is sent again under another key.
    FreshKeys,
    /// An answer about an earlier try is taken for one about the present.
    BelievesOldAnswers,
    /// A request that was answered is carried out again.
    ForgetsAnswers,
    Oversells,
    /// A refund leaves the platform's fee where it is.
    RefundsLess,
    /// What is charged after the campaign was called off stays.
    KeepsLateCharges,
    /// An instalment that is paid is taken for one that waits.
    ForgetsInstalments,
    /// An instalment that fails is tried without end.
    TriesForEver,
    /// What goes back leaves its plan as it is.
    KeepsPlans,
}

impl Mistake {
    pub const ALL: [Self; 9] = [
        Self::FreshKeys,
        Self::BelievesOldAnswers,
        Self::ForgetsAnswers,
        Self::Oversells,
        Self::RefundsLess,
        Self::KeepsLateCharges,
        Self::ForgetsInstalments,
        Self::TriesForEver,
        Self::KeepsPlans,
    ];
}

impl Store {
    pub fn new(terms: Terms, life: Life, stock: Option<i64>, mistake: Option<Mistake>) -> Self {
        let rates = Rates { fees: Fees::default(), reserve_percent: 5.into(), reserve_days: 60 };
        let mut world = World::new(terms, life, rates, Currency::Eur);
        world.stock = stock.filter(|_| mistake != Some(Mistake::Oversells));
        Self { world, in_stock: stock, answers: BTreeMap::new(), mistake }
    }

    pub fn makes(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// Carries out what a backer wants, once for each key.
    pub fn ask(&mut self, backer: usize, key: u64, wish: Wish, now: Timestamp) -> Answer {
        if let Some(answer) = self.answers.get(&key)
            && !self.makes(Mistake::ForgetsAnswers)
        {
            return answer.clone();
        }
        let answer = self.world.ask(backer, wish, now);
        // A refusal leaves no trace; asked again, it may be another.
        if answer.is_ok() {
            self.answers.insert(key, answer.clone());
        }
        answer
    }

    /// What the provider said about a try. Whoever comes second changes nothing.
    pub fn settle(&mut self, charge: usize, outcome: Outcome, now: Timestamp) {
        if self.makes(Mistake::BelievesOldAnswers) {
            self.world.charges[charge].outcome = None;
        }
        self.world.settle(charge, outcome, now);
        let Charge { pledge, number, .. } = self.world.charges[charge];
        let Ok(place) = usize::try_from(number - 2) else { return };
        let standing = self.world.pledges[pledge].later[place].standing;
        let again = match standing.state {
            InstalmentState::Paid if self.makes(Mistake::ForgetsInstalments) => {
                Instalment::waiting(now)
            }
            InstalmentState::Errored if self.makes(Mistake::TriesForEver) => {
                Instalment { tries: 1, next_at: Some(now.plus(TRY_AGAIN_AFTER)), ..standing }
            }
            _ => return,
        };
        self.world.pledges[pledge].later[place].standing = again;
    }

    /// Whether pledges may be paid in instalments.
    pub const fn offers_instalments(&self) -> bool {
        self.world.terms.instalments.is_some()
    }

    /// The creator gives back what a pledge has paid.
    pub fn give_back(&mut self, pledge: usize, now: Timestamp) {
        let before = self.world.pledges[pledge].later.clone();
        if self.world.give_back(pledge, now) && self.makes(Mistake::KeepsPlans) {
            self.reopen(pledge, before);
        }
    }

    /// A plan goes on as if nothing had been.
    fn reopen(&mut self, pledge: usize, before: Vec<Later>) {
        let was_open = |one: &&Later| one.standing.state.is_open();
        let open: i64 = before.iter().filter(was_open).map(|one| one.amount).sum();
        self.world.totals.dropped -= open;
        *self.world.balances.entry(Account::Promised).or_default() += open;
        *self.world.balances.entry(Account::Backers).or_default() -= open;
        self.world.pledges[pledge].later = before;
    }

    /// The try that was sent under this key.
    pub fn sent(&self, key: Key) -> Option<usize> {
        self.charges.iter().position(|c| (c.pledge, c.number, c.attempt) == key)
    }

    /// The money went back.
    pub fn settle_refund(&mut self, refund: usize, now: Timestamp) {
        if self.makes(Mistake::RefundsLess) {
            let pledge = self.refunds[refund].pledge;
            self.world.pledges[pledge].fees.platform = 0;
        }
        self.world.settle_refund(refund, now);
    }
}

impl Deref for Store {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Store {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}
