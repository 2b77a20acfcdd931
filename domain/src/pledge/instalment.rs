//! Paying a pledge in instalments, where its campaign offers it. The plan is the
//! same wherever it is made: what the page shows is what is charged. The first
//! instalment is charged when the card would be charged; what becomes of it is
//! decided as for every pledge (`money.rs`), and only then are there others.

use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::{
    currency::Currency,
    invalid::Problem,
    locale::Locale,
    money::Money,
    time::{DAY, HOUR, Timestamp, Zone},
    words,
};

/// Fewest and most instalments (Gamefound, `[F3]`).
pub const COUNTS: std::ops::RangeInclusive<i64> = 2..=10;
/// How often an instalment is tried without its backer (Gamefound, `[F11]`).
pub const TRIES: i64 = 3;
/// How long after a try that failed the next one is made, of the same source.
pub const TRY_AGAIN_AFTER: i64 = 48 * HOUR;
/// How long after its last instalment was due a plan waits for its backer.
pub const WAIT_AFTER_PLAN: i64 = 14 * DAY;
/// How long it waits at least after a try that failed: a campaign that was stopped
/// for long makes its tries late.
pub const WAIT_AFTER_TRY: i64 = 7 * DAY;

/// What a campaign offers. Part of what it is launched with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalmentOffer {
    /// The least total that may be paid in instalments, in minor units.
    pub from: i64,
    /// The greatest number of instalments, within [`COUNTS`].
    pub most: i64,
}

/// What is charged when, for one pledge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstalmentPlan {
    /// The first one first.
    pub parts: Vec<Part>,
    zone: Zone,
}

/// One instalment of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// 1 for the first.
    pub number: i64,
    pub amount: Money,
    pub due_at: Timestamp,
}

/// Where an instalment stands, from the second one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentState {
    /// Not charged yet.
    Waiting,
    /// Its bank said no.
    Errored,
    /// Its bank wants the holder to confirm.
    ActionRequired,
    /// Charged.
    Paid,
    /// Will never be charged: the plan was stopped.
    Void,
}

/// An instalment with its money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    pub state: InstalmentState,
    /// Tries that were made without its backer.
    pub tries: i64,
    /// When it is tried next; never, once it is paid, void or up to its backer.
    pub next_at: Option<Timestamp>,
    /// A try is due or on its way.
    pub is_being_charged: bool,
}

/// What happens to an instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Its time has come.
    Due,
    /// The provider has the money.
    Charged,
    /// The bank said no.
    Declined,
    /// The bank wants the holder to confirm.
    ActionRequired,
    /// Its backer gives another card, or has confirmed.
    CardReplaced,
    /// The rest of the plan is not wanted any more.
    Stopped,
    /// Its backer did nothing about it for as long as the plan waits.
    GivenUp,
}

/// What moves in the totals and in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moved {
    Nothing,
    /// It is charged.
    Collected,
    /// It comes to nothing. The public total stays.
    Dropped,
}

/// What follows from an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub next: Instalment,
    pub moved: Moved,
    /// Whether its backer is written to; the state says what about.
    pub is_told: bool,
}

impl InstalmentOffer {
    /// Whether a campaign may be launched with it.
    ///
    /// # Errors
    /// [`Problem::InstalmentCount`] when the number is outside [`COUNTS`];
    /// [`Problem::BelowMinimum`] when the least total has too small a part.
    pub fn check(self, currency: Currency) -> Result<(), Problem> {
        if !COUNTS.contains(&self.most) {
            let (least, most) = (*COUNTS.start(), *COUNTS.end());
            return Err(Problem::InstalmentCount { least, most });
        }
        let least = currency.minimum() * COUNTS.start();
        if self.from < least {
            return Err(Problem::BelowMinimum { least: Money::new(least, currency) });
        }
        Ok(())
    }

