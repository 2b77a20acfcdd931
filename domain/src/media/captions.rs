//! What is said in an uploaded film, to be read while it plays: a file in WebVTT, which
//! is the one kind that browsers show.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    invalid::{Invalid, Problem},
    locale::Locale,
    words::captions as w,
};

/// Largest file of captions, in bytes; a film of two hours has about 150 KB.
pub const LARGEST_CAPTIONS: usize = 256 * 1024;
/// Most files of captions that are kept of one film: versions of a page name them.
pub const MOST_CAPTIONS: i64 = 20;

/// The captions of a film, as a story names them: written as `id.en`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Captions {
    pub id: Uuid,
    /// What they are written in.
    pub language: Locale,
}

/// Why a file is none of captions, each with its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncaptioned {
    /// No file came.
    Missing,
    /// More bytes than [`LARGEST_CAPTIONS`].
    TooLarge,
    /// Not WebVTT, whatever it is called.
    Unknown,
    /// A line says when, and is not to be understood.
    Untimed,
    /// It never says anything.
    Silent,
    /// The film has as many as one may.
    TooMany,
}

impl Captions {
    /// Where they are read from.
    #[must_use]
    pub fn src(&self) -> String {
        format!("/media/captions/{}.vtt", self.id)
    }
}

impl fmt::Display for Captions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.id, self.language.tag())
    }
}

impl FromStr for Captions {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NONE: &str = "no captions";
        let (id, language) = text.split_once('.').ok_or(NONE)?;
        let id = Uuid::parse_str(id).map_err(|_| NONE)?;
        Ok(Self { id, language: language.parse().map_err(|_| NONE)? })
    }
}

impl TryFrom<String> for Captions {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Captions> for String {
    fn from(captions: Captions) -> Self {
        captions.to_string()
    }
}

impl Uncaptioned {
    /// The sentence to show beside the file.
    #[must_use]
    pub fn say(self, locale: Locale) -> String {
        match self {
            Self::Missing => w::missing(locale).to_owned(),
            Self::TooLarge => w::too_large(locale, &(LARGEST_CAPTIONS / 1024)),
            Self::Unknown => w::unknown(locale).to_owned(),
            Self::Untimed => w::untimed(locale).to_owned(),
            Self::Silent => w::silent(locale).to_owned(),
            Self::TooMany => w::too_many(locale, &MOST_CAPTIONS),
        }
    }
}

impl From<Uncaptioned> for Invalid {
    fn from(why: Uncaptioned) -> Self {
        Self::field("file", Problem::told(|locale| why.say(locale)))
    }
}

/// Reads a file of captions: WebVTT in UTF-8, with at least one line that says when.
/// Line ends are made the same.
///
/// # Errors
/// Why it is none.
pub fn read(file: &[u8]) -> Result<String, Uncaptioned> {
    if file.is_empty() {
        return Err(Uncaptioned::Missing);
    }
    if file.len() > LARGEST_CAPTIONS {
        return Err(Uncaptioned::TooLarge);
    }
    let text = std::str::from_utf8(file).map_err(|_| Uncaptioned::Unknown)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // A database holds no zero in a text, and WebVTT reads none.
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}");
    let begins = text.strip_prefix("WEBVTT").ok_or(Uncaptioned::Unknown)?;
    if !(begins.is_empty() || begins.starts_with([' ', '\t', '\n'])) {
        return Err(Uncaptioned::Unknown);
    }
    let mut times = text.lines().filter(|line| line.contains("-->")).peekable();
    if times.peek().is_none() {
        return Err(Uncaptioned::Silent);
    }
    match times.all(is_timed) {
        true => Ok(text),
        false => Err(Uncaptioned::Untimed),
    }
}

/// Whether a line says from when to when: `00:01.000 --> 00:04.500`, and how it is set.
fn is_timed(line: &str) -> bool {
    let Some((from, rest)) = line.split_once("-->") else { return false };
    let to = rest.split_whitespace().next().unwrap_or_default();
    matches!((millis(from.trim()), millis(to)), (Some(from), Some(to)) if from < to)
}

/// Reads `mm:ss.mmm` with hours before it or without.
fn millis(text: &str) -> Option<u64> {
    let (clock, thousandths) = text.split_once('.')?;
    let number = |text: &str, least: usize, most: usize| {
        let is_number = text.bytes().all(|b| b.is_ascii_digit());
        let is_long = (least..=most).contains(&text.len());
        (is_number && is_long).then(|| text.parse::<u64>().ok()).flatten()
    };
    let mut parts = clock.rsplit(':');
    let seconds = number(parts.next()?, 2, 2).filter(|it| *it < 60)?;
    let minutes = number(parts.next()?, 2, 2).filter(|it| *it < 60)?;
    let hours = parts.next().map_or(Some(0), |hours| number(hours, 2, 4))?;
    let is_over = parts.next().is_none();
    let thousandths = number(thousandths, 3, 3)?;
    is_over.then_some(((hours * 60 + minutes) * 60 + seconds) * 1_000 + thousandths)
}

#[cfg(test)]
mod tests {
    use super::{Captions, LARGEST_CAPTIONS, Uncaptioned, Uuid, read};
    use crate::locale::Locale;

    #[test]
    fn webvtt_is_read_however_its_lines_end() {
        let file = "\u{feff}WEBVTT - the sea\r\n\r\nNOTE by hand\r\n\r\n1\r\n\
                    00:01.000 --> 00:04.500 line:90%\r\n<v Ada>It hums.\r\n\r\n\
                    01:00:04.500 --> 01:00:06.000\rStill.";
        let read = read(file.as_bytes()).expect("captions");
        assert!(read.starts_with("WEBVTT - the sea\n\nNOTE") && !read.contains('\r'), "{read}");
    }

    #[test]
    fn what_is_no_webvtt_is_refused_with_the_reason() {
        let cue = "00:01.000 --> 00:02.000\nx\n";
        let large = format!("WEBVTT\n\n{}", cue.repeat(LARGEST_CAPTIONS / cue.len() + 1));
        for (file, why) in [
            ("", Uncaptioned::Missing),
            (large.as_str(), Uncaptioned::TooLarge),
            ("<html><script>alert(1)</script>", Uncaptioned::Unknown),
            ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx", Uncaptioned::Unknown),
            ("1\n00:00:01,000 --> 00:00:02,000\nx", Uncaptioned::Unknown),
            ("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nx", Uncaptioned::Untimed),
            ("WEBVTT\n\n00:02.000 --> 00:01.000\nx", Uncaptioned::Untimed),
            ("WEBVTT\n\n00:61.000 --> 02:01.000\nx", Uncaptioned::Untimed),
            ("WEBVTT\n\nnothing", Uncaptioned::Silent),
        ] {
            assert_eq!(read(file.as_bytes()), Err(why), "{}", &file[..file.len().min(40)]);
        }
        assert_eq!(read(b"WEBVTT \xff"), Err(Uncaptioned::Unknown));
    }

    #[test]
    fn captions_are_named_with_their_language() {
        let captions = Captions { id: Uuid::from_u128(7), language: Locale::Fr };
        assert_eq!(captions.to_string().parse(), Ok(captions));
        assert_eq!(captions.src(), "/media/captions/00000000-0000-0000-0000-000000000007.vtt");
        for none in ["", "7.fr", "00000000-0000-0000-0000-000000000007", ".fr"] {
            assert!(none.parse::<Captions>().is_err(), "{none}");
        }
    }
}
