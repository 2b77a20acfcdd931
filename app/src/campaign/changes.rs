//! `/campaigns/{slug}/changes`: everything that changed since the launch, word by word,
//! for anyone.

use domain::{
    Locale,
    campaign::shelf::ShelfChange,
    reward::wording::Difference,
    story::{
        changes::{ChangesPage, Entry, Row, What},
        compare::Change,
    },
    words::{changes as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::{head::embeddable, read};
use crate::{
    error::AppError,
    layout::page_query,
    locale::locale,
    ui::{Empty, load, reading},
};

/// What changed of its texts and how its rewards are told, and what beside them.
type Changes = (ChangesPage, Vec<ShelfChange>);

/// `/campaigns/{slug}/changes`
#[component]
pub fn CampaignChanges() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let wanted = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug")).unwrap_or_default();
        let number = |name| query.with(|query| query.get(name))?.parse::<i64>().ok();
        (slug, number("since").unwrap_or_default(), number("until").unwrap_or_default())
    });
    load(reading(move || wanted.get(), fetch), |(page, shelf): Changes| show(&page, &shelf))
}

async fn fetch((slug, since, until): (String, i64, i64)) -> Result<Changes, AppError> {
    let page = read::changes(slug.clone(), since, until).await?;
    Ok((page, read::shelf_changes(slug).await?))
}

fn show(page: &ChangesPage, shelf: &[ShelfChange]) -> AnyView {
    let locale = locale();
    let language = page.language;
    let address = format!("/campaigns/{}", page.slug);
    let title = w::what_changed_of(locale, &page.title);
    let since = page.since.as_ref().map(|entry| {
        let heading = w::since_version(locale, &entry.at.date(locale));
        section(entry, heading, language, true)
    });
    let entries = page.entries.iter().enumerate().map(|(place, entry)| {
        let date = entry.at.date(locale);
        let heading = match &entry.what {
            What::Page { .. } => w::page_changed(locale, &date),
            What::Reward { title, .. } => w::reward_changed(locale, title, &date),
        };
        section(entry, heading, language, place == 0 && page.since.is_none())
    });
    let entries = entries.collect::<Vec<_>>();
    let nothing = (entries.is_empty() && shelf.is_empty()).then(|| {
        view! { <Empty title=w::no_changes(locale) text=w::no_changes_text(locale) /> }
    });
    let older = page.older.map(|until| {
        let href = format!("{address}/changes?until={until}");
        view! {
            <a class="button" href=href>
                {w::older(locale)}
            </a>
        }
    });
    view! {
        <Title text=site::page_title(locale, &title) />
        <Meta name="description" content=w::what_changed_text(locale) />
        {embeddable(&page.slug)}
        <div class="page" data-width="narrow">
            <header class="page-head">
                <h1 tabindex="-1">{title}</h1>
                <p>{w::what_changed_text(locale)}</p>
                <p>
                    <a href=address.clone()>{w::to_campaign(locale)}</a>
                </p>
            </header>
            {since}
            {nothing}
            {entries}
            <div class="buttons">{older}</div>
            {beside(shelf, locale)}
        </div>
    }
    .into_any()
}

/// What is in no version of the page: its picture, which rewards came and went, and facts.
fn beside(shelf: &[ShelfChange], locale: Locale) -> Option<AnyView> {
    let line = |change: &ShelfChange| {
        view! { <li>{change.at.date(locale)} ": " {change.say(locale)}</li> }
    };
    let lines = shelf.iter().map(line).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="beside">
                <h2 id="beside">{w::beside_the_texts(locale)}</h2>
                <ul>{lines}</ul>
            </section>
        }
        .into_any()
    })
}

/// One change, its words folded away unless it is what somebody came for.
fn section(entry: &Entry, heading: String, language: Locale, is_open: bool) -> AnyView {
    let locale = locale();
    let body = match &entry.what {
        What::Page { sentence, rows, .. } => {
            let rows = rows.iter().map(|row| words(row, language)).collect::<Vec<_>>();
            view! {
                <p>{sentence.clone()}</p>
                <details class="changed-words" open=is_open>
                    <summary>{w::show_words(locale)}</summary>
                    {rows}
                </details>
            }
            .into_any()
        }
        What::Reward { differences, .. } => facts(differences, locale),
    };
    view! {
        <section class="section">
            <h2>{heading}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// What is told otherwise of a reward: part by part, before and after.
pub fn facts(differences: &[Difference], locale: Locale) -> AnyView {
    let lines = differences.iter().map(|one| {
        view! {
            <div>
                <dt>{one.label.clone()}</dt>
                <dd>{w::before_after(locale, &one.before, &one.after)}</dd>
            </div>
        }
    });
    view! { <dl class="changed-facts">{lines.collect::<Vec<_>>()}</dl> }.into_any()
}

fn words(row: &Row, language: Locale) -> AnyView {
    let locale = locale();
    let pieces = row.words.iter().map(|(change, text)| {
        let text = text.clone();
        let said = |words: &'static str| {
            view! {
                <span class="visually-hidden" lang=locale.tag()>
                    {words}
                    " "
                </span>
            }
        };
        match change {
            Change::Same => view! { <span>{text}</span> }.into_any(),
            Change::Gone => view! { <del>{said(w::gone(locale))} {text}</del> }.into_any(),
            Change::New => view! { <ins>{said(w::new(locale))} {text}</ins> }.into_any(),
        }
    });
    view! {
        <div>
            <h3>{row.about.clone()}</h3>
            <p lang=language.tag()>{pieces.collect::<Vec<_>>()}</p>
        </div>
    }
    .into_any()
}
