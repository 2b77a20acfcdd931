//! Payments that nobody wanted: a provider took the same money twice, or that of a
//! pledge that was over. The pledge writer notes them in the transaction that learns
//! of them; here they are given back, under a key of their own.
//!
//! They were never collected, so they stand in no total of the campaign, and in the
//! books in an account of their own. What the provider keeps of such a payment is
//! the platform's to bear, and is taken from its fees as the payment is noted.

pub(crate) mod sql;

use domain::{
    Money, Timestamp,
    id::{AccountId, SurplusId},
    ledger::Posting,
    refund::{
        Reason,
        returns::{Unwanted, asked_again, in_short},
    },
};

use crate::{
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    ledger::{self, Book},
    mail::{self, Letter},
    pace::{self, Share},
    payment::{RefundAnswer, RefundRequest, Trouble},
    pledge::links,
    refund,
    worker::{self, LEASE},
};
use sql::{Open, Outcome};

/// Sends back what has no answer yet. Meant to be called once a second.
///
/// # Errors
/// The first fault; what was done before it stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let is_any = {
        let mut reader = backend.db.read().await?;
        sql::is_any_due(&mut reader.conn(), now).await?
    };
    // Nearly every round ends here.
    if !is_any {
        return Ok(());
    }
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let most = pace::reserve(&mut conn, backend, now, Share::Whole).await?;
    let taken = sql::take(&mut conn, now, now.plus(LEASE), most).await?;
    pace::give_back(&mut conn, most, taken.len()).await?;
    tx.commit().await?;
    worker::each(backend, taken, |open| async move { send(backend, &open).await }).await
}

/// Asks the provider and books its answer. Without one it is asked again, under the
/// same key, when the time of this worker is over.
async fn send(backend: &Backend, open: &Open) -> Result<()> {
    let request = RefundRequest {
        key: refund::key(&format!("surplus-{}", open.payment), open.refusals),
        charge: open.payment.clone(),
        amount: Money::new(open.amount, open.currency),
        since: open.created_at,
    };
    let now = backend.clock.now();
    match backend.payments.refund(&request).await {
        Ok(RefundAnswer::Succeeded { reference }) => {
            let done = Outcome { reference: Some(reference), ..Outcome::default() };
            returned(backend, open.id, &done, now).await.map(drop)
        }
        Ok(RefundAnswer::Refused { why }) => {
            let retry_at = asked_again(open.refusals + 1, now);
            let mut tx = backend.db.begin().await?;
            sql::refuse(&mut tx.conn(), open.id, &in_short(&why), retry_at, now).await?;
            tx.commit().await
        }
        Err(trouble @ (Trouble::Busy { .. } | Trouble::Unclear(_))) => {
            tracing::warn!(%trouble, "an unwanted payment is not given back yet; it is sent again");
            Ok(())
        }
    }
}

/// Has one asked for again that the provider refused.
///
/// # Errors
/// [`Error::NotFound`] when there is none that was refused.
pub(crate) async fn again(backend: &Backend, id: SurplusId) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    if !sql::again(&mut tx.conn(), id).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}

/// Notes that somebody gave one back by other means.
///
/// # Errors
/// [`Error::NotFound`] when there is none that was refused.
pub(crate) async fn by_hand(
    backend: &Backend,
    id: SurplusId,
    who: AccountId,
    note: String,
) -> Result<()> {
    let done = Outcome { settled_by: Some(who), note: Some(note), reference: None };
    let now = backend.clock.now();
    if returned(backend, id, &done, now).await? { Ok(()) } else { Err(Error::NotFound) }
}

/// Books one as given back, in a transaction that holds its campaign; false when it
/// was before.
async fn returned(
    backend: &Backend,
    id: SurplusId,
    done: &Outcome,
    now: Timestamp,
) -> Result<bool> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let Some(campaign) = sql::campaign_of(&mut conn, id).await? else { return Ok(false) };
    let Some(row) = campaign::locked::lock(&mut conn, &[campaign]).await?.pop() else {
        return Ok(false);
    };
    // Another process was faster. What was refused waits for a person alone.
    let is_by_hand = done.settled_by.is_some();
    let Some(surplus) = sql::settle(&mut conn, id, is_by_hand, done, now).await? else {
        return Ok(false);
    };
    let mut book = Book::open(row.id, row.currency, row.ledger_rows, row.ledger_hash);
    book.post(&Posting::surplus_returned(surplus.amount), Some(surplus.pledge_id), now);
    ledger::sql::insert(&mut conn, &book.take()).await?;
    let (rows, hash) = book.end();
    ledger::sql::set_end(&mut conn, row.id, rows, hash).await?;
    // Who settled it by hand has spoken to its backer.
    if !is_by_hand {
        write(backend, &mut conn, &row.title, &surplus, now).await?;
    }
    tx.commit().await?;
    Ok(true)
}

async fn write(
    backend: &Backend,
    conn: &mut Conn<'_>,
    title: &str,
    surplus: &sql::Returned,
    now: Timestamp,
) -> Result<()> {
    let letter = Letter::PledgeRefunded {
        title: title.to_owned(),
        total: Money::new(surplus.amount, surplus.currency),
        reason: match surplus.unwanted {
            Unwanted::PaidTwice => Reason::Duplicate,
            Unwanted::PledgeOver => Reason::Other,
        },
        link: links(backend).to(surplus.pledge_id),
    };
    let (email, locale) = sql::backer(conn, surplus.pledge_id).await?;
    mail::enqueue(conn, &email, locale, &letter, now).await
}
