//! Collection: after a success every card is charged once, slowly enough for the
//! payment provider, by as many workers as there are, each of which may die at
//! any moment. Whose card is declined has a week to see to it.
//!
//! A try is written before it is made, and made under a key of its own. So a
//! worker that dies has either not asked the provider, or asked under a key
//! that the next worker asks under again.

pub(crate) mod release;
mod reserve;
pub(crate) mod sql;

use domain::{
    Money, Timestamp,
    campaign::payout::{Payout, Times, Waiting},
    id::{CampaignId, ChargeId, PledgeId},
    ledger::{Account, Posting},
    pledge::instalment::first,
    refund::Reason,
    time::{DAY, SECOND},
};

use crate::{
    campaign,
    context::Backend,
    error::{Error, Result},
    instalment,
    ledger::{self, Book},
    mail::{self, Letter},
    payment::{Outcome, Request, SavedCard, Trouble},
    pledge::{
        command::{Answer, Command, ReplaceCard, Settle},
        links,
    },
    refund,
    worker::{self, LEASE},
};
use sql::{Charge, ChargeState};

/// Tries that are planned in one transaction.
const PLANNED: i64 = 500;

/// What is due now: tries to plan, cards to charge, backers to write to,
/// creators to pay, reserves to release. Meant to be called once a second.
///
/// # Errors
/// The first fault; what was done before it stays done.
pub async fn once(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    instalment::plan_due(backend, now).await?;
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), now).await?
    };
    reserve::release_due(backend, now).await?;
    release::promises(backend, now).await?;
    for campaign in &due.collecting {
        plan(backend, *campaign, now).await?;
    }
    // Most rounds end here, without holding up the writer.
    if !due.collecting.is_empty() || due.has_charges {
        charge_due(backend).await?;
    }
    try_again(backend, now).await?;
    remind(backend, now).await?;
    instalment::end_due(backend, now).await?;
    let payable = {
        let mut reader = backend.db.read().await?;
        sql::payable(&mut reader.conn(), now).await?
    };
    for campaign in payable {
        pay_out(backend, campaign).await?;
    }
    give_back(backend).await
}

/// Has everything refunded that was charged for a campaign that came to nothing.
async fn give_back(backend: &Backend) -> Result<()> {
    let over = {
        let mut reader = backend.db.read().await?;
        refund::sql::to_give_back(&mut reader.conn()).await?
    };
    for campaign in over {
        refund::everyone(backend, campaign, Reason::CampaignCancelled).await?;
    }
    Ok(())
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

/// Writes a first try for each pledge that has none.
async fn plan(backend: &Backend, campaign: CampaignId, now: Timestamp) -> Result<()> {
    loop {
        let waiting = {
            let mut reader = backend.db.read().await?;
            sql::waiting(&mut reader.conn(), campaign, PLANNED).await?
        };
        // Most rounds end here, without holding up the writer.
        if waiting.is_empty() {
            return Ok(());
        }
        let charges: Vec<Charge> = waiting
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
        let mut tx = backend.db.begin().await?;
        sql::insert(&mut tx.conn(), &charges).await?;
        tx.commit().await?;
    }
}

/// Takes as many tries as may be sent in a second, and sends them.
async fn charge_due(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let most = i64::from(backend.options.charges_per_second);
    let taken = {
        let mut tx = backend.db.begin().await?;
        let taken = sql::take(&mut tx.conn(), now, now.plus(LEASE), most).await?;
        tx.commit().await?;
        taken
    };
    worker::each(taken, |charge| charge_one(backend, charge)).await
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
        sql::to_remind(&mut reader.conn(), now, PLANNED).await?
    };
    for (campaign, pledge) in due {
        let link = links(backend).to(pledge);
        unless_refused(backend.writer.submit(Command::Remind { campaign, pledge, link }).await)?;
    }
    Ok(())
}

/// A last try for those whose time to see to a card is over.
async fn try_again(backend: &Backend, now: Timestamp) -> Result<()> {
    let due = {
        let mut reader = backend.db.read().await?;
        sql::to_try_again(&mut reader.conn(), now, PLANNED).await?
    };
    for (campaign, pledge) in due {
        unless_refused(backend.writer.submit(Command::TryAgain { campaign, pledge }).await)?;
    }
    Ok(())
}

/// A refusal here says that somebody else was faster.
fn unless_refused(outcome: Result<Answer>) -> Result<()> {
    match outcome {
        Ok(_) | Err(Error::Refused(_)) => Ok(()),
        Err(fault) => Err(fault),
    }
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
