//! What is written. Each function is one transaction: all of it, or nothing.

mod campaign;
mod pledge;

pub use pledge::{CONFIRM_WITHIN, holds};

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    campaign::{Life, Terms},
    fee::Fees,
    ledger::{Account, Posting},
    pledge::{Refusal, Standing, money::Note},
};

use crate::provider::{Card, Outcome};

/// The database.
pub struct Store {
    pub terms: Terms,
    pub life: Life,
    pub fees: Fees,
    /// Units of the one reward; `None` without end.
    pub stock: Option<i64>,
    /// Units that are held.
    pub taken: i64,
    pub pledges: Vec<Pledge>,
    pub charges: Vec<Charge>,
    pub refunds: Vec<Refund>,
    /// What was answered under a key.
    pub answers: BTreeMap<u64, Answer>,
    pub balances: BTreeMap<Account, i64>,
    pub totals: Totals,
    /// Cards are charged since, and can be seen to until.
    pub fix_until: Option<Timestamp>,
    /// Whoever was charged gets it back.
    pub gives_back: bool,
    /// Postings that did not add up.
    pub uneven: u64,
    pub paid_out: i64,
    /// Made on purpose.
    pub mistake: Option<Mistake>,
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
    /// A refund leaves the fees where they are.
    RefundsLess,
    /// What is charged after the campaign was called off stays.
    KeepsLateCharges,
}

impl Mistake {
    pub const ALL: [Self; 6] = [
        Self::FreshKeys,
        Self::BelievesOldAnswers,
        Self::ForgetsAnswers,
        Self::Oversells,
        Self::RefundsLess,
        Self::KeepsLateCharges,
    ];
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub pledged: i64,
    pub backers: i64,
    pub units: i64,
    pub collected: i64,
    pub dropped: i64,
    pub refunded: i64,
}

#[derive(Debug, Clone)]
pub struct Pledge {
    pub backer: usize,
    pub standing: Standing,
    pub total: i64,
    pub units: i64,
    pub card: Card,
    pub attempts: u32,
    pub placed_at: Timestamp,
    pub letters: Vec<Note>,
    pub is_refunded: bool,
}

/// One try to charge a card.
#[derive(Debug, Clone, Copy)]
pub struct Charge {
    pub pledge: usize,
    pub attempt: u32,
    pub card: Card,
    pub amount: i64,
    pub taken_until: Timestamp,
    /// `None` while it is due.
    pub outcome: Option<Outcome>,
}

#[derive(Debug, Clone, Copy)]
pub struct Refund {
    pub pledge: usize,
    pub amount: i64,
    pub taken_until: Timestamp,
    pub is_done: bool,
}

/// What a backer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Place { units: i64, total: i64, card: Card, must_authenticate: bool },
    Confirm { pledge: usize },
    Change { pledge: usize, units: i64, total: i64 },
    Cancel { pledge: usize },
    ReplaceCard { pledge: usize, card: Card },
}

/// What a backer is told: the pledge, and how it stands. Words for refusals do.
pub type Answer = Result<(usize, i64), No>;

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    Rule(Refusal),
    SoldOut,
    TakesNone,
    HasOne,
}

impl Store {
    pub fn new(terms: Terms, life: Life, stock: Option<i64>) -> Self {
        Self {
            terms,
            life,
            fees: Fees::default(),
            stock,
            taken: 0,
            pledges: Vec::new(),
            charges: Vec::new(),
            refunds: Vec::new(),
            answers: BTreeMap::new(),
            balances: BTreeMap::new(),
            totals: Totals::default(),
            fix_until: None,
            gives_back: false,
            uneven: 0,
            paid_out: 0,
            mistake: None,
        }
    }

    pub fn makes(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }

    /// What an account holds.
    pub fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    fn post(&mut self, posting: &Posting) {
        let legs: Vec<_> = posting.legs().iter().map(|leg| (leg.account, leg.amount)).collect();
        self.book(&legs);
    }

    fn book(&mut self, legs: &[(Account, i64)]) {
        self.uneven += u64::from(legs.iter().map(|(_, amount)| amount).sum::<i64>() != 0);
        for (account, amount) in legs {
            *self.balances.entry(*account).or_default() += amount;
        }
    }
}
