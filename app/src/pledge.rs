//! Pledging: the checkout, the page of one pledge, and a person's own pledges.

pub mod act;
mod checkout;
mod choosing;
mod list;
mod manage;
mod selling;
mod total;

pub use checkout::Checkout;
pub use list::MyPledges;
pub use manage::Manage;
