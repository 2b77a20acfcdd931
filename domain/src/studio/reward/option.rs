//! What a reward comes in, as its creator writes it: the options with their values,
//! and beside them how many there are of each combination.

use std::collections::BTreeMap;

use super::{MOST, RewardForm, filled};
use crate::{
    invalid::{Invalid, Problem},
    reward::{
        RewardOption, Variant, Variants,
        variant::{LONGEST_VALUE, MOST_OPTIONS, MOST_VALUES, MOST_VARIANTS, SEPARATOR},
    },
    studio::required,
    words::{reward_option as w, studio},
};

impl RewardForm {
    /// Its variants, of which nothing is claimed; `None` when something is wrong with
    /// them.
    pub(super) fn parse_variants(&self, invalid: &mut Invalid) -> Option<Variants> {
        let options = invalid.keep("options", parse_options(&self.options))?;
        let names = Variants::names(&options);
        let stock = invalid.keep("stock", parse_stock(&self.stock, &names))?;
        let variant = |name: String| Variant {
            quantity: stock.get(&name.to_lowercase()).copied(),
            name,
            claimed: 0,
        };
        let list = names.into_iter().map(variant).collect();
        Some(Variants { options, list })
    }
}

/// Refuses to take back what somebody may have chosen: of a reward that is backed,
/// every variant stays, with at least as many of it, and who has chosen nothing is
/// not left without a choice afterwards.
///
/// # Errors
/// A problem of `options` or of `stock`.
pub fn check_grown(before: &Variants, after: &Variants) -> Result<(), Invalid> {
    let backed = || Problem::told(|locale| studio::locked_backed(locale).to_owned());
    if before.is_empty() != after.is_empty() || before.options.len() != after.options.len() {
        return Err(Invalid::field("options", backed()));
    }
    for was in &before.list {
        let Some(now) = after.list.iter().find(|one| one.name == was.name) else {
            return Err(Invalid::field("options", backed()));
        };
        if now.quantity.unwrap_or(i64::MAX) < was.quantity.unwrap_or(i64::MAX) {
            let only_up = Problem::told(|locale| studio::only_up(locale).to_owned());
            return Err(Invalid::field("stock", only_up));
        }
    }
    Ok(())
}

