//! Statements on the books. There is none that changes or deletes a row.

use domain::{
    Currency, Timestamp,
    id::{CampaignId, PledgeId},
    ledger::{Account, Event},
};
use futures::TryFutureExt as _;

use crate::{db::Conn, error::Result};

/// One row of the books.
#[derive(sqlx::FromRow, Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub campaign_id: CampaignId,
    /// Its place in the campaign's chain, from 1.
    pub seq: i64,
    /// `seq` of the first row of the same event.
    pub posting: i64,
    pub event: Event,
    pub account: Account,
    /// Minor units that the account gains; never zero.
    pub amount: i64,
    pub currency: Currency,
    /// The pledge that it is about, if it is about one.
    pub pledge_id: Option<PledgeId>,
    pub at: Timestamp,
    /// Over this row and the hash of the row before it.
    pub hash: String,
}

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 2_000;

pub async fn insert(conn: &mut Conn<'_>, entries: &[Entry]) -> Result<()> {
    for entries in entries.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "insert into entry (campaign_id, seq, posting, event, account, amount, currency,
                                    pledge_id, at, hash) ",
            );
            q.push_values(entries, |mut row, entry| {
                row.push_bind(entry.campaign_id)
                    .push_bind(entry.seq)
                    .push_bind(entry.posting)
                    .push_bind(entry.event)
                    .push_bind(entry.account)
                    .push_bind(entry.amount)
                    .push_bind(entry.currency)
                    .push_bind(entry.pledge_id)
                    .push_bind(entry.at)
                    .push_bind(&entry.hash);
            });
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// The next rows of all chains, campaign by campaign, after this place.
pub async fn after(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    seq: i64,
    most: i64,
) -> Result<Vec<Entry>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select campaign_id, seq, posting, event, account, amount, currency, pledge_id, at, hash
           from entry
          where campaign_id > $1 or (campaign_id = $1 and seq > $2)
          order by campaign_id, seq
          limit $3"
    )
    .bind(campaign)
    .bind(seq)
    .bind(most)
    .fetch_all(c))?)
}

/// How many rows the campaign's chain has by its own row, and its last hash.
pub async fn end(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Option<(i64, String)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select ledger_rows, ledger_hash from campaign where id = $1"
    )
    .bind(campaign)
    .fetch_optional(c))?)
}

pub async fn set_end(conn: &mut Conn<'_>, id: CampaignId, rows: i64, hash: &str) -> Result<()> {
    Ok(sql!(conn, |c| sqlx::query(
        "update campaign set ledger_rows = $2, ledger_hash = $3 where id = $1"
    )
    .bind(id)
    .bind(rows)
    .bind(hash)
    .execute(c)
    .map_ok(drop))?)
}

/// The balance of each account of a campaign.
pub async fn balances(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<(Account, i64)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select account, cast(sum(amount) as bigint)
           from entry
          where campaign_id = $1
          group by account"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// The platform's fee on the charges of these pledges: what was taken, and what is
/// left of it now.
pub async fn platform_fees(
    conn: &mut Conn<'_>,
    pledges: &[PledgeId],
) -> Result<Vec<(PledgeId, i64, i64)>> {
    if pledges.is_empty() {
        return Ok(Vec::new());
    }
    Ok(built!(conn, |q, c| {
        q.push(
            "select pledge_id,
                    cast(sum(case event when 'collected' then amount else 0 end) as bigint),
                    cast(sum(amount) as bigint)
               from entry
              where account = 'platform_fee' and event <> 'surplus_came' and pledge_id in ",
        );
        push_list!(q, pledges);
        q.push(" group by pledge_id");
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Campaigns that have pledges which count, and no books.
pub async fn unopened(conn: &mut Conn<'_>) -> Result<Vec<CampaignId>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select id
           from campaign c
          where ledger_rows = 0
            and exists (select 1
                          from pledge p
                         where p.campaign_id = c.id
                           and p.state not in ('authentication_required', 'cancelled', 'expired'))"
    )
    .fetch_all(c))?)
}

/// What the pledges of a campaign that count add up to.
pub async fn promised_by_pledges(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<i64> {
    Ok(sql!(conn, |c| {
        sqlx::query_scalar(
        "select cast(coalesce(sum(total), 0) as bigint)
           from pledge
          where campaign_id = $1 and state not in ('authentication_required', 'cancelled', 'expired')"
    )
    .bind(campaign)
    .fetch_one(c)
    })?)
}
