//! A film or a sound that was uploaded: played from our own site, and not before
//! somebody asks for it.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{
    id::MediaId,
    invalid::{Invalid, Problem},
    locale::Locale,
    words::recording as w,
};

/// Largest file of a recording, in bytes.
pub const LARGEST_RECORDING: u64 = 256 * 1024 * 1024;
/// Most recordings that one campaign may keep.
pub const MOST_RECORDINGS: i64 = 20;
/// Most bytes of recordings that one campaign may keep.
pub const MOST_RECORDED_BYTES: i64 = 1024 * 1024 * 1024;

/// What a recording is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
pub enum RecordingKind {
    Mp4,
    Webm,
    M4a,
    Mp3,
    Ogg,
}

/// A recording as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recording {
    pub id: MediaId,
    pub kind: RecordingKind,
}

/// Why a file cannot be played, each with its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unplayable {
    /// No file came.
    Missing,
    /// More bytes than [`LARGEST_RECORDING`].
    TooLarge,
    /// None of the kinds that are taken, whatever it is called.
    Unknown,
    /// It begins as one and does not go on as one, or ends too early.
    Broken,
    /// The campaign keeps as many, or as many bytes, as one may.
    TooMany,
}

impl RecordingKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Mp4, Self::Webm, Self::M4a, Self::Mp3, Self::Ogg];

    /// The word in addresses, which is also the usual end of a file's name.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::M4a => "m4a",
            Self::Mp3 => "mp3",
            Self::Ogg => "ogg",
        }
    }

    /// The type that browsers are told.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::M4a => "audio/mp4",
            Self::Mp3 => "audio/mpeg",
            Self::Ogg => "audio/ogg",
        }
    }

    /// Whether there is something to be seen.
    #[must_use]
    pub const fn is_film(self) -> bool {
        matches!(self, Self::Mp4 | Self::Webm)
    }
}

impl FromStr for RecordingKind {
    type Err = ();

    fn from_str(key: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(())
    }
}

impl Recording {
    /// Where it is played from.
    #[must_use]
    pub fn src(&self) -> String {
        format!("/media/recordings/{}.{}", self.id, self.kind.key())
    }
}

impl Unplayable {
    /// The sentence to show beside the file.
    #[must_use]
    pub fn say(self, locale: Locale) -> String {
        match self {
            Self::Missing => w::missing(locale).to_owned(),
            Self::TooLarge => w::too_large(locale, &megabytes(LARGEST_RECORDING)),
            Self::Unknown => w::unknown(locale).to_owned(),
            Self::Broken => w::broken(locale).to_owned(),
            Self::TooMany => {
                let most = megabytes(MOST_RECORDED_BYTES.unsigned_abs());
                w::too_many(locale, &MOST_RECORDINGS, &most)
            }
        }
    }
}

impl From<Unplayable> for Invalid {
    fn from(why: Unplayable) -> Self {
        Self::field("file", Problem::told(|locale| why.say(locale)))
    }
}

/// In whole megabytes, as sentences count them.
#[must_use]
pub const fn megabytes(bytes: u64) -> u64 {
    bytes / (1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::RecordingKind;

    #[test]
    fn a_kind_is_found_by_its_word_and_nothing_else_is_one() {
        for kind in RecordingKind::ALL {
            assert_eq!(kind.key().parse(), Ok(kind));
            let is_film = kind.content_type().starts_with("video/");
            assert_eq!(is_film, kind.is_film());
        }
        for other in ["", "html", "MP4", "mp4 ", "svg", "mov"] {
            assert!(other.parse::<RecordingKind>().is_err(), "{other}");
        }
    }
}
