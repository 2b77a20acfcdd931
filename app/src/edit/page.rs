//! `/campaigns/{slug}/edit`: the page as visitors see it, with everything in it that
//! its creator wrote to be typed in where it stands.

use domain::{
    Locale,
    campaign::CampaignPage,
    id::CampaignId,
    story::{
        Place, QuestionId,
        html::{self, Shown},
        view::Editor,
    },
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
    paste, people, tools,
    tools::Tools,
    upload,
};
use crate::{
    campaign::{FundingPanel, Kicker, Rewards, Tab, count_rewards, read, tabs},
    error::AppError,
    locale::locale,
    ui::{Notice, load, reading},
};

type Opened = (CampaignPage, Editor);

/// The editor of one page.
#[component]
pub fn EditPage() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let page = reading(move || slug.get(), fetch);
    load(page, |(page, editor): Opened| show(page, editor))
}

async fn fetch(slug: String) -> Result<Opened, AppError> {
    let editor = act::read_editor(slug.clone()).await?;
    let mut page = read::campaign_page(slug, String::new()).await?;
    // What is written stands in the editor.
    page.story_html = String::new();
    Ok((page, editor))
}

fn show(page: CampaignPage, editor: Editor) -> AnyView {
    let locale = locale();
    let title = w::page_title(locale, &page.title);
    let is_alive = RwSignal::new(false);
    // The editor needs a browser; until it is alive the page stands there as it is.
    Effect::new(move |_| is_alive.set(true));
    let (page, editor) = (StoredValue::new(page), StoredValue::new(editor));
    view! {
        <Title text=domain::words::site::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <Link rel="stylesheet" href="/edit.css" />
        {move || match is_alive.get() {
            true => alive(page.get_value(), &editor.get_value()),
            false => still(page.get_value(), &editor.get_value()),
        }}
    }
    .into_any()
}

/// What the page shows around its texts, the same in both.
struct Shell {
    head: AnyView,
    panel: AnyView,
    rewards: AnyView,
}

fn shell(page: CampaignPage, title: AnyView, subtitle: AnyView) -> Shell {
    let locale = locale();
    let slug = page.slug.clone();
    let language = page.language.tag();
    let (image, image_alt) = (page.image.clone(), page.image_alt.clone());
    let rewards = page.rewards.clone();
    let count = count_rewards(&rewards);
    let links = rewards.iter().map(|reward| {
        let href = format!("/studio/{slug}/rewards?reward={}", reward.id);
        view! { <li><a href=href>{reward.title.clone()}</a></li> }
    });
    let links = links.collect::<Vec<_>>();
    let page = StoredValue::new(page);
    Shell {
        head: view! {
            <header class="campaign-head" lang=language>
                <Kicker page=page />
                <h1 tabindex="-1">{title}</h1>
                <p class="standfirst">{subtitle}</p>
            </header>
            <div class="edit-media">
                <figure class="campaign-media">
                    <img src=image alt=image_alt width="960" height="600" />
                </figure>
                <a href=format!("/studio/{slug}/basics")>{w::edit_picture(locale)}</a>
            </div>
        }
        .into_any(),
        panel: view! {
            <FundingPanel page=page />
            {tabs(slug.as_str(), Tab::Story, Some(count))}
        }
        .into_any(),
        rewards: view! {
            <div class="edit-rewards">
                <nav aria-label=w::edit_rewards(locale)>
                    <b>{w::edit_rewards(locale)}</b>
                    <ul>
                        {links}
                        <li>
                            <a href=format!("/studio/{slug}/rewards?reward=new")>{w::add_reward(locale)}</a>
                        </li>
                    </ul>
                </nav>
                <Rewards page=page rewards=rewards secret=String::new() />
            </div>
        }
        .into_any(),
    }
}

/// The page before its editor is there, and all there is without scripts.
fn still(page: CampaignPage, editor: &Editor) -> AnyView {
    let locale = locale();
    let slug = page.slug.clone();
    let told = &editor.page;
    let story = html::page(told, &shown(editor));
    let title = told.title.clone().into_any();
    let subtitle = told.subtitle.clone().into_any();
    let language = editor.language.tag();
    let Shell { head, panel, rewards } = shell(page, title, subtitle);
    view! {
        <div class="page campaign edit-still">
            <div class="edit-needs">
                <Notice title=w::needs_script(locale)>
                    <a href=format!("/studio/{slug}/story")>{w::use_form(locale)}</a>
                </Notice>
            </div>
            {head}
            {panel}
            <div class="campaign-story">
                <article class="story" lang=language inner_html=story></article>
            </div>
            {rewards}
        </div>
    }
    .into_any()
}

fn shown(editor: &Editor) -> Shown {
    Shown {
        slug: Some(editor.slug.clone()),
        locale: editor.language,
        pictures: editor.pictures.clone(),
        recordings: editor.recordings.clone(),
        rewards: editor.rewards.clone(),
    }
}

fn alive(page: CampaignPage, editor: &Editor) -> AnyView {
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
        shown: RwSignal::new(shown(editor)),
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
    let Shell { head, panel, rewards } = shell(page, title, subtitle);
    let inside = view! {
        {bar::bar(desk, &slug, editor.phase)}
        {partly}
        {waiting}
        {head}
        {panel}
        {story(around, editor.language)}
        {rewards}
        {menu::view(menu)}
    };
    listening(around, inside.into_any())
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
