//! A first try for each pledge of a campaign whose saved cards are charged. Which
//! pledges these are is decided when the campaign closes: what is pledged later is
//! charged at once. So they are looked for once, and once all have their try, the
//! campaign says so, and no round looks at its pledges again.
//!
//! They are written in portions, each a transaction of its own; whoever goes on after
//! a worker died looks for the rest.

pub(crate) mod sql;

use domain::{
    Timestamp,
    id::{CampaignId, ChargeId, PledgeId},
    pledge::instalment::first,
};

use super::sql::{Charge, ChargeState, insert};
use crate::{context::Backend, error::Result, worker::Round};

/// Tries that are planned in one transaction.
const PORTION: usize = 500;

/// Plans what there is to plan. Meant to be called once a second.
///
/// # Errors
/// The first fault, once every campaign had its turn; what was planned stays planned.
pub async fn due(backend: &Backend, now: Timestamp) -> Result<()> {
    let planning = {
        let mut reader = backend.db.read().await?;
        sql::planning(&mut reader.conn()).await?
    };
    let mut round = Round::default();
    for campaign in planning {
        let planned = first_tries(backend, campaign, now).await;
        round.note(planned.map_err(|fault| fault.of(format!("planning campaign {campaign}"))));
    }
    round.end()
}

async fn first_tries(backend: &Backend, campaign: CampaignId, now: Timestamp) -> Result<()> {
    let waiting = {
        let mut reader = backend.db.read().await?;
        sql::waiting(&mut reader.conn(), campaign).await?
    };
    for portion in waiting.chunks(PORTION) {
        plan(backend, campaign, portion, now).await?;
    }
    let mut tx = backend.db.begin().await?;
    sql::finished(&mut tx.conn(), campaign).await?;
    tx.commit().await
}

/// One portion; of it what nobody else was faster with.
async fn plan(
    backend: &Backend,
    campaign: CampaignId,
    pledges: &[PledgeId],
    now: Timestamp,
) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let charges: Vec<Charge> = sql::still_waiting(&mut conn, pledges)
        .await?
        .into_iter()
        .map(|pledge| Charge {
            id: ChargeId::generate(),
            pledge_id: pledge.id,
            campaign_id: campaign,
            attempt: 1,
            instalment: 1,
            state: ChargeState::Due,
            amount: first(pledge.total, pledge.instalments),
            currency: pledge.currency,
            payment_method: pledge.payment_method,
            due_at: now,
            taken_until: Timestamp(0),
            reference: None,
            settled_at: None,
        })
        .collect();
    insert(&mut conn, &charges).await?;
    tx.commit().await
}
