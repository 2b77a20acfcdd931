//! Statements on a campaign's accounts.

use domain::{
    Timestamp,
    id::{CampaignId, PledgeId},
    ledger::{Account, Event},
};

use crate::{db::Conn, error::Result};

/// The totals of a campaign's pledges and of what became of them.
#[derive(sqlx::FromRow, Debug)]
pub struct Totals {
    /// Without an opening balance.
    pub pledged: i64,
    pub collected: i64,
    pub dropped: i64,
    pub refunded: i64,
    pub charged_back: i64,
    pub reserve: i64,
    pub reserve_until: Option<Timestamp>,
    pub fix_until: Option<Timestamp>,
    pub paid_out_at: Option<Timestamp>,
}

pub async fn totals(conn: &mut Conn<'_>, id: CampaignId) -> Result<Totals> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select pledged - opening_pledged as pledged, collected, dropped, refunded, charged_back,
                reserve, reserve_until, fix_until, paid_out_at
           from campaign
          where id = $1"
    )
    .bind(id)
    .fetch_one(c))?)
}

/// One row of the books as it is exported.
#[derive(sqlx::FromRow, Debug)]
pub struct Row {
    pub seq: i64,
    pub posting: i64,
    pub at: Timestamp,
    pub event: Event,
    pub account: Account,
    pub amount: i64,
    pub pledge_id: Option<PledgeId>,
    /// The pledge's reward, in the creator's own words.
    pub reward: Option<String>,
    pub hash: String,
}

/// The next rows of a campaign's books, after this place.
pub async fn after(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    seq: i64,
    most: i64,
) -> Result<Vec<Row>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select e.seq, e.posting, e.at, e.event, e.account, e.amount, e.pledge_id,
                i.title as reward, e.hash
           from entry e
           left join pledge_item i on i.pledge_id = e.pledge_id and i.kind = 'reward'
          where e.campaign_id = $1 and e.seq > $2
          order by e.seq
          limit $3"
    )
    .bind(campaign)
    .bind(seq)
    .bind(most)
    .fetch_all(c))?)
}
