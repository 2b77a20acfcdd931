//! A campaign in memory: what a database would hold of it. Each function is one
//! transaction: all of it, or nothing.

mod campaign;
mod plan;
mod pledge;
mod returns;

pub use pledge::holds;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::{
    campaign::{
        Life, Terms,
        life::{self, Effect},
        payout::Times,
    },
    currency::Currency,
    fee::{ChargeFees, Fees},
    ledger::{Account, Posting, Till},
    money::Money,
    pledge::{
        Instalment, PledgeState, Refusal, Standing, instalment,
        money::{self, Step},
    },
    refund::ChargebackState,
    time::Timestamp,
};

/// What an installation keeps and holds back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rates {
    pub fees: Fees,
    /// Held back at the payout, in percent of what was collected.
    pub reserve_percent: Decimal,
    /// For how long, in days.
    pub reserve_days: u16,
}

/// The campaign, its pledges and its books.
#[derive(Debug, Clone)]
pub struct World {
    pub terms: Terms,
    pub life: Life,
    pub rates: Rates,
    pub currency: Currency,
    /// Units of the one reward; `None` without end.
    pub stock: Option<i64>,
    /// Units that are held.
    pub taken: i64,
    pub pledges: Vec<Pledge>,
    pub charges: Vec<Charge>,
    pub refunds: Vec<Refund>,
    pub balances: BTreeMap<Account, i64>,
    pub totals: Totals,
    pub times: Times,
    pub paid_out_at: Option<Timestamp>,
    pub reserve_until: Option<Timestamp>,
    /// Whoever was charged gets it back.
    pub gives_back: bool,
    /// Postings that did not add up.
    pub uneven: u64,
    /// Everything, in order.
    pub history: Vec<Happened>,
    /// The pledges of each backer.
    of_backer: BTreeMap<usize, Vec<usize>>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub pledged: i64,
    pub backers: i64,
    pub units: i64,
    pub collected: i64,
    pub dropped: i64,
    pub refunded: i64,
    /// With backers again by their banks' decision.
    pub charged_back: i64,
    /// Taken by the provider until a bank decides.
    pub disputed: i64,
}

#[derive(Debug, Clone)]
pub struct Pledge {
    pub backer: usize,
    pub standing: Standing,
    /// Minor units.
    pub total: i64,
    pub units: i64,
    pub card: Card,
    /// Tries to charge it.
    pub attempts: u32,
    /// In how many instalments it is paid; 1 when all together.
    pub instalments: i64,
    /// Those after the first, once that is charged.
    pub later: Vec<Later>,
    /// What was charged of it.
    pub charged: i64,
    /// What its charges cost.
    pub fees: ChargeFees,
    /// What went back of it, by a refund or by its bank's decision.
    pub refunded: i64,
    pub charged_back: i64,
    /// What the platform gave back of its share.
    fee_returned: i64,
    pub placed_at: Timestamp,
    /// Whether its backer was told how the campaign ended.
    is_told: bool,
}

/// An instalment from the second on.
#[derive(Debug, Clone, Copy)]
pub struct Later {
    pub amount: i64,
    pub due_at: Timestamp,
    pub standing: Instalment,
    /// When a try of it failed last.
    failed_at: Option<Timestamp>,
}

/// One try to charge a card.
#[derive(Debug, Clone, Copy)]
pub struct Charge {
    pub pledge: usize,
    pub attempt: u32,
    /// 1 for the first instalment, and for all of a pledge that has no other.
    pub number: i64,
    pub card: Card,
    pub amount: i64,
    /// Until when it is one worker's.
    pub taken_until: Timestamp,
    /// `None` while it is due.
    pub outcome: Option<Outcome>,
    /// It is to be given back, or was.
    pub is_given_back: bool,
    /// How its bank thinks of it, once its holder disputes it.
    pub dispute: Option<ChargebackState>,
}

