//! The discover page. Its whole question is its address.

use domain::{
    discovery::{Found, Query, StateFilter},
    words::discover as w,
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta};

use super::{
    Card, Head,
    filters::{Chips, Filters},
    read,
};
use crate::{
    http::absolute,
    layout::page_query,
    live,
    locale::locale,
    ui::{Empty, Pager, load, reading},
};

/// `/discover`
#[component]
pub fn Discover() -> impl IntoView {
    let locale = locale();
    let pairs = page_query();
    let query = Memo::new(move |_| {
        pairs.with(|pairs| {
            Query::from_pairs(pairs.into_iter().map(|(name, value)| (name.as_ref(), value)))
        })
    });
    let found = reading(move || query.get(), read::discover);
    view! {
        <div class="page discover">
            <h1 class="visually-hidden" tabindex="-1">
                {w::title(locale)}
            </h1>
            <Filters query=query />
            {load(found, move |found| results(&query.get_untracked(), found))}
        </div>
    }
    .into_any()
}

fn results(query: &Query, found: Found) -> AnyView {
    let locale = locale();
    let (now, pages) = (found.now, found.pages());
    live::use_live(found.campaigns.iter().map(|card| card.slug.clone()).collect());
    let turned =
        |page: i64| (1..=pages).contains(&page).then(|| Query { page, ..query.clone() }.path());
    let (previous, next) = (turned(query.page - 1), turned(query.page + 1));
    let is_empty = found.campaigns.is_empty();
    let cards: Vec<_> =
        found.campaigns.into_iter().map(|card| view! { <Card card=card now=now /> }).collect();
    view! {
        <Head title=query.title(pages, locale) description=w::description(locale) address=absolute(&query.path()) />
        {(!query.search.is_empty()).then(|| view! { <Meta name="robots" content="noindex" /> })}
        {previous.clone().map(|path| view! { <Link rel="prev" href=absolute(&path) /> })}
        {next.clone().map(|path| view! { <Link rel="next" href=absolute(&path) /> })}
        <section class="discover-results" aria-labelledby="results">
            <header class="discover-found">
                <h2 id="results" tabindex="-1">
                    <span role="status">{w::found(locale, found.total)}</span>
                </h2>
                <Chips query=query.clone() />
            </header>
            {is_empty.then(|| nothing(query, found.total))}
            <div class="cards">{cards}</div>
            <Pager page=query.page pages=pages previous=previous next=next />
        </section>
    }
    .into_any()
}

/// Why the list is empty, and the ways out.
fn nothing(query: &Query, total: i64) -> impl IntoView + use<> {
    let locale = locale();
    if total > 0 {
        let first = Query { page: 1, ..query.clone() }.path();
        return view! {
            <Empty title=w::beyond(locale) text=w::beyond_text(locale)>
                <a class="button" href=first>
                    {w::first_page(locale)}
                </a>
            </Empty>
        }
        .into_any();
    }
    let wider = (query.state != StateFilter::Any)
        .then(|| Query { state: StateFilter::Any, page: 1, ..query.clone() }.path());
    view! {
        <Empty title=w::none_title(locale) text=w::none_text(locale)>
            {wider
                .map(|href| {
                    view! {
                        <a class="button" href=href>
                            {w::none_widen(locale)}
                        </a>
                    }
                })}
            <a class="button" href="/discover">
                {w::clear(locale)}
            </a>
        </Empty>
    }
    .into_any()
}
