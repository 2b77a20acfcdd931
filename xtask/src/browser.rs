//! The browser tests: Chromium of the system, driven by Playwright.

use crate::localstripe::Localstripe;
use crate::server::TestServer;
use crate::shell::{find, program, root};
use crate::step::step;
use crate::{apt, npm, summary};
use anyhow::{Context, Result, ensure};
use std::path::PathBuf;
use std::process::Command;

const FOLDER: &str = "end2end";

/// Where to look when browser tests fail.
pub const HINT: &str =
    "Pictures and details are in end2end/results; the servers' logs in target/tools/logs.";

/// So many tests may pass only the second time on a machine that others use
/// too. They are named in the output and want looking into; more of them mean
/// that something is wrong.
const FLAKY_AT_MOST: usize = 2;

/// The README's pictures, which the browser takes into its results.
const PICTURES: [&str; 4] = ["campaign.png", "editor-360.png", "editor-768.png", "editor-1440.png"];

/// The running servers that a test may open.
pub struct Servers {
    pub sqlite: TestServer,
    /// On SQLite as well; its clock is moved, so that only one test uses it.
    pub clock: TestServer,
    pub postgres: TestServer,
    /// Another process on the same Postgres database.
    pub postgres_2: TestServer,
    /// On SQLite, no demonstration: its cards are localstripe's.
    pub stripe: TestServer,
    #[expect(dead_code, reason = "it lives as long as the server that it is for")]
    pub localstripe: Localstripe,
}

/// Runs Playwright; `arguments` are for it.
pub fn run(servers: &Servers, arguments: &[String]) -> Result<()> {
    let mut playwright = playwright()?;
    step("browser tests", HINT, || {
        summary::run(
            playwright
                .args(arguments)
                .env("BASE_URL", &servers.sqlite.url)
                .env("BASE_URL_CLOCK", &servers.clock.url)
                .env("BASE_URL_POSTGRES", &servers.postgres.url)
                .env("BASE_URL_POSTGRES_2", &servers.postgres_2.url)
                .env("BASE_URL_STRIPE", &servers.stripe.url),
        )?;
        let flaky = flaky(&summary::kept());
        ensure!(flaky <= FLAKY_AT_MOST, "{flaky} tests passed only the second time");
        Ok(())
    })?;
    keep_pictures()
}

/// Playwright with its browser, told neither what to test nor where.
pub fn playwright() -> Result<Command> {
    let chromium = chromium()?;
    npm::ensure(FOLDER)?;
    let mut command = program("node");
    command
        .args(["node_modules/@playwright/test/cli.js", "test"])
        .current_dir(root().join(FOLDER))
        .env("CHROMIUM", chromium)
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Ok(command)
}

fn flaky(lines: &[String]) -> usize {
    lines
        .iter()
        .filter_map(|line| line.strip_suffix(" flaky"))
        .filter_map(|count| count.parse::<usize>().ok())
        .sum()
}

/// The README's pictures are those that the browser took just now, where it
/// took them: a part of the tests may have run.
fn keep_pictures() -> Result<()> {
    for name in PICTURES {
        let taken = root().join(FOLDER).join("results").join(name);
        if taken.exists() {
            std::fs::copy(taken, root().join("docs").join(name))?;
        }
    }
    Ok(())
}

/// The browser, installed where it is missing. Its fonts come with it: a page
/// without any is measured and photographed wrongly.
pub fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(PathBuf::from(named));
    }
    let known = || ["chromium", "chromium-browser"].iter().find_map(|name| find(name));
    if known().is_none() {
        apt::ensure(&["chromium", "fonts-liberation"], "a browser, for the browser tests")?;
    }
    known().context("Chromium cannot be found; name it in the variable CHROMIUM")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_that_passed_only_the_second_time_are_counted() {
        let lines = ["557 passed (15.9m)", "3 flaky", "15 skipped"].map(str::to_owned);
        assert_eq!(flaky(&lines), 3);
        assert_eq!(flaky(&lines[..1]), 0);
    }
}
