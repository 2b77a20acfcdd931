//! Statements on rewards.

use domain::{
    Currency, Timestamp,
    id::{CampaignId, RewardId},
    reward::{RewardKind, Variant},
};
use futures::TryFutureExt as _;

use super::{NewReward, variant};
use crate::{db::Conn, error::Result};

#[derive(sqlx::FromRow, Debug, Clone)]
pub struct RewardRow {
    pub id: RewardId,
    pub kind: RewardKind,
    pub title: String,
    pub description: String,
    pub price: i64,
    pub late_price: Option<i64>,
    pub units: i64,
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
    /// A list, empty where there is nothing to choose.
    pub options: String,
    /// The number of what is told of it now; 0 as long as that never changed.
    pub wording: i64,
    /// Read beside it, where it has options.
    #[sqlx(skip)]
    pub variants: Vec<Variant>,
}

/// A reward and the campaign it belongs to.
#[derive(sqlx::FromRow, Debug)]
pub struct Owned {
    pub campaign_id: CampaignId,
    #[sqlx(flatten)]
    pub reward: RewardRow,
}

/// Every reward of these campaigns, secret ones too.
pub async fn of_campaigns(conn: &mut Conn<'_>, campaigns: &[CampaignId]) -> Result<Vec<Owned>> {
    if campaigns.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: Vec<Owned> = built!(conn, |q, c| {
        q.push(
            "select campaign_id, id, kind, title, description, price, items, image, delivery,
                    quantity, claimed, limit_per_backer, starts_at, ends_at, secret, shipping,
                    backers, late_price, units, options, wording
               from reward
              where campaign_id in ",
        );
        push_list!(q, campaigns);
        q.build_query_as().persistent(false).fetch_all(c).await
    })?;
    variant::fill(conn, rows.iter_mut().map(|owned| &mut owned.reward)).await?;
    Ok(rows)
}

/// Every reward of a campaign, secret ones too; rewards before add-ons.
pub async fn of_campaign(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<RewardRow>> {
    let mut rows: Vec<RewardRow> = sql!(conn, |c| sqlx::query_as(
        "select id, kind, title, description, price, items, image, delivery, quantity, claimed,
                limit_per_backer, starts_at, ends_at, secret, shipping, backers, late_price, units,
                options, wording
           from reward
          where campaign_id = $1
          order by case kind when 'reward' then 0 else 1 end, position, id"
    )
    .bind(campaign)
    .fetch_all(c))?;
    variant::fill(conn, rows.iter_mut()).await?;
    Ok(rows)
}

/// The links of the secret rewards of a campaign, each by its reward.
pub async fn secrets(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<(RewardId, String)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, secret from reward where campaign_id = $1 and secret is not null"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// The currency of a campaign.
pub async fn currency(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Option<Currency>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select currency from campaign where id = $1")
        .bind(campaign)
        .fetch_optional(c))?)
}

