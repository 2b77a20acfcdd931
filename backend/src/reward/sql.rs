//! Statements on rewards.

use domain::{
    Timestamp,
    id::{CampaignId, RewardId},
    reward::RewardKind,
};
use futures::TryFutureExt as _;

use super::NewReward;
use crate::{db::Conn, error::Result};

#[derive(sqlx::FromRow, Debug, Clone)]
pub struct RewardRow {
    pub id: RewardId,
    pub kind: RewardKind,
    pub title: String,
    pub description: String,
    pub price: i64,
    pub items: String,
    pub image: Option<String>,
    pub delivery: Option<i64>,
    pub quantity: Option<i64>,
    pub claimed: i64,
    pub limit_per_backer: Option<i64>,
    pub starts_at: Option<Timestamp>,
    pub ends_at: Option<Timestamp>,
    pub secret: Option<String>,
    pub shipping: String,
    pub backers: i64,
}

/// Every reward of a campaign, secret ones too; rewards before add-ons.
pub async fn of_campaign(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<RewardRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, kind, title, description, price, items, image, delivery, quantity, claimed,
                limit_per_backer, starts_at, ends_at, secret, shipping, backers
           from reward
          where campaign_id = $1
          order by case kind when 'reward' then 0 else 1 end, position, id"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

pub async fn insert(
    conn: &mut Conn<'_>,
    id: RewardId,
    campaign: CampaignId,
    position: i64,
    new: &NewReward,
) -> Result<()> {
    let items = serde_json::to_string(&new.items)?;
    let shipping = serde_json::to_string(&new.shipping)?;
    sql!(conn, |c| sqlx::query(
        "insert into reward
             (id, campaign_id, kind, position, title, description, price, items, image, delivery,
              quantity, claimed, limit_per_backer, starts_at, ends_at, secret, shipping, backers)
         values ($1, $2, $3, $4, $5, $6, $7, $8, null, $9, $10, $11, $12, $13, $14, $15, $16, 0)"
    )
    .bind(id)
    .bind(campaign)
    .bind(new.kind)
    .bind(position)
    .bind(&new.title)
    .bind(&new.description)
    .bind(new.price)
    .bind(&items)
    .bind(new.delivery.map(domain::time::Month::number))
    .bind(new.offer.quantity)
    .bind(new.offer.claimed)
    .bind(new.offer.limit_per_backer)
    .bind(new.offer.starts_at)
    .bind(new.offer.ends_at)
    .bind(&new.secret)
    .bind(&shipping)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Writes the stock of a reward whose campaign is locked. The table's check
/// refuses to sell more than there is, whatever the caller computed.
pub async fn set_stock(
    conn: &mut Conn<'_>,
    id: RewardId,
    claimed: i64,
    backers: i64,
) -> Result<()> {
    sql!(conn, |c| sqlx::query("update reward set claimed = $2, backers = $3 where id = $1")
        .bind(id)
        .bind(claimed)
        .bind(backers)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Limited rewards of a campaign and how many are left, without secret ones.
pub async fn left(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<(RewardId, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, quantity - claimed
           from reward
          where campaign_id = $1 and quantity is not null and secret is null
          order by position"
    )
    .bind(campaign)
    .fetch_all(c))?)
}
