//! E-mail addresses: where a backer can be reached, and who they are.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::invalid::Problem;

/// An address, trimmed and in lower case, at most 254 characters (RFC 5321).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address as typed. Only a letter can prove that one exists, so
    /// this refuses just what no mail server would take.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::NotAnEmail`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return Err(Problem::Missing);
        }
        let plain = text.len() <= 254
            && text
                .chars()
                .all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"()\\".contains(c));
        let shaped = text.rsplit_once('@').is_some_and(|(local, host)| {
            (1..=64).contains(&local.len())
                && !local.contains('@')
                && host.split('.').count() >= 2
                && host.split('.').all(|label| {
                    !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
                })
        });
        if plain && shaped { Ok(Self(text)) } else { Err(Problem::NotAnEmail) }
    }

    /// The bare text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Addresses are personal data: a log that prints one by accident shows only
/// its host.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = self.0.rsplit_once('@').map_or("", |(_, host)| host);
        write!(f, "…@{host}")
    }
}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn addresses_are_told_from_other_text() {
        for good in ["a@b.org", " Camille@Example.COM ", "x+y@sub.example.co.uk"] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "a",
            "a@b",
            "@b.org",
            "a@b..org",
            "a b@c.org",
            "a@-b.org",
            "a@b@c.org",
            "<a@b.org>",
        ] {
            assert!(EmailAddress::parse(bad).is_err(), "{bad}");
        }
    }
}
