//! Statements on campaigns.

use futures::TryFutureExt as _;

use domain::{
    Locale, Money, Timestamp,
    campaign::{CampaignState, FundingRule, RecentPledge},
    category::Category,
    country::Country,
    currency::Currency,
    id::{AccountId, CampaignId},
    slug::Slug,
};

use super::{NewCampaign, popularity};
use crate::{db::Conn, error::Result};

/// Every column a page needs.
#[derive(sqlx::FromRow)]
pub struct PageRow {
    pub id: CampaignId,
    pub slug: Slug,
    pub creator_id: AccountId,
    pub creator: String,
    pub title: String,
    pub subtitle: String,
    pub story_html: String,
    pub language: Locale,
    pub category: Category,
    pub subcategory: String,
    pub location: String,
    pub country: Option<String>,
    pub image: String,
    pub image_alt: String,
    pub is_demo: bool,
    pub rule: FundingRule,
    pub state: CampaignState,
    pub currency: Currency,
    pub goal: i64,
    pub pledged: i64,
    pub backers: i64,
    pub opening_pledged: i64,
    pub opening_backers: i64,
    pub opening_source: Option<String>,
    pub launched_at: Option<Timestamp>,
    pub deadline: Timestamp,
}

pub async fn page(conn: &mut Conn<'_>, slug: &str) -> Result<Option<PageRow>> {
    // Addresses hold anything, also what Postgres refuses to take as text.
    let Some(slug) = Slug::parse(slug) else { return Ok(None) };
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, slug, creator_id, creator, title, subtitle, story_html, language, category,
                subcategory, location, country, image, image_alt, is_demo, rule, state, currency,
                goal, pledged, backers, opening_pledged, opening_backers, opening_source,
                launched_at, deadline
           from campaign
          where slug = $1"
    )
    .bind(slug)
    .fetch_optional(c))?)
}

/// A campaign with what is derived from it.
pub struct Put<'a> {
    pub new: &'a NewCampaign,
    pub story_html: String,
    pub image: String,
    pub search_text: String,
    pub now: Timestamp,
}

/// Inserts, or updates what a source may correct. Totals follow a corrected
/// opening balance by its difference, so that pledges of ours stay counted.
pub async fn put(conn: &mut Conn<'_>, put: &Put<'_>) -> Result<CampaignId> {
    let new = put.new;
    let (opening_pledged, opening_backers, source) = match &new.opening {
        Some(opening) => (opening.pledged.minor, opening.backers, Some(opening.source.as_str())),
        None => (0, 0, None),
    };
    let launched = new.launched_at.unwrap_or(new.created_at);
    let popularity = popularity::after(launched.0, opening_backers, launched);
    let id: CampaignId = sql!(conn, |c| sqlx::query_scalar(
        "insert into campaign
             (id, slug, external_ref, creator_id, creator, title, subtitle, story, story_html,
              language, category, subcategory, location, country, image, image_alt, is_demo,
              search_text, rule, state, currency, goal, pledged, backers, funded, opening_pledged,
              opening_backers, opening_source, popularity, version, created_at, launched_at,
              deadline, state_changed_at, funded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21, $22, $23, $24, $23 * 10000 / $22, $23, $24, $25, $26, 0, $27, $28,
                 $29, $30, $30)
         on conflict (external_ref) do update set
              title = excluded.title, subtitle = excluded.subtitle, story = excluded.story,
              story_html = excluded.story_html, creator = excluded.creator,
              category = excluded.category, subcategory = excluded.subcategory,
              location = excluded.location, country = excluded.country,
              search_text = excluded.search_text, state = excluded.state,
              goal = excluded.goal,
              pledged = campaign.pledged - campaign.opening_pledged + excluded.opening_pledged,
              backers = campaign.backers - campaign.opening_backers + excluded.opening_backers,
              funded = (campaign.pledged - campaign.opening_pledged + excluded.opening_pledged)
                       * 10000 / excluded.goal,
              opening_pledged = excluded.opening_pledged,
              opening_backers = excluded.opening_backers,
              opening_source = excluded.opening_source, launched_at = excluded.launched_at,
              deadline = excluded.deadline, version = campaign.version + 1
         returning id"
    )
    .bind(CampaignId::generate())
    .bind(&new.slug)
    .bind(&new.external_ref)
    .bind(new.creator_id)
    .bind(&new.creator)
    .bind(&new.title)
    .bind(&new.subtitle)
    .bind(&new.story)
    .bind(&put.story_html)
    .bind(new.language)
    .bind(new.category)
    .bind(&new.subcategory)
    .bind(&new.location)
    .bind(new.country.map(|c| c.to_string()))
    .bind(&put.image)
    .bind(&new.image_alt)
    .bind(new.is_demo)
    .bind(&put.search_text)
    .bind(super::RULE)
    .bind(new.state)
    .bind(new.currency)
    .bind(new.goal)
    .bind(opening_pledged)
    .bind(opening_backers)
    .bind(source)
    .bind(popularity)
    .bind(new.created_at)
    .bind(new.launched_at)
    .bind(new.deadline)
    .bind(put.now)
    .fetch_one(c))?;
    Ok(id)
}

