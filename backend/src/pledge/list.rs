//! Every pledge of a person.

use domain::{Money, pledge::PledgeSummary};

use super::sql;
use crate::{account::Who, campaign, context::Backend, error::Result};

/// Every pledge of a person, newest first, at most 500.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, who: &Who) -> Result<Vec<PledgeSummary>> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let mut pledges = Vec::new();
    for row in sql::of_backer(&mut conn, who.account).await? {
        let (_, campaign, _) = campaign::card(&mut conn, &row.slug).await?;
        pledges.push(PledgeSummary {
            id: row.id,
            campaign,
            reward: row.reward,
            total: Money::new(row.total, row.currency),
            state: row.state,
            placed_at: row.placed_at,
        });
    }
    Ok(pledges)
}
