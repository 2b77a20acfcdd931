//! What has happened to a campaign: who did what, when, and what they said.

use domain::{
    studio::{EventView, StudioPage},
    words::studio_page as w,
};
use leptos::prelude::*;

use crate::{locale::locale, ui::When};

/// Every step, the newest first.
pub fn history(page: &StudioPage) -> Option<AnyView> {
    let locale = locale();
    let rows: Vec<_> = page.events.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="history">
                <h2 id="history">{w::history(locale)}</h2>
                <ol class="rows studio-history">{rows}</ol>
            </section>
        }
        .into_any()
    })
}

fn row(event: &EventView) -> AnyView {
    let locale = locale();
    let remark =
        (!event.remark.is_empty()).then(|| view! { <p class="said">{event.remark.clone()}</p> });
    let who = event.who.clone().unwrap_or_else(|| w::by_the_clock(locale).to_owned());
    view! {
        <li>
            <div>
                <b>{event.kind.name(locale)}</b>
                <p>{who} " · " <When at=event.at /></p>
                {remark}
            </div>
        </li>
    }
    .into_any()
}
