//! What a reward comes in, such as sizes and colours. Each combination is a variant
//! with a stock of its own: one flat list, so that whoever sells and whoever counts
//! looks at one number and not at a table of three dimensions.

use serde::{Deserialize, Serialize};

use super::Offer;
use crate::invalid::Problem;

/// Most options of a reward, such as size, colour and cut.
pub const MOST_OPTIONS: usize = 3;
/// Most values of one option.
pub const MOST_VALUES: usize = 20;
/// Most combinations of a reward: what still fits on a phone.
pub const MOST_VARIANTS: usize = 60;
/// Longest name of an option, and longest value, in characters.
pub const LONGEST_VALUE: u32 = 30;
/// Longest name of a variant, in characters: a value of each option.
pub const LONGEST_VARIANT: usize = 96;
/// What stands between the values in the name of a variant.
pub const SEPARATOR: &str = " / ";

/// One question to the backer, such as the size.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardOption {
    pub name: String,
    /// In the creator's order; each once.
    pub values: Vec<String>,
}

/// One combination that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// A value of each option, such as `Blue / M`; the reward has it once.
    pub name: String,
    /// How many exist; `None` when there is no limit.
    pub quantity: Option<i64>,
    /// How many are taken by active pledges.
    pub claimed: i64,
}

/// The options of a reward and what they make together; nothing of either for a
/// reward that is only one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variants {
    pub options: Vec<RewardOption>,
    /// In the order of the options' values, the last option's values changing first.
    pub list: Vec<Variant>,
}

impl Variant {
    /// How many are left; `None` when there is no limit.
    #[must_use]
    pub fn left(&self) -> Option<i64> {
        self.quantity.map(|quantity| (quantity - self.claimed).max(0))
    }

    /// Whether a pledge that holds `held` units of it may hold `wanted`.
    ///
    /// # Errors
    /// [`Problem::SoldOut`] or [`Problem::OnlyLeft`].
    pub fn check(&self, wanted: i64, held: i64) -> Result<(), Problem> {
        match self.left() {
            _ if wanted <= held => Ok(()),
            Some(0) => Err(Problem::SoldOut),
            Some(left) if wanted - held > left => Err(Problem::OnlyLeft { left }),
            _ => Ok(()),
        }
    }
}

impl Variants {
    /// Whether there is nothing to choose.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// What is asked of the backer, such as `Colour / Size`.
    #[must_use]
    pub fn label(&self) -> String {
        let names: Vec<&str> = self.options.iter().map(|option| option.name.as_str()).collect();
        names.join(SEPARATOR)
    }

    /// The names of all combinations.
    #[must_use]
    pub fn names(options: &[RewardOption]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for option in options {
            names = match names.is_empty() {
                true => option.values.clone(),
                false => names
                    .iter()
                    .flat_map(|name| {
                        option.values.iter().map(move |value| format!("{name}{SEPARATOR}{value}"))
                    })
                    .collect(),
            };
        }
        names
    }

    /// The terms of the sale with the variants' stock: where every one is limited,
    /// there are as many as of all together.
    #[must_use]
    pub fn limit(&self, offer: Offer) -> Offer {
        let sum = self.list.iter().map(|one| one.quantity).sum::<Option<i64>>();
        let Some(quantity) = sum.filter(|_| !self.is_empty()) else { return offer };
        let claimed = self.list.iter().map(|one| one.claimed).sum();
        let all = Offer { quantity: Some(quantity), claimed, ..offer };
        match offer.left() {
            Some(left) if Some(left) <= all.left() => offer,
            _ => all,
        }
    }

    /// Whether `wanted` units may be had of what was chosen, if anything, by who
    /// `held` so many of something.
    ///
    /// # Errors
    /// [`Problem::Missing`] when nothing was chosen, [`Problem::UnknownChoice`] when it
    /// is none of these; what [`Variant::check`] says.
    pub fn check(
        &self,
        chosen: Option<&str>,
        wanted: i64,
        held: (Option<&str>, i64),
    ) -> Result<(), Problem> {
        let Some(chosen) = chosen else {
            return if self.is_empty() { Ok(()) } else { Err(Problem::Missing) };
        };
        let variant = self.list.iter().find(|variant| variant.name == chosen);
        let variant = variant.ok_or(Problem::UnknownChoice)?;
        variant.check(wanted, if held.0 == Some(chosen) { held.1 } else { 0 })
    }

