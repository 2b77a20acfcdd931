//! Statements on what changed beside the texts of a page.

use domain::{
    Timestamp,
    campaign::shelf::ShelfChangeKind,
    id::{AccountId, CampaignId},
    story::view::Moment,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Counts a change, and gives its number.
pub async fn turn(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "update campaign set shelf_version = shelf_version + 1 where id = $1
         returning shelf_version"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

pub async fn insert(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    number: i64,
    (kind, title): (ShelfChangeKind, &str),
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into shelf_change (campaign_id, number, kind, title, at)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(campaign)
    .bind(number)
    .bind(kind)
    .bind(title)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// One change.
#[derive(sqlx::FromRow)]
pub struct ChangeRow {
    pub kind: ShelfChangeKind,
    pub title: String,
    pub at: Timestamp,
}

/// The last changes, newest first.
pub async fn changes(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<ChangeRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select kind, title, at
           from shelf_change
          where campaign_id = $1
          order by number desc
          limit 200"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// The version that visitors read, and how often something beside it was changed.
pub async fn stand(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<(i64, i64)> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select page_version, shelf_version from campaign where id = $1"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

/// How everything stood beside the texts since a change, with the name of who made it.
#[derive(sqlx::FromRow)]
pub struct ShelfRow {
    pub version: i64,
    pub step: i64,
    pub shelf: String,
    pub name: Option<String>,
    pub at: Timestamp,
}

/// The latest changes, newest first.
pub async fn shelves(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    most: i64,
) -> Result<Vec<ShelfRow>> {
    shelves_until(conn, campaign, Moment { version: i64::MAX, step: 0 }, most).await
}

/// The same, from this moment on back.
pub async fn shelves_until(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    moment: Moment,
    most: i64,
) -> Result<Vec<ShelfRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select s.version, s.step, s.shelf, a.name, s.at
           from campaign_shelf s
           left join account a on a.id = s.account_id
          where s.campaign_id = $1
            and (s.version < $2 or (s.version = $2 and s.step <= $3))
          order by s.version desc, s.step desc
          limit $4"
    )
    .bind(campaign)
    .bind(moment.version)
    .bind(moment.step)
    .bind(most)
    .fetch_all(c))?)
}

pub async fn insert_shelf(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    moment: Moment,
    shelf: &str,
    account: Option<AccountId>,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into campaign_shelf (campaign_id, version, step, shelf, account_id, at)
         values ($1, $2, $3, $4, $5, $6)"
    )
    .bind(campaign)
    .bind(moment.version)
    .bind(moment.step)
    .bind(shelf)
    .bind(account)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}
