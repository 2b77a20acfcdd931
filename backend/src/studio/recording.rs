//! Films and sound of a campaign's story: who may bring one, and how many.

use domain::{
    Invalid, Locale, Problem,
    campaign::policy::{self, Edit},
    id::MediaId,
    media::{
        Captions, Recording, RecordingKind, Uncaptioned, Unplayable,
        captions::{self, MOST_CAPTIONS},
        recording::{LARGEST_RECORDING, MOST_RECORDED_BYTES, MOST_RECORDINGS},
    },
    people::Right,
    time::HOUR,
};

use super::{Desk, Runs, at_desk};
use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    media::recording::{Coming, sql, take},
};

/// How long room is held for a file that is coming; longer than any upload may take.
const HELD_FOR: i64 = HOUR;

/// Keeps a film or a sound of a campaign's story. `announced` is how many bytes its
/// sender says that are coming at most; the largest, where nothing was said.
///
/// # Errors
/// [`Error::NotFound`] for everyone but the creator; a problem of `file`; why the story
/// cannot be changed now; what the sender said.
pub async fn record(
    backend: &Backend,
    who: &Who,
    slug: &str,
    announced: Option<u64>,
    coming: Coming<'_>,
) -> Result<Recording> {
    let id = MediaId::generate();
    let announced = announced.map_or(LARGEST_RECORDING, |bytes| bytes.min(LARGEST_RECORDING));
    let announced = i64::try_from(announced.max(1)).unwrap_or(i64::MAX);
    // The row first: a file that no row names would stay for ever, and room that is
    // left is given to one at a time.
    at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
        may_record(desk)?;
        has_room(conn, desk, announced).await?;
        sql::insert(conn, id, desk.row.id, who.account, announced, desk.now).await
    })
    .await?;
    let kept = match take(&backend.pictures, id, coming).await {
        Ok((kind, length)) => {
            let bytes = i64::try_from(length).unwrap_or(i64::MAX);
            at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
                may_record(desk)?;
                let is_made = sql::set_made(conn, id, kind, bytes).await?;
                if is_made { Ok(Recording { id, kind }) } else { Err(Error::NotFound) }
            })
            .await
        }
        Err(why) => Err(why),
    };
    if kept.is_err() {
        // The room that was held for it is free again, and the next sweep deletes what
        // there may be of it.
        let mut tx = backend.db.begin().await?;
        sql::set_dropped(&mut tx.conn(), id).await?;
        tx.commit().await?;
    }
    kept
}

/// Keeps captions of a film of the campaign's. A story shows them once its block names
/// them, so that they are published with it.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page, and for another campaign's film; a
/// problem of `file`; why the story cannot be changed now.
pub async fn caption(
    backend: &Backend,
    who: &Who,
    slug: &str,
    recording: MediaId,
    (language, file): (Locale, &[u8]),
) -> Result<Captions> {
    let content = captions::read(file).map_err(Invalid::from)?;
    let id = MediaId::generate();
    at_desk(backend, who, slug, Runs::With(Right::EditPage), async |conn, desk| {
        may_record(desk)?;
        let kept = sql::of_campaign(conn, desk.row.id).await?;
        let film = kept.iter().find(|row| row.id == recording).and_then(|row| row.kind);
        if !film.is_some_and(RecordingKind::is_film) {
            return Err(Error::NotFound);
        }
        if sql::count_captions(conn, recording).await? >= MOST_CAPTIONS {
            return Err(Invalid::from(Uncaptioned::TooMany).into());
        }
        sql::insert_captions(conn, id, recording, (language, &content), desk.now).await
    })
    .await?;
    Ok(Captions { id: id.uuid(), language })
}

fn may_record(desk: &Desk) -> Result<(), Invalid> {
    match policy::campaign("story", desk.row.phase(), false) {
        Edit::Locked(lock) => {
            Err(Invalid::field("", Problem::told(|locale| lock.say(locale).to_owned())))
        }
        Edit::Free | Edit::OnlyUp(_) => Ok(()),
    }
}

async fn has_room(conn: &mut Conn<'_>, desk: &Desk, bytes: i64) -> Result<()> {
    let since = desk.now.plus(-HELD_FOR);
    let (recordings, kept) = sql::kept(conn, desk.row.id, since).await?;
    if recordings >= MOST_RECORDINGS || kept + bytes > MOST_RECORDED_BYTES {
        return Err(Invalid::from(Unplayable::TooMany).into());
    }
    Ok(())
}