/// The options as their field holds them.
pub(super) fn written(variants: &Variants) -> String {
    let line = |option: &RewardOption| format!("{}: {}", option.name, option.values.join(", "));
    variants.options.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The stock as its field holds it: variants without a limit are not named.
pub(super) fn written_stock(variants: &Variants) -> String {
    let line = |one: &Variant| Some(format!("{}: {}", one.name, one.quantity?));
    variants.list.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// `Size: S, M, L`, one per line.
fn parse_options(text: &str) -> Result<Vec<RewardOption>, Problem> {
    let mut options: Vec<RewardOption> = Vec::new();
    for (place, line) in filled(text) {
        let wrong = || Problem::told(|locale| w::line_option(locale, &place));
        let twice = || Problem::told(|locale| w::line_option_twice(locale, &place));
        let (name, values) = line.split_once(':').ok_or_else(wrong)?;
        let name = required(name, LONGEST_VALUE).map_err(|_| wrong())?;
        if options.iter().any(|other| is_same(&other.name, &name)) {
            return Err(twice());
        }
        let mut kept: Vec<String> = Vec::new();
        for value in values.split([',', ';']).filter(|value| !value.trim().is_empty()) {
            let value = required(value, LONGEST_VALUE).map_err(|_| wrong())?;
            if value.contains(SEPARATOR) {
                return Err(wrong());
            }
            if kept.iter().any(|other| is_same(other, &value)) {
                return Err(twice());
            }
            kept.push(value);
        }
        if kept.is_empty() {
            return Err(wrong());
        }
        if kept.len() > MOST_VALUES {
            return Err(Problem::TooMany { most: MOST_VALUES as u32 });
        }
        options.push(RewardOption { name, values: kept });
    }
    if options.len() > MOST_OPTIONS {
        return Err(Problem::TooMany { most: MOST_OPTIONS as u32 });
    }
    let combinations: usize = options.iter().map(|option| option.values.len()).product();
    if combinations > MOST_VARIANTS {
        return Err(Problem::told(|locale| {
            w::too_many_variants(locale, &combinations, &MOST_VARIANTS)
        }));
    }
    Ok(options)
}

/// `Blue / M: 20`, one per line: how many there are, by the name in small letters.
fn parse_stock(text: &str, names: &[String]) -> Result<BTreeMap<String, i64>, Problem> {
    let mut stock = BTreeMap::new();
    for (place, line) in filled(text) {
        let wrong = || Problem::told(|locale| w::line_stock(locale, &place));
        let (name, count) = line.rsplit_once([':', '=', ' ']).ok_or_else(wrong)?;
        let count = count.trim().parse().ok().filter(|count| (0..=MOST).contains(count));
        let name = name.trim_end_matches([':', '=', ' ']);
        let name = names.iter().find(|known| is_same(known, name)).ok_or_else(wrong)?;
        if stock.insert(name.to_lowercase(), count.ok_or_else(wrong)?).is_some() {
            return Err(Problem::told(|locale| w::line_option_twice(locale, &place)));
        }
    }
    Ok(stock)
}

/// Whether people take two names for the same.
fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{check_grown, parse_options, parse_stock};
    use crate::{invalid::Invalid, reward::Variants, studio::RewardForm};

    fn read(options: &str, stock: &str) -> Result<Variants, Vec<String>> {
        let form =
            RewardForm { options: options.into(), stock: stock.into(), ..RewardForm::default() };
        let mut invalid = Invalid::default();
        form.parse_variants(&mut invalid).ok_or_else(|| invalid.0.into_keys().collect())
    }

    fn quantities(options: &str, stock: &str) -> Vec<(String, Option<i64>)> {
        let variants = read(options, stock).expect("variants");
        variants.list.into_iter().map(|one| (one.name, one.quantity)).collect()
    }

    #[test]
    fn options_and_their_stock_are_read_line_by_line() {
        let all = quantities("Colour: Blue, Red\nSize: S, 38", "blue / s: 20\n\nRed / 38 = 0");
        let named = |name: &str, quantity| (name.to_owned(), quantity);
        assert_eq!(
            all,
            [
                named("Blue / S", Some(20)),
                named("Blue / 38", None),
                named("Red / S", None),
                named("Red / 38", Some(0)),
            ]
        );
        assert_eq!(quantities("Size: 38, 39", "38 5"), [named("38", Some(5)), named("39", None)]);
        assert_eq!(quantities("", ""), []);
    }

    #[test]
    fn what_makes_no_choice_is_refused_at_its_field() {
        let long = "x".repeat(10_000);
        for options in [
            "Size",
            "Size:",
            ": S, M",
            "Size: S, s",
            "Size: S\nsize: M",
            "Size: S / M, L",
            "A: a\nB: b\nC: c\nD: d",
            &format!("Size: {long}"),
            &format!("{long}: S"),
            &format!("Size: {}", (0..21).map(|n| n.to_string()).collect::<Vec<_>>().join(",")),
            "A: 1,2,3,4,5\nB: 1,2,3,4,5\nC: 1,2,3",
        ] {
            assert_eq!(read(options, ""), Err(vec!["options".to_owned()]), "{options:.40}");
        }
        for stock in ["M", "XL: 3", "M: -1", "M: many", "M: 1\nm: 2", "M: 99999999999999999999"] {
            assert_eq!(read("Size: S, M", stock), Err(vec!["stock".to_owned()]), "{stock}");
        }
        assert_eq!(read("", "M: 3"), Err(vec!["stock".to_owned()]));
    }

    #[test]
    fn what_somebody_has_chosen_stays_to_be_had() {
        let before = read("Size: S, M", "S: 5").expect("variants");
        let grown = |options: &str, stock: &str| {
            let after = read(options, stock).expect("variants");
            check_grown(&before, &after).map_err(|why| why.0.into_keys().collect::<Vec<_>>())
        };
        assert_eq!(grown("Size: XS, S, M", "S: 6"), Ok(()));
        assert_eq!(grown("Size: M, S", ""), Ok(()));
        assert_eq!(grown("Size: S, M", "S: 4"), Err(vec!["stock".to_owned()]));
        assert_eq!(grown("Size: S, M", "S: 5\nM: 900"), Err(vec!["stock".to_owned()]));
        for options in ["Size: S", "Size: S, M\nCut: Long", ""] {
            assert_eq!(grown(options, ""), Err(vec!["options".to_owned()]), "{options}");
        }
        let none = Variants::default();
        assert!(check_grown(&none, &before).is_err());
        assert!(check_grown(&none, &none).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(options in "\\PC{0,80}", stock in "\\PC{0,80}") {
            if let Ok(options) = parse_options(&options) {
                let _ = parse_stock(&stock, &Variants::names(&options));
            }
        }
    }
}
