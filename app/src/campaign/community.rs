//! Who backs a campaign, in the aggregate.

use domain::{
    campaign::{CampaignState, Community},
    money::{count, percent},
    words::campaign as w,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    funding::live_funding,
    head::Head,
    opening::OpeningLabel,
    page::{Tab, tabs},
    read,
};
use crate::{
    http::absolute,
    live,
    locale::locale,
    ui::{Bar, Empty, When, WhenStyle, load, reading},
};

/// `/campaigns/{slug}/community`
#[component]
pub fn CampaignCommunity() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let community = reading(move || slug.get(), read::community);
    load(community, community_page)
}

fn community_page(page: Community) -> AnyView {
    let locale = locale();
    live::use_live(vec![page.slug.clone()]);
    let slug = page.slug.to_string();
    let title = w::community_title(locale, &page.title);
    let is_empty = page.countries.is_empty() && page.recent.is_empty();
    view! {
        <Head
            title=w::community_of(locale, &page.title)
            description=title.clone()
            address=absolute(&format!("/campaigns/{slug}/community"))
        />
        <div class="page community">
            <header class="campaign-head">
                <h1 tabindex="-1">{title}</h1>
                <p class="quiet">{w::community_privacy(locale)}</p>
            </header>
            {tabs(&slug, Tab::Community, None)}
            <Strip page=page.clone() />
            {page.opening.clone().map(|opening| view! { <OpeningLabel opening=opening /> })}
            {if is_empty {
                view! {
                    <Empty title=w::no_backers(locale) text=w::no_backers_text(locale)>
                        <a class="button" href=format!("/campaigns/{slug}")>
                            {w::view_campaign(locale)}
                        </a>
                    </Empty>
                }
                    .into_any()
            } else {
                figures(page).into_any()
            }}
        </div>
    }
    .into_any()
}

/// Sum, backers and bar in one line.
#[component]
fn Strip(page: Community) -> impl IntoView {
    let locale = locale();
    // The state decides only the bar's colour, and this page does not read it.
    let (funding, state) = live_funding(&page.slug, page.funding, CampaignState::Live);
    let goal = page.funding.goal().display(locale);
    view! {
        <div class="community-strip">
            <p class="funding-sum">
                <strong>{move || funding.get().pledged().display(locale)}</strong>
                " "
                <span>{w::pledged_of(locale, &goal)}</span>
            </p>
            <p>
                <b>{move || percent(funding.get().percent(), locale)}</b>
                " · "
                {move || w::backers_count(locale, funding.get().backers)}
            </p>
            <Bar funding=funding state=state />
        </div>
    }
}

fn figures(page: Community) -> impl IntoView {
    let locale = locale();
    let most = page.countries.iter().map(|(_, backers)| *backers).max().unwrap_or_default();
    let countries: Vec<_> = page
        .countries
        .into_iter()
        .map(|(country, backers)| {
            let name = country.map_or(w::country_unknown(locale), |country| country.name(locale));
            amount_row(name, backers, most)
        })
        .collect();
    let experience = page.first_time.max(page.returning);
    let now = page.now;
    let recent: Vec<_> = page
        .recent
        .into_iter()
        .map(|pledge| {
            view! {
                <li>
                    <b>{pledge.amount.display(locale)}</b>
                    <span>
                        {pledge.country.map(|country| country.name(locale))} " "
                        <small class="quiet">
                            <When at=pledge.at now=now style=WhenStyle::Ago />
                        </small>
                    </span>
                </li>
            }
        })
        .collect();
    view! {
        <div class="community-figures">
            <section class="shelf-part">
                <h2>{w::countries(locale)}</h2>
                <dl class="amounts">{countries}</dl>
            </section>
            <section class="shelf-part">
                <h2>{w::experience(locale)}</h2>
                <dl class="amounts">
                    {amount_row(w::first_time(locale), page.first_time, experience)}
                    {amount_row(w::returning(locale), page.returning, experience)}
                </dl>
            </section>
            <section class="shelf-part">
                <h2>{w::recent(locale)}</h2>
                <ul class="rows">{recent}</ul>
            </section>
        </div>
    }
}

/// A name, a bar and the number at its end.
fn amount_row(name: &'static str, number: i64, most: i64) -> impl IntoView {
    let width = format!("{}%", (number * 100).checked_div(most).unwrap_or_default());
    view! {
        <div>
            <dt>{name}</dt>
            <dd>
                <svg aria-hidden="true">
                    <rect width=width height="100%" />
                </svg>
                <span>{count(number, locale())}</span>
            </dd>
        </div>
    }
}
