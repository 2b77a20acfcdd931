//! Refunds that the provider refused: asked for again by themselves, then by an
//! operator, or settled by other means.

pub(crate) mod sql;

use domain::{
    Timestamp,
    id::{CampaignId, PledgeId, RefundId},
};

use crate::{
    context::Backend,
    error::{Error, Result},
    pledge::command::{Answer, Command, SeeTo, SeeToRefund},
};

/// Refunds that are asked for again in one round.
const MOST: i64 = 100;

/// Has those asked for again whose time has come.
///
/// # Errors
/// When the database fails.
pub async fn once(backend: &Backend, now: Timestamp) -> Result<()> {
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), now, MOST).await?
    };
    for (campaign, pledge, refund) in due {
        let see = SeeToRefund { campaign, pledge, refund, how: SeeTo::Again };
        submit(backend, see).await?;
    }
    Ok(())
}

/// Does what an operator decided about one of them.
///
/// # Errors
/// [`Error::NotFound`] when there is none; what the rules refuse.
pub(crate) async fn see_to(backend: &Backend, refund: RefundId, how: SeeTo) -> Result<Answer> {
    let (campaign, pledge): (CampaignId, PledgeId) = {
        let mut reader = backend.db.read().await?;
        sql::place(&mut reader.conn(), refund).await?.ok_or(Error::NotFound)?
    };
    submit(backend, SeeToRefund { campaign, pledge, refund, how }).await
}

async fn submit(backend: &Backend, see: SeeToRefund) -> Result<Answer> {
    backend.writer.submit(Command::SeeToRefund(Box::new(see))).await
}
