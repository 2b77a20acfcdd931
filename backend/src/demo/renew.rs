//! Moves an old demonstration on to today.
//!
//! What the clock closed is opened again, which no real campaign ever is: the
//! demonstration begins anew with the pledges it has. Those keep the instants
//! at which they were placed, because the books say the same. Campaigns of the
//! past keep their dates, and what an operator ended stays ended.

use domain::{Timestamp, time::HOUR};

use super::sql;
use crate::{collection::release, context::Backend, error::Result, live, reward};

/// Moves the dates on when nothing ends within the hour any more.
///
/// # Errors
/// When the database fails; nothing is moved then.
pub async fn renew(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    if sql::ending(&mut conn, now, now.plus(HOUR)).await? > 0 {
        return Ok(());
    }
    let seeded = sql::seeded_at(&mut conn).await?.unwrap_or_default();
    let Some(start) = Timestamp::parse_rfc3339(&seeded).filter(|start| *start < now) else {
        return Ok(());
    };
    // Several processes may start at once; one of them does it.
    if !sql::reclaim(&mut conn, &seeded, now).await? {
        return Ok(());
    }
    let moved = sql::move_campaigns(&mut conn, now.since(start), now).await?;
    for campaign in &moved {
        let months = months_between(start, now);
        if sql::is_live(&mut conn, *campaign).await? {
            release::undo(&mut conn, *campaign, now).await?;
        }
        reward::sql::move_sale(&mut conn, *campaign, now.since(start), months).await?;
    }
    live::announce(&mut conn, &backend.hub, &moved).await?;
    tx.commit().await?;
    tracing::info!(campaigns = moved.len(), "moved the demonstration on to today");
    backend.hub.refresh(&backend.db, &moved).await
}

fn months_between(start: Timestamp, now: Timestamp) -> i64 {
    let months = |at: Timestamp| at.civil().year * 12 + i64::from(at.civil().month);
    months(now) - months(start)
}
