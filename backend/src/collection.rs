//! Collection: after a success every card is charged once, slowly enough for the
//! payment provider, by as many workers as there are, each of which may die at
//! any moment. Whose card is declined has a week to see to it.
//!
//! A try is written before it is made, and made under a key of its own. So a
//! worker that dies has either not asked the provider, or asked under a key
//! that the next worker asks under again.

pub(crate) mod plan;
pub(crate) mod release;
mod reserve;
pub(crate) mod sql;

use domain::{
    Money, Timestamp,
    campaign::payout::{Payout, Times, Waiting},
    id::{CampaignId, ChargeId, PledgeId},
    ledger::{Account, Posting},
    refund::Reason,
    time::{DAY, SECOND},
};

use crate::{
    campaign,
    context::Backend,
    error::Result,
    instalment,
    ledger::{self, Book},
    mail::{self, Letter},
    pace::{self, Share},
    payment::{Outcome, Request, SavedCard, Trouble},
    pledge::{
        command::{Answer, Command, ReplaceCard, Settle},
        links,
    },
    refund, surplus,
    worker::{self, LEASE, Round},
};
use sql::{Charge, ChargeState};

/// Backers who are written to, and cards that are tried once more, in one round.
const MOST: i64 = 500;

/// What is due now: tries to plan, cards to charge, backers to write to,
/// creators to pay, reserves to release. Meant to be called once a second.
///
/// # Errors
/// The first fault, once all of it had its turn; what was done stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut round = Round::default();
    round.note(instalment::plan_due(backend, now).await);
    round.note(reserve::release_due(backend, now).await);
    round.note(release::promises(backend, now).await);
    round.note(plan::due(backend, now).await);
    round.note(charge_due(backend).await);
    round.note(try_again(backend, now).await);
    round.note(remind(backend, now).await);
    round.note(instalment::end_due(backend, now).await);
    round.note(pay_out_due(backend, now).await);
    round.note(give_back(backend).await);
    round.end()
}

/// Pays every creator whose time has come.
async fn pay_out_due(backend: &Backend, now: Timestamp) -> Result<()> {
    let payable = {
        let mut reader = backend.db.read().await?;
        sql::payable(&mut reader.conn(), now).await?
    };
    let mut round = Round::default();
    for campaign in payable {
        let paid = pay_out(backend, campaign).await;
        round.note(paid.map_err(|fault| fault.of(format!("paying out campaign {campaign}"))));
    }
    round.end()
}

/// Has everything refunded that was charged for a campaign that came to nothing.
async fn give_back(backend: &Backend) -> Result<()> {
    let over = {
        let mut reader = backend.db.read().await?;
        refund::sql::to_give_back(&mut reader.conn()).await?
    };
    let mut round = Round::default();
    for campaign in over {
        let planned = refund::everyone(backend, campaign, Reason::CampaignCancelled).await;
        let what = format!("giving back what was charged for campaign {campaign}");
        round.note(planned.map_err(|fault| fault.of(what)));
    }
    round.end()
}

/// Replaces a card and charges it at once, for who is waiting for the answer.
///
/// # Errors
/// What the rules refuse; nothing is written then.
pub(crate) async fn replace_card(
    backend: &Backend,
    campaign: CampaignId,
    pledge: PledgeId,
    card: SavedCard,
) -> Result<Answer> {
    let id = ChargeId::generate();
    let taken_until = taken_until(backend);
    let replace = ReplaceCard { campaign, pledge, card, charge: id, taken_until };
    let answer = backend.writer.submit(Command::ReplaceCard(Box::new(replace))).await?;
    charge_now(backend, answer).await
}

/// Until when no worker takes a charge from whoever asked for it.
pub(crate) fn taken_until(backend: &Backend) -> Timestamp {
    backend.clock.now().plus(LEASE)
}

/// Sends the try that an answer speaks of, if any, for who is waiting, and says
/// how it ended. Should this process end first, a worker sends it under the same
/// key. An answer that is repeated speaks of a try that was settled, perhaps.
///
/// # Errors
/// When the database fails.
pub(crate) async fn charge_now(backend: &Backend, mut answer: Answer) -> Result<Answer> {
    let Some(id) = answer.charge else { return Ok(answer) };
    let (charge, state) = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        let charges = sql::of_pledges(&mut conn, &[answer.pledge]).await?;
        let charge = charges.into_iter().find(|charge| charge.id == id);
        (charge, sql::state(&mut conn, answer.pledge).await?)
    };
    match charge.filter(|charge| charge.state == ChargeState::Due) {
        Some(charge) => Ok(charge_one(backend, charge)
            .await?
            .map_or(answer.clone(), |settled| Answer { state: settled.state, ..answer })),
        None => {
            answer.state = state;
            Ok(answer)
        }
    }
}

/// Takes as many tries as may be sent in a second, and sends them.
async fn charge_due(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let (is_any, gives_back) = {
        let mut reader = backend.db.read().await?;
        let mut conn = reader.conn();
        let is_any = sql::is_any_due(&mut conn, now).await?;
        let gives_back = is_any
            && (refund::sql::is_any_due(&mut conn, now).await?
                || surplus::sql::is_any_due(&mut conn, now).await?);
        (is_any, gives_back)
    };
    // Most rounds end here, without holding up the writer.
    if !is_any {
        return Ok(());
    }
    let share = if gives_back { Share::Most } else { Share::Whole };
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let most = pace::reserve(&mut conn, backend, now, share).await?;
    let taken = sql::take(&mut conn, now, now.plus(LEASE), most).await?;
    pace::give_back(&mut conn, most, taken.len()).await?;
    tx.commit().await?;
    worker::each(backend, taken, |charge| charge_one(backend, charge)).await
}