    /// The numbers of instalments that a pledge of this total may be paid in; none
    /// when it is too small.
    #[must_use]
    pub fn counts(self, total: Money) -> std::ops::RangeInclusive<i64> {
        let most = if total.minor < self.from { 0 } else { total.minor / total.currency.minimum() };
        *COUNTS.start()..=most.min(self.most)
    }
}

/// Judges the number of instalments that was chosen.
///
/// # Errors
/// [`Problem::NoInstalments`] where the campaign offers none;
/// [`Problem::BelowMinimum`] and [`Problem::InstalmentCount`] otherwise.
pub fn check(offer: Option<InstalmentOffer>, count: i64, total: Money) -> Result<(), Problem> {
    let offer = offer.ok_or(Problem::NoInstalments)?;
    let counts = offer.counts(total);
    if counts.contains(&count) {
        return Ok(());
    }
    let least = Money::new(offer.from, total.currency);
    Err(if counts.is_empty() {
        Problem::BelowMinimum { least }
    } else {
        Problem::InstalmentCount { least: *counts.start(), most: *counts.end() }
    })
}

/// What is charged first, in minor units, of a total in so many instalments: an
/// equal share, and what cannot be shared.
#[must_use]
pub const fn first(total: i64, count: i64) -> i64 {
    total - (total / count) * (count - 1)
}

impl InstalmentPlan {
    /// The plan of a pledge whose card is charged first at that time: the others
    /// follow month by month, on the same day where the campaign is.
    #[must_use]
    pub fn new(total: Money, count: i64, first_at: Timestamp, zone: Zone) -> Self {
        let count = count.max(1);
        let part = |number: i64| {
            let minor = if number == 1 { first(total.minor, count) } else { total.minor / count };
            Part {
                number,
                amount: Money::new(minor, total.currency),
                due_at: months_after(first_at, number - 1, zone),
            }
        };
        Self { parts: (1..=count).map(part).collect(), zone }
    }

    /// The plan in a word, which a form sends back as it was shown: how many
    /// instalments, and the day of the first. All else follows from the total.
    #[must_use]
    pub fn shown(&self) -> String {
        let Some(first) = self.parts.first() else { return String::new() };
        let day = self.zone.civil(first.due_at);
        format!("{}:{:04}-{:02}-{:02}", self.parts.len(), day.year, day.month, day.day)
    }

    /// The day of a part where the campaign is, in words.
    #[must_use]
    pub fn day(&self, part: &Part, locale: Locale) -> String {
        part.due_at.plus(self.zone.offset(part.due_at)).date(locale)
    }
}

/// When a plan is given up of which nothing but what is up to its backer is left.
#[must_use]
pub fn given_up_at(last_due: Timestamp, last_try: Option<Timestamp>) -> Timestamp {
    let planned = last_due.plus(WAIT_AFTER_PLAN);
    last_try.map_or(planned, |at| planned.max(at.plus(WAIT_AFTER_TRY)))
}

/// The same day and hour so many months later, by this clock; the last day of a
/// month that has no such day.
fn months_after(at: Timestamp, months: i64, zone: Zone) -> Timestamp {
    if months == 0 {
        return at;
    }
    let c = zone.civil(at);
    let month = c.year * 12 + i64::from(c.month) - 1 + months;
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12) + 1);
    let on = |day: u8| {
        zone.parse(&format!(
            "{year:04}-{month:02}-{day:02} {:02}:{:02}:{:02}",
            c.hour, c.minute, c.second
        ))
    };
    (1..=c.day).rev().find_map(on).expect("every month of the calendar has a first day")
}

impl InstalmentState {
    /// Every state.
    pub const ALL: [Self; 5] =
        [Self::Waiting, Self::Errored, Self::ActionRequired, Self::Paid, Self::Void];