    /// Moves the stock of one of them by so many units.
    pub fn claim(&mut self, name: Option<&str>, units: i64) {
        if let Some(variant) = self.list.iter_mut().find(|one| Some(one.name.as_str()) == name) {
            variant.claimed += units;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{RewardOption, Variant, Variants};
    use crate::{invalid::Problem, reward::Offer};

    fn shirt() -> Variants {
        let option = |name: &str, values: &[&str]| RewardOption {
            name: name.into(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        };
        let options = vec![option("Colour", &["Blue", "Red"]), option("Size", &["S", "M"])];
        let list = Variants::names(&options).into_iter();
        let list = list.map(|name| Variant { name, quantity: Some(2), claimed: 0 }).collect();
        Variants { options, list }
    }

    #[test]
    fn options_make_every_combination_once() {
        let shirt = shirt();
        let names: Vec<_> = shirt.list.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["Blue / S", "Blue / M", "Red / S", "Red / M"]);
        assert_eq!(shirt.label(), "Colour / Size");
        assert!(Variants::names(&[]).is_empty());
    }

    #[test]
    fn a_choice_is_needed_where_there_is_one_and_nowhere_else() {
        let none = (None, 0);
        assert_eq!(shirt().check(None, 1, none), Err(Problem::Missing));
        assert_eq!(shirt().check(Some("Green / S"), 1, none), Err(Problem::UnknownChoice));
        assert_eq!(shirt().check(Some("Blue / S"), 1, none), Ok(()));
        assert_eq!(Variants::default().check(None, 1, none), Ok(()));
        assert_eq!(
            Variants::default().check(Some("Blue / S"), 1, none),
            Err(Problem::UnknownChoice)
        );
    }

    #[test]
    fn a_backer_keeps_the_choice_that_is_sold_out_and_gets_no_other_for_it() {
        let mut shirt = shirt();
        shirt.list[0].claimed = 2;
        shirt.list[1].claimed = 2;
        let held = (Some("Blue / S"), 1);
        assert_eq!(shirt.check(Some("Blue / S"), 1, held), Ok(()));
        assert_eq!(shirt.check(Some("Blue / S"), 2, held), Err(Problem::SoldOut));
        assert_eq!(shirt.check(Some("Blue / M"), 1, held), Err(Problem::SoldOut));
    }

    #[test]
    fn a_reward_is_sold_out_with_the_last_of_its_variants() {
        let mut shirt = shirt();
        assert_eq!(shirt.limit(Offer::default()).left(), Some(8));
        let few = Offer { quantity: Some(3), ..Offer::default() };
        assert_eq!(shirt.limit(few).left(), Some(3));
        for variant in &mut shirt.list {
            variant.claimed = 2;
        }
        assert_eq!(shirt.limit(Offer::default()).left(), Some(0));
        shirt.list[3].quantity = None;
        assert_eq!(shirt.limit(Offer::default()).left(), None);
        assert_eq!(Variants::default().limit(Offer::default()).left(), None);
    }

    proptest! {
        #[test]
        fn no_row_of_allowed_claims_sells_more_than_there_is(
            wishes in prop::collection::vec((0..5_usize, 1..4_i64), 0..60),
        ) {
            let mut shirt = shirt();
            for (place, units) in wishes {
                let name = shirt.list.get(place).map_or("Green / S".into(), |one| one.name.clone());
                if shirt.check(Some(&name), units, (None, 0)).is_ok() {
                    shirt.claim(Some(&name), units);
                }
                prop_assert!(shirt.list.iter().all(|one| one.claimed <= 2));
            }
        }
    }
}
