//! The studio: how a campaign comes about, from a title to its launch. Its forms
//! hold what was typed; each is read by the same `parse` on both sides.
//!
//! Every form carries the mark of what stood there when it was drawn
//! ([`Form::version`]). A save whose mark is no longer right is refused, so that
//! two tabs never overwrite each other unseen; each section, and each reward,
//! stands for itself.

pub mod basics;
pub mod checklist;
pub mod funding;
pub mod identity;
pub mod problem;
pub mod reward;
pub mod schedule;
pub mod step;
pub mod story;
pub mod view;

use std::{collections::BTreeMap, str::FromStr};

use serde::{Deserialize, Serialize};

pub use basics::{Basics, BasicsForm, Start, StartForm};
pub use checklist::{Check, CheckItem, Facts, checklist, is_complete};
pub use funding::{FundingForm, Funds};
pub use identity::{Identity, IdentityForm, IdentityView, LegalKind, VerdictForm, Verification};
pub use reward::{RewardDraft, RewardForm};
pub use schedule::{Ends, LaunchForm, Schedule, ScheduleForm};
pub use step::{EventKind, Next, ReasonForm, RemarkForm, Situation, Step};
pub use story::StoryForm;
pub use view::{EventView, ReviewLine, StudioLine, StudioList, StudioPage, StudioReward};

use crate::{
    campaign::policy::Edit,
    invalid::{Invalid, Problem},
    locale::Locale,
    people::Right,
    words::studio as w,
};

/// Longest title of a campaign, in characters (as on Kickstarter).
pub const LONGEST_TITLE: u32 = 60;
/// Longest subtitle, in characters (as on Kickstarter).
pub const LONGEST_SUBTITLE: u32 = 135;
/// Longest subcategory and place, in characters.
pub const LONGEST_WORD: u32 = 60;
/// Longest story, in bytes of Markdown.
pub const LONGEST_STORY: u32 = 50_000;
/// Longest reason or remark, in characters.
pub const LONGEST_REMARK: u32 = 2_000;
/// Most campaigns of one creator that wait to be launched.
pub const MOST_DRAFTS: u32 = 20;

/// One part of a campaign, with a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    Basics,
    Funding,
    Schedule,
    Story,
    Rewards,
    Identity,
}

impl Section {
    /// Every section, in the order of the studio.
    pub const ALL: [Self; 6] =
        [Self::Basics, Self::Funding, Self::Schedule, Self::Story, Self::Rewards, Self::Identity];

    /// The word in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Basics => "basics",
            Self::Funding => "funding",
            Self::Schedule => "schedule",
            Self::Story => "story",
            Self::Rewards => "rewards",
            Self::Identity => "identity",
        }
    }

    /// The right by which it is changed.
    #[must_use]
    pub const fn right(self) -> Right {
        match self {
            Self::Basics | Self::Story => Right::EditPage,
            Self::Rewards => Right::EditRewards,
            Self::Funding | Self::Schedule | Self::Identity => Right::Own,
        }
    }

    /// The word on the page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Basics => w::section_basics(locale),
            Self::Funding => w::section_funding(locale),
            Self::Schedule => w::section_schedule(locale),
            Self::Story => w::section_story(locale),
            Self::Rewards => w::section_rewards(locale),
            Self::Identity => crate::words::identity::section(locale),
        }
    }
}

impl FromStr for Section {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|one| one.key() == text).ok_or(Problem::UnknownChoice)
    }
}

/// A form of the studio, field by field.
pub trait Form: Clone {
    /// What its sender saw; see [`marked`].
    fn version(&self) -> &str;

    /// Every field that can be changed, by its name in the form.
    fn fields(&mut self) -> Vec<(&'static str, &mut String)>;

    /// A group of fields that are locked together, by its name in the form.
    fn rows(&mut self) -> Option<(&'static str, &mut BTreeMap<String, String>)> {
        None
    }
}

/// The mark of what a form holds. The same content has the same mark.
#[must_use]
pub fn mark<F: Form>(form: &F) -> String {
    let mut form = form.clone();
    // FNV-1a: nobody gains by finding two texts with one mark.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |text: &str| {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3);
        }
    };
    for (_, value) in form.fields() {
        feed(value);
    }
    if let Some((_, rows)) = form.rows() {
        for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            feed(name);
            feed(value);
        }
    }
    format!("{hash:016x}")
}

