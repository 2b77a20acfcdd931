//! `/admin/reviews`: campaigns that wait for the operator's word, the oldest first.

use domain::{
    Locale,
    studio::ReviewLine,
    words::{campaign as c, site, studio_page as w},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{
    layout::page_query,
    locale::locale,
    studio::act,
    ui::{Empty, Notice, Tone, When, load, reading},
};

/// The queue. Each is read and answered on its own page.
#[component]
pub fn Reviews() -> impl IntoView {
    let reviews = reading(|| (), |()| act::reviews());
    let is_done = page_query().with_untracked(|query| query.get("done").is_some());
    load(reviews, move |reviews| show(&reviews, is_done))
}

fn show(reviews: &[ReviewLine], is_done: bool) -> AnyView {
    let locale = locale();
    let rows: Vec<_> = reviews.iter().map(|line| row(line, locale)).collect();
    let list = if rows.is_empty() {
        let (title, text) = (w::no_reviews(locale), w::no_reviews_text(locale));
        view! { <Empty title=title text=text /> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    let news = is_done.then(|| {
        view! {
            <Notice tone=Tone::Good title=w::review_done(locale)>
                {w::review_done_text(locale)}
            </Notice>
        }
    });
    view! {
        <Title text=site::page_title(locale, &w::reviews(locale)) />
        <Meta name="robots" content="noindex" />
        <div class="page" data-width="narrow">
            <header class="page-head">
                <p>
                    <a href="/studio">{w::studio(locale)}</a>
                </p>
                <h1 tabindex="-1">{w::reviews(locale)}</h1>
                <p>{w::reviews_lede(locale)}</p>
            </header>
            {news}
            {list}
        </div>
    }
    .into_any()
}

fn row(line: &ReviewLine, locale: Locale) -> AnyView {
    let again = (line.times > 1).then(|| format!(" · {}", w::times(locale, line.times)));
    view! {
        <li>
            <div>
                <a href=format!("/studio/{}", line.slug)>{line.title.clone()}</a>
                <p>
                    {c::by(locale, &line.creator)} " · " {line.goal.display(locale)} " · "
                    <When at=line.submitted_at /> {again}
                </p>
            </div>
            <a class="button" href=format!("/campaigns/{}", line.slug)>
                <span>
                    {w::preview(locale)}
                    <span class="visually-hidden">" " {line.title.clone()}</span>
                </span>
            </a>
        </li>
    }
    .into_any()
}
