//! The dumps that are imported, a real one and an invented one, and how soon a
//! page of what was imported is found.

use std::time::{Duration, Instant};

use backend::campaign;
use domain::discovery::Query;

use super::engines::Engine;

/// The dump belongs to others and is not part of the repository.
#[expect(clippy::print_stderr, reason = "a test that does not run has to say so")]
pub fn real_dump() -> Option<Vec<u8>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/kickstarter-games-2020.csv");
    let dump = std::fs::read(path).ok();
    if dump.is_none() {
        eprintln!("NOT RUN: there is no {path}, so nothing real was imported");
    }
    dump
}

/// Sixty campaigns of our own invention, in the columns of the real dump.
pub const INVENTED: &[u8] = include_bytes!("invented.csv");

/// How long a page of the list may take, generously: a build for tests is slow.
const MOST_TO_DISCOVER: Duration = Duration::from_millis(50);

/// Answers the questions of the discover page as often as it takes to know their
/// middle, which has to stay below fifty milliseconds.
pub async fn assert_discovered_at_once(engine: &Engine) {
    let questions = ["", "state=any", "state=any&sort=most_funded&page=2", "q=dungeon&state=any"];
    for question in questions {
        let pairs = question.split('&').filter_map(|pair| pair.split_once('='));
        let query = Query::from_pairs(pairs);
        let mut times = Vec::new();
        for _ in 0..20 {
            let start = Instant::now();
            campaign::discover(&engine.backend, &query).await.expect("a list");
            times.push(start.elapsed());
        }
        times.sort();
        let middle = times[times.len() / 2];
        assert!(middle <= MOST_TO_DISCOVER, "{}: ?{question} took {middle:?}", engine.name);
    }
}
