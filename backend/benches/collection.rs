//! Collection of the largest crowd on record in simulated time, with every fault
//! on: answers that get lost before and after the charge, a provider that is busy,
//! workers that die at any moment. Nobody may be charged twice, and nobody missed.
//!
//! `cargo xtask bench collection` runs it on both databases; `--pledges 2000` after
//! it takes fewer.

#![allow(clippy::print_stdout, reason = "it is a runner of its own")]

#[path = "../tests/stage/stage.rs"]
mod stage;

use std::{
    collections::BTreeMap,
    process::ExitCode,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use backend::{
    Backend, Options, collection,
    payment::{Outcome, Payments, RefundAnswer, RefundRequest, Request, Trouble},
    pledge, schedule,
};
use domain::{
    payment::TestCard,
    time::{DAY, MINUTE},
};
use futures::{StreamExt as _, future::BoxFuture, stream};
use stage::{DEADLINE, Stage, amount, placement};

/// Backers of the campaign that had most of them (The Exploding Kittens, 2015).
const PLEDGES: u64 = 219_382;
/// Of a hundred pledges, those whose card is never good.
const DECLINED: u64 = 3;
/// Of a hundred requests, those that each fault takes.
const FAULTS: u64 = 5;
/// Cards in a simulated second: a large shop's limit, so that rounds are few.
const PACE: u32 = 1_000;
/// Pledges that are placed at the same time.
const AT_ONCE: usize = 1_024;
/// Of a hundred rounds, those in which a worker dies.
const DEATHS: u64 = 10;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let pledges = pledges().unwrap_or(PLEDGES);
    runtime.expect("a runtime").block_on(async {
        for stage in Stage::both().await {
            measure(stage, pledges).await;
        }
    });
    ExitCode::SUCCESS
}

fn pledges() -> Option<u64> {
    let mut words = std::env::args().skip_while(|word| word != "--pledges");
    words.nth(1)?.parse().ok()
}

async fn measure(mut stage: Stage, pledges: u64) {
    let engine = if stage.is_postgres() { "Postgres" } else { "SQLite" };
    let provider = Arc::new(Provider::default());
    let options = Options { charges_per_second: PACE, ..(*stage.backend.options).clone() };
    stage.backend.options = Arc::new(options);
    stage.backend.payments = Arc::clone(&provider) as Arc<dyn Payments>;

    let started = Instant::now();
    let slug = stage.campaign(|new| new.goal = 100).await;
    let backend = &stage.backend;
    let placed = stream::iter(0..pledges).map(|n| {
        let mut order = placement(&slug, &format!("backer{n}"), amount("10"));
        if n % 100 < DECLINED {
            order.card = TestCard::DeclineLater;
        }
        pledge::place(backend, order)
    });
    let placed: Vec<_> = placed.buffer_unordered(AT_ONCE).collect().await;
    assert!(placed.iter().all(Result::is_ok), "every pledge is placed");
    println!("{engine}: {pledges} pledges placed in {} s", started.elapsed().as_secs());

    let started = Instant::now();
    let mut now = DEADLINE;
    stage.clock.set(now);
    schedule::once(&stage.backend).await.expect("closed");
    let dice = AtomicU64::new(7);
    for (state, later) in [("'pledged'", 7 * DAY), ("'errored', 'action_required'", 0)] {
        while waiting(&stage, state).await > 0 {
            tokio::join!(work(&stage.backend, &dice), work(&stage.backend, &dice));
            // Leases end now and then, so that what has no answer is sent again.
            now = now.plus(if draw(&dice, 10) == 0 { 3 * MINUTE } else { 1_000_000 });
            stage.clock.set(now);
        }
        now = now.plus(later);
        stage.clock.set(now);
    }
    stage.clock.set(DEADLINE.plus(14 * DAY));
    schedule::once(&stage.backend).await.expect("paid out");
    let seconds = started.elapsed().as_secs();

    let dropped = (0..pledges).filter(|n| n % 100 < DECLINED).count() as u64;
    let book = provider.book.lock().expect("not poisoned").clone();
    let mut good: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, outcome) in book.iter() {
        if matches!(outcome, Outcome::Succeeded { .. }) {
            let (pledge, _) = key.rsplit_once('-').expect("pledge and attempt");
            *good.entry(pledge).or_default() += 1;
        }
    }
    let twice = good.values().filter(|count| **count > 1).count();
    let missed = pledges - dropped - good.len() as u64;
    assert_eq!((twice, missed), (0, 0), "charged twice, and missed");
    let collected = stage.number("select count(*) from pledge where state = 'collected'").await;
    assert_eq!(u64::try_from(collected), Ok(pledges - dropped));
    let paid = stage.number("select count(*) from mail where kind = 'payout_statement'").await;
    assert_eq!(paid, 1, "the creator is paid once");
    stage.assert_books().await;
    println!(
        "{engine}: {collected} charged once, {dropped} dropped, none twice, none missed, in {seconds} s; \
         {} requests, {} without an answer, {} workers died, {} days of simulated time",
        provider.requests.load(Ordering::Relaxed),
        provider.lost.load(Ordering::Relaxed),
        DEAD.swap(0, Ordering::Relaxed),
        now.since(DEADLINE) / DAY,
    );
}

