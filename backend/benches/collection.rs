//! Collection of the largest crowd on record in simulated time, with every fault on:
//! answers that get lost before and after the charge, a provider that is busy, workers
//! that die at any moment, cards that are declined or whose holders have to confirm,
//! and webhooks that come before the answer, late, twice and in the wrong order. Nobody
//! may be charged twice, and nobody missed.
//!
//! `cargo xtask bench collection` runs it on both databases; run by itself it takes
//! fewer with `--pledges 2000`. It says every few seconds how far it is.

#![allow(clippy::print_stdout, reason = "it is a runner of its own")]

#[path = "../tests/stage/hooks.rs"]
mod hooks;
#[path = "../tests/stage/stage.rs"]
mod stage;

use std::{
    collections::BTreeMap,
    process::ExitCode,
    sync::{
        Arc, Mutex, MutexGuard,
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
    time::{DAY, MINUTE, SECOND},
};
use futures::{StreamExt as _, future::BoxFuture, stream};
use stage::{DEADLINE, Stage, amount, placement};

/// Backers of the campaign that had most of them (The Exploding Kittens, 2015).
const PLEDGES: u64 = 219_382;
/// Of a hundred pledges, those whose card is never good.
const DECLINED: u64 = 3;
/// Of a hundred pledges, those whose bank wants its holder to confirm the charge. Every
/// second of them does.
const ASKED: u64 = 2;
/// Of a hundred payments, those that a webhook tells of as well.
const TOLD: u64 = 3;
/// Of a hundred requests, those that each fault takes.
const FAULTS: u64 = 5;
/// Cards in a simulated second: a large shop's limit, so that rounds are few.
const PACE: u32 = 1_000;
/// Pledges that are placed at the same time.
const AT_ONCE: usize = 1_024;
/// Of a hundred rounds, those in which a worker dies.
const DEATHS: u64 = 10;
/// How often it is said how far it is.
const PROGRESS: Duration = Duration::from_secs(5);
/// By then all cards are charged, or something goes round in a circle.
const PATIENCE: i64 = 5 * DAY;

fn main() -> ExitCode {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let pledges = pledges().unwrap_or(PLEDGES);
    runtime.expect("a runtime").block_on(async {
        for stage in hooks::both().await {
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

    place(&stage, engine, pledges).await;
    let mut progress = Progress::new(engine, "closed and charging, left");
    let started = Instant::now();
    let mut now = DEADLINE;
    stage.clock.set(now);
    schedule::once(&stage.backend).await.expect("closed");
    let dice = AtomicU64::new(7);
    let mut confirmed = 0;
    for (state, phase) in
        [("'pledged'", "last tries, left"), ("'errored', 'action_required'", "paying out, left")]
    {
        loop {
            let left = waiting(&stage, state).await;
            progress.tell(left);
            if left == 0 {
                break;
            }
            tokio::join!(
                work(&stage.backend, &dice),
                work(&stage.backend, &dice),
                tell(&stage, &provider, &dice)
            );
            // Leases end now and then, so that what has no answer is sent again.
            now = now.plus(if draw(&dice, 10) == 0 { 3 * MINUTE } else { SECOND });
            stage.clock.set(now);
            let late = now.since(DEADLINE) % (7 * DAY);
            assert!(late < PATIENCE, "{left} pledges are still {state}");
        }
        progress.ends(0);
        progress = Progress::new(engine, phase);
        if state == "'pledged'" {
            confirmed = provider.confirm();
            tell(&stage, &provider, &dice).await;
            now = DEADLINE.plus(7 * DAY);
            stage.clock.set(now);
        }
    }
    stage.clock.set(DEADLINE.plus(14 * DAY));
    schedule::once(&stage.backend).await.expect("paid out");
    // The last webhooks come when all is over.
    while !provider.news().is_empty() {
        tell(&stage, &provider, &dice).await;
    }
    progress.ends(0);
    let seconds = started.elapsed().as_secs();

    let never = (0..pledges).filter(|n| n % 100 < DECLINED + ASKED).count() as u64;
    let dropped = never - confirmed;
    let book = provider.book.lock().expect("not poisoned").clone();
    let mut good: BTreeMap<&str, u64> = BTreeMap::new();
    for (key, outcome) in &book {
        if matches!(outcome, Outcome::Succeeded { .. }) {
            let (pledge, _) = key.rsplit_once('-').expect("pledge and attempt");
            *good.entry(pledge).or_default() += 1;
        }
    }
    let twice = good.values().filter(|count| **count > 1).count();
    let missed = (pledges - dropped).abs_diff(good.len() as u64);
    assert_eq!((twice, missed), (0, 0), "charged twice, and missed");
    let collected = stage.number("select count(*) from pledge where state = 'collected'").await;
    assert_eq!(u64::try_from(collected), Ok(pledges - dropped));
    let paid = stage.number("select count(*) from mail where kind = 'payout_statement'").await;
    assert_eq!(paid, 1, "the creator is paid once");
    let unwanted = stage.number("select count(*) from surplus").await;
    assert_eq!(unwanted, 0, "no payment was taken for another one");
    let webhooks =
        stage.number("select cast(coalesce(sum(times), 0) as bigint) from webhook").await;
    let refused = stage.number("select count(*) from webhook where verdict = 'refused'").await;
    assert_eq!(refused, 0, "every webhook was true");
    println!("{engine}: comparing the books");
    stage.assert_books().await;
    println!(
        "{engine}: {collected} charged once, {confirmed} of them confirmed by their holders, \
         {dropped} dropped, none twice, none missed, in {seconds} s; {} requests, {} without an \
         answer, {webhooks} webhooks, {} workers died, {} days of simulated time",
        provider.requests.load(Ordering::Relaxed),
        provider.lost.load(Ordering::Relaxed),
        DEAD.swap(0, Ordering::Relaxed),
        now.since(DEADLINE) / DAY,
    );
}

/// A campaign with so many pledges.
async fn place(stage: &Stage, engine: &'static str, pledges: u64) {
    let slug = stage.campaign(|new| new.goal = 100).await;
    let backend = &stage.backend;
    let mut placed = stream::iter(0..pledges)
        .map(|n| {
            let mut order = placement(&slug, &format!("backer{n}"), amount("10"));
            order.card = match n % 100 {
                n if n < DECLINED => TestCard::DeclineLater,
                n if n < DECLINED + ASKED => TestCard::AuthenticateLater,
                _ => TestCard::Success,
            };
            pledge::place(backend, order)
        })
        .buffer_unordered(AT_ONCE);
    let mut progress = Progress::new(engine, "pledges placed");
    let mut count = 0;
    while let Some(answer) = placed.next().await {
        answer.expect("every pledge is placed");
        count += 1;
        progress.tell(count);
    }
    progress.ends(count);
}

/// Says now and then how far it is, so that a long run is seen to move.
struct Progress {
    engine: &'static str,
    phase: &'static str,
    started: Instant,
    told: Instant,
}

impl Progress {
    fn new(engine: &'static str, phase: &'static str) -> Self {
        let now = Instant::now();
        Self { engine, phase, started: now, told: now }
    }

    fn tell(&mut self, count: i64) {
        if self.told.elapsed() >= PROGRESS {
            self.told = Instant::now();
            self.ends(count);
        }
    }

    fn ends(&self, count: i64) {
        let seconds = self.started.elapsed().as_secs();
        println!("{}: {}: {count}, {seconds} s", self.engine, self.phase);
    }
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

/// Tells of payments as a provider does: some later, some twice, and some with what was
/// true before, after what is true now.
async fn tell(stage: &Stage, provider: &Provider, dice: &AtomicU64) {
    let news = std::mem::take(&mut *provider.news());
    for payment in news {
        if draw(dice, 4) == 0 {
            provider.news().push(payment);
            continue;
        }
        let event = hooks::paid(&format!("evt_{payment}"), &payment, &payment, 1_000);
        for _ in 0..=draw(dice, 2) {
            hooks::hear(stage, &event).await;
        }
        if draw(dice, 2) == 0 {
            let mut before = hooks::paid(&format!("evt_0_{payment}"), &payment, &payment, 1_000);
            before["type"] = "payment_intent.payment_failed".into();
            hooks::hear(stage, &before).await;
        }
    }
}

/// A provider that keeps a book, with a bad line.
#[derive(Default)]
struct Provider {
    book: Mutex<BTreeMap<String, Outcome>>,
    /// Payments that a webhook is to tell of.
    news: Mutex<Vec<String>>,
    dice: AtomicU64,
    requests: AtomicU64,
    lost: AtomicU64,
}

impl Provider {
    fn news(&self) -> MutexGuard<'_, Vec<String>> {
        self.news.lock().expect("not poisoned")
    }

    /// Every second holder who was asked to confirm does, which webhooks alone tell of.
    /// Gives how many that are.
    fn confirm(&self) -> u64 {
        let mut book = self.book.lock().expect("not poisoned");
        let asked = book.iter_mut().filter(|(_, outcome)| **outcome == Outcome::ActionRequired);
        let mut confirmed = 0;
        for (key, outcome) in asked.step_by(2) {
            *outcome = Outcome::Succeeded { reference: key.clone() };
            self.news().push(key.clone());
            confirmed += 1;
        }
        confirmed
    }

    /// What it answers under a key, and whether that is new. As our side of Stripe does,
    /// it finds what was paid at an earlier try.
    fn answer(&self, request: &Request) -> (Outcome, bool) {
        let fresh = match request.method.parse() {
            Ok(TestCard::DeclineLater) => Outcome::Declined,
            Ok(TestCard::AuthenticateLater) => Outcome::ActionRequired,
            _ => Outcome::Succeeded { reference: request.key.clone() },
        };
        let mut book = self.book.lock().expect("not poisoned");
        let (money, attempt) = request.key.rsplit_once('-').expect("pledge and attempt");
        let attempt: u64 = attempt.parse().expect("a number");
        for earlier in 1..attempt {
            if let Some(paid @ Outcome::Succeeded { .. }) = book.get(&format!("{money}-{earlier}"))
            {
                return (paid.clone(), false);
            }
        }
        let is_new = !book.contains_key(&request.key);
        (book.entry(request.key.clone()).or_insert(fresh).clone(), is_new)
    }
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
            let (outcome, is_new) = self.answer(request);
            let is_paid = matches!(outcome, Outcome::Succeeded { .. });
            if is_new && is_paid && draw(&self.dice, 100) < TOLD {
                self.news().push(request.key.clone());
                // Of every second one the webhook is the first to tell.
                if draw(&self.dice, 2) == 0 {
                    return lose(Trouble::Unclear(anyhow::anyhow!("it took too long to answer")));
                }
            }
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
