//! What a campaign is, in a few words.

use serde::{Deserialize, Serialize};

use super::{
    Form, LONGEST_SUBTITLE, LONGEST_TITLE, LONGEST_WORD, choice, line, mark, problem, required,
};
use crate::{
    campaign::FundingRule,
    category::Category,
    country::Country,
    currency::Currency,
    invalid::{Invalid, Problem},
    locale::Locale,
    slug::Slug,
};

/// The first form, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartForm {
    #[serde(default)]
    pub title: String,
    /// A key of [`Category`].
    #[serde(default)]
    pub category: String,
    /// Two letters, or empty.
    #[serde(default)]
    pub country: String,
    /// Three letters.
    #[serde(default)]
    pub currency: String,
    /// A key of [`FundingRule`].
    #[serde(default)]
    pub rule: String,
}

/// A campaign that may be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    pub title: String,
    pub category: Category,
    pub country: Option<Country>,
    pub currency: Currency,
    pub rule: FundingRule,
}

impl StartForm {
    /// Reads every field at once.
    ///
    /// # Errors
    /// Problems of `title`, `category`, `country`, `currency` and `rule`.
    pub fn parse(&self) -> Result<Start, Invalid> {
        let mut invalid = Invalid::default();
        let title = invalid.keep("title", required(&self.title, LONGEST_TITLE));
        let category = invalid.keep("category", choice(&self.category));
        let country = invalid.keep("country", country(&self.country));
        let currency = invalid.keep("currency", choice(&self.currency));
        let rule = invalid.keep("rule", parse_rule(&self.rule));
        match (title, category, country, currency, rule) {
            (Some(title), Some(category), Some(country), Some(currency), Some(rule)) => {
                Ok(Start { title, category, country, currency, rule })
            }
            _ => Err(invalid),
        }
    }
}

/// The section `basics`, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BasicsForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// See [`Form::version`].
    #[serde(default)]
    pub version: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    /// A key of [`Category`].
    #[serde(default)]
    pub category: String,
    #[serde(default)]
    pub subcategory: String,
    #[serde(default)]
    pub location: String,
    /// Two letters, or empty.
    #[serde(default)]
    pub country: String,
    /// The tag of a [`Locale`].
    #[serde(default)]
    pub language: String,
    /// The wanted slug.
    #[serde(default)]
    pub address: String,
}

/// The section `basics`, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basics {
    pub title: String,
    pub subtitle: String,
    pub category: Category,
    pub subcategory: String,
    pub location: String,
    pub country: Option<Country>,
    pub language: Locale,
    pub slug: Slug,
}

impl Form for BasicsForm {
    fn version(&self) -> &str {
        &self.version
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("title", &mut self.title),
            ("subtitle", &mut self.subtitle),
            ("category", &mut self.category),
            ("subcategory", &mut self.subcategory),
            ("location", &mut self.location),
            ("country", &mut self.country),
            ("language", &mut self.language),
            ("address", &mut self.address),
        ]
    }
}

impl BasicsForm {
    /// The form that shows what is kept.
    #[must_use]
    pub fn of(basics: &Basics) -> Self {
        let form = Self {
            slug: basics.slug.to_string(),
            version: String::new(),
            title: basics.title.clone(),
            subtitle: basics.subtitle.clone(),
            category: basics.category.key().to_owned(),
            subcategory: basics.subcategory.clone(),
            location: basics.location.clone(),
            country: basics.country.map(|country| country.to_string()).unwrap_or_default(),
            language: basics.language.tag().to_owned(),
            address: basics.slug.to_string(),
        };
        Self { version: mark(&form), ..form }
    }

    /// Reads every field at once. A subtitle, a place and a country may be missing.
    ///
    /// # Errors
    /// Problems of its fields.
    pub fn parse(&self) -> Result<Basics, Invalid> {
        let mut invalid = Invalid::default();
        let title = invalid.keep("title", required(&self.title, LONGEST_TITLE));
        let subtitle = invalid.keep("subtitle", line(&self.subtitle, LONGEST_SUBTITLE));
        let category = invalid.keep("category", choice(&self.category));
        let subcategory = invalid.keep("subcategory", line(&self.subcategory, LONGEST_WORD));
        let location = invalid.keep("location", line(&self.location, LONGEST_WORD));
        let country = invalid.keep("country", country(&self.country));
        let language = invalid.keep("language", choice(&self.language));
        let slug = invalid.keep("address", address(&self.address));
        invalid.into_result()?;
        let (title, subtitle, category, subcategory, location, country, language, slug) = (
            title.expect(KEPT),
            subtitle.expect(KEPT),
            category.expect(KEPT),
            subcategory.expect(KEPT),
            location.expect(KEPT),
            country.expect(KEPT),
            language.expect(KEPT),
            slug.expect(KEPT),
        );
        Ok(Basics { title, subtitle, category, subcategory, location, country, language, slug })
    }
}

/// Why a field that was not refused has its value.
pub(super) const KEPT: &str = "a field is either refused or kept";

fn country(text: &str) -> Result<Option<Country>, Problem> {
    match text.trim() {
        "" => Ok(None),
        code => Country::parse(code).map(Some).ok_or(Problem::UnknownChoice),
    }
}

fn address(text: &str) -> Result<Slug, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        text => Slug::parse(text).ok_or_else(problem::not_an_address),
    }
}

/// A funding rule by its key.
pub(super) fn parse_rule(text: &str) -> Result<FundingRule, Problem> {
    match text.trim() {
        "" => Err(Problem::Missing),
        key => FundingRule::ALL
            .into_iter()
            .find(|rule| rule.key() == key)
            .ok_or(Problem::UnknownChoice),
    }
}
