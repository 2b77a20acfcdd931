//! Showing a campaign on another page, for who writes that page.

mod page;
pub mod read;

pub use page::CampaignEmbed;
