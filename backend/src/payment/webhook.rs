//! What Stripe tells by itself. A webhook is believed only when it is signed,
//! fresh, and agrees with our own record of the charge; and of charges only the
//! one thing that never becomes untrue again, that one was paid. So it does not
//! matter in which order webhooks come, how late, or how often: whatever else
//! they say of charges, our own requests are told or ask for. Disputes, which
//! nobody asks for, are told here alone.

mod dispute;
mod signature;
pub(crate) mod sql;

use domain::{Currency, id::PledgeId, refund::returns::Unwanted, time::DAY};
use serde::Deserialize;

use super::{Outcome, stripe::Options};
use crate::{
    collection::{
        self,
        sql::{Charge, ChargeState},
    },
    context::Backend,
    error::{Error, Result},
    limit::Limited,
    surplus,
};

/// What became of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Verdict {
    /// It told us something.
    Applied,
    /// It is none of our business, or we knew it.
    Ignored,
    /// It cannot be true, or is not from Stripe. Nothing was moved.
    Refused,
}

/// Why, as the table keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Reason {
    /// The charge was paid.
    Paid,
    /// The charge is disputed, or that is decided.
    Disputed,
    /// The signature is missing or another.
    Unsigned,
    /// Signed, but minutes ago: somebody may be sending it again.
    Stale,
    /// Signed, and not an event.
    Unreadable,
    /// About something that is not read here.
    OtherKind,
    /// About a payment that does not come from here.
    NotOurs,
    /// It names a charge that we never made.
    UnknownCharge,
    OtherAmount,
    OtherCurrency,
    OtherCustomer,
    /// What it tells of cannot follow from what we know.
    OtherState,
    /// Told before.
    Known,
    /// Another try for the same money is under way and will find this one paid.
    LaterTry,
    /// The pledge was collected by another payment: this one is given back.
    PaidTwice,
    /// The pledge ended without being collected: this is given back.
    PledgeOver,
}

/// What is answered, and recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct Told {
    pub verdict: Verdict,
    pub reason: Reason,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    data: Data,
}

#[derive(Deserialize)]
struct Data {
    object: serde_json::Value,
}

/// The payment that an event is about.
#[derive(Deserialize)]
struct Payment {
    id: String,
    amount: i64,
    /// Not every version of the API says so.
    amount_received: Option<i64>,
    currency: String,
    customer: Option<String>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize, Default)]
struct Metadata {
    key: Option<String>,
}

/// Takes a webhook: its signature, as the header has it, and its body. `from` is
/// who sent it, for the limit on what is not signed.
///
/// # Errors
/// [`Error::NotFound`] without Stripe; [`Error::TooFast`] for a stranger who goes
/// on; a fault, after which Stripe sends it again.
pub async fn receive(backend: &Backend, from: &str, signed: &str, body: &[u8]) -> Result<Told> {
    let Some(Options { webhook_secret, .. }) = &backend.options.stripe else {
        return Err(Error::NotFound);
    };
    let now = backend.clock.now();
    if let Err(reason) = signature::check(webhook_secret, signed, body, now) {
        backend.limits.check(Limited::Write, from)?;
        let told = refused(reason);
        let id = format!("{}/{}", reason.name(), now.0.div_euclid(DAY));
        return keep(backend, &id, "", told).await;
    }
    let Ok(event) = serde_json::from_slice::<Event>(body) else {
        let id = format!("{}/{}", Reason::Unreadable.name(), now.0.div_euclid(DAY));
        return keep(backend, &id, "", refused(Reason::Unreadable)).await;
    };
    let known = {
        let mut reader = backend.db.read().await?;
        sql::find(&mut reader.conn(), &event.id).await?
    };
    let told = match known {
        Some(told) => told,
        None => believe(backend, &event).await?,
    };
    if told.verdict == Verdict::Refused && known.is_none() {
        tracing::error!(event = event.id, reason = told.reason.name(), "a webhook was refused");
    }
    keep(backend, &event.id, &event.kind, told).await
}

