//! Plays a world in order: what is due next happens next, until nothing is.

use std::collections::BTreeSet;

use super::{
    Rates, Scenario, Script,
    crowd::{Person, crowd},
    world::{Card, Charge, Outcome, Wish, World},
};
use crate::{
    campaign::{CampaignState, Life, life::Event},
    ledger::Account,
    pledge::{
        PledgeState,
        instalment::{TRIES, TRY_AGAIN_AFTER},
        money::CONFIRM_WITHIN,
    },
    time::{DAY, HOUR, MINUTE, Timestamp},
};

/// Those who come after the first round do so within this time.
const LATE_WITHIN: i64 = 20 * DAY;
/// After so long the creator of the rehearsal ends the sale of what is left.
const LATE_SALE: i64 = 28 * DAY;
/// Each pledge is good for a few acts; more would be a standstill.
const MOST_ACTS: usize = 400_000;

/// Whose turn it is. What happens in one instant happens in this order: a last
/// try is made before a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Act {
    /// The platform looks after a pledge.
    Look(usize),
    Come(usize),
    Confirm(usize),
    Mend(usize),
    CloseLatePledges,
    /// The platform looks after the campaign.
    Campaign,
}

struct Play {
    world: World,
    people: Vec<Person>,
    agenda: BTreeSet<(Timestamp, Act)>,
    now: Timestamp,
    /// Charges up to here were answered.
    answered: usize,
    refunded: usize,
    is_late_sale_planned: bool,
    are_late_ones_planned: bool,
}

/// Plays a campaign to its end.
pub fn play(script: &Script, scenario: &Scenario, rates: Rates) -> World {
    let draft = Life::draft(script.deadline);
    let mut play = Play {
        world: World::new(script.terms, draft, rates, script.currency),
        people: crowd(script, scenario),
        agenda: BTreeSet::new(),
        now: script.launched,
        answered: 0,
        refunded: 0,
        is_late_sale_planned: false,
        are_late_ones_planned: false,
    };
    for event in [Event::Submit, Event::Launch] {
        play.world.live_on(event, script.launched);
    }
    for (n, person) in play.people.iter().enumerate() {
        if let Some(at) = person.at {
            play.agenda.insert((at, Act::Come(n)));
        }
    }
    play.agenda.insert((script.deadline, Act::Campaign));
    for _ in 0..MOST_ACTS {
        let Some((at, act)) = play.agenda.pop_first() else { break };
        play.now = at;
        play.act(act);
    }
    play.world
}

impl Play {
    fn act(&mut self, act: Act) {
        match act {
            Act::Look(pledge) => {
                while let Some(event) = self.world.due(pledge, self.now) {
                    if self.world.turn(pledge, event, self.now).is_err() {
                        break;
                    }
                    self.answer();
                }
                self.instalments(pledge);
                self.watch(pledge);
            }
            Act::Come(person) => self.come(person),
            Act::Confirm(pledge) => self.ask(pledge, Wish::Confirm { pledge }),
            Act::Mend(pledge) => self.ask(pledge, Wish::ReplaceCard { pledge, card: Card::Good }),
            Act::CloseLatePledges => {
                self.world.live_on(Event::CloseLatePledges, self.now);
            }
            Act::Campaign => self.campaign(),
        }
    }

    fn come(&mut self, n: usize) {
        let Person { total, units, instalments, card, must_authenticate, confirms_after, .. } =
            self.people[n];
        let wish = Wish::Place { units, total, instalments, card, must_authenticate };
        // Whoever finds it over goes away.
        let Ok((pledge, _)) = self.world.ask(n, wish, self.now) else { return };
        if let (true, Some(minutes)) = (must_authenticate, confirms_after) {
            self.later(self.now.plus(minutes * MINUTE), Act::Confirm(pledge));
        }
        self.answer();
        self.watch(pledge);
    }

    fn ask(&mut self, pledge: usize, wish: Wish) {
        let backer = self.world.pledges[pledge].backer;
        // A refusal says that the time is over.
        let _ = self.world.ask(backer, wish, self.now);
        self.answer();
        self.watch(pledge);
    }

    /// What the clock does to the further instalments of a pledge.
    fn instalments(&mut self, pledge: usize) {
        while let Some(number) = self.world.later_due(pledge, self.now) {
            let row = &mut self.world.pledges[pledge];
            if self.people[row.backer].fails_at == Some(number) {
                row.card = Card::Declined;
                // Whatever card is given afterwards is good.
                self.people[row.backer].fails_at = None;
            }
            if !self.world.plan_later(pledge, number, self.now) {
                break;
            }
            self.answer();
        }
        self.world.give_up(pledge, self.now);
    }