static DEAD: AtomicU64 = AtomicU64::new(0);

/// Pledges that are not done with.
async fn waiting(stage: &Stage, states: &str) -> i64 {
    stage.number(&format!("select count(*) from pledge where state in ({states})")).await
}

/// One round of a worker, which may be its last: whatever it holds is lost.
async fn work(backend: &Backend, dice: &AtomicU64) {
    let round = collection::once(backend);
    if draw(dice, 100) < DEATHS {
        let life = Duration::from_millis(draw(dice, 40));
        let died = tokio::time::timeout(life, round).await.is_err();
        DEAD.fetch_add(u64::from(died), Ordering::Relaxed);
    } else {
        round.await.expect("a round");
    }
}

/// A provider that keeps a book, with a bad line.
#[derive(Default)]
struct Provider {
    book: Mutex<BTreeMap<String, Outcome>>,
    dice: AtomicU64,
    requests: AtomicU64,
    lost: AtomicU64,
}

impl Payments for Provider {
    fn refund<'a>(&'a self, _: &'a RefundRequest) -> BoxFuture<'a, Result<RefundAnswer, Trouble>> {
        Box::pin(async { Ok(RefundAnswer::Refused { why: String::new() }) })
    }

    fn charge<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Outcome, Trouble>> {
        Box::pin(async move {
            self.requests.fetch_add(1, Ordering::Relaxed);
            let fault = draw(&self.dice, 100);
            let lose = |trouble| {
                self.lost.fetch_add(1, Ordering::Relaxed);
                Err(trouble)
            };
            if fault < FAULTS {
                return lose(Trouble::Busy { seconds: 1 });
            }
            if fault < 2 * FAULTS {
                return lose(Trouble::Unclear(anyhow::anyhow!("it never arrived")));
            }
            tokio::task::yield_now().await;
            let fresh = match request.method.parse() {
                Ok(TestCard::DeclineLater) => Outcome::Declined,
                _ => Outcome::Succeeded { reference: request.key.clone() },
            };
            let mut book = self.book.lock().expect("not poisoned");
            let outcome = book.entry(request.key.clone()).or_insert(fresh).clone();
            drop(book);
            if fault < 3 * FAULTS {
                return lose(Trouble::Unclear(anyhow::anyhow!("its answer got lost")));
            }
            Ok(outcome)
        })
    }
}

/// A number below `end`.
fn draw(dice: &AtomicU64, end: u64) -> u64 {
    let step =
        |x: u64| x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let before = dice.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |x| Some(step(x)));
    (step(before.expect("always updated")) >> 33) % end
}
