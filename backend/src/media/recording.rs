//! Films and sound that people upload: kept as they came once their content says what
//! they are, played piece by piece, and forgotten when nothing shows them any more.
//!
//! Who may upload is decided in `studio::recording`.

pub(crate) mod sql;

use bytes::Bytes;
use domain::{
    Timestamp,
    id::{CampaignId, MediaId},
    media::{KEPT_UNUSED_DAYS, Recording, RecordingKind, Unplayable, recording::LARGEST_RECORDING},
    time::DAY,
};
use futures::{Stream, StreamExt as _};
use uuid::Uuid;

use super::{Store, container::Inspector, name_of, store::Incoming};
use crate::{
    campaign::locked,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    media,
};

/// How long an upload may take; the process that began it has died since.
const COMING_LASTS: i64 = DAY;
/// Campaigns, and recordings, of one statement.
const AT_ONCE: i64 = 100;

/// The bytes of an upload as they come; whoever sends them says what went wrong.
pub type Coming<'a> = &'a mut (dyn Stream<Item = Result<Bytes>> + Send + Unpin);

/// The recordings of a campaign that can be played, newest first.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_campaign(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
) -> Result<Vec<Recording>> {
    let rows = sql::of_campaign(conn, campaign).await?;
    let made = rows.into_iter().filter(|row| row.state == sql::State::Made);
    Ok(made.filter_map(|row| Some(Recording { id: row.id, kind: row.kind? })).collect())
}

/// Where the file of a recording lies in the store.
#[must_use]
pub fn file_of(recording: &Recording) -> String {
    name_of(recording.id, &format!("recording.{}", recording.kind.key()))
}

/// Writes a file to the store while it is looked at: what it is, and its length in
/// bytes. Nothing stays of one that is none.
///
/// # Errors
/// A problem of `file` when it cannot be played; what the sender said; when the store
/// fails.
pub(crate) async fn take(
    store: &Store,
    id: MediaId,
    coming: Coming<'_>,
) -> Result<(RecordingKind, u64)> {
    let mut inspector = Inspector::default();
    // What came before it was known what it is.
    let mut first = Vec::new();
    let (mut length, mut incoming) = (0_u64, None);
    let taken = async {
        while let Some(bytes) = coming.next().await {
            let bytes = bytes?;
            length += bytes.len() as u64;
            if length > LARGEST_RECORDING {
                return Err(refused(Unplayable::TooLarge));
            }
            inspector.read(&bytes).map_err(refused)?;
            match (&mut incoming, inspector.kind()) {
                (Some(incoming), _) => Incoming::write(incoming, bytes).await?,
                (None, None) => first.extend_from_slice(&bytes),
                (None, Some(kind)) => {
                    let mut begun = store.begin(&file_of(&Recording { id, kind })).await?;
                    begun.write(Bytes::from(std::mem::take(&mut first))).await?;
                    begun.write(bytes).await?;
                    incoming = Some(begun);
                }
            }
        }
        inspector.finish().map_err(refused)
    };
    match (taken.await, incoming) {
        (Ok(kind), Some(incoming)) => {
            incoming.finish().await?;
            Ok((kind, length))
        }
        (Ok(_), None) => Err(refused(Unplayable::Unknown)),
        (Err(why), incoming) => {
            if let Some(incoming) = incoming {
                incoming.forget().await;
            }
            Err(why)
        }
    }
}

fn refused(why: Unplayable) -> Error {
    Error::Invalid(why.into())
}

/// Forgets what nothing shows, and what never came whole. How many.
///
/// # Errors
/// When the database or the store fails; what was forgotten before stays forgotten.
pub(super) async fn sweep(backend: &Backend, now: Timestamp) -> Result<u64> {
    let mut after = CampaignId::from_uuid(Uuid::nil());
    loop {
        let mut reader = backend.db.read().await?;
        let campaigns = sql::campaigns(&mut reader.conn(), after, AT_ONCE).await?;
        reader.done();
        let Some(last) = campaigns.last() else { break };
        after = *last;
        for campaign in campaigns {
            judge(backend, campaign, now).await?;
        }
    }
    delete(backend).await
}

/// Looks at the recordings of one campaign. Its row is locked, so that none comes to be
/// shown in between.
async fn judge(backend: &Backend, campaign: CampaignId, now: Timestamp) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    locked::lock(&mut conn, &[campaign]).await?;
    let texts = media::sql::texts(&mut conn, campaign).await?;
    for row in sql::of_campaign(&mut conn, campaign).await? {
        let id = row.id.to_string();
        let is_shown = texts.iter().any(|text| text.contains(&id));
        let is_over = |since: Timestamp| now >= since.plus(KEPT_UNUSED_DAYS * DAY);
        match (row.state, is_shown, row.unused_since) {
            (sql::State::Coming, ..) if now < row.created_at.plus(COMING_LASTS) => {}
            (sql::State::Coming, ..) => sql::set_dropped(&mut conn, row.id).await?,
            (_, true, Some(_)) => sql::set_unused(&mut conn, row.id, None).await?,
            (_, false, None) => sql::set_unused(&mut conn, row.id, Some(now)).await?,
            (_, false, Some(since)) if is_over(since) => {
                sql::set_dropped(&mut conn, row.id).await?;
            }
            _ => {}
        }
    }
    tx.commit().await
}

/// Deletes the files of what was dropped, and then the rows that name them.
async fn delete(backend: &Backend) -> Result<u64> {
    let mut gone = 0;
    loop {
        let mut reader = backend.db.read().await?;
        let dropped = sql::dropped(&mut reader.conn(), AT_ONCE).await?;
        reader.done();
        if dropped.is_empty() {
            return Ok(gone);
        }
        for id in dropped {
            for kind in RecordingKind::ALL {
                backend.pictures.delete(&file_of(&Recording { id, kind })).await?;
            }
            let mut tx = backend.db.begin().await?;
            sql::delete(&mut tx.conn(), id).await?;
            tx.commit().await?;
            gone += 1;
        }
    }
}
