//! The discover page over thousands of real campaigns.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};

use crate::{
    Surroundings,
    client::get,
    load,
    page::{databases, engine},
    report::{Bound, Report, micros},
    server::Place,
};

/// One question of each kind: every order, every filter, search, deep pages.
const QUESTIONS: [&str; 12] = [
    "/discover",
    "/discover?state=any",
    "/discover?state=successful&sort=most_funded",
    "/discover?state=any&sort=most_backed&page=40",
    "/discover?state=failed&sort=newest",
    "/discover?sort=ending_soon",
    "/discover?state=any&q=game",
    "/discover?state=any&q=a+card+game",
    "/discover?state=any&q=dra",
    "/discover?state=any&category=games&currency=EUR",
    "/discover?state=any&currency=JPY&q=c",
    "/discover?state=any&q=%27+OR+1%3D1",
];

/// Imports the dump and asks, on each database.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let dump = surroundings.dump.to_str().context("the dump's path is text")?;
    ensure!(surroundings.dump.is_file(), "there is no dump at {dump}; name one in BENCH_DUMP");
    for database in databases(surroundings) {
        let engine = engine(database.as_deref());
        let place = Place::new(surroundings, "discover", database)?;
        let said = place.run(&["import", dump, "--shift-to-now"])?;
        report.tell(&format!("import, {engine}"), said.split(':').next().unwrap_or_default());
        let (server, _) = place.serve("/readyz")?;
        let question = |_, count: u64| {
            get(QUESTIONS[usize::try_from(count).unwrap_or(0) % QUESTIONS.len()], "")
        };
        let outcome =
            load::run(server.address, 2, Duration::from_secs(6), question, |r| r.status == 200)
                .await?;
        ensure!(outcome.refused == 0, "{} questions were not answered with 200", outcome.refused);
        let p99 = outcome.percentile(99);
        let shown = format!("p50 {}, p99 {}", micros(outcome.percentile(50)), micros(p99));
        report.bind(
            &format!("discover over the real dump, {engine}, p99 ms"),
            p99 / 1_000,
            &shown,
            Bound::AtMost(49),
            "5",
        );
    }
    Ok(())
}
