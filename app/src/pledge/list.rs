//! `/pledges`: everything a person has pledged.

use domain::{
    Locale,
    pledge::PledgeSummary,
    words::{pledge as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::{act, tone};
use crate::{
    campaign::live_funding,
    layout::page_query,
    live,
    locale::locale,
    ui::{Bar, Empty, Notice, Tone, load, reading},
};

/// One's own pledges, newest first.
#[component]
pub fn MyPledges() -> impl IntoView {
    let pledges = reading(|| (), |()| act::my_pledges());
    let is_welcome = page_query().with_untracked(|query| query.get("welcome").is_some());
    load(pledges, move |pledges| show(pledges, is_welcome))
}

fn show(pledges: Vec<PledgeSummary>, is_welcome: bool) -> AnyView {
    let locale = locale();
    let count = i64::try_from(pledges.len()).unwrap_or(i64::MAX);
    live::use_live(pledges.iter().map(|pledge| pledge.campaign.slug.clone()).collect());
    let rows: Vec<_> = pledges.into_iter().map(|pledge| row(pledge, locale)).collect();
    let list = if rows.is_empty() {
        view! {
            <Empty title=w::none_title(locale) text=w::none_text(locale)>
                <a class="button" data-kind="primary" href="/discover">
                    {site::not_found_discover(locale)}
                </a>
            </Empty>
        }
        .into_any()
    } else {
        view! { <ul class="pledges">{rows}</ul> }.into_any()
    };
    view! {
        <Title text=site::page_title(locale, &w::mine_title(locale)) />
        <Meta name="robots" content="noindex" />
        <div class="page" data-width="narrow">
            <header class="page-head">
                <h1 tabindex="-1">{w::mine_title(locale)}</h1>
                {(count > 0).then(|| view! { <p>{w::mine_count(locale, count)}</p> })}
            </header>
            {is_welcome
                .then(|| {
                    view! {
                        <Notice tone=Tone::Good title=w::welcome_title(locale)>
                            {w::welcome_text(locale)}
                        </Notice>
                    }
                })}
            {list}
        </div>
    }
    .into_any()
}

fn row(pledge: PledgeSummary, locale: Locale) -> impl IntoView {
    let campaign = pledge.campaign;
    let (funding, state) = live_funding(&campaign.slug, campaign.funding, campaign.state);
    let tone = tone(pledge.state);
    view! {
        <li class="pledge" data-state=pledge.state.key()>
            <img src=campaign.image alt="" width="320" height="200" loading="lazy" decoding="async" />
            <div class="pledge-body">
                <h2>
                    <a href=format!("/pledges/{}", pledge.id)>{campaign.title}</a>
                </h2>
                <p>{pledge.reward.unwrap_or_else(|| w::no_reward(locale).to_owned())}</p>
                <p class="pledge-facts">
                    <span class="chip" data-tone=tone>
                        {pledge.state.name(locale)}
                    </span>
                    <span>{w::placed_on(locale, &pledge.placed_at.date(locale))}</span>
                </p>
            </div>
            <p class="pledge-total">{pledge.total.display(locale)}</p>
            <Bar funding=funding state=state />
        </li>
    }
}