/// The campaign that has this slug, with what it came from.
pub async fn by_slug(
    conn: &mut Conn<'_>,
    slug: &Slug,
) -> Result<Option<(CampaignId, Option<String>)>> {
    Ok(sql!(conn, |c| sqlx::query_as("select id, external_ref from campaign where slug = $1")
        .bind(slug)
        .fetch_optional(c))?)
}

#[derive(sqlx::FromRow)]
pub struct Totals {
    pub live: i64,
    pub backers: i64,
}

pub async fn totals(conn: &mut Conn<'_>) -> Result<Totals> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select count(*) as live, cast(coalesce(sum(backers), 0) as bigint) as backers
           from campaign
          where state = 'live'"
    )
    .fetch_one(c))?)
}

pub async fn live_by_category(conn: &mut Conn<'_>) -> Result<Vec<(Category, i64)>> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select category, count(*) from campaign where state = 'live' group by category order by category"
    )
    .fetch_all(c)
    })?)
}

#[derive(sqlx::FromRow)]
struct RecentRow {
    slug: Slug,
    title: String,
    total: i64,
    currency: Currency,
    country: Option<String>,
    placed_at: Timestamp,
}

/// The newest pledges that count, of one campaign or of all.
pub async fn recent(
    conn: &mut Conn<'_>,
    campaign: Option<CampaignId>,
    limit: i64,
) -> Result<Vec<RecentPledge>> {
    let rows: Vec<RecentRow> = match campaign {
        Some(id) => sql!(conn, |c| sqlx::query_as(
            "select c.slug, c.title, p.total, p.currency, p.country, p.placed_at
               from pledge p
               join campaign c on c.id = p.campaign_id
              where p.campaign_id = $1 and p.state = 'pledged'
              order by p.placed_at desc
              limit $2"
        )
        .bind(id)
        .bind(limit)
        .fetch_all(c))?,
        None => sql!(conn, |c| sqlx::query_as(
            "select c.slug, c.title, p.total, p.currency, p.country, p.placed_at
               from pledge p
               join campaign c on c.id = p.campaign_id
              where p.state = 'pledged' and c.state = 'live'
              order by p.placed_at desc
              limit $1"
        )
        .bind(limit)
        .fetch_all(c))?,
    };
    Ok(rows
        .into_iter()
        .map(|row| RecentPledge {
            slug: row.slug,
            title: row.title,
            amount: Money::new(row.total, row.currency),
            country: row.country.as_deref().and_then(Country::parse),
            at: row.placed_at,
        })
        .collect())
}

