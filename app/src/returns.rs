//! `/admin/returns`: what has to go back and which the payment provider keeps
//! refusing, for operators.

pub mod act;
mod by_hand;

use domain::{
    Locale,
    refund::returns::{ReturnRow, ReturnsPage},
    words::{returns as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{
    error::AppError,
    layout::{focus_heading, page_query},
    locale::locale,
    ui::{Empty, Notice, RefusalNotice, Submit, Tone, When, load, reading, refused},
};

/// `/admin/returns`
#[component]
pub fn Returns() -> impl IntoView {
    let acts = Acts { again: ServerAction::new(), by_hand: ServerAction::new() };
    let done = RwSignal::new(0_u32);
    count_done(acts.again.value().into(), done);
    count_done(acts.by_hand.value().into(), done);
    let query = page_query();
    let asked = Memo::new(move |_| {
        let get = |name| query.with(|query| query.get(name)).unwrap_or_default();
        (get("see"), get("done"))
    });
    let page = reading(move || (asked.get(), done.get()), |_| act::returns());
    load(page, move |page| show(&page, acts, &asked.get_untracked()))
}

/// What can be done here.
#[derive(Clone, Copy)]
struct Acts {
    again: ServerAction<act::TryReturnAgain>,
    by_hand: ServerAction<act::SettleReturn>,
}

/// Whoever has done something sees the list as it is then.
fn count_done(answer: Signal<Option<Result<(), AppError>>>, done: RwSignal<u32>) {
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(())))) {
            done.update(|done| *done += 1);
            focus_heading();
        }
    });
}

fn show(page: &ReturnsPage, acts: Acts, (see, done): &(String, String)) -> AnyView {
    let locale = locale();
    let news = match done.as_str() {
        "again" => Some(w::done_again(locale)),
        "hand" => Some(w::done_by_hand(locale)),
        _ => None,
    };
    let news = news.map(|text| view! { <Notice tone=Tone::Good>{text}</Notice> });
    let is_seen = |row: &ReturnRow| row.id.to_string() == *see;
    let rows: Vec<_> = page.rows.iter().map(|row| line(row, is_seen(row), acts, locale)).collect();
    let list = if rows.is_empty() {
        view! { <Empty title=w::none(locale) text=w::none_text(locale) /> }.into_any()
    } else {
        view! {
            <p>{w::text(locale)}</p>
            <ul class="rows returns">{rows}</ul>
        }
        .into_any()
    };
    let most = ReturnsPage::MOST;
    view! {
        <Title text=site::page_title(locale, &w::title(locale)) />
        <Meta name="robots" content="noindex" />
        <div class="page" data-width="narrow">
            <header class="page-head">
                <h1 tabindex="-1">{w::title(locale)}</h1>
                {(page.waiting > 0).then(|| view! { <p>{w::waiting(locale, page.waiting)}</p> })}
                {(page.total > most).then(|| view! { <p>{w::more(locale, page.total)}</p> })}
            </header>
            {news}
            <RefusalNotice refused=refused(acts.again) />
            {list}
        </div>
    }
    .into_any()
}

fn line(row: &ReturnRow, is_seen: bool, acts: Acts, locale: Locale) -> AnyView {
    let pledge = format!("/campaigns/{}/pledges/{}", row.slug, row.pledge);
    let why = row.unwanted.map_or(w::campaign_over(locale), |unwanted| unwanted.name(locale));
    let says = match row.refused_for.as_str() {
        "" => w::provider_silent(locale).to_owned(),
        words => w::provider_says(locale, &words),
    };
    let id = row.id.to_string();
    let see = format!("/admin/returns?see={id}#by-hand");
    let ways = if is_seen {
        by_hand::form(row, acts.by_hand, locale)
    } else {
        view! {
            <div class="buttons">
                <ActionForm action=acts.again>
                    <input type="hidden" name="form[id]" value=id />
                    <Submit label=w::try_again(locale) pending=acts.again.pending() kind="" />
                </ActionForm>
                <a class="button" data-kind="quiet" href=see>
                    {w::by_hand(locale)}
                </a>
            </div>
        }
        .into_any()
    };
    view! {
        <li>
            <div>
                <a href=pledge>{row.email.clone()}</a>
                <p>{row.title.clone()} " · " {why}</p>
                <p>{says}</p>
                <p>{w::refused_times(locale, row.refusals)} " · " <When at=row.at /></p>
            </div>
            <b>{row.amount.display(locale)}</b>
            {ways}
        </li>
    }
    .into_any()
}
