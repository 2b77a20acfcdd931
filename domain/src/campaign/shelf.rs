//! What stands beside the texts of a campaign's page: its picture, its rewards, and facts
//! about it. How all of it stood at one time, and what changed of it, for everybody to
//! read. How a reward is told otherwise is a [`Wording`](crate::reward::Wording), too.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::StretchGoal;
use crate::{
    category::Category,
    currency::Currency,
    id::RewardId,
    locale::Locale,
    money::Money,
    reward::{RewardKind, RewardView},
    time::{Month, Timestamp},
    words::{changes as w, edit},
};

/// What it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum ShelfChangeKind {
    /// The campaign shows another picture, or the drawing again.
    Picture,
    /// A reward does.
    RewardPicture,
    RewardAdded,
    RewardRemoved,
    Category,
    Place,
    /// The stretch goals.
    Goals,
}

/// One change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfChange {
    pub at: Timestamp,
    pub kind: ShelfChangeKind,
    /// The reward's title at that time; the place, or the category's key with the finer
    /// word behind it, as it is since; empty for everything else.
    pub title: String,
}

/// How it stood at one time, as everybody saw it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shelf {
    /// Nothing, while a drawing stands in for it.
    pub picture: Option<ShelfPicture>,
    pub category: Category,
    /// A finer word; may be empty.
    pub subcategory: String,
    pub location: String,
    /// What stretch goals count in.
    pub currency: Currency,
    pub goals: Vec<StretchGoal>,
    /// Rewards first, then add-ons, each in its order; none that only its link opens.
    pub rewards: Vec<ShelfReward>,
}

/// A picture, of which another file has another address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfPicture {
    pub address: String,
    /// What is to be seen on it.
    pub alt: String,
}

/// What everybody read of a reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShelfReward {
    pub id: RewardId,
    pub kind: RewardKind,
    pub title: String,
    pub price: Money,
    pub description: String,
    pub delivery: Option<Month>,
    pub picture: Option<ShelfPicture>,
}

/// A part of it, in the order in which they are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShelfPart {
    Picture,
    Category,
    Place,
    Goals,
    Rewards,
}

impl ShelfChange {
    /// It in one sentence.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        match self.kind {
            ShelfChangeKind::Picture => w::picture_changed(locale).to_owned(),
            ShelfChangeKind::RewardPicture => w::reward_picture_changed(locale, &self.title),
            ShelfChangeKind::RewardAdded => w::reward_added(locale, &self.title),
            ShelfChangeKind::RewardRemoved => w::reward_removed(locale, &self.title),
            ShelfChangeKind::Category => {
                let whole = self.title.as_str();
                let (key, finer) = whole.split_once(' ').unwrap_or((whole, ""));
                let name = key.parse::<Category>().map_or(key, |category| category.name(locale));
                w::category_changed(locale, &with_finer(name, finer))
            }
            ShelfChangeKind::Place if self.title.is_empty() => w::place_removed(locale).to_owned(),
            ShelfChangeKind::Place => w::place_changed(locale, &self.title),
            ShelfChangeKind::Goals => w::goals_changed(locale).to_owned(),
        }
    }
}

impl Shelf {
    /// The category, with the finer word behind it.
    #[must_use]
    pub fn category_in_words(&self, locale: Locale) -> String {
        with_finer(self.category.name(locale), &self.subcategory)
    }

    /// The parts that are others in one that stood later.
    #[must_use]
    pub fn differing(&self, after: &Self) -> BTreeSet<ShelfPart> {
        let is_another_category =
            self.category != after.category || self.subcategory != after.subcategory;
        let parts = [
            (ShelfPart::Picture, self.picture != after.picture),
            (ShelfPart::Category, is_another_category),
            (ShelfPart::Place, self.location != after.location),
            (ShelfPart::Goals, self.goals != after.goals),
            (ShelfPart::Rewards, self.rewards != after.rewards),
        ];
        parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect()
    }

    /// The facts that are others in one that stood later, each with what [`ShelfChange`]
    /// calls its title. Of pictures and rewards more is known where they are changed.
    #[must_use]
    pub fn facts(&self, after: &Self) -> Vec<(ShelfChangeKind, String)> {
        let fact = |part: ShelfPart| match part {
            ShelfPart::Category => {
                let title = format!("{} {}", after.category.key(), after.subcategory);
                Some((ShelfChangeKind::Category, title.trim_end().to_owned()))
            }
            ShelfPart::Place => Some((ShelfChangeKind::Place, after.location.clone())),
            ShelfPart::Goals => Some((ShelfChangeKind::Goals, String::new())),
            ShelfPart::Picture | ShelfPart::Rewards => None,
        };
        self.differing(after).into_iter().filter_map(fact).collect()
    }
}

impl ShelfReward {
    /// What everybody reads of a reward.
    #[must_use]
    pub fn of(view: RewardView) -> Self {
        Self {
            id: view.id,
            kind: view.kind,
            title: view.title,
            price: view.price,
            description: view.description,
            delivery: view.delivery,
            picture: view
                .image
                .map(|image| ShelfPicture { address: image.address, alt: image.alt }),
        }
    }
}

impl ShelfPart {
    /// What changed, in a sentence.
    #[must_use]
    pub fn say(parts: &BTreeSet<Self>, locale: Locale) -> String {
        let names: Vec<&str> = parts.iter().map(|part| part.name(locale)).collect();
        edit::changes(locale, &names.join(", "))
    }

    const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Picture => w::the_picture(locale),
            Self::Category => w::the_category(locale),
            Self::Place => w::the_place(locale),
            Self::Goals => w::the_goals(locale),
            Self::Rewards => w::the_rewards(locale),
        }
    }
}

fn with_finer(name: &str, finer: &str) -> String {
    if finer.is_empty() { name.to_owned() } else { format!("{name}, {finer}") }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::{Shelf, ShelfChange, ShelfChangeKind, ShelfPart};
    use crate::{category::Category, currency::Currency, locale::Locale, time::Timestamp};

    pub(crate) fn shelf() -> Shelf {
        Shelf {
            picture: None,
            category: Category::Design,
            subcategory: String::new(),
            location: "Brest".into(),
            currency: Currency::Eur,
            goals: Vec::new(),
            rewards: Vec::new(),
        }
    }

    fn told(kind: ShelfChangeKind, title: String, locale: Locale) -> String {
        ShelfChange { at: Timestamp::from_seconds(0), kind, title }.say(locale)
    }

    #[test]
    fn a_fact_that_changes_is_told_as_it_is_since() {
        let before = shelf();
        assert_eq!(before.facts(&before), []);
        let after = Shelf {
            category: Category::Crafts,
            subcategory: "Big clocks".into(),
            location: String::new(),
            ..before.clone()
        };
        let parts: Vec<_> = before.differing(&after).into_iter().collect();
        assert_eq!(parts, [ShelfPart::Category, ShelfPart::Place]);
        let [category, place] = <[_; 2]>::try_from(before.facts(&after)).expect("two facts");
        let said = told(category.0, category.1, Locale::Fr);
        assert!(said.contains("Artisanat, Big clocks"), "{said}");
        assert_eq!(told(place.0, place.1, Locale::En), "The campaign no longer names a town.");
        let back = after.facts(&before);
        assert_eq!(back[0], (ShelfChangeKind::Category, "design".to_owned()));
        assert!(told(back[1].0, back[1].1.clone(), Locale::En).contains("Brest"));
    }
}
