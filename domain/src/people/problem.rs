//! What can be wrong with who works on a campaign, each with its sentence.

use super::Right;
use crate::{invalid::Problem, locale::Locale, words::people as w};

/// Somebody who works on a campaign lacks the right for this.
#[must_use]
pub fn lacks(right: Right) -> Problem {
    Problem::told(|locale| w::lacks(locale, &right.name(locale)))
}

/// No right is ticked.
#[must_use]
pub fn no_right() -> Problem {
    said(w::no_right)
}

/// A right that whoever changes it does not have.
#[must_use]
pub fn not_yours_to_give() -> Problem {
    said(w::not_yours_to_give)
}

/// Nobody would own the campaign any more.
#[must_use]
pub fn last_owner() -> Problem {
    said(w::last_owner)
}

/// The address works here already.
#[must_use]
pub fn already_here() -> Problem {
    said(w::already_here)
}

/// Nobody of this campaign.
#[must_use]
pub fn nobody() -> Problem {
    said(w::nobody)
}

/// This address, or this person, has had its letters for now.
#[must_use]
pub fn many_letters() -> Problem {
    said(w::many_letters)
}

/// The invitation is for another address.
#[must_use]
pub fn other_address() -> Problem {
    said(w::other_address)
}

/// The link of an invitation that was answered, withdrawn or not answered in time.
#[must_use]
pub fn invitation_gone() -> Problem {
    said(w::invitation_gone)
}

fn said(words: fn(Locale) -> &'static str) -> Problem {
    Problem::told(|locale| words(locale).to_owned())
}
