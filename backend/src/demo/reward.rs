//! Rewards and add-ons of the demonstration, as their texts are written.

use domain::{
    Money, Timestamp,
    country::Country,
    id::RewardId,
    reward::{
        Image, Item, Offer, RewardKind, RewardOption, RewardView, Shipping, Variant, Variants, Zone,
    },
    time::{DAY, Month},
};

use super::{DemoCampaign, rules};
use crate::reward::NewReward;

/// A reward or add-on. Money is in major units of its campaign's currency.
#[derive(Debug, Clone)]
pub struct DemoReward {
    pub kind: RewardKind,
    pub title: &'static str,
    pub price: i64,
    pub description: &'static str,
    pub items: &'static [(&'static str, i64)],
    /// A seed of [`crate::artwork::draw`], and what it shows.
    pub picture: Option<(&'static str, &'static str)>,
    /// Delivery, in months after the deadline.
    pub months: Option<i64>,
    pub quantity: Option<i64>,
    pub limit_per_backer: Option<i64>,
    /// Opens so many days after the first start of the demonstration.
    pub opens_in_days: Option<i64>,
    /// Closes so many days after it; before it when negative.
    pub closes_in_days: Option<i64>,
    pub secret: Option<&'static str>,
    pub ship: Ship,
    /// One question, and how many there are of each answer.
    pub comes_in: Option<(&'static str, &'static [(&'static str, i64)])>,
    /// How often seeded pledges choose it, next to its neighbours.
    pub weight: u32,
    /// Exactly how many units seeded pledges take, instead of a weight.
    pub taken: Option<i64>,
}

/// [`Shipping`] as it is written down.
#[derive(Debug, Clone, Copy)]
pub enum Ship {
    Nothing,
    PickUp(&'static str),
    To(&'static [(&'static str, i64)]),
    World(&'static [(Zone, i64)], i64),
}

/// A reward of this price. Seeded pledges choose it unless told otherwise.
pub const fn reward(title: &'static str, price: i64) -> DemoReward {
    DemoReward {
        kind: RewardKind::Reward,
        title,
        price,
        description: "",
        items: &[],
        picture: None,
        months: None,
        quantity: None,
        limit_per_backer: None,
        opens_in_days: None,
        closes_in_days: None,
        secret: None,
        ship: Ship::Nothing,
        comes_in: None,
        weight: 10,
        taken: None,
    }
}

/// An add-on of this price.
pub const fn add_on(title: &'static str, price: i64) -> DemoReward {
    DemoReward { kind: RewardKind::AddOn, ..reward(title, price) }
}

impl DemoReward {
    pub const fn about(self, description: &'static str) -> Self {
        Self { description, ..self }
    }

    pub const fn with(self, items: &'static [(&'static str, i64)]) -> Self {
        Self { items, ..self }
    }

    pub const fn shown_by(self, artwork: &'static str, alt: &'static str) -> Self {
        Self { picture: Some((artwork, alt)), ..self }
    }

    pub const fn in_months(self, months: i64) -> Self {
        Self { months: Some(months), ..self }
    }

    /// No more than this many exist.
    pub const fn of(self, quantity: i64) -> Self {
        Self { quantity: Some(quantity), ..self }
    }

    /// No more than this many for one backer.
    pub const fn each(self, most: i64) -> Self {
        Self { limit_per_backer: Some(most), ..self }
    }

    pub const fn opens_in(self, days: i64) -> Self {
        Self { opens_in_days: Some(days), weight: 0, ..self }
    }

    pub const fn closes_in(self, days: i64) -> Self {
        Self { closes_in_days: Some(days), ..self }
    }

    /// Shown only to who has its link.
    pub const fn secret(self, token: &'static str) -> Self {
        Self { secret: Some(token), weight: 0, ..self }
    }

    pub const fn ships(self, ship: Ship) -> Self {
        Self { ship, ..self }
    }

    /// One of these has to be chosen, of which there are so many each.
    pub const fn comes_in(
        self,
        question: &'static str,
        answers: &'static [(&'static str, i64)],
    ) -> Self {
        Self { comes_in: Some((question, answers)), ..self }
    }

    pub const fn weight(self, weight: u32) -> Self {
        Self { weight, ..self }
    }

    pub const fn taken(self, units: i64) -> Self {
        Self { taken: Some(units), weight: 0, ..self }
    }

    /// As it is written to the database.
    pub(super) fn new_reward(&self, campaign: &DemoCampaign, start: Timestamp) -> NewReward {
        NewReward {
            kind: self.kind,
            title: self.title.into(),
            description: self.description.into(),
            price: self.price * campaign.currency.minor_per_major(),
            late_price: rules::late_price(self, campaign),
            units: self.units(),
            items: self.items(),
            image: self.image(),
            delivery: self.delivery(campaign.deadline(start)),
            offer: self.offer(start),
            secret: self.secret.map(Into::into),
            shipping: self.shipping(campaign),
            variants: self.variants(),
        }
    }

    /// As the rules read it.
    pub(super) fn view(
        &self,
        id: RewardId,
        campaign: &DemoCampaign,
        start: Timestamp,
    ) -> RewardView {
        let price = self.price * campaign.currency.minor_per_major();
        RewardView {
            id,
            kind: self.kind,
            title: self.title.into(),
            description: self.description.into(),
            price: Money::new(price, campaign.currency),
            late_price: rules::late_price(self, campaign)
                .map(|minor| Money::new(minor, campaign.currency)),
            units: self.units(),
            items: self.items(),
            image: self.image(),
            delivery: self.delivery(campaign.deadline(start)),
            offer: self.offer(start),
            shipping: self.shipping(campaign),
            variants: self.variants(),
            backers: 0,
            is_secret: self.secret.is_some(),
        }
    }

    /// What stands alone is one; what comes on top is none.
    fn units(&self) -> i64 {
        i64::from(self.kind == RewardKind::Reward)
    }

    fn items(&self) -> Vec<Item> {
        self.items
            .iter()
            .map(|(name, quantity)| Item { name: (*name).into(), quantity: *quantity })
            .collect()
    }

    fn variants(&self) -> Variants {
        let Some((question, answers)) = self.comes_in else { return Variants::default() };
        let values = answers.iter().map(|(name, _)| (*name).into()).collect();
        let variant = |(name, quantity): &(&str, i64)| Variant {
            name: (*name).into(),
            quantity: Some(*quantity),
            claimed: 0,
        };
        Variants {
            options: vec![RewardOption { name: question.into(), values }],
            list: answers.iter().map(variant).collect(),
        }
    }

    fn image(&self) -> Option<Image> {
        self.picture.map(|(artwork, alt)| Image {
            address: format!("/media/art/{artwork}.svg"),
            picture: None,
            alt: alt.into(),
        })
    }

    fn offer(&self, start: Timestamp) -> Offer {
        Offer {
            quantity: self.quantity,
            claimed: 0,
            limit_per_backer: self.limit_per_backer,
            starts_at: self.opens_in_days.map(|days| start.plus(days * DAY)),
            ends_at: self.closes_in_days.map(|days| start.plus(days * DAY)),
        }
    }

    fn delivery(&self, deadline: Timestamp) -> Option<Month> {
        let date = deadline.civil();
        let months = date.year * 12 + i64::from(date.month) - 1 + self.months?;
        let month = u8::try_from(months.rem_euclid(12) + 1).expect("a month fits a byte");
        Some(Month { year: months.div_euclid(12), month })
    }

    fn shipping(&self, campaign: &DemoCampaign) -> Shipping {
        let minor = |major: i64| major * campaign.currency.minor_per_major();
        match self.ship {
            Ship::Nothing => Shipping::None,
            Ship::PickUp(place) => Shipping::PickUp { place: place.into() },
            Ship::To(costs) => Shipping::Countries {
                costs: costs
                    .iter()
                    .map(|(code, cost)| {
                        let country = Country::parse(code)
                            .expect("a test parses every country of the demonstration");
                        (country, minor(*cost))
                    })
                    .collect(),
            },
            Ship::World(zones, elsewhere) => Shipping::Worldwide {
                zones: zones.iter().map(|(zone, cost)| (*zone, minor(*cost))).collect(),
                elsewhere: minor(elsewhere),
            },
        }
    }
}
