//! The browser tests: Chromium of the system, driven by Playwright.

use crate::server::TestServer;
use crate::shell::{find, program, root, run as run_command};
use crate::step::step;
use crate::{apt, npm};
use anyhow::{Context, Result};
use std::path::PathBuf;

const FOLDER: &str = "end2end";

/// The running servers that a test may open.
pub struct Servers {
    pub sqlite: TestServer,
    pub postgres: TestServer,
    /// Another process on the same Postgres database.
    pub postgres_2: TestServer,
}

/// Runs Playwright; `arguments` are for it.
pub fn run(servers: &Servers, arguments: &[String]) -> Result<()> {
    let chromium = chromium()?;
    npm::ensure(FOLDER)?;
    let hint =
        "Pictures and details are in end2end/results; the servers' logs in target/tools/logs.";
    step("browser tests", hint, || {
        run_command(
            program("node")
                .args(["node_modules/@playwright/test/cli.js", "test"])
                .args(arguments)
                .current_dir(root().join(FOLDER))
                .env("CHROMIUM", chromium)
                .env("BASE_URL", &servers.sqlite.url)
                .env("BASE_URL_POSTGRES", &servers.postgres.url)
                .env("BASE_URL_POSTGRES_2", &servers.postgres_2.url)
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
        )
    })
}

/// The browser, installed where it is missing. Its fonts come with it: a page
/// without any is measured and photographed wrongly.
fn chromium() -> Result<PathBuf> {
    if let Some(named) = std::env::var_os("CHROMIUM") {
        return Ok(PathBuf::from(named));
    }
    let known = || ["chromium", "chromium-browser"].iter().find_map(|name| find(name));
    if known().is_none() {
        apt::ensure(&["chromium", "fonts-liberation"], "a browser, for the browser tests")?;
    }
    known().context("Chromium cannot be found; name it in the variable CHROMIUM")
}
