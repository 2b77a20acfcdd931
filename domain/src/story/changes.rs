//! What everybody may read of how a campaign changed: each publication with what became
//! of its words, and each reward that is told otherwise.

use serde::{Deserialize, Serialize};

use super::{
    Page,
    compare::{self, Change, How, Pair, Piece},
};
use crate::{
    locale::Locale, reward::wording::Difference, slug::Slug, time::Timestamp, words::changes as w,
};

/// Most text of one block whose words are compared, in bytes of both versions together.
/// Comparing takes time that grows with its square, and anybody may ask for it; beyond
/// it the old text stands above the new one.
const MOST_COMPARED: usize = 8_000;

/// The page of a campaign's changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesPage {
    pub slug: Slug,
    pub title: String,
    /// The language that the campaign is written in.
    pub language: Locale,
    /// Everything since one version, where the address names one.
    pub since: Option<Entry>,
    /// Newest first.
    pub entries: Vec<Entry>,
    /// The version with which an older part of the list begins, where there is one.
    pub older: Option<i64>,
}

/// One publication, or one reward that is told otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub at: Timestamp,
    pub what: What,
}

/// What it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum What {
    Page {
        /// From 2: the first version changed nothing.
        version: i64,
        /// In how far the page differs, in a sentence.
        sentence: String,
        /// The words of it.
        rows: Vec<Row>,
    },
    Reward {
        /// As it was called.
        title: String,
        differences: Vec<Difference>,
    },
}

/// One part of the page that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What it is.
    pub about: String,
    /// Its words in one line, what is gone in front of what is new.
    pub words: Vec<(Change, String)>,
}

/// The parts of a page that differ, word by word.
#[must_use]
pub fn rows(old: &Page, new: &Page, locale: Locale) -> Vec<Row> {
    let whole = |change, text: String| vec![(change, text)];
    let pairs = compare::pages_within(old, new, MOST_COMPARED).into_iter();
    let row = |pair| match pair {
        Pair::Same { .. } => None,
        Pair::Gone { about, text } => Some(Row {
            about: w::row_gone(locale, &about.say(locale)),
            words: whole(Change::Gone, text),
        }),
        Pair::New { about, text } => Some(Row {
            about: w::row_new(locale, &about.say(locale)),
            words: whole(Change::New, text),
        }),
        Pair::Changed { about, how, old, new } => {
            Some(Row { about: How::say(&how, &about.1, locale), words: inline(old, new) })
        }
    };
    pairs.filter_map(row).collect()
}

/// Both sides in one line. What is the same stands in both, in the same pieces.
fn inline(old: Vec<Piece>, new: Vec<Piece>) -> Vec<(Change, String)> {
    let mut words = Vec::with_capacity(old.len() + new.len());
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    loop {
        let is_other = |piece: &Piece| piece.change != Change::Same;
        while let Some(piece) = old.next_if(is_other) {
            words.push((piece.change, piece.text));
        }
        while let Some(piece) = new.next_if(is_other) {
            words.push((piece.change, piece.text));
        }
        match (old.next(), new.next()) {
            (_, Some(same)) => words.push((Change::Same, same.text)),
            (Some(same), None) => words.push((Change::Same, same.text)),
            (None, None) => return words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Change, MOST_COMPARED, rows};
    use crate::{
        locale::Locale,
        story::{Block, BlockId, Kind, Page, Runs},
    };

    fn page(texts: &[&str]) -> Page {
        let block = |(id, text): (u64, &&str)| Block {
            id: BlockId(id),
            kind: Kind::Text,
            text: Runs::plain(*text),
        };
        let story = (0..).zip(texts).map(block).collect();
        Page { title: "A lamp".into(), story, ..Page::default() }
    }

    #[test]
    fn only_what_changed_is_told_with_the_old_word_before_the_new_one() {
        let found = rows(
            &page(&["It ships in May, we hope.", "As it was."]),
            &page(&["It ships in June, we hope.", "As it was."]),
            Locale::En,
        );
        assert_eq!(found.len(), 1);
        let told = |change: Change, text: &str| (change, text.to_owned());
        assert_eq!(
            found[0].words,
            [
                told(Change::Same, "It ships in "),
                told(Change::Gone, "May"),
                told(Change::New, "June"),
                told(Change::Same, ", we hope."),
            ]
        );
    }

    #[test]
    fn what_is_gone_and_what_is_new_says_so() {
        let found = rows(&page(&["one", "two"]), &page(&["one"]), Locale::En);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, [(Change::Gone, "two".to_owned())]);
        let found = rows(&page(&["one"]), &page(&["one", "two"]), Locale::En);
        assert_eq!(found[0].words, [(Change::New, "two".to_owned())]);
        assert_eq!(rows(&page(&["one"]), &page(&["one"]), Locale::Fr), []);
    }

    #[test]
    fn a_text_that_would_take_long_to_compare_is_told_as_a_whole() {
        let (old, new) = ("a ".repeat(MOST_COMPARED), "b ".repeat(MOST_COMPARED));
        let found = rows(&page(&[&old]), &page(&[&new]), Locale::En);
        assert_eq!(found[0].words, [(Change::Gone, old), (Change::New, new)]);
    }
}
