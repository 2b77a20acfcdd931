//! Five thousand open pages on one process: what each costs, and how long
//! after a commit the last of them knows.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{Context as _, Result, ensure};
use tokio::sync::{mpsc, watch};

use crate::{
    Surroundings,
    client::{Connection, get},
    load::percentile,
    pledges::{HOT, form, is_accepted, rewards},
    report::{Bound, Report, grouped, micros},
    server::Place,
};

const VIEWERS: u64 = 5_000;
/// Pledges per second while the viewers look.
const RATE: u64 = 20;
const TIME: Duration = Duration::from_secs(15);

/// One frame at one viewer: its id, and how long after its commit it came.
type Seen = (u64, u64);

/// Opens the streams, then pledges.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let place = Place::new(surroundings, "live", None)?;
    place.run(&["seed", "--bench"])?;
    let (server, _) = place.serve("/")?;
    let rewards = rewards(&server).await?;
    let before = server.memory()?;

    let (said, mut seen) = mpsc::unbounded_channel::<Seen>();
    let (end, ended) = watch::channel(false);
    let (opened, mut open) = mpsc::unbounded_channel::<()>();
    let mut viewers = Vec::new();
    for _ in 0..VIEWERS {
        // A burst longer than the kernel's queue of new connections is no test
        // of the server.
        if viewers.len().is_multiple_of(100) {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        viewers.push(tokio::spawn(view(
            server.address,
            said.clone(),
            opened.clone(),
            ended.clone(),
        )));
    }
    drop((said, opened));
    let mut count = 0;
    while count < VIEWERS {
        tokio::time::timeout(Duration::from_secs(60), open.recv())
            .await?
            .context("a viewer could not connect")?;
        count += 1;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let per_viewer = server.memory()?.saturating_sub(before) / VIEWERS;

    let mut buyer = Connection::open(server.address).await?;
    let started = Instant::now();
    let mut sent = 0;
    while started.elapsed() < TIME {
        let response = buyer.send(&form(&rewards, &format!("live-{sent}"), sent)).await?;
        ensure!(is_accepted(&response), "a pledge was refused with {}", response.status);
        sent += 1;
        tokio::time::sleep(Duration::from_millis(1_000 / RATE)).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    end.send_replace(true);
    let mut frames: BTreeMap<u64, (u64, u64)> = BTreeMap::new();
    let mut deliveries = Vec::new();
    for viewer in viewers {
        viewer.await??;
    }
    while let Some((id, late)) = seen.recv().await {
        deliveries.push(late);
        let frame = frames.entry(id).or_default();
        *frame = (frame.0 + 1, frame.1.max(late));
    }
    deliveries.sort_unstable();
    // Slow viewers may skip a frame for a newer one; the last frame reaches all.
    let mut last: Vec<u64> = frames.values().map(|(_, latest)| *latest).collect();
    last.sort_unstable();
    let reached = frames.last_key_value().map_or(0, |(_, (viewers, _))| *viewers);

    report.bind(
        "SSE viewers in one process",
        reached,
        &grouped(reached),
        Bound::AtLeast(VIEWERS),
        "19,000",
    );
    report.tell("memory per viewer (target ≤ 8 KiB)", &format!("{} bytes", grouped(per_viewer)));
    let worst = percentile(&last, 99);
    let shown = format!(
        "p50 {}, p99 {} over {} frames; any viewer p99 {}",
        micros(percentile(&last, 50)),
        micros(worst),
        frames.len(),
        micros(percentile(&deliveries, 99))
    );
    report.bind("commit → last viewer, p99 ms", worst / 1_000, &shown, Bound::AtMost(1_000), "350");
    Ok(())
}

/// One open page.
async fn view(
    address: SocketAddr,
    said: mpsc::UnboundedSender<Seen>,
    opened: mpsc::UnboundedSender<()>,
    mut ended: watch::Receiver<bool>,
) -> Result<()> {
    let mut connection = Connection::open(address).await?;
    let status = connection
        .stream(&get(&format!("/live?campaigns={HOT}"), "Accept: text/event-stream\r\n"))
        .await?;
    ensure!(status == 200, "/live answers {status}");
    let mut is_first = true;
    loop {
        let chunk = tokio::select! {
            chunk = connection.chunk() => chunk?.context("the stream ended")?,
            _ = ended.wait_for(|ended| *ended) => return Ok(()),
        };
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_micros();
        let Some(id) = event_id(&chunk) else { continue };
        if std::mem::take(&mut is_first) {
            // What was there before is no news.
            let _ = opened.send(());
            continue;
        }
        let late = u64::try_from(now)?.saturating_sub(id);
        let _ = said.send((id, late));
    }
}

/// The id of an event, which is when its figures were committed.
fn event_id(chunk: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(chunk).ok()?;
    text.lines().find_map(|line| line.strip_prefix("id: "))?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::event_id;

    #[test]
    fn only_events_have_an_id() {
        assert_eq!(event_id(b"event: funding\nid: 12\ndata: {}\n\n"), Some(12));
        assert_eq!(event_id(b":\n\n"), None);
    }
}
