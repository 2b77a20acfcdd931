//! Every pledge of a person.

use std::collections::BTreeSet;

use domain::{Money, id::CampaignId, pledge::PledgeSummary};

use super::sql;
use crate::{account::Who, campaign, context::Backend, error::Result};

/// Every pledge of a person, newest first, at most 500: two statements, however many
/// there are.
///
/// # Errors
/// When the database fails.
pub async fn list(backend: &Backend, who: &Who) -> Result<Vec<PledgeSummary>> {
    let mut reader = backend.db.read().await?;
    let mut conn = reader.conn();
    let rows = sql::of_backer(&mut conn, who.account).await?;
    let backed: BTreeSet<CampaignId> = rows.iter().map(|row| row.campaign_id).collect();
    let backed: Vec<CampaignId> = backed.into_iter().collect();
    let cards = campaign::search::cards_of(&mut conn, &backed).await?;
    reader.done();
    let summaries = rows.into_iter().filter_map(|row| {
        Some(PledgeSummary {
            id: row.id,
            campaign: cards.get(&row.campaign_id)?.clone(),
            reward: row.reward,
            total: Money::new(row.total, row.currency),
            state: row.state,
            placed_at: row.placed_at,
        })
    });
    Ok(summaries.collect())
}
