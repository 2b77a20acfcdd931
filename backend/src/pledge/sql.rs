//! Statements on pledges.

use std::collections::BTreeMap;

use domain::{
    Currency, Locale, Money, Timestamp,
    country::Country,
    email::EmailAddress,
    id::{AccountId, CampaignId, PledgeId, RewardId},
    pledge::{Line, LineKind, Order, PledgeState, Quote},
    reward::RewardKind,
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result, payment::SavedCard};

/// A pledge to insert.
pub struct NewPledge<'a> {
    pub id: PledgeId,
    pub campaign: CampaignId,
    pub backer: AccountId,
    pub state: PledgeState,
    pub order: &'a Order,
    pub quote: &'a Quote,
    pub card: &'a SavedCard,
    pub now: Timestamp,
}

pub async fn insert(conn: &mut Conn<'_>, new: &NewPledge<'_>) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into pledge
             (id, campaign_id, backer_id, state, currency, bonus, shipping, total, country, secret,
              payment_method, card, placed_at, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)"
    )
    .bind(new.id)
    .bind(new.campaign)
    .bind(new.backer)
    .bind(new.state)
    .bind(new.quote.total.currency)
    .bind(new.order.bonus)
    .bind(shipping(new.quote))
    .bind(new.quote.total.minor)
    .bind(new.order.country.map(|c| c.to_string()))
    .bind(&new.order.secret)
    .bind(&new.card.method)
    .bind(&new.card.last_four)
    .bind(new.now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn update(
    conn: &mut Conn<'_>,
    id: PledgeId,
    order: &Order,
    quote: &Quote,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update pledge
            set bonus = $2, shipping = $3, total = $4, country = $5, secret = $6, changed_at = $7
          where id = $1"
    )
    .bind(id)
    .bind(order.bonus)
    .bind(shipping(quote))
    .bind(quote.total.minor)
    .bind(order.country.map(|c| c.to_string()))
    .bind(&order.secret)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

fn shipping(quote: &Quote) -> i64 {
    quote.lines.iter().filter(|l| l.kind == LineKind::Shipping).map(|l| l.amount.minor).sum()
}

pub async fn insert_items(conn: &mut Conn<'_>, id: PledgeId, quote: &Quote) -> Result<()> {
    for line in &quote.lines {
        let kind = match line.kind {
            LineKind::Reward => RewardKind::Reward,
            LineKind::AddOn => RewardKind::AddOn,
            LineKind::Bonus | LineKind::Shipping => continue,
        };
        sql!(conn, |c| {
            sqlx::query(
            "insert into pledge_item (pledge_id, reward_id, kind, title, quantity, amount, shipping)
             values ($1, $2, $3, $4, $5, $6, $7)"
        )
        .bind(id)
        .bind(line.reward)
        .bind(kind)
        .bind(&line.title)
        .bind(line.quantity)
        .bind(line.amount.minor)
        .bind(line.shipping)
        .execute(c)
        .map_ok(drop)
        })?;
    }
    Ok(())
}

pub async fn delete_items(conn: &mut Conn<'_>, id: PledgeId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from pledge_item where pledge_id = $1")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// What a command has to know of a pledge.
#[derive(sqlx::FromRow)]
pub struct Held {
    pub state: PledgeState,
    pub total: i64,
    country: Option<String>,
}

impl Held {
    pub fn country(&self) -> Option<Country> {
        self.country.as_deref().and_then(Country::parse)
    }

    /// The total without its lines, for an answer that needs no more.
    pub fn quote(&self, currency: Currency) -> Quote {
        Quote { lines: Vec::new(), total: Money::new(self.total, currency) }
    }
}

pub async fn held(conn: &mut Conn<'_>, id: PledgeId) -> Result<Option<Held>> {
    Ok(sql!(conn, |c| sqlx::query_as("select state, total, country from pledge where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}

/// Units that a pledge holds, and which of them is its reward.
pub struct Units {
    pub by_reward: BTreeMap<RewardId, i64>,
    pub reward: Option<RewardId>,
}

pub async fn units(conn: &mut Conn<'_>, id: PledgeId) -> Result<Units> {
    let rows: Vec<(RewardId, RewardKind, i64)> = sql!(conn, |c| sqlx::query_as(
        "select reward_id, kind, quantity from pledge_item where pledge_id = $1"
    )
    .bind(id)
    .fetch_all(c))?;
    Ok(Units {
        reward: rows.iter().find(|(_, kind, _)| *kind == RewardKind::Reward).map(|(id, ..)| *id),
        by_reward: rows.into_iter().map(|(id, _, quantity)| (id, quantity)).collect(),
    })
}

pub async fn set_state(
    conn: &mut Conn<'_>,
    id: PledgeId,
    state: PledgeState,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query("update pledge set state = $2, changed_at = $3 where id = $1")
        .bind(id)
        .bind(state)
        .bind(now)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Notes what happened to a pledge.
pub async fn log(
    conn: &mut Conn<'_>,
    id: PledgeId,
    what: &str,
    total: i64,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into pledge_change (id, pledge_id, what, total, at) values ($1, $2, $3, $4, $5)"
    )
    .bind(uuid::Uuid::now_v7())
    .bind(id)
    .bind(what)
    .bind(total)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// The account that has this address, if any.
pub async fn backer_of(conn: &mut Conn<'_>, email: &EmailAddress) -> Result<Option<AccountId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select id from account where email = $1")
        .bind(email)
        .fetch_optional(c))?)
}

/// The backer's active pledge to a campaign, if any.
pub async fn active(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    backer: AccountId,
) -> Result<Option<PledgeId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from pledge
          where campaign_id = $1
            and backer_id = $2
            and state in ('authentication_required', 'pledged')"
    )
    .bind(campaign)
    .bind(backer)
    .fetch_optional(c))?)
}

/// Fingerprint and answer that were kept for a key.
pub async fn kept_answer(
    conn: &mut Conn<'_>,
    backer: AccountId,
    key: &str,
) -> Result<Option<(String, String)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select fingerprint, answer from idempotency where backer_id = $1 and key = $2"
    )
    .bind(backer)
    .bind(key)
    .fetch_optional(c))?)
}

