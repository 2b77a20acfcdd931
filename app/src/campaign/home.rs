//! The home page: one campaign across the width, what moves right now, shelves.

use domain::{
    Timestamp,
    campaign::{CampaignCard, HomePage},
    category::Category,
    discovery::{Query, Sort, StateFilter},
    money::{count, percent},
    words::{campaign as c, site as w},
};
use leptos::prelude::*;

use super::{
    Card, Head, announcement::Announcement, card::demo_label, historic::Historic, live_funding,
    live_sum, of_goal, read, ticker::Ticker,
};
use crate::{
    http::absolute,
    live,
    locale::locale,
    ui::{Empty, Stones, load, picture, reading, when},
};

/// `/`
#[component]
pub fn Home() -> impl IntoView {
    let page = reading(|| (), |()| read::home());
    load(page, home_page)
}

fn home_page(page: HomePage) -> AnyView {
    let locale = locale();
    let now = page.now;
    let shelves = [&page.ending, &page.popular, &page.newest];
    let shown = page.featured.iter().chain(shelves.into_iter().flatten());
    live::use_live(shown.map(|card| card.slug.clone()).collect());
    let titles = page
        .featured
        .iter()
        .chain([&page.ending, &page.popular, &page.newest].into_iter().flatten())
        .map(|card| (card.slug.clone(), card.title.clone()))
        .collect();
    let is_empty = page.featured.is_none() && page.popular.is_empty() && page.newest.is_empty();
    let ending = Query { sort: Sort::EndingSoon, page: 1, ..Query::default() };
    let popular = Query { sort: Sort::Popular, page: 1, ..Query::default() };
    let newest = Query { sort: Sort::Newest, page: 1, ..Query::default() };
    view! {
        <Head title=w::home_title(locale) description=w::home_description(locale) address=absolute("/") />
        <div class="home">
            <header class="home-head">
                <h1 tabindex="-1">{w::home_title(locale)}</h1>
                <div>
                    <p>{w::home_lede(locale)}</p>
                    {(!is_empty)
                        .then(|| {
                            view! {
                                <p class="home-sums">
                                    <span>{w::campaigns_live(locale, page.live)}</span>
                                    <span>{w::backers_so_far(locale, page.backers)}</span>
                                </p>
                            }
                        })}
                </div>
            </header>
            {page.featured.map(|card| view! { <Hero card=card now=now /> })}
            {is_empty
                .then(|| {
                    view! {
                        <div class="shelf">
                            <Empty title=w::home_empty(locale) text=w::home_empty_text(locale) />
                        </div>
                    }
                })}
            {(!page.recent.is_empty())
                .then(|| view! { <Ticker recent=page.recent titles=titles now=now /> })}
            {shelf(w::home_ending(locale), &ending, page.ending, now)}
            {shelf(w::home_popular(locale), &popular, page.popular, now)}
            {(!page.categories.is_empty()).then(|| view! { <Categories categories=page.categories /> })}
            {shelf(w::home_newest(locale), &newest, page.newest, now)}
            {(!page.historic.is_empty()).then(|| view! { <Historic campaigns=page.historic /> })}
        </div>
    }
    .into_any()
}

/// One campaign across the width, its pedestal alive.
#[component]
fn Hero(card: CampaignCard, now: Timestamp) -> impl IntoView {
    let locale = locale();
    let (funding, state) = live_funding(&card.slug, card.funding, card.state);
    let address = format!("/campaigns/{}", card.slug);
    let of_goal = of_goal(card.funding, locale);
    let now = when::passing(now);
    let deadline = card.deadline;
    let sum = live_sum(funding);
    let name = card.title.clone();
    view! {
        <section class="hero" aria-labelledby="hero">
            <a class="hero-media campaign-media" href=address.clone() tabindex="-1" aria-hidden="true">
                {picture(card.image, card.picture, String::new(), super::page::WIDE, true)}
            </a>
            <div class="hero-body">
                <p class="kicker">
                    <b>{w::home_featured(locale)}</b>
                    <span>{card.category.name(locale)}</span>
                    <span>{c::by(locale, &card.creator)}</span>
                    {demo_label(card.is_demo)}
                </p>
                <h2 id="hero">
                    <a href=address.clone()>{card.title}</a>
                </h2>
                <p class="standfirst">{card.subtitle}</p>
                <div class="hero-funding">
                    <Stones funding=funding state=state />
                    <p class="funding-sum">
                        <strong>{sum}</strong>
                        " "
                        <span>{of_goal}</span>
                    </p>
                    <p class="hero-facts">
                        <b>{move || percent(funding.get().percent(), locale)}</b>
                        <span>{move || c::backers_count(locale, funding.get().backers)}</span>
                        <span>{move || when::time_left(deadline, now.get(), locale).0}</span>
                    </p>
                </div>
                <a class="button" data-kind="primary" data-size="large" href=address>
                    {c::view_campaign(locale)}
                </a>
                <Announcement funding=funding title=name />
            </div>
        </section>
    }
}

/// A titled row of cards with the way to all of them; nothing when empty.
fn shelf(
    title: &'static str,
    all: &Query,
    cards: Vec<CampaignCard>,
    now: Timestamp,
) -> Option<impl IntoView + use<>> {
    let locale = locale();
    let href = all.path();
    (!cards.is_empty()).then(|| {
        let cards: Vec<_> =
            cards.into_iter().map(|card| view! { <Card card=card now=now /> }).collect();
        view! {
            <section class="shelf">
                <header class="shelf-head">
                    <h2>{title}</h2>
                    <a href=href aria-label=w::home_all_of(locale, &title)>
                        {w::home_all(locale)}
                    </a>
                </header>
                <div class="cards">{cards}</div>
            </section>
        }
    })
}

/// The categories as large words, each with how much is live in it.
#[component]
fn Categories(categories: Vec<(Category, i64)>) -> impl IntoView {
    let locale = locale();
    let links: Vec<_> = categories
        .into_iter()
        .map(|(category, live)| {
            let all = Query {
                category: Some(category),
                state: StateFilter::Live,
                page: 1,
                ..Query::default()
            };
            view! {
                <li>
                    <a href=all.path()>{category.name(locale)}</a>
                    <span aria-label=w::campaigns_live(locale, live)>{count(live, locale)}</span>
                </li>
            }
        })
        .collect();
    view! {
        <section class="band">
            <div>
                <h2 class="band-title">{w::home_categories(locale)}</h2>
                <ul class="categories">{links}</ul>
            </div>
        </section>
    }
}
