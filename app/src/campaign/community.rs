//! Who backs a campaign, in the aggregate.

use domain::{campaign::Community, money::count, words::campaign as w};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    funding::{BackBar, FundingPanel},
    head::{Head, embeddable, picture},
    page::{Tab, tabs},
    read,
};
use crate::{
    http::absolute,
    layout::DemoCampaignNotice,
    live,
    locale::locale,
    ui::{Empty, When, WhenStyle, load, reading},
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
    let campaign = StoredValue::new(page.campaign.clone());
    let (slug, title) = (page.campaign.slug.clone(), page.campaign.title.clone());
    live::use_live(vec![slug.clone()]);
    let address = format!("/campaigns/{slug}");
    let heading = w::community_title(locale, &title);
    let is_empty = page.countries.is_empty() && page.recent.is_empty();
    view! {
        <Head
            title=w::community_of(locale, &title)
            description=heading.clone()
            address=absolute(&format!("/campaigns/{slug}/community"))
            image=campaign.with_value(picture)
        />
        {embeddable(&slug)}
        <DemoCampaignNotice is_demo=page.campaign.is_demo />
        <div class="page campaign" data-tab="community">
            <header class="campaign-head">
                <h1 tabindex="-1">{heading}</h1>
                <p class="quiet">{w::community_privacy(locale)}</p>
            </header>
            {tabs(slug.as_str(), Tab::Community, None)}
            {if is_empty {
                view! {
                    <Empty title=w::no_backers(locale) text=w::no_backers_text(locale)>
                        <a class="button" href=address>
                            {w::view_campaign(locale)}
                        </a>
                    </Empty>
                }
                    .into_any()
            } else {
                figures(page).into_any()
            }}
            <FundingPanel page=campaign />
            <BackBar page=campaign />
        </div>
    }
    .into_any()
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
    let now = page.campaign.now;
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
