//! What moves right now: recent pledges, an amount and a place each.

use std::collections::BTreeMap;

use domain::{Timestamp, campaign::RecentPledge, live::FundingEvent, slug::Slug, words::site as w};
use leptos::prelude::*;

use crate::{
    live,
    locale::locale,
    ui::{When, WhenStyle},
};

/// Lines on show.
const LINES: usize = 4;

/// The latest pledges; new ones come in at the front while the page is open.
#[component]
pub fn Ticker(
    /// Newest first.
    recent: Vec<RecentPledge>,
    /// Titles of the campaigns that are followed on this page.
    titles: BTreeMap<Slug, String>,
    /// When the server read them.
    now: Timestamp,
) -> impl IntoView {
    let locale = locale();
    let mut recent = recent;
    recent.truncate(LINES);
    let lines = RwSignal::new(recent);
    for (slug, title) in titles {
        let latest = live::latest(&slug);
        Effect::new(move |_| {
            let news = latest.with(|event| newest(event.as_ref()?, &slug, &title));
            if let Some(pledge) = news {
                lines.update(|lines| come_in(lines, pledge));
            }
        });
    }
    view! {
        <section class="shelf" aria-labelledby="ticker">
            <h2 id="ticker" class="ticker-title">
                <i class="pulse"></i>
                {w::home_moving(locale)}
            </h2>
            <ul class="ticker">
                <For
                    each=move || lines.get()
                    key=|pledge| (pledge.slug.clone(), pledge.at)
                    children=move |pledge| line(pledge, now)
                />
            </ul>
        </section>
    }
}

fn line(pledge: RecentPledge, now: Timestamp) -> impl IntoView {
    let locale = locale();
    let place = pledge.country.map_or(w::home_elsewhere(locale), |country| country.name(locale));
    view! {
        <li>
            <p>
                <b>{pledge.amount.display(locale)}</b>
                " "
                {w::home_pledge_for(locale)}
                " "
                <a href=format!("/campaigns/{}", pledge.slug)>{pledge.title}</a>
            </p>
            <p class="quiet small">
                {place} " · " <When at=pledge.at now=now style=WhenStyle::Ago />
            </p>
        </li>
    }
}

fn newest(event: &FundingEvent, slug: &Slug, title: &str) -> Option<RecentPledge> {
    let pledge = event.newest.as_ref()?;
    Some(RecentPledge {
        slug: slug.clone(),
        title: title.to_owned(),
        amount: pledge.amount.money()?,
        country: pledge.country,
        at: pledge.at,
    })
}

/// Puts a pledge where its time belongs, once.
fn come_in(lines: &mut Vec<RecentPledge>, pledge: RecentPledge) {
    if !lines.iter().any(|known| known.slug == pledge.slug && known.at == pledge.at) {
        lines.push(pledge);
        lines.sort_by_key(|line| std::cmp::Reverse(line.at));
        lines.truncate(LINES);
    }
}
