//! A person: wants something, asks until there is an answer, remembers it.

use domain::{
    Timestamp,
    pledge::PledgeState,
    rehearsal::{
        Chance,
        world::{Answer, Card, Wish},
    },
};

use crate::store::Store;

#[derive(Default)]
pub struct Backer {
    /// Asked, and not answered yet.
    waiting: Option<(u64, Wish)>,
    /// The last pledge that was answered, and what it comes to.
    pub known: Option<(usize, i64)>,
    /// Confirmed to be cancelled.
    pub cancelled: Vec<usize>,
    /// Answers, to ask for once more.
    heard: Option<(u64, Wish, Answer)>,
}

impl Backer {
    /// Asks something; `None` when nothing is wanted. The answer may get lost, and
    /// is then asked for again under the same key.
    pub fn act(
        &mut self,
        me: usize,
        store: &mut Store,
        chance: &mut Chance,
        faults: u64,
        now: Timestamp,
    ) -> Result<bool, String> {
        if let Some((key, wish, before)) = self.heard.clone().filter(|_| chance.percent(5)) {
            let again = store.ask(me, key, wish, now);
            if before.is_ok() && again != before {
                return Err(format!("{wish:?} was answered {before:?}, and then {again:?}"));
            }
        }
        let Some((key, wish)) = self.waiting.or_else(|| {
            let wish = self.wish(store, chance)?;
            Some((chance.below(u64::MAX), wish))
        }) else {
            return Ok(false);
        };
        self.waiting = Some((key, wish));
        // Lost on the way there.
        if chance.percent(faults) {
            return Ok(true);
        }
        let answer = store.ask(me, key, wish, now);
        // Lost on the way back, after the commit.
        if chance.percent(faults) {
            return Ok(true);
        }
        self.waiting = None;
        if let Ok((pledge, total)) = answer {
            self.known = Some((pledge, total));
            if matches!(wish, Wish::Cancel { .. }) {
                self.cancelled.push(pledge);
            }
        }
        self.heard = Some((key, wish, answer));
        Ok(true)
    }

    /// Whether an answer is still owed.
    pub const fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    fn wish(&self, store: &Store, chance: &mut Chance) -> Option<Wish> {
        let units = chance.within(1, 3);
        let total = chance.within(1, 20) * 500 + units * 1_000;
        let card = match chance.below(10) {
            0 => Card::Declined,
            1 => Card::Asks,
            2..4 => Card::Moody,
            _ => Card::Good,
        };
        let must_authenticate = chance.percent(15);
        // More than are offered, now and then: that is refused.
        let instalments = match store.terms.instalments {
            Some(offer) if chance.percent(60) => chance.within(1, offer.most + 1),
            _ => 1,
        };
        let fresh = Wish::Place { units, total, instalments, card, must_authenticate };
        let Some((pledge, _)) = self.known else { return Some(fresh) };
        match store.pledges[pledge].standing.state {
            PledgeState::AuthenticationRequired => {
                chance.percent(70).then_some(Wish::Confirm { pledge })
            }
            PledgeState::Pledged => match chance.below(10) {
                0 => Some(Wish::Cancel { pledge }),
                1..3 => Some(Wish::Change { pledge, units, total }),
                _ => None,
            },
            PledgeState::Errored | PledgeState::ActionRequired => match chance.below(10) {
                0 => Some(Wish::Cancel { pledge }),
                1..4 => Some(Wish::ReplaceCard { pledge, card }),
                _ => None,
            },
            PledgeState::Collected if chance.percent(5) => Some(Wish::Cancel { pledge }),
            // An instalment failed: some see to it, others never do.
            PledgeState::Collected
                if store.pledges[pledge].later.iter().any(|one| one.standing.wants_card()) =>
            {
                chance.percent(20).then_some(Wish::ReplaceCard { pledge, card })
            }
            PledgeState::Collected => None,
            PledgeState::Dropped
            | PledgeState::Cancelled
            | PledgeState::Expired
            | PledgeState::Refunded => chance.percent(20).then_some(fresh),
        }
    }
}
