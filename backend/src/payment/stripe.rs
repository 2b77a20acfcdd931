//! Stripe: cards are typed into Stripe's own element and confirmed there, saved
//! by a SetupIntent, and charged by a PaymentIntent without their holder.
//!
//! Nothing is charged twice, for two reasons. Within a day, Stripe answers the
//! same key with what it did before. After a day, and before every further try,
//! the customer's intents are looked through: what was paid is taken for the
//! answer, and what could still be paid is cancelled first. A pledge has a
//! customer of its own, so these are few.

mod answer;
mod refunding;
mod saving;
mod wire;

use std::{
    fmt,
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};

use anyhow::anyhow;
use domain::{
    Timestamp,
    payment::{BankStep, CardEntry, Setup},
    time::{HOUR, SECOND},
};
use futures::future::BoxFuture;

use super::{Outcome, Payments, RefundAnswer, RefundRequest, Request, SavedCard, Trouble};
use crate::clock::Clock;
use answer::{Failure, Intent, List};
use wire::{Reply, Wire};

/// How long Stripe surely knows a key: it promises 24 hours.
const KEYS_KEPT: i64 = 20 * HOUR;

/// What an operator has to know of their Stripe account.
#[derive(Clone)]
pub struct Options {
    /// `sk_…`: may do anything.
    pub secret_key: String,
    /// `pk_…`: stands in pages.
    pub publishable_key: String,
    /// `whsec_…`: signs webhooks.
    pub webhook_secret: String,
    /// Where the API is, without a slash at its end.
    pub api: String,
    /// Where Stripe.js is.
    pub script: String,
    /// How long one request may take. Eight at a time and 25 a round have to end
    /// within a charge's lease.
    pub patience: Duration,
}

impl Options {
    /// Stripe's API.
    pub const API: &str = "https://api.stripe.com";
    /// Stripe.js.
    pub const SCRIPT: &str = "https://js.stripe.com/v3/";
    /// Long for a charge, short for a lease.
    pub const PATIENCE: Duration = Duration::from_secs(20);
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Options").field("api", &self.api).finish_non_exhaustive()
    }
}

/// Stripe, as seen from here.
pub struct Stripe {
    wire: Wire,
    clock: Clock,
    entry: CardEntry,
    /// Until when Stripe asked us to send nothing.
    busy_until: AtomicI64,
}

impl Stripe {
    /// The provider at this address.
    #[must_use]
    pub fn new(options: &Options, clock: Clock) -> Self {
        Self {
            wire: Wire::new(&options.api, &options.secret_key, options.patience),
            clock,
            entry: CardEntry {
                script: options.script.clone(),
                key: options.publishable_key.clone(),
            },
            busy_until: AtomicI64::new(0),
        }
    }

    async fn charge(&self, request: &Request) -> Result<Outcome, Trouble> {
        let Some(card) = Card::parse(&request.method) else {
            // Saved with another provider, before this one: its holder is asked anew.
            return Ok(Outcome::Declined);
        };
        let is_old = self.clock.now().since(request.since) > KEYS_KEPT;
        if (is_old || !request.key.ends_with("-1"))
            && let Some(outcome) = self.settled_before(request, &card).await?
        {
            return Ok(outcome);
        }
        let amount = request.amount.minor.to_string();
        let currency = request.amount.currency.to_string().to_lowercase();
        let fields = [
            ("amount", amount.as_str()),
            ("currency", currency.as_str()),
            ("customer", card.customer),
            ("payment_method", card.method),
            ("payment_method_types[]", "card"),
            ("confirm", "true"),
            ("off_session", "true"),
            ("metadata[key]", request.key.as_str()),
        ];
        let reply = self.post("/v1/payment_intents", &fields, Some(&request.key)).await?;
        match reply.status {
            200 => self.outcome(request, &reply.read::<Intent>()?).await,
            402 => {
                let failure = reply.read::<Failure>()?.error;
                Ok(match failure.code.as_deref() {
                    Some("authentication_required") => Outcome::ActionRequired,
                    _ => Outcome::Declined,
                })
            }
            // The card or its customer were removed at Stripe.
            400 | 404 if reply.is_missing() => Ok(Outcome::Declined),
            // Stripe answers so under this key from now on, whatever it did.
            500.. => match self.settled_before(request, &card).await? {
                Some(outcome) => Ok(outcome),
                None => Err(reply.unclear()),
            },
            _ => Err(reply.unclear()),
        }
    }

    /// What the customer's intents say about this money: paid or declined under
    /// this very key, or paid under another try's. Nothing if it is free to be
    /// charged; other tries' intents that a browser could still confirm are
    /// cancelled for that.
    async fn settled_before(
        &self,
        request: &Request,
        card: &Card<'_>,
    ) -> Result<Option<Outcome>, Trouble> {
        let intents = self.intents(card.customer).await?;
        let same_money = |intent: &&Intent| stem(&intent.metadata.key) == stem(&request.key);
        for intent in intents.iter().filter(same_money) {
            let is_this_try = intent.metadata.key == request.key;
            match intent.status.as_str() {
                "succeeded" => return self.outcome(request, intent).await.map(Some),
                "processing" => {
                    return Err(Trouble::Unclear(anyhow!("an earlier try is under way")));
                }
                "canceled" => {}
                _ if is_this_try => return self.outcome(request, intent).await.map(Some),
                _ => {
                    // Should it have been paid in this moment, the next round sees it.
                    let path = format!("/v1/payment_intents/{}/cancel", intent.id);
                    let reply = self.post(&path, &[], None).await?;
                    if reply.status != 200 {
                        return Err(reply.unclear());
                    }
                }
            }
        }
        Ok(None)
    }

