//! The life of a campaign: what may happen to it, and what each of these does to
//! the money of its backers. One machine for every funding rule.

use serde::{Deserialize, Serialize};

use super::{
    CampaignState, FundingRule, Terms,
    rule::{OVERTIME, SECOND_ROUND, Tally, Verdict},
};
use crate::{pledge::Timing, time::Timestamp};

/// Where a campaign is in its life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Life {
    pub state: CampaignState,
    /// 2 from when a campaign in rounds has met its minimum; 1 before, and for
    /// every other.
    pub round: i64,
    pub late: LatePledges,
    /// The state that a suspended campaign goes back to.
    pub frozen: Option<CampaignState>,
    /// The end of the round that runs, or of the last one.
    pub deadline: Timestamp,
}

/// Whether rewards can be had after the success.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum LatePledges {
    /// Not yet, or never.
    #[default]
    None,
    /// Until the creator closes them.
    Open,
    /// For good.
    Closed,
}

impl LatePledges {
    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Open => "open",
            Self::Closed => "closed",
        }
    }
}

/// What a creator, an operator, a backer or the clock does to a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The creator asks for a review.
    Submit,
    /// The operator asks for changes.
    Return,
    /// The operator has approved, and the creator launches.
    Launch,
    /// A backer pledges. Whoever pledged here before moves no end.
    Pledge { is_first: bool },
    /// The deadline passes, with so much promised.
    Deadline { promised: Tally },
    /// The days to see to a card are over, with so much charged.
    WindowOver { collected: Tally },
    /// The creator calls it off.
    Cancel,
    /// The operator stops it.
    Suspend,
    /// The operator lets it go on.
    Resume,
    /// The creator sells on after the success, where that was not said at the launch.
    OpenLatePledges,
    /// The creator ends the sale after the success.
    CloseLatePledges,
}

/// What an event does to the money of a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing.
    Nothing,
    /// The card of this pledge is saved; it is charged with all others.
    SaveCard,
    /// The card of this pledge is charged at once.
    ChargeAtOnce,
    /// Every saved card is charged, and what comes of it is the creator's.
    ChargeAll,
    /// Every saved card is charged; what comes of it decides.
    ChargeToDecide,
    /// What was charged is the creator's.
    Keep,
    /// Nobody is charged: every promise is void.
    Release,
    /// Whoever was charged gets it back; promises that were not charged are void.
    GiveBack,
    /// Nobody is charged and nobody is paid until it goes on.
    Freeze,
    /// Charges and payouts go on.
    Thaw,
}

/// The event makes no sense as things stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a campaign that is {from:?} cannot {wanted:?}")]
pub struct IllegalMove {
    /// The state it was in.
    pub from: CampaignState,
    /// What was asked.
    pub wanted: Event,
}

impl Life {
    /// A draft that is to end then.
    #[must_use]
    pub const fn draft(deadline: Timestamp) -> Self {
        Self {
            state: CampaignState::Draft,
            round: 1,
            late: LatePledges::None,
            frozen: None,
            deadline,
        }
    }

