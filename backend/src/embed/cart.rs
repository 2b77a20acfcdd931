//! What was chosen on a card, signed for the way to the checkout: whoever follows the
//! link finds what the card's reader chose, or is told that it is not that any more.

use domain::{embed::cart, pledge::Choices, slug::Slug, time::DAY};

use crate::context::Backend;

/// How long a cart is believed: as long as somebody keeps a tab open.
const LASTS: i64 = DAY;

/// The mark of these choices from now on: until when they are believed, in seconds, and
/// a key over all of it.
#[must_use]
pub fn sign(backend: &Backend, slug: &Slug, choices: &Choices) -> String {
    let until = backend.clock.now().plus(LASTS).0 / 1_000_000;
    format!("{until}.{}", backend.secret.key(&signed(slug, until, choices)))
}

/// Whether the mark in the address of a campaign's checkout is of the choices that stand
/// there, and fresh.
#[must_use]
pub fn is_good(backend: &Backend, slug: &str, query: &str) -> bool {
    let Some(slug) = Slug::parse(slug) else { return false };
    let Some((choices, mark)) = cart::signed(query) else { return false };
    let Some((until, key)) = mark.split_once('.') else { return false };
    let Ok(until) = until.parse::<i64>() else { return false };
    until > backend.clock.now().0 / 1_000_000
        && backend.secret.opens(&signed(&slug, until, &choices), key)
}

fn signed(slug: &Slug, until: i64, choices: &Choices) -> String {
    format!("cart:{slug}:{until}:{}", choices.query())
}