/// Backers per country, largest first.
pub async fn countries(conn: &mut Conn<'_>, id: CampaignId) -> Result<Vec<(Option<Country>, i64)>> {
    let rows: Vec<(Option<String>, i64)> = sql!(conn, |c| sqlx::query_as(
        "select country, count(*)
           from pledge
          where campaign_id = $1 and state = 'pledged'
          group by country
          order by count(*) desc, country
          limit 10"
    )
    .bind(id)
    .fetch_all(c))?;
    Ok(rows.into_iter().map(|(code, n)| (code.as_deref().and_then(Country::parse), n)).collect())
}

/// Backers of a campaign who had pledged to another one before.
pub async fn returning(conn: &mut Conn<'_>, id: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*)
           from pledge p
          where p.campaign_id = $1
            and p.state = 'pledged'
            and exists (select 1
                          from pledge earlier
                         where earlier.backer_id = p.backer_id
                           and earlier.campaign_id <> p.campaign_id
                           and earlier.placed_at < p.placed_at)"
    )
    .bind(id)
    .fetch_one(c))?)
}

/// Live campaigns past their deadline.
pub async fn due(conn: &mut Conn<'_>, now: Timestamp) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| {
        sqlx::query_scalar(
        "select id from campaign where state = 'live' and deadline <= $1 order by deadline limit 100"
    )
    .bind(now)
    .fetch_all(c)
    })?)
}

/// Decides a campaign by its pledged total. `false` when another process was
/// first. The guard and the row's lock make this the one moment of truth.
pub async fn close(conn: &mut Conn<'_>, id: CampaignId, now: Timestamp) -> Result<bool> {
    let done = sql!(conn, |c| sqlx::query(
        "update campaign
            set state = case when pledged >= goal then 'successful' else 'failed' end,
                state_changed_at = $2, version = version + 1,
                funded_at = case when funded_at < $2 then $2 else funded_at + 1 end
          where id = $1 and state = 'live' and deadline <= $2"
    )
    .bind(id)
    .bind(now)
    .execute(c)
    .map_ok(|done| done.rows_affected() == 1))?;
    Ok(done)
}

/// A campaign's row, locked until the transaction ends: nobody else changes its
/// pledges, stock or totals meanwhile.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Locked {
    pub id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub state: CampaignState,
    pub currency: Currency,
    pub goal: i64,
    pub pledged: i64,
    pub backers: i64,
    pub popularity: i64,
    pub deadline: Timestamp,
    pub funded_at: Timestamp,
}

/// Locks a row by changing its version, which works the same on both engines.
pub async fn lock(conn: &mut Conn<'_>, id: CampaignId) -> Result<Option<Locked>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "update campaign
            set version = version + 1
          where id = $1
        returning id, slug, title, state, currency, goal, pledged, backers, popularity, deadline,
                  funded_at"
    )
    .bind(id)
    .fetch_optional(c))?)
}

/// Writes the totals of a locked row.
pub async fn set_funding(conn: &mut Conn<'_>, row: &Locked) -> Result<()> {
    sql!(conn, |c| {
        sqlx::query(
        "update campaign
            set pledged = $2, backers = $3, funded = $2 * 10000 / goal, popularity = $4, funded_at = $5
          where id = $1"
    )
    .bind(row.id)
    .bind(row.pledged)
    .bind(row.backers)
    .bind(row.popularity)
    .bind(row.funded_at)
    .execute(c)
    .map_ok(drop)
    })?;
    Ok(())
}

#[derive(sqlx::FromRow)]
pub struct FundingRow {
    pub id: CampaignId,
    pub slug: Slug,
    pub state: CampaignState,
    pub currency: Currency,
    pub goal: i64,
    pub pledged: i64,
    pub backers: i64,
    pub funded_at: Timestamp,
}

/// The live figures of one public campaign.
pub async fn funding(conn: &mut Conn<'_>, slug: &str) -> Result<Option<FundingRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, slug, state, currency, goal, pledged, backers, funded_at
           from campaign
          where slug = $1 and state not in ('draft', 'in_review')"
    )
    .bind(slug)
    .fetch_optional(c))?)
}

/// The slug of a campaign.
pub async fn slug_of(conn: &mut Conn<'_>, id: CampaignId) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select slug from campaign where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}
