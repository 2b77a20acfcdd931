//! What a world's history comes to: a story of few lines, the letters, and the
//! figures at its end.

use super::{
    Script,
    view::{Figures, Happening, Reader, Scene},
    world::{Happened, Statement, What, World},
};
use crate::{
    campaign::{
        CampaignState, Life,
        life::{Effect, Event},
        rule::Tally,
    },
    ledger::Account,
    money::Money,
    pledge::{
        PledgeState,
        instalment::{self, first},
        money::{self, Moved, Note, Step},
    },
    time::Timestamp,
};

/// A rehearsal, told.
#[derive(Debug, Clone)]
pub struct Tale {
    pub ended: CampaignState,
    pub scenes: Vec<Scene>,
    pub figures: Figures,
    pub letters: Vec<Sample>,
}

/// A kind of letter, with what the first one of it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    pub what: Told,
    pub to: Reader,
    /// How many there are.
    pub count: i64,
    pub at: Timestamp,
    /// Of the pledge, or of what is paid; in minor units.
    pub total: i64,
    /// The campaign's end as it stood.
    pub deadline: Timestamp,
    /// Until when the card can be seen to.
    pub until: Timestamp,
}

/// What a letter is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Pledge(Note),
    /// An instalment was charged; when the next one is due.
    Instalment {
        number: i64,
        of: i64,
        next: Option<Timestamp>,
    },
    /// One could not be charged; when it is tried again.
    InstalmentFailed {
        number: i64,
        of: i64,
        again: Option<Timestamp>,
    },
    /// What was left of a plan is given up.
    PlanEnded {
        paid: i64,
    },
    /// How the campaign went on.
    Campaign {
        state: CampaignState,
        effect: Effect,
    },
    GivenBack,
    Payout(Statement),
    Released,
}

struct Teller<'a> {
    world: &'a World,
    script: &'a Script,
    scenes: Vec<Scene>,
    /// Where in `scenes` the part of the story begins that is being told.
    begun: usize,
    letters: Vec<Sample>,
    deadline: Timestamp,
    promised: Tally,
    is_met: bool,
    /// Pledges whose card could not be charged at first.
    had_trouble: Vec<bool>,
    /// Pledges whose backers know that the rest of their plan is given up.
    is_told_of_end: Vec<bool>,
    is_paid: bool,
    paid_out: i64,
    reserve: i64,
}

/// Tells a world's history.
pub fn tell(script: &Script, world: &World) -> Tale {
    let mut teller = Teller {
        world,
        script,
        scenes: Vec::new(),
        begun: 0,
        letters: Vec::new(),
        deadline: script.deadline,
        promised: Tally::default(),
        is_met: false,
        had_trouble: vec![false; world.pledges.len()],
        is_told_of_end: vec![false; world.pledges.len()],
        is_paid: false,
        paid_out: 0,
        reserve: 0,
    };
    for happened in &world.history {
        teller.take(happened);
    }
    let figures = teller.figures();
    let Teller { scenes, letters, .. } = teller;
    Tale { ended: world.life.state, scenes, figures, letters }
}

