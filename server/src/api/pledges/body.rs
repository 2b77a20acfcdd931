//! Reading bodies field by field, so that every flaw is told at once and at its
//! place, and nothing is silently ignored where money is concerned.

mod option;

use std::collections::BTreeMap;

use domain::{
    Problem,
    payment::{GivenCard, TestCard},
    pledge::{Choices, instalment::COUNTS},
};
use serde_json::{Map, Value};

use crate::api::problem::{Flaw, Flaws, Refused};

/// Most add-ons in one body.
const MOST_ADD_ONS: usize = 50;
/// Most units of one add-on that can be meant.
const MOST_UNITS: i64 = 100_000;
/// Longest token of a secret reward, in characters.
const LONGEST_SECRET: usize = 64;

/// A body that places a pledge.
#[derive(Debug)]
pub struct Wanted {
    pub choices: Choices,
    /// The total that is expected, or empty.
    pub expected: String,
    pub card: GivenCard,
}

/// A body that changes one: `None` where it is silent.
#[derive(Debug)]
pub struct Change {
    reward: Option<String>,
    add_ons: Option<BTreeMap<String, String>>,
    options: Option<BTreeMap<String, String>>,
    bonus: Option<String>,
    country: Option<String>,
    secret: Option<String>,
    expected: String,
}

/// Reads the body of a new pledge.
///
/// # Errors
/// Every field that makes no sense.
pub fn new_pledge(body: &Value) -> Result<Wanted, Refused> {
    let mut fields = Fields::of(
        body,
        &[
            "reward",
            "add_ons",
            "options",
            "bonus",
            "country",
            "secret",
            "expected_total",
            "instalments",
            "payment_method",
        ],
    );
    let choices = Choices {
        reward: fields.text("reward").unwrap_or_default(),
        add_ons: fields.add_ons().unwrap_or_default(),
        options: fields.options().unwrap_or_default(),
        bonus: fields.amount("bonus").unwrap_or_default(),
        country: fields.text("country").unwrap_or_default(),
        secret: fields.secret().unwrap_or_default(),
        instalments: fields.instalments().unwrap_or_default(),
        embed: String::new(),
    };
    let expected = fields.amount("expected_total").unwrap_or_default();
    let method = fields.text("payment_method").unwrap_or_default();
    let card = GivenCard::parse(&method);
    if card.is_none() {
        let problem = if method.is_empty() { Problem::Missing } else { Problem::UnknownChoice };
        fields.flaws.add("payment_method", Flaw::Value(problem));
    }
    fields.flaws.or(Wanted { choices, expected, card: card.unwrap_or(TestCard::Decline.into()) })
}

/// Reads the body of a change.
///
/// # Errors
/// Every field that makes no sense, and a body that names none.
pub fn pledge_change(body: &Value) -> Result<Change, Refused> {
    let mut fields = Fields::of(
        body,
        &["reward", "add_ons", "options", "bonus", "country", "secret", "expected_total"],
    );
    let change = Change {
        reward: fields.text("reward"),
        add_ons: fields.add_ons(),
        options: fields.options(),
        bonus: fields.amount("bonus"),
        country: fields.text("country"),
        secret: fields.secret(),
        expected: fields.amount("expected_total").unwrap_or_default(),
    };
    if fields.object.is_some_and(Map::is_empty) {
        fields.flaws.add("", Flaw::NothingToChange);
    }
    fields.flaws.or(change)
}

impl Change {
    /// The choices afterwards, and the total that is expected of them.
    pub fn over(self, present: Choices) -> (Choices, String) {
        let names_options = self.options.is_some();
        let mut choices = Choices {
            reward: self.reward.unwrap_or(present.reward),
            add_ons: self.add_ons.unwrap_or(present.add_ons),
            options: self.options.unwrap_or(present.options),
            bonus: self.bonus.unwrap_or(present.bonus),
            country: self.country.unwrap_or(present.country),
            secret: self.secret.unwrap_or(present.secret),
            instalments: present.instalments,
            embed: String::new(),
        };
        if !names_options {
            choices.forget_unchosen();
        }
        (choices, self.expected)
    }
}

