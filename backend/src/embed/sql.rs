//! Statements on where campaigns are shown, and on what comes of it.

use domain::{
    Timestamp,
    embed::{
        Hosts, Rule,
        id::EmbedId,
        outcome::{EmbedLine, Outcome},
    },
    id::{AccountId, CampaignId, PledgeId},
    slug::Slug,
};
use futures::TryFutureExt as _;

use crate::{
    db::Conn,
    error::{Error, Result},
};

/// What the creator has decided; nothing decided is [`Rule::default`].
pub async fn rule(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Rule> {
    let row: Option<(bool, String)> = sql!(conn, |c| sqlx::query_as(
        "select is_off, hosts from embed_rule where campaign_id = $1"
    )
    .bind(campaign)
    .fetch_optional(c))?;
    let Some((is_off, hosts)) = row else { return Ok(Rule::default()) };
    let hosts = Hosts::parse(&hosts).map_err(|problem| {
        Error::internal(anyhow::anyhow!("{problem:?}"), "reading a kept list of hosts")
    })?;
    Ok(Rule { is_off, hosts })
}

pub async fn put_rule(conn: &mut Conn<'_>, campaign: CampaignId, rule: &Rule) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into embed_rule (campaign_id, is_off, hosts)
         values ($1, $2, $3)
         on conflict (campaign_id) do update set is_off = excluded.is_off, hosts = excluded.hosts"
    )
    .bind(campaign)
    .bind(rule.is_off)
    .bind(rule.hosts.lines())
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// A new embed.
pub async fn insert(
    conn: &mut Conn<'_>,
    id: EmbedId,
    campaign: CampaignId,
    owner: Option<AccountId>,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into embed (id, campaign_id, owner_id, created_at) values ($1, $2, $3, $4)"
    )
    .bind(id.as_str())
    .bind(campaign)
    .bind(owner)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// The names of a campaign's embeds.
pub async fn ids(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<EmbedId>> {
    let ids: Vec<String> =
        sql!(conn, |c| sqlx::query_scalar("select id from embed where campaign_id = $1")
            .bind(campaign)
            .fetch_all(c))?;
    Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
}

/// How many embeds a campaign has.
pub async fn count(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select count(*) from embed where campaign_id = $1")
        .bind(campaign)
        .fetch_one(c))?)
}

/// Adds what was counted since the last time.
pub async fn add(conn: &mut Conn<'_>, id: EmbedId, views: i64, clicks: i64) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update embed set views = views + $2, clicks = clicks + $3 where id = $1"
    )
    .bind(id.as_str())
    .bind(views)
    .bind(clicks)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Notes by which embed of its campaign a pledge came; the first one stays, and a name
/// that none has says nothing.
pub async fn note_pledge(conn: &mut Conn<'_>, pledge: PledgeId, id: EmbedId) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into embed_pledge (pledge_id, embed_id)
         select p.id, e.id
           from pledge p
           join embed e on e.campaign_id = p.campaign_id
          where p.id = $1 and e.id = $2
             on conflict (pledge_id) do nothing"
    )
    .bind(pledge)
    .bind(id.as_str())
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Embeds that nobody owns and nobody ever saw, older than this.
pub async fn forget_unseen(conn: &mut Conn<'_>, before: Timestamp, most: i64) -> Result<u64> {
    Ok(sql!(conn, |c| sqlx::query(
        "delete from embed
          where id in (select e.id
                         from embed e
                        where e.owner_id is null and e.views = 0 and e.clicks = 0
                          and e.created_at < $1
                          and not exists (select 1 from embed_pledge p where p.embed_id = e.id)
                        limit $2)"
    )
    .bind(before)
    .bind(most)
    .execute(c)
    .map_ok(|done| done.rows_affected()))?)
}

#[derive(sqlx::FromRow)]
struct Row {
    id: String,
    slug: Slug,
    title: String,
    created_at: Timestamp,
    views: i64,
    clicks: i64,
    pledges: i64,
}

impl Row {
    fn view(self) -> Option<EmbedLine> {
        Some(EmbedLine {
            id: self.id.parse().ok()?,
            slug: self.slug,
            title: self.title,
            created_at: self.created_at,
            outcome: Outcome { views: self.views, clicks: self.clicks, pledges: self.pledges },
        })
    }
}

/// An embed with what came of it. A pledge counts while it stands.
macro_rules! lines {
    ($where:literal) => {
        concat!(
            "select e.id, c.slug, c.title, e.created_at, e.views, e.clicks,
                    (select count(*)
                       from embed_pledge l
                       join pledge p on p.id = l.pledge_id
                      where l.embed_id = e.id
                        and p.state not in
                            ('authentication_required', 'dropped', 'cancelled', 'expired'))
                      as pledges
               from embed e
               join campaign c on c.id = e.campaign_id
              where ",
            $where,
            " order by e.created_at desc, e.id limit $2"
        )
    };
}

/// A campaign's embeds, the newest first.
pub async fn of_campaign(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    most: i64,
) -> Result<Vec<EmbedLine>> {
    let rows: Vec<Row> = sql!(conn, |c| sqlx::query_as(lines!("e.campaign_id = $1"))
        .bind(campaign)
        .bind(most)
        .fetch_all(c))?;
    Ok(rows.into_iter().filter_map(Row::view).collect())
}

/// Somebody's embeds of campaigns that anybody may see, the newest first.
pub async fn of_owner(conn: &mut Conn<'_>, owner: AccountId, most: i64) -> Result<Vec<EmbedLine>> {
    let rows: Vec<Row> = sql!(conn, |c| sqlx::query_as(lines!(
        "e.owner_id = $1 and c.state not in ('draft', 'in_review')"
    ))
    .bind(owner)
    .bind(most)
    .fetch_all(c))?;
    Ok(rows.into_iter().filter_map(Row::view).collect())
}
