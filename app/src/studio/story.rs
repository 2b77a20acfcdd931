//! The story, in Markdown, with what becomes of it.

use domain::{
    studio::{LONGEST_STORY, StoryForm},
    words::{edit, studio_page as w},
};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;

use super::{
    act::{self, SaveStory},
    count_done,
    editor::{self, Desk},
    field::{self, Sheet, Typing},
};
use crate::{
    locale::locale,
    ui::{Notice, Tone},
};

/// The form of the story, and below it how backers will read it.
pub fn story(desk: Desk) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveStory>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let page = desk.page.get_value();
    let shown = RwSignal::new(page.story_html.clone());
    // A refused text may be too long to come back with its page; the server keeps it.
    let story = page.unsaved_story.as_ref().unwrap_or(&page.story.story);
    let control = desk.control("story", w::story(locale), w::story_hint(locale), story);
    let typing = Typing { most: Some(LONGEST_STORY), ..Typing::default() };
    let fields = view! {
        {field::area(sheet, control, 18, typing)}
        {help()}
    };
    let inside = editor::inside(
        desk,
        sheet,
        |page, _| page.story.version.clone(),
        act.pending(),
        fields.into_any(),
    );
    let slug = page.slug.to_string();
    let draw = move |_| {
        let form = StoryForm { slug: slug.clone(), story: typed_story(), ..StoryForm::default() };
        spawn_local(async move {
            if let Ok(html) = act::preview_story(form).await {
                shown.try_set(html);
            }
        });
    };
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    let unsaved = page.unsaved_story.is_some().then(|| {
        view! { <Notice tone=Tone::Warning>{w::story_unsaved(locale)}</Notice> }
    });
    let on_the_page = format!("/campaigns/{}/edit", page.slug);
    view! {
        <Notice title=edit::edit_page_text(locale)>
            <a href=on_the_page>{edit::edit_page(locale)}</a>
        </Notice>
        {unsaved}
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
        <section class="section" aria-labelledby="as-read">
            <h2 id="as-read">{w::story_preview(locale)}</h2>
            <p class="quiet">{w::story_preview_text(locale)}</p>
            {move || {
                is_alive
                    .get()
                    .then(|| {
                        view! {
                            <div class="buttons">
                                <button class="button" type="button" on:click=draw.clone()>
                                    {w::story_preview_again(locale)}
                                </button>
                            </div>
                        }
                            .into_any()
                    })
            }}
            <article class="story studio-story" inner_html=move || shown.get()></article>
        </section>
    }
    .into_any()
}

/// Five lines on how to write.
fn help() -> AnyView {
    let locale = locale();
    let line = |written: &'static str, becomes: &'static str| {
        view! {
            <div>
                <dt>
                    <code>{written}</code>
                </dt>
                <dd>{becomes}</dd>
            </div>
        }
    };
    view! {
        <details class="studio-help">
            <summary>{w::story_help(locale)}</summary>
            <dl>
                {line("## …", w::help_heading(locale))}
                {line("**…**", w::help_bold(locale))}
                {line("*…*", w::help_emphasis(locale))}
                {line("- …", w::help_list(locale))}
                {line("> …", w::help_quote(locale))}
                {line("[…](…)", w::help_link(locale))}
            </dl>
        </details>
    }
    .into_any()
}

/// What stands in the textarea right now.
fn typed_story() -> String {
    let area = document().get_element_by_id("field-story");
    let area = area.and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
    area.map(|area| area.value()).unwrap_or_default()
}
