//! Statements on change sets.

use domain::{
    Locale, Timestamp,
    account::Role,
    email::EmailAddress,
    id::{AccountId, CampaignId, ChangeSetId},
    story::change_set::SetState,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// A change set to insert.
pub struct New<'a> {
    pub id: ChangeSetId,
    pub campaign: CampaignId,
    pub state: SetState,
    pub page: &'a str,
    pub base: i64,
    pub publish_at: Option<Timestamp>,
    pub author: AccountId,
    pub at: Timestamp,
}

pub async fn insert(conn: &mut Conn<'_>, new: &New<'_>) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into change_set
             (id, campaign_id, state, page, base, publish_at, author_id, at, remark)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '')"
    )
    .bind(new.id)
    .bind(new.campaign)
    .bind(new.state)
    .bind(new.page)
    .bind(new.base)
    .bind(new.publish_at)
    .bind(new.author)
    .bind(new.at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// A change set with the names of who is in it.
#[derive(sqlx::FromRow)]
pub struct SetRow {
    pub id: ChangeSetId,
    pub campaign_id: CampaignId,
    pub state: SetState,
    pub page: String,
    pub base: i64,
    pub publish_at: Option<Timestamp>,
    pub author_id: AccountId,
    pub author: String,
    pub email: EmailAddress,
    pub locale: Locale,
    pub role: Role,
    pub judge: Option<String>,
    pub remark: String,
    pub reason: Option<String>,
    pub at: Timestamp,
}

/// The last change set of a campaign, unless it was followed by a version or was taken
/// back.
pub async fn last(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Option<SetRow>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select s.id, s.campaign_id, s.state, s.page, s.base, s.publish_at, s.author_id,
                a.name as author, a.email, a.locale, a.role, j.name as judge, s.remark,
                s.reason, s.at
           from change_set s
           join account a on a.id = s.author_id
           left join account j on j.id = s.judge_id
          where s.campaign_id = $1
            and (s.state in ('asked', 'scheduled')
                 or s.state in ('returned', 'refused')
                and not exists (select 1
                                  from change_set later
                                 where later.campaign_id = s.campaign_id
                                   and later.at > s.at)
                and not exists (select 1
                                  from campaign_version v
                                 where v.campaign_id = s.campaign_id
                                   and v.at > s.ended_at))
          order by case when s.state in ('asked', 'scheduled') then 0 else 1 end, s.at desc, s.id desc
          limit 1"
    )
    .bind(campaign)
    .fetch_optional(c)
    })?)
}

pub async fn by_id(conn: &mut Conn<'_>, id: ChangeSetId) -> Result<Option<SetRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select s.id, s.campaign_id, s.state, s.page, s.base, s.publish_at, s.author_id,
                a.name as author, a.email, a.locale, a.role, j.name as judge, s.remark,
                s.reason, s.at
           from change_set s
           join account a on a.id = s.author_id
           left join account j on j.id = s.judge_id
          where s.id = $1"
    )
    .bind(id)
    .fetch_optional(c))?)
}

/// Change sets whose time has come.
pub async fn due(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<(ChangeSetId, CampaignId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, campaign_id
           from change_set
          where state = 'scheduled' and publish_at <= $1
          order by publish_at
          limit 100"
    )
    .bind(now)
    .fetch_all(c))?)
}

/// What somebody has said to a change set, or why it could not be published.
#[derive(Default)]
pub struct Word<'a> {
    pub judge: Option<AccountId>,
    pub remark: &'a str,
    pub reason: Option<String>,
}

/// Writes where a change set stands now; its campaign is locked. When it ended is written
/// where it did.
pub async fn set_state(
    conn: &mut Conn<'_>,
    id: ChangeSetId,
    state: SetState,
    word: &Word<'_>,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update change_set
            set state = $2, judge_id = coalesce($3, judge_id),
                remark = case when $4 = '' then remark else $4 end,
                reason = $5, ended_at = $6
          where id = $1"
    )
    .bind(id)
    .bind(state)
    .bind(word.judge)
    .bind(word.remark)
    .bind(&word.reason)
    .bind((!state.is_open()).then_some(now))
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Takes back what waits, where something else is published or wanted instead.
pub async fn abort_open(conn: &mut Conn<'_>, campaign: CampaignId, now: Timestamp) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update change_set
            set state = 'aborted', ended_at = $2
          where campaign_id = $1 and state in ('asked', 'scheduled')"
    )
    .bind(campaign)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}
