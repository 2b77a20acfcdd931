//! What becomes of the money of one pledge: promised, charged, declined, given
//! up. The writer and the simulator both ask here, so that they decide alike.

use serde::{Deserialize, Serialize};

use super::{PledgeState, Refusal};
use crate::{
    fee::ChargeFees,
    ledger::{self, Posting},
    time::{DAY, MINUTE, Timestamp},
};

/// How long a card's holder has to confirm at the bank before the pledge counts.
pub const CONFIRM_WITHIN: i64 = 30 * MINUTE;
/// How long a backer has to see to a card that could not be charged after the
/// deadline (Kickstarter, `[K18]`).
pub const FIX_WINDOW: i64 = 7 * DAY;
/// The same for a card that is charged at once: its backer is there, and what it
/// holds of a limited reward is wanted by others.
pub const FIX_AT_ONCE: i64 = DAY;
/// How often such a backer is written to meanwhile.
pub const REMIND_EVERY: i64 = 2 * DAY;

/// When the card of a pledge is charged. Decided when it is placed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// With all others, after a success. The promise counts from the start.
    #[default]
    AtDeadline,
    /// As soon as it is placed. Only what was charged counts.
    AtOnce,
}

/// Where a pledge stands with its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub state: PledgeState,
    pub timing: Timing,
    /// A try to charge its card is due or on its way.
    pub is_being_charged: bool,
    /// Until when its card can be seen to; `None` before it is charged.
    pub fix_until: Option<Timestamp>,
    /// When its backer is written to again about the card.
    pub remind_at: Option<Timestamp>,
}

/// What happens to a pledge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// The card's holder has confirmed at the bank.
    Confirmed,
    /// The card's holder did not, in time.
    Expired,
    /// Its backer takes it back.
    Cancelled,
    /// Its backer wants something else.
    Changed,
    /// The campaign charges its cards; they can be seen to until then.
    Due { fix_until: Timestamp },
    /// The provider has the money.
    Charged,
    /// The bank said no.
    Declined,
    /// The bank wants the holder to confirm.
    ActionRequired,
    /// Its backer gives another card, or has confirmed.
    CardReplaced,
    /// One more try, when the time to see to the card is over.
    LastTry,
    /// Its backer is due to be written to again.
    Reminded,
    /// Its campaign came to nothing before its card was good.
    CampaignOver,
}

/// What moves in the totals and in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Nothing,
    /// It counts from now on.
    Promised,
    /// It counts no longer.
    Withdrawn,
    /// What it promised is charged.
    Collected,
    /// It counts from now on, charged as it is.
    PaidAtOnce,
    /// What it promised comes to nothing. The public total stays.
    Dropped,
}

/// What is written to its backer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// It is placed; the card is charged later.
    Placed,
    /// The card was charged.
    Collected,
    /// The bank said no: another card is wanted.
    CardDeclined,
    /// The bank wants the holder to confirm.
    ConfirmCharge,
    /// The card was never good.
    Dropped,
    /// It was taken back.
    Cancelled,
}

/// What follows from an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub next: Standing,
    pub moved: Moved,
    pub note: Option<Note>,
}

impl Standing {
    /// A pledge that was just placed.
    #[must_use]
    pub fn placed(timing: Timing, must_authenticate: bool, now: Timestamp) -> Step {
        let waiting = Self {
            state: PledgeState::AuthenticationRequired,
            timing,
            is_being_charged: false,
            fix_until: None,
            remind_at: None,
        };
        if must_authenticate { waiting.silently() } else { waiting.agreed(now) }
    }

    /// Whether it counts in the campaign's total.
    #[must_use]
    pub const fn counts(&self) -> bool {
        self.state.counts(self.timing)
    }

    /// From when on its card was charged; `None` before.
    #[must_use]
    pub fn charged_from(&self) -> Option<Timestamp> {
        let window = match self.timing {
            Timing::AtDeadline => FIX_WINDOW,
            Timing::AtOnce => FIX_AT_ONCE,
        };
        self.fix_until.map(|until| until.plus(-window))
    }

