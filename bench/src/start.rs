//! How long a start takes on a database that is there, and what an idle
//! server holds.

use std::time::Duration;

use anyhow::Result;

use crate::{
    Surroundings,
    report::{Bound, Report, kilobytes, micros},
    server::Place,
};

const RUNS: usize = 5;

/// Starts several times; the home page is the first answer.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let place = Place::new(surroundings, "start", None)?;
    place.run(&["seed"])?;
    let mut times = Vec::new();
    let mut idle = 0;
    for run in 0..RUNS {
        let (server, time) = place.serve("/")?;
        times.push(u64::try_from(time.as_micros()).unwrap_or(u64::MAX));
        if run == 0 {
            tokio::time::sleep(Duration::from_secs(3)).await;
            idle = server.memory()?;
        }
    }
    times.sort_unstable();
    let time = times[RUNS / 2];
    let shown = format!("{} ({}–{})", micros(time), micros(times[0]), micros(times[RUNS - 1]));
    report.bind("cold start to the first page, ms", time / 1_000, &shown, Bound::AtMost(500), "50");
    report.bind("idle memory, MB", idle / 1_000_000, &kilobytes(idle), Bound::AtMost(150), "30");
    Ok(())
}
