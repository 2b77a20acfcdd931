//! Statements on refunds that the provider refused.

use domain::{
    Timestamp,
    id::{AccountId, CampaignId, PledgeId, RefundId},
};

use crate::{db::Conn, error::Result, refund::sql::Refund};

/// Most rows in one statement, so that engines take all their values.
const ROWS: usize = 1_000;

/// What the provider would not do, and who saw to it.
#[derive(sqlx::FromRow, Debug, Clone, Default)]
pub struct Refusals {
    /// How often it said no.
    #[sqlx(rename = "refusals")]
    pub times: i64,
    /// Its last word for why.
    pub refused_for: Option<String>,
    /// When it is asked again by itself.
    pub retry_at: Option<Timestamp>,
    /// Who settled it by other means, and how.
    pub settled_by: Option<AccountId>,
    pub note: Option<String>,
}

/// Writes what became of these refunds.
pub async fn settle(conn: &mut Conn<'_>, refunds: &[&Refund]) -> Result<()> {
    for refunds in refunds.chunks(ROWS) {
        built!(conn, |q, c| {
            q.push(
                "with fresh (id, state, amount, platform_fee, reference, settled_at, taken_until,
                             refusals, refused_for, retry_at, settled_by, note) as (",
            );
            q.push_values(refunds, |mut row, refund| {
                row.push_bind(refund.id)
                    .push_bind(refund.state)
                    .push_bind(refund.amount)
                    .push_bind(refund.platform_fee)
                    .push_bind(refund.reference.as_deref())
                    .push_bind(refund.settled_at)
                    .push_bind(refund.taken_until)
                    .push_bind(refund.refusals.times)
                    .push_bind(refund.refusals.refused_for.as_deref())
                    .push_bind(refund.refusals.retry_at)
                    .push_bind(refund.refusals.settled_by)
                    .push_bind(refund.refusals.note.as_deref());
            });
            q.push(
                ") update refund
                      set state = fresh.state, amount = fresh.amount,
                          platform_fee = fresh.platform_fee, reference = fresh.reference,
                          settled_at = fresh.settled_at, taken_until = fresh.taken_until,
                          refusals = fresh.refusals, refused_for = fresh.refused_for,
                          retry_at = fresh.retry_at, settled_by = fresh.settled_by,
                          note = fresh.note
                     from fresh
                    where refund.id = fresh.id",
            );
            q.build().persistent(false).execute(c).await.map(drop)
        })?;
    }
    Ok(())
}

/// Refunds whose time to be asked for again has come.
pub async fn due(
    conn: &mut Conn<'_>,
    now: Timestamp,
    most: i64,
) -> Result<Vec<(CampaignId, PledgeId, RefundId)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select campaign_id, pledge_id, id
           from refund
          where state = 'refused' and retry_at <= $1
          order by settled_at
          limit $2"
    )
    .bind(now)
    .bind(most)
    .fetch_all(c))?)
}

/// Where a refund belongs.
pub async fn place(conn: &mut Conn<'_>, id: RefundId) -> Result<Option<(CampaignId, PledgeId)>> {
    Ok(sql!(conn, |c| sqlx::query_as("select campaign_id, pledge_id from refund where id = $1")
        .bind(id)
        .fetch_optional(c))?)
}
