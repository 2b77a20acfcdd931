//! A campaign from its launch to its last payout, in milliseconds and from a seed:
//! backers who change their minds, cards that fail, a provider whose answers get
//! lost, processes that die between any two steps, clocks that are late.
//!
//! What is decided here is decided by the product's own state machines, in the same
//! world that a creator's rehearsal plays ([`domain::rehearsal::World`]); it is kept
//! in memory as a database would keep it ([`store`]), and everything a process knows
//! besides is lost when it dies ([`process`]). After each step [`watch`] adds
//! everything up again.
//!
//! The same seed is the same story, step by step.

mod backer;
mod bank;
mod process;
mod provider;
mod store;
mod watch;
mod world;

use std::fmt;

pub use store::Mistake;
pub use world::{Plan, run, run_with};

/// What a seed told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Story {
    pub steps: u64,
    pub pledges: u64,
    /// Tries to charge a card.
    pub charges: u64,
    pub collected: u64,
    pub refunded: u64,
    /// Processes that died.
    pub crashes: u64,
    /// Answers that did not arrive.
    pub lost: u64,
}

/// Something that may never be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub seed: u64,
    pub step: u64,
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "seed {}, step {}: {}", self.seed, self.step, self.what)
    }
}
