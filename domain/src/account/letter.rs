//! Signing in by a letter, for whoever has no password or lost it, and the new password
//! that it leads to.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{LocalPath, Password};
use crate::{
    email::EmailAddress,
    invalid::{Invalid, Problem},
    time::MINUTE,
    words::letter as w,
};

/// How long the link of such a letter works, and for how long whoever came in by it may
/// choose a password without the one before.
pub const LETTER_LASTS: i64 = 30 * MINUTE;

/// The form that asks for a letter, as typed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LetterForm {
    #[serde(default)]
    pub email: String,
    /// Where to go once signed in; see [`LocalPath`].
    #[serde(default)]
    pub next: String,
}

/// A letter that may be written.
#[derive(Debug)]
pub struct LetterWanted {
    pub email: EmailAddress,
    pub next: LocalPath,
}

impl LetterForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Problems of `email`.
    pub fn parse(&self) -> Result<LetterWanted, Invalid> {
        let email =
            EmailAddress::parse(&self.email).map_err(|problem| Invalid::field("email", problem))?;
        Ok(LetterWanted { email, next: LocalPath::parse(&self.next) })
    }
}

/// What somebody has to give for a new password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordWay {
    /// The password of now.
    Old,
    /// Nothing more: this browser came in by a letter a moment ago.
    Free,
    /// There is none to give; another letter opens the way.
    Letter,
    /// Nothing will do: everybody uses this account of a demonstration.
    Shared,
}

/// The form of a new password, as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct NewPasswordForm {
    /// Not asked for where the way is [`PasswordWay::Free`].
    #[serde(default)]
    pub old_password: String,
    #[serde(default)]
    pub password: String,
}

/// Holds passwords, so its `Debug` shows nothing.
impl fmt::Debug for NewPasswordForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NewPasswordForm(…)")
    }
}

impl NewPasswordForm {
    /// The new password.
    ///
    /// # Errors
    /// Problems of `password`.
    pub fn parse(&self) -> Result<Password, Invalid> {
        Password::new(&self.password).map_err(|problem| Invalid::field("password", problem))
    }

    /// Why another password than that of now is refused.
    #[must_use]
    pub fn wrong_old_password() -> Invalid {
        let problem = Problem::told(|locale| w::not_the_old_password(locale).to_owned());
        Invalid::field("old_password", problem)
    }
}

#[cfg(test)]
mod tests {
    use super::{LetterForm, LocalPath, NewPasswordForm};
    use crate::invalid::Problem;

    #[test]
    fn a_letter_is_written_to_an_address_and_leads_to_no_other_site() {
        let form = LetterForm { email: " Ada@Example.org".into(), next: "//evil.example".into() };
        let wanted = form.parse().expect("an address");
        assert_eq!((wanted.email.as_str(), wanted.next.as_str()), ("ada@example.org", "/"));
        let refused = LetterForm { email: "ada".into(), next: String::new() }.parse();
        assert_eq!(refused.expect_err("no address").of("email"), Some(&Problem::NotAnEmail));
    }

    #[test]
    fn the_way_on_stands_behind_the_page() {
        let next = LocalPath::parse("/pledges?a=b");
        assert_eq!(next.after("/sign-in/letter"), "/sign-in/letter?next=%2Fpledges%3Fa%3Db");
        assert_eq!(next.after("/x?token=t"), "/x?token=t&next=%2Fpledges%3Fa%3Db");
        assert_eq!(LocalPath::parse("").after("/x?token=t"), "/x?token=t");
    }

    #[test]
    fn a_new_password_is_held_to_what_every_password_is() {
        let form = NewPasswordForm { password: "short".into(), ..NewPasswordForm::default() };
        let refused = form.parse().expect_err("too short");
        assert_eq!(refused.of("password"), Some(&Problem::TooShort { least: 8 }));
        assert!(!format!("{form:?}").contains("short"));
    }
}
