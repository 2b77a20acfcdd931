//! The real binary, killed at any moment and started again on the same data: what
//! it answered is in its books, what it did not answer can be asked again, and
//! nobody is charged twice or forgotten.
//!
//! `cargo xtask test kill` runs it on both databases. After `--`: `--kills 1000`
//! for so many on each, `--seed 7` for the moments of an earlier run. The moments
//! are drawn from the seed; what the machine was doing just then is not.
//!
//! `kill -9` ends the process and leaves the machine on, so this shows nothing
//! about power cuts: for those there is `synchronous=full`.

#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "it is a test runner of its own")]

mod backer;
mod books;
mod chance;
mod collecting;
mod http;
mod pledging;
mod server;

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use books::Engine;
use chance::Chance;
use server::Site;

/// Kills in all on each database, unless `--kills` says otherwise.
const KILLS: u64 = 20;
/// Most kills of one database: its tables should not grow for ever.
const OF_ONE: u64 = 40;

fn main() -> ExitCode {
    let Some((kills, seed)) = arguments() else {
        println!("usage: cargo xtask test kill -- [--kills NUMBER] [--seed NUMBER]");
        return ExitCode::FAILURE;
    };
    println!("kill -9, {kills} times on each database, seed {seed}");
    let (mut passed, mut failed) = (0, 0);
    for engine in Engine::all() {
        let mut left = kills;
        for life in 0.. {
            if left == 0 {
                break;
            }
            let share = left.min(OF_ONE);
            left -= share;
            let name = format!("{engine}, seed {seed}, database {life}");
            let started = Instant::now();
            let lived = catch_unwind(AssertUnwindSafe(|| live(&engine, seed + life, share)));
            let seconds = started.elapsed().as_secs();
            match lived {
                Ok(story) => {
                    passed += 1;
                    println!("ok      {name}: {story} ({seconds} s)");
                }
                Err(_) => {
                    failed += 1;
                    println!("FAILED  {name}; repeat it with --seed {seed} --kills {kills}");
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// One database: half of the kills while people pledge, half while their cards
/// are charged.
fn live(engine: &Engine, seed: u64, kills: u64) -> String {
    let mut site = Site::found(engine);
    let mut chance = Chance::of(seed);
    let mut pledging = pledging::begin(&site, &mut chance);
    for kill in 0..kills.div_ceil(2) {
        pledging.until_killed(&mut site, &mut chance, kill);
    }
    pledging.settle(&mut site);
    let told = pledging.told();
    let charged = collecting::run(&mut site, &pledging, &mut chance, kills / 2);
    format!("{told}; {charged}")
}

fn arguments() -> Option<(u64, u64)> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (mut kills, mut seed) = (KILLS, now.as_secs());
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let value = match word.as_str() {
            "--kills" => &mut kills,
            "--seed" => &mut seed,
            _ => return None,
        };
        *value = words.next()?.parse().ok()?;
    }
    Some((kills, seed))
}