/// An object being read. A field that is `null` counts as empty.
struct Fields<'a> {
    object: Option<&'a Map<String, Value>>,
    flaws: Flaws,
}

impl<'a> Fields<'a> {
    fn of(body: &'a Value, known: &[&str]) -> Self {
        let mut flaws = Flaws::default();
        let object = body.as_object();
        if object.is_none() {
            flaws.add("", Flaw::NotAnObject);
        }
        for name in
            object.into_iter().flat_map(Map::keys).filter(|name| !known.contains(&name.as_str()))
        {
            // A name nobody knows may be as long as the body.
            flaws.add(name.chars().take(80).collect::<String>(), Flaw::UnknownField);
        }
        Self { object, flaws }
    }

    fn value(&self, name: &str) -> Option<&'a Value> {
        self.object?.get(name)
    }

    /// Text; `None` when the field is not there, empty when it is `null`.
    fn text(&mut self, name: &str) -> Option<String> {
        match self.value(name)? {
            Value::Null => Some(String::new()),
            // What cannot be shown cannot be meant, and Postgres does not keep it.
            Value::String(text) if !text.chars().any(char::is_control) => {
                if text.is_empty() {
                    self.flaws.add(name, Flaw::Value(Problem::Missing));
                }
                Some(text.clone())
            }
            _ => {
                self.flaws.add(name, Flaw::NotText);
                None
            }
        }
    }

    /// An amount as programs write it. Forms also take `1 234,50`; between
    /// programs a comma is a mistake that nobody would notice.
    fn amount(&mut self, name: &str) -> Option<String> {
        let text = self.text(name)?;
        let is_plain = text.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && !text.starts_with('.')
            && !text.ends_with('.');
        if !is_plain {
            let is_negative = text
                .strip_prefix('-')
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            let problem = if is_negative { Problem::AmountNegative } else { Problem::NotAnAmount };
            self.flaws.add(name, Flaw::Value(problem));
        }
        // A program's point is never one between thousands; with a fourth decimal
        // nobody can take it for that, and its value is the same.
        let is_like_a_group = text.split_once('.').is_some_and(|(_, places)| places.len() == 3);
        Some(if is_like_a_group { text + "0" } else { text })
    }

    fn secret(&mut self) -> Option<String> {
        let text = self.text("secret")?;
        if text.chars().count() > LONGEST_SECRET {
            let most = u32::try_from(LONGEST_SECRET).unwrap_or(u32::MAX);
            self.flaws.add("secret", Flaw::Value(Problem::TooLong { most }));
        }
        Some(text)
    }

    /// How many instalments; empty when all is paid together.
    fn instalments(&mut self) -> Option<String> {
        let value = self.value("instalments").filter(|value| !value.is_null())?;
        let Some(count) = whole(value) else {
            self.flaws.add("instalments", Flaw::NotANumber);
            return None;
        };
        if !COUNTS.contains(&count) {
            let (least, most) = (*COUNTS.start(), *COUNTS.end());
            self.flaws.add("instalments", Flaw::OutOfRange { least, most });
        }
        Some(count.to_string())
    }

    /// Quantities by the add-on's id.
    fn add_ons(&mut self) -> Option<BTreeMap<String, String>> {
        let list = match self.value("add_ons")? {
            Value::Null => return Some(BTreeMap::new()),
            Value::Array(list) => list,
            _ => {
                self.flaws.add("add_ons", Flaw::NotAList);
                return None;
            }
        };
        if list.len() > MOST_ADD_ONS {
            self.flaws.add("add_ons", Flaw::TooMany { most: MOST_ADD_ONS });
            return None;
        }
        let mut units: BTreeMap<String, i64> = BTreeMap::new();
        for (index, value) in list.iter().enumerate() {
            let mut add_on = Fields::of(value, &["reward", "quantity"]);
            let reward = add_on.text("reward").filter(|id| !id.is_empty());
            let quantity = add_on.quantity();
            if add_on.object.is_some() && reward.is_none() {
                add_on.flaws.add("reward", Flaw::Value(Problem::Missing));
            }
            for (field, flaw) in add_on.flaws.0 {
                let separator = if field.is_empty() { "" } else { "." };
                self.flaws.add(format!("add_ons.{index}{separator}{field}"), flaw);
            }
            if let (Some(reward), Some(quantity)) = (reward, quantity) {
                let sum = units.entry(reward).or_insert(0);
                *sum = sum.saturating_add(quantity);
            }
        }
        Some(units.into_iter().map(|(id, n)| (id, n.to_string())).collect())
    }

    fn quantity(&mut self) -> Option<i64> {
        self.object?;
        let Some(value) = self.value("quantity") else {
            self.flaws.add("quantity", Flaw::Value(Problem::Missing));
            return None;
        };
        let Some(number) = whole(value) else {
            self.flaws.add("quantity", Flaw::NotANumber);
            return None;
        };
        if !(1..=MOST_UNITS).contains(&number) {
            self.flaws.add("quantity", Flaw::OutOfRange { least: 1, most: MOST_UNITS });
            return None;
        }
        Some(number)
    }
}

