//! The files that take longer: AVIF, a third smaller than WebP and some seconds for
//! each picture. What is to be made is a row of the database, so a worker that dies
//! loses nothing.

use domain::{id::MediaId, media::widths_below, time::MINUTE};
use tokio::task::spawn_blocking;

use super::{BACK_ROOM, make, name_of, sql, take_place};
use crate::{
    context::Backend,
    error::{Error, Result},
};

/// For how long one picture is a worker's own.
const LEASE: i64 = 5 * MINUTE;
/// After so many tries the WebP is good enough.
const MOST_TRIES: i64 = 3;

/// Makes what is left of every picture that waits. How many were finished.
///
/// # Errors
/// The first fault; that picture is tried again when its lease has run out.
pub async fn once(backend: &Backend) -> Result<u32> {
    let mut finished = 0;
    let closing = backend.hub.closing();
    while !*closing.borrow() {
        let now = backend.clock.now();
        let mut tx = backend.db.begin().await?;
        let taken = sql::take(&mut tx.conn(), now, now.plus(LEASE)).await?;
        tx.commit().await?;
        let Some((id, width, tries)) = taken else { break };
        if tries > MOST_TRIES {
            note(backend, id, false).await?;
            continue;
        }
        if finish(backend, id, u32::try_from(width).unwrap_or(1)).await? {
            finished += 1;
        }
    }
    Ok(finished)
}

/// Whether it was done; it is left when the process is told to stop.
async fn finish(backend: &Backend, id: MediaId, width: u32) -> Result<bool> {
    let source = name_of(id, make::SOURCE);
    let Some(content) = backend.pictures.get(&source).await? else {
        // Whoever had it before made everything, and died before saying so.
        note(backend, id, true).await?;
        return Ok(true);
    };
    for step in widths_below(width) {
        if *backend.hub.closing().borrow() {
            return Ok(false);
        }
        let (place, content) = (take_place(&BACK_ROOM).await?, content.clone());
        let made = spawn_blocking(move || {
            let _place = place;
            make::avif(&content, step)
        });
        let made = made.await.map_err(|e| Error::internal(e, "making an AVIF broke off"))??;
        backend.pictures.put(&name_of(id, &format!("{step}.avif")), made).await?;
    }
    backend.pictures.delete(&source).await?;
    note(backend, id, true).await?;
    Ok(true)
}

async fn note(backend: &Backend, id: MediaId, is_whole: bool) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    sql::set_finished(&mut tx.conn(), id, is_whole).await?;
    tx.commit().await
}
