//! A pledge: one backer's promise to one campaign.

pub mod choices;
pub mod instalment;
pub mod money;
pub mod order;
pub mod quote;
pub mod refusal;
pub mod since;
pub mod view;

use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use choices::Choices;
pub use instalment::{Instalment, InstalmentOffer, InstalmentPlan, InstalmentState};
pub use money::{Standing, Timing};
pub use order::{Order, Taken};
pub use quote::{Line, LineKind, Quote, quote};
pub use refusal::{Refusal, may_change};
pub use since::Since;
pub use view::{
    CardChange, CheckoutPage, PledgeChange, PledgeForm, PledgePage, PledgeSummary, key_pair,
};

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
    /// Counts. The card is saved, not charged. Where cards are charged at once,
    /// the charge is on its way.
    Pledged,
    /// Counts. The card was charged.
    Collected,
    /// Counts. The campaign succeeded, and the card was declined; it can be
    /// replaced for a while.
    Errored,
    /// Counts. The campaign succeeded, and the bank wants its holder to confirm
    /// the charge.
    ActionRequired,
    /// Counts, because a success is decided once. Its card was never good in
    /// the days after the deadline.
    Dropped,
    /// Counts, for the same reason. All that was charged went back to its backer.
    Refunded,
    /// Taken back by its backer.
    Cancelled,
    /// Never confirmed in time.
    Expired,
}

impl PledgeState {
    /// Every state.
    pub const ALL: [Self; 9] = [
        Self::AuthenticationRequired,
        Self::Pledged,
        Self::Collected,
        Self::Errored,
        Self::ActionRequired,
        Self::Dropped,
        Self::Refunded,
        Self::Cancelled,
        Self::Expired,
    ];

    /// Whether it holds units of its rewards, and the backer's one place.
    #[must_use]
    pub const fn is_active(self) -> bool {
        !matches!(self, Self::Dropped | Self::Refunded | Self::Cancelled | Self::Expired)
    }

    /// Whether it counts in the campaign's total. A promise does, and the total
    /// does not move any more once the deadline has decided (Kickstarter, `[K19]`).
    /// Where cards are charged at once, only what was charged counts; it goes on
    /// counting when it goes back, as everywhere.
    #[must_use]
    pub const fn counts(self, timing: Timing) -> bool {
        match timing {
            Timing::AtDeadline => {
                !matches!(self, Self::AuthenticationRequired | Self::Cancelled | Self::Expired)
            }
            Timing::AtOnce => matches!(self, Self::Collected | Self::Refunded),
        }
    }

    /// Whether its backer can do something about its card now.
    #[must_use]
    pub const fn wants_card(self) -> bool {
        matches!(self, Self::Errored | Self::ActionRequired)
    }

    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::AuthenticationRequired => "authentication_required",
            Self::Pledged => "pledged",
            Self::Collected => "collected",
            Self::Errored => "errored",
            Self::ActionRequired => "action_required",
            Self::Dropped => "dropped",
            Self::Refunded => "refunded",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::pledge as w;
        match self {
            Self::AuthenticationRequired => w::state_authentication_required(locale),
            Self::Pledged => w::state_pledged(locale),
            Self::Collected => w::state_collected(locale),
            Self::Errored => w::state_errored(locale),
            Self::ActionRequired => w::state_action_required(locale),
            Self::Dropped => w::state_dropped(locale),
            Self::Refunded => w::state_refunded(locale),
            Self::Cancelled => w::state_cancelled(locale),
            Self::Expired => w::state_expired(locale),
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
