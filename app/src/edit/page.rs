//! `/campaigns/{slug}/edit`: the page as visitors see it, with everything in it that
//! its creator wrote to be typed in where it stands.

use domain::{
    Locale,
    campaign::CampaignPage,
    id::CampaignId,
    people::Right,
    story::{
        Place, QuestionId,
        html::{self, Shown},
        view::Editor,
    },
    studio::StudioPage,
    words::{campaign as c, change_set, edit as w, edit_again, story as s, studio_page},
};
use leptos::prelude::*;
use leptos_meta::{Link, Meta, Title};
use leptos_router::hooks::use_params_map;

use super::{
    act, bar,
    block::{self, Around, text},
    changes,
    desk::Desk,
    drag::Drag,
    keys::{Keys, end, target},
    line::Line,
    link,
    menu::{self, Menu},
    paste, people,
    shelf::{self, Shelf},
    still::{self, Shell},
    tools::{self, Tools},
    upload,
};
use crate::{
    error::AppError,
    locale::locale,
    ui::{Notice, load, reading},
};

/// Without an editor for whoever may edit the rewards alone.
type Opened = (CampaignPage, StudioPage, Option<Editor>);

/// The editor of one page.
#[component]
pub fn EditPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let page = reading(move || slug.get(), fetch);
    load(page, |(page, studio, editor): Opened| show(page, studio, editor))
}

async fn fetch(slug: String) -> Result<Opened, AppError> {
    let (mut page, studio) = shelf::read(slug.clone()).await?;
    let sees_page = studio.is_operator || studio.rights.has(Right::EditPage);
    if !sees_page && studio.rights.has(Right::EditRewards) {
        return Ok((page, studio, None));
    }
    let editor = act::read_editor(slug).await?;
    // What is written stands in the editor.
    page.story_html = String::new();
    Ok((page, studio, Some(editor)))
}

fn show(page: CampaignPage, studio: StudioPage, editor: Option<Editor>) -> AnyView {
    let locale = locale();
    let title = w::page_title(locale, &page.title);
    let is_alive = RwSignal::new(false);
    // The editor needs a browser; until it is alive the page stands there as it is.
    Effect::new(move |_| is_alive.set(true));
    let (page, studio) = (StoredValue::new(page), StoredValue::new(studio));
    let editor = StoredValue::new(editor);
    let shown = move || {
        let (page, studio, editor) = (page.get_value(), studio.get_value(), editor.get_value());
        match (editor, is_alive.get()) {
            (Some(editor), true) => alive(page, studio, &editor),
            (Some(editor), false) => {
                let story = html::page(&editor.page, &shown_by(&editor));
                let (title, subtitle) = (editor.page.title, editor.page.subtitle);
                still::page(CampaignPage { title, subtitle, ..page }, &studio, story)
            }
            (None, true) => still::rewards_alone(page, studio),
            (None, false) => {
                let story = page.story_html.clone();
                still::page(page, &studio, story)
            }
        }
    };
    view! {
        <Title text=domain::words::site::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <Link rel="stylesheet" href="/edit.css" />
        {shown}
    }
    .into_any()
}

fn shown_by(editor: &Editor) -> Shown {
    Shown {
        slug: Some(editor.slug.clone()),
        locale: editor.language,
        pictures: editor.pictures.clone(),
        recordings: editor.recordings.clone(),
        rewards: editor.rewards.clone(),
    }
}

fn alive(page: CampaignPage, studio: StudioPage, editor: &Editor) -> AnyView {
    let locale = locale();
    let locked = editor.locked(locale);
    // Where every part is locked there is nothing to write together.
    let is_locked = locked.len() == domain::story::Part::ALL.len();
    let why = locked.values().next().map(|why| (*why).to_owned());
    let mut opened = super::new_document();
    // It was read from the same document a moment ago; what is wrong with it shows
    // when the server is asked for the rest.
    let _ = opened.apply(&editor.document);
    let line = Line::new(editor.version, why.clone().filter(|_| is_locked));
    let desk = Desk::new(opened, line, locale);
    let menu = Menu::new(desk);
    let around = Around {
        desk,
        menu,
        shown: RwSignal::new(shown_by(editor)),
        rewards: StoredValue::new(editor.rewards.clone()),
        slug: StoredValue::new(editor.slug.to_string()),
        locked: RwSignal::new(locked.keys().copied().collect()),
    };
    if !is_locked {
        link::connect(desk, editor.id, &editor.account);
        reopen(around, editor.id);
    }
    let partly = why.filter(|_| !is_locked).map(|why| {
        view! { <div class="edit-trouble"><Notice title=why>{w::greyed_out(locale)}</Notice></div> }
    });
    // What waits to be published, or could not be: whoever writes has to know.
    let zone = page.terms.zone;
    let waiting = editor.set.as_ref().map(|set| {
        let address = format!("/campaigns/{}/edit/changes", page.slug);
        let (tone, title, text) = changes::standing(set, |at| zone.long(at, locale), locale);
        view! {
            <div class="edit-trouble">
                <Notice tone=tone title=title>
                    <p class="said">{text}</p>
                    <a href=address>
                        {change_set::see(locale)}
                    </a>
                </Notice>
            </div>
        }
    });
    let title = text(around, Place::Title, studio_page::title(locale));
    let subtitle = text(around, Place::Subtitle, studio_page::subtitle(locale));
    let slug = page.slug.clone();
    let shelf = Shelf::new(page.clone(), studio);
    follow_shelf(around, shelf);
    let Shell { head, panel } = still::shell(page, title, subtitle, shelf.media());
    let inside = view! {
        {bar::bar(desk, &slug, editor.phase)}
        {partly}
        {waiting}
        {head}
        {panel}
        {story(around, editor.language)}
        {shelf.rewards()}
        {menu::view(menu)}
    };
    listening(around, inside.into_any())
}

