//! Many more streams offered by cards than one network may hold: all get an answer at
//! once, and who comes for the card meanwhile does not notice.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use tokio::sync::Mutex;

use super::PATH;
use crate::{
    Surroundings,
    client::{Connection, get},
    load::percentile,
    report::{Report, grouped, micros},
    server::Place,
};

const OFFERED: u64 = 20_000;
/// Offered at the same time.
const AT_ONCE: u64 = 200;
/// As `backend::limit::MOST_CARDS`.
const TAKEN: u64 = 48;
const STREAM: &str = "/live?campaigns=bench-page&words=en";

/// Offers them, and asks for the card all the while.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let mut place = Place::new(surroundings, "embed-shed", None)?;
    place.environment.push(("PEDESTAL_RATE_LIMITS", "on"));
    place.run(&["seed", "--bench"])?;
    let (server, _) = place.serve("/readyz")?;
    let address = server.address;
    let next = Arc::new(AtomicU64::new(0));
    let taken = Arc::new(Mutex::new(Vec::new()));
    let mut offers = Vec::new();
    for _ in 0..AT_ONCE {
        let (next, taken) = (Arc::clone(&next), Arc::clone(&taken));
        offers.push(tokio::spawn(async move {
            let mut waits = Vec::new();
            while next.fetch_add(1, Ordering::Relaxed) < OFFERED {
                let started = Instant::now();
                let mut connection = Connection::open(address).await?;
                match connection.stream(&get(STREAM, "")).await? {
                    // Held open, as a browser does.
                    200 => taken.lock().await.push(connection),
                    429 => waits.push(u64::try_from(started.elapsed().as_micros())?),
                    other => anyhow::bail!("a stream was answered with {other}"),
                }
            }
            Ok(waits)
        }));
    }
    let mut card = Connection::open(address).await?;
    let mut looks = Vec::new();
    while next.load(Ordering::Relaxed) < OFFERED {
        let started = Instant::now();
        let answer = card.get(PATH, "").await?;
        ensure!(answer.status == 200, "{PATH} answers {}", answer.status);
        looks.push(u64::try_from(started.elapsed().as_micros())?);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let mut waits = Vec::new();
    for offer in offers {
        waits.extend(offer.await.context("an offer broke off")??);
    }
    waits.sort_unstable();
    looks.sort_unstable();
    let taken = taken.lock().await.len() as u64;
    let answered = taken + waits.len() as u64;
    report.require(
        "embed, streams offered at once from one network",
        &format!(
            "{} offered, {taken} taken, {} shed (p99 {}); the card meanwhile p99 {}",
            grouped(OFFERED),
            grouped(waits.len() as u64),
            micros(percentile(&waits, 99)),
            micros(percentile(&looks, 99)),
        ),
        answered == OFFERED && taken == TAKEN,
    );
    Ok(())
}
