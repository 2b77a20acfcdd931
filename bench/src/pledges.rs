//! Pledges on one hot campaign with limited rewards, over HTTP, each answered
//! only after its commit. Afterwards the server is killed and the books are
//! checked: whatever was acknowledged has to be there.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{
    Surroundings,
    client::{Connection, Response, post_form},
    load,
    page::{databases, engine},
    report::{Bound, Report, grouped, median, micros},
    server::{Place, Server},
};

/// The fixture with stock for everyone.
pub const HOT: &str = "bench-hot";
const RUNS: u64 = 3;
const TIME: Duration = Duration::from_secs(5);
const CONNECTIONS: u64 = 128;

/// Has the writer say each of its transactions; and lets it write one pledge in
/// each.
const COUNTED: (&str, &str) = ("PEDESTAL_LOG", "warn,backend::pledge::writer=debug");
const ONE_BY_ONE: (&str, &str) = ("PEDESTAL_WRITER_BATCH", "1");

/// Measures three times on each database, and once with a transaction for each
/// pledge.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    for database in databases(surroundings) {
        let engine = engine(database.as_deref());
        let floor = if database.is_some() { 500 } else { 1_000 };
        let target = if database.is_some() { "5,000" } else { "10,000" };
        let mut place = Place::new(surroundings, "pledges", database)?;
        place.run(&["seed", "--bench"])?;
        let (server, _) = place.serve("/readyz")?;
        let rewards = rewards(&server).await?;
        let before = backers(&server).await?;
        let (mut rates, mut p50, mut p99, mut accepted) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for run in 0..RUNS {
            let rewards = rewards.clone();
            let pledge = move |connection, count| {
                form(&rewards, &format!("{run}-{connection}-{count}"), count)
            };
            let outcome = load::run(server.address, CONNECTIONS, TIME, pledge, is_accepted).await?;
            ensure!(outcome.refused == 0, "{} pledges were refused", outcome.refused);
            accepted += outcome.good;
            rates.push(outcome.rate());
            p50.push(outcome.percentile(50));
            p99.push(outcome.percentile(99));
        }
        server.kill()?;
        let (rate, spread) = median(rates);
        let shown = format!(
            "{} per s ({spread}), p50 {}, p99 {}",
            grouped(rate),
            micros(median(p50).0),
            micros(median(p99).0)
        );
        report.bind(
            &format!("durable pledges, {engine}, per s"),
            rate,
            &shown,
            Bound::AtLeast(floor),
            target,
        );

        let books = place.run(&["check"]);
        let (server, _) = place.serve("/readyz")?;
        let kept = backers(&server).await? - before;
        report.require(
            &format!("after kill -9, {engine}"),
            &format!(
                "{} acknowledged, {} kept, {}",
                grouped(accepted),
                grouped(kept),
                match &books {
                    Ok(said) => said.trim().to_owned(),
                    Err(fault) => format!("{fault:#}"),
                }
            ),
            // What was committed but not yet acknowledged may be there as well.
            books.is_ok() && kept >= accepted,
        );
        drop(server);

        // Both once more, with every transaction of the writer counted, from its log.
        // Each waits for one flush of its own; those of checkpoints, sessions and workers
        // come on top and are not counted.
        for (how, environment) in
            [("batched", vec![COUNTED]), ("one by one", vec![COUNTED, ONE_BY_ONE])]
        {
            place.environment = environment;
            let (server, _) = place.serve("/readyz")?;
            let rewards = rewards.clone();
            let pledge = move |connection, count| {
                form(&rewards, &format!("{how}-{connection}-{count}").replace(' ', "-"), count)
            };
            let outcome = load::run(server.address, CONNECTIONS, TIME, pledge, is_accepted).await?;
            ensure!(outcome.refused == 0, "{} pledges were refused", outcome.refused);
            server.kill()?;
            let commits = place.logged("wrote a batch")? * 1_000 / outcome.good.max(1);
            report.tell(
                &format!("durable pledges {how}, {engine}"),
                &format!(
                    "{} per s, p50 {}, p99 {}; {}.{:03} commits of the writer per pledge",
                    grouped(outcome.rate()),
                    micros(outcome.percentile(50)),
                    micros(outcome.percentile(99)),
                    commits / 1_000,
                    commits % 1_000
                ),
            );
        }
    }
    Ok(())
}

/// The ids of the hot campaign's rewards.
pub async fn rewards(server: &Server) -> Result<Vec<String>> {
    let answer = json(server, &format!("/api/v1/campaigns/{HOT}/rewards")).await?;
    let items = answer["items"].as_array().context("a list of rewards")?;
    let ids: Vec<String> =
        items.iter().filter_map(|item| Some(item["id"].as_str()?.to_owned())).collect();
    ensure!(!ids.is_empty(), "the fixture has rewards");
    Ok(ids)
}

/// A guest's pledge for one of the rewards.
pub fn form(rewards: &[String], buyer: &str, count: u64) -> Vec<u8> {
    let reward = &rewards[usize::try_from(count).unwrap_or(0) % rewards.len()];
    let form = format!(
        "form[slug]={HOT}&form[choices][reward]={reward}&form[expected]=10.00&form[key]=bench-{buyer}\
         &form[email]=buyer-{buyer}%40bench.example&form[card][number]=4242424242424242\
         &form[card][expiry]=12%2F60&form[card][code]=123"
    );
    post_form("/api/fn/pledge/place", &form)
}

/// Whether the answer leads to the new pledge.
pub fn is_accepted(response: &Response) -> bool {
    response.status < 400
        && response.header("location").is_some_and(|to| to.starts_with("/pledges/"))
}

async fn backers(server: &Server) -> Result<u64> {
    let answer = json(server, &format!("/api/v1/campaigns/{HOT}/funding")).await?;
    answer["backers"].as_u64().context("a number of backers")
}

async fn json(server: &Server, path: &str) -> Result<Value> {
    let response = Connection::open(server.address).await?.get(path, "").await?;
    ensure!(response.status == 200, "{path} answers {}", response.status);
    Ok(serde_json::from_slice(&response.body)?)
}