/// What is saved when `posted` comes for what is now `current`: a locked field
/// keeps its value, whether it was sent along or not, and a change of it is
/// refused.
///
/// # Errors
/// [`problem::stale`] of the form as a whole when something else stood there when
/// it was drawn; at each locked field why it is locked.
pub fn settle<F: Form>(
    current: &F,
    mut posted: F,
    edit: impl Fn(&str) -> Edit,
) -> Result<F, Invalid> {
    if posted.version() != mark(current) {
        return Err(Invalid::field("", problem::stale()));
    }
    let mut invalid = Invalid::default();
    let mut now = current.clone();
    for ((name, was), (_, wanted)) in now.fields().into_iter().zip(posted.fields()) {
        *wanted = tidy(wanted);
        let is_same = *wanted == tidy(was);
        match edit(name) {
            Edit::Free => {}
            Edit::Locked(lock) if !is_same && !wanted.is_empty() => {
                invalid.add(name, Problem::told(|locale| lock.say(locale).to_owned()));
            }
            Edit::Locked(_) => wanted.clone_from(was),
            Edit::OnlyUp(_) if has_shrunk(was, wanted) => {
                invalid.add(name, Problem::told(|locale| w::only_up(locale).to_owned()));
            }
            Edit::OnlyUp(_) => {}
        }
    }
    if let (Some((name, was)), Some((_, wanted))) = (now.rows(), posted.rows()) {
        for value in wanted.values_mut() {
            *value = tidy(value);
        }
        wanted.retain(|_, value| !value.is_empty());
        if let Edit::Locked(lock) = edit(name) {
            if !wanted.is_empty() && wanted != was {
                invalid.add(name, Problem::told(|locale| lock.say(locale).to_owned()));
            }
            wanted.clone_from(was);
        }
    }
    invalid.into_result().map(|()| posted)
}

/// Whether a number became smaller, where none means no limit.
fn has_shrunk(was: &str, wanted: &str) -> bool {
    let number = |text: &str| match tidy(text).as_str() {
        "" => Some(i64::MAX),
        text => text.parse::<i64>().ok(),
    };
    // What is no number is refused where it is read.
    matches!((number(was), number(wanted)), (Some(was), Some(wanted)) if wanted < was)
}

/// A text as it is kept: without what no one can see, with plain line ends, and
/// without white space around it.
fn tidy(text: &str) -> String {
    let plain = text.replace("\r\n", "\n");
    let seen = |c: &char| matches!(c, '\n' | '\t') || !c.is_control();
    plain.chars().filter(seen).collect::<String>().trim().to_owned()
}

/// One line of at most so many characters; it may be empty.
fn line(text: &str, most: u32) -> Result<String, Problem> {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if line.chars().count() > most as usize { Err(Problem::TooLong { most }) } else { Ok(line) }
}

/// A line that says something.
fn required(text: &str, most: u32) -> Result<String, Problem> {
    let line = line(text, most)?;
    if line.is_empty() { Err(Problem::Missing) } else { Ok(line) }
}

/// Several lines of at most so many characters; they may be empty.
fn lines(text: &str, most: u32) -> Result<String, Problem> {
    let text = tidy(text);
    if text.chars().count() > most as usize { Err(Problem::TooLong { most }) } else { Ok(text) }
}

/// A choice of a list.
fn choice<T: FromStr>(text: &str) -> Result<T, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        text => text.parse().map_err(|_| Problem::UnknownChoice),
    }
}

/// A whole number, or nothing.
fn number(text: &str, least: i64, most: i64) -> Result<Option<i64>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(Some(number)),
        _ => Err(problem::not_a_number(least, most)),
    }
}

/// Whether a box was ticked.
const fn is_ticked(text: &str) -> bool {
    !text.is_empty()
}

/// A ticked box, or not.
fn ticked(is_on: bool) -> String {
    if is_on { "on".to_owned() } else { String::new() }
}

#[cfg(test)]
mod tests;
