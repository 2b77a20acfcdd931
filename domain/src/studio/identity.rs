//! Who stands behind a campaign: stated by its creator, once for all of their
//! campaigns, and looked at by an operator. No log holds any of it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Form, LONGEST_REMARK, choice, is_ticked, lines, mark, required, ticked};
use crate::{
    country::Country,
    invalid::{Invalid, Problem},
    locale::Locale,
    words::identity as w,
};

/// Longest legal name, in characters.
pub const LONGEST_NAME: u32 = 120;
/// Longest postal address, in characters.
pub const LONGEST_ADDRESS: u32 = 400;

/// Who answers for a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
pub enum LegalKind {
    Person,
    Organisation,
}

/// How far a statement was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
pub enum Verification {
    /// Nobody has looked at it yet.
    Stated,
    Verified,
    /// It could not be verified, and has to be stated anew.
    Refused,
}

/// The section `identity`, as typed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// See [`Form::version`].
    #[serde(default)]
    pub version: String,
    /// A key of [`LegalKind`].
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub name: String,
    /// Two letters.
    #[serde(default)]
    pub country: String,
    #[serde(default)]
    pub address: String,
    /// Ticked: they accept the rules.
    #[serde(default)]
    pub accepted: String,
}

/// The section `identity`, understood.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    pub kind: LegalKind,
    pub name: String,
    pub country: Country,
    pub address: String,
}

/// What is stated, for its creator and for operators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityView {
    pub form: IdentityForm,
    /// Nothing, while nothing is stated.
    pub state: Option<Verification>,
    /// What the operator said; may be empty.
    pub remark: String,
}

/// What an operator found, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictForm {
    /// A campaign of whom it is about.
    #[serde(default)]
    pub slug: String,
    /// The mark of what was looked at: nobody verifies what they have not seen.
    #[serde(default)]
    pub version: String,
    /// `verified` or `refused`.
    #[serde(default)]
    pub verdict: String,
    #[serde(default)]
    pub remark: String,
}

impl LegalKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Person, Self::Organisation];

    /// The word in forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
        }
    }
}

impl std::str::FromStr for LegalKind {
    type Err = Problem;

    fn from_str(key: &str) -> Result<Self, Problem> {
        Self::ALL.into_iter().find(|kind| kind.key() == key).ok_or(Problem::UnknownChoice)
    }
}

impl Verification {
    /// The word in forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Verified => "verified",
            Self::Refused => "refused",
        }
    }

    /// Where it stands, in words.
    #[must_use]
    pub const fn say(self, locale: Locale) -> &'static str {
        match self {
            Self::Stated => w::stated(locale),
            Self::Verified => w::verified(locale),
            Self::Refused => w::refused(locale),
        }
    }
}

impl Form for IdentityForm {
    fn version(&self) -> &str {
        &self.version
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("kind", &mut self.kind),
            ("name", &mut self.name),
            ("country", &mut self.country),
            ("address", &mut self.address),
            ("accepted", &mut self.accepted),
        ]
    }
}

impl IdentityForm {
    /// The form that shows what is stated, or an empty one.
    #[must_use]
    pub fn of(slug: &str, identity: Option<&Identity>) -> Self {
        let form = match identity {
            None => {
                Self { slug: slug.into(), kind: LegalKind::Person.key().into(), ..Self::default() }
            }
            Some(stated) => Self {
                slug: slug.into(),
                version: String::new(),
                kind: stated.kind.key().into(),
                name: stated.name.clone(),
                country: stated.country.code().into(),
                address: stated.address.clone(),
                accepted: ticked(true),
            },
        };
        Self { version: mark(&form), ..form }
    }

    /// Reads every field at once.
    ///
    /// # Errors
    /// Problems of `kind`, `name`, `country`, `address` and `accepted`.
    pub fn parse(&self) -> Result<Identity, Invalid> {
        let mut invalid = Invalid::default();
        let kind = invalid.keep("kind", choice(&self.kind));
        let name = invalid.keep("name", required(&self.name, LONGEST_NAME));
        let country = invalid.keep("country", country(&self.country));
        let address = invalid.keep("address", address(&self.address));
        if !is_ticked(&self.accepted) {
            invalid.add("accepted", Problem::told(|locale| w::not_accepted(locale).to_owned()));
        }
        invalid.into_result()?;
        match (kind, name, country, address) {
            (Some(kind), Some(name), Some(country), Some(address)) => {
                Ok(Identity { kind, name, country, address })
            }
            _ => unreachable!("a problem was noted for what is missing"),
        }
    }
}

