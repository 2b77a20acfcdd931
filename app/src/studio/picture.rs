//! The form of a picture: chosen, dropped or pasted, with what is to be seen on it.

pub mod act;
#[cfg(feature = "hydrate")]
mod send;

use domain::{
    campaign::policy::{self, Edit},
    media::{LARGEST_FILE, LONGEST_ALT, Picture},
    studio::StudioPage,
    words::media as w,
};
use leptos::prelude::*;

use act::RemovePicture;

use super::{
    editor::{self, Desk},
    field::{self, Sheet, Typing},
};
use crate::{
    layout::page_query,
    locale::locale,
    ui::{Icon, IconName, Notice, RefusalNotice, Submit, Tone},
};

/// The kinds that a file chooser offers first. What a file is, the server looks at.
const KINDS: &str = "image/jpeg,image/png,image/webp,image/avif,image/gif";
/// The id of the file's control.
const FILE: &str = "field-file";

/// What a picture is of, and what is shown now.
pub struct Subject {
    /// As the form says it: `campaign`, or the id of a reward.
    pub of: String,
    /// The address of what is shown; nothing without a picture.
    pub address: Option<String>,
    /// What was uploaded.
    pub picture: Option<Picture>,
    pub edit: Edit,
    pub title: &'static str,
    pub text: &'static str,
}

impl Subject {
    /// The campaign itself.
    #[must_use]
    pub fn campaign(page: &StudioPage) -> Self {
        let locale = locale();
        Self {
            of: "campaign".to_owned(),
            address: Some(page.image.clone()),
            picture: page.picture.clone(),
            edit: policy::campaign("image", page.phase, false),
            title: w::campaign_picture(locale),
            text: w::campaign_picture_text(locale),
        }
    }

    /// A reward that is saved.
    #[must_use]
    pub fn reward(page: &StudioPage, id: &str) -> Option<Self> {
        let locale = locale();
        let reward = page.rewards.iter().find(|reward| reward.id.to_string() == id)?;
        Some(Self {
            of: id.to_owned(),
            address: reward.image.as_ref().map(|image| image.address.clone()),
            picture: reward.image.as_ref().and_then(|image| image.picture.clone()),
            edit: policy::reward("image", page.phase, reward.is_backed),
            title: w::reward_picture(locale),
            text: w::reward_picture_text(locale),
        })
    }
}

/// How a picture is on its way.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Progress {
    /// It is not.
    #[default]
    Idle,
    /// So many percent are sent.
    Sending(u64),
    /// All is sent, and the server works at it.
    Preparing,
    /// It was refused, with this sentence.
    Refused(String),
}

/// The section of a picture.
pub fn section(desk: Desk, subject: Subject) -> AnyView {
    let locale = locale();
    let body = body(desk, &subject);
    let Subject { of, address, picture, title, text, .. } = subject;
    let alt = picture.as_ref().map(|picture| picture.alt.clone()).unwrap_or_default();
    let shown = address.map(|address| {
        view! {
            <img
                class="studio-picture-shown"
                src=address
                alt=alt.clone()
                width="640"
                height="400"
                decoding="async"
            />
        }
    });
    let drawn = picture.is_none().then(|| (of == "campaign").then_some(w::drawn(locale))).flatten();
    view! {
        <section class="section studio-picture" id="picture" aria-labelledby="picture-title">
            <h2 id="picture-title">{title}</h2>
            <p class="quiet">{text} " " {drawn}</p>
            {shown}
            {body}
        </section>
    }
    .into_any()
}

/// The form of a picture by itself, or why there is none.
pub fn body(desk: Desk, subject: &Subject) -> AnyView {
    let Some(lock) = editor::control("image", "", "", "", subject.edit).lock else {
        let picture = subject.picture.as_ref();
        let alt = picture.map(|picture| picture.alt.clone()).unwrap_or_default();
        return form(desk, &subject.of, picture.is_some(), alt);
    };
    view! {
        <p class="field-hint field-lock">
            <Icon name=IconName::Lock />
            {lock}
        </p>
    }
    .into_any()
}

/// Puts files that were dropped or pasted into the form on show, as if they were chosen.
pub fn choose(files: &web_sys::FileList) {
    #[cfg(feature = "hydrate")]
    send::choose(files);
    #[cfg(not(feature = "hydrate"))]
    let _ = files;
}

