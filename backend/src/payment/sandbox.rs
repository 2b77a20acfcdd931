//! The built-in provider: no money moves, and each test card behaves in one way.
//! It keeps a book of its own, as a provider would, so that what it did can be
//! compared with what we believe.

mod sql;

use domain::{Invalid, Problem, payment::TestCard};
use futures::future::BoxFuture;

use super::{Outcome, Payments, RefundAnswer, RefundRequest, Request, SavedCard, Trouble};
use crate::{clock::Clock, db::Db, error::Result};

/// The method of a card whose holder has confirmed: it is charged without asking.
const CONFIRMED: &str = "sandbox:success";

/// The sandbox, open.
pub struct Sandbox {
    db: Db,
    clock: Clock,
}

impl Sandbox {
    /// The provider with its book in this database.
    #[must_use]
    pub const fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    async fn carry_out(&self, request: &Request) -> Result<Outcome> {
        let outcome = match request.method.parse() {
            Ok(TestCard::Success | TestCard::Authenticate) => "succeeded",
            Ok(TestCard::AuthenticateLater) => "action_required",
            Ok(TestCard::Decline | TestCard::DeclineLater) | Err(_) => "declined",
        };
        let mut tx = self.db.begin().await?;
        let did = sql::once(&mut tx.conn(), request, outcome, self.clock.now()).await?;
        tx.commit().await?;
        Ok(match did.as_str() {
            "succeeded" => Outcome::Succeeded { reference: request.key.clone() },
            "action_required" => Outcome::ActionRequired,
            _ => Outcome::Declined,
        })
    }
}

impl Sandbox {
    /// Gives back no more than was charged, whatever it is asked.
    async fn give_back(&self, request: &RefundRequest) -> Result<RefundAnswer> {
        let mut tx = self.db.begin().await?;
        let left = sql::left(&mut tx.conn(), &request.charge, request.amount.currency).await?;
        let outcome = if request.amount.minor <= left { "succeeded" } else { "refused" };
        let did = sql::refund_once(&mut tx.conn(), request, outcome, self.clock.now()).await?;
        tx.commit().await?;
        Ok(match did.as_str() {
            "succeeded" => RefundAnswer::Succeeded { reference: request.key.clone() },
            _ => RefundAnswer::Refused { why: "nothing_left".to_owned() },
        })
    }
}

impl Payments for Sandbox {
    fn refund<'a>(
        &'a self,
        request: &'a RefundRequest,
    ) -> BoxFuture<'a, Result<RefundAnswer, Trouble>> {
        Box::pin(async move {
            self.give_back(request).await.map_err(|fault| Trouble::Unclear(fault.into()))
        })
    }

    fn charge<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Outcome, Trouble>> {
        Box::pin(async move {
            self.carry_out(request).await.map_err(|fault| Trouble::Unclear(fault.into()))
        })
    }
}

/// Saves a test card for later.
///
/// # Errors
/// [`Problem::CardDeclined`] on `card_number`, from the card that is always declined.
pub fn save_card(card: TestCard) -> Result<SavedCard> {
    if card == TestCard::Decline {
        return Err(Invalid::field("card_number", Problem::CardDeclined).into());
    }
    Ok(SavedCard {
        method: card.method().to_owned(),
        last_four: card.last_four().to_owned(),
        must_authenticate: card == TestCard::Authenticate,
    })
}

/// The same card once its holder has confirmed at the sandbox's bank.
#[must_use]
pub fn confirmed(last_four: &str) -> SavedCard {
    SavedCard {
        method: CONFIRMED.to_owned(),
        last_four: last_four.to_owned(),
        must_authenticate: false,
    }
}
