//! Pictures that nothing shows any more, or that never came whole, are forgotten with
//! their files; films and sound after them.

use domain::{
    Timestamp,
    id::{CampaignId, MediaId},
    media::{KEPT_UNUSED_DAYS, widths_below},
    time::DAY,
};
use uuid::Uuid;

use super::{
    make, name_of, recording,
    sql::{self, State},
};
use crate::{campaign::locked, context::Backend, error::Result};

/// How long an upload may take; the process that began it has died since.
const COMING_LASTS: i64 = DAY;
/// Campaigns, pictures and recordings of one statement.
const AT_ONCE: i64 = 100;

/// What becomes of a picture or a recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Stays,
    /// Something shows it again, or nothing does from now on.
    Unused(Option<Timestamp>),
    Drops,
}

/// Forgets what is due. How many pictures and recordings.
///
/// # Errors
/// When the database or the store fails; what was forgotten before stays forgotten.
pub async fn run(backend: &Backend, now: Timestamp) -> Result<u64> {
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

/// Looks at the pictures and recordings of one campaign. Its row is locked, so that none
/// comes to be shown in between.
async fn judge(backend: &Backend, campaign: CampaignId, now: Timestamp) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    locked::lock(&mut conn, &[campaign]).await?;
    let texts = sql::texts(&mut conn, campaign).await?;
    for row in sql::of_campaign(&mut conn, campaign).await? {
        let id = row.id.to_string();
        let is_shown = texts.iter().any(|text| text.contains(&id));
        let coming = (row.state == State::Coming).then_some(row.created_at);
        match fate(coming, row.unused_since, is_shown, now) {
            Fate::Stays => {}
            Fate::Unused(since) => sql::set_unused(&mut conn, row.id, since).await?,
            Fate::Drops => sql::set_dropped(&mut conn, row.id).await?,
        }
    }
    recording::judge(&mut conn, campaign, &texts, now).await?;
    tx.commit().await
}

/// What becomes of one that is on its way since `coming`, or else of one that nothing
/// shows since `unused_since`.
pub(super) fn fate(
    coming: Option<Timestamp>,
    unused_since: Option<Timestamp>,
    is_shown: bool,
    now: Timestamp,
) -> Fate {
    if let Some(since) = coming {
        let is_lost = now >= since.plus(COMING_LASTS);
        return if is_lost { Fate::Drops } else { Fate::Stays };
    }
    match (is_shown, unused_since) {
        (true, None) => Fate::Stays,
        (true, Some(_)) => Fate::Unused(None),
        (false, None) => Fate::Unused(Some(now)),
        (false, Some(since)) if now >= since.plus(KEPT_UNUSED_DAYS * DAY) => Fate::Drops,
        (false, Some(_)) => Fate::Stays,
    }
}

/// Deletes the files of what was dropped, and then the rows that name them. How many.
async fn delete(backend: &Backend) -> Result<u64> {
    let mut gone = 0;
    loop {
        let mut reader = backend.db.read().await?;
        let pictures = sql::dropped(&mut reader.conn(), AT_ONCE).await?;
        let recordings = recording::sql::dropped(&mut reader.conn(), AT_ONCE).await?;
        reader.done();
        let pictures = pictures
            .into_iter()
            .map(|(id, width)| (id, names(id, u32::try_from(width).unwrap_or(1))));
        let recordings = recordings.into_iter().map(|id| (id, recording::names(id)));
        let dropped: Vec<_> = pictures.chain(recordings).collect();
        if dropped.is_empty() {
            return Ok(gone);
        }
        for (id, names) in dropped {
            for name in names {
                backend.pictures.delete(&name).await?;
            }
            let mut tx = backend.db.begin().await?;
            // An id is that of a picture or of a recording, never of both.
            sql::delete(&mut tx.conn(), id).await?;
            recording::sql::delete(&mut tx.conn(), id).await?;
            tx.commit().await?;
            gone += 1;
        }
    }
}

/// Every file that a picture can have.
fn names(id: MediaId, width: u32) -> Vec<String> {
    let kinds = widths_below(width).flat_map(|step| ["webp", "avif"].map(|kind| (step, kind)));
    let mut names: Vec<_> =
        kinds.map(|(step, kind)| name_of(id, &format!("{step}.{kind}"))).collect();
    names.push(name_of(id, &format!("{width}.jpg")));
    names.push(name_of(id, make::SOURCE));
    names
}
