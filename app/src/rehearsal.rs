//! A campaign rehearsed, for who runs it.

mod form;
mod letters;
mod page;
pub mod read;
mod story;

pub use page::CampaignRehearsal;
