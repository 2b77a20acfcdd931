//! Statements of the demonstration.

use domain::{
    Currency, Timestamp,
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

/// When the demonstration was seeded or last moved on, as [`claim`] wrote it.
pub async fn seeded_at(conn: &mut Conn<'_>) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select value from setting where name = 'demo_seeded_at'"
    )
    .fetch_optional(c))?)
}

/// Notes that it was moved on. `false` when another process did so since.
pub async fn reclaim(conn: &mut Conn<'_>, before: &str, now: Timestamp) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query(
        "update setting set value = $2 where name = 'demo_seeded_at' and value = $1"
    )
    .bind(before)
    .bind(now.rfc3339())
    .execute(c)
    .map_ok(|done| done.rows_affected() == 1))?)
}

/// Whether there are campaigns, or accounts other than these two.
pub async fn holds_anything(conn: &mut Conn<'_>, but: [&str; 2]) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1 from campaign)
             or exists (select 1 from account where email not in ($1, $2))"
    )
    .bind(but[0])
    .bind(but[1])
    .fetch_one(c))?)
}

/// How many campaigns of the demonstration end between these instants.
pub async fn ending(conn: &mut Conn<'_>, from: Timestamp, to: Timestamp) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*)
           from campaign
          where external_ref like 'demo:%' and state = 'live' and deadline > $1 and deadline <= $2"
    )
    .bind(from)
    .bind(to)
    .fetch_one(c))?)
}

/// Moves the campaigns of the demonstration, but not those of the past, and
/// opens those again that the clock had closed and whose deadline lies ahead
/// now. One whose pledges were charged or refunded since stays as it ended: its
/// books are closed. Gives what was moved.
pub async fn move_campaigns(
    conn: &mut Conn<'_>,
    micros: i64,
    now: Timestamp,
) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "update campaign
            set state = case when state in ('successful', 'failed') and deadline + $1 > $2
                             then 'live' else state end,
                fix_until = case when state in ('successful', 'failed') and deadline + $1 > $2
                                 then null else fix_until + $1 end,
                payout_at = case when state in ('successful', 'failed') and deadline + $1 > $2
                                 then null else payout_at + $1 end,
                late = case when state in ('successful', 'failed') and deadline + $1 > $2
                            then 'none' else late end,
                launched_at = launched_at + $1, deadline = deadline + $1,
                created_at = created_at + $1, state_changed_at = state_changed_at + $1,
                popularity = popularity + $1, version = version + 1,
                funded_at = case when funded_at < $2 then $2 else funded_at + 1 end
          where external_ref like 'demo:%' and opening_source is null
            and paid_out_at is null
            and not exists (select 1
                              from pledge
                             where pledge.campaign_id = campaign.id
                               and pledge.timing = 'at_deadline'
                               and pledge.state not in ('authentication_required', 'pledged',
                                                        'cancelled', 'dropped', 'expired'))
        returning id"
    )
    .bind(micros)
    .bind(now)
    .fetch_all(c))?)
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

/// Whether a campaign takes pledges.
pub async fn is_live(conn: &mut Conn<'_>, id: CampaignId) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select state = 'live' from campaign where id = $1")
        .bind(id)
        .fetch_one(c))?)
}
