//! `cargo xtask bench`: measures the release binary against the floors that
//! bind it, beside nginx on the same machine in the same run.
//!
//! Everything stays on loopback and is bounded in time and number. Arguments
//! name the parts to run (`page pledges weight live start discover embed edit
//! lighthouse`); without any, all run. The exit code is 1 when a floor was missed.

mod client;
mod discover;
mod edit;
mod embed;
mod lighthouse;
mod live;
mod load;
mod page;
mod pledges;
mod report;
mod server;
mod start;
mod weight;

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, Result, bail};

use report::Report;

const PARTS: [&str; 9] =
    ["page", "pledges", "weight", "live", "start", "discover", "embed", "edit", "lighthouse"];

/// Where everything is that is measured, as `cargo xtask bench` says or as it
/// lies after a build.
pub struct Surroundings {
    /// The release binary.
    pub binary: PathBuf,
    pub wrk: String,
    /// Address of an nginx, and the folder whose files it serves.
    pub nginx: Option<(String, PathBuf)>,
    /// An empty database that may be filled.
    pub postgres: Option<String>,
    /// A real dump of campaigns.
    pub dump: PathBuf,
    /// Lighthouse's script.
    pub lighthouse: PathBuf,
    /// The browser that it drives.
    pub chromium: PathBuf,
}

impl Surroundings {
    fn read() -> Result<Self> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let root = root.parent().context("this crate lies in the repository")?;
        let word = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let binary = word("BENCH_SERVER")
            .map_or_else(|| root.join("target/release/pedestal"), PathBuf::from);
        if !binary.is_file() {
            bail!("{} is not there; `cargo xtask build` makes it", binary.display());
        }
        let dump = word("BENCH_DUMP")
            .map_or_else(|| root.join("../shared/data/kickstarter-games-2020.csv"), PathBuf::from);
        Ok(Self {
            binary,
            wrk: word("BENCH_WRK").unwrap_or_else(|| "wrk".into()),
            nginx: word("BENCH_NGINX_URL").zip(word("BENCH_NGINX_FOLDER").map(PathBuf::from)),
            postgres: word("BENCH_POSTGRES_URL"),
            dump,
            lighthouse: root.join("bench/lighthouse/node_modules/lighthouse/cli/index.js"),
            chromium: word("CHROMIUM").unwrap_or_else(|| "/usr/bin/chromium".into()).into(),
        })
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| !PARTS.contains(&name.as_str())) {
        bail!("there is no part `{unknown}`; there are {}", PARTS.join(", "));
    }
    let surroundings = Surroundings::read()?;
    let mut report = Report::default();
    for part in PARTS {
        if !wanted.is_empty() && !wanted.iter().any(|name| name == part) {
            continue;
        }
        report::note(&format!("measuring: {part}"))?;
        let outcome = match part {
            "page" => page::measure(&surroundings, &mut report).await,
            "pledges" => pledges::measure(&surroundings, &mut report).await,
            "weight" => weight::measure(&surroundings, &mut report).await,
            "live" => live::measure(&surroundings, &mut report).await,
            "edit" => edit::measure(&surroundings, &mut report).await,
            "embed" => embed::measure(&surroundings, &mut report).await,
            "lighthouse" => lighthouse::measure(&surroundings, &mut report),
            "start" => start::measure(&surroundings, &mut report).await,
            _ => discover::measure(&surroundings, &mut report).await,
        };
        if let Err(fault) = outcome {
            report.fail(part, &fault);
        }
    }
    report.print()?;
    Ok(if report.is_good() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
