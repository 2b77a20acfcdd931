//! Instalments whose time has come: a try is written for each, and charged as
//! every other (`collection.rs`). A worker that dies in between has written none,
//! or one that the next worker finds.

pub(crate) mod sql;

use domain::Timestamp;

use crate::{
    context::Backend,
    error::{Error, Result},
    pledge::{command::Command, links},
};

/// Tries that are planned in one round.
const PLANNED: i64 = 500;

/// Has a try written for each instalment that is due. Meant to be called once a
/// second; nothing of a campaign that is stopped or over is due.
///
/// # Errors
/// When the database fails.
pub async fn plan_due(backend: &Backend, now: Timestamp) -> Result<()> {
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), now, PLANNED).await?
    };
    for (campaign, pledge, number) in due {
        let command = Command::Instalment { campaign, pledge, number };
        match backend.writer.submit(command).await {
            // Another worker was faster, or the plan was stopped.
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}

/// Gives up what is left of plans whose backers did nothing about it for as long as
/// a plan waits.
///
/// # Errors
/// When the database fails.
pub async fn end_due(backend: &Backend, now: Timestamp) -> Result<()> {
    let over = {
        let mut reader = backend.db.read().await?;
        sql::over(&mut reader.conn(), now, PLANNED).await?
    };
    for (campaign, pledge) in over {
        let link = links(backend).to(pledge);
        match backend.writer.submit(Command::EndPlan { campaign, pledge, link }).await {
            // Its backer has tried a card lately, or it is paid.
            Ok(_) | Err(Error::Refused(_)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(())
}
