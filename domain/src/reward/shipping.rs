//! Where a reward travels, and what that costs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{country::Country, invalid::Problem};

/// How one unit of a reward reaches its backer. Costs are minor units of the
/// campaign's currency.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shipping {
    /// Nothing travels.
    #[default]
    None,
    /// The backer comes to fetch it.
    PickUp {
        /// Where, in the creator's words.
        place: String,
    },
    /// To these countries only, each at its cost.
    Countries {
        /// Cost of one unit by country.
        costs: BTreeMap<Country, i64>,
    },
    /// Anywhere.
    Worldwide {
        /// Cost of one unit by zone; the smallest zone that holds the country counts.
        zones: BTreeMap<Zone, i64>,
        /// Cost of one unit to any other country.
        elsewhere: i64,
    },
}

/// A part of the world with one shipping cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Zone {
    EuropeanUnion,
    Europe,
    NorthAmerica,
    SouthAmerica,
    Asia,
    Africa,
    Oceania,
}

impl Shipping {
    /// Whether a destination has to be known before it can be ordered.
    #[must_use]
    pub const fn needs_destination(&self) -> bool {
        matches!(self, Self::Countries { .. } | Self::Worldwide { .. })
    }

    /// What one unit costs to this destination.
    ///
    /// # Errors
    /// [`Problem::CountryMissing`] or [`Problem::CountryNotServed`].
    pub fn cost(&self, destination: Option<Country>) -> Result<i64, Problem> {
        if !self.needs_destination() {
            return Ok(0);
        }
        let country = destination.ok_or(Problem::CountryMissing)?;
        match self {
            Self::None | Self::PickUp { .. } => Ok(0),
            Self::Countries { costs } => {
                costs.get(&country).copied().ok_or(Problem::CountryNotServed)
            }
            Self::Worldwide { zones, elsewhere } => Ok(country
                .zones()
                .iter()
                .find_map(|zone| zones.get(zone).copied())
                .unwrap_or(*elsewhere)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Shipping, Zone};
    use crate::{country::Country, invalid::Problem};

    fn country(code: &str) -> Country {
        Country::parse(code).expect("a country of the test")
    }

    #[test]
    fn the_smallest_zone_that_holds_the_country_sets_the_cost() {
        let shipping = Shipping::Worldwide {
            zones: BTreeMap::from([(Zone::EuropeanUnion, 500), (Zone::Europe, 900)]),
            elsewhere: 2000,
        };
        assert_eq!(shipping.cost(Some(country("FR"))), Ok(500));
        assert_eq!(shipping.cost(Some(country("CH"))), Ok(900));
        assert_eq!(shipping.cost(Some(country("JP"))), Ok(2000));
        assert_eq!(shipping.cost(None), Err(Problem::CountryMissing));
    }

    #[test]
    fn a_country_that_is_not_listed_is_not_served() {
        let shipping = Shipping::Countries { costs: BTreeMap::from([(country("FR"), 450)]) };
        assert_eq!(shipping.cost(Some(country("DE"))), Err(Problem::CountryNotServed));
        assert_eq!(Shipping::PickUp { place: "Lyon".into() }.cost(None), Ok(0));
    }
}
