//! The languages of the site, and which of them a visitor gets.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A language of the site.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Locale {
    /// English, with day before month as most of the world writes it.
    #[default]
    En,
    /// French, with its no-break spaces.
    Fr,
}

impl Locale {
    /// Every language, in the order of the switch.
    pub const ALL: [Self; 2] = [Self::En, Self::Fr];

    /// The BCP 47 tag for `lang` attributes and cookies.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The tag that Open Graph asks for.
    #[must_use]
    pub const fn og(self) -> &'static str {
        match self {
            Self::En => "en_GB",
            Self::Fr => "fr_FR",
        }
    }

    /// The language's own name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The best match for an `Accept-Language` header (RFC 9110, 12.5.4).
    /// Anything unreadable counts as no preference.
    #[must_use]
    pub fn negotiate(accept_language: &str) -> Self {
        accept_language
            .split(',')
            .filter_map(|range| {
                let mut parts = range.split(';');
                let tag = parts.next()?.trim();
                let locale = tag.split('-').next()?.to_ascii_lowercase().parse().ok()?;
                Some((locale, weight(parts.next())))
            })
            .filter(|(_, weight)| *weight > 0)
            // `max_by_key` keeps the last of equals; the header means the first.
            .rev()
            .max_by_key(|(_, weight)| *weight)
            .map_or(Self::default(), |(locale, _)| locale)
    }
}

/// `q=0.8` as thousandths, 1000 when absent.
fn weight(parameter: Option<&str>) -> u16 {
    let Some(value) = parameter.and_then(|p| p.trim().strip_prefix("q=")) else { return 1000 };
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let thousandths = format!("{fraction:0<3}").get(..3).and_then(|f| f.parse::<u16>().ok());
    match whole.parse::<u16>() {
        Ok(0) => thousandths.unwrap_or(0),
        Ok(_) => 1000,
        Err(_) => 0,
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The text named no language of the site.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a language of this site")]
pub struct UnknownLocale;

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|l| l.tag() == text).ok_or(UnknownLocale)
    }
}

#[cfg(test)]
mod tests {
    use super::Locale;

    #[test]
    fn the_heaviest_known_language_wins() {
        for (header, expected) in [
            ("fr-FR,fr;q=0.9,en;q=0.8", Locale::Fr),
            ("de,en;q=0.5,fr;q=0.7", Locale::Fr),
            ("en, fr", Locale::En),
            ("fr;q=0, en;q=0.1", Locale::En),
            ("", Locale::En),
            ("*;;q=,fr;q=banana", Locale::En),
        ] {
            assert_eq!(Locale::negotiate(header), expected, "{header}");
        }
    }
}
