//! How a reward travels, as its creator writes it.

use std::collections::BTreeMap;

use super::{LONGEST_PLACE, RewardForm, filled};
use crate::{
    country::Country,
    currency::Currency,
    invalid::{Invalid, Problem},
    locale::Locale,
    money::Money,
    reward::{Shipping, Zone},
    studio::{funding::amount, problem, required},
};

impl RewardForm {
    pub(super) fn parse_shipping(
        &self,
        currency: Currency,
        invalid: &mut Invalid,
    ) -> Option<Shipping> {
        match self.shipping.trim() {
            "" | "none" => Some(Shipping::None),
            "pick_up" => {
                let place = required(&self.pick_up_place, LONGEST_PLACE);
                invalid.keep("pick_up_place", place).map(|place| Shipping::PickUp { place })
            }
            "countries" => {
                let costs = costs(&self.shipping_costs, currency, parse_country);
                let costs = match costs {
                    Ok(costs) if costs.is_empty() => Err(problem::no_destination()),
                    costs => costs,
                };
                invalid.keep("shipping_costs", costs).map(|costs| Shipping::Countries { costs })
            }
            "worldwide" => {
                let zones = costs(&self.shipping_costs, currency, parse_zone);
                let zones = invalid.keep("shipping_costs", zones);
                let elsewhere = amount(&self.elsewhere, currency)
                    .and_then(|cost| cost.ok_or_else(problem::cost_missing));
                let elsewhere = invalid.keep("elsewhere", elsewhere);
                Some(Shipping::Worldwide { zones: zones?, elsewhere: elsewhere? })
            }
            _ => {
                invalid.add("shipping", Problem::UnknownChoice);
                None
            }
        }
    }
}

/// A place and a cost in each line, the cost from the first digit on.
fn costs<K: Ord>(
    text: &str,
    currency: Currency,
    place_of: fn(&str) -> Option<K>,
) -> Result<BTreeMap<K, i64>, Problem> {
    let mut costs = BTreeMap::new();
    for (at, line) in filled(text) {
        let wrong = || problem::line_cost(at);
        let digit = line.find(|c: char| c.is_ascii_digit()).ok_or_else(wrong)?;
        let (place, cost) = line.split_at(digit);
        // A currency's symbol may stand before the digits, a colon behind the name.
        let place = place.trim_end_matches(currency.symbol()).trim_end_matches([':', '=', ' ']);
        let place = place_of(place.trim()).ok_or_else(wrong)?;
        let cost = amount(cost, currency).ok().flatten().ok_or_else(wrong)?;
        let cost = Some(cost).filter(|cost| *cost <= currency.maximum()).ok_or_else(wrong)?;
        if costs.insert(place, cost).is_some() {
            return Err(problem::line_twice(at));
        }
    }
    Ok(costs)
}

/// A country by its letters, or by its name in a language of the site.
fn parse_country(text: &str) -> Option<Country> {
    let is_called = |country: &Country| {
        Locale::ALL.iter().any(|l| country.name(*l).to_lowercase() == text.to_lowercase())
    };
    Country::parse(&text.to_ascii_uppercase()).or_else(|| Country::all().find(is_called))
}

/// Parts of the world by their names, in English and in French.
const ZONES: [(Zone, &str, &str); 7] = [
    (Zone::EuropeanUnion, "EU", "UE"),
    (Zone::Europe, "Europe", "Europe"),
    (Zone::NorthAmerica, "North America", "Amérique du Nord"),
    (Zone::SouthAmerica, "South America", "Amérique du Sud"),
    (Zone::Asia, "Asia", "Asie"),
    (Zone::Africa, "Africa", "Afrique"),
    (Zone::Oceania, "Oceania", "Océanie"),
];

fn parse_zone(text: &str) -> Option<Zone> {
    let text = text.to_lowercase();
    let is_called = |names: [&str; 2]| names.iter().any(|name| name.to_lowercase() == text);
    ZONES.iter().find_map(|(zone, en, fr)| is_called([en, fr]).then_some(*zone))
}

/// Shipping as the form's fields hold it: its way, place, costs and cost elsewhere.
pub(super) fn written(
    shipping: &Shipping,
    currency: Currency,
) -> (&'static str, String, String, String) {
    let line = |place: &str, cost: i64| format!("{place} {}", Money::new(cost, currency).decimal());
    let nothing = String::new;
    match shipping {
        Shipping::None => ("none", nothing(), nothing(), nothing()),
        Shipping::PickUp { place } => ("pick_up", place.clone(), nothing(), nothing()),
        Shipping::Countries { costs } => {
            let lines: Vec<String> =
                costs.iter().map(|(country, cost)| line(country.code(), *cost)).collect();
            ("countries", nothing(), lines.join("\n"), nothing())
        }
        Shipping::Worldwide { zones, elsewhere } => {
            let lines: Vec<String> = ZONES
                .iter()
                .filter_map(|(zone, name, _)| Some(line(name, *zones.get(zone)?)))
                .collect();
            let elsewhere = Money::new(*elsewhere, currency).decimal();
            ("worldwide", nothing(), lines.join("\n"), elsewhere)
        }
    }
}