/// One charge that goes back.
#[derive(Debug, Clone, Copy)]
pub struct Refund {
    /// Where it stands among the charges.
    pub charge: usize,
    pub pledge: usize,
    pub amount: i64,
    /// Until when it is one worker's.
    pub taken_until: Timestamp,
    pub is_done: bool,
}

/// How a card behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Card {
    Good,
    Declined,
    /// The bank wants its holder to confirm each charge.
    Asks,
    /// Good, or declined, as the moment takes it.
    Moody,
}

/// What the provider did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Succeeded,
    Declined,
    ActionRequired,
}

/// What a backer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Place { units: i64, total: i64, instalments: i64, card: Card, must_authenticate: bool },
    Confirm { pledge: usize },
    Change { pledge: usize, units: i64, total: i64 },
    Cancel { pledge: usize },
    ReplaceCard { pledge: usize, card: Card },
}

/// What a backer is told: the pledge, and what it comes to.
pub type Answer = Result<(usize, i64), No>;

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum No {
    Rule(Refusal),
    SoldOut,
    TakesNone,
    HasOne,
    /// It cannot be paid in so many instalments, or its plan is made.
    Plan,
}

/// Something that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Happened {
    pub at: Timestamp,
    pub what: What,
}

/// What it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// To the campaign, of which so many backers are told; the first of them.
    Campaign {
        event: life::Event,
        effect: Effect,
        before: Life,
        after: Life,
        readers: i64,
        first: Option<usize>,
    },
    /// To a pledge; it was placed, when there is no event.
    Pledge {
        pledge: usize,
        event: Option<money::Event>,
        before: PledgeState,
        step: Step,
    },
    /// To an instalment after the first.
    Instalment {
        pledge: usize,
        number: i64,
        event: instalment::Event,
        step: instalment::Step,
    },
    /// Money of a pledge went back.
    GivenBack {
        pledge: usize,
        amount: i64,
    },
    PaidOut(Statement),
    /// What was held back was paid.
    Released {
        amount: i64,
    },
}

/// What a payout came to; all in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    /// Charged in all.
    pub collected: i64,
    pub platform_fee: i64,
    pub processing_fee: i64,
    pub dropped: i64,
    pub returned: i64,
    pub reserve: i64,
    pub reserve_until: Timestamp,
    /// What is on its way to the creator now.
    pub paid_out: i64,
}

impl Pledge {
    /// Whether all of what was charged is with its backer again.
    #[must_use]
    pub const fn is_returned(&self) -> bool {
        self.charged > 0 && self.refunded + self.charged_back == self.charged
    }
}

impl World {
    /// A campaign without a pledge.
    #[must_use]
    pub fn new(terms: Terms, life: Life, rates: Rates, currency: Currency) -> Self {
        Self {
            terms,
            life,
            rates,
            currency,
            stock: None,
            taken: 0,
            pledges: Vec::new(),
            charges: Vec::new(),
            refunds: Vec::new(),
            balances: BTreeMap::new(),
            totals: Totals::default(),
            times: Times::default(),
            paid_out_at: None,
            reserve_until: None,
            gives_back: false,
            uneven: 0,
            history: Vec::new(),
            of_backer: BTreeMap::new(),
        }
    }

    /// What an account holds, in minor units.
    #[must_use]
    pub fn balance(&self, account: Account) -> i64 {
        self.balances.get(&account).copied().unwrap_or_default()
    }

    /// Where the creator's money stands when some of it has to go back.
    fn till(&self) -> Till {
        Till { is_paid_out: self.paid_out_at.is_some(), reserve: self.balance(Account::Reserve) }
    }

    fn post(&mut self, posting: &Posting) {
        let sum: i64 = posting.legs().iter().map(|leg| leg.amount).sum();
        self.uneven += u64::from(sum != 0);
        for leg in posting.legs() {
            *self.balances.entry(leg.account).or_default() += leg.amount;
        }
    }

    fn fees_of(&self, amount: i64) -> ChargeFees {
        self.rates.fees.of(Money::new(amount, self.currency))
    }

    fn note(&mut self, at: Timestamp, what: What) {
        self.history.push(Happened { at, what });
    }
}
