//! The readable part of an address: `the-tide-clock`.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Lower-case ASCII letters, digits and single hyphens; 1 to 80 of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
pub struct Slug(String);

/// Longest slug, in characters.
pub const LONGEST_SLUG: usize = 80;

impl Slug {
    /// The slug written exactly so, or `None` when it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let shaped = (1..=LONGEST_SLUG).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !text.starts_with('-')
            && !text.ends_with('-')
            && !text.contains("--");
        shaped.then(|| Self(text.to_owned()))
    }

    /// A slug made from any title: accents folded, the rest hyphens. `None`
    /// when nothing readable is left, as with a title of emoji alone.
    #[must_use]
    pub fn from_title(title: &str) -> Option<Self> {
        let mut out = String::new();
        for c in title.chars().flat_map(char::to_lowercase) {
            let folded = fold(c);
            if folded.is_empty() {
                if !out.is_empty() && !out.ends_with('-') {
                    out.push('-');
                }
            } else {
                out.push_str(folded.as_str());
            }
            if out.len() >= LONGEST_SLUG {
                break;
            }
        }
        out.truncate(LONGEST_SLUG);
        Self::parse(out.trim_end_matches('-'))
    }

    /// The bare text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text as search compares it: lower case, accents folded, everything that is
/// neither letter nor digit a single space. Scripts without ASCII forms stay.
#[must_use]
pub fn folded_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        let folded = fold(c);
        if !folded.is_empty() {
            out.push_str(folded.as_str());
        } else if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Up to two ASCII letters or digits standing for one lower-case character.
struct Folded([u8; 2], usize);

impl Folded {
    fn is_empty(&self) -> bool {
        self.1 == 0
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0[..self.1]).expect("folding yields ASCII")
    }
}

fn fold(c: char) -> Folded {
    let text = match c {
        'a'..='z' | '0'..='9' => {
            return Folded([u8::try_from(c).expect("matched ASCII"), 0], 1);
        }
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' => "o",
        'ö' | 'ø' | 'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'ţ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => "",
    };
    let mut bytes = [0; 2];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    Folded(bytes, text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Slug, folded_words};

    #[test]
    fn titles_become_readable_addresses() {
        for (title, slug) in [
            ("The Tide Clock", Some("the-tide-clock")),
            ("  Boulangerie à Œuvre, n° 3! ", Some("boulangerie-a-oeuvre-n-3")),
            ("Straße — 100 %", Some("strasse-100")),
            ("🎲🎲", None),
        ] {
            assert_eq!(Slug::from_title(title).as_ref().map(Slug::as_str), slug);
        }
        assert_eq!(folded_words("L’Été, déjà  là"), "l ete deja la");
    }

    proptest! {
        #[test]
        fn a_made_slug_is_always_a_slug(title in "\\PC{0,200}") {
            if let Some(slug) = Slug::from_title(&title) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Some(slug));
            }
        }
    }
}
