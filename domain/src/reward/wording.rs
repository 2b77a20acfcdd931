//! What backers are told of a reward, as it was when they chose it.

use serde::{Deserialize, Serialize};

use super::{Item, RewardView, Shipping};
use crate::{
    locale::Locale,
    money::Money,
    time::Month,
    words::{campaign as c, changes as w},
};

/// The wording of a reward: what its backers rely on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub title: String,
    pub price: Money,
    pub description: String,
    pub items: Vec<Item>,
    pub delivery: Option<Month>,
    pub shipping: Shipping,
}

/// One part of a wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    Title,
    Price,
    Description,
    Items,
    Delivery,
    Shipping,
}

/// One part that is told otherwise, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What it is called.
    pub label: String,
    pub before: String,
    pub after: String,
}

impl Part {
    /// Every part, in the order in which they are told.
    pub const ALL: [Self; 6] =
        [Self::Title, Self::Price, Self::Description, Self::Items, Self::Delivery, Self::Shipping];

    /// The name of the field in the creator's form.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Price => "price",
            Self::Description => "description",
            Self::Items => "items",
            Self::Delivery => "delivery",
            Self::Shipping => "shipping",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Title => w::reward_title(locale),
            Self::Price => w::reward_price(locale),
            Self::Description => w::reward_description(locale),
            Self::Items => c::items(locale),
            Self::Delivery => c::delivery(locale),
            Self::Shipping => w::reward_shipping(locale),
        }
    }
}

impl Wording {
    /// What is told of a reward now.
    #[must_use]
    pub fn of(view: &RewardView) -> Self {
        Self {
            title: view.title.clone(),
            price: view.price,
            description: view.description.clone(),
            items: view.items.clone(),
            delivery: view.delivery,
            shipping: view.shipping.clone(),
        }
    }

    /// This wording, with the parts that are locked as they were: a form that was read
    /// again may write the same thing another way.
    #[must_use]
    pub fn but_for(self, before: &Self, is_locked: impl Fn(Part) -> bool) -> Self {
        let before = before.clone();
        Self {
            title: if is_locked(Part::Title) { before.title } else { self.title },
            price: if is_locked(Part::Price) { before.price } else { self.price },
            description: if is_locked(Part::Description) {
                before.description
            } else {
                self.description
            },
            items: if is_locked(Part::Items) { before.items } else { self.items },
            delivery: if is_locked(Part::Delivery) { before.delivery } else { self.delivery },
            shipping: if is_locked(Part::Shipping) { before.shipping } else { self.shipping },
        }
    }

    /// Whether this part differs in another wording.
    #[must_use]
    pub fn differs(&self, other: &Self, part: Part) -> bool {
        match part {
            Part::Title => self.title != other.title,
            Part::Price => self.price != other.price,
            Part::Description => self.description != other.description,
            Part::Items => self.items != other.items,
            Part::Delivery => self.delivery != other.delivery,
            Part::Shipping => self.shipping != other.shipping,
        }
    }

    /// What another wording tells otherwise, in words.
    #[must_use]
    pub fn differences(&self, after: &Self, locale: Locale) -> Vec<Difference> {
        let differing = Part::ALL.into_iter().filter(|part| self.differs(after, *part));
        let told = |part: Part| Difference {
            label: part.name(locale).to_owned(),
            before: self.say(part, locale),
            after: after.say(part, locale),
        };
        differing.map(told).collect()
    }

    fn say(&self, part: Part, locale: Locale) -> String {
        let items = || {
            let item = |item: &Item| format!("{}\u{a0}×\u{a0}{}", item.quantity, item.name);
            self.items.iter().map(item).collect::<Vec<_>>().join(", ")
        };
        let said = match part {
            Part::Title => self.title.clone(),
            Part::Price => self.price.display(locale),
            Part::Description => self.description.clone(),
            Part::Items => items(),
            Part::Delivery => self.delivery.map(|month| month.display(locale)).unwrap_or_default(),
            Part::Shipping => match &self.shipping {
                Shipping::None => c::ships_nothing(locale).to_owned(),
                Shipping::PickUp { place } => place.clone(),
                Shipping::Countries { costs } => w::ships_to(locale, &costs.len()),
                Shipping::Worldwide { .. } => c::ships_worldwide(locale).to_owned(),
            },
        };
        if said.is_empty() { w::not_told(locale).to_owned() } else { said }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Part, Wording};
    use crate::{currency::Currency, locale::Locale, money::Money, reward::Shipping, time::Month};

    pub(crate) fn wording() -> Wording {
        Wording {
            title: "A clock".into(),
            price: Money::new(9_000, Currency::Eur),
            description: "Of brass.".into(),
            items: Vec::new(),
            delivery: Month::from_number(202_706),
            shipping: Shipping::None,
        }
    }

    #[test]
    fn what_differs_is_told_with_both_sides() {
        let before = wording();
        assert_eq!(before.differences(&before, Locale::En), []);
        let after = Wording { delivery: Month::from_number(202_709), ..before.clone() };
        let told = before.differences(&after, Locale::Fr);
        assert_eq!(told.len(), 1);
        assert_eq!(
            (told[0].before.as_str(), told[0].after.as_str()),
            ("juin 2027", "septembre 2027")
        );
    }

    #[test]
    fn what_is_locked_stays_as_it_was() {
        let before = wording();
        let kept = other().but_for(&before, |part| part != Part::Delivery);
        assert_eq!(kept, Wording { delivery: other().delivery, ..before.clone() });
        assert_eq!(other().but_for(&before, |_| false), other());
        assert_eq!(other().but_for(&before, |_| true), before);
    }

    fn other() -> Wording {
        Wording {
            title: "Another".into(),
            price: Money::new(1, Currency::Eur),
            description: "Of wood.".into(),
            items: vec![crate::reward::Item { name: "Card".into(), quantity: 2 }],
            delivery: None,
            shipping: Shipping::PickUp { place: "Here".into() },
        }
    }

    #[test]
    fn every_part_is_compared_and_has_a_name() {
        let told = wording().differences(&other(), Locale::En);
        assert_eq!(told.len(), Part::ALL.len());
        assert!(told.iter().all(|one| !one.before.is_empty() && !one.after.is_empty()));
    }
}
