//! Instalments whose time has come: a try is written for each, and charged as
//! every other (`collection.rs`). A worker that dies in between has written none,
//! or one that the next worker finds.

pub(crate) mod sql;

use domain::Timestamp;

use crate::{
    context::Backend,
    error::Result,
    pledge::{command::Command, links},
    worker,
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
    let plan = |(campaign, pledge, number)| Command::Instalment { campaign, pledge, number };
    // Refused where another worker was faster, or the plan was stopped.
    worker::submit(backend, due.into_iter().map(plan).collect()).await.map(drop)
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
    let links = links(backend);
    let end = |(campaign, pledge)| Command::EndPlan { campaign, pledge, link: links.to(pledge) };
    // Refused where its backer has tried a card lately, or it is paid.
    worker::submit(backend, over.into_iter().map(end).collect()).await.map(drop)
}
