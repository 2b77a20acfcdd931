//! Statements on pledges that wait for their first try.

use domain::{
    Currency,
    id::{CampaignId, PledgeId},
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// Campaigns whose pledges may wait for it, unless they are stopped or over. These
/// states are told by what they are not: of an `in` SQLite would rather walk through
/// every campaign of such a state.
pub async fn planning(conn: &mut Conn<'_>) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from campaign
          where planning
            and fix_until is not null
            and state not in ('failed', 'cancelled', 'suspended')
          order by id"
    )
    .fetch_all(c))?)
}

/// Notes that the saved cards of a locked campaign are charged.
pub async fn begin(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set planning = true where id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(drop))?)
}

/// Notes that each of its pledges has its first try.
pub async fn finished(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query("update campaign set planning = false where id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(drop))?)
}

/// The pledges of a campaign that wait for it.
pub async fn waiting(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<PledgeId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select p.id
           from pledge p
          where p.campaign_id = $1
            and p.state = 'pledged'
            and not exists (select 1 from charge h where h.pledge_id = p.id)
          order by p.id"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// A pledge that waits for its first try.
#[derive(sqlx::FromRow, Debug)]
pub struct Waiting {
    pub id: PledgeId,
    pub total: i64,
    pub instalments: i64,
    pub currency: Currency,
    pub payment_method: String,
}

/// Those of these pledges that still do.
pub async fn still_waiting(conn: &mut Conn<'_>, pledges: &[PledgeId]) -> Result<Vec<Waiting>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select p.id, p.total, p.instalments, p.currency, p.payment_method
               from pledge p
              where p.state = 'pledged'
                and not exists (select 1 from charge h where h.pledge_id = p.id)
                and p.id in ",
        );
        push_list!(q, pledges);
        // Two workers that write the same tries wait for each other in one order.
        q.push(" order by p.id");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}
