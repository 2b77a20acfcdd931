//! What can be wrong with one field of a body or a query.

use std::collections::BTreeMap;

use domain::{Locale, Problem, words::api as w};

use super::Refused;

/// The reason, as a stable word and as a sentence.
#[derive(Debug, Clone)]
pub enum Flaw {
    /// What a form could have got wrong as well.
    Value(Problem),
    NotAnObject,
    NotAList,
    NotText,
    NotANumber,
    OutOfRange {
        least: i64,
        most: i64,
    },
    UnknownField,
    TooMany {
        most: usize,
    },
    NothingToChange,
    WrongCursor,
}

impl Flaw {
    /// A word that never changes.
    pub fn key(&self) -> String {
        match self {
            // Serde writes a variant's name, alone or as the one key of its values.
            Self::Value(problem) => match serde_json::to_value(problem) {
                Ok(serde_json::Value::String(name)) => name,
                Ok(serde_json::Value::Object(values)) => {
                    values.into_iter().map(|(name, _)| name).next().unwrap_or_default()
                }
                _ => String::new(),
            },
            Self::NotAnObject => "not_an_object".into(),
            Self::NotAList => "not_a_list".into(),
            Self::NotText => "not_text".into(),
            Self::NotANumber => "not_a_number".into(),
            Self::OutOfRange { .. } => "out_of_range".into(),
            Self::UnknownField => "unknown_field".into(),
            Self::TooMany { .. } => "too_many".into(),
            Self::NothingToChange => "nothing_to_change".into(),
            Self::WrongCursor => "wrong_cursor".into(),
        }
    }

    /// The same in a sentence.
    pub fn say(&self, locale: Locale) -> String {
        match self {
            Self::Value(problem) => problem.say(locale),
            Self::NotAnObject => w::not_an_object(locale).into(),
            Self::NotAList => w::not_a_list(locale).into(),
            Self::NotText => w::not_text(locale).into(),
            Self::NotANumber => w::not_a_number(locale).into(),
            Self::OutOfRange { least, most } => w::out_of_range(locale, least, most),
            Self::UnknownField => w::unknown_field(locale).into(),
            Self::TooMany { most } => w::too_many(locale, most),
            Self::NothingToChange => w::nothing_to_change(locale).into(),
            Self::WrongCursor => w::wrong_cursor(locale).into(),
        }
    }
}

/// Collects flaws while a body or a query is read.
#[derive(Debug, Default)]
pub struct Flaws(pub BTreeMap<String, Flaw>);

impl Flaws {
    /// Notes a flaw; the first one of a field stays.
    pub fn add(&mut self, field: impl Into<String>, flaw: Flaw) {
        self.0.entry(field.into()).or_insert(flaw);
    }

    /// The value, when nothing was noted.
    pub fn or<T>(self, value: T) -> Result<T, Refused> {
        if self.0.is_empty() { Ok(value) } else { Err(Refused::Fields(self.0)) }
    }
}
