//! What has to be there before a campaign may be submitted.

use serde::{Deserialize, Serialize};

use super::{Ends, Funds, Schedule, Section};
use crate::{
    campaign::FundingRule,
    locale::Locale,
    time::Timestamp,
    words::{identity, studio as w},
};

/// One thing that has to be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Check {
    Subtitle,
    Country,
    Goal,
    /// Only with pre-orders.
    Units,
    /// Only with rounds.
    Optimum,
    Schedule,
    Story,
    Reward,
    Delivery,
    /// The creator has stated who they are, and it was not refused.
    Identity,
}

/// One line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckItem {
    pub check: Check,
    pub is_done: bool,
}

/// What the list is made from.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    pub subtitle: &'a str,
    pub has_country: bool,
    pub funds: &'a Funds,
    pub schedule: &'a Schedule,
    pub story: &'a str,
    /// Rewards that stand alone, and those of them and of the add-ons that lack
    /// a month of delivery.
    pub rewards: usize,
    pub undated: usize,
    pub has_identity: bool,
}

impl Check {
    /// Where it is seen to.
    #[must_use]
    pub const fn section(self) -> Section {
        match self {
            Self::Subtitle | Self::Country => Section::Basics,
            Self::Goal | Self::Units | Self::Optimum => Section::Funding,
            Self::Schedule => Section::Schedule,
            Self::Story => Section::Story,
            Self::Reward | Self::Delivery => Section::Rewards,
            Self::Identity => Section::Identity,
        }
    }

    /// What has to be there, in words.
    #[must_use]
    pub const fn say(self, locale: Locale) -> &'static str {
        match self {
            Self::Subtitle => w::check_subtitle(locale),
            Self::Country => w::check_country(locale),
            Self::Goal => w::check_goal(locale),
            Self::Units => w::check_units(locale),
            Self::Optimum => w::check_optimum(locale),
            Self::Schedule => w::check_schedule(locale),
            Self::Story => w::check_story(locale),
            Self::Reward => w::check_reward(locale),
            Self::Delivery => w::check_delivery(locale),
            Self::Identity => identity::check(locale),
        }
    }
}

/// The list, in the order of the sections.
#[must_use]
pub fn checklist(facts: &Facts<'_>, now: Timestamp) -> Vec<CheckItem> {
    let funds = facts.funds;
    let launched = facts.schedule.launch_at.unwrap_or(now).max(now);
    let deadline = facts.schedule.ends.after(launched);
    let lasts = match facts.schedule.ends {
        Ends::Days(days) => funds.rule.days().contains(&days),
        Ends::At(_) => funds.rule.check_duration(launched, deadline).is_ok(),
    };
    let units = (funds.rule == FundingRule::PreOrders)
        .then_some((Check::Units, funds.goal_units.is_some()));
    let optimum =
        (funds.rule == FundingRule::Rounds).then_some((Check::Optimum, funds.optimum.is_some()));
    [
        Some((Check::Subtitle, !facts.subtitle.is_empty())),
        Some((Check::Country, facts.has_country)),
        Some((Check::Goal, funds.goal.is_some())),
        units,
        optimum,
        Some((Check::Schedule, lasts)),
        Some((Check::Story, !facts.story.is_empty())),
        Some((Check::Reward, facts.rewards > 0)),
        Some((Check::Delivery, facts.undated == 0)),
        Some((Check::Identity, facts.has_identity)),
    ]
    .into_iter()
    .flatten()
    .map(|(check, is_done)| CheckItem { check, is_done })
    .collect()
}

/// Whether nothing is missing.
#[must_use]
pub fn is_complete(list: &[CheckItem]) -> bool {
    list.iter().all(|item| item.is_done)
}
