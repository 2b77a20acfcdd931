//! Whose turn it is.

use domain::{
    Timestamp,
    campaign::{CampaignState, FundingRule, LatePledges, Life, Terms, Verdict, life::Event},
    pledge::InstalmentOffer,
    rehearsal::Chance,
    time::{DAY, MINUTE},
};

use crate::{
    Broken, Story,
    backer::Backer,
    bank::Banks,
    process::{Around, Process},
    provider::Provider,
    store::{Mistake, Store},
    watch::{self, Watch},
};

/// When every campaign is launched: 4 December 2026, 18:00 UTC.
const LAUNCH: Timestamp = Timestamp(1_796_407_200_000_000);
const PROCESSES: usize = 3;
const SECOND: i64 = MINUTE / 60;
/// By when everything is done after a deadline.
const ALL_ENDS: i64 = 180 * DAY;
/// The same where pledges are paid over up to nine months more.
const PLANS_END: i64 = 500 * DAY;
/// Steps at the end, each of which does something; more would be a standstill.
const MOST_AT_THE_END: u64 = 2_000_000;

/// What a seed plays.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub terms: Terms,
    pub people: usize,
    pub stock: Option<i64>,
    /// Answers that get lost, in a hundred, each way.
    pub faults: u64,
    /// Steps that end a process, in a thousand.
    pub crashes: u64,
    /// How far clocks are off at most.
    pub skew: i64,
}

impl Plan {
    /// Small campaigns mostly; one in eight hundred has thousands of backers.
    fn of(rule: FundingRule, chance: &mut Chance) -> Self {
        let people = match chance.below(800) {
            0 => chance.within(1_000, 3_000),
            1..30 => chance.within(40, 150),
            _ => chance.within(1, 16),
        };
        let expected = people * 7_000;
        let goal = expected * chance.within(5, 90) / 100;
        let waits = matches!(rule, FundingRule::AllOrNothing | FundingRule::PreOrders);
        let verdict =
            if waits && chance.percent(40) { Verdict::Collected } else { Verdict::Pledged };
        // A verdict on what is charged does not wait for months.
        let offers = verdict == Verdict::Pledged && chance.percent(40);
        let instalments = offers.then(|| InstalmentOffer {
            from: chance.within(2, 80) * 100,
            most: chance.within(2, 10),
        });
        let terms = Terms {
            rule,
            goal_units: (rule == FundingRule::PreOrders).then(|| chance.within(1, people)),
            optimum: (rule == FundingRule::Rounds).then(|| goal + chance.within(1, expected)),
            verdict,
            instalments,
            overtime: chance.percent(30),
            late_pledges: chance.percent(40),
            ..Terms::all_or_nothing(goal.max(1))
        };
        let is_late = chance.percent(10);
        Self {
            terms,
            people: usize::try_from(people).unwrap_or(1),
            stock: chance.percent(50).then(|| chance.within(1, people * 2)),
            faults: [0, 5, 15, 40][chance.index(4)],
            crashes: [0, 10, 50, 200][chance.index(4)],
            skew: if is_late { 5 * MINUTE } else { 2 * SECOND },
        }
    }
}

/// Plays a seed to its end.
///
/// # Errors
/// The first thing that may never be.
pub fn run(rule: FundingRule, seed: u64) -> Result<Story, Broken> {
    run_with(rule, seed, None)
}

/// Plays a seed with a platform that makes this mistake, to see that it is seen.
///
/// # Errors
/// The first thing that may never be.
pub fn run_with(rule: FundingRule, seed: u64, mistake: Option<Mistake>) -> Result<Story, Broken> {
    let mut chance = Chance::of(seed);
    let plan = Plan::of(rule, &mut chance);
    let mut world = World::new(plan, chance, mistake);
    let told = world.play();
    let step = world.story.steps;
    let (charges, collected) = watch::charges(&world.provider);
    told.map_err(|what| Broken { seed, step, what: format!("{what} ({rule:?}, {plan:?})") })?;
    Ok(Story {
        pledges: world.store.pledges.len() as u64,
        charges,
        collected,
        refunded: world.provider.refunds.len() as u64,
        lost: world.provider.lost,
        ..world.story
    })
}

struct World {
    plan: Plan,
    chance: Chance,
    store: Store,
    provider: Provider,
    processes: Vec<Process>,
    backers: Vec<Backer>,
    banks: Banks,
    watch: Watch,
    now: Timestamp,
    story: Story,
}

impl World {
    fn new(plan: Plan, mut chance: Chance, mistake: Option<Mistake>) -> Self {
        let deadline = LAUNCH.plus(30 * DAY);
        let live = Life { state: CampaignState::Live, ..Life::draft(deadline) };
        let processes = (0..PROCESSES).map(|_| Process::new(chance.within(-plan.skew, plan.skew)));
        Self {
            processes: processes.collect(),
            store: Store::new(plan.terms, live, plan.stock, mistake),
            provider: Provider::default(),
            backers: (0..plan.people).map(|_| Backer::default()).collect(),
            banks: Banks::default(),
            watch: Watch::default(),
            now: LAUNCH,
            story: Story::default(),
            plan,
            chance,
        }
    }

