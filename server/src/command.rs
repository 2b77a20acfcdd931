//! The command line: one verb, one file.

mod admin;
mod check;
pub mod import;
mod seed;
mod serve;

use std::{io::Write as _, process::ExitCode};

use anyhow::Result;
use backend::{Backend, Clock};
use clap::Subcommand;

use crate::config::{Cli, Config};

/// What the binary can do.
#[derive(Subcommand)]
pub enum Command {
    /// Serve the site (the default)
    Serve,
    /// Bring the database's schema up to date and stop
    Migrate,
    /// Import a public campaign dump (CSV)
    Import(import::Arguments),
    /// Fill the database with the demonstration, or with test fixtures
    Seed(seed::Arguments),
    /// Run only what runs by the clock: closing campaigns, sending mail
    Worker,
    /// Create accounts and tokens
    #[command(subcommand)]
    Admin(admin::Admin),
    /// Compare the counters with the rows; exit code 1 and the first difference when they disagree
    Check,
}

/// Does what was asked.
///
/// # Errors
/// The fault to log before the process ends.
pub async fn run(cli: Cli) -> Result<ExitCode> {
    let config = cli.config;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(config).await,
        Command::Migrate => {
            open(&config).await?;
            say("The schema is up to date.")?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Import(arguments) => import::run(&open(&config).await?, &arguments).await,
        Command::Seed(arguments) => seed::run(&open(&config).await?, &arguments).await,
        Command::Worker => serve::work(config).await,
        Command::Admin(admin) => admin::run(&open(&config).await?, admin).await,
        Command::Check => check::run(&open(&config).await?).await,
    }
}

async fn open(config: &Config) -> Result<Backend> {
    Ok(Backend::open(&config.database_url(), Clock::system(), config.options()).await?)
}

/// Writes one line to standard output: the answer of a command, not a log.
fn say(line: &str) -> Result<()> {
    writeln!(std::io::stdout().lock(), "{line}")?;
    Ok(())
}
