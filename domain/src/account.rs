//! Accounts: who somebody is, how they prove it, where they are signed in.

pub mod letter;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{
    discovery::percent_encoded,
    email::EmailAddress,
    id::{SessionId, TokenId},
    invalid::{Invalid, Problem},
    time::Timestamp,
};

/// Shortest password, in characters (NIST SP 800-63B asks for 8).
pub const SHORTEST_PASSWORD: u32 = 8;
/// Longest password; more only costs time to hash.
pub const LONGEST_PASSWORD: u32 = 128;
/// Longest display name, in characters.
pub const LONGEST_NAME: u32 = 60;

/// What an account may do beyond its own affairs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Backs and creates.
    Member,
    /// Runs the platform.
    Operator,
}

/// The name shown to others: 1 to 60 characters, one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
pub struct DisplayName(String);

impl DisplayName {
    /// Reads a name as typed.
    ///
    /// # Errors
    /// [`Problem::Missing`] or [`Problem::TooLong`].
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let name: String = name.chars().filter(|c| !c.is_control()).collect();
        match name.chars().count() {
            0 => Err(Problem::Missing),
            n if n > LONGEST_NAME as usize => Err(Problem::TooLong { most: LONGEST_NAME }),
            _ => Ok(Self(name)),
        }
    }

    /// The bare text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A password on its way to be hashed. It is not `Serialize` and its `Debug`
/// shows nothing, so it cannot cross the wire or reach a log by accident.
pub struct Password(String);

impl Password {
    /// A password somebody chooses.
    ///
    /// # Errors
    /// [`Problem::TooShort`] or [`Problem::TooLong`], in characters.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let length = text.chars().count();
        if length < SHORTEST_PASSWORD as usize {
            Err(Problem::TooShort { least: SHORTEST_PASSWORD })
        } else if length > LONGEST_PASSWORD as usize {
            Err(Problem::TooLong { most: LONGEST_PASSWORD })
        } else {
            Ok(Self(text.to_owned()))
        }
    }

    /// A password somebody claims to have; cut to what could ever have been set.
    #[must_use]
    pub fn claimed(text: &str) -> Self {
        Self(text.chars().take(LONGEST_PASSWORD as usize + 1).collect())
    }

    /// The secret itself, for the hash function alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// The sign-up form as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SignUpForm {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub password: String,
    /// Where to go once the address is proved; see [`LocalPath`].
    #[serde(default)]
    pub next: String,
}

/// Holds a password, so its `Debug` shows nothing.
impl fmt::Debug for SignUpForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignUpForm(…)")
    }
}

/// A sign-up that may be carried out.
#[derive(Debug)]
pub struct SignUp {
    pub name: DisplayName,
    pub email: EmailAddress,
    pub password: Password,
    /// Where to go once the address is proved.
    pub next: LocalPath,
}

impl SignUpForm {
    /// Checks every field at once, so that a person fixes them in one go.
    ///
    /// # Errors
    /// Problems of `name`, `email` and `password`.
    pub fn parse(&self) -> Result<SignUp, Invalid> {
        let mut invalid = Invalid::default();
        let name = invalid.keep("name", DisplayName::parse(&self.name));
        let email = invalid.keep("email", EmailAddress::parse(&self.email));
        let password = invalid.keep("password", Password::new(&self.password));
        match (name, email, password) {
            (Some(name), Some(email), Some(password)) => {
                Ok(SignUp { name, email, password, next: LocalPath::parse(&self.next) })
            }
            _ => Err(invalid),
        }
    }
}

/// The sign-in form as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct SignInForm {
    #[serde(default)]
    pub email: String,
    #[serde(default)]
    pub password: String,
    /// Where to go afterwards; see [`LocalPath`].
    #[serde(default)]
    pub next: String,
}

/// Holds a password, so its `Debug` shows nothing.
impl fmt::Debug for SignInForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SignInForm(…)")
    }
}

/// A path of this site, and nothing else: a link that says "sign in first"
/// cannot send anyone elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalPath(String);

impl LocalPath {
    /// The path, or `/` when the text is none of ours.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let local = text.starts_with('/')
            && !text.starts_with("//")
            && text.len() <= 500
            && text.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
        Self(if local { text.to_owned() } else { "/".to_owned() })
    }

    /// The bare path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is where one is led without having been anywhere.
    #[must_use]
    pub fn is_home(&self) -> bool {
        self.0 == "/"
    }

    /// The address of `page`, which leads here afterwards. `page` may have a query.
    #[must_use]
    pub fn after(&self, page: &str) -> String {
        if self.is_home() {
            return page.to_owned();
        }
        let separator = if page.contains('?') { '&' } else { '?' };
        format!("{page}{separator}next={}", percent_encoded(&self.0))
    }
}

/// Everything the account page shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountPage {
    pub name: String,
    pub email: String,
    pub sessions: Vec<SessionView>,
    pub tokens: Vec<TokenView>,
    /// What a new password asks for.
    pub password: letter::PasswordWay,
    pub now: Timestamp,
}

/// One signed-in browser, for its owner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    pub id: SessionId,
    /// The browser's own words, cut short.
    pub device: String,
    pub created_at: Timestamp,
    pub last_seen_at: Timestamp,
    /// Whether it is the one looking.
    pub is_current: bool,
}

/// One API token, for its owner. The secret is shown once and never again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenView {
    pub id: TokenId,
    pub name: String,
    pub created_at: Timestamp,
    pub last_used_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::{DisplayName, LocalPath, SignUpForm};

    #[test]
    fn every_bad_field_is_named_at_once() {
        let form = SignUpForm {
            name: " ".into(),
            email: "x".into(),
            password: "short".into(),
            ..SignUpForm::default()
        };
        let refused = form.parse().expect_err("refused");
        assert_eq!(refused.0.len(), 3);
    }

    #[test]
    fn a_link_never_leads_away() {
        assert_eq!(LocalPath::parse("/pledges?x=1").as_str(), "/pledges?x=1");
        for away in [
            "https://evil.example",
            "//evil.example",
            "/\\evil",
            "",
            "javascript:x",
            "/a\r\nb",
            "/é",
        ] {
            assert_eq!(LocalPath::parse(away).as_str(), "/", "{away}");
        }
    }

    #[test]
    fn the_way_on_is_kept_behind_a_page() {
        let next = LocalPath::parse("/invitation?token=a-b");
        let encoded = "next=%2Finvitation%3Ftoken%3Da-b";
        assert_eq!(next.after("/sign-up"), format!("/sign-up?{encoded}"));
        assert_eq!(next.after("/sign-up?sent=1"), format!("/sign-up?sent=1&{encoded}"));
        assert_eq!(LocalPath::parse("//evil.example").after("/sign-up"), "/sign-up");
    }

    #[test]
    fn a_name_is_one_clean_line() {
        let name = DisplayName::parse("  Ada\n  Lovelace\u{7} ").expect("a name");
        assert_eq!(name.as_str(), "Ada Lovelace");
    }
}
