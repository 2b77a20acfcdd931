//! What was promised to a campaign that came to nothing is taken out of the books:
//! a promise that nobody will charge is owed by nobody.
//!
//! A campaign may have hundreds of thousands of pledges, and its row is locked while
//! its books are written; so this goes on in portions, each a transaction of its own.
//! What is done says so itself, in the books, so whoever goes on after a worker died
//! does the rest and nothing twice.

pub(crate) mod sql;

use domain::{
    Timestamp,
    campaign::CampaignState,
    id::{CampaignId, PledgeId},
    ledger::{Account, Event, Posting},
};

use crate::{
    campaign,
    context::Backend,
    db::Conn,
    error::Result,
    ledger::{self, Book},
    pledge::command::Command,
    worker::{self, Round},
};

/// Most pledges in one transaction.
const PORTION: usize = 500;

/// Takes out what is still in the books of campaigns that came to nothing. Meant to
/// be called once a second.
///
/// # Errors
/// The first fault, once every campaign had its turn; what was done stays done.
pub async fn promises(backend: &Backend, now: Timestamp) -> Result<()> {
    let over = {
        let mut reader = backend.db.read().await?;
        sql::releasing(&mut reader.conn()).await?
    };
    let mut round = Round::default();
    for campaign in over {
        let released = all_of(backend, campaign, now).await;
        round.note(released.map_err(|fault| fault.of(format!("releasing campaign {campaign}"))));
    }
    round.end()
}

async fn all_of(backend: &Backend, campaign: CampaignId, now: Timestamp) -> Result<()> {
    let promised = {
        let mut reader = backend.db.read().await?;
        sql::promised(&mut reader.conn(), campaign).await?
    };
    for portion in promised.chunks(PORTION) {
        release(backend, campaign, portion, now).await?;
    }
    let_go(backend, campaign).await?;
    let mut tx = backend.db.begin().await?;
    finish(&mut tx.conn(), campaign).await?;
    tx.commit().await
}

/// Takes all of it out now, in the caller's transaction, for a demonstration that
/// tells of the past.
///
/// # Errors
/// When the database fails.
pub async fn at_once(conn: &mut Conn<'_>, campaign: CampaignId, at: Timestamp) -> Result<()> {
    let promised = sql::promised(conn, campaign).await?;
    for portion in promised.chunks(PORTION) {
        post(conn, campaign, portion, at).await?;
    }
    finish(conn, campaign).await
}

/// Promises it all again, for a demonstration that opens a campaign once more.
///
/// # Errors
/// When the database fails.
pub async fn undo(conn: &mut Conn<'_>, campaign: CampaignId, now: Timestamp) -> Result<()> {
    let Some(row) = campaign::locked::lock(conn, &[campaign]).await?.pop() else { return Ok(()) };
    let taken_out = sql::all_taken_out(conn, campaign).await?;
    let mut book = Book::open(row.id, row.currency, row.ledger_rows, row.ledger_hash);
    for (pledge, total) in &taken_out {
        book.post(&Posting::promise(Event::Released, *total), Some(*pledge), now);
    }
    ledger::sql::insert(conn, &book.take()).await?;
    let (rows, hash) = book.end();
    ledger::sql::set_end(conn, campaign, rows, hash).await?;
    let sum: i64 = taken_out.iter().map(|(_, total)| total).sum();
    sql::released(conn, campaign, -sum).await?;
    sql::finished(conn, campaign).await
}

/// One portion; of it what nobody else was faster with.
async fn release(
    backend: &Backend,
    campaign: CampaignId,
    pledges: &[PledgeId],
    now: Timestamp,
) -> Result<()> {
    let mut tx = backend.db.begin().await?;
    post(&mut tx.conn(), campaign, pledges, now).await?;
    tx.commit().await
}

/// Ends the pledges whose cards were to be charged at once, and were not: nobody
/// can see to them any more, so they must not look as if somebody could.
async fn let_go(backend: &Backend, campaign: CampaignId) -> Result<()> {
    let unpaid = {
        let mut reader = backend.db.read().await?;
        sql::unpaid(&mut reader.conn(), campaign).await?
    };
    let let_go = |pledge| Command::LetGo { campaign, pledge };
    // Refused where another worker was faster, or a try was on its way after all.
    worker::submit(backend, unpaid.into_iter().map(let_go).collect()).await.map(drop)
}

async fn post(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    pledges: &[PledgeId],
    now: Timestamp,
) -> Result<()> {
    let Some(row) = campaign::locked::lock(conn, &[campaign]).await?.pop() else { return Ok(()) };
    if !matches!(row.state, CampaignState::Failed | CampaignState::Cancelled) {
        return Ok(());
    }
    let promised = sql::still_promised(conn, pledges).await?;
    let mut book = Book::open(row.id, row.currency, row.ledger_rows, row.ledger_hash);
    for (pledge, total) in &promised {
        book.post(&Posting::promise(Event::Released, -total), Some(*pledge), now);
    }
    ledger::sql::insert(conn, &book.take()).await?;
    let (rows, hash) = book.end();
    ledger::sql::set_end(conn, campaign, rows, hash).await?;
    let sum = promised.iter().map(|(_, total)| total).sum();
    sql::released(conn, campaign, sum).await
}

/// It is over once nothing stands with the promised, and no card waits to be seen to.
/// What is being charged in this moment does until its answer comes.
async fn finish(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<()> {
    if campaign::locked::lock(conn, &[campaign]).await?.is_empty() {
        return Ok(());
    }
    let balances = ledger::balances(conn, campaign).await?;
    if balances.get(&Account::Promised).is_some_and(|left| *left != 0) {
        return Ok(());
    }
    if sql::is_unpaid(conn, campaign).await? {
        return Ok(());
    }
    sql::finished(conn, campaign).await
}
