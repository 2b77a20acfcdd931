//! The states of a campaign and what may follow each.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::LatePledges;
use crate::{locale::Locale, time::Timestamp, words};

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum CampaignState {
    /// Being written; only its creator sees it.
    Draft,
    /// Waiting for the operator's word.
    InReview,
    /// Taking pledges until the deadline.
    Live,
    /// The deadline passed with the goal met, and the cards are charged; what
    /// comes of that decides.
    Deciding,
    /// The deadline passed with the goal met.
    Successful,
    /// The deadline passed without.
    Failed,
    /// Ended early by its creator.
    Cancelled,
    /// Stopped by the operator.
    Suspended,
}

impl CampaignState {
    /// Every state, in the order of a campaign's life.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::InReview,
        Self::Live,
        Self::Deciding,
        Self::Successful,
        Self::Failed,
        Self::Cancelled,
        Self::Suspended,
    ];

    /// The states that anyone may see.
    pub const PUBLIC: [Self; 6] = [
        Self::Live,
        Self::Deciding,
        Self::Successful,
        Self::Failed,
        Self::Cancelled,
        Self::Suspended,
    ];

    /// Whether anyone may see it.
    #[must_use]
    pub fn is_public(self) -> bool {
        Self::PUBLIC.contains(&self)
    }

    /// Whether it is over, well or not; its accounts are open from then on.
    #[must_use]
    pub const fn has_ended(self) -> bool {
        matches!(self, Self::Successful | Self::Failed | Self::Cancelled)
    }

    /// Whether a pledge may be placed now: live with the deadline still ahead, or
    /// open for late ones.
    #[must_use]
    pub fn takes_pledges(self, late: LatePledges, now: Timestamp, deadline: Timestamp) -> bool {
        match self {
            Self::Live => now < deadline,
            Self::Successful => late == LatePledges::Open,
            _ => false,
        }
    }

    /// Whether its creator may be paid: after a success, also while a second
    /// round runs.
    #[must_use]
    pub const fn pays_out(self) -> bool {
        matches!(self, Self::Live | Self::Successful)
    }

    /// The word in addresses and in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Live => "live",
            Self::Deciding => "deciding",
            Self::Successful => "successful",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Suspended => "suspended",
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::campaign as w;
        match self {
            Self::Draft => w::state_draft(locale),
            Self::InReview => w::state_in_review(locale),
            Self::Live => w::state_live(locale),
            Self::Deciding => w::state_deciding(locale),
            Self::Successful => w::state_successful(locale),
            Self::Failed => w::state_failed(locale),
            Self::Cancelled => w::state_cancelled(locale),
            Self::Suspended => w::state_suspended(locale),
        }
    }
}

/// The text named no state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a state of a campaign")]
pub struct UnknownState;

impl FromStr for CampaignState {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|s| s.key() == text).ok_or(UnknownState)
    }
}
