//! Statements on variants of rewards.

use domain::{id::RewardId, reward::Variants};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

#[derive(sqlx::FromRow, Debug)]
pub struct VariantRow {
    pub reward_id: RewardId,
    pub name: String,
    pub quantity: Option<i64>,
    pub claimed: i64,
}

/// The variants of these rewards, each in its order.
pub async fn of_rewards(conn: &mut Conn<'_>, rewards: &[RewardId]) -> Result<Vec<VariantRow>> {
    if rewards.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push("select reward_id, name, quantity, claimed from reward_variant where reward_id in ");
        push_list!(q, rewards);
        q.push(" order by reward_id, position");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Writes which variants a reward has. Of those it had before, what is claimed stays.
pub async fn put(conn: &mut Conn<'_>, reward: RewardId, variants: &Variants) -> Result<()> {
    let names: Vec<&str> = variants.list.iter().map(|one| one.name.as_str()).collect();
    built!(conn, |q, c| {
        q.push("delete from reward_variant where reward_id = ").push_bind(reward);
        if !names.is_empty() {
            q.push(" and name not in ");
            push_list!(q, &names);
        }
        q.build().persistent(false).execute(c).await.map(drop)
    })?;
    if names.is_empty() {
        return Ok(());
    }
    Ok(built!(conn, |q, c| {
        q.push("insert into reward_variant (reward_id, name, position, quantity, claimed) ");
        q.push_values((0_i64..).zip(&variants.list), |mut row, (position, one)| {
            row.push_bind(reward)
                .push_bind(&one.name)
                .push_bind(position)
                .push_bind(one.quantity)
                .push_bind(0_i64);
        });
        q.push(
            " on conflict (reward_id, name) do update
                 set position = excluded.position, quantity = excluded.quantity",
        );
        q.build().persistent(false).execute(c).await.map(drop)
    })?)
}

/// Writes the claimed units of variants whose campaigns are locked. There has to be
/// one. The table's check refuses to sell more than there is.
pub async fn set_variant_stock(
    conn: &mut Conn<'_>,
    stock: &[(RewardId, String, i64)],
) -> Result<()> {
    Ok(built!(conn, |q, c| {
        q.push("with fresh (reward_id, name, claimed) as (");
        q.push_values(stock, |mut row, (reward, name, claimed)| {
            row.push_bind(*reward).push_bind(name).push_bind(*claimed);
        });
        q.push(
            ") update reward_variant
                  set claimed = fresh.claimed
                 from fresh
                where reward_variant.reward_id = fresh.reward_id
                  and reward_variant.name = fresh.name",
        );
        q.build().persistent(false).execute(c).await.map(drop)
    })?)
}

/// Takes away the variants of a reward that goes.
pub async fn delete(conn: &mut Conn<'_>, reward: RewardId) -> Result<()> {
    sql!(conn, |c| sqlx::query("delete from reward_variant where reward_id = $1")
        .bind(reward)
        .execute(c)
        .map_ok(drop))?;
    Ok(())
}
