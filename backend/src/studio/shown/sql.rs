//! Statements on what changed beside the texts of a page.

use domain::{Timestamp, campaign::shelf::ShelfChangeKind, id::CampaignId};
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
