//! The payment provider: a book of its own that no crash of ours touches, and a
//! line that loses answers.

use std::collections::BTreeMap;

use domain::rehearsal::{
    Chance,
    world::{Card, Outcome},
};

/// What a charge is sent under: pledge and attempt.
pub type Key = (usize, u32);

/// The line went dead before, or after.
#[derive(Debug, PartialEq, Eq)]
pub struct Lost;

#[derive(Default)]
pub struct Provider {
    pub charges: BTreeMap<Key, (Card, i64, Outcome)>,
    /// By pledge.
    pub refunds: BTreeMap<usize, i64>,
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

    /// Gives a pledge's money back, once.
    pub fn refund(
        &mut self,
        pledge: usize,
        amount: i64,
        faults: u64,
        chance: &mut Chance,
    ) -> Result<(), Lost> {
        if chance.percent(faults) {
            self.lost += 1;
            return Err(Lost);
        }
        let known = *self.refunds.entry(pledge).or_insert(amount);
        if known != amount {
            self.complaints.push(format!("{pledge} was to get {known} back, then {amount}"));
        }
        if chance.percent(faults) {
            self.lost += 1;
            return Err(Lost);
        }
        Ok(())
    }

    /// How often, and of how much, a pledge was charged.
    pub fn charged(&self, pledge: usize) -> (usize, i64) {
        let all = self.charges.range((pledge, 0)..(pledge + 1, 0));
        let good = all.filter(|(_, (_, _, outcome))| *outcome == Outcome::Succeeded);
        good.fold((0, 0), |(count, sum), (_, (_, amount, _))| (count + 1, sum + amount))
    }
}
