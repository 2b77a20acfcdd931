//! The bar over the page: whether everything is saved, who else is here, undo, the
//! page as visitors see it, and on a live campaign what is to be published.

use domain::{
    Locale,
    campaign::policy::Phase,
    slug::Slug,
    story::{
        BlockId,
        view::{self, Seen, Summary},
    },
    words::{change_set, edit as w, edit_media as m, studio_page},
};
use leptos::prelude::*;

use super::{
    act::{self, PublishPage},
    describe,
    desk::Desk,
    line::State,
    people,
    place::copied,
};
use crate::ui::{Notice, RefusalNotice, Submit, Tone, refused};

/// The bar of an open editor.
pub fn bar(desk: Desk, slug: &Slug, phase: Phase) -> AnyView {
    let locale = desk.locale;
    let address = format!("/campaigns/{slug}");
    let preview = desk.is_preview;
    // What backers ask is answered after the end too.
    let may_publish = matches!(phase, Phase::Live | Phase::Ended);
    let publish = may_publish.then(|| publish(desk, slug));
    view! {
        <section class="edit-bar" aria-label=w::bar(locale)>
            <p class="edit-state" role="status" data-state=move || key(&desk.line.state.get())>
                {move || say(&desk.line.state.get(), locale)}
            </p>
            {people::list(desk)}
            <div class="edit-ways">
                {step(desk, true)}
                {step(desk, false)}
                <button
                    class="button"
                    type="button"
                    aria-pressed=move || if preview.get() { "true" } else { "false" }
                    on:click=move |_| preview.update(|is_on| *is_on = !*is_on)
                >
                    {studio_page::preview(locale)}
                </button>
                <a class="button" href=format!("{address}/edit/history")>
                    {w::history(locale)}
                </a>
                <a class="button" data-kind="quiet" href=format!("/studio/{slug}")>
                    {studio_page::studio(locale)}
                </a>
                {publish}
            </div>
        </section>
        {move || troubles(desk)}
        <p class="visually-hidden" aria-live="polite">
            {desk.told}
        </p>
    }
    .into_any()
}

/// The button that takes one's own last change back, or makes it again.
fn step(desk: Desk, is_undo: bool) -> AnyView {
    let (words, keys) = match is_undo {
        true => (w::undo(desk.locale), "Ctrl+Z"),
        false => (w::redo(desk.locale), "Ctrl+Y"),
    };
    let is_possible = move || {
        let (undo, redo) = desk.undo.get();
        (if is_undo { undo } else { redo }) && desk.is_open()
    };
    view! {
        <button
            class="button"
            type="button"
            title=keys
            disabled=move || !is_possible()
            on:click=move |_| desk.step(is_undo)
        >
            {words}
        </button>
    }
    .into_any()
}

/// What went wrong, with the text to be copied.
fn troubles(desk: Desk) -> Option<AnyView> {
    let locale = desk.locale;
    let closed = match desk.line.state.get() {
        State::Closed(why) => Some((why, None)),
        _ => None,
    };
    let refused = desk.line.refused.get().map(|(why, text)| (why, Some(text)));
    let (why, text) = closed.or(refused)?;
    let copy = move |_| {
        let text = text.clone().unwrap_or_else(|| desk.with(|page| copied(&page.page())));
        let _ = window().navigator().clipboard().write_text(&text);
        desk.told.set(w::copied(locale).to_owned());
    };
    Some(
        view! {
            <div class="edit-trouble">
                <Notice tone=Tone::Warning title=why>
                    <p>{w::text_is_kept(locale)}</p>
                    <div class="buttons">
                        <button class="button" type="button" on:click=copy>
                            {w::copy_text(locale)}
                        </button>
                    </div>
                </Notice>
            </div>
        }
        .into_any(),
    )
}

