//! Cards are saved when a pledge is placed and charged when its campaign has
//! succeeded. This program never holds more of a card than a receipt shows.

pub mod sandbox;
pub mod stripe;
pub mod webhook;

use domain::{
    Money, Timestamp,
    payment::{BankStep, CardEntry, Setup},
    pledge::{instalment, money},
};
use futures::future::BoxFuture;

use crate::{
    collection::sql::ChargeState,
    error::{Error, Result},
};

/// A card that the provider keeps for us.
#[derive(Debug, Clone)]
pub struct SavedCard {
    /// The provider's word for it.
    pub method: String,
    /// The last four digits.
    pub last_four: String,
    /// Its holder has to confirm at the bank before it may be used.
    pub must_authenticate: bool,
}

/// One try to charge a saved card.
#[derive(Debug, Clone)]
pub struct Request {
    /// The same key charges once, however often it is sent: the provider answers
    /// what it answered before. What stands before its last dash is the same for
    /// every try to collect the same money.
    pub key: String,
    /// [`SavedCard::method`].
    pub method: String,
    pub amount: Money,
    /// When it was first due. Providers forget keys after a day.
    pub since: Timestamp,
}

/// What the provider did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The money is with the provider; its word for that.
    Succeeded { reference: String },
    /// The bank says no.
    Declined,
    /// The bank wants the holder to confirm.
    ActionRequired,
}

impl Outcome {
    /// How the try stands from now on.
    pub(crate) const fn state(&self) -> ChargeState {
        match self {
            Self::Succeeded { .. } => ChargeState::Succeeded,
            Self::Declined => ChargeState::Declined,
            Self::ActionRequired => ChargeState::ActionRequired,
        }
    }

    /// What that is to a pledge.
    pub(crate) const fn event(&self) -> money::Event {
        match self {
            Self::Succeeded { .. } => money::Event::Charged,
            Self::Declined => money::Event::Declined,
            Self::ActionRequired => money::Event::ActionRequired,
        }
    }

    /// What that is to an instalment after the first.
    pub(crate) const fn instalment_event(&self) -> instalment::Event {
        match self {
            Self::Succeeded { .. } => instalment::Event::Charged,
            Self::Declined => instalment::Event::Declined,
            Self::ActionRequired => instalment::Event::ActionRequired,
        }
    }
}

/// Why there is no outcome yet. The same request is sent again later.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Too many at once.
    #[error("the provider is busy for {seconds} s")]
    Busy { seconds: u32 },
    /// Perhaps it was done, perhaps not.
    #[error("the provider gave no clear answer: {0:#}")]
    Unclear(anyhow::Error),
}

/// Money that is to go back to the card it came from.
#[derive(Debug, Clone)]
pub struct RefundRequest {
    /// The same key refunds once, as with [`Request::key`]. Where the provider
    /// refused before, the next try has another one: it would answer the same.
    pub key: String,
    /// The provider's word for the charge.
    pub charge: String,
    /// At most what was charged and did not go back.
    pub amount: Money,
    /// When it was asked for. Providers forget keys after a day.
    pub since: Timestamp,
}

/// What the provider did about a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RefundAnswer {
    /// The money is on its way back; the provider's word for that.
    Succeeded { reference: String },
    /// It does not give the money back now, and says why in a word of its own,
    /// if it says anything.
    Refused { why: String },
}

/// A payment provider. What it does not say otherwise it does as the sandbox:
/// cards are typed into a form of ours, and confirmed with a button.
pub trait Payments: Send + Sync {
    /// Gives back money of a charge.
    fn refund<'a>(
        &'a self,
        request: &'a RefundRequest,
    ) -> BoxFuture<'a, Result<RefundAnswer, Trouble>>;

    /// Charges a saved card without its holder being there.
    fn charge<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Outcome, Trouble>>;

    /// The provider's own form for cards, if it has one.
    fn card_entry(&self) -> Option<CardEntry> {
        None
    }

    /// Begins to save a card that its holder types into the provider's form, next
    /// to the card with this method, if there is one.
    fn begin<'a>(&'a self, _beside: Option<&'a str>) -> BoxFuture<'a, Result<Setup, Trouble>> {
        Box::pin(async { Err(Trouble::Unclear(anyhow::anyhow!("cards are typed into our form"))) })
    }

    /// The card that was saved so. Nothing when there is none, or it was not
    /// confirmed, or it was not saved next to that other card.
    fn saved<'a>(
        &'a self,
        _setup: &'a Setup,
        _beside: Option<&'a str>,
    ) -> BoxFuture<'a, Result<Option<SavedCard>, Trouble>> {
        Box::pin(async { Ok(None) })
    }

    /// What a browser needs so that the card's holder can confirm this charge.
    fn bank_step<'a>(
        &'a self,
        _request: &'a Request,
    ) -> BoxFuture<'a, Result<Option<BankStep>, Trouble>> {
        Box::pin(async { Ok(None) })
    }

    /// How a charge stands that its holder had to confirm. Nothing where it is
    /// not the charge that is confirmed, but the card for the next one.
    fn confirmed<'a>(
        &'a self,
        _request: &'a Request,
    ) -> BoxFuture<'a, Result<Option<Outcome>, Trouble>> {
        Box::pin(async { Ok(None) })
    }
}

impl From<Trouble> for Error {
    /// For whoever waits for an answer: nothing was charged, and it can be tried
    /// again. The cause is logged here, because a refusal carries none.
    fn from(trouble: Trouble) -> Self {
        tracing::warn!(%trouble, "the payment provider was no help to a visitor");
        domain::pledge::Refusal::PaymentsSilent.into()
    }
}
