//! `pedestal seed`: the demonstration, or the fixtures of the browser tests.

use std::process::ExitCode;

use anyhow::Result;
use backend::{Backend, demo};
use clap::Args;

use super::say;

/// What to fill the database with.
#[derive(Args)]
pub struct Arguments {
    /// Campaigns for the browser tests instead of the demonstration
    #[arg(long)]
    fixtures: bool,
    /// Campaigns for `cargo xtask bench` instead of the demonstration
    #[arg(long, conflicts_with = "fixtures")]
    bench: bool,
    /// A campaign of each funding rule, for the tests that move the clock
    #[arg(long, conflicts_with_all = ["fixtures", "bench"])]
    rules: bool,
}

/// Fills the database; what is there already stays.
///
/// # Errors
/// When the database fails.
pub async fn run(backend: &Backend, arguments: &Arguments) -> Result<ExitCode> {
    if arguments.fixtures {
        demo::fixtures::seed(backend).await?;
    } else if arguments.bench {
        demo::fixtures::bench::seed(backend).await?;
    } else if arguments.rules {
        demo::fixtures::rules::seed(backend).await?;
    } else {
        demo::seed::seed(backend).await?;
    }
    say("The campaigns are in place.")?;
    Ok(ExitCode::SUCCESS)
}
