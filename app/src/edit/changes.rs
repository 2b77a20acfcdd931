//! `/campaigns/{slug}/edit/changes`: what would be published, as visitors would read it,
//! with what changed marked; and every way to publish it: now, at a time, after another
//! one's yes. Plain forms, so that whoever says yes needs no scripts.

use domain::{
    Locale,
    campaign::policy::Phase,
    story::change_set::{ChangeSetPage, SetState, SetView, reasons},
    words::{change_set as w, edit as e},
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_params_map;

use super::act::{
    self, AbortChanges, ApproveChanges, AskApproval, PublishPage, ReturnChanges, SchedulePage,
};
use crate::{
    http::typed,
    layout::page_query,
    locale::locale,
    studio::count_done,
    ui::{
        Empty, Field, Notice, RefusalNotice, Submit, Tone, invalid, load, problem, reading, refused,
    },
};

/// The changes of one page.
#[component]
pub fn EditChanges() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    // Whoever has done something sees the changes as they are then.
    let done = RwSignal::new(0_u32);
    let came_done = page_query().with_untracked(|query| query.get("done").is_some());
    let read = reading(move || (slug.get(), done.get()), |(slug, _)| act::read_changes(slug));
    load(read, move |page| show(&page, done, came_done))
}

fn show(page: &ChangeSetPage, done: RwSignal<u32>, came_done: bool) -> AnyView {
    let locale = locale();
    let is_done = came_done || done.get_untracked() > 0;
    let slug = page.slug.to_string();
    let title = w::title_of(locale, &page.title);
    let news = is_done.then(|| {
        view! {
            <Notice tone=Tone::Good title=w::done(locale)>
                ""
            </Notice>
        }
    });
    let body = match page.phase {
        Phase::Live | Phase::Suspended | Phase::Ended => body(page, &slug, done, locale),
        _ => view! { <Notice>{w::not_live(locale)}</Notice> }.into_any(),
    };
    view! {
        <Title text=domain::words::site::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <Link rel="stylesheet" href="/edit.css" />
        <div class="page" data-width="narrow">
            <header class="page-head">
                <h1 tabindex="-1">{title}</h1>
                <p>{w::text(locale)}</p>
                <p>
                    <a href=format!("/campaigns/{slug}/edit")>{e::back_to_editor(locale)}</a>
                </p>
            </header>
            {news}
            {body}
        </div>
    }
    .into_any()
}

fn body(page: &ChangeSetPage, slug: &str, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let set = page.set.as_ref().map(|set| waiting(set, page, slug, done, locale));
    let is_open = page.set.as_ref().is_some_and(|set| set.state.is_open());
    if page.summary.is_nothing() {
        return view! {
            {set}
            <Empty title=w::nothing(locale) text=w::nothing_text(locale) />
        }
        .into_any();
    }
    let ways = (!is_open).then(|| ways(page, slug, done, locale));
    view! {
        {set}
        <section class="section" aria-labelledby="preview">
            <h2 id="preview">{w::preview(locale)}</h2>
            <p>{page.summary.say(locale)}</p>
            <article class="story edit-marked" lang=page.language.tag() inner_html=page.html.clone()></article>
        </section>
        {ways}
    }
    .into_any()
}

/// Where a change set stands, in a title and a sentence, for this page and for the
/// editor's.
#[must_use]
pub fn standing(
    set: &SetView,
    zone_of: impl Fn(domain::Timestamp) -> String,
    locale: Locale,
) -> (Tone, String, String) {
    let judge = set.judge.clone().unwrap_or_default();
    let at = set.publish_at.map(zone_of);
    match set.state {
        SetState::Asked => {
            let timed = at.map(|at| w::asked_timed(locale, &at));
            let text = [Some(w::asked_text(locale).to_owned()), timed];
            let text = text.into_iter().flatten().collect::<Vec<_>>().join(" ");
            (Tone::Plain, w::asked(locale, &set.author), text)
        }
        SetState::Scheduled => {
            let approved = set.judge.as_ref().map(|name| w::approved_by(locale, name));
            let text = [Some(w::scheduled_text(locale, &set.author)), approved];
            let text = text.into_iter().flatten().collect::<Vec<_>>().join(" ");
            (Tone::Plain, w::scheduled(locale, &at.unwrap_or_default()), text)
        }
        SetState::Returned => {
            let text = format!("{} {}", set.remark, w::returned_text(locale));
            (Tone::Warning, w::returned(locale, &judge), text)
        }
        SetState::Refused | SetState::Aborted | SetState::Published => {
            let why = set.reason.as_ref().map(|why| reasons(why, locale)).unwrap_or_default();
            let text = format!("{why} {}", w::refused_text(locale));
            (Tone::Warning, w::refused(locale).to_owned(), text)
        }
    }
}

