//! What has to go back by itself and does not: when it is asked for again, and
//! what an operator sees of it and does about it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    Invalid, Locale, Money, Problem, Timestamp,
    id::{PledgeId, RefundId, SurplusId},
    slug::Slug,
    time::{DAY, HOUR},
    words::returns as w,
};

/// How long it waits after each time that the provider said no. After the last of
/// these a person has to see to it.
const WAITS: [i64; 4] = [HOUR, 6 * HOUR, DAY, 3 * DAY];
/// Longest note on what was settled by hand, in characters.
pub const LONGEST_NOTE: u32 = 500;
/// Longest word of a provider for why it gives nothing back, in characters.
const LONGEST_REASON: usize = 200;

/// When to ask again for what the provider has refused so often; `None` when it is
/// for an operator to see to.
#[must_use]
pub fn asked_again(refusals: i64, now: Timestamp) -> Option<Timestamp> {
    let place = usize::try_from(refusals - 1).ok()?;
    WAITS.get(place).map(|wait| now.plus(*wait))
}

/// A provider's words, fit for a table and a page: one line, and not endless.
#[must_use]
pub fn in_short(words: &str) -> String {
    words.chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect()
}

/// Why a provider had money that nobody wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Unwanted {
    /// The same money was charged before.
    PaidTwice,
    /// The pledge was over, or its campaign had come to nothing.
    PledgeOver,
}

/// One thing that has to go back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReturnId {
    /// What was charged for a campaign that came to nothing.
    Refund(RefundId),
    /// What nobody wanted.
    Surplus(SurplusId),
}

/// One thing that has to go back, and which the provider keeps refusing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnRow {
    pub id: ReturnId,
    pub slug: Slug,
    /// The campaign's.
    pub title: String,
    pub pledge: PledgeId,
    /// The backer's address.
    pub email: String,
    pub amount: Money,
    /// None for a campaign that came to nothing.
    pub unwanted: Option<Unwanted>,
    /// How often the provider said no, and its last word for why.
    pub refusals: i64,
    pub refused_for: String,
    /// When it said so.
    pub at: Timestamp,
}

/// What an operator has to see to, the oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReturnsPage {
    /// At most [`ReturnsPage::MOST`].
    pub rows: Vec<ReturnRow>,
    /// How many there are in all.
    pub total: i64,
    /// Asked again by itself later, or on its way.
    pub waiting: i64,
}

impl ReturnsPage {
    /// Rows on the page; what is seen to makes room for the next.
    pub const MOST: i64 = 100;
}

/// What an operator does about one of them, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReturnForm {
    /// [`ReturnId`].
    pub id: String,
    /// How it was settled by hand; only then.
    #[serde(default)]
    pub note: String,
}

impl ReturnForm {
    /// The note, without which nothing is settled by hand.
    ///
    /// # Errors
    /// Problems of `note`.
    pub fn note(&self) -> Result<String, Invalid> {
        let note: String =
            self.note.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect();
        match note.chars().count() {
            0 => Err(Invalid::field("note", Problem::Missing)),
            n if n > LONGEST_NOTE as usize => {
                Err(Invalid::field("note", Problem::TooLong { most: LONGEST_NOTE }))
            }
            _ => Ok(note),
        }
    }
}

impl Unwanted {
    /// The word in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PaidTwice => "paid_twice",
            Self::PledgeOver => "pledge_over",
        }
    }

    /// Why it goes back, on the operator's page.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::PaidTwice => w::paid_twice(locale),
            Self::PledgeOver => w::pledge_over(locale),
        }
    }
}

impl fmt::Display for ReturnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refund(id) => write!(f, "refund-{id}"),
            Self::Surplus(id) => write!(f, "surplus-{id}"),
        }
    }
}

impl FromStr for ReturnId {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let (kind, id) = text.split_once('-').ok_or(Problem::UnknownChoice)?;
        match kind {
            "refund" => id.parse().map(Self::Refund).map_err(|_| Problem::UnknownChoice),
            "surplus" => id.parse().map(Self::Surplus).map_err(|_| Problem::UnknownChoice),
            _ => Err(Problem::UnknownChoice),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ReturnForm, ReturnId, asked_again, in_short};
    use crate::{
        Problem, Timestamp,
        time::{DAY, HOUR},
    };

    #[test]
    fn what_is_refused_is_asked_for_four_times_more_and_then_by_a_person() {
        let now = Timestamp(5);
        let waits: Vec<_> = (1..=6).map(|n| asked_again(n, now).map(|at| at.since(now))).collect();
        let expected = [Some(HOUR), Some(6 * HOUR), Some(DAY), Some(3 * DAY), None, None];
        assert_eq!(waits, expected);
        assert_eq!(asked_again(0, now), None);
        assert_eq!(asked_again(i64::MIN + 1, now), None);
    }

    #[test]
    fn nothing_is_settled_by_hand_without_saying_how() {
        let form = |note: &str| ReturnForm { id: String::new(), note: note.into() };
        let problem = |note: &str| form(note).note().expect_err("refused").of("note").cloned();
        assert_eq!(problem(" \n "), Some(Problem::Missing));
        assert_eq!(problem(&"x".repeat(501)), Some(Problem::TooLong { most: 500 }));
        assert_eq!(form(" By bank\u{0} transfer. ").note().as_deref(), Ok("By bank transfer."));
    }

    #[test]
    fn an_id_says_which_of_the_two_it_is() {
        for text in [
            "refund-0190163d-8694-739b-aea5-966c26f8ad91",
            "surplus-0190163d-8694-739b-aea5-966c26f8ad91",
        ] {
            assert_eq!(text.parse::<ReturnId>().map(|id| id.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "refund", "refund-1", "pledge-0190163d-8694-739b-aea5-966c26f8ad91"] {
            assert_eq!(text.parse::<ReturnId>(), Err(Problem::UnknownChoice), "{text}");
        }
    }

    #[test]
    fn a_provider_cannot_fill_the_table_with_its_reasons() {
        assert_eq!(in_short("a\nb"), "ab");
        assert_eq!(in_short(&"x".repeat(9_000)).len(), 200);
    }
}
