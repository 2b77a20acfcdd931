//! What is charged when, and what became of it.

use domain::{
    pledge::{InstalmentState, PledgePage},
    words::instalment as w,
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    ui::{When, WhenStyle},
};

/// Every instalment with its day, amount and state; nothing when there is one
/// charge for all.
pub fn instalments(page: &PledgePage) -> Option<AnyView> {
    if page.instalments.is_empty() {
        return None;
    }
    let locale = locale();
    let rows: Vec<_> = page
        .instalments
        .iter()
        .map(|one| {
            let tone = match one.state {
                InstalmentState::Paid => None,
                InstalmentState::Errored | InstalmentState::ActionRequired => Some("warning"),
                InstalmentState::Waiting | InstalmentState::Void => Some("plain"),
            };
            view! {
                <li data-state=one.state.key()>
                    <When at=one.due_at style=WhenStyle::Date />
                    <b>{one.amount.display(locale)}</b>
                    <span class="chip" data-tone=tone>
                        {one.state.name(locale)}
                    </span>
                </li>
            }
        })
        .collect();
    let view = view! {
        <section class="section" aria-labelledby="instalments">
            <h2 id="instalments">{w::plan(locale)}</h2>
            <ul class="rows" role="list">
                {rows}
            </ul>
        </section>
    };
    Some(view.into_any())
}