/// What waits, or came to nothing, and what whoever looks can do about it.
fn waiting(
    set: &SetView,
    page: &ChangeSetPage,
    slug: &str,
    done: RwSignal<u32>,
    locale: Locale,
) -> AnyView {
    let (tone, title, text) = standing(set, |at| page.zone.long(at, locale), locale);
    let id = set.id.to_string();
    let judge = set.may_judge.then(|| judge(set, slug, &id, done, locale));
    let abort = set.state.is_open().then(|| {
        let act = ServerAction::<AbortChanges>::new();
        count_done(act, done);
        let identity = identity(slug, &id);
        view! {
            <RefusalNotice refused=refused(act) />
            <ActionForm action=act>
                {identity}
                <Submit label=w::abort(locale).to_owned() kind="" pending=act.pending() />
            </ActionForm>
        }
    });
    view! {
        <section class="section edit-set" data-state=set.state.is_open().then_some("open")>
            <Notice tone=tone title=title>
                <p class="said">{text}</p>
            </Notice>
            {judge}
            {abort}
        </section>
    }
    .into_any()
}

/// A yes or a no.
fn judge(set: &SetView, slug: &str, id: &str, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let yes = ServerAction::<ApproveChanges>::new();
    let no = ServerAction::<ReturnChanges>::new();
    count_done(yes, done);
    count_done(no, done);
    let refusal = refused(no);
    let remark = problem(invalid(refusal), "remark");
    let at_once = set
        .publish_at
        .is_none()
        .then(|| view! { <p class="quiet">{w::approve_publishes(locale)}</p> });
    let (of_yes, of_no) = (identity(slug, id), identity(slug, id));
    view! {
        <RefusalNotice refused=refused(yes) />
        <ActionForm action=yes>
            {of_yes}
            {at_once}
            <Submit label=w::approve(locale).to_owned() pending=yes.pending() />
        </ActionForm>
        <RefusalNotice refused=refusal />
        <ActionForm action=no attr:class="fields" attr:novalidate="novalidate">
            {of_no}
            <Field name="form[remark]" value=typed("form[remark]") label=w::remark(locale) problem=remark maxlength=2_000 />
            <Submit label=w::send_back(locale).to_owned() kind="" pending=no.pending() />
        </ActionForm>
    }
    .into_any()
}

fn identity(slug: &str, id: &str) -> AnyView {
    view! {
        <input type="hidden" name="form[slug]" value=slug.to_owned() />
        <input type="hidden" name="form[id]" value=id.to_owned() />
    }
    .into_any()
}

/// The ways to publish what is written now.
fn ways(page: &ChangeSetPage, slug: &str, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let version = page.version;
    let now = ServerAction::<PublishPage>::new();
    let later = ServerAction::<SchedulePage>::new();
    let ask = ServerAction::<AskApproval>::new();
    count_done(later, done);
    count_done(ask, done);
    let (late, asked) = (refused(later), refused(ask));
    let when = problem(invalid(late), "date");
    let when_asked = problem(invalid(asked), "date");
    let zone = page.zone.key().replace('_', " ");
    let mark = page.mark.as_str();
    let of_now = hidden(["slug", "version", "mark"], slug, version, mark);
    // The form that asks has names of its own, so that the ids of its fields do not meet
    // those of the one above it.
    let of_later = hidden(["form[slug]", "form[version]", "form[mark]"], slug, version, mark);
    let of_ask = hidden(["ask[slug]", "ask[version]", "ask[mark]"], slug, version, mark);
    view! {
        <section class="section" aria-labelledby="now">
            <h2 id="now">{w::publish_title(locale)}</h2>
            <p class="quiet">{e::publish_text(locale)}</p>
            <RefusalNotice refused=refused(now) />
            <ActionForm action=now>
                {of_now}
                <Submit label=e::publish_now(locale).to_owned() pending=now.pending() />
            </ActionForm>
        </section>
        <section class="section" aria-labelledby="later">
            <h2 id="later">{w::schedule(locale)}</h2>
            <p class="quiet">{w::schedule_text(locale, &zone)}</p>
            <RefusalNotice refused=late />
            <ActionForm action=later attr:class="fields" attr:novalidate="novalidate">
                {of_later}
                <div class="field-row">
                    <Field name="form[date]" value=typed("form[date]") kind="date" label=w::date(locale) problem=when />
                    <Field name="form[time]" value=typed("form[time]") kind="time" label=w::time(locale) />
                </div>
                <Submit label=w::schedule_submit(locale).to_owned() kind="" pending=later.pending() />
            </ActionForm>
        </section>
        <section class="section" aria-labelledby="ask">
            <h2 id="ask">{w::ask(locale)}</h2>
            <p class="quiet">{w::ask_text(locale)}</p>
            <RefusalNotice refused=asked />
            <ActionForm action=ask attr:class="fields" attr:novalidate="novalidate">
                {of_ask}
                <div class="field-row">
                    <Field name="ask[date]" value=typed("ask[date]") kind="date" label=w::date(locale) problem=when_asked optional=true />
                    <Field name="ask[time]" value=typed("ask[time]") kind="time" label=w::time(locale) optional=true />
                </div>
                <Submit label=w::ask_submit(locale).to_owned() kind="" pending=ask.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

/// The campaign, the version that was the last when this page was drawn, and the mark of
/// what it shows.
fn hidden(
    [slug_name, version_name, mark_name]: [&'static str; 3],
    slug: &str,
    version: i64,
    mark: &str,
) -> AnyView {
    view! {
        <input type="hidden" name=slug_name value=slug.to_owned() />
        <input type="hidden" name=version_name value=version.to_string() />
        <input type="hidden" name=mark_name value=mark.to_owned() />
    }
    .into_any()
}
