//! Who works on a campaign, the invitations to that, and the link that shows it to
//! others before its launch.

pub mod act;
mod invitation;
pub mod link;
mod page;
mod preview;
mod row;
mod ways;

pub use invitation::Invitation;
pub use page::People;
pub use preview::Preview;
