//! The frame that other pages show, beside nginx sending the same bytes from a
//! file, and what it weighs.

mod shed;

use std::fs;

use anyhow::{Context as _, Result, ensure};

use crate::{
    Surroundings,
    client::Connection,
    load::wrk,
    report::{Bound, Report, grouped, kilobytes, median, micros},
    server::Place,
};

const PATH: &str = "/embed/bench-page";
const RUNS: u64 = 3;
const SECONDS: u64 = 6;

/// Measures three times, each time both servers.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let place = Place::new(surroundings, "embed", None)?;
    place.run(&["seed", "--bench"])?;
    let (server, _) = place.serve("/readyz")?;
    let mut connection = Connection::open(server.address).await?;
    let pressed = connection.get(PATH, "Accept-Encoding: br\r\n").await?;
    ensure!(pressed.header("content-encoding") == Some("br"), "{PATH} comes without brotli");
    report.bind(
        "embed, everything but its picture, brotli, bytes",
        pressed.transferred,
        &kilobytes(pressed.transferred),
        Bound::AtMost(5_000),
        "5,000",
    );
    let script = connection.get("/embed.js", "Accept-Encoding: br\r\n").await?;
    report.bind(
        "custom element, brotli, bytes",
        script.transferred,
        &kilobytes(script.transferred),
        Bound::AtMost(4_096),
        "4,096",
    );
    shed::measure(surroundings, report).await?;
    let page = connection.get(PATH, "").await?;
    ensure!(page.status == 200, "{PATH} answers {}", page.status);
    let Some((url, folder)) = &surroundings.nginx else {
        report.tell("embed, requests per s", "no nginx to compare with");
        return Ok(());
    };
    fs::write(folder.join("embed.html"), &page.body).context("nginx's folder")?;
    let (mut ours, mut theirs, mut p99) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let run = wrk(&surroundings.wrk, &format!("http://{}{PATH}", server.address), SECONDS)?;
        ours.push(run.rate);
        p99.push(run.p99);
        theirs.push(wrk(&surroundings.wrk, &format!("{url}/embed.html"), SECONDS)?.rate);
    }
    let ((rate, spread), (nginx, nginx_spread)) = (median(ours), median(theirs));
    let share = rate * 100 / nginx.max(1);
    let shown = format!(
        "{share} %: {} req/s ({spread}), p99 {}; nginx {} ({nginx_spread}), {} each",
        grouped(rate),
        micros(median(p99).0),
        grouped(nginx),
        kilobytes(page.body.len() as u64),
    );
    report.bind("embed, share of nginx’s rate, %", share, &shown, Bound::AtLeast(80), "100");
    Ok(())
}
