//! What is held back of a payout, for refunds and disputes that come later, is paid
//! at last.

use domain::{Money, Timestamp, id::CampaignId, ledger::Posting};

use super::sql;
use crate::{
    campaign,
    context::Backend,
    error::Result,
    ledger::{self, Book},
    mail::{self, Letter},
    worker::Round,
};

/// Pays what was held back long enough, each campaign in its own transaction.
pub async fn release_due(backend: &Backend, now: Timestamp) -> Result<()> {
    let due = {
        let mut reader = backend.db.read().await?;
        sql::to_release(&mut reader.conn(), now).await?
    };
    let mut round = Round::default();
    for campaign in due {
        let paid = release(backend, campaign, now).await;
        let what = format!("paying the reserve of campaign {campaign}");
        round.note(paid.map_err(|fault| fault.of(what)));
    }
    round.end()
}

async fn release(backend: &Backend, campaign: CampaignId, now: Timestamp) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let Some(row) = campaign::locked::lock(&mut conn, &[campaign]).await?.pop() else {
        return Ok(());
    };
    // Another process was faster.
    if row.reserve == 0 {
        return Ok(());
    }
    sql::released(&mut conn, campaign).await?;
    let mut book = Book::open(row.id, row.currency, row.ledger_rows, row.ledger_hash);
    book.post(&Posting::reserve_released(row.reserve), None, now);
    ledger::sql::insert(&mut conn, &book.take()).await?;
    let (rows, hash) = book.end();
    ledger::sql::set_end(&mut conn, row.id, rows, hash).await?;
    let payee = sql::payee(&mut conn, campaign).await?;
    let letter = Letter::ReserveReleased {
        title: row.title,
        total: Money::new(row.reserve, row.currency),
        link: format!("{}/campaigns/{}/accounting", backend.options.base_url, payee.slug),
    };
    mail::enqueue(&mut conn, &payee.email, payee.locale, &letter, now).await?;
    tx.commit().await
}
