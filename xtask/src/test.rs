//! `cargo xtask test`: each suite in turn, the later ones also when an earlier
//! one failed; at the end what each runner counted, and a table.

use crate::browser::{self, Servers};
use crate::localstripe::Localstripe;
use crate::postgres::Postgres;
use crate::server::TestServer;
use crate::shell::{cargo, find, run as run_command};
use crate::step::{failure, note, paint, spoken, step};
use crate::{contract, lint, site, summary, venv, wordpress};
use anyhow::{Context, Result, bail};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

const SUITES: [&str; 5] = ["lint", "rust", "kill", "browser", "api"];
/// These run only when they are named: they install what nothing else needs.
const NAMED: [&str; 1] = ["wordpress"];

/// The packages whose tests and binary are built together, always with this
/// same list: with another one, cargo would choose other features for the
/// dependencies and compile them again.
const TESTED: [&str; 5] = ["domain", "simulator", "backend", "app", "server"];
/// Lets the browser tests move a server's clock. On for all of them, for the same
/// reason; a release build refuses it.
const FEATURES: [&str; 2] = ["--features", "server/test-clock"];

/// Runs the named suites, or all that need not be named.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    let (names, extra) = match arguments.iter().position(|argument| argument == "--") {
        Some(at) => (&arguments[..at], &arguments[at + 1..]),
        None => (arguments, &[][..]),
    };
    let wanted = wanted(names)?;
    if !extra.is_empty() && wanted.len() != 1 {
        bail!("arguments after `--` are for one suite; name exactly one");
    }
    let start = Instant::now();
    let mut results = Vec::new();
    let mut record = |name: &'static str, work: &mut dyn FnMut() -> Result<()>| {
        let start = Instant::now();
        let result = work();
        if let Err(error) = &result {
            failure(error);
        }
        results.push((name, result.is_ok(), start.elapsed()));
    };

    if wanted.contains(&"lint") {
        record("lint", &mut || match lint::run()? == ExitCode::SUCCESS {
            true => Ok(()),
            false => bail!("see the messages above"),
        });
    }
    if wanted.iter().any(|name| !["lint", "wordpress"].contains(name)) {
        let mut cluster = None;
        record("postgres", &mut || {
            cluster = Some(Postgres::start()?);
            Ok(())
        });
        let postgres = || cluster.as_ref().context("Postgres did not start");
        if wanted.contains(&"rust") {
            record("rust", &mut || rust(postgres()?, extra));
        }
        if wanted.contains(&"kill") {
            record("kill", &mut || kill(postgres()?, extra));
        }
        let running = ["browser", "api"].iter().any(|name| wanted.contains(name));
        let mut servers = None;
        if running {
            record("site and servers", &mut || {
                servers = Some(start_servers(postgres()?)?);
                Ok(())
            });
        }
        for (name, suite) in [("browser", BROWSER), ("api", API)] {
            if wanted.contains(&name) {
                record(name, &mut || {
                    let servers = servers.as_ref().context("no server was started")?;
                    suite(servers, extra)
                });
            }
        }
    }
    if wanted.contains(&"wordpress") {
        record("wordpress", &mut || {
            build()?;
            wordpress::run(extra)
        });
    }
    Ok(table(&results, start.elapsed()))
}

type Suite = fn(&Servers, &[String]) -> Result<()>;
const BROWSER: Suite = browser::run;
const API: Suite = |servers, extra| contract::run(&servers.sqlite, extra);

fn wanted(names: &[String]) -> Result<Vec<&'static str>> {
    if names.is_empty() || names == ["all"] {
        return Ok(SUITES.to_vec());
    }
    let known: Vec<&str> = SUITES.into_iter().chain(NAMED).collect();
    if let Some(unknown) = names.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no suite `{unknown}`; there are {}", known.join(", "));
    }
    Ok(known.into_iter().filter(|suite| names.iter().any(|name| name == suite)).collect())
}

