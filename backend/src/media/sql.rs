//! Statements on uploaded pictures.

use domain::{
    Timestamp,
    id::{AccountId, CampaignId, MediaId},
    media::Picture,
};
use futures::TryFutureExt as _;

use super::make::Made;
use crate::{db::Conn, error::Result};

/// Where the files of a picture are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// They are being written.
    Coming,
    /// Every page can show it.
    Made,
    /// Those that take longer are there, too.
    Finished,
    /// They may be deleted.
    Dropped,
}

/// A picture as the database knows it.
#[derive(sqlx::FromRow)]
pub struct Row {
    pub id: MediaId,
    pub width: i64,
    pub height: i64,
    pub alt: String,
    pub blur: String,
    pub state: State,
    pub created_at: Timestamp,
    pub unused_since: Option<Timestamp>,
}

impl Row {
    /// Whether pages may show it.
    pub fn is_there(&self) -> bool {
        matches!(self.state, State::Made | State::Finished)
    }

    pub fn into_picture(self) -> Picture {
        let side = |side| u32::try_from(side).unwrap_or(1);
        Picture {
            id: self.id,
            width: side(self.width),
            height: side(self.height),
            blur: self.blur,
            alt: self.alt,
        }
    }
}

/// A picture that is about to be kept.
pub struct New<'a> {
    pub id: MediaId,
    pub campaign: CampaignId,
    pub owner: AccountId,
    pub made: &'a Made,
    pub alt: &'a str,
    /// Of the file as it came.
    pub bytes: i64,
}

/// Notes a picture whose files are about to be written.
pub async fn insert(conn: &mut Conn<'_>, new: &New<'_>, now: Timestamp) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into media
             (id, campaign_id, owner_id, kind, width, height, alt, blur, bytes, state, created_at,
              unused_since)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'coming', $10, $10)"
    )
    .bind(new.id)
    .bind(new.campaign)
    .bind(new.owner)
    .bind(new.made.kind.key())
    .bind(i64::from(new.made.width))
    .bind(i64::from(new.made.height))
    .bind(new.alt)
    .bind(&new.made.blur)
    .bind(new.bytes)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Notes that every page can show it, and that the rest is to be made.
pub async fn set_made(conn: &mut Conn<'_>, id: MediaId, now: Timestamp) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update media set state = 'made', work_at = $2 where id = $1 and state = 'coming'"
    )
    .bind(id)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn set_alt(conn: &mut Conn<'_>, id: MediaId, alt: &str) -> Result<()> {
    sql!(conn, |c| sqlx::query("update media set alt = $2 where id = $1")
        .bind(id)
        .bind(alt)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// The pictures of a campaign, newest first.
pub async fn of_campaign(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<Row>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, width, height, alt, blur, state, created_at, unused_since
           from media
          where campaign_id = $1 and state <> 'dropped'
          order by created_at desc, id desc"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// How many pictures a campaign keeps, and how many bytes of files they were.
pub async fn kept(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<(i64, i64)> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select count(*), cast(coalesce(sum(bytes), 0) as bigint)
           from media
          where campaign_id = $1 and state <> 'dropped'"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

/// Writes what a campaign shows; without a picture, its `image` is shown.
pub async fn set_picture(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    picture: Option<&Picture>,
) -> Result<()> {
    let picture = picture.map(serde_json::to_string).transpose()?;
    sql!(conn, |c| sqlx::query("update campaign set picture = $2 where id = $1")
        .bind(campaign)
        .bind(picture)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Takes a picture whose rest is to be made, so that nobody else does until `until`:
/// its id, its width, and how often it was tried before.
pub async fn take(
    conn: &mut Conn<'_>,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<(MediaId, i64, i64)>> {
    // Whoever waited for the row sees that it is taken.
    Ok(sql!(conn, |c| sqlx::query_as(
        "update media
            set work_at = $2, tries = tries + 1
          where id = (select id from media where work_at <= $1 order by work_at limit 1)
            and work_at <= $1
         returning id, width, tries"
    )
    .bind(now)
    .bind(until)
    .fetch_optional(c))?)
}

/// Notes that nothing is left to be made of a picture, or that it is given up.
pub async fn set_finished(conn: &mut Conn<'_>, id: MediaId, is_whole: bool) -> Result<()> {
    let statement = if is_whole {
        "update media set state = 'finished', work_at = null where id = $1 and state = 'made'"
    } else {
        "update media set work_at = null where id = $1"
    };
    sql!(conn, |c| sqlx::query(statement).bind(id).execute(c).map_ok(drop))?;
    Ok(())
}

/// Campaigns with pictures or recordings, in the order of their ids, from behind one of them on.
pub async fn campaigns(
    conn: &mut Conn<'_>,
    after: CampaignId,
    most: i64,
) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select campaign_id
           from media
          where campaign_id > $1 and state <> 'dropped'
          union
         select campaign_id
           from recording
          where campaign_id > $1 and state <> 'dropped'
          order by campaign_id
          limit $2"
    )
    .bind(after)
    .bind(most)
    .fetch_all(c))?)
}

/// Every text of a campaign that can name a picture. What keeps one elsewhere adds its
/// own here, or the picture is swept away.
pub async fn texts(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for statement in [
        "select coalesce(picture, '') from campaign where id = $1",
        "select story from campaign where id = $1",
        "select coalesce(image, '') from reward where campaign_id = $1",
        "select story from unsaved_story where campaign_id = $1",
        "select story_html from campaign where id = $1",
        "select page from campaign_version where campaign_id = $1",
        "select page from change_set where campaign_id = $1 and state in ('asked', 'scheduled')",
    ] {
        let found: Vec<String> =
            sql!(conn, |c| sqlx::query_scalar(statement).bind(campaign).fetch_all(c))?;
        texts.extend(found);
    }
    // A document that is being written holds its texts as they are, each in one piece.
    for statement in [
        "select whole from story where campaign_id = $1",
        "select change from story_update where campaign_id = $1",
    ] {
        let found: Vec<Vec<u8>> =
            sql!(conn, |c| sqlx::query_scalar(statement).bind(campaign).fetch_all(c))?;
        texts.extend(found.iter().map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
    }
    Ok(texts)
}

/// Writes since when nothing shows a picture.
pub async fn set_unused(conn: &mut Conn<'_>, id: MediaId, since: Option<Timestamp>) -> Result<()> {
    sql!(conn, |c| sqlx::query("update media set unused_since = $2 where id = $1")
        .bind(id)
        .bind(since)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

pub async fn set_dropped(conn: &mut Conn<'_>, id: MediaId) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update media set state = 'dropped', work_at = null where id = $1"
    )
    .bind(id)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Pictures whose files may be deleted, and how wide they are.
pub async fn dropped(conn: &mut Conn<'_>, most: i64) -> Result<Vec<(MediaId, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, width from media where state = 'dropped' order by id limit $1"
    )
    .bind(most)
    .fetch_all(c))?)
}

pub async fn delete(conn: &mut Conn<'_>, id: MediaId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from media where id = $1 and state = 'dropped'")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}
