//! One reward or add-on, as its creator writes it.

pub mod option;
pub mod order;
mod sale;
mod travel;

use serde::{Deserialize, Serialize};

use super::{
    Form, basics::KEPT, funding::amount, is_ticked, lines, mark, number, problem, required, ticked,
};
use crate::{
    campaign::material::is_material,
    currency::Currency,
    id::RewardId,
    invalid::{Invalid, Problem},
    money::Money,
    reward::{
        Item, LONGEST_TITLE, Offer, RewardKind, RewardView, Shipping, Variants, Wording,
        check_price,
    },
    time::{Month, Zone},
    words::changes,
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
    /// One per line: `Size: S, M, L`.
    #[serde(default)]
    pub options: String,
    /// One per line: `Blue / M: 20`; what is not named has no limit.
    #[serde(default)]
    pub stock: String,
    /// From when it can be had, in the campaign's zone: `2027-03-31`, or empty.
    #[serde(default)]
    pub starts: String,
    /// `18:00`.
    #[serde(default)]
    pub starts_time: String,
    /// Until when.
    #[serde(default)]
    pub ends: String,
    #[serde(default)]
    pub ends_time: String,
    /// `on` when only its link opens it.
    #[serde(default)]
    pub secret: String,
    /// `on` when whoever saves knows that a change is told to its backers. It is nothing
    /// of the reward, so no field that is kept.
    #[serde(default)]
    pub confirmed: String,
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
    /// Its stock and its window; nothing is claimed of it.
    pub offer: Offer,
    pub units: i64,
    pub shipping: Shipping,
    pub variants: Variants,
    pub is_secret: bool,
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
            ("options", &mut self.options),
            ("stock", &mut self.stock),
            ("starts", &mut self.starts),
            ("starts_time", &mut self.starts_time),
            ("ends", &mut self.ends),
            ("ends_time", &mut self.ends_time),
            ("secret", &mut self.secret),
        ]
    }
}

impl RewardForm {
    /// The form that shows what is kept, by the campaign's clock.
    #[must_use]
    pub fn of(slug: &str, view: &RewardView, zone: Zone) -> Self {
        let currency = view.price.currency;
        let count = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let items: Vec<String> =
            view.items.iter().map(|item| format!("{} × {}", item.quantity, item.name)).collect();
        let (shipping, place, costs, elsewhere) = travel::written(&view.shipping, currency);
        let (starts, starts_time) = sale::shown(zone, view.offer.starts_at);
        let (ends, ends_time) = sale::shown(zone, view.offer.ends_at);
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
            options: option::written(&view.variants),
            stock: option::written_stock(&view.variants),
            starts,
            starts_time,
            ends,
            ends_time,
            secret: ticked(view.is_secret),
            confirmed: String::new(),
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

    /// Reads every field at once, for a campaign in this currency and by its clock. A
    /// title and a price there have to be.
    ///
    /// # Errors
    /// Problems of its fields.
    pub fn parse(&self, currency: Currency, zone: Zone) -> Result<RewardDraft, Invalid> {
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
        let variants = self.parse_variants(&mut invalid);
        let window = self.parse_window(zone, &mut invalid);
        invalid.into_result()?;
        Ok(RewardDraft {
            kind: kind.expect(KEPT),
            title: title.expect(KEPT),
            price: price.expect(KEPT),
            late_price: late_price.expect(KEPT),
            description: description.expect(KEPT),
            items: items.expect(KEPT),
            delivery: delivery.expect(KEPT),
            offer: Offer {
                quantity: quantity.expect(KEPT),
                limit_per_backer: limit.expect(KEPT),
                ..window.expect(KEPT)
            },
            units: units.expect(KEPT).unwrap_or(1),
            shipping: shipping.expect(KEPT),
            variants: variants.expect(KEPT),
            is_secret: is_ticked(&self.secret),
        })
    }

    /// Refuses a material change of a backed reward that nobody has confirmed.
    ///
    /// # Errors
    /// A problem of `confirmed`.
    pub fn check_confirmed(&self, before: &Wording, after: &Wording) -> Result<(), Invalid> {
        if !is_material(before, after) || is_ticked(&self.confirmed) {
            return Ok(());
        }
        let problem = Problem::told(|locale| changes::confirm_first(locale).to_owned());
        Err(Invalid::field("confirmed", problem))
    }
}

impl RewardDraft {
    /// The reward as backers will see it, before anybody has pledged for it.
    #[must_use]
    pub fn view(self, id: RewardId, currency: Currency) -> RewardView {
        RewardView {
            id,
            kind: self.kind,
            title: self.title,
            description: self.description,
            price: Money::new(self.price, currency),
            items: self.items,
            image: None,
            delivery: self.delivery,
            late_price: self.late_price.map(|minor| Money::new(minor, currency)),
            units: self.units,
            offer: self.offer,
            shipping: self.shipping,
            variants: self.variants,
            backers: 0,
            is_secret: self.is_secret,
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

/// The lines that say something, each with its number, counted from 1.
fn filled(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate();
    lines.filter(|(_, line)| !line.is_empty()).map(|(place, line)| (place + 1, line))
}
