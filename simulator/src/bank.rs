//! The backers' banks: they take money back that their customers dispute, decide
//! later whose it is, and may say so more than once.

use domain::{Timestamp, rehearsal::Chance};

use crate::store::Store;

/// What the provider takes for a dispute, in minor units.
pub const FEE: i64 = 1_500;

/// Every dispute.
#[derive(Default)]
pub struct Banks {
    /// A charge, and how its dispute was decided.
    cases: Vec<(usize, Option<bool>)>,
}

impl Banks {
    /// A customer disputes a charge, or a bank decides, or says it once more.
    pub fn act(&mut self, store: &mut Store, chance: &mut Chance, now: Timestamp) {
        if !self.cases.is_empty() && chance.percent(60) {
            let case = chance.index(self.cases.len());
            let (charge, decided) = &mut self.cases[case];
            let is_won = *decided.get_or_insert_with(|| chance.percent(40));
            store.decide_dispute(*charge, is_won);
            return;
        }
        if store.charges.is_empty() {
            return;
        }
        let charge = chance.index(store.charges.len());
        if store.dispute(charge, FEE, now) {
            self.cases.push((charge, None));
        }
    }

    /// What is not decided yet is.
    pub fn decide_all(&mut self, store: &mut Store, chance: &mut Chance) {
        for (charge, decided) in &mut self.cases {
            let is_won = *decided.get_or_insert_with(|| chance.percent(50));
            store.decide_dispute(*charge, is_won);
        }
    }
}
