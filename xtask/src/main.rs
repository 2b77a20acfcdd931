//! Builds, runs and tests Pedestal on a bare machine. README names the two
//! commands that matter; `cargo xtask help` lists the rest.

mod apt;
mod bench;
mod browser;
mod contract;
mod guard;
mod lint;
mod localstripe;
mod npm;
mod postgres;
mod server;
mod shell;
mod site;
mod step;
mod summary;
mod test;
mod toolchain;
mod user;
mod venv;
mod wordpress;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  run [ARGUMENTS]    build everything (not optimised, which is quicker) and
                     serve the demo at http://127.0.0.1:3000
                     (arguments go to `pedestal serve`; data is kept in ./data)
  build [site]       the release binary; `site` stops after what the browser loads
  test [SUITES]      lint, rust, kill, browser, api; all of them when none is named
                     (after `--`, arguments for the only suite: `test browser -- --headed`,
                     `test kill -- --kills 1000`)
  test wordpress     installs a WordPress on loopback and looks at campaigns in its posts;
                     only when it is named
  lint               format, clippy and dependency checks only
  fmt-check          whether every file is as rustfmt leaves it
  bench [PARTS]      measure the release binary beside nginx on this machine
                     (page, pledges, weight, live, start, discover, embed, edit, lighthouse,
                     collection; or all)
  toolchain          set up the compiler for WebAssembly and say which one it is
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            step::failure(&error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    match command {
        "run" => return server::run(rest),
        "build" if rest.iter().any(|argument| argument == "site") => site::build()?,
        "build" => server::build_release()?,
        "test" => return test::run(rest),
        "lint" => return lint::run(),
        "fmt-check" => lint::format()?,
        "bench" => bench::run(rest)?,
        "toolchain" => {
            let toolchain = toolchain::ensure()?;
            step::note(&format!("WebAssembly is compiled by {}", toolchain.describe()));
        }
        "help" | "--help" | "-h" => print!("{HELP}"),
        unknown => bail!("there is no command `{unknown}`.\n\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}
