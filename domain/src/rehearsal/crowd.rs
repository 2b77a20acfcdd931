//! Who comes, when and with what card: drawn from the seed, so that what comes
//! together is as much of the goal as the scenario says.

use super::{Chance, Scenario, Script, world::Card};
use crate::{
    campaign::FundingRule,
    money::Money,
    time::{MINUTE, Timestamp},
};

/// Somebody who pledges once.
#[derive(Debug, Clone, Copy)]
pub struct Person {
    /// When; `None` for who comes too late for the first round, and pledges when
    /// there is another one or a late sale.
    pub at: Option<Timestamp>,
    /// Minor units.
    pub total: i64,
    pub units: i64,
    /// In how many instalments; 1 for all together.
    pub instalments: i64,
    /// From which instalment after the first on the card is no good, if from any.
    pub fails_at: Option<i64>,
    pub card: Card,
    /// Whether the bank wants a confirmation before the card is saved.
    pub must_authenticate: bool,
    /// In so many minutes; never, when `None`.
    pub confirms_after: Option<i64>,
    /// After so many hundredths of the time there is to see to the card.
    pub mends_after: Option<i64>,
}

/// Everybody, in the order in which they come.
pub fn crowd(script: &Script, scenario: &Scenario) -> Vec<Person> {
    let mut chance = Chance::of(u64::from(scenario.seed));
    let all = scenario.backers as usize;
    let can_be_late = script.terms.rule == FundingRule::Rounds || script.terms.late_pledges;
    let late = if can_be_late { all / 10 } else { 0 };
    let mut people: Vec<Person> = (0..all).map(|_| drawn(scenario, &mut chance)).collect();
    let (first, later) = people.split_at_mut(all - late);
    arrive(first, script, &mut chance);
    give(first, script, scenario, &mut chance);
    // Those who come later give as much as the others did.
    let many = i64::try_from(first.len()).unwrap_or(1).max(1);
    let usual = first.iter().map(|person| person.total).sum::<i64>() / many;
    let least = script.currency.minimum();
    for person in later {
        person.total = chance.within(usual / 2, usual.saturating_add(usual / 2)).max(least);
        person.units = 1;
    }
    people.retain(|person| person.total > 0);
    share(&mut people, script, scenario, &mut chance);
    people.sort_by_key(|person| (person.at.is_none(), person.at));
    people
}

/// Somebody without money yet.
fn drawn(scenario: &Scenario, chance: &mut Chance) -> Person {
    let is_declined = chance.percent(u64::from(scenario.declined));
    let is_asked = chance.percent(u64::from(scenario.asked));
    let confirms = chance.percent(90);
    // Half of those whose bank asks are asked again when the card is charged.
    let is_asked_again = is_asked && chance.percent(50);
    let mends = chance.percent(u64::from(scenario.mended));
    let (minutes, hundredths) = (chance.within(1, 15), chance.within(1, 95));
    Person {
        at: None,
        total: 0,
        units: 0,
        instalments: 1,
        fails_at: None,
        card: match (is_declined, is_asked_again) {
            (true, _) => Card::Declined,
            (false, true) => Card::Asks,
            (false, false) => Card::Good,
        },
        must_authenticate: is_asked,
        confirms_after: confirms.then_some(minutes),
        mends_after: mends.then_some(hundredths),
    }
}

impl Person {
    /// Whether the pledge is agreed to.
    const fn counts(&self) -> bool {
        !self.must_authenticate || self.confirms_after.is_some()
    }

    /// Nothing stands in this one's way.
    fn is_sure(&mut self) {
        (self.must_authenticate, self.card) = (false, Card::Good);
    }
}

/// Many come at once, many on the last day, the rest in between.
fn arrive(first: &mut [Person], script: &Script, chance: &mut Chance) {
    let length = script.deadline.since(script.launched);
    // A confirmation that takes a while must not fall behind the end.
    let last = length - 20 * MINUTE;
    for person in first.iter_mut() {
        let share = match chance.below(100) {
            0..30 => chance.within(0, 99),
            30..75 => chance.within(100, 849),
            _ => chance.within(850, 999),
        };
        let at = (length / 1_000 * share + chance.within(0, length / 1_000)).clamp(MINUTE, last);
        person.at = Some(script.launched.plus(at));
    }
    let Some(person) = first.first_mut() else { return };
    person.is_sure();
    // Where late pledges move the end, one does, and then another one.
    if script.terms.overtime
        && let [.., one, other] = first
    {
        one.is_sure();
        other.is_sure();
        one.at = Some(script.deadline.plus(-3 * MINUTE));
        other.at = Some(script.deadline.plus(4 * MINUTE));
    }
}

/// Shares among those whose pledge will count what is to come together.
fn give(first: &mut [Person], script: &Script, scenario: &Scenario, chance: &mut Chance) {
    let currency = script.currency;
    let (least, major) = (currency.minimum(), currency.minor_per_major());
    let sum = match scenario.reach.of(script.terms.goal) {
        enough if enough >= script.terms.goal => enough.max(least),
        less => less,
    };
    // No more people than there is money for, the least being what it is.
    let mut places = usize::try_from(sum / least.max(1)).unwrap_or(usize::MAX);
    let mut giving: Vec<&mut Person> = Vec::new();
    for person in first.iter_mut() {
        if person.counts() && places > 0 {
            places -= 1;
            giving.push(person);
        }
    }
    let many = i64::try_from(giving.len()).unwrap_or(i64::MAX);
    if many == 0 {
        return;
    }
    let spare = sum - many * least;
    let weights: Vec<i64> = giving.iter().map(|_| chance.within(1, 20)).collect();
    let all: i64 = weights.iter().sum();
    let mut left = spare;
    for (person, weight) in giving.iter_mut().zip(&weights) {
        // Whole euros, as people give them.
        let share = spare.saturating_mul(*weight) / all / major * major;
        person.total = least + share;
        left -= share;
    }
    for person in giving.iter_mut() {
        let more = if left >= major { major } else { 0 };
        person.total += more;
        left -= more;
    }
    if let Some(person) = giving.last_mut() {
        person.total += left;
    }
    let units = script.terms.goal_units.map_or(many, |goal| scenario.reach.of(goal));
    for (n, person) in (0..).zip(giving.iter_mut()) {
        person.units = units / many + i64::from(n < units % many);
    }
    // Who never confirms meant to give as much as the others.
    for person in first.iter_mut().filter(|person| !person.counts()) {
        (person.total, person.units) = ((sum / many / major * major).max(least), 1);
    }
}

/// Half of those who may pay in instalments do, and of some of them the card is not
/// good for all.
fn share(people: &mut [Person], script: &Script, scenario: &Scenario, chance: &mut Chance) {
    let Some(offer) = script.terms.instalments else { return };
    for person in people {
        let counts = offer.counts(Money::new(person.total, script.currency));
        if counts.is_empty() || !chance.percent(50) {
            continue;
        }
        person.instalments = chance.within(*counts.start(), *counts.end());
        let fails_at = chance.within(2, person.instalments);
        let is_declined = chance.percent(u64::from(scenario.declined));
        person.fails_at = is_declined.then_some(fails_at);
    }
}
