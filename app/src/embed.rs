//! Showing a campaign on another page, for who writes that page.

pub mod act;
mod counted;
mod look;
mod own;
mod page;
pub mod read;

pub use own::{OwnEmbeds, cart, table};
pub use page::CampaignEmbed;
