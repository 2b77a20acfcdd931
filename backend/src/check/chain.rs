//! Follows the chain of hashes through the books of every campaign.

use domain::id::CampaignId;
use uuid::Uuid;

use super::Difference;
use crate::{
    campaign,
    db::Conn,
    error::Result,
    ledger::sql::{self, Entry},
};

/// Rows that are looked at in one go.
const STEP: i64 = 5_000;

/// The first row that is not what it was when it was written, or that is missing.
pub async fn first_break(conn: &mut Conn<'_>) -> Result<Option<Difference>> {
    let mut place = (CampaignId::from_uuid(Uuid::nil()), 0);
    let mut link = Link::start(place.0);
    loop {
        let rows = sql::after(conn, place.0, place.1, STEP).await?;
        let is_last = rows.is_empty();
        for row in rows {
            if row.campaign_id != link.campaign {
                if let Some(found) = link.end(conn).await? {
                    return Ok(Some(found));
                }
                link = Link::start(row.campaign_id);
            }
            place = (row.campaign_id, row.seq);
            if !link.follow(&row) {
                return name(conn, row.campaign_id, link.rows + 1, row.seq).await.map(Some);
            }
        }
        if is_last {
            return link.end(conn).await;
        }
    }
}

/// How far one chain was followed.
struct Link {
    campaign: CampaignId,
    rows: i64,
    hash: String,
}

impl Link {
    const fn start(campaign: CampaignId) -> Self {
        Self { campaign, rows: 0, hash: String::new() }
    }

    /// Goes on to this row, when it is the next one and whole.
    fn follow(&mut self, row: &Entry) -> bool {
        if row.seq != self.rows + 1 || row.hash != row.hash_after(&self.hash) {
            return false;
        }
        self.rows = row.seq;
        self.hash.clone_from(&row.hash);
        true
    }

    /// Whether the chain ends where the campaign says it does.
    async fn end(&self, conn: &mut Conn<'_>) -> Result<Option<Difference>> {
        match sql::end(conn, self.campaign).await? {
            Some((rows, hash)) if rows != self.rows || hash != self.hash => {
                name(conn, self.campaign, rows, self.rows).await.map(Some)
            }
            _ => Ok(None),
        }
    }
}

async fn name(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    kept: i64,
    counted: i64,
) -> Result<Difference> {
    let slug = campaign::sql::slug_of(conn, campaign).await?.unwrap_or_default();
    Ok(Difference { what: format!("row of the books of {slug}"), kept, counted })
}