impl VerdictForm {
    /// What was found, and the remark, which there has to be where it was not verified.
    ///
    /// # Errors
    /// Problems of `verdict` and `remark`.
    pub fn parse(&self) -> Result<(Verification, String), Invalid> {
        let mut invalid = Invalid::default();
        let found = [Verification::Verified, Verification::Refused];
        let verdict = found.into_iter().find(|it| it.key() == self.verdict);
        let verdict = invalid.keep("verdict", verdict.ok_or(Problem::Missing));
        let remark = lines(&self.remark, LONGEST_REMARK);
        let remark = match (remark, verdict) {
            (Ok(remark), Some(Verification::Refused)) if remark.is_empty() => Err(Problem::Missing),
            (remark, _) => remark,
        };
        let remark = invalid.keep("remark", remark);
        invalid.into_result()?;
        match (verdict, remark) {
            (Some(verdict), Some(remark)) => Ok((verdict, remark)),
            _ => unreachable!("a problem was noted for what is missing"),
        }
    }
}

fn country(text: &str) -> Result<Country, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        code => Country::parse(code).ok_or(Problem::UnknownChoice),
    }
}

fn address(text: &str) -> Result<String, Problem> {
    let address = lines(text, LONGEST_ADDRESS)?;
    if address.is_empty() { Err(Problem::Missing) } else { Ok(address) }
}

/// Without what it holds, which no log may.
impl fmt::Debug for IdentityForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IdentityForm").field("slug", &self.slug).finish_non_exhaustive()
    }
}

/// Without what it holds, which no log may.
impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("kind", &self.kind).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{IdentityForm, VerdictForm, Verification};

    fn stated() -> IdentityForm {
        IdentityForm {
            kind: "organisation".into(),
            name: " Brass  Hand Ltd ".into(),
            country: "FR".into(),
            address: "1 Quay\r\n29000 Quimper".into(),
            accepted: "on".into(),
            ..IdentityForm::default()
        }
    }

    #[test]
    fn what_is_stated_is_read_as_it_will_be_shown() {
        let identity = stated().parse().expect("complete");
        assert_eq!(identity.name, "Brass Hand Ltd");
        let shown = IdentityForm::of("tide-clock", Some(&identity));
        assert_eq!(shown.parse(), Ok(identity));
        assert_eq!(shown.address, "1 Quay\n29000 Quimper");
    }

    #[test]
    fn nothing_of_it_may_be_missing() {
        let fields = |form: IdentityForm| -> Vec<String> {
            form.parse().err().into_iter().flat_map(|invalid| invalid.0.into_keys()).collect()
        };
        for (field, form) in [
            ("kind", IdentityForm { kind: "king".into(), ..stated() }),
            ("name", IdentityForm { name: " ".into(), ..stated() }),
            ("name", IdentityForm { name: "x".repeat(121), ..stated() }),
            ("country", IdentityForm { country: String::new(), ..stated() }),
            ("country", IdentityForm { country: "ZZ".into(), ..stated() }),
            ("address", IdentityForm { address: "\n".into(), ..stated() }),
            ("accepted", IdentityForm { accepted: String::new(), ..stated() }),
        ] {
            assert_eq!(fields(form), [field]);
        }
    }

    #[test]
    fn no_log_holds_who_somebody_is() {
        let written = format!("{:?} {:?}", stated(), stated().parse());
        for secret in ["Brass", "Quay", "Quimper"] {
            assert!(!written.contains(secret), "{written}");
        }
    }

    #[test]
    fn who_could_not_be_verified_reads_why() {
        let form = |verdict: &str, remark: &str| VerdictForm {
            verdict: verdict.into(),
            remark: remark.into(),
            ..VerdictForm::default()
        };
        assert_eq!(form("verified", "").parse(), Ok((Verification::Verified, String::new())));
        assert_eq!(form("refused", "No").parse(), Ok((Verification::Refused, "No".into())));
        for (verdict, remark) in [("refused", " "), ("stated", "x"), ("", "x")] {
            assert!(form(verdict, remark).parse().is_err(), "{verdict:?} {remark:?}");
        }
    }
}