    /// Everything that the clock does to the campaign as a whole.
    fn campaign(&mut self) {
        let now = self.now;
        self.world.close(now);
        for pledge in self.world.to_be_planned(usize::MAX) {
            if let Some(fix_until) = self.world.times.fix_until {
                let event = crate::pledge::money::Event::Due { fix_until };
                let planned = self.world.turn(pledge, event, now);
                debug_assert!(planned.is_ok(), "a promise is charged after a success");
            }
        }
        self.answer();
        self.world.decide(now);
        if self.world.plan_refunds(usize::MAX, now) > 0 {
            for refund in self.refunded..self.world.refunds.len() {
                self.world.settle_refund(refund, now);
            }
            self.refunded = self.world.refunds.len();
        }
        self.world.release(now);
        self.world.pay_out(now);
        self.those_who_come_later();
        self.next_look();
    }

    /// The provider answers every try at once.
    fn answer(&mut self) {
        while let Some(charge) = self.world.charges.get(self.answered).copied() {
            let outcome = match charge.card {
                Card::Good | Card::Moody => Outcome::Succeeded,
                Card::Declined => Outcome::Declined,
                Card::Asks => Outcome::ActionRequired,
            };
            self.world.settle(self.answered, outcome, self.now);
            self.answered += 1;
            if let Some(within) = self.is_first_failure(charge)
                && let Some(hundredths) =
                    self.people[self.world.pledges[charge.pledge].backer].mends_after
            {
                let after = within / 100 * hundredths;
                self.later(self.now.plus(after), Act::Mend(charge.pledge));
            }
            self.watch(charge.pledge);
        }
    }

    /// For how long a backer thinks of another card, when this was the first try of
    /// its money and failed.
    fn is_first_failure(&self, charge: Charge) -> Option<i64> {
        let row = &self.world.pledges[charge.pledge];
        if charge.number > 1 {
            let later = row.later.get(usize::try_from(charge.number - 2).ok()?)?;
            let is_first = later.standing.wants_card() && later.standing.tries == 1;
            return is_first.then_some(TRIES * TRY_AGAIN_AFTER);
        }
        let is_first = charge.attempt == 1 && row.standing.state.wants_card();
        row.standing.fix_until.filter(|_| is_first).map(|until| until.since(self.now))
    }

    /// Looks after a pledge again when something of it will be due.
    fn watch(&mut self, pledge: usize) {
        let row = &self.world.pledges[pledge];
        let standing = row.standing;
        let times = if standing.state == PledgeState::AuthenticationRequired {
            [Some(row.placed_at.plus(CONFIRM_WITHIN)), None]
        } else if standing.state.wants_card() {
            [standing.remind_at, standing.fix_until]
        } else {
            let next = row.later.iter().filter_map(|one| one.standing.next_at).min();
            [next, self.world.given_up_at(pledge)]
        };
        for at in times.into_iter().flatten() {
            self.later(at, Act::Look(pledge));
        }
    }

    /// The next instant at which the campaign as a whole is looked after.
    fn next_look(&mut self) {
        let world = &self.world;
        let is_live = world.life.state == CampaignState::Live;
        let times = [
            is_live.then_some(world.life.deadline),
            (world.life.state == CampaignState::Deciding)
                .then_some(world.times.fix_until)
                .flatten(),
            world.times.payout_at,
            world.reserve_until.filter(|_| world.balance(Account::Reserve) != 0),
        ];
        for at in times.into_iter().flatten() {
            self.later(at, Act::Campaign);
        }
    }

    /// A second round, or a late sale, has visitors too.
    fn those_who_come_later(&mut self) {
        let life = self.world.life;
        if life.is_late() && !self.is_late_sale_planned {
            self.is_late_sale_planned = true;
            self.later(self.now.plus(LATE_SALE), Act::CloseLatePledges);
        }
        let is_second = life.state == CampaignState::Live && life.round > 1;
        if self.are_late_ones_planned || !(life.is_late() || is_second) {
            return;
        }
        self.are_late_ones_planned = true;
        let late: Vec<usize> =
            (0..self.people.len()).filter(|n| self.people[*n].at.is_none()).collect();
        let gap = LATE_WITHIN / i64::try_from(late.len()).unwrap_or(i64::MAX).max(1);
        for (n, person) in (0..).zip(late) {
            self.later(self.now.plus(HOUR + gap * n), Act::Come(person));
        }
    }

    /// Notes something for later; what is now is being done.
    fn later(&mut self, at: Timestamp, act: Act) {
        if at > self.now {
            self.agenda.insert((at, act));
        }
    }
}