/// Unit and integration tests on both databases.
fn rust(postgres: &Postgres, extra: &[String]) -> Result<()> {
    site::ensure_folder()?;
    let url = postgres.create("tests")?;
    let localstripe = Localstripe::start()?;
    let python = venv::ensure("aiosmtpd", "1.4.6", "aiosmtpd")?.with_file_name("python");
    let moto = venv::ensure("moto[server]", "5.2.5", "moto_server")?.with_file_name("python");
    let nextest = find("cargo-nextest").is_some();
    let product = step("Rust tests, on SQLite and Postgres", "", || {
        let mut command = cargo();
        match nextest {
            true => command.args(["nextest", "run"]),
            false => command.arg("test"),
        };
        command.args(["--locked", "--no-fail-fast"]).args(packages()).args(targets()).args(extra);
        summary::run(
            command
                .env("TEST_POSTGRES_URL", &url)
                .env("REQUIRE_POSTGRES", "1")
                .env("LOCALSTRIPE_URL", &localstripe.url)
                .env("REQUIRE_LOCALSTRIPE", "1")
                .env("SMTP_SINK_PYTHON", &python)
                .env("REQUIRE_SMTP_SINK", "1")
                .env("MOTO_PYTHON", &moto)
                .env("REQUIRE_MOTO", "1")
                .env_remove("DATABASE_URL"),
        )
    });
    let tools = step("tests of xtask and bench themselves", "", || {
        let tools = ["--package", "xtask", "--package", "bench"];
        summary::run(cargo().args(["test", "--locked", "--quiet"]).args(tools))
    });
    product.and(tools)
}

/// The server, killed at any moment, on both databases.
fn kill(postgres: &Postgres, extra: &[String]) -> Result<()> {
    site::ensure_folder()?;
    let url = postgres.create("kill")?;
    step("kill -9 and look at the books", "Each failure above names its seed.", || {
        summary::run(
            cargo()
                .args(["test", "--locked", "--quiet"])
                .args(packages())
                .args(["--test", "kill", "--"])
                .args(extra)
                .env("TEST_POSTGRES_URL", &url)
                .env("REQUIRE_POSTGRES", "1")
                .env_remove("DATABASE_URL"),
        )
    })
}

/// The site, and the binary that the tests start.
fn build() -> Result<()> {
    site::build()?;
    site::check()?;
    step("compile the development server", "The compiler's messages are above.", || {
        let mut command: Command = cargo();
        command.args(["build", "--locked"]).args(packages()).args(targets());
        run_command(&mut command)
    })
}

fn start_servers(postgres: &Postgres) -> Result<Servers> {
    build()?;
    let database = postgres.create("browser")?;
    let sqlite = TestServer::start("sqlite", None, Some("--fixtures"))?;
    let clock = TestServer::start("clock", None, Some("--rules"))?;
    let first = TestServer::start("postgres", Some(&database), Some("--fixtures"))?;
    let second = TestServer::start("postgres-2", Some(&database), None)?;
    let localstripe = Localstripe::start()?;
    let stripe = TestServer::with_cards("stripe", "--fixtures", &localstripe.url)?;
    let urls = [&sqlite, &clock, &first, &second, &stripe].map(|server| server.url.as_str());
    note(&format!("servers: {}", urls.join(" ")));
    Ok(Servers { sqlite, clock, postgres: first, postgres_2: second, stripe, localstripe })
}

fn packages() -> impl Iterator<Item = &'static str> {
    TESTED.iter().flat_map(|name| ["--package", *name]).chain(FEATURES)
}

/// Libraries, binaries and tests together, so that the server's binary is
/// made of what the tests were made of.
fn targets() -> [&'static str; 3] {
    ["--lib", "--bins", "--tests"]
}

fn table(results: &[(&str, bool, Duration)], total: Duration) -> ExitCode {
    println!();
    for line in summary::kept() {
        println!("  {line}");
    }
    println!();
    for (name, good, time) in results {
        let word = if *good { paint("32", "passed") } else { paint("31", "FAILED") };
        println!("  {name:<18} {word}  {}", spoken(*time));
    }
    let failed = results.iter().filter(|(_, good, _)| !good).count();
    println!("  {:<18} {}", "all together", spoken(total));
    println!("suites: {} passed, {failed} failed", results.len() - failed);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suite_that_has_to_be_named_runs_only_then() {
        let named = |names: &[&str]| {
            wanted(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap()
        };
        assert_eq!(named(&[]), SUITES);
        assert_eq!(named(&["all"]), SUITES);
        assert_eq!(named(&["wordpress", "lint"]), ["lint", "wordpress"]);
        assert!(wanted(&["wordpres".to_owned()]).is_err());
    }
}
