//! What a campaign tells: its title, its story as blocks, its risks and its answered
//! questions. One page of these is one shared document ([`document`]), which several
//! people may write at the same time.
//!
//! Everything typed is [`Runs`]: text with marks. Lists and tables are text too, an item
//! or a row a line and the cells of a row between tabs, so that two people typing in one
//! list merge as in one sentence.

pub mod change_set;
pub mod changes;
pub mod compare;
pub mod document;
pub mod frame;
pub mod html;
mod kind;
pub mod markdown;
pub mod marked;
pub mod merge;
pub mod order;
mod runs;
pub mod view;

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

pub use kind::{Kind, Shot, Tone};
pub use runs::{Link, Mark, Marks, Run, Runs};

/// Most blocks of a story. Kickstarter's longest have about 300.
pub const MOST_BLOCKS: usize = 1_000;
/// Most questions with their answers.
pub const MOST_QUESTIONS: usize = 100;
/// Most text of a page, in UTF-16 units, which is what the document counts in. Four
/// times a story by form: a page also holds risks and questions, and is written by
/// several. The longest story of the demonstration has 6,000.
pub const LONGEST_PAGE: u32 = 200_000;
/// Longest single text: one block, one answer, the risks; in UTF-16 units.
pub const LONGEST_TEXT: u32 = 50_000;
/// Longest title and subtitle while they are typed, in UTF-16 units. What is published
/// fits `studio::LONGEST_TITLE` and `studio::LONGEST_SUBTITLE`; refusing the letter
/// beyond it would lose what was typed with it.
pub const LONGEST_LINE: u32 = 400;
/// Largest update of a document that is taken at once, in bytes.
pub const LARGEST_UPDATE: usize = 256 * 1024;
/// Largest document, in bytes: with what was deleted, of which places remain.
pub const LARGEST_DOCUMENT: usize = 8 * 1024 * 1024;
/// Most pictures of one gallery.
pub const MOST_PICTURES: usize = 24;
/// Longest address of a link or a film, in bytes.
pub const LONGEST_ADDRESS: usize = 2_000;
/// Longest description of a picture, in bytes.
pub const LONGEST_ALT: usize = 1_000;
/// Stands for the description of a picture that shows nothing which the text does not
/// say: pages give it an empty one, and nobody is asked for another.
pub const DECORATIVE: &str = "-";

/// A block, for as long as the document lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlockId(pub u64);

/// A question, for as long as the document lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QuestionId(pub u64);

/// One text that can be typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    Title,
    Subtitle,
    Risks,
    /// The text of a block: a paragraph, the items of a list, a picture's caption.
    Block(BlockId),
    Question(QuestionId),
    Answer(QuestionId),
}

/// One block of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    pub id: BlockId,
    pub kind: Kind,
    /// What stands in it; see [`Kind::has_text`].
    pub text: Runs,
}

/// A question that backers ask, with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    pub id: QuestionId,
    pub question: String,
    pub answer: Runs,
}

/// Everything that one document holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    pub title: String,
    pub subtitle: String,
    pub risks: Runs,
    pub story: Vec<Block>,
    pub faq: Vec<Question>,
}

/// A part of a page that is locked by itself; see `campaign::policy`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Title,
    Subtitle,
    Story,
    Risks,
    Faq,
}

impl Part {
    /// Every part, in the order of the page.
    pub const ALL: [Self; 5] = [Self::Title, Self::Subtitle, Self::Story, Self::Risks, Self::Faq];

    /// Its name in the table of `campaign::policy`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Subtitle => "subtitle",
            Self::Story => "story",
            Self::Risks => "risks",
            Self::Faq => "faq",
        }
    }
}

impl Place {
    /// The part it belongs to.
    #[must_use]
    pub const fn part(self) -> Part {
        match self {
            Self::Title => Part::Title,
            Self::Subtitle => Part::Subtitle,
            Self::Risks => Part::Risks,
            Self::Block(_) => Part::Story,
            Self::Question(_) | Self::Answer(_) => Part::Faq,
        }
    }

    /// Whether its text is one line without marks.
    #[must_use]
    pub const fn is_plain(self) -> bool {
        matches!(self, Self::Title | Self::Subtitle | Self::Question(_))
    }

    /// Longest text here, in UTF-16 units.
    #[must_use]
    pub const fn longest(self) -> u32 {
        if self.is_plain() { LONGEST_LINE } else { LONGEST_TEXT }
    }
}

impl Page {
    /// The blocks with pictures that nobody has described, nor called decorative; each
    /// as often as it has such pictures.
    #[must_use]
    pub fn undescribed(&self) -> Vec<BlockId> {
        let each = |block: &Block| std::iter::repeat_n(block.id, block.kind.undescribed());
        self.story.iter().flat_map(each).collect()
    }
}

impl Block {
    /// The items of a list.
    #[must_use]
    pub fn items(&self) -> Vec<Runs> {
        self.text.lines()
    }

    /// The rows of a table; the first one is its head.
    #[must_use]
    pub fn rows(&self) -> Vec<Vec<Runs>> {
        self.text.lines().iter().map(|line| line.split('\t')).collect()
    }
}

/// Written as sixteen hexadecimal digits.
macro_rules! written {
    ($($name:ident),+) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:016x}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = &'static str;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let is_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
                if text.len() != 16 || !text.bytes().all(is_hex) {
                    return Err("not an id of a block");
                }
                u64::from_str_radix(text, 16).map(Self).map_err(|_| "not an id of a block")
            }
        }

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )+};
}

written!(BlockId, QuestionId);