    /// What an intent's status means for us, once it is sure to be ours.
    async fn outcome(&self, request: &Request, intent: &Intent) -> Result<Outcome, Trouble> {
        let amount = request.amount;
        if intent.amount != amount.minor
            || !intent.currency.eq_ignore_ascii_case(&amount.currency.to_string())
        {
            return Err(Trouble::Unclear(anyhow!("{} is for another amount", intent.id)));
        }
        match intent.status.as_str() {
            "succeeded" => Ok(Outcome::Succeeded { reference: intent.id.clone() }),
            "requires_action" => Ok(Outcome::ActionRequired),
            "requires_payment_method" if intent.wants_confirmation() => Ok(Outcome::ActionRequired),
            "requires_payment_method" | "canceled" => Ok(Outcome::Declined),
            other => Err(Trouble::Unclear(anyhow!("{} is {other}", intent.id))),
        }
    }

    /// The intent of exactly this try.
    async fn intent_of(&self, request: &Request) -> Result<Option<Intent>, Trouble> {
        let Some(card) = Card::parse(&request.method) else { return Ok(None) };
        let intents = self.intents(card.customer).await?;
        Ok(intents.into_iter().find(|intent| intent.metadata.key == request.key))
    }

    async fn bank_step(&self, request: &Request) -> Result<Option<BankStep>, Trouble> {
        let Some(card) = Card::parse(&request.method) else { return Ok(None) };
        let intent = self.intent_of(request).await?.filter(|intent| intent.status != "canceled");
        Ok(intent.map(|intent| BankStep {
            secret: Setup(intent.client_secret),
            method: card.method.to_owned(),
        }))
    }

    async fn confirmed(&self, request: &Request) -> Result<Option<Outcome>, Trouble> {
        match self.intent_of(request).await? {
            Some(intent) => self.outcome(request, &intent).await.map(Some),
            None => Ok(Some(Outcome::ActionRequired)),
        }
    }

    async fn intents(&self, customer: &str) -> Result<Vec<Intent>, Trouble> {
        let path = format!("/v1/payment_intents?customer={customer}&limit=100");
        Ok(self.wire.get(&path).await?.expect::<List>()?.data)
    }

    /// Sends a request, unless Stripe asked for silence; and hears when it does.
    async fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        key: Option<&str>,
    ) -> Result<Reply, Trouble> {
        let now = self.clock.now();
        let left = Timestamp(self.busy_until.load(Ordering::Relaxed)).since(now);
        if left > 0 {
            let seconds = u32::try_from(left.div_euclid(SECOND) + 1).unwrap_or(u32::MAX);
            return Err(Trouble::Busy { seconds });
        }
        let reply = self.wire.post(path, fields, key).await?;
        if reply.status == 429 {
            let until = now.plus(i64::from(reply.retry_after) * SECOND);
            self.busy_until.fetch_max(until.0, Ordering::Relaxed);
            return Err(Trouble::Busy { seconds: reply.retry_after });
        }
        Ok(reply)
    }
}

/// A saved card: `cus_…/pm_…`.
struct Card<'a> {
    customer: &'a str,
    method: &'a str,
}

impl<'a> Card<'a> {
    fn parse(saved: &'a str) -> Option<Self> {
        let (customer, method) = saved.split_once('/')?;
        (is_word(customer) && is_word(method)).then_some(Self { customer, method })
    }
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// What the keys of all tries to collect the same money have in common.
fn stem(key: &str) -> &str {
    key.rsplit_once('-').map_or(key, |(stem, _)| stem)
}

impl Payments for Stripe {
    fn charge<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Outcome, Trouble>> {
        Box::pin(self.charge(request))
    }

    fn refund<'a>(
        &'a self,
        request: &'a RefundRequest,
    ) -> BoxFuture<'a, Result<RefundAnswer, Trouble>> {
        Box::pin(self.refund(request))
    }

    fn card_entry(&self) -> Option<CardEntry> {
        Some(self.entry.clone())
    }

    fn begin<'a>(&'a self, beside: Option<&'a str>) -> BoxFuture<'a, Result<Setup, Trouble>> {
        Box::pin(self.begin(beside))
    }

    fn saved<'a>(
        &'a self,
        setup: &'a Setup,
        beside: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Option<SavedCard>, Trouble>> {
        Box::pin(self.saved(setup, beside))
    }

    fn bank_step<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Option<BankStep>, Trouble>> {
        Box::pin(self.bank_step(request))
    }

    fn confirmed<'a>(
        &'a self,
        request: &'a Request,
    ) -> BoxFuture<'a, Result<Option<Outcome>, Trouble>> {
        Box::pin(self.confirmed(request))
    }
}

#[cfg(test)]
mod tests {
    use super::{Card, stem};

    #[test]
    fn a_sandbox_card_is_none_of_stripes() {
        assert!(Card::parse("sandbox:success").is_none());
        assert!(Card::parse("cus_1/pm_2").is_some());
        assert!(Card::parse("cus_1/pm_2&limit=1").is_none());
    }

    #[test]
    fn tries_for_the_same_money_share_a_stem() {
        assert_eq!(stem("0192-ab-1"), stem("0192-ab-12"));
        assert_ne!(stem("0192-ab-1"), stem("0192-ac-1"));
    }
}