    /// What follows from an event.
    ///
    /// # Errors
    /// The refusal to show to whoever asked for it; nothing changes then.
    pub fn after(&self, event: Event, now: Timestamp) -> Result<Step, Refusal> {
        match event {
            Event::Confirmed => self.confirmed(now),
            Event::Expired if self.state == PledgeState::AuthenticationRequired => {
                Ok(self.turned(PledgeState::Expired).silently())
            }
            Event::Expired => Err(Refusal::PledgeEnded),
            Event::Changed => self.may_be_changed().map(|()| self.silently()),
            Event::Cancelled => self.cancelled(),
            Event::Due { fix_until } => self.due(fix_until),
            // A charge that the bank asked about may be confirmed by its holder later.
            Event::Charged if self.wants_card() => Ok(self.answered(event, now)),
            Event::Charged | Event::Declined | Event::ActionRequired => {
                // Whoever was told the same was faster, and has settled it.
                Ok(if self.is_being_charged { self.answered(event, now) } else { self.silently() })
            }
            Event::CardReplaced if self.wants_card() && !self.is_late(now) => {
                Ok(Self { is_being_charged: true, ..*self }.silently())
            }
            Event::LastTry if self.wants_card() && self.is_late(now) => {
                Ok(Self { is_being_charged: true, ..*self }.silently())
            }
            Event::CardReplaced | Event::LastTry => Err(Refusal::CardNotWanted),
            Event::Reminded => self.reminded(now),
            Event::CampaignOver => self.let_go(),
        }
    }

    /// Whether its backer can, and has to, do something about its card.
    const fn wants_card(&self) -> bool {
        self.state.wants_card() && !self.is_being_charged
    }

    /// A pledge whose time was never set has none left.
    fn is_late(&self, now: Timestamp) -> bool {
        self.fix_until.is_none_or(|until| now >= until)
    }

    /// Its backer and the bank agree: it is promised, or charged at once.
    fn agreed(&self, now: Timestamp) -> Step {
        let agreed = self.turned(PledgeState::Pledged);
        match self.timing {
            Timing::AtDeadline => agreed.with(Moved::Promised, Some(Note::Placed)),
            // Only what was charged counts, and its letter says so then.
            Timing::AtOnce => {
                let fix_until = Some(now.plus(FIX_AT_ONCE));
                Self { is_being_charged: true, fix_until, ..agreed }.silently()
            }
        }
    }

    fn confirmed(&self, now: Timestamp) -> Result<Step, Refusal> {
        match self.state {
            PledgeState::AuthenticationRequired => Ok(self.agreed(now)),
            // Sent twice, as a double click does.
            PledgeState::Pledged | PledgeState::Collected => Ok(self.silently()),
            _ => Err(Refusal::PledgeEnded),
        }
    }

    fn may_be_changed(&self) -> Result<(), Refusal> {
        match (self.timing, self.state) {
            _ if !self.state.is_active() => Err(Refusal::PledgeEnded),
            _ if self.is_decided() => Err(Refusal::AlreadyDecided),
            (Timing::AtDeadline, _) | (_, PledgeState::AuthenticationRequired) => Ok(()),
            (Timing::AtOnce, _) => Err(Refusal::ChargedAtOnce),
        }
    }

    /// A success takes a promise at its word.
    fn is_decided(&self) -> bool {
        self.timing == Timing::AtDeadline
            && self.state != PledgeState::AuthenticationRequired
            && self.fix_until.is_some()
    }

    fn cancelled(&self) -> Result<Step, Refusal> {
        let gone = Self { remind_at: None, ..self.turned(PledgeState::Cancelled) };
        match self.state {
            state if !state.is_active() => Err(Refusal::PledgeEnded),
            _ if self.is_being_charged => Err(Refusal::BeingCharged),
            // What was charged is given back, which is another thing.
            PledgeState::Collected => Err(Refusal::AlreadyCharged),
            _ if self.is_decided() => Err(Refusal::AlreadyDecided),
            _ => {
                let moved = if self.counts() { Moved::Withdrawn } else { Moved::Nothing };
                Ok(gone.with(moved, Some(Note::Cancelled)))
            }
        }
    }

