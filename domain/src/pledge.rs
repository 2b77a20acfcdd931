//! A pledge: one backer's promise to one campaign.

pub mod choices;
pub mod quote;
pub mod refusal;
pub mod view;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use choices::{Choices, Order};
pub use quote::{Line, LineKind, Quote, quote};
pub use refusal::{Refusal, may_change};
pub use view::{CheckoutPage, PledgeForm, PledgePage, PledgeSummary};

use crate::{locale::Locale, words};

/// Where a pledge stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum PledgeState {
    /// Its holder has yet to confirm the card at the bank. Holds its rewards
    /// for a while, counts for nothing.
    AuthenticationRequired,
    /// Counts. The card is saved, not charged.
    Pledged,
    /// Taken back by its backer.
    Cancelled,
    /// Never confirmed in time.
    Dropped,
}

impl PledgeState {
    /// Every state.
    pub const ALL: [Self; 4] =
        [Self::AuthenticationRequired, Self::Pledged, Self::Cancelled, Self::Dropped];

    /// Whether it holds units of its rewards, and the backer's one place.
    #[must_use]
    pub const fn is_active(self) -> bool {
        matches!(self, Self::AuthenticationRequired | Self::Pledged)
    }

    /// Whether it counts in the campaign's total.
    #[must_use]
    pub const fn counts(self) -> bool {
        matches!(self, Self::Pledged)
    }

    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AuthenticationRequired => "authentication_required",
            Self::Pledged => "pledged",
            Self::Cancelled => "cancelled",
            Self::Dropped => "dropped",
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::pledge as w;
        match self {
            Self::AuthenticationRequired => w::state_authentication_required(locale),
            Self::Pledged => w::state_pledged(locale),
            Self::Cancelled => w::state_cancelled(locale),
            Self::Dropped => w::state_dropped(locale),
        }
    }
}

/// The text named no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a pledge")]
pub struct UnknownState;

impl FromStr for PledgeState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|s| s.key() == text).ok_or(UnknownState)
    }
}
