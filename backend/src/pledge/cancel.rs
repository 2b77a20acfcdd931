//! Taking a pledge back.

use domain::{
    campaign::material::Leaving,
    id::PledgeId,
    refund::{Reason, RefundOrder, Wanted},
};

use super::{
    Access, Repeat,
    command::{Answer, Cancel, Command},
    marked, once, open, since,
};
use crate::{context::Backend, error::Result, refund};

/// Takes a pledge back. One that was charged is refunded, where its campaign's rule lets
/// a backer ask for that, or what it promised has changed.
///
/// # Errors
/// [`crate::Error::NotFound`] for strangers; else what the rules refuse.
pub async fn cancel(
    backend: &Backend,
    access: &Access<'_>,
    id: PledgeId,
    repeat: Repeat<'_>,
) -> Result<Answer> {
    let row = open(backend, access, id).await?;
    let leaving = {
        let mut reader = backend.db.read().await?;
        since::leaving(&mut reader.conn(), id, &row, backend.clock.now()).await?
    };
    if row.may_have_back() || leaving == Some(Leaving::GiveBack) {
        // What was charged is not taken back but given back.
        let order =
            RefundOrder { wanted: Wanted::Rest, reason: Reason::BackerAsked, restock: true };
        let key = marked("cancel", repeat.key);
        let repeat = Repeat { key: &key, asked: "" };
        return refund::give(backend, row.campaign_id, id, order, Some(row.backer_id), repeat)
            .await;
    }
    let campaign = row.campaign_id;
    let is_free = leaving == Some(Leaving::Cancel);
    let once = once(repeat.key, &(id, "cancel"))?;
    let cancel = Cancel { campaign, pledge: id, is_free, once };
    backend.writer.submit(Command::Cancel(Box::new(cancel))).await
}
