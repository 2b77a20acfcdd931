//! Cards, as far as this program ever sees them.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{invalid::Invalid, invalid::Problem, time::Timestamp};

/// The sandbox provider's cards. Each behaves in one way, always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestCard {
    /// Saved now, charged later.
    Success,
    /// Refused at once.
    Decline,
    /// Saved now, refused at the deadline.
    DeclineLater,
    /// Saved after its holder confirms at the bank (3-D Secure).
    Authenticate,
    /// Saved now; its holder has to confirm the charge at the deadline.
    AuthenticateLater,
}

impl TestCard {
    /// Every test card.
    pub const ALL: [Self; 5] = [
        Self::Success,
        Self::Decline,
        Self::DeclineLater,
        Self::Authenticate,
        Self::AuthenticateLater,
    ];

    /// The number to type. The same numbers as Stripe's test mode, so that a
    /// developer's fingers know them.
    #[must_use]
    pub const fn number(self) -> &'static str {
        match self {
            Self::Success => "4242424242424242",
            Self::Decline => "4000000000000002",
            Self::DeclineLater => "4000000000000341",
            Self::Authenticate => "4000002500003155",
            Self::AuthenticateLater => "4000002760003184",
        }
    }

    /// The name in the API: `sandbox:success`.
    #[must_use]
    pub const fn method(self) -> &'static str {
        match self {
            Self::Success => "sandbox:success",
            Self::Decline => "sandbox:decline",
            Self::DeclineLater => "sandbox:decline_later",
            Self::Authenticate => "sandbox:authenticate",
            Self::AuthenticateLater => "sandbox:authenticate_later",
        }
    }

    /// The last four digits, which is all that is kept of a card.
    #[must_use]
    pub fn last_four(self) -> &'static str {
        &self.number()[12..]
    }
}

/// The text named no payment method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a payment method of the sandbox")]
pub struct UnknownMethod;

impl FromStr for TestCard {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|card| card.method() == text).ok_or(UnknownMethod)
    }
}

/// The sandbox's card form as typed. Its `Debug` shows nothing, so that no log
/// can hold a number that somebody mistook for a real form.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardForm {
    #[serde(default)]
    pub number: String,
    /// `MM/YY` or `MM/YYYY`.
    #[serde(default)]
    pub expiry: String,
    #[serde(default)]
    pub code: String,
}

impl fmt::Debug for CardForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardForm(…)")
    }
}

impl CardForm {
    /// The test card that was typed. Other numbers are refused: no real card
    /// may ever enter the sandbox.
    ///
    /// # Errors
    /// Problems of `card_number`, `card_expiry` and `card_code`.
    pub fn parse(&self, now: Timestamp) -> Result<TestCard, Invalid> {
        let mut invalid = Invalid::default();
        let digits: String = self.number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
        let card = TestCard::ALL.into_iter().find(|card| card.number() == digits);
        let card = invalid.keep("card_number", card.ok_or(Problem::CardNumber));
        if !self.expires_after(now) {
            invalid.add("card_expiry", Problem::CardExpiry);
        }
        let code = self.code.trim();
        if !(3..=4).contains(&code.len()) || !code.bytes().all(|b| b.is_ascii_digit()) {
            invalid.add("card_code", Problem::CardCode);
        }
        invalid.into_result()?;
        Ok(card.expect("a missing card was noted as a problem"))
    }

    fn expires_after(&self, now: Timestamp) -> bool {
        let Some((month, year)) = self.expiry.split_once('/') else { return false };
        let (Ok(month), Ok(year)) = (month.trim().parse::<u8>(), year.trim().parse::<i64>()) else {
            return false;
        };
        let year = if year < 100 { year + 2000 } else { year };
        let today = now.civil();
        (1..=12).contains(&month) && year < 2100 && (year, month) >= (today.year, today.month)
    }
}

/// The form of a provider that takes cards itself: its script and our public key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardEntry {
    /// The address of the script that draws the form.
    pub script: String,
    /// By which the script knows us. Anyone may see it.
    pub key: String,
}

/// A card that its holder saved with the provider: the provider's word for it,
/// which only who saved it knows. Its `Debug` does not show it.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Setup(pub String);

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Setup(…)")
    }
}

/// How a pledge's card was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum GivenCard {
    /// Typed into the sandbox's form.
    Test(TestCard),
    /// Typed into the provider's.
    Saved(Setup),
}

impl From<TestCard> for GivenCard {
    fn from(card: TestCard) -> Self {
        Self::Test(card)
    }
}

impl GivenCard {
    /// The payment method as the API names it: one of the sandbox's, or
    /// `stripe:` and the client secret of a confirmed SetupIntent.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix("stripe:") {
            Some(setup) => Some(Self::Saved(Setup(setup.to_owned()))),
            None => text.parse().ok().map(Self::Test),
        }
    }
}

/// What a browser needs so that a card's holder can confirm a charge at the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankStep {
    pub secret: Setup,
    /// The card, as the provider's script knows it.
    pub method: String,
}

#[cfg(test)]
mod tests {
    use super::{CardForm, TestCard};
    use crate::time::Timestamp;

    const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

    fn form(number: &str, expiry: &str, code: &str) -> CardForm {
        CardForm { number: number.into(), expiry: expiry.into(), code: code.into() }
    }

    #[test]
    fn test_cards_are_known_by_their_numbers() {
        assert_eq!(form("4242 4242 4242 4242", "12/26", "123").parse(NOW), Ok(TestCard::Success));
        assert_eq!(
            form("4000-0000-0000-0002", "1 / 2031", "1234").parse(NOW),
            Ok(TestCard::Decline)
        );
    }

    #[test]
    fn no_other_card_enters_the_sandbox() {
        let refused = form("5555555555554444", "11/26", "12").parse(NOW).expect_err("refused");
        for field in ["card_number", "card_expiry", "card_code"] {
            assert!(refused.of(field).is_some(), "{field}");
        }
    }
}
