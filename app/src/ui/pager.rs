//! Previous and next page, as real links.

use domain::words::site as w;
use leptos::prelude::*;

use super::{Icon, IconName};
use crate::locale::locale;

/// The foot of a paged list. Nothing is shown when there is one page.
#[component]
pub fn Pager(
    /// The page on show, from 1.
    page: i64,
    /// How many there are.
    pages: i64,
    /// Address of the page before, if there is one.
    previous: Option<String>,
    /// Address of the page after, if there is one.
    next: Option<String>,
) -> impl IntoView {
    let locale = locale();
    (pages > 1).then(|| {
        view! {
            <nav class="pager" aria-label=w::pager(locale)>
                {previous
                    .map(|href| {
                        view! {
                            <a class="button" rel="prev" href=href>
                                <Icon name=IconName::ArrowLeft />
                                {w::previous_page(locale)}
                            </a>
                        }
                    })} <p>{w::page_of(locale, &page, &pages)}</p>
                {next
                    .map(|href| {
                        view! {
                            <a class="button" rel="next" href=href>
                                {w::next_page(locale)}
                                <Icon name=IconName::ArrowRight />
                            </a>
                        }
                    })}
            </nav>
        }
    })
}
