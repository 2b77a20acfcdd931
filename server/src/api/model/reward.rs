//! Rewards and add-ons.

use domain::{
    Currency, Timestamp,
    reward::{self, RewardKind, RewardView, offer::Availability},
};
use serde::Serialize;
use utoipa::ToSchema;

use super::{
    Money,
    words::{AvailabilityWord, RewardKindWord, ShippingKindWord},
};

/// Everything a campaign offers: rewards first, then add-ons, each in its order.
#[derive(Debug, Serialize, ToSchema)]
pub struct RewardList {
    pub items: Vec<Reward>,
}

/// What a backer gets, or may add.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reward {
    #[schema(format = Uuid)]
    id: String,
    #[schema(value_type = RewardKindWord)]
    kind: &'static str,
    title: String,
    description: String,
    /// Of one unit, without shipping.
    price: Money,
    /// Of one unit after the success; `null` when it cannot be had then.
    late_price: Option<Money>,
    /// As how many units it counts towards a goal in units.
    #[schema(minimum = 0)]
    units: i64,
    items: Vec<Item>,
    /// The month that delivery is promised for, such as `2027-06`.
    #[schema(pattern = r"^[0-9]{4}-[0-9]{2}$")]
    delivery: Option<String>,
    #[schema(value_type = AvailabilityWord)]
    availability: &'static str,
    /// How many exist; `null` when there is no limit.
    #[schema(minimum = 0)]
    quantity: Option<i64>,
    /// How many are left; `null` when there is no limit.
    #[schema(minimum = 0)]
    remaining: Option<i64>,
    /// How many one backer may have; `null` when there is no limit of its own.
    #[schema(minimum = 0)]
    limit_per_backer: Option<i64>,
    /// Not to be had before this instant.
    #[schema(format = DateTime)]
    starts_at: Option<String>,
    /// Not to be had from this instant on.
    #[schema(format = DateTime)]
    ends_at: Option<String>,
    /// What has to be chosen, such as a size; empty when there is nothing to choose.
    options: Vec<RewardOption>,
    /// Each combination that can be chosen, with a stock of its own.
    variants: Vec<Variant>,
    shipping: Shipping,
    /// How many pledges include it.
    #[schema(minimum = 0)]
    backers: i64,
}

/// One question to the backer.
#[derive(Debug, Serialize, ToSchema)]
pub struct RewardOption {
    #[schema(examples("Size"))]
    name: String,
    values: Vec<String>,
}

/// One combination of values.
#[derive(Debug, Serialize, ToSchema)]
pub struct Variant {
    /// What a pledge's `options` name it by.
    #[schema(examples("Blue / M"))]
    name: String,
    /// How many exist; `null` when there is no limit.
    #[schema(minimum = 0)]
    quantity: Option<i64>,
    /// How many are left; `null` when there is no limit.
    #[schema(minimum = 0)]
    remaining: Option<i64>,
}

/// One thing inside a reward.
#[derive(Debug, Serialize, ToSchema)]
pub struct Item {
    name: String,
    quantity: i64,
}

/// How a reward reaches its backer.
#[derive(Debug, Serialize, ToSchema)]
pub struct Shipping {
    #[schema(value_type = ShippingKindWord)]
    how: &'static str,
    /// Where to fetch it, with `pick_up`.
    place: Option<String>,
    /// What one unit costs to each destination.
    costs: Vec<ShippingCost>,
}

/// The cost of shipping one unit.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShippingCost {
    /// An ISO 3166-1 country, a zone such as `european_union`, or `elsewhere`. The narrowest that
    /// holds a country counts.
    #[schema(examples("FR", "european_union", "elsewhere"))]
    to: String,
    cost: Money,
}

impl Reward {
    /// A reward as it stands at `now`.
    pub fn at(view: RewardView, now: Timestamp) -> Self {
        let offer = view.sale();
        Self {
            id: view.id.to_string(),
            kind: match view.kind {
                RewardKind::Reward => "reward",
                RewardKind::AddOn => "add_on",
            },
            title: view.title,
            description: view.description,
            price: view.price.into(),
            late_price: view.late_price.map(Into::into),
            units: view.units,
            items: view
                .items
                .into_iter()
                .map(|i| Item { name: i.name, quantity: i.quantity })
                .collect(),
            delivery: view.delivery.map(|month| format!("{:04}-{:02}", month.year, month.month)),
            availability: match offer.at(now) {
                Availability::Open | Availability::Left(_) => "open",
                Availability::From(_) => "not_yet",
                Availability::Over => "over",
                Availability::SoldOut => "sold_out",
            },
            quantity: offer.quantity,
            remaining: offer.left(),
            limit_per_backer: offer.limit_per_backer,
            starts_at: offer.starts_at.map(Timestamp::rfc3339),
            ends_at: offer.ends_at.map(Timestamp::rfc3339),
            options: view
                .variants
                .options
                .into_iter()
                .map(|it| RewardOption { name: it.name, values: it.values })
                .collect(),
            variants: view.variants.list.into_iter().map(Into::into).collect(),
            shipping: Shipping::of(view.shipping, view.price.currency),
            backers: view.backers,
        }
    }
}

impl From<reward::Variant> for Variant {
    fn from(one: reward::Variant) -> Self {
        Self { remaining: one.left(), name: one.name, quantity: one.quantity }
    }
}

impl Shipping {
    fn of(shipping: reward::Shipping, currency: Currency) -> Self {
        let cost = |to: String, minor| ShippingCost {
            to,
            cost: domain::Money::new(minor, currency).into(),
        };
        match shipping {
            reward::Shipping::None => Self { how: "none", place: None, costs: vec![] },
            reward::Shipping::PickUp { place } => {
                Self { how: "pick_up", place: Some(place), costs: vec![] }
            }
            reward::Shipping::Countries { costs } => {
                let costs =
                    costs.into_iter().map(|(country, minor)| cost(country.to_string(), minor));
                Self { how: "countries", place: None, costs: costs.collect() }
            }
            reward::Shipping::Worldwide { zones, elsewhere } => {
                let zones = zones.into_iter().map(|(zone, minor)| cost(word(zone), minor));
                let costs = zones.chain([cost("elsewhere".into(), elsewhere)]).collect();
                Self { how: "worldwide", place: None, costs }
            }
        }
    }
}

fn word(zone: reward::Zone) -> String {
    serde_json::to_value(zone).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
