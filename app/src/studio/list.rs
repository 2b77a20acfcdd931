//! `/studio`: a person's own campaigns, and what each waits for.

use domain::{
    Locale,
    campaign::CampaignState,
    studio::{StudioLine, StudioList},
    words::{people, studio_page as w},
};
use leptos::prelude::*;

use super::{act, frame, news};
use crate::{
    layout::page_query,
    locale::locale,
    ui::{Bar, Empty, load, reading},
};

/// One's own campaigns, those that need something first.
#[component]
pub fn Campaigns() -> impl IntoView {
    let list = reading(|| (), |()| act::studio_list());
    let query = page_query();
    let is_told = move |name| query.with_untracked(|query| query.get(name).is_some());
    load(list, move |list| show(list, is_told("deleted"), is_told("left")))
}

fn show(list: StudioList, is_deleted: bool, has_left: bool) -> AnyView {
    let locale = locale();
    let reviews = list.is_operator.then(|| {
        view! {
            <a class="button" href="/admin/reviews">
                {w::reviews_count(locale, list.waiting)}
            </a>
        }
    });
    let rows: Vec<_> = list.campaigns.into_iter().map(|line| row(line, locale)).collect();
    let (start, campaigns) = if rows.is_empty() {
        let empty = view! {
            <Empty title=w::none_title(locale) text=w::none_text(locale)>
                <a class="button" data-kind="primary" href="/start">
                    {w::start(locale)}
                </a>
            </Empty>
        };
        (None, empty.into_any())
    } else {
        let start = view! {
            <a class="button" data-kind="primary" href="/start">
                {w::start_another(locale)}
            </a>
        };
        (Some(start), view! { <ul class="studio-list">{rows}</ul> }.into_any())
    };
    let body = view! {
        <header class="page-head studio-head">
            <h1 tabindex="-1">{w::studio(locale)}</h1>
            <div class="buttons">{start} {reviews}</div>
        </header>
        {news(is_deleted, w::deleted(locale), "")}
        {news(has_left, people::left(locale), "")}
        {campaigns}
    };
    frame(w::studio(locale), body.into_any())
}

fn row(line: StudioLine, locale: Locale) -> AnyView {
    let has_figures = !matches!(line.state, CampaignState::Draft | CampaignState::InReview);
    let figures = has_figures.then(|| {
        let sum = line.funding.pledged().display(locale);
        view! {
            <p class="studio-sum">
                <b>{sum}</b>
                " "
                {domain::words::campaign::pledged_of(locale, &line.funding.goal().display(locale))}
            </p>
            <Bar funding=line.funding state=line.state />
        }
    });
    view! {
        <li>
            <img src=line.image alt="" width="320" height="200" loading="lazy" decoding="async" />
            <div>
                <h2>
                    <a href=format!("/studio/{}", line.slug)>{line.title}</a>
                </h2>
                <p>
                    <span class="chip" data-tone=tone(line.state)>
                        {line.state.name(locale)}
                    </span>
                    " "
                    {line.next.say(locale)}
                </p>
                {figures}
            </div>
        </li>
    }
    .into_any()
}

/// How a campaign's state is coloured.
pub const fn tone(state: CampaignState) -> Option<&'static str> {
    match state {
        CampaignState::Live | CampaignState::Successful => None,
        CampaignState::InReview | CampaignState::Deciding => Some("warning"),
        CampaignState::Draft | CampaignState::Failed | CampaignState::Cancelled => Some("plain"),
        CampaignState::Suspended => Some("problem"),
    }
}
