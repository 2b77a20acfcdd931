//! `/campaigns/{slug}/pledges`: a campaign's charged pledges.

use domain::{
    Locale,
    refund::{PledgeLine, PledgesPage},
    words::{pledge as p, refund as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::act;
use crate::{
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    pledge::tone,
    ui::{Empty, Pager, load, reading},
};

/// `/campaigns/{slug}/pledges`
#[component]
pub fn CampaignPledges() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let wanted = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug")).unwrap_or_default();
        let page = query.with(|query| query.get("page")).and_then(|page| page.parse().ok());
        (slug, page.unwrap_or(1))
    });
    let page = reading(move || wanted.get(), |(slug, page)| act::pledges(slug, page));
    load(page, |page| show(&page))
}

fn show(page: &PledgesPage) -> AnyView {
    let locale = locale();
    let heading = w::pledges_of(locale, &page.title);
    let address = format!("/campaigns/{}", page.slug);
    let pages = (page.total + PledgesPage::SIZE - 1) / PledgesPage::SIZE;
    let to = |number: i64| format!("{address}/pledges?page={number}");
    let previous = (page.page > 1).then(|| to(page.page - 1));
    let next = (page.page < pages).then(|| to(page.page + 1));
    let rows: Vec<_> = page.pledges.iter().map(|line| row(line, &address, locale)).collect();
    let list = if rows.is_empty() {
        let (title, text) = (w::no_pledges(locale), w::no_pledges_text(locale));
        view! { <Empty title=title text=text /> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <Title text=site::page_title(locale, &heading) />
        <Meta name="robots" content="noindex" />
        <DemoCampaignNotice is_demo=page.is_demo />
        <div class="page" data-width="narrow">
            <header class="page-head">
                <p>
                    <a href=format!("{address}/accounting")>{w::to_accounts(locale)}</a>
                </p>
                <h1 tabindex="-1">{heading}</h1>
                {(page.total > 0).then(|| view! { <p>{w::pledges_count(locale, page.total)}</p> })}
            </header>
            {list}
            <Pager page=page.page pages=pages previous=previous next=next />
        </div>
    }
    .into_any()
}

fn row(line: &PledgeLine, address: &str, locale: Locale) -> AnyView {
    let reward = line.reward.clone().unwrap_or_else(|| p::no_reward(locale).to_owned());
    let returned = (line.returned.minor > 0)
        .then(|| format!(" · {}", w::went_back(locale, &line.returned.display(locale))));
    view! {
        <li>
            <div>
                <a href=format!("{address}/pledges/{}", line.id)>{line.email.clone()}</a>
                <p>{reward} " · " {line.placed_at.date(locale)} {returned}</p>
            </div>
            <p>
                <span class="chip" data-tone=tone(line.state)>
                    {line.state.name(locale)}
                </span>
                " "
                <b>{line.total.display(locale)}</b>
            </p>
        </li>
    }
    .into_any()
}
