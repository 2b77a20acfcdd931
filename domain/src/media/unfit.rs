//! Why a file cannot be shown as a picture.

use super::{LARGEST_FILE, LONGEST_SIDE, MOST_BYTES, MOST_DOTS, MOST_OBLONG, MOST_PICTURES};
use crate::{
    invalid::{Invalid, Problem},
    locale::Locale,
    money::count,
    words::media as w,
};

/// What is wrong with a file, each with its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfit {
    /// No file came.
    Missing,
    /// More bytes than [`LARGEST_FILE`].
    TooLarge,
    /// None of the kinds that are taken, whatever it is called.
    NotAPicture,
    /// A drawing that may hold programs.
    Svg,
    /// What some phones make, and browsers do not show.
    Heic,
    /// It begins as a picture and does not go on as one.
    Broken,
    /// More than [`MOST_DOTS`], or a side over [`LONGEST_SIDE`].
    TooManyDots,
    /// A side under [`super::SHORTEST_SIDE`].
    TooSmall,
    /// One side is over [`MOST_OBLONG`] times the other.
    TooOblong,
    /// The campaign keeps as many pictures, or as many bytes, as one may.
    TooMany,
}

impl Unfit {
    /// The sentence to show beside the file.
    #[must_use]
    pub fn say(self, locale: Locale) -> String {
        let number = |number: u64| count(i64::try_from(number).unwrap_or(i64::MAX), locale);
        match self {
            Self::Missing => w::missing(locale).to_owned(),
            Self::TooLarge => w::too_large(locale, &megabytes(LARGEST_FILE as u64)),
            Self::NotAPicture => w::not_a_picture(locale).to_owned(),
            Self::Svg => w::svg(locale).to_owned(),
            Self::Heic => w::heic(locale).to_owned(),
            Self::Broken => w::broken(locale).to_owned(),
            Self::TooManyDots => {
                w::too_many_dots(locale, &(MOST_DOTS / 1_000_000), &number(u64::from(LONGEST_SIDE)))
            }
            Self::TooSmall => w::too_small(locale, &super::SHORTEST_SIDE),
            Self::TooOblong => w::too_oblong(locale, &MOST_OBLONG),
            Self::TooMany => {
                w::too_many(locale, &MOST_PICTURES, &megabytes(MOST_BYTES.unsigned_abs()))
            }
        }
    }

    /// The problem of a form's field.
    #[must_use]
    pub fn problem(self) -> Problem {
        Problem::told(|locale| self.say(locale))
    }
}

impl From<Unfit> for Invalid {
    fn from(unfit: Unfit) -> Self {
        Self::field("file", unfit.problem())
    }
}

const fn megabytes(bytes: u64) -> u64 {
    bytes / (1024 * 1024)
}
