//! The built-in provider: no money moves, and each test card behaves in one way.

use domain::{Invalid, Problem, payment::TestCard};

use super::SavedCard;
use crate::error::Result;

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
