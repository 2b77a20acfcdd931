//! `/campaigns/{slug}/rehearsal`: the scenario is the address.

use domain::{
    campaign::CampaignState,
    rehearsal::{Part, RehearsalPage, ScenarioForm},
    words::{rehearsal as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::{form::form, letters::letters, read, story};
use crate::{
    http::note_status,
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    ui::{Empty, Notice, Tone, load, reading},
};

/// `/campaigns/{slug}/rehearsal`
#[component]
pub fn CampaignRehearsal() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let wanted = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug")).unwrap_or_default();
        let form = query.with(|query| ScenarioForm::from_pairs(|name| query.get(name)));
        (slug, form)
    });
    let page = reading(move || wanted.get(), |(slug, form)| read::rehearsal(slug, form));
    load(page, |page| show(&page))
}

fn show(page: &RehearsalPage) -> AnyView {
    let locale = locale();
    let heading = w::rehearsal_of(locale, &page.title);
    let address = format!("/campaigns/{}", page.slug);
    let body = match &page.part {
        Some(part) => played(part),
        None if page.refused.is_empty() => {
            let (title, text) = (w::no_terms_title(locale), w::no_terms_text(locale));
            view! { <Empty title=title text=text /> }.into_any()
        }
        None => {
            note_status(422);
            view! {
                <Notice tone=Tone::Problem title=w::refused_title(locale)>
                    {w::refused_text(locale)}
                </Notice>
            }
            .into_any()
        }
    };
    view! {
        <Title text=site::page_title(locale, &heading) />
        <Meta name="robots" content="noindex" />
        <DemoCampaignNotice is_demo=page.is_demo />
        <div class="page rehearsal">
            <header class="page-head">
                <p>
                    <a href=address>{w::back(locale)}</a>
                </p>
                <h1 tabindex="-1">{heading}</h1>
                <p>{w::rehearsal_text(locale)}</p>
            </header>
            {form(page)}
            <div class="rehearsal-play">{body}</div>
        </div>
    }
    .into_any()
}

fn played(part: &Part) -> AnyView {
    let locale = locale();
    let (tone, verdict) = if part.ended == CampaignState::Successful {
        ("good", w::outcome_successful(locale))
    } else {
        ("bad", w::outcome_failed(locale))
    };
    view! {
        <section class="section" aria-labelledby="story">
            <h2 id="story">{w::story(locale)}</h2>
            <p class="rehearsal-verdict" data-tone=tone>
                {verdict}
            </p>
            {story::scenes(&part.scenes)}
        </section>
        <section class="section" aria-labelledby="figures">
            <h2 id="figures">{w::figures(locale)}</h2>
            {story::figures(&part.figures)}
        </section>
        {letters(part)}
    }
    .into_any()
}