    fn due(&self, fix_until: Timestamp) -> Result<Step, Refusal> {
        let is_waiting = self.state == PledgeState::Pledged
            && self.timing == Timing::AtDeadline
            && !self.is_being_charged;
        if !is_waiting {
            return Err(Refusal::CardNotWanted);
        }
        let fix_until = Some(fix_until);
        Ok(Self { is_being_charged: true, fix_until, ..*self }.silently())
    }

    fn answered(&self, event: Event, now: Timestamp) -> Step {
        let done = Self { is_being_charged: false, remind_at: None, ..*self };
        match event {
            Event::Charged => {
                let moved = match self.timing {
                    Timing::AtDeadline => Moved::Collected,
                    Timing::AtOnce => Moved::PaidAtOnce,
                };
                done.turned(PledgeState::Collected).with(moved, Some(Note::Collected))
            }
            _ if self.is_late(now) => {
                let moved = if self.counts() { Moved::Dropped } else { Moved::Nothing };
                done.turned(PledgeState::Dropped).with(moved, Some(Note::Dropped))
            }
            Event::ActionRequired => done.turned(PledgeState::ActionRequired).asking(now),
            _ => done.turned(PledgeState::Errored).asking(now),
        }
    }

    fn reminded(&self, now: Timestamp) -> Result<Step, Refusal> {
        let is_due = self.remind_at.is_some_and(|at| at <= now);
        if !self.state.wants_card() || !is_due {
            return Err(Refusal::CardNotWanted);
        }
        // The last try says how it ended.
        Ok(if self.is_late(now) {
            Self { remind_at: None, ..*self }.silently()
        } else {
            self.asking(now)
        })
    }

    /// What was to be charged at once, and was not, is not charged any more. What was
    /// promised stays as it was, and leaves the books with its campaign.
    fn let_go(&self) -> Result<Step, Refusal> {
        let is_open = self.state == PledgeState::Pledged || self.state.wants_card();
        match self.timing {
            _ if !is_open => Err(Refusal::PledgeEnded),
            Timing::AtDeadline => Err(Refusal::CardNotWanted),
            Timing::AtOnce if self.is_being_charged => Err(Refusal::BeingCharged),
            Timing::AtOnce => {
                let gone = Self { remind_at: None, ..self.turned(PledgeState::Dropped) };
                Ok(gone.with(Moved::Nothing, Some(Note::Dropped)))
            }
        }
    }

    /// Its backer has to do something; they are written to now and again.
    fn asking(self, now: Timestamp) -> Step {
        let next = Some(now.plus(REMIND_EVERY));
        let remind_at = next.filter(|at| self.fix_until.is_some_and(|until| *at < until));
        let note = match self.state {
            PledgeState::ActionRequired => Note::ConfirmCharge,
            _ => Note::CardDeclined,
        };
        Self { remind_at, ..self }.with(Moved::Nothing, Some(note))
    }

    fn turned(&self, state: PledgeState) -> Self {
        Self { state, ..*self }
    }

    const fn with(self, moved: Moved, note: Option<Note>) -> Step {
        Step { next: self, moved, note }
    }

    const fn silently(self) -> Step {
        self.with(Moved::Nothing, None)
    }
}

impl Moved {
    /// The rows of the books, for a pledge of so much.
    #[must_use]
    pub fn postings(self, total: i64, fees: ChargeFees) -> Vec<Posting> {
        let promised = |event, amount| Posting::promise(event, amount);
        match self {
            Self::Nothing => Vec::new(),
            Self::Promised => vec![promised(ledger::Event::Promised, total)],
            Self::Withdrawn => vec![promised(ledger::Event::Cancelled, -total)],
            Self::Collected => vec![Posting::collected(total, fees)],
            Self::PaidAtOnce => {
                vec![promised(ledger::Event::Promised, total), Posting::collected(total, fees)]
            }
            Self::Dropped => vec![promised(ledger::Event::Dropped, -total)],
        }
    }

    /// How the public total changes: amount and backers, in units of one pledge.
    #[must_use]
    pub const fn counted(self) -> i64 {
        match self {
            Self::Promised | Self::PaidAtOnce => 1,
            Self::Withdrawn => -1,
            Self::Nothing | Self::Collected | Self::Dropped => 0,
        }
    }
}
