//! Campaigns, as anyone sees them: found, read, followed.

mod accounting;
mod announcement;
mod card;
mod changes;
mod collection;
mod community;
mod discover;
mod filters;
mod funding;
mod head;
mod historic;
mod home;
mod opening;
mod outcome;
mod page;
pub mod read;
pub(crate) mod rewards;
mod share;
mod stretch;
mod swap;
mod ticker;

pub use accounting::CampaignAccounts;
pub use card::Card;
pub use changes::{CampaignChanges, facts};
pub use community::CampaignCommunity;
pub use discover::Discover;
pub use funding::{FundingPanel, live_funding, live_sum, of_goal};
pub use head::Head;
pub use home::Home;
pub use outcome::{ended_badly, ended_well};
pub use page::{Campaign, CampaignRewards, Kicker, Tab, count_rewards, tabs};
pub use rewards::Rewards;
pub use share::{CopyButton, Share, letter};
