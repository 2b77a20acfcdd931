//! Counting what comes of embeds: in memory, so that no card waits for it, and written
//! down together every few seconds. What was counted since is lost with a process that
//! is killed; no promise depends on it.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, PoisonError},
};

use domain::embed::id::EmbedId;

use super::sql;
use crate::{context::Backend, error::Result};

/// What was counted and not written yet, by embed. Only embeds that exist are counted,
/// so that strangers who make up names fill no memory.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<HashMap<EmbedId, Counts>>);

#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    views: i64,
    clicks: i64,
}

impl Tally {
    pub(super) fn view(&self, id: EmbedId) {
        self.count(id, Counts { views: 1, clicks: 0 });
    }

    pub(super) fn click(&self, id: EmbedId) {
        self.count(id, Counts { views: 0, clicks: 1 });
    }

    fn count(&self, id: EmbedId, more: Counts) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counts = all.entry(id).or_default();
        counts.views += more.views;
        counts.clicks += more.clicks;
    }

    fn take(&self) -> HashMap<EmbedId, Counts> {
        mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Writes down what was counted. What cannot be written is counted again.
///
/// # Errors
/// When the database fails.
pub async fn write_down(backend: &Backend) -> Result<()> {
    let tally = &backend.hub.embeds().0.tally;
    let counted = tally.take();
    if counted.is_empty() {
        return Ok(());
    }
    let written = write(backend, &counted).await;
    if written.is_err() {
        for (id, counts) in counted {
            tally.count(id, counts);
        }
    }
    written
}

async fn write(backend: &Backend, counted: &HashMap<EmbedId, Counts>) -> Result<()> {
    // In one order in every process, so that no two wait for each other.
    let mut lines: Vec<_> = counted.iter().collect();
    lines.sort_unstable_by_key(|(id, _)| **id);
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    for (id, counts) in lines {
        sql::add(&mut conn, *id, counts.views, counts.clicks).await?;
    }
    tx.commit().await
}