    /// What follows from an event, and what it does to the money.
    ///
    /// # Errors
    /// [`IllegalMove`] when the event is not one of this state, or comes before
    /// its time.
    pub fn after(
        self,
        terms: &Terms,
        event: Event,
        now: Timestamp,
    ) -> Result<(Self, Effect), IllegalMove> {
        use CampaignState as S;
        let illegal = Err(IllegalMove { from: self.state, wanted: event });
        let turn = |state, effect| Ok((Self { state, ..self }, effect));
        match (self.state, event) {
            (S::Draft, Event::Submit) => turn(S::InReview, Effect::Nothing),
            (S::InReview, Event::Return) => turn(S::Draft, Effect::Nothing),
            (S::InReview, Event::Launch) => turn(S::Live, Effect::Nothing),
            (_, Event::Pledge { is_first }) => match self.timing(terms.rule, now) {
                Some(timing) => Ok(self.pledged(terms, is_first, timing, now)),
                None => illegal,
            },
            (S::Live, Event::Deadline { promised }) if now >= self.deadline => {
                Ok(self.ended(terms, promised))
            }
            (S::Deciding, Event::WindowOver { collected }) if terms.is_met(collected) => {
                Ok((self.succeeded(terms), Effect::Keep))
            }
            (S::Deciding, Event::WindowOver { .. }) => turn(S::Failed, Effect::GiveBack),
            (S::Draft | S::InReview, Event::Cancel) => turn(S::Cancelled, Effect::Nothing),
            // A campaign whose minimum is met has succeeded; it is not called off.
            (S::Live | S::Deciding, Event::Cancel) if self.round == 1 => {
                let nothing_charged =
                    self.state == S::Live && terms.rule != FundingRule::KeepWhatYouRaise;
                turn(S::Cancelled, if nothing_charged { Effect::Release } else { Effect::GiveBack })
            }
            (S::Live | S::Deciding | S::Successful, Event::Suspend) => {
                Ok((Self { state: S::Suspended, frozen: Some(self.state), ..self }, Effect::Freeze))
            }
            (S::Suspended, Event::Resume) => {
                let state = self.frozen.unwrap_or(S::Live);
                Ok((Self { state, frozen: None, ..self }, Effect::Thaw))
            }
            // Once closed they stay closed: what was said to be the end is one.
            (S::Successful, Event::OpenLatePledges) if self.late == LatePledges::None => {
                Ok((Self { late: LatePledges::Open, ..self }, Effect::Nothing))
            }
            (S::Successful, Event::CloseLatePledges) if self.late == LatePledges::Open => {
                Ok((Self { late: LatePledges::Closed, ..self }, Effect::Nothing))
            }
            _ => illegal,
        }
    }

    /// When the card of a pledge that is placed now is charged; `None` where
    /// none is taken.
    #[must_use]
    pub fn timing(self, rule: FundingRule, now: Timestamp) -> Option<Timing> {
        match self.state {
            CampaignState::Live if now < self.deadline => Some(match rule {
                FundingRule::KeepWhatYouRaise => Timing::AtOnce,
                FundingRule::Rounds if self.round > 1 => Timing::AtOnce,
                FundingRule::AllOrNothing | FundingRule::PreOrders | FundingRule::Rounds => {
                    Timing::AtDeadline
                }
            }),
            CampaignState::Successful if self.late == LatePledges::Open => Some(Timing::AtOnce),
            _ => None,
        }
    }

    /// Whether what can be had now is what the success left over.
    #[must_use]
    pub fn is_late(self) -> bool {
        self.state == CampaignState::Successful && self.late == LatePledges::Open
    }

    fn pledged(
        self,
        terms: &Terms,
        is_first: bool,
        timing: Timing,
        now: Timestamp,
    ) -> (Self, Effect) {
        let moves = terms.overtime && is_first && self.state == CampaignState::Live;
        let deadline = if moves { self.deadline.max(now.plus(OVERTIME)) } else { self.deadline };
        let effect = match timing {
            Timing::AtDeadline => Effect::SaveCard,
            Timing::AtOnce => Effect::ChargeAtOnce,
        };
        (Self { deadline, ..self }, effect)
    }

    fn ended(self, terms: &Terms, promised: Tally) -> (Self, Effect) {
        use CampaignState as S;
        let turn = |state, effect| (Self { state, ..self }, effect);
        let is_met = terms.is_met(promised);
        match terms.rule {
            FundingRule::KeepWhatYouRaise if is_met => (self.succeeded(terms), Effect::Keep),
            FundingRule::Rounds if self.round > 1 => (self.succeeded(terms), Effect::Keep),
            _ if !is_met => turn(S::Failed, Effect::Release),
            // What comes beyond the minimum has a round of its own, unless the
            // optimum is there already.
            FundingRule::Rounds if terms.optimum.is_some_and(|most| promised.amount < most) => {
                let deadline = self.deadline.plus(SECOND_ROUND);
                (Self { round: 2, deadline, ..self }, Effect::ChargeAll)
            }
            _ if terms.verdict == Verdict::Collected => turn(S::Deciding, Effect::ChargeToDecide),
            _ => (self.succeeded(terms), Effect::ChargeAll),
        }
    }

    fn succeeded(self, terms: &Terms) -> Self {
        let late = if terms.late_pledges { LatePledges::Open } else { LatePledges::None };
        Self { state: CampaignState::Successful, late, ..self }
    }
}
