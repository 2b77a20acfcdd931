//! What a backer chose, as it travels in an address, and as it is understood.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::{Deserialize, Serialize};

use super::Order;
use crate::{
    country::Country,
    currency::Currency,
    discovery::percent_encoded,
    invalid::{Invalid, Problem},
    money::Money,
    reward::variant::LONGEST_VARIANT,
};

/// The choices as typed. They are the checkout's whole address, so that a link
/// can carry them and a page without wasm can redraw its total. In a form they are
/// fields of their own, see [`Choices::field`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<String, String>")]
pub struct Choices {
    /// Id of the reward, or empty for none.
    pub reward: String,
    /// Quantity as typed by the add-on's id.
    pub add_ons: BTreeMap<String, String>,
    /// The name of the variant that is chosen, by the reward's or the add-on's id.
    pub options: BTreeMap<String, String>,
    /// Amount on top, or the whole pledge when there is no reward.
    pub bonus: String,
    /// Two letters, or empty.
    pub country: String,
    /// The token of a secret reward's link, or empty.
    pub secret: String,
    /// In how many instalments it is paid, or empty for all together.
    pub instalments: String,
    /// The name of the embed that led here, or empty. It changes nothing of the pledge.
    pub embed: String,
}

/// Add-ons' quantities travel as `add_on.{id}`.
const ADD_ON: &str = "add_on.";
/// The chosen variant of a reward or add-on travels as `option.{id}`.
const OPTION: &str = "option.";
/// More rewards and add-ons with something to choose than any campaign offers.
const MOST_CHOSEN: usize = 100;
/// What stands around a choice's name in a form.
const FIELD: (&str, &str) = ("form[choices][", "]");
/// More add-ons than any campaign offers.
const MOST_ADD_ONS: usize = 50;

