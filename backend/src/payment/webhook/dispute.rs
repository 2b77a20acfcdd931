//! Disputes that Stripe tells of: opened, then won or lost. Their operation
//! compares them with our own record, and takes them in any order.

use domain::{Money, pledge::Refusal, refund::ChargebackState};
use serde::Deserialize;

use super::{Reason, Told, Verdict, ignored, refused};
use crate::{
    chargeback,
    context::Backend,
    error::{Error, Result},
};

#[derive(Deserialize)]
struct Dispute {
    id: String,
    amount: i64,
    currency: String,
    payment_intent: Option<String>,
    status: String,
}

/// Books what an event says of a dispute.
///
/// # Errors
/// While a refund of the same charge is under way, and a fault; Stripe sends it
/// again then.
pub(super) async fn believe(backend: &Backend, object: &serde_json::Value) -> Result<Told> {
    let Ok(dispute) = Dispute::deserialize(object) else {
        return Ok(refused(Reason::Unreadable));
    };
    let state = match dispute.status.as_str() {
        "needs_response" | "under_review" => ChargebackState::Open,
        "won" => ChargebackState::Won,
        "lost" => ChargebackState::Lost,
        // A bank that only asks has taken no money.
        _ => return Ok(ignored(Reason::OtherKind)),
    };
    let Some(charge) = dispute.payment_intent else { return Ok(ignored(Reason::NotOurs)) };
    let Ok(currency) = dispute.currency.to_uppercase().parse() else {
        return Ok(refused(Reason::OtherCurrency));
    };
    let amount = Some(Money::new(dispute.amount, currency));
    let told = chargeback::Told { reference: dispute.id, amount, state };
    match chargeback::tell(backend, &charge, told).await {
        Ok(_) => Ok(Told { verdict: Verdict::Applied, reason: Reason::Disputed }),
        Err(Error::NotFound) => Ok(ignored(Reason::NotOurs)),
        Err(Error::Refused(Refusal::OtherCurrency)) => Ok(refused(Reason::OtherCurrency)),
        Err(Error::Invalid(_)) => Ok(refused(Reason::OtherAmount)),
        Err(Error::Refused(Refusal::NothingToRefund | Refusal::ChargebackDecided)) => {
            Ok(refused(Reason::OtherState))
        }
        Err(other) => Err(other),
    }
}
