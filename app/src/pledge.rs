//! Pledging: the checkout, the page of one pledge, and a person's own pledges.

pub mod act;
mod card;
mod checkout;
mod choosing;
mod list;
mod manage;
mod selling;
mod total;

pub use checkout::Checkout;
pub use list::MyPledges;
pub use manage::Manage;

use domain::pledge::PledgeState;

/// How a pledge's state is coloured, where it does not simply count.
pub(crate) const fn tone(state: PledgeState) -> Option<&'static str> {
    match state {
        PledgeState::Pledged | PledgeState::Collected => None,
        PledgeState::AuthenticationRequired
        | PledgeState::Errored
        | PledgeState::ActionRequired => Some("warning"),
        PledgeState::Cancelled
        | PledgeState::Expired
        | PledgeState::Dropped
        | PledgeState::Refunded => Some("plain"),
    }
}
