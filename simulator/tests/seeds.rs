//! Ten thousand campaigns. `SIMULATOR_SEEDS=1000000` plays more, and
//! `SIMULATOR_SEED=…` one of them again.

use domain::campaign::FundingRule;
use simulator::{Mistake, Story, run, run_with};

/// Seeds in all, unless the environment says otherwise.
const SEEDS: u64 = 10_000;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// Plays a quarter of all seeds.
#[allow(clippy::print_stdout, reason = "what was played is worth a line")]
fn play(rule: FundingRule) {
    let count = number("SIMULATOR_SEEDS").unwrap_or(SEEDS).div_ceil(4);
    let seeds = match number("SIMULATOR_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..count,
    };
    let mut all = Story::default();
    for seed in seeds {
        let story = run(rule, seed).unwrap_or_else(|broken| {
            panic!("{broken}\nrepeat it: SIMULATOR_SEED={} cargo test -p simulator", broken.seed)
        });
        all.steps += story.steps;
        all.pledges += story.pledges;
        all.charges += story.charges;
        all.collected += story.collected;
        all.refunded += story.refunded;
        all.crashes += story.crashes;
        all.lost += story.lost;
    }
    println!("{rule:?}: {all:?}");
    if number("SIMULATOR_SEED").is_none() {
        assert!(all.collected > 0 && all.crashes > 0 && all.lost > 0, "{all:?}");
    }
}

#[test]
fn all_or_nothing_keeps_its_books_whatever_happens() {
    play(FundingRule::AllOrNothing);
}

#[test]
fn keep_what_you_raise_keeps_its_books_whatever_happens() {
    play(FundingRule::KeepWhatYouRaise);
}

#[test]
fn pre_orders_keep_their_books_whatever_happens() {
    play(FundingRule::PreOrders);
}

#[test]
fn rounds_keep_their_books_whatever_happens() {
    play(FundingRule::Rounds);
}

#[test]
fn a_platform_that_errs_is_found_out() {
    for mistake in Mistake::ALL {
        let found = FundingRule::ALL
            .into_iter()
            .any(|rule| (0..400).any(|seed| run_with(rule, seed, Some(mistake)).is_err()));
        assert!(found, "{mistake:?} went unseen");
    }
}

#[test]
fn the_same_seed_is_the_same_story() {
    for rule in FundingRule::ALL {
        assert_eq!(run(rule, 1885), run(rule, 1885));
    }
}
