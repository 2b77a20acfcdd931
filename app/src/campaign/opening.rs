//! The label on figures that were brought in from elsewhere.

use domain::{campaign::Opening, words::campaign as w};
use leptos::prelude::*;

use crate::{locale::locale, ui::Notice};

/// Says which part of the figures was not pledged here, and where it is from.
#[component]
pub fn OpeningLabel(
    /// The opening balance.
    opening: Opening,
) -> impl IntoView {
    let locale = locale();
    let pledged = opening.pledged.display(locale);
    let backers = w::backers_count(locale, opening.backers);
    view! { <Notice>{w::opening(locale, &pledged, &backers, &opening.source)}</Notice> }
}
