//! Money that goes back through Stripe.
//!
//! Within a day, Stripe answers the same key with what it did before. After a day,
//! and where the money was asked for under another key before, the refunds of the
//! charge are looked through first, so that nothing goes back twice.

use super::{
    KEYS_KEPT, Stripe,
    answer::{Refund, Refunds},
    is_word,
};
use crate::payment::{RefundAnswer, RefundRequest, Trouble};

impl Stripe {
    pub(super) async fn refund(&self, request: &RefundRequest) -> Result<RefundAnswer, Trouble> {
        let is_old = self.clock.now().since(request.since) > KEYS_KEPT;
        if is_old && let Some(answer) = self.refunded_before(request).await? {
            return Ok(answer);
        }
        let amount = request.amount.minor.to_string();
        let fields = [
            ("payment_intent", request.charge.as_str()),
            ("amount", amount.as_str()),
            ("metadata[key]", request.key.as_str()),
        ];
        let reply = self.post("/v1/refunds", &fields, Some(&request.key)).await?;
        match reply.status {
            200 => Ok(answer(reply.read::<Refund>()?)),
            400 | 402 | 404 if !reply.is_about_keys() => {
                Ok(RefundAnswer::Refused { why: reply.code().unwrap_or_default() })
            }
            _ => Err(reply.unclear()),
        }
    }

    /// What Stripe did under this very key when it still knew it.
    async fn refunded_before(
        &self,
        request: &RefundRequest,
    ) -> Result<Option<RefundAnswer>, Trouble> {
        if !is_word(&request.charge) {
            return Ok(None);
        }
        let path = format!("/v1/refunds?payment_intent={}&limit=100", request.charge);
        let refunds = self.wire.get(&path).await?.expect::<Refunds>()?.data;
        let same = refunds.into_iter().find(|refund| refund.metadata.key == request.key);
        Ok(same.map(answer))
    }
}

fn answer(refund: Refund) -> RefundAnswer {
    match refund.status.as_str() {
        "failed" | "canceled" => {
            RefundAnswer::Refused { why: refund.failure_reason.unwrap_or(refund.status) }
        }
        _ => RefundAnswer::Succeeded { reference: refund.id },
    }
}
