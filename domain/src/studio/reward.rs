//! One reward or add-on, as its creator writes it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Form, basics::KEPT, funding::amount, lines, mark, number, problem, required};
use crate::{
    country::Country,
    currency::Currency,
    id::RewardId,
    invalid::{Invalid, Problem},
    locale::Locale,
    money::Money,
    reward::{Item, LONGEST_TITLE, RewardKind, RewardView, Shipping, Zone, check_price},
    time::Month,
};

/// Longest description, in characters.
pub const LONGEST_DESCRIPTION: u32 = 1_000;
/// Longest place to fetch a reward, in characters.
pub const LONGEST_PLACE: u32 = 200;
/// Longest name of an item, in characters.
const LONGEST_ITEM: u32 = 80;
/// Most items in a reward, and most of each.
const MOST_ITEMS: usize = 20;
/// Most of one item, of one reward and for one backer.
const MOST: i64 = 1_000_000;
/// Most rewards and add-ons of a campaign.
pub const MOST_REWARDS: u32 = 100;

/// A reward as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// See [`Form::version`]; empty for a new one.
    #[serde(default)]
    pub version: String,
    /// Empty for a new one.
    #[serde(default)]
    pub id: String,
    /// `reward`, `add_on`, or empty for `reward`.
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub price: String,
    /// Empty when it cannot be had after the success.
    #[serde(default)]
    pub late_price: String,
    #[serde(default)]
    pub description: String,
    /// One per line: `2 × Postcard`, or `Postcard`.
    #[serde(default)]
    pub items: String,
    /// `2027-06`, or empty.
    #[serde(default)]
    pub delivery: String,
    /// Empty when there is no limit.
    #[serde(default)]
    pub quantity: String,
    /// Empty when there is no limit.
    #[serde(default)]
    pub per_backer: String,
    /// As how many units it counts; empty for one.
    #[serde(default)]
    pub units: String,
    /// `none`, `pick_up`, `countries`, `worldwide`, or empty for `none`.
    #[serde(default)]
    pub shipping: String,
    /// Only with `pick_up`.
    #[serde(default)]
    pub pick_up_place: String,
    /// One per line: `FR 4.50`; with `worldwide` a part of the world, `Europe 9`.
    #[serde(default)]
    pub shipping_costs: String,
    /// Only with `worldwide`: what all other countries cost.
    #[serde(default)]
    pub elsewhere: String,
}

/// A reward understood. Money is in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RewardDraft {
    pub kind: RewardKind,
    pub title: String,
    pub price: i64,
    pub late_price: Option<i64>,
    pub description: String,
    pub items: Vec<Item>,
    pub delivery: Option<Month>,
    pub quantity: Option<i64>,
    pub limit_per_backer: Option<i64>,
    pub units: i64,
    pub shipping: Shipping,
}

impl Form for RewardForm {
    fn version(&self) -> &str {
        &self.version
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("kind", &mut self.kind),
            ("title", &mut self.title),
            ("price", &mut self.price),
            ("late_price", &mut self.late_price),
            ("description", &mut self.description),
            ("items", &mut self.items),
            ("delivery", &mut self.delivery),
            ("quantity", &mut self.quantity),
            ("per_backer", &mut self.per_backer),
            ("units", &mut self.units),
            ("shipping", &mut self.shipping),
            ("pick_up_place", &mut self.pick_up_place),
            ("shipping_costs", &mut self.shipping_costs),
            ("elsewhere", &mut self.elsewhere),
        ]
    }
}

impl RewardForm {
    /// The form that shows what is kept.
    #[must_use]
    pub fn of(slug: &str, view: &RewardView) -> Self {
        let currency = view.price.currency;
        let count = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let items: Vec<String> =
            view.items.iter().map(|item| format!("{} × {}", item.quantity, item.name)).collect();
        let (shipping, place, costs, elsewhere) = written(&view.shipping, currency);
        let month = |month: Month| format!("{:04}-{:02}", month.year, month.month);
        let form = Self {
            slug: slug.to_owned(),
            version: String::new(),
            id: view.id.to_string(),
            kind: kind_key(view.kind).to_owned(),
            title: view.title.clone(),
            price: view.price.decimal(),
            late_price: view.late_price.map(Money::decimal).unwrap_or_default(),
            description: view.description.clone(),
            items: items.join("\n"),
            delivery: view.delivery.map(month).unwrap_or_default(),
            quantity: count(view.offer.quantity),
            per_backer: count(view.offer.limit_per_backer),
            units: view.units.to_string(),
            shipping: shipping.to_owned(),
            pick_up_place: place,
            shipping_costs: costs,
            elsewhere,
        };
        Self { version: mark(&form), ..form }
    }

