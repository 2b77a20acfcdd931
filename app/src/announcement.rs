//! A campaign that is announced before its launch, and who wants to be told of that.

pub mod act;
mod answer;
mod page;
pub mod switch;

pub use answer::Answering;
pub use page::Announcement;
