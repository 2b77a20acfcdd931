//! The demonstration: campaigns written for this project, people who back them,
//! and a trickle of new pledges. Nothing in it was copied from anywhere, and
//! every page that shows it says what it is.

mod catalogue;
pub mod fixtures;
mod plan;
mod renew;
mod reward;
mod rules;
pub mod seed;
mod sql;
pub mod traffic;

#[cfg(test)]
mod tests;

use domain::{
    Currency, Locale, Timestamp,
    campaign::CampaignState,
    category::Category,
    country::Country,
    id::RewardId,
    reward::RewardView,
    time::{DAY, MINUTE},
};
use uuid::Uuid;

pub use plan::{DemoPledge, pledges};
pub use reward::{DemoReward, Ship};
pub use traffic::Traffic;

/// The password of both accounts below, shown where one signs in to a
/// demonstration and nowhere else.
pub const PASSWORD: &str = "demo-pedestal";
/// Somebody who backs, and has a draft of her own.
pub const MEMBER: (&str, &str) = ("camille@example.org", "Camille");
/// Somebody who runs the platform.
pub const OPERATOR: (&str, &str) = ("operator@example.org", "Operator of the demonstration");

/// One campaign of the demonstration.
#[derive(Debug, Clone)]
pub struct DemoCampaign {
    pub slug: &'static str,
    pub title: &'static str,
    pub subtitle: &'static str,
    /// Markdown.
    pub story: &'static str,
    pub language: Locale,
    pub category: Category,
    pub subcategory: &'static str,
    pub location: &'static str,
    /// Two letters.
    pub country: &'static str,
    pub creator: &'static str,
    pub currency: Currency,
    /// Major units.
    pub goal: i64,
    /// Whole percent of the goal that seeded pledges reach; 0 for none.
    pub percent: i64,
    /// A seed of [`crate::artwork::draw`].
    pub artwork: &'static str,
    pub image_alt: &'static str,
    pub state: CampaignState,
    pub times: Times,
    /// Totals of a campaign that ran elsewhere.
    pub record: Option<Record>,
    pub rewards: Vec<DemoReward>,
}

/// When a campaign runs.
#[derive(Debug, Clone, Copy)]
pub enum Times {
    /// Counted from the first start of the demonstration; negative minutes lie
    /// before it.
    FromStart { launched_days_ago: i64, ends_in_minutes: i64 },
    /// On the days of a public record.
    OnRecord { launched: Timestamp, ended: Timestamp },
}

/// What a public record says about a campaign of the past.
#[derive(Debug, Clone, Copy)]
pub struct Record {
    /// Minor units.
    pub pledged: i64,
    pub backers: i64,
    /// Where the figures come from, as a label.
    pub source: &'static str,
}

/// Every campaign of the demonstration: what is live first, history last.
#[must_use]
pub fn campaigns() -> Vec<DemoCampaign> {
    catalogue::all()
}

impl DemoCampaign {
    /// When it was or would be launched, for a demonstration first started at `start`.
    #[must_use]
    pub fn launched(&self, start: Timestamp) -> Timestamp {
        match self.times {
            Times::FromStart { launched_days_ago, .. } => start.plus(-launched_days_ago * DAY),
            Times::OnRecord { launched, .. } => launched,
        }
    }

    /// Its last instant.
    #[must_use]
    pub fn deadline(&self, start: Timestamp) -> Timestamp {
        match self.times {
            Times::FromStart { ends_in_minutes, .. } => start.plus(ends_in_minutes * MINUTE),
            Times::OnRecord { ended, .. } => ended,
        }
    }

    /// When it stopped taking pledges, or `start` while it still does.
    #[must_use]
    pub fn until(&self, start: Timestamp) -> Timestamp {
        self.deadline(start).min(start)
    }

    /// The goal in minor units.
    #[must_use]
    pub const fn goal_minor(&self) -> i64 {
        self.goal * self.currency.minor_per_major()
    }

    /// Where it is made.
    #[must_use]
    pub fn home(&self) -> Country {
        Country::parse(self.country).expect("a test parses every country of the demonstration")
    }

    /// Its rewards as the rules read them, with their places for ids.
    fn views(&self, start: Timestamp) -> Vec<RewardView> {
        let views = self.rewards.iter().enumerate();
        views.map(|(place, reward)| reward.view(place_id(place), self, start)).collect()
    }
}

/// Stands for the id that a reward does not have yet.
const fn place_id(place: usize) -> RewardId {
    RewardId::from_uuid(Uuid::from_u128(place as u128))
}
