//! Statements on the documents of pages, and on what was published of them.

use domain::{
    Timestamp,
    id::{AccountId, CampaignId, SessionId},
};
use futures::TryFutureExt as _;
use sqlx::PgConnection;

use crate::{db::Conn, error::Result};

/// A document as it was written down last.
#[derive(sqlx::FromRow)]
pub struct Kept {
    pub whole: Vec<u8>,
    /// Of the last update in `whole`.
    pub whole_number: i64,
}

pub async fn kept(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Option<Kept>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select whole, whole_number from story where campaign_id = $1"
    )
    .bind(campaign)
    .fetch_optional(c))?)
}

/// Writes a first document, unless another process was quicker.
pub async fn begin(conn: &mut Conn<'_>, campaign: CampaignId, whole: &[u8]) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into story (campaign_id, number, whole, whole_number)
         values ($1, 0, $2, 0)
             on conflict (campaign_id) do nothing"
    )
    .bind(campaign)
    .bind(whole)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// What was changed after this number, in order.
pub async fn after(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
) -> Result<Vec<(i64, Vec<u8>)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select number, change
           from story_update
          where campaign_id = $1 and number > $2
          order by number"
    )
    .bind(campaign)
    .bind(number)
    .fetch_all(c))?)
}

/// Takes so many numbers, the last of which is returned. Whoever has them holds the
/// document until they commit.
pub async fn take_numbers(conn: &mut Conn<'_>, campaign: CampaignId, count: i64) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "update story set number = number + $2 where campaign_id = $1 returning number"
    )
    .bind(campaign)
    .bind(count)
    .fetch_one(c))?)
}

pub async fn insert_update(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
    change: &[u8],
    account: Option<AccountId>,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into story_update (campaign_id, number, change, account_id, at)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(campaign)
    .bind(number)
    .bind(change)
    .bind(account)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Takes updates up into the whole, if it is still the last one that is known here.
pub async fn compact(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
    whole: &[u8],
) -> Result<()> {
    let changed = sql!(conn, |c| sqlx::query(
        "update story set whole = $3, whole_number = $2 where campaign_id = $1 and number = $2"
    )
    .bind(campaign)
    .bind(number)
    .bind(whole)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    if changed == 1 {
        sql!(conn, |c| sqlx::query(
            "delete from story_update where campaign_id = $1 and number <= $2"
        )
        .bind(campaign)
        .bind(number)
        .execute(c)
        .map_ok(drop))?;
    }
    Ok(())
}

/// Writes what visitors read of a page.
pub async fn set_told(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    told: &super::told::Told,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign
            set title = $2, subtitle = $3, search_text = $4, story = $5, story_html = $6
          where id = $1"
    )
    .bind(campaign)
    .bind(&told.title)
    .bind(&told.subtitle)
    .bind(&told.search_text)
    .bind(&told.story)
    .bind(&told.story_html)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// A version, with the name of who published it.
#[derive(sqlx::FromRow)]
pub struct VersionRow {
    pub number: i64,
    pub page: String,
    pub name: Option<String>,
    pub at: Timestamp,
}

/// The latest versions, newest first.
pub async fn versions(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    most: i64,
) -> Result<Vec<VersionRow>> {
    versions_until(conn, campaign, i64::MAX, most).await
}

/// The same, from this one on back.
pub async fn versions_until(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
    most: i64,
) -> Result<Vec<VersionRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select v.number, v.page, a.name, v.at
           from campaign_version v
           left join account a on a.id = v.account_id
          where v.campaign_id = $1 and v.number <= $2
          order by v.number desc
          limit $3"
    )
    .bind(campaign)
    .bind(number)
    .bind(most)
    .fetch_all(c))?)
}

pub async fn version(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
) -> Result<Option<VersionRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select v.number, v.page, a.name, v.at
           from campaign_version v
           left join account a on a.id = v.account_id
          where v.campaign_id = $1 and v.number = $2"
    )
    .bind(campaign)
    .bind(number)
    .fetch_optional(c))?)
}

/// Writes a version down, and that it is the newest.
pub async fn insert_version(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
    page: &str,
    account: Option<AccountId>,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into campaign_version (campaign_id, number, page, account_id, at)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(campaign)
    .bind(number)
    .bind(page)
    .bind(account)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    sql!(conn, |c| sqlx::query(
        "update campaign set page_version = $2, page_drawn = page_drawn + 1 where id = $1"
    )
    .bind(campaign)
    .bind(number)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes a page that says what it said, but shows rewards that are others now.
pub async fn set_drawn(conn: &mut Conn<'_>, campaign: CampaignId, html: &str) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign set story_html = $2, page_drawn = page_drawn + 1 where id = $1"
    )
    .bind(campaign)
    .bind(html)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes a story as it was typed, which says what stands there already.
pub async fn set_typed(conn: &mut Conn<'_>, campaign: CampaignId, story: &str) -> Result<()> {
    sql!(conn, |c| sqlx::query("update campaign set story = $2 where id = $1")
        .bind(campaign)
        .bind(story)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Whether this browser is still signed in.
pub async fn is_signed_in(conn: &mut Conn<'_>, session: SessionId, now: Timestamp) -> Result<bool> {
    let found: Option<SessionId> = sql!(conn, |c| sqlx::query_scalar(
        "select id from session where id = $1 and expires_at > $2"
    )
    .bind(session)
    .bind(now)
    .fetch_optional(c))?;
    Ok(found.is_some())
}

/// Tells the other processes when the transaction commits.
pub async fn notify(connection: &mut PgConnection, channel: &str, payload: &str) -> Result<()> {
    sqlx::query("select pg_notify($1, $2)").bind(channel).bind(payload).execute(connection).await?;
    Ok(())
}
