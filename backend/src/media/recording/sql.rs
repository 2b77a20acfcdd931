//! Statements on uploaded films and sound.

use domain::{
    Locale, Timestamp,
    id::{AccountId, CampaignId, MediaId},
    media::RecordingKind,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Whether a recording can be played.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// It is on its way.
    Coming,
    Made,
    /// Its file may be deleted.
    Dropped,
}

/// A recording as the database knows it.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: MediaId,
    pub kind: Option<RecordingKind>,
    pub state: State,
    pub created_at: Timestamp,
    pub unused_since: Option<Timestamp>,
}

/// Notes a recording that is about to come, of so many bytes at most.
pub async fn insert(
    conn: &mut Conn<'_>,
    id: MediaId,
    campaign: CampaignId,
    owner: AccountId,
    bytes: i64,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into recording
             (id, campaign_id, owner_id, bytes, state, created_at, unused_since)
         values ($1, $2, $3, $4, 'coming', $5, $5)"
    )
    .bind(id)
    .bind(campaign)
    .bind(owner)
    .bind(bytes)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Notes that it can be played. False when it was given up meanwhile.
pub async fn set_made(
    conn: &mut Conn<'_>,
    id: MediaId,
    kind: RecordingKind,
    bytes: i64,
) -> Result<bool> {
    let changed = sql!(conn, |c| sqlx::query(
        "update recording set state = 'made', kind = $2, bytes = $3
          where id = $1 and state = 'coming'"
    )
    .bind(id)
    .bind(kind)
    .bind(bytes)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    Ok(changed > 0)
}

/// How many recordings a campaign keeps, and how many bytes they are; of those that are
/// coming, what began later than `since`.
pub async fn kept(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    since: Timestamp,
) -> Result<(i64, i64)> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select count(*), cast(coalesce(sum(bytes), 0) as bigint)
           from recording
          where campaign_id = $1
            and (state = 'made' or (state = 'coming' and created_at > $2))"
    )
    .bind(campaign)
    .bind(since)
    .fetch_one(c))?)
}

/// The recordings of a campaign, newest first, whether or not they can be played.
pub async fn of_campaign(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<Row>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, kind, state, created_at, unused_since
           from recording
          where campaign_id = $1 and state <> 'dropped'
          order by created_at desc, id desc"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// Writes since when nothing shows a recording.
pub async fn set_unused(conn: &mut Conn<'_>, id: MediaId, since: Option<Timestamp>) -> Result<()> {
    sql!(conn, |c| sqlx::query("update recording set unused_since = $2 where id = $1")
        .bind(id)
        .bind(since)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

pub async fn set_dropped(conn: &mut Conn<'_>, id: MediaId) -> Result<()> {
    sql!(conn, |c| sqlx::query("update recording set state = 'dropped' where id = $1")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Recordings whose files may be deleted.
pub async fn dropped(conn: &mut Conn<'_>, most: i64) -> Result<Vec<MediaId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id from recording where state = 'dropped' order by id limit $1"
    )
    .bind(most)
    .fetch_all(c))?)
}

/// Forgets a recording, and the captions of it.
pub async fn delete(conn: &mut Conn<'_>, id: MediaId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from caption where recording_id = $1")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    sql!(conn, |c| sqlx::query("delete from recording where id = $1 and state = 'dropped'")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Keeps captions of a recording.
pub async fn insert_captions(
    conn: &mut Conn<'_>,
    id: MediaId,
    recording: MediaId,
    (language, content): (Locale, &str),
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into caption (id, recording_id, language, content, created_at)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(id)
    .bind(recording)
    .bind(language)
    .bind(content)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// How many captions are kept of a recording.
pub async fn count_captions(conn: &mut Conn<'_>, recording: MediaId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select count(*) from caption where recording_id = $1")
        .bind(recording)
        .fetch_one(c))?)
}

/// Captions as they were read.
pub async fn captions(conn: &mut Conn<'_>, id: MediaId) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select content from caption where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}
