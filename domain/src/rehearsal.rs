//! A campaign played to its end before it has begun, or in place of it: backers
//! from a seed, the cards they have, and what the product's own machines
//! ([`Life`], [`crate::pledge::Standing`], [`crate::fee`]) make of them.
//!
//! [`World`] holds what a database would hold and takes one step at a time. A
//! rehearsal plays it in order and without a fault; the simulator plays the same
//! world with processes that die, answers that get lost and clocks that are late.

pub mod chance;
mod crowd;
mod play;
pub mod scenario;
mod tale;
pub mod view;
pub mod world;

pub use chance::Chance;
pub use scenario::{Knob, Reach, Scenario, ScenarioForm};
pub use tale::{Sample, Tale, Told};
pub use view::{Figures, Happening, LetterView, Part, Reader, RehearsalPage, Scene};
pub use world::{Rates, World};

use crate::{
    campaign::{Life, Terms, rule::SECOND_ROUND},
    currency::Currency,
    time::{DAY, Timestamp},
};

/// What of a campaign is played.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Script {
    pub terms: Terms,
    pub currency: Currency,
    pub launched: Timestamp,
    /// The end of the first round.
    pub deadline: Timestamp,
}

/// How long a campaign is played whose own dates make no sense.
const USUAL: i64 = 30 * DAY;

impl Script {
    /// The script of a campaign: with its own dates, or from now on where it has
    /// not been launched or was never ours to launch.
    #[must_use]
    pub fn of(
        terms: Terms,
        currency: Currency,
        life: &Life,
        launched: Option<Timestamp>,
        now: Timestamp,
    ) -> Self {
        let first_end =
            if life.round > 1 { life.deadline.plus(-SECOND_ROUND) } else { life.deadline };
        let fits = |from: Timestamp| terms.rule.check_duration(from, first_end).is_ok();
        let (launched, deadline) = match launched {
            Some(at) if fits(at) => (at, first_end),
            _ if fits(now) => (now, first_end),
            _ => (now, now.plus(USUAL)),
        };
        Self { terms, currency, launched, deadline }
    }
}

/// Plays a campaign to its end; the same scenario is the same story.
#[must_use]
pub fn rehearse(script: &Script, scenario: &Scenario, rates: Rates) -> Tale {
    let world = play::play(script, scenario, rates);
    tale::tell(script, &world)
}

/// The same, for whoever adds it up.
#[must_use]
pub fn played(script: &Script, scenario: &Scenario, rates: Rates) -> World {
    play::play(script, scenario, rates)
}