pub async fn insert(
    conn: &mut Conn<'_>,
    id: RewardId,
    campaign: CampaignId,
    position: i64,
    new: &NewReward,
) -> Result<()> {
    let items = serde_json::to_string(&new.items)?;
    let options = serde_json::to_string(&new.variants.options)?;
    let image = new.image.as_ref().map(serde_json::to_string).transpose()?;
    let shipping = serde_json::to_string(&new.shipping)?;
    sql!(conn, |c| sqlx::query(
        "insert into reward
             (id, campaign_id, kind, position, title, description, price, items, image, delivery,
              quantity, claimed, limit_per_backer, starts_at, ends_at, secret, shipping, backers,
              late_price, units, options)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, 0, $18,
                 $19, $20)"
    )
    .bind(id)
    .bind(campaign)
    .bind(new.kind)
    .bind(position)
    .bind(&new.title)
    .bind(&new.description)
    .bind(new.price)
    .bind(&items)
    .bind(image)
    .bind(new.delivery.map(domain::time::Month::number))
    .bind(new.offer.quantity)
    .bind(new.offer.claimed)
    .bind(new.offer.limit_per_backer)
    .bind(new.offer.starts_at)
    .bind(new.offer.ends_at)
    .bind(&new.secret)
    .bind(&shipping)
    .bind(new.late_price)
    .bind(new.units)
    .bind(&options)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Changes what a creator writes of a reward. Never what is claimed of it; a secret
/// that it has already stays, where it is to have one.
pub async fn update(conn: &mut Conn<'_>, id: RewardId, new: &NewReward) -> Result<()> {
    let items = serde_json::to_string(&new.items)?;
    let shipping = serde_json::to_string(&new.shipping)?;
    let options = serde_json::to_string(&new.variants.options)?;
    sql!(conn, |c| sqlx::query(
        "update reward
            set kind = $2, title = $3, description = $4, price = $5, items = $6, delivery = $7,
                quantity = $8, limit_per_backer = $9, shipping = $10, late_price = $11, units = $12,
                starts_at = $13, ends_at = $14, options = $15,
                secret = case when $16 then coalesce(secret, $17) else null end
          where id = $1"
    )
    .bind(id)
    .bind(new.kind)
    .bind(&new.title)
    .bind(&new.description)
    .bind(new.price)
    .bind(&items)
    .bind(new.delivery.map(domain::time::Month::number))
    .bind(new.offer.quantity)
    .bind(new.offer.limit_per_backer)
    .bind(&shipping)
    .bind(new.late_price)
    .bind(new.units)
    .bind(new.offer.starts_at)
    .bind(new.offer.ends_at)
    .bind(&options)
    .bind(new.secret.is_some())
    .bind(&new.secret)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Gives a secret reward another link.
pub async fn set_secret(conn: &mut Conn<'_>, id: RewardId, secret: &str) -> Result<()> {
    sql!(conn, |c| sqlx::query("update reward set secret = $2 where id = $1")
        .bind(id)
        .bind(secret)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// The number of what is told of a reward now; 0 as long as that never changed.
pub async fn wording(conn: &mut Conn<'_>, id: RewardId) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select wording from reward where id = $1")
        .bind(id)
        .fetch_one(c))?)
}

pub async fn set_wording(conn: &mut Conn<'_>, id: RewardId, number: i64) -> Result<()> {
    sql!(conn, |c| sqlx::query("update reward set wording = $2 where id = $1")
        .bind(id)
        .bind(number)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

pub async fn set_position(conn: &mut Conn<'_>, id: RewardId, position: i64) -> Result<()> {
    sql!(conn, |c| sqlx::query("update reward set position = $2 where id = $1")
        .bind(id)
        .bind(position)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

pub async fn delete(conn: &mut Conn<'_>, id: RewardId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from reward where id = $1")
        .bind(id)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// Writes the picture of a reward, as JSON.
pub async fn set_image(conn: &mut Conn<'_>, id: RewardId, image: Option<String>) -> Result<()> {
    sql!(conn, |c| sqlx::query("update reward set image = $2 where id = $1")
        .bind(id)
        .bind(image)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}

/// The rewards of a campaign that pledges name, whatever became of these.
pub async fn pledged(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<RewardId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select r.id
           from reward r
          where r.campaign_id = $1
            and exists (select 1 from pledge_item i where i.reward_id = r.id)"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// Writes the stock of rewards whose campaigns are locked: id, claimed units and
/// backers. There has to be one. The table's check refuses to sell more than
/// there is, whatever the caller computed.
pub async fn set_stock(conn: &mut Conn<'_>, stock: &[(RewardId, i64, i64)]) -> Result<()> {
    Ok(built!(conn, |q, c| {
        q.push("with fresh (id, claimed, backers) as (");
        q.push_values(stock, |mut row, (id, claimed, backers)| {
            row.push_bind(*id).push_bind(*claimed).push_bind(*backers);
        });
        q.push(
            ") update reward
                  set claimed = fresh.claimed, backers = fresh.backers
                 from fresh
                where reward.id = fresh.id",
        );
        q.build().persistent(false).execute(c).await.map(drop)
    })?)
}

/// Limited rewards of a campaign and how many are left, without secret ones. Where
/// every variant is limited there are no more than of these together.
pub async fn left(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<(RewardId, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select r.id,
                cast(case
                     when v.remaining is null then r.quantity - r.claimed
                     when r.quantity - r.claimed < v.remaining then r.quantity - r.claimed
                     else v.remaining
                     end as bigint)
           from reward r
           left join (select o.reward_id, sum(o.quantity - o.claimed) as remaining
                        from reward_variant o
                        join reward w on w.id = o.reward_id
                       where w.campaign_id = $1
                       group by o.reward_id
                      having count(o.quantity) = count(*)) v on v.reward_id = r.id
          where r.campaign_id = $1
            and (r.quantity is not null or v.remaining is not null)
            and r.secret is null
          order by r.position"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// Moves the sale of what a campaign offers by this much time and its delivery by
/// this many months, as the demonstration moves the campaign.
pub async fn move_sale(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    micros: i64,
    months: i64,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update reward
            set starts_at = starts_at + $2, ends_at = ends_at + $2,
                delivery = (delivery / 100 * 12 + delivery % 100 - 1 + $3) / 12 * 100
                         + (delivery / 100 * 12 + delivery % 100 - 1 + $3) % 12 + 1
          where campaign_id = $1"
    )
    .bind(campaign)
    .bind(micros)
    .bind(months)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}