    /// The reward that it changes; `None` for a new one.
    ///
    /// # Errors
    /// [`Problem::UnknownReward`] of the form as a whole.
    pub fn id(&self) -> Result<Option<RewardId>, Invalid> {
        if self.id.is_empty() {
            return Ok(None);
        }
        let unknown = |_| Invalid::field("", Problem::UnknownReward);
        self.id.parse().map(Some).map_err(unknown)
    }

    /// Reads every field at once, for a campaign in this currency. A title and a
    /// price there have to be.
    ///
    /// # Errors
    /// Problems of its fields.
    pub fn parse(&self, currency: Currency) -> Result<RewardDraft, Invalid> {
        let mut invalid = Invalid::default();
        let price_of = |text: &str| match amount(text, currency)? {
            Some(minor) => check_price(Money::new(minor, currency)).map(|m| Some(m.minor)),
            None => Ok(None),
        };
        let kind = invalid.keep("kind", parse_kind(&self.kind));
        let title = invalid.keep("title", required(&self.title, LONGEST_TITLE));
        let price = price_of(&self.price).and_then(|price| price.ok_or(Problem::Missing));
        let price = invalid.keep("price", price);
        let late_price = invalid.keep("late_price", price_of(&self.late_price));
        let description =
            invalid.keep("description", lines(&self.description, LONGEST_DESCRIPTION));
        let items = invalid.keep("items", parse_items(&self.items));
        let delivery = invalid.keep("delivery", parse_month(&self.delivery));
        let quantity = invalid.keep("quantity", number(&self.quantity, 1, MOST));
        let limit = invalid.keep("per_backer", number(&self.per_backer, 1, MOST));
        let units = invalid.keep("units", number(&self.units, 0, 1_000));
        let shipping = self.parse_shipping(currency, &mut invalid);
        invalid.into_result()?;
        Ok(RewardDraft {
            kind: kind.expect(KEPT),
            title: title.expect(KEPT),
            price: price.expect(KEPT),
            late_price: late_price.expect(KEPT),
            description: description.expect(KEPT),
            items: items.expect(KEPT),
            delivery: delivery.expect(KEPT),
            quantity: quantity.expect(KEPT),
            limit_per_backer: limit.expect(KEPT),
            units: units.expect(KEPT).unwrap_or(1),
            shipping: shipping.expect(KEPT),
        })
    }

    fn parse_shipping(&self, currency: Currency, invalid: &mut Invalid) -> Option<Shipping> {
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

/// The word of a kind in the form.
const fn kind_key(kind: RewardKind) -> &'static str {
    match kind {
        RewardKind::Reward => "reward",
        RewardKind::AddOn => "add_on",
    }
}

fn parse_kind(text: &str) -> Result<RewardKind, Problem> {
    match text.trim() {
        "" | "reward" => Ok(RewardKind::Reward),
        "add_on" => Ok(RewardKind::AddOn),
        _ => Err(Problem::UnknownChoice),
    }
}

fn parse_month(text: &str) -> Result<Option<Month>, Problem> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let read = || {
        let (year, month) = text.split_once('-')?;
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        (year.len() == 4 && month.len() == 2 && is_number(year) && is_number(month))
            .then(|| format!("{year}{month}").parse().ok().and_then(Month::from_number))?
    };
    read().map(Some).ok_or_else(problem::not_a_month)
}

/// `2 × Postcard`, `2 x Postcard`, `2 Postcard` or `Postcard`, one per line.
fn parse_items(text: &str) -> Result<Vec<Item>, Problem> {
    let mut items = Vec::new();
    for (place, line) in filled(text) {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (count, rest) = line.split_at(digits);
        let rest = rest.trim_start();
        let after = ["×", "x ", "X "].iter().find_map(|sign| rest.strip_prefix(sign));
        let is_counted = digits > 0 && (after.is_some() || rest.len() < line.len() - digits);
        let (quantity, name) =
            if is_counted { (count.parse().ok(), after.unwrap_or(rest)) } else { (Some(1), line) };
        let quantity = quantity.filter(|quantity| (1..=MOST).contains(quantity));
        let (Some(quantity), Ok(name)) = (quantity, required(name, LONGEST_ITEM)) else {
            return Err(problem::line_item(place));
        };
        items.push(Item { name, quantity });
    }
    if items.len() > MOST_ITEMS {
        return Err(Problem::TooMany { most: MOST_ITEMS as u32 });
    }
    Ok(items)
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

/// The lines that say something, each with its number, counted from 1.
fn filled(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate();
    lines.filter(|(_, line)| !line.is_empty()).map(|(place, line)| (place + 1, line))
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
fn written(shipping: &Shipping, currency: Currency) -> (&'static str, String, String, String) {
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