pub async fn keep_answer(
    conn: &mut Conn<'_>,
    backer: AccountId,
    key: &str,
    fingerprint: &str,
    answer: &str,
    now: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into idempotency (backer_id, key, fingerprint, answer, created_at)
         values ($1, $2, $3, $4, $5)"
    )
    .bind(backer)
    .bind(key)
    .bind(fingerprint)
    .bind(answer)
    .bind(now)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Where letters about a pledge go, and in which language.
pub async fn recipient(conn: &mut Conn<'_>, id: PledgeId) -> Result<(EmailAddress, Locale)> {
    Ok(sql!(conn, |c| {
        sqlx::query_as(
        "select a.email, a.locale from pledge p join account a on a.id = p.backer_id where p.id = $1"
    )
    .bind(id)
    .fetch_one(c)
    })?)
}

/// Pledges that waited too long for their bank.
pub async fn unconfirmed(
    conn: &mut Conn<'_>,
    before: Timestamp,
) -> Result<Vec<(CampaignId, PledgeId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select campaign_id, id
           from pledge
          where state = 'authentication_required' and placed_at < $1
          order by placed_at
          limit 200"
    )
    .bind(before)
    .fetch_all(c))?)
}

/// A pledge as its page shows it.
#[derive(sqlx::FromRow)]
pub struct PledgeRow {
    pub campaign_id: CampaignId,
    pub backer_id: AccountId,
    pub slug: String,
    pub email: EmailAddress,
    pub state: PledgeState,
    pub currency: Currency,
    pub bonus: i64,
    pub shipping: i64,
    pub total: i64,
    pub country: Option<String>,
    pub secret: Option<String>,
    pub card: String,
    pub placed_at: Timestamp,
}

pub async fn page(conn: &mut Conn<'_>, id: PledgeId) -> Result<Option<PledgeRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select p.campaign_id, p.backer_id, c.slug, a.email, p.state, p.currency, p.bonus,
                p.shipping, p.total, p.country, p.secret, p.card, p.placed_at
           from pledge p
           join campaign c on c.id = p.campaign_id
           join account a on a.id = p.backer_id
          where p.id = $1"
    )
    .bind(id)
    .fetch_optional(c))?)
}

#[derive(sqlx::FromRow)]
struct ItemRow {
    reward_id: RewardId,
    kind: RewardKind,
    title: String,
    quantity: i64,
    amount: i64,
    shipping: i64,
}

/// The lines of a pledge's rewards and add-ons, as they were priced.
pub async fn lines(conn: &mut Conn<'_>, id: PledgeId, currency: Currency) -> Result<Vec<Line>> {
    let rows: Vec<ItemRow> = sql!(conn, |c| sqlx::query_as(
        "select reward_id, kind, title, quantity, amount, shipping
           from pledge_item
          where pledge_id = $1
          order by case kind when 'reward' then 0 else 1 end, title"
    )
    .bind(id)
    .fetch_all(c))?;
    Ok(rows
        .into_iter()
        .map(|row| Line {
            kind: match row.kind {
                RewardKind::Reward => LineKind::Reward,
                RewardKind::AddOn => LineKind::AddOn,
            },
            title: row.title,
            reward: Some(row.reward_id),
            quantity: row.quantity,
            amount: Money::new(row.amount, currency),
            shipping: row.shipping,
        })
        .collect())
}

/// One line of a backer's list.
#[derive(sqlx::FromRow)]
pub struct SummaryRow {
    pub id: PledgeId,
    pub slug: String,
    pub reward: Option<String>,
    pub total: i64,
    pub currency: Currency,
    pub state: PledgeState,
    pub placed_at: Timestamp,
}

pub async fn of_backer(conn: &mut Conn<'_>, backer: AccountId) -> Result<Vec<SummaryRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select p.id, c.slug, i.title as reward, p.total, p.currency, p.state, p.placed_at
           from pledge p
           join campaign c on c.id = p.campaign_id
           left join pledge_item i on i.pledge_id = p.id and i.kind = 'reward'
          where p.backer_id = $1
          order by p.placed_at desc
          limit 500"
    )
    .bind(backer)
    .fetch_all(c))?)
}