impl Choices {
    /// Reads the pairs of an address or a form; other names are ignored.
    #[must_use]
    pub fn from_pairs<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut choices = Self::default();
        for (name, value) in pairs {
            let option = name.strip_prefix(OPTION);
            let most = if option.is_some() { LONGEST_VARIANT } else { 64 };
            let value: String = value.trim().chars().take(most).collect();
            if let Some(id) = option {
                if choices.options.len() < MOST_CHOSEN && !value.is_empty() {
                    choices.options.insert(id.to_owned(), value);
                }
                continue;
            }
            match name {
                "reward" => choices.reward = value,
                "bonus" => choices.bonus = value,
                "country" => choices.country = value,
                "secret" => choices.secret = value,
                "instalments" => choices.instalments = value,
                "embed" => choices.embed = value,
                _ => {
                    if let Some(id) = name.strip_prefix(ADD_ON)
                        && choices.add_ons.len() < MOST_ADD_ONS
                        && !value.is_empty()
                        && value != "0"
                    {
                        choices.add_ons.insert(id.to_owned(), value);
                    }
                }
            }
        }
        choices.forget_unchosen();
        choices
    }

    /// Forgets the variants of what is not chosen: a form has a list for each reward,
    /// and only one of these is the backer's.
    pub fn forget_unchosen(&mut self) {
        let (reward, add_ons) = (&self.reward, &self.add_ons);
        self.options.retain(|id, _| id == reward || add_ons.contains_key(id));
    }

    /// Reads what [`Choices::query`] wrote.
    #[must_use]
    pub fn from_query(query: &str) -> Self {
        let pairs = decoded(query);
        Self::from_pairs(pairs.iter().map(|(n, v)| (n.as_str(), v.as_str())))
    }

    /// Reads the choices among the fields of a form, given as a query string.
    #[must_use]
    pub fn from_form(query: &str) -> Self {
        let pairs = decoded(query);
        let chosen =
            pairs.iter().filter_map(|(field, v)| Some((Self::name_of(field)?, v.as_str())));
        Self::from_pairs(chosen)
    }

    /// What the field of a choice is called in a form: `form[choices][bonus]`.
    #[must_use]
    pub fn field(name: &str) -> String {
        let (before, after) = FIELD;
        format!("{before}{name}{after}")
    }

    /// The choice that a field of a form stands for, if it does for one.
    #[must_use]
    pub fn name_of(field: &str) -> Option<&str> {
        let (before, after) = FIELD;
        field.strip_prefix(before)?.strip_suffix(after)
    }

    /// The query string of these choices, without what is empty.
    #[must_use]
    pub fn query(&self) -> String {
        let mut out = String::new();
        for (name, value) in self.pairs() {
            let separator = if out.is_empty() { "" } else { "&" };
            let (name, value) = (percent_encoded(&name), percent_encoded(value));
            let _ = write!(out, "{separator}{name}={value}");
        }
        out
    }

    /// Names and values, without what is empty.
    fn pairs(&self) -> impl Iterator<Item = (String, &str)> {
        let own = |name: &str, value| (name.to_owned(), value);
        let add_ons = self.add_ons.iter().map(|(id, n)| (format!("{ADD_ON}{id}"), n.as_str()));
        let options = self.options.iter().map(|(id, n)| (format!("{OPTION}{id}"), n.as_str()));
        let after = [
            own("bonus", self.bonus.as_str()),
            own("country", self.country.as_str()),
            own("secret", self.secret.as_str()),
            own("instalments", self.instalments.as_str()),
            own("embed", self.embed.as_str()),
        ];
        [own("reward", self.reward.as_str())]
            .into_iter()
            .chain(add_ons)
            .chain(options)
            .chain(after)
            .filter(|(_, value)| !value.is_empty())
    }

    /// Understands the choices in a campaign's currency.
    ///
    /// # Errors
    /// Problems of `reward`, `add_on.{id}`, `option.{id}`, `bonus`, `country` and
    /// `instalments`.
    pub fn parse(&self, currency: Currency) -> Result<Order, Invalid> {
        let mut invalid = Invalid::default();
        let reward = (!self.reward.is_empty())
            .then(|| {
                let id = self.reward.parse().map_err(|_| Problem::UnknownReward);
                invalid.keep("reward", id)
            })
            .flatten();
        let mut add_ons = BTreeMap::new();
        for (id, quantity) in &self.add_ons {
            let field = format!("{ADD_ON}{id}");
            let id = invalid.keep(&field, id.parse().map_err(|_| Problem::UnknownReward));
            let quantity = invalid.keep(&field, parse_quantity(quantity));
            if let (Some(id), Some(quantity @ 1..)) = (id, quantity) {
                add_ons.insert(id, quantity);
            }
        }
        let mut options = BTreeMap::new();
        for (id, name) in &self.options {
            let field = format!("{OPTION}{id}");
            let id = invalid.keep(&field, id.parse().map_err(|_| Problem::UnknownReward));
            options.extend(id.map(|id| (id, name.clone())));
        }
        let bonus = if self.bonus.is_empty() {
            Some(0)
        } else {
            invalid.keep("bonus", Money::parse(&self.bonus, currency)).map(|money| money.minor)
        };
        let country = if self.country.is_empty() {
            None
        } else {
            invalid.keep("country", Country::parse(&self.country).ok_or(Problem::UnknownChoice))
        };
        let instalments = match self.instalments.as_str() {
            // One part is no instalment.
            "" | "1" => None,
            text => invalid.keep("instalments", text.parse().map_err(|_| Problem::UnknownChoice)),
        };
        invalid.into_result()?;
        Ok(Order {
            reward,
            add_ons,
            options,
            bonus: bonus.unwrap_or_default(),
            country,
            secret: Some(self.secret.clone()).filter(|secret| {
                !secret.is_empty() && secret.bytes().all(|b| b.is_ascii_graphic())
            }),
            instalments,
        })
    }
}

