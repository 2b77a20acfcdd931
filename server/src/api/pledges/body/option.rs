//! Reading which variants a body chooses.

use std::collections::BTreeMap;

use domain::{Problem, reward::variant::LONGEST_VARIANT};
use serde_json::Value;

use super::{Fields, MOST_ADD_ONS};
use crate::api::problem::Flaw;

/// Most choices in one body: of a reward and of as many add-ons.
const MOST_OPTIONS: usize = MOST_ADD_ONS + 1;

impl Fields<'_> {
    /// The name of the variant by the id of its reward or add-on.
    pub(super) fn options(&mut self) -> Option<BTreeMap<String, String>> {
        let object = match self.value("options")? {
            Value::Null => return Some(BTreeMap::new()),
            Value::Object(object) => object,
            _ => {
                self.flaws.add("options", Flaw::NotAnObject);
                return None;
            }
        };
        if object.len() > MOST_OPTIONS {
            self.flaws.add("options", Flaw::TooMany { most: MOST_OPTIONS });
            return None;
        }
        let mut options = BTreeMap::new();
        for (id, name) in object {
            // An id may be as long as the body, and its name too.
            let field = || format!("options.{}", id.chars().take(80).collect::<String>());
            match name {
                Value::String(name) if name.chars().count() > LONGEST_VARIANT => {
                    let most = u32::try_from(LONGEST_VARIANT).unwrap_or(u32::MAX);
                    self.flaws.add(field(), Flaw::Value(Problem::TooLong { most }));
                }
                Value::String(name) if !name.chars().any(char::is_control) => {
                    options.insert(id.clone(), name.clone());
                }
                _ => self.flaws.add(field(), Flaw::NotText),
            }
        }
        Some(options)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::api::{
        pledges::body::{new_pledge, pledge_change},
        problem::Refused,
    };

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
    fn a_choice_goes_with_its_reward_and_makes_sense() {
        let present = new_pledge(&json!({
            "reward": "r", "options": {"r": "M"}, "payment_method": "sandbox:success"
        }));
        let present = present.expect("understood").choices;
        let over = |body| pledge_change(&body).expect("understood").over(present.clone()).0.query();
        assert_eq!(over(json!({"bonus": "5"})), "reward=r&option.r=M&bonus=5");
        assert_eq!(over(json!({"reward": "s"})), "reward=s");
        assert_eq!(over(json!({"options": {"r": "L"}})), "reward=r&option.r=L");
        assert_eq!(
            flaws(pledge_change(&json!({"options": []}))),
            named(&[("options", "not_an_object")])
        );
        let long = json!({"options": {"a": "x".repeat(10_000), "b": 7, "c": "\u{0}"}});
        assert_eq!(
            flaws(pledge_change(&long)),
            named(&[
                ("options.a", "too_long"),
                ("options.b", "not_text"),
                ("options.c", "not_text")
            ])
        );
    }
}
