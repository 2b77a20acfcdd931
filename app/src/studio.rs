//! The studio: where a campaign comes to be, from its title to its launch, and
//! where its creator looks after it.

pub mod act;
mod basics;
mod dry_run;
pub(crate) mod editor;
mod embeds;
mod field;
mod funding;
mod history;
mod identity;
mod launch;
mod list;
mod overview;
pub mod picture;
mod preview;
pub(crate) mod reward;
pub(crate) mod rewards;
mod schedule;
mod start;
mod step;
mod story;
mod typed;

pub use field::{Control, Sheet, Typing, area, check, hidden, line, pick};
pub use overview::{head, sections};

use domain::words::{site, studio_page as w};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_location;

use crate::{
    admin, announcement,
    error::AppError,
    layout::focus_heading,
    locale::locale,
    people,
    ui::{Notice, Tone},
};

/// Every page of a campaign's making. They are one part of the site, so that who
/// only reads or pledges has one address more to know and nothing more to download.
#[component]
pub fn Pages() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts[..] {
        ["start"] => view! { <start::Start /> }.into_any(),
        ["studio"] => view! { <list::Campaigns /> }.into_any(),
        ["studio", _] => view! { <overview::Overview /> }.into_any(),
        ["studio", _, "people"] => view! { <people::People /> }.into_any(),
        ["studio", ..] => view! { <editor::Editor /> }.into_any(),
        ["invitation"] => view! { <people::Invitation /> }.into_any(),
        ["coming", _] => view! { <announcement::Announcement /> }.into_any(),
        ["announcement"] => view! { <announcement::Answering /> }.into_any(),
        ["preview", _] => view! { <people::Preview /> }.into_any(),
        _ => view! { <admin::Reviews /> }.into_any(),
    }
}

/// A page across its width with its title, for nobody's index.
pub fn frame(title: &str, body: AnyView) -> AnyView {
    let locale = locale();
    view! {
        <Title text=site::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <div class="page studio">{body}</div>
    }
    .into_any()
}

/// What an address tells of what was just done.
pub fn news(is_new: bool, title: &'static str, text: &'static str) -> Option<AnyView> {
    is_new.then(|| {
        view! {
            <Notice tone=Tone::Good title=title>
                {text}
            </Notice>
        }
        .into_any()
    })
}

/// Draws anew what stands here, each time its page was read: a page is drawn over
/// the one before, and what was typed into that would stay.
pub fn anew(view: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    (move || view()).into_any()
}

/// Counts what was done, so that the page is read anew. The keyboard goes on at
/// the page's heading, since the button is drawn away.
pub fn count_done<S>(act: ServerAction<S>, done: RwSignal<u32>)
where
    S: ServerFn<Error = AppError, Output = ()> + Clone + Send + Sync + 'static,
{
    Effect::new(move |_| {
        if act.value().with(|answer| matches!(answer, Some(Ok(())))) {
            done.update(|done| *done += 1);
            focus_heading();
        }
    });
}

/// What to do when a text was too long to come back with its page.
fn lost_text(sheet: Sheet) -> Option<AnyView> {
    sheet
        .has_lost()
        .then(|| view! { <Notice tone=Tone::Warning>{w::lost_text(locale())}</Notice> }.into_any())
}
