//! `pedestal check`: do the counters agree with the rows they count?

use std::process::ExitCode;

use anyhow::Result;
use backend::{Backend, check};

use super::say;

/// Compares, and names the first difference.
///
/// # Errors
/// When the database fails.
pub async fn run(backend: &Backend) -> Result<ExitCode> {
    match check::first_difference(backend).await? {
        None => {
            say("The books agree.")?;
            Ok(ExitCode::SUCCESS)
        }
        Some(difference) => {
            say(&difference.to_string())?;
            Ok(ExitCode::FAILURE)
        }
    }
}
