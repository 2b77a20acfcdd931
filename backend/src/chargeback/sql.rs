//! Statements on disputed charges.

use domain::{
    Currency, Timestamp,
    id::{CampaignId, ChargeId, ChargebackId, PledgeId},
    refund::ChargebackState,
};

use crate::{db::Conn, error::Result};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 1_000;

/// One charge that its holder disputes.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Chargeback {
    pub id: ChargebackId,
    /// The provider's word for it.
    pub reference: String,
    pub pledge_id: PledgeId,
    pub campaign_id: CampaignId,
    pub charge_id: ChargeId,
    pub state: ChargebackState,
    /// Minor units.
    pub amount: i64,
    /// What the provider took for it; not returned, whoever is right.
    pub fee: i64,
    pub currency: Currency,
    /// What the platform gave back of its share.
    pub platform_fee: i64,
    pub opened_at: Timestamp,
    pub settled_at: Option<Timestamp>,
}

/// Every dispute about these pledges, the first one first.
pub async fn of_pledges(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Vec<Chargeback>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select id, reference, pledge_id, campaign_id, charge_id, state, amount, fee, currency,
                    platform_fee, opened_at, settled_at
               from chargeback
              where pledge_id in ",
        );
        push_list!(q, pledges);
        q.push(" order by opened_at, id");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

pub async fn insert(conn: &mut Conn<'_>, chargebacks: &[&Chargeback]) -> Result<()> {
    for chargebacks in chargebacks.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into chargeback (id, reference, pledge_id, campaign_id, charge_id, state,
                                         amount, fee, currency, opened_at) ",
            );
            q.push_values(chargebacks, |mut row, one| {
                row.push_bind(one.id)
                    .push_bind(&one.reference)
                    .push_bind(one.pledge_id)
                    .push_bind(one.campaign_id)
                    .push_bind(one.charge_id)
                    .push_bind(one.state)
                    .push_bind(one.amount)
                    .push_bind(one.fee)
                    .push_bind(one.currency)
                    .push_bind(one.opened_at);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Writes how these disputes were decided.
pub async fn settle(conn: &mut Conn<'_>, chargebacks: &[&Chargeback]) -> Result<()> {
    for chargebacks in chargebacks.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push("with fresh (id, state, platform_fee, settled_at) as (");
            q.push_values(chargebacks, |mut row, one| {
                row.push_bind(one.id)
                    .push_bind(one.state)
                    .push_bind(one.platform_fee)
                    .push_bind(one.settled_at);
            });
            q.push(
                ") update chargeback
                      set state = fresh.state, platform_fee = fresh.platform_fee,
                          settled_at = fresh.settled_at
                     from fresh
                    where chargeback.id = fresh.id",
            );
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The pledge whose charge the provider knows by this word.
pub async fn pledge_of_charge(
    conn: &mut Conn<'_>,
    reference: &str,
) -> Result<Option<(CampaignId, PledgeId, ChargeId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select campaign_id, pledge_id, id from charge where reference = $1 and state = 'succeeded'"
    )
    .bind(reference)
    .fetch_optional(c))?)
}

/// Whether a dispute that goes by this word is about another pledge.
pub async fn is_of_another(conn: &mut Conn<'_>, reference: &str, pledge: PledgeId) -> Result<bool> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select exists (select 1 from chargeback where reference = $1 and pledge_id <> $2)"
    )
    .bind(reference)
    .bind(pledge)
    .fetch_one(c))?)
}

pub async fn currency(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Currency> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select currency from campaign where id = $1")
        .bind(campaign)
        .fetch_one(c))?)
}
