//! Statements of the demonstration.

use domain::{
    Currency, Timestamp,
    campaign::CampaignState,
    id::{AccountId, CampaignId},
    slug::Slug,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Marks the demonstration as seeded. `false` when it was before; another
/// process that is at it is waited for.
pub async fn claim(conn: &mut Conn<'_>, start: Timestamp) -> Result<bool> {
    Ok(sql!(conn, |c| {
        sqlx::query(
        "insert into setting (name, value) values ('demo_seeded_at', $1) on conflict (name) do nothing"
    )
    .bind(start.rfc3339())
    .execute(c)
    .map_ok(|done| done.rows_affected() == 1)
    })?)
}

/// The account of this address.
pub async fn account(conn: &mut Conn<'_>, email: &str) -> Result<Option<AccountId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select id from account where email = $1")
        .bind(email)
        .fetch_optional(c))?)
}

/// Gives an account its display name.
pub async fn rename(conn: &mut Conn<'_>, id: AccountId, name: &str) -> Result<()> {
    sql!(conn, |c| sqlx::query("update account set name = $2 where id = $1")
        .bind(id)
        .bind(name)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Ends a campaign as its creator or the operator would.
pub async fn stop(
    conn: &mut Conn<'_>,
    id: CampaignId,
    state: CampaignState,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| {
        sqlx::query(
        "update campaign set state = $2, state_changed_at = $3, funded_at = $3, version = version + 1 where id = $1"
    )
    .bind(id)
    .bind(state)
    .bind(at)
    .execute(c)
    .map_ok(drop)
    })?;
    Ok(())
}

/// Takes back the letters to people who do not exist.
pub async fn forget_letters(conn: &mut Conn<'_>) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from mail where recipient like '%@demo.example.org'")
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// A campaign of the demonstration that takes pledges.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Live {
    pub id: CampaignId,
    pub slug: Slug,
    pub currency: Currency,
    pub country: Option<String>,
    pub popularity: i64,
}

/// The demonstration's campaigns that take pledges now. Imported campaigns are
/// not among them: nobody's record is added to.
pub async fn live(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<Live>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, slug, currency, country, popularity
           from campaign
          where external_ref like 'demo:%' and state = 'live' and deadline > $1
          order by number"
    )
    .bind(now)
    .fetch_all(c))?)
}
