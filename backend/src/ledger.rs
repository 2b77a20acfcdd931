//! The books: what the writer adds to them in the transaction that moves the
//! money, and the chain of hashes that shows when a row was touched since.

pub(crate) mod sql;

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Currency, Timestamp,
    id::{CampaignId, PledgeId},
    ledger::{Account, Event, Posting},
};
use sha2::{Digest as _, Sha256};

use crate::{campaign, context::Backend, db::Conn, error::Result};
pub use sql::Entry;

/// The end of a campaign's chain, and the rows that a batch adds to it. Only
/// whoever holds the campaign's row may have one.
pub struct Book {
    campaign: CampaignId,
    currency: Currency,
    rows: i64,
    hash: String,
    fresh: Vec<Entry>,
}

impl Book {
    /// The book of a locked campaign, as its row remembers it.
    #[must_use]
    pub fn open(campaign: CampaignId, currency: Currency, rows: i64, hash: String) -> Self {
        Self { campaign, currency, rows, hash, fresh: Vec::new() }
    }

    /// Adds the rows of one event. One that moves nothing leaves no row.
    pub fn post(&mut self, posting: &Posting, pledge: Option<PledgeId>, at: Timestamp) {
        let first = self.rows + 1;
        for leg in posting.legs() {
            self.rows += 1;
            let mut entry = Entry {
                campaign_id: self.campaign,
                seq: self.rows,
                posting: first,
                event: posting.event(),
                account: leg.account,
                amount: leg.amount,
                currency: self.currency,
                pledge_id: pledge,
                at,
                hash: String::new(),
            };
            entry.hash = entry.hash_after(&self.hash);
            self.hash.clone_from(&entry.hash);
            self.fresh.push(entry);
        }
    }

    /// How many rows the chain has, and its last hash.
    #[must_use]
    pub fn end(&self) -> (i64, &str) {
        (self.rows, &self.hash)
    }

    /// The rows to write.
    pub fn take(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.fresh)
    }
}

impl Entry {
    /// The hash of this row when it follows a row with that hash.
    #[must_use]
    pub fn hash_after(&self, previous: &str) -> String {
        let pledge = self.pledge_id.map(|id| id.to_string()).unwrap_or_default();
        let row = format!(
            "{previous}\n{}\n{}\n{}\n{}\n{}\n{}\n{}\n{pledge}\n{}",
            self.campaign_id,
            self.seq,
            self.posting,
            self.event.key(),
            self.account.key(),
            self.amount,
            self.currency,
            self.at.0,
        );
        URL_SAFE_NO_PAD.encode(Sha256::digest(row.as_bytes()))
    }
}

/// What stands in each account of a campaign, in minor units; accounts that were
/// never used are left out.
///
/// # Errors
/// When the database fails.
pub async fn balances(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<BTreeMap<Account, i64>> {
    Ok(sql::balances(conn, campaign).await?.into_iter().collect())
}

/// Opens the books of campaigns that had pledges before there were any, each
/// with one sum. Nothing to do from the second start on.
///
/// # Errors
/// When the database fails; what was opened before stays open.
pub async fn open_books(backend: &Backend) -> Result<()> {
    let unopened = {
        let mut reader = backend.db.read().await?;
        sql::unopened(&mut reader.conn()).await?
    };
    for id in unopened {
        let now = backend.clock.now();
        let mut tx = backend.db.begin().await?;
        open_one(&mut tx.conn(), id, now).await?;
        tx.commit().await?;
    }
    Ok(())
}

async fn open_one(conn: &mut Conn<'_>, id: CampaignId, now: Timestamp) -> Result<()> {
    let Some(row) = campaign::locked::lock(conn, &[id]).await?.pop() else { return Ok(()) };
    // Another process was faster.
    if row.ledger_rows > 0 {
        return Ok(());
    }
    let promised = sql::promised_by_pledges(conn, id).await?;
    let mut book = Book::open(id, row.currency, 0, String::new());
    book.post(&Posting::promise(Event::Opened, promised), None, now);
    sql::insert(conn, &book.take()).await?;
    let (rows, hash) = book.end();
    sql::set_end(conn, id, rows, hash).await
}

#[cfg(test)]
mod tests {
    use domain::{
        Currency, Timestamp,
        id::CampaignId,
        ledger::{Event, Posting},
    };

    use super::Book;

    #[test]
    fn each_row_vouches_for_the_one_before() {
        let campaign = CampaignId::generate();
        let mut book = Book::open(campaign, Currency::Eur, 0, String::new());
        for amount in [2_500, -300, 0, 700] {
            book.post(&Posting::promise(Event::Changed, amount), None, Timestamp(1));
        }
        let mut rows = book.take();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(rows.iter().map(|row| row.posting).collect::<Vec<_>>(), [1, 1, 3, 3, 5, 5]);
        assert_eq!(rows.iter().map(|row| row.amount).sum::<i64>(), 0);
        assert_eq!(book.end(), (6, rows[5].hash.as_str()));
        assert_eq!(rows[3].hash_after(&rows[2].hash), rows[3].hash);
        rows[2].amount += 1;
        assert_ne!(rows[2].hash_after(&rows[1].hash), rows[2].hash);
    }
}