/// What changed since the last version, in a sentence, and the button that shows it
/// to everybody.
fn publish(desk: Desk, slug: &Slug) -> AnyView {
    let locale = desk.locale;
    let slug = StoredValue::new(slug.to_string());
    let act = ServerAction::<PublishPage>::new();
    let seen = RwSignal::new(None::<(Summary, Seen)>);
    // Blocks with pictures that nobody has described.
    let undescribed = RwSignal::new(Vec::<BlockId>::new());
    let (is_open, is_done) = (RwSignal::new(false), RwSignal::new(false));
    let look = move || {
        leptos::task::spawn_local(async move {
            let (slug, version) = (slug.get_value(), desk.line.version.get_untracked());
            let Ok(last) = act::read_version(slug.clone(), version, 0).await else { return };
            // What the server has, and not what stands here: it knows that one again when
            // it is to be published, whatever others write meanwhile.
            let Ok(now) = act::read_version(slug, 0, 0).await else { return };
            let summary = Summary::of(&last.page, &now.page);
            seen.try_set(Some((summary, Seen { version, mark: view::mark(&now.page) })));
        });
    };
    let state = desk.line.state;
    let is_saved = Memo::new(move |_| state.with(|state| *state == State::Saved));
    Effect::new(move |_| {
        if is_open.get() {
            seen.set(None);
            // Own words that are on their way belong to what is looked at.
            if is_saved.get() {
                look();
            }
        }
    });
    Effect::new(move |_| {
        if act.value().with(|answer| matches!(answer, Some(Ok(_)))) {
            seen.set(None);
            is_done.set(true);
            desk.told.set(w::published(locale).to_owned());
        }
    });
    let words = move || match seen.get() {
        None if is_done.get() => w::published(locale).to_owned(),
        None => w::comparing(locale).to_owned(),
        Some((summary, _)) => summary.say(locale),
    };
    let is_ready = move || {
        let is_news = |seen: &Option<(Summary, Seen)>| {
            seen.as_ref().is_some_and(|(summary, _)| !summary.is_nothing())
        };
        is_saved.get() && seen.with(is_news)
    };
    let of_seen = move |part: fn(&Seen) -> String| {
        seen.with(|seen| seen.as_ref().map(|(_, seen)| part(seen)).unwrap_or_default())
    };
    view! {
        <details
            class="edit-publish"
            on:toggle=move |event| {
                let details: web_sys::HtmlElement = event_target(&event);
                let opens = details.has_attribute("open");
                if opens {
                    is_done.set(false);
                    undescribed.set(desk.with(|document| document.page().undescribed()));
                }
                is_open.set(opens);
            }
        >
            <summary class="button" data-kind="primary">
                {w::publish(locale)}
            </summary>
            <div class="edit-publish-body">
                <p>{words}</p>
                {move || hint(desk, &undescribed.get())}
                <RefusalNotice refused=refused(act) />
                <ActionForm action=act>
                    <input type="hidden" name="slug" value=slug.get_value() />
                    <input
                        type="hidden"
                        name="version"
                        value=move || of_seen(|seen| seen.version.to_string())
                    />
                    <input
                        type="hidden"
                        name="mark"
                        value=move || of_seen(|seen| seen.mark.clone())
                    />
                    <Show when=is_ready>
                        <Submit label=w::publish_now(locale).to_owned() pending=act.pending() />
                    </Show>
                </ActionForm>
                <p class="quiet">{w::publish_text(locale)}</p>
                <p>
                    <a href=format!("/campaigns/{}/edit/changes", slug.get_value())>
                        {change_set::look(locale)}
                    </a>
                </p>
            </div>
        </details>
    }
    .into_any()
}

/// Points out pictures that say nothing to whoever does not see them. They may be
/// published all the same.
fn hint(desk: Desk, undescribed: &[BlockId]) -> Option<AnyView> {
    let locale = desk.locale;
    let first = *undescribed.first()?;
    let words = m::undescribed(locale, i64::try_from(undescribed.len()).unwrap_or(i64::MAX));
    Some(
        view! {
            <p class="edit-undescribed">
                {words}
                <button
                    class="button"
                    data-kind="quiet"
                    type="button"
                    on:click=move |_| describe::go_to_first(first)
                >
                    {m::describe_first(locale)}
                </button>
            </p>
        }
        .into_any(),
    )
}

fn say(state: &State, locale: Locale) -> String {
    match state {
        State::Saved => w::saved(locale).to_owned(),
        State::Saving => w::saving(locale).to_owned(),
        State::Offline { changes: 0, .. } => w::connecting(locale).to_owned(),
        State::Offline { changes, is_kept: true } => w::offline(locale, changes),
        State::Offline { changes, is_kept: false } => w::offline_lost(locale, changes),
        State::Closed(_) => w::read_only(locale).to_owned(),
    }
}

const fn key(state: &State) -> &'static str {
    match state {
        State::Saved => "saved",
        State::Saving => "saving",
        State::Offline { .. } => "offline",
        State::Closed(_) => "closed",
    }
}