/// A form holds them by name; what is too long or too many is cut off as in an address.
impl From<BTreeMap<String, String>> for Choices {
    fn from(fields: BTreeMap<String, String>) -> Self {
        Self::from_pairs(fields.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

impl From<Choices> for BTreeMap<String, String> {
    fn from(choices: Choices) -> Self {
        choices.pairs().map(|(name, value)| (name, value.to_owned())).collect()
    }
}

fn parse_quantity(text: &str) -> Result<i64, Problem> {
    let quantity: i64 = text.parse().map_err(|_| Problem::NotAnAmount)?;
    match quantity {
        ..0 => Err(Problem::AmountNegative),
        // No stock is this deep; refusing here keeps every later product in range.
        100_001.. => Err(Problem::AmountTooLarge),
        _ => Ok(quantity),
    }
}

/// The pairs of a query string.
fn decoded(query: &str) -> Vec<(String, String)> {
    query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (percent_decoded(name), percent_decoded(value)))
        .collect()
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let decoded = match byte {
            b'+' => b' ',
            b'%' => {
                let pair = [rest.next().unwrap_or_default(), rest.next().unwrap_or_default()];
                let hex = std::str::from_utf8(&pair).ok();
                hex.and_then(|h| u8::from_str_radix(h, 16).ok()).unwrap_or(b'?')
            }
            plain => plain,
        };
        bytes.push(decoded);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::Choices;
    use crate::{currency::Currency, invalid::Problem};

    #[test]
    fn hostile_choices_are_refused_at_their_fields() {
        let id = "0190163d-8694-739b-aea5-966c26f8ad91";
        let choices = Choices {
            reward: "1 or 1=1".into(),
            add_ons: BTreeMap::from([(id.into(), "-3".into())]),
            options: BTreeMap::from([("../x".into(), "M".into())]),
            bonus: "-5".into(),
            country: "XX".into(),
            secret: String::new(),
            instalments: "many".into(),
            embed: "'; drop table embed".into(),
        };
        let refused = choices.parse(Currency::Eur).expect_err("refused");
        assert_eq!(refused.of("reward"), Some(&Problem::UnknownReward));
        assert_eq!(refused.of(&format!("add_on.{id}")), Some(&Problem::AmountNegative));
        assert_eq!(refused.of("option.../x"), Some(&Problem::UnknownReward));
        assert_eq!(refused.of("bonus"), Some(&Problem::AmountNegative));
        assert_eq!(refused.of("country"), Some(&Problem::UnknownChoice));
        assert_eq!(refused.of("instalments"), Some(&Problem::UnknownChoice));
    }

    #[test]
    fn a_form_holds_choices_among_other_fields() {
        let id = "0190163d-8694-739b-aea5-966c26f8ad91";
        let field = Choices::field(&format!("add_on.{id}"));
        assert_eq!(field, format!("form[choices][add_on.{id}]"));
        let form = format!(
            "form%5Bemail%5D=a%40b.org&form%5Bchoices%5D%5Bbonus%5D=5&bonus=9\
             &{field}=2&form[choices][reward]=&form[choices]=secret%3Dx"
        );
        let choices = Choices::from_form(&form);
        assert_eq!(choices.query(), format!("add_on.{id}=2&bonus=5"));
    }

    #[test]
    fn of_a_form_only_the_variant_of_what_is_chosen_counts() {
        let choices = Choices::from_form(
            "form[choices][option.a]=S&form[choices][option.b]=M&form[choices][option.c]=L\
             &form[choices][reward]=b&form[choices][add_on.c]=0",
        );
        assert_eq!(choices.query(), "reward=b&option.b=M");
    }

    #[test]
    fn a_form_cannot_choose_without_end() {
        let many = (0..500).map(|n| (format!("add_on.{n}"), "1".repeat(500)));
        let options = (0..500).map(|n| (format!("option.{n}"), "x".repeat(10_000)));
        let fields: BTreeMap<String, String> = many
            .chain(options)
            .chain([("bonus".into(), "9".repeat(500)), ("card".into(), "4242".into())])
            .collect();
        let choices = Choices::from(fields);
        assert_eq!(choices.add_ons.len(), 50);
        assert!(choices.add_ons.values().all(|quantity| quantity.len() == 64));
        assert!(choices.options.len() <= 100);
        assert!(choices.options.values().all(|name| name.len() == 96));
        assert_eq!(choices.bonus.len(), 64);
        assert!(!choices.query().contains("card"));
    }

    proptest! {
        #[test]
        fn choices_survive_their_address(
            reward in "[a-f0-9-]{0,36}",
            id in "[a-f0-9-]{1,36}",
            quantity in 1..99_u32,
            bonus in "[0-9.,]{0,8}",
            secret in "[A-Za-z0-9_&=%-]{0,20}",
            instalments in "[0-9]{0,2}",
            embed in "[a-z0-9]{0,10}",
            option in "[A-Za-zé/+&=%-]{1,20}( / [A-Z0-9]{1,4}){0,2}",
        ) {
            let choices = Choices {
                reward,
                add_ons: BTreeMap::from([(id.clone(), quantity.to_string())]),
                options: BTreeMap::from([(id, option)]),
                bonus,
                country: "FR".into(),
                secret,
                instalments,
                embed,
            };
            prop_assert_eq!(&Choices::from_query(&choices.query()), &choices);
            let fields = BTreeMap::<String, String>::from(choices.clone());
            prop_assert_eq!(Choices::from(fields), choices);
        }

        #[test]
        fn no_address_makes_the_reader_panic(query in "\\PC*") {
            let _ = Choices::from_query(&query).parse(Currency::Jpy);
        }
    }
}
