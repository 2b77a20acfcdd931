//! Statements on the life of a campaign.

use domain::{
    Timestamp,
    campaign::{Life, payout::Times},
    id::{AccountId, CampaignId},
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Live campaigns past their deadline, and those whose cards have been charged
/// to decide them.
pub async fn due(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<CampaignId>> {
    let mut due: Vec<CampaignId> = sql!(conn, |c| {
        sqlx::query_scalar(
        "select id from campaign where state = 'live' and deadline <= $1 order by deadline limit 100"
    )
    .bind(now)
    .fetch_all(c)
    })?;
    let decided: Vec<CampaignId> = sql!(conn, |c| sqlx::query_scalar(
        "select c.id
           from campaign c
          where c.state = 'deciding'
            and c.fix_until <= $1
            and not exists (select 1
                              from pledge p
                             where p.campaign_id = c.id
                               and p.state in ('pledged', 'errored', 'action_required'))
          limit 100"
    )
    .bind(now)
    .fetch_all(c))?;
    due.extend(decided);
    Ok(due)
}

/// Units of what was charged for a campaign.
pub async fn collected_units(conn: &mut Conn<'_>, id: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select cast(coalesce(sum(units), 0) as bigint)
           from pledge
          where campaign_id = $1 and state = 'collected'"
    )
    .bind(id)
    .fetch_one(c))?)
}

/// Writes where a locked campaign is now; `funded_at` always grows, see `live.rs`.
pub async fn set_life(
    conn: &mut Conn<'_>,
    id: CampaignId,
    life: &Life,
    times: &Times,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign
            set state = $2, round = $3, late = $4, frozen = $5, deadline = $6, fix_until = $7,
                payout_at = $8, state_changed_at = $9,
                funded_at = case when funded_at < $9 then $9 else funded_at + 1 end
          where id = $1"
    )
    .bind(id)
    .bind(life.state)
    .bind(life.round)
    .bind(life.late)
    .bind(life.frozen)
    .bind(life.deadline)
    .bind(times.fix_until)
    .bind(times.payout_at)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// What was planned for the launch of a campaign.
#[derive(sqlx::FromRow)]
pub struct LaunchPlan {
    pub approved_at: Option<Timestamp>,
    pub launch_at: Option<Timestamp>,
    pub days: Option<i64>,
}

pub async fn plan(conn: &mut Conn<'_>, id: CampaignId) -> Result<LaunchPlan> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select approved_at, launch_at, days from campaign where id = $1"
    )
    .bind(id)
    .fetch_one(c))?)
}

/// Notes when a campaign that was just launched began. Its popularity counts from
/// then, not from when it was first written.
pub async fn set_launch(conn: &mut Conn<'_>, id: CampaignId, at: Timestamp) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign set launched_at = $2, popularity = $2, launch_at = null where id = $1"
    )
    .bind(id)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes why a campaign was stopped, or that it no longer is.
pub async fn set_reason(conn: &mut Conn<'_>, id: CampaignId, reason: Option<&str>) -> Result<()> {
    sql!(conn, |c| sqlx::query("update campaign set reason = $2 where id = $1")
        .bind(id)
        .bind(reason)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Why a campaign was stopped.
pub async fn reason(conn: &mut Conn<'_>, id: CampaignId) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select reason from campaign where id = $1")
        .bind(id)
        .fetch_one(c))?)
}

/// The campaign of this address.
pub async fn id(conn: &mut Conn<'_>, slug: &str) -> Result<Option<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select id from campaign where slug = $1")
        .bind(slug)
        .fetch_optional(c))?)
}

/// The campaign of this address, and whose it is.
pub async fn owner(conn: &mut Conn<'_>, slug: &str) -> Result<Option<(CampaignId, AccountId)>> {
    Ok(sql!(conn, |c| sqlx::query_as("select id, creator_id from campaign where slug = $1")
        .bind(slug)
        .fetch_optional(c))?)
}

/// Writes one letter to everybody whose pledge to a campaign is in these books,
/// in one statement however many there are. The letter is the same for all but
/// for the total, which stands between `head` and `tail`; its id is the pledge's,
/// so that nobody gets two.
pub async fn write_to_backers(
    conn: &mut Conn<'_>,
    id: CampaignId,
    kind: &str,
    (head, tail): (&str, &str),
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into mail (id, recipient, locale, kind, data, created_at, next_at, attempts)
         select p.id, a.email, a.locale, $2, $3 || cast(p.total as text) || $4, $5, $5, 0
           from pledge p
           join account a on a.id = p.backer_id
          where p.campaign_id = $1
            and p.state not in ('authentication_required', 'refunded', 'cancelled', 'expired')
            and (p.timing = 'at_deadline' or p.state = 'collected')
         on conflict (id) do nothing"
    )
    .bind(id)
    .bind(kind)
    .bind(head)
    .bind(tail)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}
