//! Campaigns of the past with the figures they ended with, as one small chart.

use domain::{
    campaign::CampaignCard,
    money::percent,
    words::{campaign as c, site as w},
};
use leptos::prelude::*;

use crate::locale::locale;

/// A line per campaign, as long as its sum; all sums are in one currency.
#[component]
pub fn Historic(
    /// In any order; the largest sum is shown first.
    campaigns: Vec<CampaignCard>,
) -> impl IntoView {
    let locale = locale();
    let mut campaigns = campaigns;
    campaigns.sort_by_key(|card| std::cmp::Reverse(card.funding.pledged));
    let most = campaigns.iter().map(|card| card.funding.pledged).max().unwrap_or(1).max(1);
    let lines: Vec<_> = campaigns
        .into_iter()
        .map(|card| {
            let share = i128::from(card.funding.pledged) * 100 / i128::from(most);
            view! {
                <li>
                    <a href=format!("/campaigns/{}", card.slug)>{card.title}</a>
                    <svg aria-hidden="true">
                        <rect width=format!("{share}%") height="100%" />
                    </svg>
                    <p>
                        <b>{card.funding.pledged().display(locale)}</b>
                        <span>{c::progress(locale, &percent(card.funding.percent(), locale))}</span>
                        <span>{c::backers_count(locale, card.funding.backers)}</span>
                        <span>{card.deadline.civil().year.to_string()}</span>
                    </p>
                </li>
            }
        })
        .collect();
    view! {
        <section class="shelf historic">
            <header>
                <h2>{w::home_historic(locale)}</h2>
                <p class="quiet">{w::home_historic_lede(locale)}</p>
            </header>
            <ol>{lines}</ol>
        </section>
    }
}
