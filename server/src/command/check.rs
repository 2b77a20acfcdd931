//! `pedestal check`: do the counters agree with the rows they count?

use std::process::ExitCode;

use anyhow::Result;
use backend::{
    Backend,
    check::{self, Underway},
};

use super::say;

/// Compares, and names the first difference.
///
/// # Errors
/// When the database fails.
pub async fn run(backend: &Backend) -> Result<ExitCode> {
    match check::first_difference(backend).await? {
        None => {
            say("The books agree.")?;
            tell(&check::underway(backend).await?)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(difference) => {
            say(&difference.to_string())?;
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Says what is not done yet, and by whom it will be.
fn tell(underway: &Underway) -> Result<()> {
    let Underway { unwanted, refused, releasing } = *underway;
    if unwanted > 0 {
        say(&format!("On their way back by themselves, payments that nobody wanted: {unwanted}."))?;
    }
    if refused > 0 {
        say(&format!("Refused by the payment provider, see /admin/returns: {refused}."))?;
    }
    if releasing > 0 {
        say(&format!("Campaigns whose promises are being taken out of the books: {releasing}."))?;
    }
    Ok(())
}
