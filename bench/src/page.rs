//! The campaign page, rendered and read from the database for each request,
//! beside nginx sending the same bytes from a file.

use std::fs;

use anyhow::{Context as _, Result, ensure};

use crate::{
    Surroundings,
    client::Connection,
    load::wrk,
    report::{Bound, Report, grouped, kilobytes, median, micros},
    server::Place,
};

/// The fixture's page: 12 rewards and a long story.
pub const PATH: &str = "/campaigns/bench-page";
const RUNS: u64 = 3;
const SECONDS: u64 = 6;

/// Measures three times, each time both servers.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    for database in databases(surroundings) {
        let engine = engine(database.as_deref());
        let place = Place::new(surroundings, "page", database)?;
        place.run(&["seed", "--bench"])?;
        let (server, _) = place.serve("/readyz")?;
        let page = Connection::open(server.address).await?.get(PATH, "").await?;
        ensure!(page.status == 200, "{PATH} answers {}", page.status);
        let size = page.body.len() as u64;
        let nginx = match &surroundings.nginx {
            Some((url, folder)) => {
                // nginx remembers a file's size for a minute, so each page has its own.
                let file = format!("page-{}.html", engine.to_lowercase());
                fs::write(folder.join(&file), &page.body).context("nginx's folder")?;
                Some(format!("{url}/{file}"))
            }
            None => None,
        };
        let (mut ours, mut theirs, mut p50, mut p99) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..RUNS {
            let run = wrk(&surroundings.wrk, &format!("http://{}{PATH}", server.address), SECONDS)?;
            ours.push(run.rate);
            p50.push(run.p50);
            p99.push(run.p99);
            if let Some(url) = &nginx {
                theirs.push(wrk(&surroundings.wrk, url, SECONDS)?.rate);
            }
        }
        let (rate, spread) = median(ours);
        let beside = if theirs.is_empty() {
            "no nginx to compare with".to_owned()
        } else {
            let (nginx, nginx_spread) = median(theirs);
            let permille = rate * 1_000 / nginx.max(1);
            format!(
                "nginx {} ({nginx_spread}), ratio {}.{} %",
                grouped(nginx),
                permille / 10,
                permille % 10
            )
        };
        let shown = format!(
            "{} req/s ({spread}), p50 {}, p99 {}, {} page; {beside}",
            grouped(rate),
            micros(median(p50).0),
            micros(median(p99).0),
            kilobytes(size),
        );
        report.bind(
            &format!("campaign page, {engine}, req/s"),
            rate,
            &shown,
            Bound::AtLeast(2_000),
            "6,000",
        );
        report.require(
            &format!("its size, {engine}"),
            &kilobytes(size),
            (54_000..66_000).contains(&size),
        );
    }
    Ok(())
}

/// SQLite always, Postgres where there is one.
pub fn databases(surroundings: &Surroundings) -> Vec<Option<String>> {
    let mut databases = vec![None];
    databases.extend(surroundings.postgres.clone().map(Some));
    databases
}

/// The engine's name.
pub const fn engine(database: Option<&str>) -> &'static str {
    if database.is_some() { "Postgres" } else { "SQLite" }
}
