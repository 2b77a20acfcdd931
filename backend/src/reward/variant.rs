//! What rewards come in, beside their rows.

pub mod sql;

use domain::reward::{RewardOption, Variant, Variants};

use super::sql::RewardRow;
use crate::{db::Conn, error::Result};

/// What a reward without options keeps of them.
const NONE: &str = "[]";

impl RewardRow {
    /// Whether something has to be chosen.
    fn has_options(&self) -> bool {
        self.options != NONE
    }

    /// Its options, with the variants that were read beside it.
    pub(super) fn variants(&mut self) -> Result<Variants> {
        if !self.has_options() {
            return Ok(Variants::default());
        }
        let options: Vec<RewardOption> = serde_json::from_str(&self.options)?;
        Ok(Variants { options, list: std::mem::take(&mut self.variants) })
    }
}

/// Reads the variants of those rewards that have any: one statement for all, and none
/// where there is nothing to choose.
pub(super) async fn fill<'r>(
    conn: &mut Conn<'_>,
    rows: impl Iterator<Item = &'r mut RewardRow>,
) -> Result<()> {
    let mut rows: Vec<&mut RewardRow> = rows.filter(|row| row.has_options()).collect();
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    for found in sql::of_rewards(conn, &ids).await? {
        if let Some(row) = rows.iter_mut().find(|row| row.id == found.reward_id) {
            let (name, quantity, claimed) = (found.name, found.quantity, found.claimed);
            row.variants.push(Variant { name, quantity, claimed });
        }
    }
    Ok(())
}