    /// The word in the API.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Errored => "errored",
            Self::ActionRequired => "action_required",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        use words::instalment as w;
        match self {
            Self::Waiting => w::state_waiting(locale),
            Self::Errored => w::state_errored(locale),
            Self::ActionRequired => w::state_action_required(locale),
            Self::Paid => w::state_paid(locale),
            Self::Void => w::state_void(locale),
        }
    }

    /// Whether its backer can do something about its card now.
    #[must_use]
    pub const fn wants_card(self) -> bool {
        matches!(self, Self::Errored | Self::ActionRequired)
    }

    /// Whether it may still be charged.
    #[must_use]
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Paid | Self::Void)
    }
}

impl Instalment {
    /// One that is charged then.
    #[must_use]
    pub const fn waiting(due_at: Timestamp) -> Self {
        Self {
            state: InstalmentState::Waiting,
            tries: 0,
            next_at: Some(due_at),
            is_being_charged: false,
        }
    }

    /// What follows from an event.
    ///
    /// # Errors
    /// [`Refusal::CardNotWanted`] when there is nothing to charge;
    /// [`Refusal::BeingCharged`] when a try is on its way: what comes of it has to
    /// be known before the rest can be stopped.
    pub fn after(&self, event: Event, now: Timestamp) -> Result<Step, Refusal> {
        let charging = Self { is_being_charged: true, next_at: None, ..*self };
        match event {
            Event::Due if self.is_due(now) => {
                Ok(Self { tries: self.tries + 1, ..charging }.silently())
            }
            Event::CardReplaced if self.wants_card() => Ok(charging.silently()),
            Event::Due | Event::CardReplaced => Err(Refusal::CardNotWanted),
            Event::Charged if self.is_being_charged || self.wants_card() => {
                Ok(self.ended(InstalmentState::Paid).with(Moved::Collected, true))
            }
            Event::Declined if self.is_being_charged => {
                Ok(self.failed(InstalmentState::Errored, now))
            }
            Event::ActionRequired if self.is_being_charged => {
                Ok(self.failed(InstalmentState::ActionRequired, now))
            }
            // Whoever was told the same was faster, and has settled it.
            Event::Charged | Event::Declined | Event::ActionRequired => Ok(self.silently()),
            Event::Stopped if self.is_being_charged => Err(Refusal::BeingCharged),
            Event::Stopped if self.state.is_open() => {
                Ok(self.ended(InstalmentState::Void).with(Moved::Dropped, false))
            }
            Event::GivenUp if self.is_manual() => {
                Ok(self.ended(InstalmentState::Void).with(Moved::Dropped, true))
            }
            Event::GivenUp if self.state.is_open() => Err(Refusal::BeingCharged),
            Event::Stopped | Event::GivenUp => Ok(self.silently()),
        }
    }

    /// Whether nobody but its backer does anything about it any more.
    #[must_use]
    pub const fn is_manual(&self) -> bool {
        self.wants_card() && self.next_at.is_none()
    }

    /// Whether it is to be tried now.
    #[must_use]
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.state.is_open() && !self.is_being_charged && self.next_at.is_some_and(|at| at <= now)
    }

    /// Whether its backer can pay it with another card now.
    #[must_use]
    pub const fn wants_card(&self) -> bool {
        self.state.wants_card() && !self.is_being_charged
    }

    /// Its backer is told at once, and after the last try that it is up to them.
    fn failed(&self, state: InstalmentState, now: Timestamp) -> Step {
        let next_at = (self.tries < TRIES).then(|| now.plus(TRY_AGAIN_AFTER));
        Self { state, next_at, is_being_charged: false, ..*self }.with(Moved::Nothing, true)
    }

    const fn ended(&self, state: InstalmentState) -> Self {
        Self { state, next_at: None, is_being_charged: false, ..*self }
    }

    const fn with(self, moved: Moved, is_told: bool) -> Step {
        Step { next: self, moved, is_told }
    }

    const fn silently(self) -> Step {
        self.with(Moved::Nothing, false)
    }
}
