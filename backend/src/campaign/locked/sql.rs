//! Statements that lock campaigns and write their totals.

use domain::{Timestamp, campaign::CampaignState, currency::Currency, id::CampaignId, slug::Slug};

use crate::{
    campaign::terms::{TermsRow, terms_columns},
    db::Conn,
    error::Result,
};

/// A campaign's row, locked until the transaction ends: nobody else changes its
/// pledges, stock or totals meanwhile.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct Locked {
    pub id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub state: CampaignState,
    pub currency: Currency,
    #[sqlx(flatten)]
    pub plan: TermsRow,
    pub pledged: i64,
    pub backers: i64,
    /// Units of rewards that count.
    pub units: i64,
    pub popularity: i64,
    pub deadline: Timestamp,
    pub funded_at: Timestamp,
    pub ledger_rows: i64,
    pub ledger_hash: String,
    pub collected: i64,
    pub dropped: i64,
    pub fix_until: Option<Timestamp>,
    /// When its creator is paid next, and was paid last.
    pub payout_at: Option<Timestamp>,
    pub paid_out_at: Option<Timestamp>,
    pub refunded: i64,
    pub charged_back: i64,
    pub disputed: i64,
    pub reserve: i64,
    /// The newest version that was published of its page, or 0.
    pub page_version: i64,
}

/// Locks rows by changing their version, which works the same on both engines.
pub async fn lock(conn: &mut Conn<'_>, ids: &[CampaignId]) -> Result<Vec<Locked>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    // An update takes its rows in any order; two nodes that want the same ones
    // would wait for each other in a circle. SQLite has one writer anyway.
    if let (Conn::Postgres(c), 2..) = (conn.handle(), ids.len()) {
        let mut q = sqlx::QueryBuilder::<sqlx::Postgres>::default();
        q.push("select 1 from campaign where id in ");
        push_list!(q, ids);
        q.push(" order by id for update").build().persistent(false).execute(&mut **c).await?;
    }
    Ok(built!(conn, |q, c| {
        q.push("update campaign set version = version + 1 where id in ");
        push_list!(q, ids);
        q.push(concat!(
            " returning id, slug, title, popularity, funded_at, ledger_rows, ledger_hash, collected,
                        dropped, fix_until, payout_at, paid_out_at, refunded, charged_back,
                        disputed, reserve, page_version, ",
            terms_columns!()
        ));
        q.build_query_as().persistent(false).fetch_all(c).await
    })?)
}

/// Writes the totals of locked rows. There has to be one.
pub async fn set_funding(conn: &mut Conn<'_>, rows: &[Locked]) -> Result<()> {
    Ok(built!(conn, |q, c| {
        q.push(
            "with fresh (id, pledged, backers, popularity, funded_at, ledger_rows, ledger_hash,
                         collected, dropped, units, funded, deadline, refunded, charged_back,
                         disputed, reserve) as (",
        );
        q.push_values(rows, |mut values, row| {
            values
                .push_bind(row.id)
                .push_bind(row.pledged)
                .push_bind(row.backers)
                .push_bind(row.popularity)
                .push_bind(row.funded_at)
                .push_bind(row.ledger_rows)
                .push_bind(&row.ledger_hash)
                .push_bind(row.collected)
                .push_bind(row.dropped)
                .push_bind(row.units)
                .push_bind(row.funding().basis_points())
                .push_bind(row.deadline)
                .push_bind(row.refunded)
                .push_bind(row.charged_back)
                .push_bind(row.disputed)
                .push_bind(row.reserve);
        });
        q.push(
            ") update campaign
                  set pledged = fresh.pledged, backers = fresh.backers,
                      funded = fresh.funded, units = fresh.units, deadline = fresh.deadline,
                      popularity = fresh.popularity, funded_at = fresh.funded_at,
                      ledger_rows = fresh.ledger_rows, ledger_hash = fresh.ledger_hash,
                      collected = fresh.collected, dropped = fresh.dropped,
                      refunded = fresh.refunded, charged_back = fresh.charged_back,
                      disputed = fresh.disputed, reserve = fresh.reserve
                 from fresh
                where campaign.id = fresh.id",
        );
        q.build().persistent(false).execute(c).await.map(drop)
    })?)
}
