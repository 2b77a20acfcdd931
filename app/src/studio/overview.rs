//! `/studio/{slug}`: where a campaign stands, what it still needs, and what to do
//! next.

use domain::{
    Locale,
    campaign::CampaignState,
    people::Right,
    studio::{CheckItem, Section, StudioPage},
    words::{campaign as c, embed_rule, people, studio_page as w},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{act, anew, embeds, frame, history, list::tone, news, step};
use crate::{
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    ui::{Bar, Icon, IconName, Notice, Tone, When, WhenStyle, load, reading},
};

/// The overview of the campaign that the address names.
#[component]
pub fn Overview() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let done = RwSignal::new(0_u32);
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let page = reading(move || (slug.get(), done.get()), |(slug, _)| act::studio_page(slug));
    load(page, move |page| {
        let has = |name| query.with_untracked(|query| query.get(name).is_some());
        show(page, done, [has("started"), has("done"), has("joined")])
    })
}

fn show(page: StudioPage, done: RwSignal<u32>, told: [bool; 3]) -> AnyView {
    let [is_started, is_done, has_joined] = told;
    let locale = locale();
    let title = page.title.clone();
    let page = StoredValue::new(page);
    let steps = anew(move || page.with_value(|page| step::steps(page, done)));
    let body = page.with_value(|page| {
        view! {
            <DemoCampaignNotice is_demo=page.is_demo />
            {head(page, false, page.title.clone())}
            {sections(page, None)}
            <div class="studio-body">
                {news(is_started, w::started(locale), w::started_text(locale))}
                {news(is_done, w::done(locale), "")}
                {news(has_joined, people::joined(locale), "")}
                {said(page, locale)}
                {figures(page, locale)}
                {checklist(page, locale)}
                {steps}
                {history::history(page)}
            </div>
        }
        .into_any()
    });
    frame(&title, body)
}

/// The way back, the state, and what this page is about: the campaign or a part of it.
pub fn head(page: &StudioPage, is_part: bool, heading: String) -> AnyView {
    let locale = locale();
    let campaign = is_part.then(|| {
        view! {
            <a href=format!("/studio/{}", page.slug)>{page.title.clone()}</a>
        }
    });
    let creator = (!page.is_owner).then(|| view! { <span>{c::by(locale, &page.creator)}</span> });
    view! {
        <header class="page-head studio-head">
            <p class="kicker">
                <a href="/studio">{w::studio(locale)}</a>
                {campaign}
                {creator}
                <span class="chip" data-tone=tone(page.state)>
                    {page.state.name(locale)}
                </span>
            </p>
            <h1 tabindex="-1">{heading}</h1>
        </header>
    }
    .into_any()
}

/// The sections of a campaign, each with whether something is missing in it.
pub fn sections(page: &StudioPage, here: Option<&str>) -> AnyView {
    let locale = locale();
    let address = format!("/studio/{}", page.slug);
    let is_written = matches!(page.state, CampaignState::Draft | CampaignState::InReview);
    let entry = |key: &'static str, name: &'static str, mark: Option<bool>| {
        let mark = mark.filter(|_| is_written).map(|is_done| {
            let words = if is_done { w::complete(locale) } else { w::incomplete(locale) };
            view! {
                <span data-done=is_done.then_some("")>
                    {is_done.then(|| view! { <Icon name=IconName::Check /> })}
                    <span class="visually-hidden">{words}</span>
                </span>
            }
        });
        let is_here = here.unwrap_or_default() == key;
        let href = if key.is_empty() { address.clone() } else { format!("{address}/{key}") };
        view! {
            <li>
                <a href=href aria-current=is_here.then_some("page")>
                    {name}
                    {mark}
                </a>
            </li>
        }
        .into_any()
    };
    let of_section = |section: Section| {
        let mut items =
            page.checklist.iter().filter(|item| item.check.section() == section).peekable();
        let mark = items.peek().is_some().then(|| items.all(|item| item.is_done));
        entry(section.key(), section.name(locale), mark)
    };
    let all: Vec<_> = Section::ALL.into_iter().map(of_section).collect();
    view! {
        <nav class="studio-nav" aria-label=w::sections(locale)>
            <ul>
                {entry("", w::overview(locale), None)}
                {all}
                {entry(embeds::KEY, embed_rule::section(locale), None)}
                {entry("preview", w::preview(locale), None)}
                {entry("people", people::people(locale), None)}
            </ul>
        </nav>
    }
    .into_any()
}