fn form(desk: Desk, of: &str, is_there: bool, alt: String) -> AnyView {
    let locale = locale();
    let act = ServerAction::<RemovePicture>::new();
    desk.follow(act);
    let sheet = Sheet::of(act, "alt").tagged("picture-");
    // A form without wasm came back with what was typed in its address.
    let typed = page_query().with_untracked(|query| query.get("alt"));
    let control = field::Control {
        name: "alt".to_owned(),
        label: w::alt(locale).to_owned(),
        hint: w::alt_hint(locale).to_owned(),
        saved: typed.unwrap_or(alt),
        lock: None,
    };
    let slug = desk.page.with_value(|page| page.slug.to_string());
    let progress = RwSignal::new(Progress::default());
    let pending = Memo::new(move |_| {
        progress.with(|it| matches!(it, Progress::Sending(_) | Progress::Preparing))
    });
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    // On the campaign's own page files fall into the story, too.
    #[cfg(feature = "hydrate")]
    let arrived = if desk.is_in_place {
        send::counted(desk.done)
    } else {
        send::listen();
        send::arrived(desk.done, page_of(&slug, of))
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        #[cfg(feature = "hydrate")]
        send::send(&event, progress, &arrived, locale);
        #[cfg(not(feature = "hydrate"))]
        let _ = event;
    };
    let hint = w::file_hint(locale, &(LARGEST_FILE / (1024 * 1024)));
    let problem = sheet.problem("file");
    let remove = is_there.then(|| removal(desk, act, &slug, of));
    view! {
        <form
            class="fields studio-picture-form"
            method="post"
            enctype="multipart/form-data"
            action=format!("/studio/{slug}/media")
            novalidate
            on:submit=submit
        >
            {field::hidden("of", of)}
            {move || {
                is_alive
                    .get()
                    .then(|| view! { <p class="studio-picture-drop">{w::drop_here(locale)}</p> }.into_any())
            }}
            <div class="field">
                <label class="field-label" for=FILE>
                    {w::file(locale)}
                </label>
                <input
                    class="input"
                    type="file"
                    id=FILE
                    name="file"
                    accept=KINDS
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby="field-file-hint"
                />
                <p class="field-hint" id="field-file-hint">
                    {hint}
                </p>
                {move || problem.get().map(|words| view! { <p class="field-problem">{words}</p> }.into_any())}
            </div>
            {field::line(sheet, control, Typing { most: Some(LONGEST_ALT), ..Typing::default() })}
            <RefusalNotice refused=sheet.refused />
            <div aria-live="polite">{move || on_its_way(progress.get())}</div>
            {desk.public_at_once()}
            <div class="buttons">
                <Submit label=w::upload(locale) pending=pending />
            </div>
        </form>
        {remove}
    }
    .into_any()
}

/// The page that shows what was changed, and says so.
pub(crate) fn page_of(slug: &str, of: &str) -> String {
    match of {
        "campaign" => format!("/studio/{slug}/basics?saved=1"),
        reward => format!("/studio/{slug}/rewards?reward={reward}&saved=1"),
    }
}

/// The button that takes a picture away.
fn removal(desk: Desk, act: ServerAction<RemovePicture>, slug: &str, of: &str) -> AnyView {
    let (slug, of) = (field::hidden("slug", slug), field::hidden("of", of));
    view! {
        <ActionForm action=act attr:class="studio-picture-remove">
            {slug}
            {of}
            {desk.stays()}
            <Submit label=w::remove(locale()) kind="quiet" pending=act.pending() />
        </ActionForm>
    }
    .into_any()
}

/// What is to be told of a picture that is on its way.
fn on_its_way(progress: Progress) -> Option<AnyView> {
    let locale = locale();
    let bar = |percent: Option<String>, words: String| {
        view! {
            <label class="studio-picture-progress">
                <progress max="100" value=percent></progress>
                " "
                {words}
            </label>
        }
        .into_any()
    };
    match progress {
        Progress::Idle => None,
        Progress::Sending(percent) => {
            Some(bar(Some(percent.to_string()), w::sending(locale, &percent)))
        }
        Progress::Preparing => Some(bar(None, w::preparing(locale).to_owned())),
        Progress::Refused(words) => {
            Some(view! { <Notice tone=Tone::Problem>{words}</Notice> }.into_any())
        }
    }
}
