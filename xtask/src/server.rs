//! The server: built for people, or built and started for a test.

use crate::guard::Guarded;
use crate::shell::{cargo, free_port, program, quiet, root, run as run_command};
use crate::site;
use crate::step::{note, step};
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode};
use std::time::Duration;

/// The profile of a first start, in the workspace's `Cargo.toml`.
const START: &str = "start";

/// Builds the site and the release binary that carries it.
pub fn build_release() -> Result<()> {
    build("release")
}

/// Builds the site and the server in this profile. The first time both at once, because
/// each of them keeps two cores busy for a part of its time only; later the server can
/// tell what of the site is new only once that is there.
fn build(profile: &str) -> Result<()> {
    let compile = || {
        let mut command = cargo();
        command.args(["build", "--locked", "--package", "server", "--profile", profile]);
        command
    };
    let name = "compile the server (several minutes the first time)";
    let hint = "The compiler's messages are above.";
    if binary(profile).exists() {
        site::build()?;
        step(name, hint, || run_command(&mut compile()))?;
    } else {
        let server = site::build_beside(|| {
            note("the server is compiled beside the browser's part");
            // Two lines that are drawn anew all the time would overwrite each other.
            let child = compile().env("CARGO_TERM_PROGRESS_WHEN", "never").spawn();
            child.map(Beside).context("cannot start cargo")
        })?;
        step(name, hint, || server.end())?;
    }
    note(&format!("built {}", binary(profile).display()));
    Ok(())
}

/// A build that goes on beside another one, and ends with it when that fails.
struct Beside(Child);

impl Beside {
    fn end(mut self) -> Result<()> {
        let status = self.0.wait()?;
        if !status.success() {
            bail!("cargo ended with {status}");
        }
        Ok(())
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        // Neither does anything once it has ended.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Builds everything and becomes the demo's server.
pub fn run(arguments: &[String]) -> Result<ExitCode> {
    build(START)?;
    let arguments = after_dashes(arguments);
    let listens = arguments.iter().any(|argument| argument.starts_with("--listen"));
    if !listens && std::env::var_os("PEDESTAL_LISTEN").is_none() {
        note("serving the demo at http://127.0.0.1:3000 (Ctrl-C ends it; its data is in ./data)");
    }
    // This program is replaced, so that signals reach the server itself.
    use std::os::unix::process::CommandExt;
    let mut server = Command::new(binary(START));
    server.current_dir(root()).args(["serve", "--demo", "--data", "data"]);
    // Whoever says it once more means the same.
    server.args(arguments.iter().filter(|argument| *argument != "--demo"));
    let error = server.exec();
    Err(error).context("the server was built and cannot be started")
}

/// The arguments for the program, whether or not `--` sets them apart from ours.
fn after_dashes(arguments: &[String]) -> &[String] {
    match arguments {
        [first, rest @ ..] if first == "--" => rest,
        all => all,
    }
}

/// Where cargo puts the binary.
pub fn binary(profile: &str) -> PathBuf {
    root().join("target").join(profile).join("pedestal")
}

/// A server that lives as long as a test suite: a demonstration, but where cards are
/// a provider's.
pub struct TestServer {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// Its data directory.
    pub data: PathBuf,
    _process: Guarded,
}

impl TestServer {
    /// Starts the development binary on fresh data, waits until it is ready,
    /// and adds the tests' own campaigns, as an option of `pedestal seed` names them.
    pub fn start(name: &str, database: Option<&str>, seed: Option<&str>) -> Result<Self> {
        Self::start_with(name, database, seed, None)
    }

    /// The same on SQLite, with cards that are typed into the element of the Stripe at
    /// this address.
    pub fn with_cards(name: &str, seed: &str, stripe: &str) -> Result<Self> {
        Self::start_with(name, None, Some(seed), Some(stripe))
    }

    fn start_with(
        name: &str,
        database: Option<&str>,
        seed: Option<&str>,
        stripe: Option<&str>,
    ) -> Result<Self> {
        let log = root().join(format!("target/tools/logs/server-{name}.log"));
        let hint = format!("Its log is {}.", log.strip_prefix(root())?.display());
        step(&format!("start a server on {name}"), &hint, || {
            let data = root().join("target/tools/data").join(name);
            if data.exists() {
                fs::remove_dir_all(&data)?;
            }
            fs::create_dir_all(&data)?;
            let port = free_port()?;
            let url = format!("http://127.0.0.1:{port}");
            let mut command = program(binary("debug"));
            command
                .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--data"])
                .arg(&data)
                .env_remove("DATABASE_URL")
                .env("PEDESTAL_BASE_URL", &url)
                .env("PEDESTAL_RATE_LIMITS", "off");
            match stripe {
                None => _ = command.arg("--demo"),
                // A demonstration takes no cards but the sandbox's.
                Some(stripe) => {
                    command
                        .env("PEDESTAL_STRIPE_API", stripe)
                        .env("PEDESTAL_STRIPE_SCRIPT", format!("{stripe}/js.stripe.com/v3/"))
                        .env("PEDESTAL_STRIPE_SECRET_KEY", "sk_test_12345")
                        .env("PEDESTAL_STRIPE_PUBLISHABLE_KEY", "pk_test_12345")
                        .env("PEDESTAL_STRIPE_WEBHOOK_SECRET", "whsec_test");
                }
            }
            // Where the clock jumps, most of the demonstration ends at once.
            if name == "clock" {
                command.env("PEDESTAL_CHARGES_PER_SECOND", "1000");
            }
            if let Some(database) = database {
                command.env("DATABASE_URL", database);
            }
            let mut process = Guarded::start("the server", &command, "TERM", None, &log)?;
            process.wait(Duration::from_secs(120), || is_ready(port))?;
            if let Some(option) = seed {
                add_campaigns(option, &data, database)?;
            }
            Ok(Self { url, data, _process: process })
        })
    }
}

/// Adds the campaigns that only the browser tests need.
fn add_campaigns(option: &str, data: &Path, database: Option<&str>) -> Result<()> {
    let mut command = program(binary("debug"));
    command.args(["seed", option, "--data"]).arg(data).env_remove("DATABASE_URL");
    if let Some(database) = database {
        command.env("DATABASE_URL", database);
    }
    quiet(&mut command).map(drop)
}

/// Whether `/readyz` answers 200.
fn is_ready(port: u16) -> bool {
    let ask = || -> Result<bool> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(stream, "GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 12];
        stream.read_exact(&mut start)?;
        Ok(start.ends_with(b" 200"))
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_dashes_before_the_programs_arguments_are_not_handed_on() {
        let words = |text: &str| -> Vec<String> { text.split(' ').map(str::to_owned).collect() };
        let wanted = words("--demo-traffic --log debug");
        assert_eq!(after_dashes(&words("-- --demo-traffic --log debug")), wanted);
        assert_eq!(after_dashes(&wanted), wanted);
    }
}