/// What the operator or the creator has said: remarks of a review, or why it ended.
fn said(page: &StudioPage, locale: Locale) -> Option<AnyView> {
    let (title, text) = match page.state {
        CampaignState::Draft => (w::remarks(locale), page.remarks.clone()?),
        CampaignState::Cancelled => (c::ended_cancelled(locale), page.reason.clone()?),
        CampaignState::Suspended => (c::ended_suspended(locale), page.reason.clone()?),
        _ => return None,
    };
    let view = view! {
        <Notice tone=Tone::Warning title=title>
            <p class="said">{text}</p>
        </Notice>
    };
    Some(view.into_any())
}

/// How far it has come, from the launch on.
fn figures(page: &StudioPage, locale: Locale) -> Option<AnyView> {
    page.launched_at?;
    let funding = page.figures;
    let (name, style) = match page.state {
        CampaignState::Live => (c::to_go(locale), WhenStyle::Left),
        _ => (w::ends(locale), WhenStyle::Date),
    };
    let view = view! {
        <section class="studio-figures" aria-labelledby="figures">
            <h2 id="figures" class="visually-hidden">
                {c::funding(locale)}
            </h2>
            <p class="studio-sum">
                <b>{funding.pledged().display(locale)}</b>
                " "
                {c::pledged_of(locale, &funding.goal().display(locale))}
            </p>
            <Bar funding=funding state=page.state />
            <dl class="facts">
                <div>
                    <dt>{c::backers(locale)}</dt>
                    <dd>{domain::money::count(funding.backers, locale)}</dd>
                </div>
                <div>
                    <dt>{name}</dt>
                    <dd>
                        <When at=page.deadline now=page.now style=style />
                    </dd>
                </div>
                <div>
                    <dt>{c::average(locale)}</dt>
                    <dd>{funding.average().display(locale)}</dd>
                </div>
            </dl>
            <div class="buttons">
                <a class="button" href=format!("/campaigns/{}", page.slug)>
                    {c::view_campaign(locale)}
                </a>
                {(page.rights.has(Right::SeeBackers) || page.is_operator)
                    .then(|| {
                        view! {
                            <a class="button" href=format!("/campaigns/{}/pledges", page.slug)>
                                {domain::words::refund::see_pledges(locale)}
                            </a>
                        }
                    })}
            </div>
        </section>
    };
    Some(view.into_any())
}

/// What a draft needs before somebody reviews it, each with the way there.
fn checklist(page: &StudioPage, locale: Locale) -> Option<AnyView> {
    if page.state != CampaignState::Draft {
        return None;
    }
    let total = page.checklist.len();
    let done = page.checklist.iter().filter(|item| item.is_done).count();
    let rows: Vec<_> = page.checklist.iter().map(|item| row(page, item, locale)).collect();
    let view = view! {
        <section class="section" aria-labelledby="checklist">
            <h2 id="checklist">{w::checklist(locale)}</h2>
            <p class="quiet">{w::checklist_count(locale, &done, &total)}</p>
            <ul class="studio-checklist">{rows}</ul>
        </section>
    };
    Some(view.into_any())
}

fn row(page: &StudioPage, item: &CheckItem, locale: Locale) -> AnyView {
    let words = if item.is_done { w::complete(locale) } else { w::incomplete(locale) };
    view! {
        <li data-done=item.is_done.then_some("")>
            <span class="studio-mark">
                {item.is_done.then(|| view! { <Icon name=IconName::Check /> })}
            </span>
            <a href=format!("/studio/{}/{}", page.slug, item.check.section().key())>{item.check.say(locale)}</a>
            <span class="visually-hidden">{words}</span>
        </li>
    }
    .into_any()
}