/// Sends one try and settles it. Nothing when there is no clear answer: it is
/// sent again, under the same key, when its time is over.
async fn charge_one(backend: &Backend, charge: Charge) -> Result<Option<Answer>> {
    let outcome = match backend.payments.charge(&request(&charge)).await {
        Ok(outcome) => outcome,
        Err(trouble) => {
            tracing::warn!(%trouble, "a charge has no answer yet; it is sent again");
            if let Trouble::Busy { seconds } = trouble {
                // It was surely not done, so it need not wait for its time to be over.
                let until = backend.clock.now().plus(i64::from(seconds) * SECOND);
                let mut tx = backend.db.begin().await?;
                sql::give_back(&mut tx.conn(), charge.id, until).await?;
                tx.commit().await?;
            }
            return Ok(None);
        }
    };
    settle(backend, &charge, outcome).await.map(Some)
}

/// A try as the provider is asked for it. Each instalment is money of its own.
pub(crate) fn request(charge: &Charge) -> Request {
    let money = match charge.instalment {
        1 => charge.pledge_id.to_string(),
        number => format!("{}.{number}", charge.pledge_id),
    };
    Request {
        key: format!("{money}-{}", charge.attempt),
        method: charge.payment_method.clone(),
        amount: Money::new(charge.amount, charge.currency),
        since: charge.due_at,
    }
}

/// Writes down what the provider did.
pub(crate) async fn settle(backend: &Backend, charge: &Charge, outcome: Outcome) -> Result<Answer> {
    let amount = Money::new(charge.amount, charge.currency);
    let fees = match outcome {
        Outcome::Succeeded { .. } => backend.options.fees.of(amount),
        Outcome::Declined | Outcome::ActionRequired => domain::fee::ChargeFees::default(),
    };
    let settle = Settle {
        campaign: charge.campaign_id,
        pledge: charge.pledge_id,
        charge: charge.id,
        outcome,
        fees,
        link: links(backend).to(charge.pledge_id),
    };
    backend.writer.submit(Command::Settle(Box::new(settle))).await
}

/// Writes once more to backers whose card is still not good.
async fn remind(backend: &Backend, now: Timestamp) -> Result<()> {
    let due = {
        let mut reader = backend.db.read().await?;
        sql::to_remind(&mut reader.conn(), now, MOST).await?
    };
    let links = links(backend);
    let remind = |(campaign, pledge)| Command::Remind { campaign, pledge, link: links.to(pledge) };
    worker::submit(backend, due.into_iter().map(remind).collect()).await.map(drop)
}

/// A last try for those whose time to see to a card is over.
async fn try_again(backend: &Backend, now: Timestamp) -> Result<()> {
    let due = {
        let mut reader = backend.db.read().await?;
        sql::to_try_again(&mut reader.conn(), now, MOST).await?
    };
    let again = |(campaign, pledge)| Command::TryAgain { campaign, pledge };
    worker::submit(backend, due.into_iter().map(again).collect()).await.map(drop)
}

/// Pays the creator what was collected, less fees, with a statement: once, and
/// every week while late pledges or instalments come in.
async fn pay_out(backend: &Backend, campaign: CampaignId) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let Some(row) = campaign::locked::lock(&mut conn, &[campaign]).await?.pop() else {
        return Ok(());
    };
    // What was promised is waited for; what is charged at once comes as it comes.
    let (promised, at_once) = sql::outstanding(&mut conn, campaign).await?;
    let in_parts = instalment::sql::is_open(&mut conn, campaign).await?;
    let balance = ledger::balances(&mut conn, campaign).await?;
    let of = |account| balance.get(&account).copied().unwrap_or_default();
    let went_back = row.refunded + row.charged_back + row.disputed;
    let waiting = Waiting {
        state: row.state,
        times: Times { fix_until: row.fix_until, payout_at: row.payout_at },
        is_late: row.life().is_late() || in_parts,
        was_paid: row.paid_out_at.is_some(),
        promised,
        at_once,
        clearing: of(Account::Clearing),
        kept: row.collected - went_back,
        reserve_percent: backend.options.reserve_percent,
    };
    let (amount, reserve, next) = match waiting.after(now) {
        Payout::NotDue => return Ok(()),
        Payout::Nothing { next } => {
            sql::paid_again(&mut conn, campaign, next).await?;
            return tx.commit().await;
        }
        Payout::Pays { amount, reserve, next } => (amount, reserve, next),
    };
    let reserve_until = now.plus(i64::from(backend.options.reserve_days) * DAY);
    sql::paid_out(&mut conn, campaign, now, next, reserve, reserve_until).await?;
    let mut book = Book::open(row.id, row.currency, row.ledger_rows, row.ledger_hash);
    book.post(&Posting::paid_out(amount, reserve), None, now);
    ledger::sql::insert(&mut conn, &book.take()).await?;
    let (rows, hash) = book.end();
    ledger::sql::set_end(&mut conn, row.id, rows, hash).await?;
    let payee = sql::payee(&mut conn, campaign).await?;
    let money = |minor| Money::new(minor, row.currency);
    let statement = Letter::PayoutStatement {
        title: row.title,
        collected: money(row.collected),
        platform_fee: money(of(Account::PlatformFee)),
        processing_fee: money(of(Account::ProcessingFee)),
        dropped: money(row.dropped),
        returned: (went_back > 0).then(|| money(went_back)),
        reserve: (reserve > 0).then(|| (money(reserve), reserve_until)),
        paid_out: money(amount - reserve),
        link: format!("{}/campaigns/{}", backend.options.base_url, payee.slug),
    };
    mail::enqueue(&mut conn, &payee.email, payee.locale, &statement, now).await?;
    tx.commit().await
}