/// A whole number, which JSON may also write as `2.0`.
fn whole(value: &Value) -> Option<i64> {
    let text = value.as_number()?.to_string();
    text.strip_suffix(".0").unwrap_or(&text).parse().ok()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{new_pledge, pledge_change};
    use crate::api::problem::Refused;

    fn flaws<T: std::fmt::Debug>(outcome: Result<T, Refused>) -> Vec<(String, String)> {
        match outcome.expect_err("refused") {
            Refused::Fields(flaws) => {
                flaws.into_iter().map(|(field, flaw)| (field, flaw.key())).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    fn named(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(field, key)| ((*field).to_owned(), (*key).to_owned())).collect()
    }

    #[test]
    fn a_whole_body_is_understood() {
        let body = json!({
            "reward": "r", "add_ons": [{"reward": "a", "quantity": 2}, {"reward": "a", "quantity": 1.0}],
            "bonus": "5.00", "country": null, "payment_method": "sandbox:success"
        });
        let wanted = new_pledge(&body).expect("understood");
        assert_eq!(wanted.choices.query(), "reward=r&add_on.a=3&bonus=5.00");
    }

    #[test]
    fn every_flaw_is_told_at_its_place() {
        let body = json!({
            "reward": 7, "add_ons": [{"reward": "a"}, 3, {"quantity": 0}], "bonus": "1,50",
            "bonus_amount": "5.00", "payment_method": "card"
        });
        assert_eq!(
            flaws(new_pledge(&body)),
            named(&[
                ("add_ons.0.quantity", "missing"),
                ("add_ons.1", "not_an_object"),
                ("add_ons.2.quantity", "out_of_range"),
                ("add_ons.2.reward", "missing"),
                ("bonus", "not_an_amount"),
                ("bonus_amount", "unknown_field"),
                ("payment_method", "unknown_choice"),
                ("reward", "not_text"),
            ])
        );
        assert_eq!(
            flaws(new_pledge(&json!([]))),
            named(&[("", "not_an_object"), ("payment_method", "missing")])
        );
        assert_eq!(
            flaws(new_pledge(&json!({"bonus": "-5", "secret": "\u{0}", "payment_method": null}))),
            named(&[
                ("bonus", "amount_negative"),
                ("payment_method", "missing"),
                ("secret", "not_text")
            ])
        );
    }

    #[test]
    fn a_change_keeps_what_it_does_not_name() {
        let present = new_pledge(&json!({
            "reward": "r", "bonus": "5.00", "country": "FR", "payment_method": "sandbox:success"
        }));
        let change = pledge_change(&json!({"bonus": null, "country": "DE"})).expect("understood");
        let (choices, expected) = change.over(present.expect("understood").choices);
        assert_eq!((choices.query().as_str(), expected.as_str()), ("reward=r&country=DE", ""));
        assert_eq!(flaws(pledge_change(&json!({}))), named(&[("", "nothing_to_change")]));
    }
}
