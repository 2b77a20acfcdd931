//! Webhooks on a platform whose cards the sandbox charges: signed, and of payments
//! that the sandbox may know of.

#![allow(dead_code, reason = "each test file uses its own part")]

use std::sync::Arc;

use backend::payment::{
    sandbox::Sandbox,
    stripe,
    webhook::{self, Reason, Told, Verdict},
};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};

use super::stage::Stage;

const SECRET: &str = "whsec_test";

pub const fn applied(reason: Reason) -> Told {
    Told { verdict: Verdict::Applied, reason }
}

pub const fn ignored(reason: Reason) -> Told {
    Told { verdict: Verdict::Ignored, reason }
}

pub const fn refused(reason: Reason) -> Told {
    Told { verdict: Verdict::Refused, reason }
}

/// One platform on each engine.
pub async fn both() -> Vec<Stage> {
    let account = stripe::Options {
        secret_key: String::new(),
        publishable_key: String::new(),
        webhook_secret: SECRET.into(),
        api: String::new(),
        script: String::new(),
        patience: stripe::Options::PATIENCE,
    };
    let mut stages = Stage::both_with(|options| options.stripe = Some(account.clone())).await;
    for stage in &mut stages {
        let sandbox = Sandbox::new(stage.backend.db.clone(), stage.clock.clone());
        stage.backend.payments = Arc::new(sandbox);
    }
    stages
}

/// That a payment succeeded which was asked for under this key.
pub fn paid(event: &str, payment: &str, key: &str, amount: i64) -> Value {
    json!({"id": event, "type": "payment_intent.succeeded", "data": {"object": {
        "id": payment, "amount": amount, "amount_received": amount, "currency": "eur",
        "customer": null, "metadata": {"key": key},
    }}})
}

/// Delivers an event as the provider does.
pub async fn hear(stage: &Stage, event: &Value) -> Told {
    let body = event.to_string();
    let signed = signature(SECRET, stage.clock.now().seconds(), &body);
    webhook::receive(&stage.backend, "", &signed, body.as_bytes()).await.expect("taken")
}

/// A signature as the provider writes it.
pub fn signature(secret: &str, seconds: i64, body: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).expect("any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    let digits: String =
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={digits}")
}

/// Lets the sandbox have taken a payment that we did not ask for.
pub async fn taken(stage: &Stage, payment: &str, amount: i64) {
    let values = format!("('{payment}', 'sandbox:success', {amount}, 'EUR', 'succeeded', 0)");
    let into = "insert into sandbox_charge (key, method, amount, currency, outcome, at) values";
    stage.tamper(&format!("{into} {values}")).await;
}
