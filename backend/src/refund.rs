//! Refunds. One is written before the provider is asked, and asked under a key of
//! its own, so that a worker that dies gives nothing back twice and forgets
//! nothing; `collection` does the same with charges.
//!
//! Of the fees on a charge the platform gives back its share of what goes back,
//! for it takes none of what a creator does not keep (as Gamefound does, `[F6]`).
//! The provider keeps what it took for the charge, as providers do, and that is
//! the creator's to bear. Until the payout the money comes out of what waits in
//! clearing; after it, out of the reserve, and then out of what the creator was
//! paid: the balance of the payout may fall below zero, and is then owed.

pub(crate) mod again;
mod page;
pub(crate) mod sql;

use domain::{
    Money,
    id::{AccountId, CampaignId, PledgeId, RefundId},
    people::Right,
    refund::{Asker, Reason, RefundForm, RefundOrder, Wanted, may_refund},
};

use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    pace::{self, Share},
    payment::{RefundRequest, Trouble},
    people,
    pledge::{
        Repeat,
        command::{self, Answer, Command, SettleRefund},
        links, marked, once_for,
    },
    worker::{self, LEASE},
};
pub use page::{page, pledges};
use sql::{Due, Managed};

/// Refunds as the form says, and waits for the provider.
///
/// # Errors
/// [`Error::SignedOut`]; [`Error::NotFound`] for whoever does not own the campaign;
/// what the form or the rules refuse. Nothing is written then.
pub async fn ask(backend: &Backend, who: Option<&Who>, form: &RefundForm) -> Result<Answer> {
    let pledge: PledgeId = form.id.parse().map_err(|_| Error::NotFound)?;
    let campaign = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        let campaign = managed(&mut conn, who, &form.slug, Right::Own).await?;
        sql::belongs(&mut conn, pledge, campaign.id).await?;
        campaign
    };
    let order = form.parse(campaign.currency)?;
    let key = marked("refund", &form.key);
    let asked = serde_json::to_string(&order)?;
    let repeat = Repeat { key: &key, asked: &asked };
    give(backend, campaign.id, pledge, order, who.map(|who| who.account), repeat).await
}

/// Refunds, and waits for the provider. Who may ask was decided before.
///
/// # Errors
/// What the rules refuse; nothing is written then.
pub(crate) async fn give(
    backend: &Backend,
    campaign: CampaignId,
    pledge: PledgeId,
    order: RefundOrder,
    asked_by: Option<AccountId>,
    repeat: Repeat<'_>,
) -> Result<Answer> {
    let id = RefundId::generate();
    let refund = command::Refund {
        campaign,
        pledge,
        id,
        order,
        asked_by,
        taken_until: backend.clock.now().plus(LEASE),
        once: once_for(repeat.key, &(pledge, "refund", repeat.asked))?,
    };
    let answer = backend.writer.submit(Command::Refund(Box::new(refund))).await?;
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), id).await?
    };
    match due {
        Some(due) => Ok(send(backend, due).await?.unwrap_or(answer)),
        // Under the same key it was asked for before.
        None => Ok(answer),
    }
}

/// Plans a refund of all that is left for every backer of a campaign whose card was
/// charged, a portion at a time: for one that is cancelled after it was collected.
/// Returns how many were planned; none, once everybody has one.
///
/// # Errors
/// When the database fails; what was planned before stays planned.
pub async fn everyone(backend: &Backend, campaign: CampaignId, reason: Reason) -> Result<usize> {
    let waiting = {
        let mut reader = backend.db.read().await?;
        sql::refundable(&mut reader.conn(), campaign).await?
    };
    let plan = |pledge| {
        Command::Refund(Box::new(command::Refund {
            campaign,
            pledge,
            id: RefundId::generate(),
            order: RefundOrder { wanted: Wanted::Rest, reason, restock: false },
            asked_by: None,
            // Any worker may take it at once.
            taken_until: domain::Timestamp(0),
            once: None,
        }))
    };
    // Refused where one is disputed, or was refunded meanwhile by hand.
    worker::submit(backend, waiting.into_iter().map(plan).collect()).await
}

/// Sends what has no answer yet, no more at once than the provider allows. Meant to
/// be called once a second.
///
/// # Errors
/// The first fault; what was done before it stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    again::once(backend, now).await?;
    let is_any = {
        let mut reader = backend.db.read().await?;
        sql::is_any_due(&mut reader.conn(), now).await?
    };
    // Most rounds end here, without holding up the writer.
    if !is_any {
        return Ok(());
    }
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let most = pace::reserve(&mut conn, backend, now, Share::Whole).await?;
    let taken = sql::take(&mut conn, now, now.plus(LEASE), most).await?;
    pace::give_back(&mut conn, most, taken.len()).await?;
    tx.commit().await?;
    worker::each(backend, taken, |due| send(backend, due)).await
}

/// Asks the provider and settles its answer. Nothing when there is none: it is
/// asked again, under the same key, when the time of this worker is over.
async fn send(backend: &Backend, due: Due) -> Result<Option<Answer>> {
    let request = RefundRequest {
        key: key(&format!("refund-{}", due.id), due.refusals),
        charge: due.charge,
        amount: Money::new(due.amount, due.currency),
        since: due.created_at,
    };
    let answer = match backend.payments.refund(&request).await {
        Ok(answer) => answer,
        Err(trouble @ (Trouble::Busy { .. } | Trouble::Unclear(_))) => {
            tracing::warn!(%trouble, "a refund has no answer yet; it is sent again");
            return Ok(None);
        }
    };
    let settle = SettleRefund {
        campaign: due.campaign_id,
        pledge: due.pledge_id,
        refund: due.id,
        answer,
        link: links(backend).to(due.pledge_id),
    };
    backend.writer.submit(Command::SettleRefund(Box::new(settle))).await.map(Some)
}

/// What the provider is asked under after so many refusals. Under the same key it
/// would answer the same; and since it did nothing under the old one, another one
/// gives nothing back twice.
pub(crate) fn key(first: &str, refusals: i64) -> String {
    if refusals == 0 { first.to_owned() } else { format!("{first}-{refusals}") }
}

/// The campaign, if the asker works on it with this right, or runs the platform.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] for everyone else.
pub(crate) async fn managed(
    conn: &mut Conn<'_>,
    who: Option<&Who>,
    slug: &str,
    right: Right,
) -> Result<Managed> {
    let who = who.ok_or(Error::SignedOut)?;
    let campaign = sql::campaign(conn, slug).await?.ok_or(Error::NotFound)?;
    let access = people::access(conn, who, campaign.id).await?;
    let asker = match access.is_operator {
        true => Asker::Operator,
        false if access.rights.has(right) => Asker::Creator,
        false => Asker::Backer,
    };
    let is_paid_out = campaign.paid_out_at.is_some();
    let may = asker != Asker::Backer && may_refund(asker, campaign.rule, is_paid_out);
    if may { Ok(campaign) } else { Err(Error::NotFound) }
}
