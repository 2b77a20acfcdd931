//! What Stripe answers, as far as it is read here.

use serde::{Deserialize, Deserializer};

#[derive(Deserialize)]
pub struct Customer {
    pub id: String,
}

#[derive(Deserialize)]
pub struct SetupIntent {
    pub client_secret: String,
    pub status: String,
    pub customer: Option<String>,
    /// Expanded where it is asked for; a bare id is of no use here.
    #[serde(default, deserialize_with = "expanded")]
    pub payment_method: Option<PaymentMethod>,
}

#[derive(Deserialize)]
pub struct PaymentMethod {
    pub id: String,
    pub card: Option<CardFacts>,
}

#[derive(Deserialize)]
pub struct CardFacts {
    pub last4: String,
}

#[derive(Deserialize)]
pub struct Intent {
    pub id: String,
    pub status: String,
    /// Minor units; Stripe's are ours in all our currencies.
    pub amount: i64,
    /// In lower case.
    pub currency: String,
    pub client_secret: String,
    #[serde(default)]
    pub metadata: Metadata,
    last_payment_error: Option<Fault>,
}

/// What we wrote on an intent.
#[derive(Deserialize, Default)]
pub struct Metadata {
    /// The key of the try.
    #[serde(default)]
    pub key: String,
}

#[derive(Deserialize)]
pub struct List {
    pub data: Vec<Intent>,
}

#[derive(Deserialize)]
pub struct Refund {
    pub id: String,
    pub status: String,
    pub failure_reason: Option<String>,
    #[serde(default)]
    pub metadata: Metadata,
}

#[derive(Deserialize)]
pub struct Refunds {
    pub data: Vec<Refund>,
}

#[derive(Deserialize)]
pub struct Failure {
    pub error: Fault,
}

#[derive(Deserialize)]
pub struct Fault {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub code: Option<String>,
}

impl Intent {
    /// Whether the bank refused only because the card's holder was not there.
    pub fn wants_confirmation(&self) -> bool {
        let code = self.last_payment_error.as_ref().and_then(|error| error.code.as_deref());
        // The second after a holder who was there did not confirm: they may try again.
        matches!(code, Some("authentication_required" | "payment_intent_authentication_failure"))
    }
}

fn expanded<'de, D: Deserializer<'de>>(from: D) -> Result<Option<PaymentMethod>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Whole(PaymentMethod),
        Other(serde::de::IgnoredAny),
    }
    Ok(match Option::<Either>::deserialize(from)? {
        Some(Either::Whole(method)) => Some(method),
        Some(Either::Other(_)) | None => None,
    })
}