    fn play(&mut self) -> Result<(), String> {
        let people = self.plan.people as u64;
        let steps = people.min(200) * 30 + people * 10 + 200;
        // Until well into the days in which cards are seen to.
        while self.story.steps < steps || self.now < self.store.life.deadline.plus(20 * DAY) {
            self.someone()?;
            self.pass(80 * DAY / i64::try_from(steps).unwrap_or(i64::MAX));
            self.look()?;
        }
        self.finish()
    }

    /// One step of somebody.
    fn someone(&mut self) -> Result<(), String> {
        self.story.steps += 1;
        if self.chance.below(1_000) < self.plan.crashes {
            let who = self.chance.index(PROCESSES);
            self.processes[who].crash();
            self.story.crashes += 1;
        }
        match self.chance.below(100) {
            0..45 => self.backer().map(drop),
            45..90 => {
                self.process(self.plan.faults);
                Ok(())
            }
            90..95 => {
                self.tell_again();
                Ok(())
            }
            95..97 => {
                self.something_goes_back();
                Ok(())
            }
            _ => {
                self.whoever_decides();
                Ok(())
            }
        }
    }

    fn backer(&mut self) -> Result<bool, String> {
        let who = self.chance.index(self.backers.len());
        let now = self.processes[self.chance.index(PROCESSES)].clock(self.now);
        let faults = self.plan.faults;
        self.backers[who].act(who, &mut self.store, &mut self.chance, faults, now)
    }

    fn process(&mut self, faults: u64) -> bool {
        let who = self.chance.index(PROCESSES);
        let mut around = Around {
            store: &mut self.store,
            provider: &mut self.provider,
            chance: &mut self.chance,
            faults,
            now: self.now,
        };
        self.processes[who].step(&mut around)
    }

    /// The provider says once more what it did, whenever it likes.
    fn tell_again(&mut self) {
        if self.provider.told.is_empty() {
            return;
        }
        let told = self.chance.index(self.provider.told.len());
        let (key, outcome) = self.provider.told[told];
        let now = self.processes[self.chance.index(PROCESSES)].clock(self.now);
        // Only a platform that errs sends what was not written before.
        if let Some(charge) = self.store.sent(key) {
            self.store.settle(charge, outcome, now);
        }
    }

    /// The creator gives a pledge back, or a bank thinks about a charge.
    fn something_goes_back(&mut self) {
        let now = self.processes[self.chance.index(PROCESSES)].clock(self.now);
        if self.chance.percent(70) {
            self.banks.act(&mut self.store, &mut self.chance, now);
        } else if !self.store.pledges.is_empty() {
            let pledge = self.chance.index(self.store.pledges.len());
            self.store.give_back(pledge, now);
        }
    }

    /// The creator, or the operator.
    fn whoever_decides(&mut self) {
        let event = match self.chance.below(40) {
            0 => Event::Cancel,
            1..8 => Event::Suspend,
            8..30 => Event::Resume,
            _ => Event::CloseLatePledges,
        };
        self.store.live_on(event, self.now);
    }

    /// Time passes, in strides and in moments.
    fn pass(&mut self, stride: i64) {
        let is_moment = self.chance.percent(50);
        let more = if is_moment { SECOND } else { 4 * stride };
        let next = self.now.plus(self.chance.within(0, more));
        // Nobody sleeps through a deadline: what happens around it is the point.
        let stop = self.store.life.deadline.plus(-10 * SECOND);
        self.now = if self.now < stop && stop < next { stop } else { next };
    }

    /// The faults end, and everything is done that is to be done.
    fn finish(&mut self) -> Result<(), String> {
        self.plan.faults = 0;
        self.plan.crashes = 0;
        self.store.live_on(Event::Resume, self.now);
        self.banks.decide_all(&mut self.store, &mut self.chance);
        for n in 0..self.backers.len() {
            while self.backers[n].is_waiting() {
                self.backers[n].act(n, &mut self.store, &mut self.chance, 0, self.now)?;
            }
        }
        let mut idle = 0;
        for _ in 0..MOST_AT_THE_END {
            self.story.steps += 1;
            if self.process(0) {
                idle = 0;
                self.look()?;
                continue;
            }
            idle += 1;
            if idle < 6 {
                continue;
            }
            idle = 0;
            if self.store.life.late == LatePledges::Open {
                self.store.live_on(Event::CloseLatePledges, self.now);
            }
            // Nothing is due now; nothing is due later, either.
            let rest = if self.store.offers_instalments() { PLANS_END } else { ALL_ENDS };
            if self.now > self.store.life.deadline.plus(rest) {
                watch::heard(&self.store, &self.backers)?;
                self.watch.look(&self.store, &self.provider)?;
                return watch::end(&self.store, &self.provider, &self.backers);
            }
            self.now = self.now.plus(DAY);
        }
        Err("it never comes to an end".into())
    }

    /// Everything is added up after each step; in a crowd, after some.
    fn look(&mut self) -> Result<(), String> {
        let crowd = self.backers.len() as u64 / 8 + 1;
        if !self.story.steps.is_multiple_of(crowd) {
            return Ok(());
        }
        watch::heard(&self.store, &self.backers)?;
        self.watch.look(&self.store, &self.provider)
    }
}
