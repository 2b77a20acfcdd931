//! Statements on what is told of rewards.

use domain::{
    Locale, Timestamp,
    email::EmailAddress,
    id::{CampaignId, PledgeId, RewardId},
    reward::Wording,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

pub async fn insert(
    conn: &mut Conn<'_>,
    reward: RewardId,
    number: i64,
    wording: &Wording,
    at: Timestamp,
    free_until: Option<Timestamp>,
) -> Result<()> {
    let wording = serde_json::to_string(wording)?;
    sql!(conn, |c| sqlx::query(
        "insert into reward_wording (reward_id, number, wording, at, free_until)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(reward)
    .bind(number)
    .bind(&wording)
    .bind(at)
    .bind(free_until)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// One wording, as JSON.
pub async fn wording(conn: &mut Conn<'_>, reward: RewardId, number: i64) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select wording from reward_wording where reward_id = $1 and number = $2"
    )
    .bind(reward)
    .bind(number)
    .fetch_optional(c))?)
}

/// Forgets what was told of a reward that nobody has.
pub async fn delete(conn: &mut Conn<'_>, reward: RewardId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from reward_wording where reward_id = $1")
        .bind(reward)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Somebody who has a reward.
#[derive(sqlx::FromRow)]
pub struct Backer {
    pub pledge: PledgeId,
    pub email: EmailAddress,
    pub locale: Locale,
}

/// Whoever has a reward or an add-on, and chose it under an older number than this.
pub async fn backers(conn: &mut Conn<'_>, reward: RewardId, number: i64) -> Result<Vec<Backer>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select p.id as pledge, a.email, a.locale
           from pledge_item i
           join pledge p on p.id = i.pledge_id
           join account a on a.id = p.backer_id
          where i.reward_id = $1
            and i.wording < $2
            and p.state in ('pledged', 'collected', 'errored', 'action_required')
          order by p.placed_at"
    )
    .bind(reward)
    .bind(number)
    .fetch_all(c))?)
}

/// Something of a pledge that is told otherwise than when it was chosen.
#[derive(sqlx::FromRow)]
pub struct Retold {
    pub reward_id: RewardId,
    /// As it was called.
    pub title: String,
    pub chosen: i64,
    pub now: i64,
}

/// What of a pledge is told otherwise now.
pub async fn of_pledge(conn: &mut Conn<'_>, pledge: PledgeId) -> Result<Vec<Retold>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select i.reward_id, i.title, i.wording as chosen, r.wording as now
           from pledge_item i
           join reward r on r.id = i.reward_id
          where i.pledge_id = $1
            and r.wording > i.wording
          order by case i.kind when 'reward' then 0 else 1 end, i.title"
    )
    .bind(pledge)
    .fetch_all(c))?)
}

/// Until when a pledge may be taken back because of a material change, if there was one
/// since.
pub async fn free_until(conn: &mut Conn<'_>, pledge: PledgeId) -> Result<Option<Timestamp>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select max(w.free_until)
           from pledge_item i
           join reward_wording w on w.reward_id = i.reward_id and w.number > i.wording
          where i.pledge_id = $1"
    )
    .bind(pledge)
    .fetch_one(c))?)
}

/// A wording in the list that everybody may read.
#[derive(sqlx::FromRow)]
pub struct Public {
    pub reward_id: RewardId,
    pub wording: String,
    pub at: Timestamp,
}

/// What was told of a campaign's rewards, without secret ones; each in its order.
pub async fn of_campaign(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    most: i64,
) -> Result<Vec<Public>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select w.reward_id, w.wording, w.at
           from reward r
           join reward_wording w on w.reward_id = r.id
          where r.campaign_id = $1
            and r.secret is null
          order by r.position, r.id, w.number
          limit $2"
    )
    .bind(campaign)
    .bind(most)
    .fetch_all(c))?)
}
