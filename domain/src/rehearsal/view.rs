//! What the page of a rehearsal shows.

use serde::{Deserialize, Serialize};

use super::{Knob, ScenarioForm};
use crate::{
    campaign::CampaignState,
    locale::Locale,
    money::{Money, count},
    time::Timestamp,
    words::{rehearsal as w, rehearsed_plan as plan},
};

/// The page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RehearsalPage {
    pub slug: String,
    pub title: String,
    pub is_demo: bool,
    /// The scenario as typed, or as usual.
    pub form: ScenarioForm,
    /// Fields that hold no good value; nothing is played then.
    pub refused: Vec<Knob>,
    /// None while something of the scenario or of the campaign's terms is amiss.
    pub part: Option<Part>,
}

/// What was played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// How the campaign ended.
    pub ended: CampaignState,
    pub scenes: Vec<Scene>,
    pub figures: Figures,
    pub letters: Vec<LetterView>,
    /// The language of the letters.
    pub language: Locale,
}

/// A kind of thing that happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    Launched,
    /// Cards were saved; the pledges count.
    Pledged,
    /// Cards were charged as they came; the pledges count.
    ChargedAtOnce,
    /// The bank wanted a confirmation, and none came.
    NotConfirmed,
    GoalMet,
    /// A pledge in the last minutes moved the end.
    EndMoved,
    Succeeded,
    Failed,
    /// What is charged decides.
    Deciding,
    SecondRound,
    Charged,
    Declined,
    /// The bank wants a confirmation of the charge.
    AskedToConfirm,
    /// Backers were written to about their card once more.
    Reminded,
    /// Cards were replaced, or charges confirmed, and charged.
    Mended,
    Dropped,
    GivenBack,
    LateSaleClosed,
    PaidOut,
    ReserveReleased,
    /// Instalments after the first were charged.
    InstalmentCharged,
    /// Their card was no good at the first try.
    InstalmentDeclined,
    /// Their backers did nothing about it.
    PlanEnded,
    /// The creator is paid what came since the first payout.
    PaidAgain,
}

/// One line of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scene {
    pub what: Happening,
    pub at: Timestamp,
    /// The last time that it happened before the story went on.
    pub until: Timestamp,
    /// How often.
    pub count: i64,
    /// The money that it was about, if any.
    pub amount: Money,
}

/// What it came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    pub backers: i64,
    pub pledged: Money,
    pub collected: Money,
    /// Never charged.
    pub not_collected: Money,
    pub platform_fee: Money,
    pub processing_fee: Money,
    pub refunded: Money,
    /// Held back at the payouts, and released since; part of what was paid out.
    pub reserve: Money,
    pub paid_out: Money,
    /// Payment fees that nobody returns, where everything else went back.
    pub owed: Money,
}

/// Whom a letter is to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reader {
    Backer,
    Creator,
}

/// A kind of letter, with the first one of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterView {
    pub to: Reader,
    /// How many there are.
    pub count: i64,
    pub at: Timestamp,
    pub subject: String,
    pub text: String,
}

impl Figures {
    /// Where the collected money is, in all, in minor units.
    #[must_use]
    pub const fn accounted_for(&self) -> i64 {
        self.platform_fee.minor
            + self.processing_fee.minor
            + self.refunded.minor
            + self.paid_out.minor
            - self.owed.minor
    }
}

impl Scene {
    /// What happened, in a few words.
    #[must_use]
    pub fn title(&self, locale: Locale) -> String {
        let n = self.count;
        match self.what {
            Happening::Launched => w::launched(locale).into(),
            Happening::Pledged => w::pledged(locale, n),
            Happening::ChargedAtOnce => w::charged_at_once(locale, n),
            Happening::NotConfirmed => w::not_confirmed(locale, n),
            Happening::GoalMet => w::goal_met(locale).into(),
            Happening::EndMoved => w::end_moved(locale, n),
            Happening::Succeeded => w::succeeded(locale).into(),
            Happening::Failed => w::failed(locale).into(),
            Happening::Deciding => w::deciding(locale).into(),
            Happening::SecondRound => w::second_round(locale).into(),
            Happening::Charged => w::charged(locale, n),
            Happening::Declined => w::declined_cards(locale, n),
            Happening::AskedToConfirm => w::asked_to_confirm(locale, n),
            Happening::Reminded => w::reminded(locale, n),
            Happening::Mended => w::mended_cards(locale, n),
            Happening::Dropped => w::dropped(locale, n),
            Happening::GivenBack => w::given_back(locale, n),
            Happening::LateSaleClosed => w::late_sale_closed(locale).into(),
            Happening::PaidOut => w::paid_out(locale).into(),
            Happening::ReserveReleased => w::reserve_released(locale).into(),
            Happening::InstalmentCharged => plan::charged(locale, n),
            Happening::InstalmentDeclined => plan::declined(locale, n),
            Happening::PlanEnded => plan::given_up(locale, n),
            Happening::PaidAgain => plan::paid_again(locale).into(),
        }
    }

    /// What it means, where that is not plain.
    #[must_use]
    pub const fn text(&self, locale: Locale) -> &'static str {
        match self.what {
            Happening::Launched => w::launched_text(locale),
            Happening::Pledged => w::pledged_text(locale),
            Happening::ChargedAtOnce => w::charged_at_once_text(locale),
            Happening::NotConfirmed => w::not_confirmed_text(locale),
            Happening::GoalMet => w::goal_met_text(locale),
            Happening::EndMoved => w::end_moved_text(locale),
            Happening::Succeeded => w::succeeded_text(locale),
            Happening::Failed => w::failed_text(locale),
            Happening::Deciding => w::deciding_text(locale),
            Happening::SecondRound => w::second_round_text(locale),
            Happening::Charged => w::charged_text(locale),
            Happening::Declined => w::declined_text(locale),
            Happening::AskedToConfirm => w::asked_to_confirm_text(locale),
            Happening::Reminded => w::reminded_text(locale),
            Happening::Mended => w::mended_text(locale),
            Happening::Dropped => w::dropped_text(locale),
            Happening::GivenBack => w::given_back_text(locale),
            Happening::LateSaleClosed => w::late_sale_closed_text(locale),
            Happening::PaidOut => w::paid_out_text(locale),
            Happening::ReserveReleased => w::reserve_released_text(locale),
            Happening::InstalmentCharged => plan::charged_text(locale),
            Happening::InstalmentDeclined => plan::declined_text(locale),
            Happening::PlanEnded => plan::given_up_text(locale),
            Happening::PaidAgain => plan::paid_again_text(locale),
        }
    }

    /// When: a day, or the first and the last one.
    #[must_use]
    pub fn when(&self, locale: Locale) -> String {
        let (first, last) = (self.at.date(locale), self.until.date(locale));
        if first == last { first } else { w::from_to(locale, &first, &last) }
    }
}

impl LetterView {
    /// Whom it goes to, and to how many.
    #[must_use]
    pub fn readers(&self, locale: Locale) -> String {
        match self.to {
            Reader::Creator if self.count > 1 => {
                w::to_creator_times(locale, &count(self.count, locale))
            }
            Reader::Creator => w::to_creator(locale).into(),
            Reader::Backer => w::to_backers(locale, self.count),
        }
    }
}
