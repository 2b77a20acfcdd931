//! What a backer wants, understood.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Choices;
use crate::{country::Country, currency::Currency, id::RewardId, money::Money};

/// The choices understood: ids, numbers and a country.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    pub reward: Option<RewardId>,
    /// Units by add-on, each at least 1.
    pub add_ons: BTreeMap<RewardId, i64>,
    /// The variant's name, by the reward or add-on that has a choice. All units of an
    /// add-on are of one variant.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub options: BTreeMap<RewardId, String>,
    /// Minor units, at least 0.
    pub bonus: i64,
    pub country: Option<Country>,
    /// The token that opens a secret reward.
    pub secret: Option<String>,
    /// In how many instalments it is paid; none when all together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instalments: Option<i64>,
}

/// What an order or a pledge takes of one reward.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    pub units: i64,
    /// The name of its variant, where the reward has any.
    pub variant: Option<String>,
}

impl Order {
    /// What it takes from stock of each reward and add-on.
    #[must_use]
    pub fn units(&self) -> BTreeMap<RewardId, Taken> {
        let mut units = self.add_ons.clone();
        if let Some(reward) = self.reward {
            *units.entry(reward).or_insert(0) += 1;
        }
        let taken = |(id, units)| (id, Taken { units, variant: self.options.get(&id).cloned() });
        units.into_iter().map(taken).collect()
    }

    /// The order as it would be typed, to prefill the form that changes it.
    #[must_use]
    pub fn choices(&self, currency: Currency) -> Choices {
        Choices {
            reward: self.reward.map(|id| id.to_string()).unwrap_or_default(),
            add_ons: self.add_ons.iter().map(|(id, n)| (id.to_string(), n.to_string())).collect(),
            options: self.options.iter().map(|(id, n)| (id.to_string(), n.clone())).collect(),
            bonus: match self.bonus {
                0 => String::new(),
                minor => Money::new(minor, currency).decimal(),
            },
            country: self.country.map(|c| c.to_string()).unwrap_or_default(),
            secret: self.secret.clone().unwrap_or_default(),
            instalments: self.instalments.map(|count| count.to_string()).unwrap_or_default(),
            embed: String::new(),
        }
    }
}
