//! Statements on campaigns.

use domain::{
    Locale, Money, Timestamp,
    campaign::{CampaignState, RecentPledge},
    category::Category,
    country::Country,
    currency::Currency,
    id::CampaignId,
    slug::Slug,
};

use super::{
    NewCampaign, popularity,
    terms::{TermsRow, terms_columns},
};
use crate::{db::Conn, error::Result};

/// Every column a page needs.
#[derive(sqlx::FromRow)]
pub struct PageRow {
    pub id: CampaignId,
    pub slug: Slug,
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
    pub picture: Option<String>,
    /// The newest version that was published of its page, or 0.
    pub page_version: i64,
    /// Counts the changes of its picture and rewards since the launch.
    pub shelf_version: i64,
    /// How often it was drawn anew.
    pub page_drawn: i64,
    pub is_demo: bool,
    #[sqlx(flatten)]
    pub plan: TermsRow,
    pub stretch_goals: String,
    pub state: CampaignState,
    pub currency: Currency,
    pub pledged: i64,
    pub backers: i64,
    pub collected: i64,
    pub dropped: i64,
    pub refunded: i64,
    pub charged_back: i64,
    pub fix_until: Option<Timestamp>,
    pub opening_pledged: i64,
    pub opening_backers: i64,
    pub opening_source: Option<String>,
    pub launched_at: Option<Timestamp>,
    pub deadline: Timestamp,
    pub reason: Option<String>,
}