/// Acts on an event as far as our own record agrees with it.
async fn believe(backend: &Backend, event: &Event) -> Result<Told> {
    if event.kind.starts_with("charge.dispute.") {
        return dispute::believe(backend, &event.data.object).await;
    }
    if event.kind != "payment_intent.succeeded" {
        return Ok(ignored(Reason::OtherKind));
    }
    let Ok(payment) = serde_json::from_value::<Payment>(event.data.object.clone()) else {
        return Ok(refused(Reason::Unreadable));
    };
    let Some(key) = &payment.metadata.key else { return Ok(ignored(Reason::NotOurs)) };
    let Some((money, attempt)) = try_of(key) else { return Ok(ignored(Reason::NotOurs)) };
    let charges = tries(backend, money).await?;
    let Some(charge) = charges.iter().find(|charge| charge.attempt == attempt) else {
        return Ok(refused(Reason::UnknownCharge));
    };
    if let Some(reason) = difference(&payment, charge) {
        return Ok(refused(reason));
    }
    let is_this = |charge: &&Charge| charge.reference.as_deref() == Some(payment.id.as_str());
    let paid = |charge: &&Charge| charge.state == ChargeState::Succeeded;
    if charges.iter().filter(paid).any(|charge| is_this(&charge)) {
        return Ok(ignored(Reason::Known));
    }
    if unwanted(backend, &payment.id).await?.is_some() {
        return Ok(ignored(Reason::Known));
    }
    let outcome = Outcome::Succeeded { reference: payment.id.clone() };
    collection::settle(backend, charge, outcome).await?;
    let charges = tries(backend, money).await?;
    if charges.iter().filter(paid).any(|charge| is_this(&charge)) {
        return Ok(Told { verdict: Verdict::Applied, reason: Reason::Paid });
    }
    // The writer did not want it: it goes back, unless a try is on its way that will
    // find it paid.
    Ok(match unwanted(backend, &payment.id).await? {
        Some(unwanted) => Told { verdict: Verdict::Applied, reason: unwanted.into() },
        None => ignored(Reason::LaterTry),
    })
}

/// Why this payment has to go back, if it has to.
async fn unwanted(backend: &Backend, payment: &str) -> Result<Option<Unwanted>> {
    let mut reader = backend.db.read().await?;
    surplus::sql::why(&mut reader.conn(), payment).await
}

/// Every try for the same money: for this instalment of this pledge.
async fn tries(backend: &Backend, money: (PledgeId, i64)) -> Result<Vec<Charge>> {
    let (pledge, instalment) = money;
    let mut reader = backend.db.read().await?;
    let mut charges = collection::sql::of_pledges(&mut reader.conn(), &[pledge]).await?;
    charges.retain(|charge| charge.instalment == instalment);
    Ok(charges)
}

/// What contradicts our record of the charge.
fn difference(payment: &Payment, charge: &Charge) -> Option<Reason> {
    let customer = charge.payment_method.split_once('/').map(|(customer, _)| customer);
    if payment.currency.to_uppercase().parse::<Currency>().ok() != Some(charge.currency) {
        Some(Reason::OtherCurrency)
    } else if payment.amount != charge.amount
        || payment.amount_received.is_some_and(|received| received != charge.amount)
    {
        Some(Reason::OtherAmount)
    } else if payment.customer.as_deref() != customer {
        Some(Reason::OtherCustomer)
    } else {
        None
    }
}

/// The pledge, the instalment and the attempt that a key was made of.
fn try_of(key: &str) -> Option<((PledgeId, i64), i64)> {
    let (money, attempt) = key.rsplit_once('-')?;
    let (pledge, instalment) = money.split_once('.').unwrap_or((money, "1"));
    Some(((pledge.parse().ok()?, instalment.parse().ok()?), attempt.parse().ok()?))
}

/// Writes down what became of it.
async fn keep(backend: &Backend, id: &str, kind: &str, told: Told) -> Result<Told> {
    let mut tx = backend.db.begin().await?;
    sql::keep(&mut tx.conn(), id, kind, told, backend.clock.now()).await?;
    tx.commit().await?;
    Ok(told)
}

const fn refused(reason: Reason) -> Told {
    Told { verdict: Verdict::Refused, reason }
}

const fn ignored(reason: Reason) -> Told {
    Told { verdict: Verdict::Ignored, reason }
}

impl From<Unwanted> for Reason {
    fn from(unwanted: Unwanted) -> Self {
        match unwanted {
            Unwanted::PaidTwice => Self::PaidTwice,
            Unwanted::PledgeOver => Self::PledgeOver,
        }
    }
}

impl Reason {
    /// A stable word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Disputed => "disputed",
            Self::Unsigned => "unsigned",
            Self::Stale => "stale",
            Self::Unreadable => "unreadable",
            Self::OtherKind => "other_kind",
            Self::NotOurs => "not_ours",
            Self::UnknownCharge => "unknown_charge",
            Self::OtherAmount => "other_amount",
            Self::OtherCurrency => "other_currency",
            Self::OtherCustomer => "other_customer",
            Self::OtherState => "other_state",
            Self::Known => "known",
            Self::LaterTry => "later_try",
            Self::PaidTwice => "paid_twice",
            Self::PledgeOver => "pledge_over",
        }
    }
}