impl Teller<'_> {
    fn take(&mut self, happened: &Happened) {
        let at = happened.at;
        match happened.what {
            What::Campaign { event, effect, before, after, readers, first } => {
                self.campaign(event, (before, after), at);
                self.deadline = after.deadline;
                if let Some(pledge) = first {
                    let what = Told::Campaign { state: after.state, effect };
                    self.write(what, self.total(pledge), at, at, readers);
                }
            }
            What::Pledge { pledge, event, before, step } => {
                self.pledge(pledge, (event, before, step), at);
            }
            What::Instalment { pledge, number, event, step } => {
                self.instalment((pledge, number), event, step, at);
            }
            What::GivenBack { pledge: _, amount } => {
                self.scene(Happening::GivenBack, amount, at);
                self.write(Told::GivenBack, amount, at, at, 1);
            }
            What::PaidOut(statement) => {
                // Month by month would be a line for each.
                if self.is_paid && self.script.terms.instalments.is_some() {
                    self.scene(Happening::PaidAgain, statement.paid_out, at);
                } else {
                    self.begin(Happening::PaidOut, statement.paid_out, at);
                }
                self.is_paid = true;
                self.paid_out += statement.paid_out;
                self.reserve += statement.reserve;
                self.write(Told::Payout(statement), statement.paid_out, at, at, 1);
            }
            What::Released { amount } => {
                self.begin(Happening::ReserveReleased, amount, at);
                self.paid_out += amount;
                self.write(Told::Released, amount, at, at, 1);
            }
        }
    }

    fn campaign(&mut self, event: Event, (before, after): (Life, Life), at: Timestamp) {
        let (pledged, kept) = (self.promised.amount, self.world.totals.collected);
        match (event, after.state) {
            (Event::Launch, _) => self.begin(Happening::Launched, 0, at),
            (Event::Pledge { .. }, _) if after.deadline > before.deadline => {
                self.scene(Happening::EndMoved, 0, at);
            }
            (Event::CloseLatePledges, _) => self.begin(Happening::LateSaleClosed, 0, at),
            (Event::Deadline { .. } | Event::WindowOver { .. }, state) => match state {
                CampaignState::Live => self.begin(Happening::SecondRound, pledged, at),
                CampaignState::Deciding => self.begin(Happening::Deciding, pledged, at),
                CampaignState::Failed if before.state == CampaignState::Deciding => {
                    self.begin(Happening::Failed, kept, at);
                }
                CampaignState::Failed => self.begin(Happening::Failed, pledged, at),
                _ => self.begin(Happening::Succeeded, pledged, at),
            },
            _ => {}
        }
    }

    fn pledge(
        &mut self,
        pledge: usize,
        (event, before, step): (Option<money::Event>, PledgeState, Step),
        at: Timestamp,
    ) {
        let total = self.total(pledge);
        let happening = match (step.moved, event, step.next.state) {
            (Moved::Promised, ..) => Some(Happening::Pledged),
            (Moved::Collected | Moved::PaidAtOnce, ..) if self.had_trouble[pledge] => {
                Some(Happening::Mended)
            }
            (Moved::Collected, ..) => Some(Happening::Charged),
            (Moved::PaidAtOnce, ..) => Some(Happening::ChargedAtOnce),
            (_, _, PledgeState::Dropped) => Some(Happening::Dropped),
            (_, Some(money::Event::Expired), _) => Some(Happening::NotConfirmed),
            (_, Some(money::Event::Reminded), _) if step.note.is_some() => {
                Some(Happening::Reminded)
            }
            (_, _, PledgeState::Errored) if before == PledgeState::Pledged => {
                Some(Happening::Declined)
            }
            (_, _, PledgeState::ActionRequired) if before == PledgeState::Pledged => {
                Some(Happening::AskedToConfirm)
            }
            _ => None,
        };
        self.had_trouble[pledge] |= step.next.state.wants_card();
        if let Some(happening) = happening {
            // A reminder moves nothing, and a second one would say it twice.
            let amount = match happening {
                Happening::Reminded => 0,
                Happening::Charged | Happening::ChargedAtOnce | Happening::Mended => {
                    self.first(pledge)
                }
                _ => total,
            };
            self.scene(happening, amount, at);
        }
        if let Some(note) = step.note {
            let until = step.next.fix_until.unwrap_or(at);
            let is_about_a_charge =
                matches!(note, Note::Collected | Note::CardDeclined | Note::ConfirmCharge);
            let amount = if is_about_a_charge { self.first(pledge) } else { total };
            let row = &self.world.pledges[pledge];
            let what = match note {
                Note::Collected if row.instalments > 1 => Told::Instalment {
                    number: 1,
                    of: row.instalments,
                    next: row.later.first().map(|one| one.due_at),
                },
                note => Told::Pledge(note),
            };
            self.write(what, amount, until, at, 1);
        }
        let counted = step.moved.counted();
        self.promised.amount += counted * total;
        self.promised.units += counted * self.world.pledges[pledge].units;
        let enough = match self.script.terms.goal_units {
            Some(units) => self.promised.units >= units,
            None => self.promised.amount >= self.script.terms.goal,
        };
        if enough && !self.is_met {
            self.is_met = true;
            self.scene(Happening::GoalMet, self.promised.amount, at);
        }
    }

    fn instalment(
        &mut self,
        (pledge, number): (usize, i64),
        event: instalment::Event,
        step: instalment::Step,
        at: Timestamp,
    ) {
        let row = &self.world.pledges[pledge];
        let of = row.instalments;
        let mut later = (2..).zip(&row.later);
        let Some(one) = later.find(|(n, _)| *n == number).map(|(_, one)| one) else { return };
        let (amount, next) = (one.amount, later.next().map(|(_, one)| one.due_at));
        match (step.moved, event) {
            (instalment::Moved::Collected, _) => {
                self.scene(Happening::InstalmentCharged, amount, at);
                self.write(Told::Instalment { number, of, next }, amount, at, at, 1);
            }
            (instalment::Moved::Dropped, instalment::Event::GivenUp) => {
                self.scene(Happening::PlanEnded, amount, at);
                // One letter is about all that was left of it.
                if !std::mem::replace(&mut self.is_told_of_end[pledge], true) {
                    let told = Told::PlanEnded { paid: row.charged };
                    self.write(told, row.total - row.charged, at, at, 1);
                }
            }
            _ if step.is_told => {
                if step.next.tries == 1 {
                    self.scene(Happening::InstalmentDeclined, amount, at);
                }
                let again = step.next.next_at;
                self.write(Told::InstalmentFailed { number, of, again }, amount, at, at, 1);
            }
            _ => {}
        }
    }

    /// A new part of the story.
    fn begin(&mut self, what: Happening, amount: i64, at: Timestamp) {
        self.begun = self.scenes.len();
        self.scene(what, amount, at);
    }

    /// Once more the same thing, or another one, in this part of the story.
    fn scene(&mut self, what: Happening, amount: i64, at: Timestamp) {
        let known = self.scenes[self.begun..].iter_mut().find(|scene| scene.what == what);
        match known {
            Some(scene) => {
                scene.until = at;
                scene.count += 1;
                scene.amount.minor += amount;
            }
            None => {
                let amount = Money::new(amount, self.script.currency);
                self.scenes.push(Scene { what, at, until: at, count: 1, amount });
            }
        }
    }

    fn write(&mut self, what: Told, total: i64, until: Timestamp, at: Timestamp, count: i64) {
        let kind = std::mem::discriminant(&what);
        let is_same = |sample: &&mut Sample| match (sample.what, what) {
            (Told::Pledge(one), Told::Pledge(other)) => one == other,
            (Told::Campaign { .. }, Told::Campaign { .. }) => sample.what == what,
            _ => std::mem::discriminant(&sample.what) == kind,
        };
        if let Some(sample) = self.letters.iter_mut().find(is_same) {
            sample.count += count;
            return;
        }
        let to = match what {
            Told::Payout(_) | Told::Released => Reader::Creator,
            _ => Reader::Backer,
        };
        let deadline = self.deadline;
        self.letters.push(Sample { what, to, count, at, total, deadline, until });
    }

    fn total(&self, pledge: usize) -> i64 {
        self.world.pledges[pledge].total
    }

    /// What is charged of a pledge with it.
    fn first(&self, pledge: usize) -> i64 {
        first(self.total(pledge), self.world.pledges[pledge].instalments)
    }

    fn figures(&self) -> Figures {
        let money = |minor| Money::new(minor, self.script.currency);
        let world = self.world;
        let totals = world.totals;
        Figures {
            backers: totals.backers,
            pledged: money(totals.pledged),
            collected: money(totals.collected),
            not_collected: money(totals.pledged - totals.collected),
            platform_fee: money(world.balance(Account::PlatformFee)),
            processing_fee: money(world.balance(Account::ProcessingFee)),
            refunded: money(totals.refunded),
            reserve: money(self.reserve),
            paid_out: money(self.paid_out),
            owed: money(-world.balance(Account::Clearing)),
        }
    }
}
