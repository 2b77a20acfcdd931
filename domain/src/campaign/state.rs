//! The states of a campaign and what may follow each.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

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
    /// The deadline passed with the goal met.
    Successful,
    /// The deadline passed without.
    Failed,
    /// Ended early by its creator.
    Cancelled,
    /// Stopped by the operator.
    Suspended,
}

/// When the money of a campaign moves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum FundingRule {
    /// Cards are charged at the deadline, and only if the goal is met.
    #[default]
    AllOrNothing,
}

/// What a creator, an operator or the clock wants of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Move {
    /// The creator asks for a review.
    Submit,
    /// The operator approves and the creator launches.
    Launch,
    /// The operator asks for changes.
    Return,
    /// The deadline has passed; `goal_met` is decided from the pledged total.
    Close { goal_met: bool },
    /// The creator ends it early.
    Cancel,
    /// The operator stops it.
    Suspend,
    /// The operator lets it go on.
    Resume,
}

/// The move makes no sense from this state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a campaign that is {from:?} cannot {wanted:?}")]
pub struct IllegalMove {
    /// The state it was in.
    pub from: CampaignState,
    /// What was asked.
    pub wanted: Move,
}

impl CampaignState {
    /// Every state, in the order of a campaign's life.
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::InReview,
        Self::Live,
        Self::Successful,
        Self::Failed,
        Self::Cancelled,
        Self::Suspended,
    ];

    /// The states that anyone may see.
    pub const PUBLIC: [Self; 5] =
        [Self::Live, Self::Successful, Self::Failed, Self::Cancelled, Self::Suspended];

    /// The state after a move.
    ///
    /// # Errors
    /// [`IllegalMove`] when the move is not one of this state.
    pub const fn after(self, wanted: Move) -> Result<Self, IllegalMove> {
        Ok(match (self, wanted) {
            (Self::Draft, Move::Submit) => Self::InReview,
            (Self::InReview, Move::Launch) | (Self::Suspended, Move::Resume) => Self::Live,
            (Self::InReview, Move::Return) => Self::Draft,
            (Self::Live, Move::Close { goal_met: true }) => Self::Successful,
            (Self::Live, Move::Close { goal_met: false }) => Self::Failed,
            (Self::Draft | Self::InReview | Self::Live, Move::Cancel) => Self::Cancelled,
            (Self::Live, Move::Suspend) => Self::Suspended,
            (from, wanted) => return Err(IllegalMove { from, wanted }),
        })
    }

    /// Whether anyone may see it.
    #[must_use]
    pub fn is_public(self) -> bool {
        Self::PUBLIC.contains(&self)
    }

    /// Whether a pledge may be placed now: live, and the deadline still ahead.
    #[must_use]
    pub fn takes_pledges(self, now: Timestamp, deadline: Timestamp) -> bool {
        self == Self::Live && now < deadline
    }

    /// The word in addresses and in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Live => "live",
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CampaignState, Move};

    fn any_move() -> impl Strategy<Value = Move> {
        prop_oneof![
            Just(Move::Submit),
            Just(Move::Launch),
            Just(Move::Return),
            any::<bool>().prop_map(|goal_met| Move::Close { goal_met }),
            Just(Move::Cancel),
            Just(Move::Suspend),
            Just(Move::Resume),
        ]
    }

    proptest! {
        #[test]
        fn an_ended_campaign_never_lives_again(moves in prop::collection::vec(any_move(), 0..40)) {
            let mut state = CampaignState::Draft;
            let mut ended = false;
            for wanted in moves {
                if let Ok(next) = state.after(wanted) {
                    prop_assert!(!ended, "{state:?} moved on");
                    state = next;
                }
                ended = matches!(
                    state,
                    CampaignState::Successful | CampaignState::Failed | CampaignState::Cancelled
                );
            }
        }

        #[test]
        fn a_refused_move_names_itself(wanted in any_move()) {
            for from in CampaignState::ALL {
                if let Err(refused) = from.after(wanted) {
                    prop_assert_eq!((refused.from, refused.wanted), (from, wanted));
                }
            }
        }
    }
}
