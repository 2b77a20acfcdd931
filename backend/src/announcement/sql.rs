//! Statements on announced campaigns and who waits for them.

use domain::{
    Locale, Timestamp,
    campaign::CampaignState,
    email::EmailAddress,
    id::{CampaignId, WatcherId},
    slug::Slug,
    time::Zone,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// A campaign as its announcement shows it.
#[derive(sqlx::FromRow)]
pub struct Announced {
    pub id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub subtitle: String,
    pub creator: String,
    pub image: String,
    pub image_alt: String,
    pub picture: Option<String>,
    pub is_demo: bool,
    pub language: Locale,
    pub state: CampaignState,
    pub approved_at: Option<Timestamp>,
    pub launch_at: Option<Timestamp>,
    pub zone: Zone,
    pub is_announced: bool,
}

pub async fn announced(conn: &mut Conn<'_>, slug: &Slug) -> Result<Option<Announced>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select c.id, c.slug, c.title, c.subtitle, c.creator, c.image, c.image_alt, c.picture,
                c.is_demo, c.language, c.state, c.approved_at, c.launch_at, c.zone,
                a.campaign_id is not null as is_announced
           from campaign c
           left join announcement a on a.campaign_id = c.id
          where c.slug = $1"
    )
    .bind(slug)
    .fetch_optional(c))?)
}

pub async fn is_announced(conn: &mut Conn<'_>, id: CampaignId) -> Result<bool> {
    let found: Option<CampaignId> = sql!(conn, |c| sqlx::query_scalar(
        "select campaign_id from announcement where campaign_id = $1"
    )
    .bind(id)
    .fetch_optional(c))?;
    Ok(found.is_some())
}

pub async fn announce(conn: &mut Conn<'_>, id: CampaignId, at: Timestamp) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into announcement (campaign_id, created_at) values ($1, $2)
             on conflict (campaign_id) do nothing"
    )
    .bind(id)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn silence(conn: &mut Conn<'_>, id: CampaignId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from announcement where campaign_id = $1")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// How many have confirmed that they want to be told.
pub async fn count(conn: &mut Conn<'_>, id: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*) from watcher where campaign_id = $1 and confirmed_at is not null"
    )
    .bind(id)
    .fetch_one(c))?)
}

/// An address on the list.
#[derive(sqlx::FromRow)]
pub struct Watcher {
    pub key: String,
    pub confirmed_at: Option<Timestamp>,
}

pub async fn insert(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    email: &EmailAddress,
    locale: Locale,
    key: &str,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into watcher (id, campaign_id, email, locale, key, created_at)
         values ($1, $2, $3, $4, $5, $6)
             on conflict (campaign_id, email) do nothing"
    )
    .bind(WatcherId::generate())
    .bind(campaign)
    .bind(email)
    .bind(locale)
    .bind(key)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn of_address(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    email: &EmailAddress,
) -> Result<Watcher> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select key, confirmed_at from watcher where campaign_id = $1 and email = $2"
    )
    .bind(campaign)
    .bind(email)
    .fetch_one(c))?)
}

/// The key of an address that has confirmed.
pub async fn confirmed_key(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    email: &EmailAddress,
) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select key
           from watcher
          where campaign_id = $1 and email = $2 and confirmed_at is not null"
    )
    .bind(campaign)
    .bind(email)
    .fetch_optional(c))?)
}

/// What a key opens.
#[derive(sqlx::FromRow)]
pub struct Opened {
    pub slug: Slug,
    pub title: String,
    pub confirmed_at: Option<Timestamp>,
}

pub async fn by_key(conn: &mut Conn<'_>, key: &str) -> Result<Option<Opened>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select c.slug, c.title, w.confirmed_at
           from watcher w
           join campaign c on c.id = w.campaign_id
          where w.key = $1"
    )
    .bind(key)
    .fetch_optional(c))?)
}

/// False when the address is on no list.
pub async fn confirm(conn: &mut Conn<'_>, key: &str, at: Timestamp) -> Result<bool> {
    let changed = sql!(conn, |c| sqlx::query(
        "update watcher set confirmed_at = coalesce(confirmed_at, $2) where key = $1"
    )
    .bind(key)
    .bind(at)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?;
    Ok(changed == 1)
}

pub async fn delete(conn: &mut Conn<'_>, key: &str) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from watcher where key = $1")
        .bind(key)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

pub async fn delete_all(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from watcher where campaign_id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Writes one letter to everybody on the list of a campaign. It is the same for all but
/// for the key, which stands between `head` and `tail`; its id is the watcher's, so that
/// nobody gets two.
pub async fn write_to_all(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    kind: &str,
    (head, tail): (&str, &str),
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into mail (id, recipient, locale, kind, data, created_at, next_at, attempts)
         select id, email, locale, $2, $3 || key || $4, $5, $5, 0
           from watcher
          where campaign_id = $1
            and confirmed_at is not null
         on conflict (id) do nothing"
    )
    .bind(campaign)
    .bind(kind)
    .bind(head)
    .bind(tail)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Forgets addresses that were not confirmed before an instant, and those that have
/// waited since another one for a launch that does not come.
pub async fn sweep(
    conn: &mut Conn<'_>,
    unconfirmed: Timestamp,
    waiting: Timestamp,
    most: i64,
) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from watcher
          where id in (select id
                         from watcher
                        where created_at < $1
                          and (confirmed_at is null or created_at < $2)
                        limit $3)"
    )
    .bind(unconfirmed)
    .bind(waiting)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}
