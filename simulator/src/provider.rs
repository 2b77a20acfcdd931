//! The payment provider: a book of its own that no crash of ours touches, and a
//! line that loses answers.

use std::collections::BTreeMap;

use domain::rehearsal::{
    Chance,
    world::{Card, Outcome},
};

/// What a charge is sent under: pledge, instalment and attempt.
pub type Key = (usize, i64, u32);

/// What came of a pledge.
#[derive(Default)]
pub struct Charged {
    /// Instalments that were paid.
    pub count: usize,
    pub sum: i64,
    /// One that was paid twice.
    pub twice: Option<i64>,
}

/// The line went dead before, or after.
#[derive(Debug, PartialEq, Eq)]
pub struct Lost;

#[derive(Default)]
pub struct Provider {
    pub charges: BTreeMap<Key, (Card, i64, Outcome)>,
    /// What went back of a charge.
    pub refunds: BTreeMap<Key, i64>,
    /// Everything that was done, to be told again at any time.
    pub told: Vec<(Key, Outcome)>,
    /// Broken promises of ours.
    pub complaints: Vec<String>,
    pub lost: u64,
}

impl Provider {
    /// Charges a card, once for each key.
    pub fn charge(
        &mut self,
        key: Key,
        card: Card,
        amount: i64,
        faults: u64,
        chance: &mut Chance,
    ) -> Result<Outcome, Lost> {
        if chance.percent(faults) {
            self.lost += 1;
            return Err(Lost);
        }
        let fresh = match card {
            Card::Good => Outcome::Succeeded,
            Card::Moody if chance.percent(50) => Outcome::Succeeded,
            Card::Declined | Card::Moody => Outcome::Declined,
            Card::Asks => Outcome::ActionRequired,
        };
        let (known_card, known_amount, outcome) =
            *self.charges.entry(key).or_insert((card, amount, fresh));
        if (known_card, known_amount) != (card, amount) {
            self.complaints.push(format!("{key:?} was sent for {known_amount}, then for {amount}"));
        }
        self.told.push((key, outcome));
        if chance.percent(faults) {
            self.lost += 1;
            return Err(Lost);
        }
        Ok(outcome)
    }

    /// Gives a charge's money back, once.
    pub fn refund(
        &mut self,
        charge: Key,
        amount: i64,
        faults: u64,
        chance: &mut Chance,
    ) -> Result<(), Lost> {
        if chance.percent(faults) {
            self.lost += 1;
            return Err(Lost);
        }
        let known = *self.refunds.entry(charge).or_insert(amount);
        if known != amount {
            self.complaints.push(format!("{charge:?} was to give {known} back, then {amount}"));
        }
        if chance.percent(faults) {
            self.lost += 1;
            return Err(Lost);
        }
        Ok(())
    }

    /// What a pledge was charged.
    pub fn charged(&self, pledge: usize) -> Charged {
        let mut charged = Charged::default();
        let mut last = 0;
        for ((_, number, _), (_, amount, outcome)) in
            self.charges.range((pledge, 0, 0)..(pledge + 1, 0, 0))
        {
            if *outcome == Outcome::Succeeded {
                if *number == last {
                    charged.twice = Some(*number);
                }
                last = *number;
                charged.count += 1;
                charged.sum += amount;
            }
        }
        charged
    }

    /// What a pledge got back.
    pub fn refunded(&self, pledge: usize) -> i64 {
        self.refunds.range((pledge, 0, 0)..(pledge + 1, 0, 0)).map(|(_, amount)| amount).sum()
    }
}
