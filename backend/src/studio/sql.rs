//! Statements of the studio on campaigns.

use domain::{
    Locale, Timestamp,
    campaign::CampaignState,
    category::Category,
    currency::Currency,
    email::EmailAddress,
    id::{AccountId, CampaignEventId, CampaignId},
    slug::Slug,
    studio::{Basics, Ends, EventKind, Funds, Schedule, funding::NO_GOAL},
};
use futures::TryFutureExt as _;

use crate::{
    campaign::terms::{TermsRow, terms_columns},
    db::Conn,
    error::Result,
};

/// Every column that the studio reads of a campaign.
#[derive(sqlx::FromRow)]
pub struct StudioRow {
    pub id: CampaignId,
    pub slug: Slug,
    pub creator_id: AccountId,
    pub creator: String,
    pub title: String,
    pub subtitle: String,
    pub story: String,
    pub story_html: String,
    pub language: Locale,
    pub category: Category,
    pub subcategory: String,
    pub location: String,
    pub country: Option<String>,
    pub image: String,
    pub picture: Option<String>,
    pub is_demo: bool,
    #[sqlx(flatten)]
    pub plan: TermsRow,
    pub stretch_goals: String,
    pub state: CampaignState,
    pub currency: Currency,
    pub approved_at: Option<Timestamp>,
    pub launch_at: Option<Timestamp>,
    pub launched_at: Option<Timestamp>,
    pub days: Option<i64>,
    pub deadline: Timestamp,
    pub reason: Option<String>,
}

pub async fn by_slug(conn: &mut Conn<'_>, slug: &Slug) -> Result<Option<StudioRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(concat!(
        "select id, slug, creator_id, creator, title, subtitle, story, story_html, language,
                category, subcategory, location, country, image, picture, is_demo, stretch_goals,
                approved_at, launch_at, launched_at, days, reason, ",
        terms_columns!(),
        " from campaign
          where slug = $1"
    ))
    .bind(slug)
    .fetch_optional(c))?)
}

/// The campaigns that somebody works on, newest first.
pub async fn of_person(conn: &mut Conn<'_>, person: AccountId) -> Result<Vec<StudioRow>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(concat!(
        "select id, slug, creator_id, creator, title, subtitle, '' as story, '' as story_html,
                language, category, subcategory, location, country, image, picture, is_demo, stretch_goals,
                approved_at, launch_at, launched_at, days, reason, ",
        terms_columns!(),
        " from campaign
          where creator_id = $1
             or id in (select campaign_id from collaborator where account_id = $1)
          order by created_at desc, number desc
          limit 200"
    ))
    .bind(person)
    .fetch_all(c)
    })?)
}

/// How many campaigns of somebody were not launched yet.
pub async fn unlaunched(conn: &mut Conn<'_>, creator: AccountId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*) from campaign where creator_id = $1 and state in ('draft', 'in_review')"
    )
    .bind(creator)
    .fetch_one(c))?)
}

pub async fn set_basics(
    conn: &mut Conn<'_>,
    id: CampaignId,
    basics: &Basics,
    search_text: &str,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign
            set title = $2, subtitle = $3, category = $4, subcategory = $5, location = $6,
                country = $7, language = $8, slug = $9, search_text = $10
          where id = $1"
    )
    .bind(id)
    .bind(&basics.title)
    .bind(&basics.subtitle)
    .bind(basics.category)
    .bind(&basics.subcategory)
    .bind(&basics.location)
    .bind(basics.country.map(|country| country.to_string()))
    .bind(basics.language)
    .bind(&basics.slug)
    .bind(search_text)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes what a campaign asks for; its share of the goal follows.
