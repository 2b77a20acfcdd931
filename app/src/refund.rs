//! A campaign's charged pledges and what goes back of them, for who runs it.

pub mod act;
mod dispute;
mod give;
mod list;
mod one;

pub use list::CampaignPledges;
pub use one::CampaignPledge;
