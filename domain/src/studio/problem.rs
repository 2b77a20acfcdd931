//! What only who writes a campaign can get wrong, each with its sentence.

use crate::{
    invalid::{Invalid, Problem},
    locale::Locale,
    money::Money,
    words::studio as w,
};

/// Something else stands there since the form was drawn.
#[must_use]
pub fn stale() -> Problem {
    said(w::stale)
}

/// Whether a form was refused because it was stale.
#[must_use]
pub fn is_stale(invalid: &Invalid) -> bool {
    invalid.of("") == Some(&stale())
}

/// A goal below the least pledge.
#[must_use]
pub fn goal_too_low(least: Money) -> Problem {
    Problem::told(|locale| w::goal_too_low(locale, &least.display(locale)))
}

/// No date, or no time of day.
#[must_use]
pub fn not_a_date() -> Problem {
    said(w::not_a_date)
}

/// An instant that has passed.
#[must_use]
pub fn not_in_future() -> Problem {
    said(w::not_in_future)
}

/// No whole number of this range.
#[must_use]
pub fn not_a_number(least: i64, most: i64) -> Problem {
    Problem::told(|locale| w::not_a_number(locale, &least, &most))
}

/// No month.
#[must_use]
pub fn not_a_month() -> Problem {
    said(w::not_a_month)
}

/// More bytes than a story may have.
#[must_use]
pub fn story_too_long(most: u32) -> Problem {
    Problem::told(|locale| w::story_too_long(locale, &crate::money::count(i64::from(most), locale)))
}

/// Not the readable part of an address.
#[must_use]
pub fn not_an_address() -> Problem {
    said(w::not_an_address)
}

/// Another campaign is to be found there.
#[must_use]
pub fn address_taken() -> Problem {
    said(w::address_taken)
}

/// A line of the items that says nothing, counted from 1.
#[must_use]
pub fn line_item(line: usize) -> Problem {
    Problem::told(|locale| w::line_item(locale, &line))
}

/// A line of the shipping costs that says nothing, counted from 1.
#[must_use]
pub fn line_cost(line: usize) -> Problem {
    Problem::told(|locale| w::line_cost(locale, &line))
}

/// A destination with two costs.
#[must_use]
pub fn line_twice(line: usize) -> Problem {
    Problem::told(|locale| w::line_twice(locale, &line))
}

/// Worldwide, at no stated cost.
#[must_use]
pub fn cost_missing() -> Problem {
    said(w::cost_missing)
}

/// To certain countries, and none is named.
#[must_use]
pub fn no_destination() -> Problem {
    said(w::no_destination)
}

/// The checklist has open items.
#[must_use]
pub fn incomplete() -> Problem {
    said(w::incomplete)
}

/// What cannot be undone was not confirmed.
#[must_use]
pub fn not_sure() -> Problem {
    said(w::not_sure)
}

/// Pledges name a reward that was to be deleted.
#[must_use]
pub fn has_pledges() -> Problem {
    said(w::has_pledges)
}

fn said(words: fn(Locale) -> &'static str) -> Problem {
    Problem::told(|locale| words(locale).to_owned())
}