pub async fn set_funds(conn: &mut Conn<'_>, id: CampaignId, funds: &Funds) -> Result<()> {
    let stretch_goals = serde_json::to_string(&funds.stretch_goals)?;
    sql!(conn, |c| sqlx::query(
        "update campaign
            set rule = $2, currency = $3, goal = $4, goal_units = $5, optimum = $6, verdict = $7,
                overtime = $8, late_pledges = $9, stretch_goals = $10,
                instalments_from = $11, instalments_most = $12
          where id = $1"
    )
    .bind(id)
    .bind(funds.rule)
    .bind(funds.currency)
    .bind(funds.goal.unwrap_or(NO_GOAL))
    .bind(funds.goal_units)
    .bind(funds.optimum)
    .bind(funds.verdict)
    .bind(funds.overtime)
    .bind(funds.late_pledges)
    .bind(&stretch_goals)
    .bind(funds.instalments.map(|offer| offer.from))
    .bind(funds.instalments.map(|offer| offer.most))
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn set_schedule(
    conn: &mut Conn<'_>,
    id: CampaignId,
    schedule: &Schedule,
    deadline: Timestamp,
) -> Result<()> {
    let days = match schedule.ends {
        Ends::Days(days) => Some(days),
        Ends::At(_) => None,
    };
    sql!(conn, |c| sqlx::query(
        "update campaign set zone = $2, days = $3, deadline = $4, launch_at = $5 where id = $1"
    )
    .bind(id)
    .bind(schedule.zone)
    .bind(days)
    .bind(deadline)
    .bind(schedule.launch_at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes a story; what was refused of it before is forgotten.
pub async fn set_story(
    conn: &mut Conn<'_>,
    id: CampaignId,
    story: &str,
    story_html: &str,
) -> Result<()> {
    sql!(conn, |c| sqlx::query("update campaign set story = $2, story_html = $3 where id = $1")
        .bind(id)
        .bind(story)
        .bind(story_html)
        .execute(c)
        .map_ok(drop))?;
    forget_unsaved(conn, id).await
}

/// Keeps a story that was refused.
pub async fn keep_unsaved(
    conn: &mut Conn<'_>,
    id: CampaignId,
    story: &str,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into unsaved_story (campaign_id, story, at)
         values ($1, $2, $3)
             on conflict (campaign_id) do update set story = excluded.story, at = excluded.at"
    )
    .bind(id)
    .bind(story)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn unsaved(conn: &mut Conn<'_>, id: CampaignId) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select story from unsaved_story where campaign_id = $1"
    )
    .bind(id)
    .fetch_optional(c))?)
}

pub async fn forget_unsaved(conn: &mut Conn<'_>, id: CampaignId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from unsaved_story where campaign_id = $1")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Writes whether the operator has said yes, and when it launches by itself.
pub async fn set_approval(
    conn: &mut Conn<'_>,
    id: CampaignId,
    approved_at: Option<Timestamp>,
    launch_at: Option<Timestamp>,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign set approved_at = $2, launch_at = $3 where id = $1"
    )
    .bind(id)
    .bind(approved_at)
    .bind(launch_at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Approved campaigns whose time has come.
pub async fn launch_due(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from campaign
          where launch_at <= $1
            and state = 'in_review'
            and approved_at is not null
          order by launch_at
          limit 100"
    )
    .bind(now)
    .fetch_all(c))?)
}

/// Deletes a draft with what belongs to it. Nothing else points at one: it never
/// took a pledge.
pub async fn delete(conn: &mut Conn<'_>, id: CampaignId) -> Result<()> {
    for statement in [
        "delete from reward_variant where reward_id in (select id from reward where campaign_id = $1)",
        "delete from reward where campaign_id = $1",
        "delete from campaign_event where campaign_id = $1",
        "delete from announcement where campaign_id = $1",
        "delete from watcher where campaign_id = $1",
        "delete from collaborator where campaign_id = $1",
        "delete from invitation where campaign_id = $1",
        "delete from people_event where campaign_id = $1",
        "delete from preview_link where campaign_id = $1",
        "delete from unsaved_story where campaign_id = $1",
        "update media set campaign_id = null, state = 'dropped', work_at = null where campaign_id = $1",
        "update recording set campaign_id = null, state = 'dropped' where campaign_id = $1",
        "delete from story_update where campaign_id = $1",
        "delete from campaign_version where campaign_id = $1",
        "delete from story where campaign_id = $1",
        "delete from campaign where id = $1",
    ] {
        sql!(conn, |c| sqlx::query(statement).bind(id).execute(c).map_ok(drop))?;
    }
    Ok(())
}

pub async fn insert_event(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    kind: EventKind,
    account: Option<AccountId>,
    remark: &str,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into campaign_event (id, campaign_id, kind, account_id, remark, at)
         values ($1, $2, $3, $4, $5, $6)"
    )
    .bind(CampaignEventId::generate())
    .bind(campaign)
    .bind(kind)
    .bind(account)
    .bind(remark)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// A step that was taken.
#[derive(sqlx::FromRow)]
pub struct EventRow {
    pub kind: EventKind,
    pub name: Option<String>,
    pub remark: String,
    pub at: Timestamp,
}

/// The history of a campaign, newest first.
pub async fn events(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<EventRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select e.kind, a.name, e.remark, e.at
           from campaign_event e
           left join account a on a.id = e.account_id
          where e.campaign_id = $1
          order by e.at desc, e.id desc
          limit 200"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// A campaign that waits for the operator.
#[derive(sqlx::FromRow)]
pub struct ReviewRow {
    pub slug: Slug,
    pub title: String,
    pub creator: String,
    pub goal: i64,
    pub currency: Currency,
    pub submitted_at: Timestamp,
    pub times: i64,
}

/// The operators' queue, longest waiting first.
pub async fn reviews(conn: &mut Conn<'_>) -> Result<Vec<ReviewRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select c.slug, c.title, c.creator, c.goal, c.currency,
                coalesce(max(e.at), c.state_changed_at) as submitted_at, count(e.id) as times
           from campaign c
           left join campaign_event e on e.campaign_id = c.id and e.kind = 'submitted'
          where c.state = 'in_review'
            and c.approved_at is null
          group by c.number, c.slug, c.title, c.creator, c.goal, c.currency, c.state_changed_at
          order by submitted_at
          limit 200"
    )
    .fetch_all(c))?)
}

pub async fn waiting(conn: &mut Conn<'_>) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*) from campaign where state = 'in_review' and approved_at is null"
    )
    .fetch_one(c))?)
}

/// Where letters to a campaign's creator go.
pub async fn creator_address(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
) -> Result<(EmailAddress, Locale)> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select a.email, a.locale
           from campaign c
           join account a on a.id = c.creator_id
          where c.id = $1"
    )
    .bind(campaign)
    .fetch_one(c))?)
}

/// Where letters to the operators go.
pub async fn operators(conn: &mut Conn<'_>) -> Result<Vec<(EmailAddress, Locale)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select email, locale from account where role = 'operator' and verified_at is not null"
    )
    .fetch_all(c))?)
}
