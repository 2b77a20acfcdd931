//! Films and sound that people upload: kept as they came once their content says what
//! they are, played piece by piece, and forgotten when nothing shows them any more.
//!
//! Who may upload is decided in `studio::recording`.

pub(crate) mod sql;

use bytes::Bytes;
use domain::{
    Timestamp,
    id::{CampaignId, MediaId},
    media::{Recording, RecordingKind, Unplayable, recording::LARGEST_RECORDING},
};
use futures::{Stream, StreamExt as _};

use super::{
    Store,
    container::Inspector,
    name_of,
    store::Incoming,
    sweep::{self, Fate},
};
use crate::{
    db::{Conn, Db},
    error::{Error, Result},
};

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

/// Captions, as they were read.
///
/// # Errors
/// [`Error::NotFound`] without such captions; when the database fails.
pub async fn captions(db: &Db, id: MediaId) -> Result<String> {
    let mut reader = db.read().await?;
    let content = sql::captions(&mut reader.conn(), id).await?;
    reader.done();
    content.ok_or(Error::NotFound)
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

/// Looks at the recordings of one campaign, whose row is locked, and which holds these
/// texts.
pub(super) async fn judge(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    texts: &[String],
    now: Timestamp,
) -> Result<()> {
    for row in sql::of_campaign(conn, campaign).await? {
        let id = row.id.to_string();
        let is_shown = texts.iter().any(|text| text.contains(&id));
        let coming = (row.state == sql::State::Coming).then_some(row.created_at);
        match sweep::fate(coming, row.unused_since, is_shown, now) {
            Fate::Stays => {}
            Fate::Unused(since) => sql::set_unused(conn, row.id, since).await?,
            Fate::Drops => sql::set_dropped(conn, row.id).await?,
        }
    }
    Ok(())
}

/// Every file that a recording can have.
pub(super) fn names(id: MediaId) -> Vec<String> {
    RecordingKind::ALL.into_iter().map(|kind| file_of(&Recording { id, kind })).collect()
}