/// The story's cards show what is changed of a reward beside them.
fn follow_shelf(around: Around, shelf: Shelf) {
    Effect::new(move |before: Option<()>| {
        let lines = shelf.lines();
        // They were drawn with the first.
        if before.is_some() {
            around.rewards.set_value(lines.clone());
            around.shown.update(|shown| shown.rewards = lines);
        }
    });
}

/// Once the right to write comes back, what is locked may be something else.
fn reopen(around: Around, campaign: CampaignId) {
    let line = around.desk.line;
    Effect::new(move |_| {
        if line.reopened.get() == 0 {
            return;
        }
        let locale = around.desk.locale;
        around.desk.told.set(edit_again::may_write(locale).to_owned());
        leptos::task::spawn_local(async move {
            if let Ok(editor) = act::read_editor(campaign.to_string()).await {
                around.locked.try_set(editor.locked(locale).into_keys().collect());
            }
        });
    });
}

/// The page with everything that listens on it, once for all its texts.
fn listening(around: Around, inside: AnyView) -> AnyView {
    let Around { desk, menu, .. } = around;
    let tools = Tools::new(desk);
    let keys = Keys { desk, menu, tools };
    let drag = Drag::new(desk);
    let is_told = StoredValue::new(false);
    super::on_selection(move || {
        tools.follow();
        link::tell_place(desk, is_told);
    });
    view! {
        <div
            class="page campaign edit"
            data-preview=move || desk.is_preview.get().then_some("")
            on:keydown=move |event| keys.down(&event)
            on:beforeinput=move |event| keys.before(&event)
            on:input=move |event| keys.input(&event)
            on:compositionstart=move |event| keys.compose(&event, true)
            on:compositionend=move |event| keys.compose(&event, false)
            on:paste=move |event| {
                let pictures = paste::paste(desk, &event);
                if !pictures.is_empty() {
                    let here = target(&event).and_then(|here| block::block_of(&here));
                    upload::add(around, here.map(|(id, _)| id), &pictures);
                }
            }
            on:focusout=move |_| desk.rest()
            on:dragstart=move |event| drag.begin(&event)
            on:dragover=move |event| drag.over(&event)
            on:dragend=move |_| drag.end()
            on:drop=move |event| drag.drop(around, &event)
        >
            {inside}
            {tools::view(tools)}
            {people::overlay(desk)}
        </div>
    }
    .into_any()
}

fn story(around: Around, language: Locale) -> AnyView {
    let Around { desk, menu, .. } = around;
    let locale = desk.locale;
    let order = desk.order;
    let questions = desk.questions;
    let is_free = move || around.is_free(domain::story::Part::Story);
    view! {
        <div class="campaign-story">
            <article class="story" lang=language.tag() aria-label=c::story(locale)>
                <For
                    each=move || order.get()
                    key=|id| *id
                    children=move |id| block::block(around, id)
                />
                <p class="edit-add" lang=locale.tag()>
                    <button
                        class="button"
                        type="button"
                        aria-haspopup="listbox"
                        disabled=move || !is_free()
                        on:click=move |event| {
                            let button: web_sys::Element = event_target(&event);
                            menu.open_below(&button);
                        }
                    >
                        {w::add_block(locale)}
                    </button>
                    <small class="quiet">{w::add_hint(locale)}</small>
                </p>
                <h2>{s::risks(language)}</h2>
                <p>{text(around, Place::Risks, s::risks(locale))}</p>
                <h2>{s::questions(language)}</h2>
                <For
                    each=move || questions.get()
                    key=|id| *id
                    children=move |id| question(around, id)
                />
                <p class="edit-add" lang=locale.tag()>
                    <button
                        class="button"
                        type="button"
                        disabled=move || !around.is_free(domain::story::Part::Faq)
                        on:click=move |_| add_question(desk)
                    >
                        {w::add_question(locale)}
                    </button>
                </p>
            </article>
        </div>
    }
    .into_any()
}

fn question(around: Around, id: QuestionId) -> AnyView {
    let desk = around.desk;
    let locale = desk.locale;
    view! {
        <div class="edit-question" role="group" aria-label=w::question(locale)>
            <h3>{text(around, Place::Question(id), w::question(locale))}</h3>
            <p>{text(around, Place::Answer(id), w::answer(locale))}</p>
            <button
                class="button"
                data-kind="quiet"
                type="button"
                lang=locale.tag()
                disabled=move || !around.is_free(domain::story::Part::Faq)
                on:click=move |_| {
                    desk.change(None, |document| {
                        document.remove_question(id);
                        asked()
                    });
                }
            >
                {w::remove_question(locale)}
            </button>
        </div>
    }
    .into_any()
}

fn add_question(desk: Desk) {
    let mut made = None;
    desk.change(None, |document| {
        made = Some(document.add_question());
        asked()
    });
    if let Some(id) = made {
        desk.go(end(Place::Question(id)));
    }
}

fn asked() -> domain::story::document::Changed {
    let mut changes = super::keys::changed([], false);
    changes.questions = true;
    changes
}
