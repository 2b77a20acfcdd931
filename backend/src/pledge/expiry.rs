//! Pledges whose holder was asked by the bank and never answered.

use domain::pledge::money::CONFIRM_WITHIN;

use super::{command::Command, sql};
use crate::{
    context::Backend,
    error::{Error, Result},
};

/// Gives back what pledges hold that were never confirmed.
///
/// # Errors
/// When the database fails.
pub async fn drop_unconfirmed(backend: &Backend) -> Result<()> {
    let before = backend.clock.now().plus(-CONFIRM_WITHIN);
    let stale = {
        let mut reader = backend.db.read().await?;
        sql::unconfirmed(&mut reader.conn(), before).await?
    };
    for (campaign, pledge) in stale {
        match backend.writer.submit(Command::Drop { campaign, pledge }).await {
            // Another process, or the backer, was faster.
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}