pub async fn page(conn: &mut Conn<'_>, slug: &str) -> Result<Option<PageRow>> {
    // Addresses hold anything, also what Postgres refuses to take as text.
    let Some(slug) = Slug::parse(slug) else { return Ok(None) };
    Ok(sql!(conn, |c| {
        sqlx::query_as(concat!(
        "select id, slug, creator, title, subtitle, story_html, language, category,
                subcategory, location, country, image, image_alt, picture, is_demo, collected, dropped,
                refunded, charged_back, fix_until, opening_pledged, opening_backers, opening_source,
                launched_at, stretch_goals, reason, page_version, shelf_version, page_drawn, ",
        terms_columns!(),
        " from campaign
          where slug = $1"
    ))
    .bind(slug)
    .fetch_optional(c)
    })?)
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
/// opening balance by its difference, so that pledges of ours stay counted; so
/// does what they moved, while a record alone is as popular as it now says.
pub async fn put(conn: &mut Conn<'_>, put: &Put<'_>) -> Result<CampaignId> {
    let new = put.new;
    let (opening_pledged, opening_backers, source) = match &new.opening {
        Some(opening) => (opening.pledged.minor, opening.backers, Some(opening.source.as_str())),
        None => (0, 0, None),
    };
    let stretch_goals = serde_json::to_string(&new.plan.stretch_goals)?;
    let launched = new.launched_at.unwrap_or(new.created_at);
    let popularity = popularity::after(launched.0, opening_backers, launched);
    let id: CampaignId = sql!(conn, |c| sqlx::query_scalar(
        "insert into campaign
             (id, slug, external_ref, creator_id, creator, title, subtitle, story, story_html,
              language, category, subcategory, location, country, image, image_alt, is_demo,
              search_text, rule, state, currency, goal, pledged, backers, funded, opening_pledged,
              opening_backers, opening_source, popularity, version, created_at, launched_at,
              deadline, state_changed_at, funded_at, goal_units, optimum, verdict, overtime,
              late_pledges, zone, stretch_goals, instalments_from, instalments_most)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $21, $22, $23, $24, $23 * 10000 / $22, $23, $24, $25, $26, 0, $27, $28,
                 $29, $30, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39)
         on conflict (external_ref) do update set
              title = excluded.title, subtitle = excluded.subtitle, story = excluded.story,
              story_html = excluded.story_html, creator = excluded.creator,
              category = excluded.category, subcategory = excluded.subcategory,
              location = excluded.location, country = excluded.country,
              search_text = excluded.search_text, state = excluded.state,
              goal = excluded.goal,
              releasing = case
                  when excluded.state in ('failed', 'cancelled') and campaign.ledger_rows > 0
                  then true else campaign.releasing end,
              pledged = campaign.pledged - campaign.opening_pledged + excluded.opening_pledged,
              backers = campaign.backers - campaign.opening_backers + excluded.opening_backers,
              funded = (campaign.pledged - campaign.opening_pledged + excluded.opening_pledged)
                       * 10000 / excluded.goal,
              opening_pledged = excluded.opening_pledged,
              opening_backers = excluded.opening_backers,
              opening_source = excluded.opening_source, launched_at = excluded.launched_at,
              deadline = excluded.deadline, version = campaign.version + 1,
              popularity = case
                  when campaign.backers > campaign.opening_backers
                   and campaign.popularity > excluded.popularity then campaign.popularity
                  else excluded.popularity end
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
    .bind(new.plan.rule)
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
    .bind(new.plan.goal_units)
    .bind(new.plan.optimum)
    .bind(new.plan.verdict)
    .bind(new.plan.overtime)
    .bind(new.plan.late_pledges)
    .bind(new.plan.zone)
    .bind(&stretch_goals)
    .bind(new.plan.instalments.map(|offer| offer.from))
    .bind(new.plan.instalments.map(|offer| offer.most))
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
        Some(id) => sql!(conn, |c| {
            sqlx::query_as(
            "select c.slug, c.title, p.total, p.currency, p.country, p.placed_at
               from pledge p
               join campaign c on c.id = p.campaign_id
              where p.campaign_id = $1 and p.state not in ('authentication_required', 'cancelled', 'expired')
                and (p.timing = 'at_deadline' or p.state in ('collected', 'refunded'))
              order by p.placed_at desc
              limit $2"
        )
        .bind(id)
        .bind(limit)
        .fetch_all(c)
        })?,
        None => sql!(conn, |c| {
            sqlx::query_as(
                "select c.slug, c.title, p.total, p.currency, p.country, p.placed_at
               from pledge p
               join campaign c on c.id = p.campaign_id
              where p.state not in ('authentication_required', 'cancelled', 'expired')
                and (p.timing = 'at_deadline' or p.state in ('collected', 'refunded')) and c.state = 'live'
              order by p.placed_at desc
              limit $1",
            )
            .bind(limit)
            .fetch_all(c)
        })?,
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
    let rows: Vec<(Option<String>, i64)> = sql!(conn, |c| {
        sqlx::query_as(
        "select country, count(*)
           from pledge
          where campaign_id = $1 and state not in ('authentication_required', 'cancelled', 'expired')
            and (timing = 'at_deadline' or state in ('collected', 'refunded'))
          group by country
          order by count(*) desc, country
          limit 10"
    )
    .bind(id)
    .fetch_all(c)
    })?;
    Ok(rows.into_iter().map(|(code, n)| (code.as_deref().and_then(Country::parse), n)).collect())
}

/// Backers of a campaign who had pledged to another one before.
pub async fn returning(conn: &mut Conn<'_>, id: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*)
           from pledge p
          where p.campaign_id = $1
            and p.state not in ('authentication_required', 'cancelled', 'expired')
            and (p.timing = 'at_deadline' or p.state in ('collected', 'refunded'))
            and exists (select 1
                          from pledge earlier
                         where earlier.backer_id = p.backer_id
                           and earlier.campaign_id <> p.campaign_id
                           and earlier.placed_at < p.placed_at)"
    )
    .bind(id)
    .fetch_one(c))?)
}

/// The id and currency of a public campaign: all that an order has to know to be
/// read, and a tenth of what a page reads.
pub async fn currency(conn: &mut Conn<'_>, slug: &str) -> Result<Option<(CampaignId, Currency)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, currency from campaign where slug = $1 and state not in ('draft', 'in_review')"
    )
    .bind(slug)
    .fetch_optional(c))?)
}

#[derive(sqlx::FromRow)]
pub struct FundingRow {
    pub id: CampaignId,
    pub slug: Slug,
    #[sqlx(flatten)]
    pub plan: TermsRow,
    pub state: CampaignState,
    pub deadline: Timestamp,
    pub funded_at: Timestamp,
}

/// The live figures of one public campaign.
pub async fn funding(conn: &mut Conn<'_>, slug: &str) -> Result<Option<FundingRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(concat!(
        "select id, slug, funded_at, ",
        terms_columns!(),
        " from campaign
          where slug = $1 and state not in ('draft', 'in_review')"
    ))
    .bind(slug)
    .fetch_optional(c))?)
}

/// The slug of a campaign.
pub async fn slug_of(conn: &mut Conn<'_>, id: CampaignId) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select slug from campaign where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}
