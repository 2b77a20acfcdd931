//! Campaigns, as anyone sees them: found, read, followed.

mod card;
mod community;
mod discover;
mod filters;
mod funding;
mod head;
mod historic;
mod home;
mod opening;
mod page;
pub mod read;
mod rewards;
mod share;
mod ticker;

pub use card::Card;
pub use community::CampaignCommunity;
pub use discover::Discover;
pub use funding::live_funding;
pub use head::Head;
pub use home::Home;
pub use page::{Campaign, CampaignRewards};
pub use share::{CopyButton, Share, letter};
