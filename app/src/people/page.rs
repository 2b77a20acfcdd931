//! `/studio/{slug}/people`: who works on a campaign, with which rights, and what was
//! done about that.

use domain::{
    Locale,
    people::{PeopleEvent, PeoplePage, Right},
    studio::StudioPage,
    words::people as w,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{act, row, ways};
use crate::{
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    studio::{act::studio_page, anew, frame, head, news, sections},
    ui::{Notice, When, load, reading},
};

/// The people of the campaign that the address names.
#[component]
pub fn People() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let done = RwSignal::new(0_u32);
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let fetch = |(slug, _): (String, u32)| async move {
        let people = act::people(slug.clone()).await?;
        Ok((studio_page(slug).await?, people))
    };
    let page = reading(move || (slug.get(), done.get()), fetch);
    load(page, move |(studio, people)| {
        let is_done = query.with_untracked(|query| query.get("done").is_some());
        show(&studio, people, done, is_done)
    })
}

fn show(studio: &StudioPage, people: PeoplePage, done: RwSignal<u32>, is_done: bool) -> AnyView {
    let locale = locale();
    let title = format!("{} · {}", w::people(locale), studio.title);
    let is_reading = !people.rights.has(Right::ManagePeople);
    let people = StoredValue::new(people);
    let body = anew(move || {
        people.with_value(|page| {
            view! {
                {row::team(page, done)}
                {row::invitations(page, done)}
                {ways::ways(page, done)}
                {trail(page, locale)}
            }
            .into_any()
        })
    });
    let all = view! {
        <DemoCampaignNotice is_demo=studio.is_demo />
        {head(studio, true, w::people(locale).to_owned())}
        {sections(studio, Some("people"))}
        <div class="studio-body">
            {news(is_done, w::done(locale), "")}
            <p class="quiet">{w::people_lede(locale)}</p>
            {is_reading.then(|| view! { <Notice>{w::reading_only(locale)}</Notice> })}
            {body}
        </div>
    };
    frame(&title, all.into_any())
}

/// What was done, the newest first.
fn trail(page: &PeoplePage, locale: Locale) -> Option<AnyView> {
    let rows: Vec<_> = page.events.iter().map(|event| step(event, locale)).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="section" aria-labelledby="trail">
                <h2 id="trail">{w::trail(locale)}</h2>
                <ol class="rows studio-history">{rows}</ol>
            </section>
        }
        .into_any()
    })
}

fn step(event: &PeopleEvent, locale: Locale) -> AnyView {
    let who = event.who.clone().unwrap_or_else(|| w::by_link(locale).to_owned());
    let subject =
        (!event.subject.is_empty()).then(|| view! { <span>" · " {event.subject.clone()}</span> });
    let rights = (!event.rights.is_empty())
        .then(|| view! { <p class="quiet">{event.rights.say(locale)}</p> });
    view! {
        <li>
            <div>
                <b>{event.kind.name(locale)}</b>
                {subject}
                <p>{who} " · " <When at=event.at /></p>
                {rights}
            </div>
        </li>
    }
    .into_any()
}
