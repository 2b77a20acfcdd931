//! What pictures of a story show, for whoever does not see them; and the pictures of a
//! gallery, each to be described, moved and removed.

use domain::{
    Problem,
    media::{self, parse_alt},
    story::{BlockId, DECORATIVE, Kind, LONGEST_ALT, Part, Shot},
    words::{edit as w, edit_media as m},
};
use leptos::prelude::*;
use uuid::Uuid;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::block::{Around, field, set};

/// The description of the one picture of a block.
pub fn picture(around: Around, id: BlockId, alt: &str) -> AnyView {
    let locale = around.desk.locale;
    described(around, format!("{id}-alt"), w::alt(locale).to_owned(), alt, move |alt| {
        if let Kind::Image { picture, .. } = around.desk.kind_now(id) {
            set(around.desk, id, &Kind::Image { picture, alt });
        }
    })
}

/// The pictures of a gallery, one below the other.
pub fn gallery(around: Around, id: BlockId, shots: &[Shot]) -> AnyView {
    let count = shots.len();
    let rows = shots.iter().enumerate().map(|(at, shot)| row(around, id, at, count, shot));
    view! { <div class="edit-shots">{rows.collect::<Vec<_>>()}</div> }.into_any()
}

fn row(around: Around, id: BlockId, at: usize, count: usize, shot: &Shot) -> AnyView {
    let locale = around.desk.locale;
    let number = at + 1;
    let own = shot.id;
    let src = move || {
        around.shown.with(|shown| {
            shown.pictures.iter().find(|one| one.id == own).map(|one| one.src.clone())
        })
    };
    let (key, label) = (own.to_string(), m::shot_alt(locale, &number));
    let description = described(around, key, label, &shot.alt, move |alt| {
        change(around, id, at, own, |pictures| {
            pictures[at].alt = alt;
            Some(at)
        });
    });
    let earlier = move |pictures: &mut Vec<Shot>| {
        let to = at.checked_sub(1)?;
        pictures.swap(at, to);
        Some(to)
    };
    let later = move |pictures: &mut Vec<Shot>| {
        let to = at + 1;
        (to < pictures.len()).then(|| {
            pictures.swap(at, to);
            to
        })
    };
    let away = move |_| {
        let is_gone = change(around, id, at, own, |pictures| {
            pictures.remove(at);
            Some(at)
        });
        if is_gone.is_some() {
            around.desk.told.set(m::shot_removed(locale).to_owned());
            // The next one is where it was, or the last one is the one before it.
            go(id, at.min(count.saturating_sub(2)), "away");
        }
    };
    view! {
        <div role="group" aria-label=m::shot(locale, &number, &count) data-shot=at.to_string()>
            <img src=src alt="" width="96" height="60" draggable="false" />
            <div class="edit-shot">
                {description}
                <p class="buttons">
                    {mover(around, id, (at, own), ("earlier", "↑"), m::earlier(locale, &number), at == 0, earlier)}
                    {mover(around, id, (at, own), ("later", "↓"), m::later(locale, &number), number == count, later)}
                    <button
                        class="button"
                        data-kind="quiet"
                        data-step="away"
                        type="button"
                        disabled=move || !around.is_free(Part::Story)
                        on:click=away
                    >
                        {m::take_away(locale, &number)}
                    </button>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// The button that moves a picture by one place, and goes along with it.
fn mover(
    around: Around,
    id: BlockId,
    (at, own): (usize, Uuid),
    (way, sign): (&'static str, &'static str),
    words: String,
    is_last: bool,
    step: impl Fn(&mut Vec<Shot>) -> Option<usize> + 'static,
) -> AnyView {
    let moves = move |_| {
        let count = match around.desk.kind_now(id) {
            Kind::Gallery { pictures } => pictures.len(),
            _ => 0,
        };
        if let Some(to) = change(around, id, at, own, &step) {
            let told = m::shot_moved(around.desk.locale, &(to + 1), &count);
            around.desk.told.set(told);
            go(id, to, way);
        }
    };
    view! {
        <button
            class="button"
            data-step=way
            type="button"
            title=words.clone()
            aria-label=words
            disabled=move || is_last || !around.is_free(Part::Story)
            on:click=moves
        >
            {sign}
        </button>
    }
    .into_any()
}

/// Changes the pictures of a gallery as they are now; nothing where somebody else has
/// meanwhile put another one at this place. Where the picture is then.
fn change(
    around: Around,
    id: BlockId,
    at: usize,
    own: Uuid,
    edit: impl FnOnce(&mut Vec<Shot>) -> Option<usize>,
) -> Option<usize> {
    let Kind::Gallery { mut pictures } = around.desk.kind_now(id) else { return None };
    pictures.get(at).filter(|shot| shot.id == own)?;
    let to = edit(&mut pictures)?;
    set(around.desk, id, &Kind::Gallery { pictures });
    Some(to)
}

/// Moves the keyboard to a button of a picture once it is drawn, or to one of the same
/// picture that can be pressed, or to the button that brings pictures.
fn go(id: BlockId, at: usize, way: &'static str) {
    leptos::task::spawn_local(async move {
        leptos::task::tick().await;
        let shot = format!("[data-block=\"{id}\"] [data-shot=\"{at}\"]");
        let places = [
            format!("{shot} [data-step=\"{way}\"]:enabled"),
            format!("{shot} [data-step]:enabled"),
            format!("[data-block=\"{id}\"] .edit-upload input"),
        ];
        let found = places
            .iter()
            .find_map(|place| document().query_selector(place).ok().flatten())
            .and_then(|found| found.dyn_into::<HtmlElement>().ok());
        if let Some(found) = found {
            let _ = found.focus();
        }
    });
}

/// Moves the keyboard to the first description of a block that is still empty.
pub fn go_to_first(id: BlockId) {
    let fields = format!("[data-block=\"{id}\"] .edit-alt input:enabled:not([type=checkbox])");
    let Ok(fields) = document().query_selector_all(&fields) else { return };
    let found = (0..fields.length())
        .filter_map(|at| fields.item(at)?.dyn_into::<web_sys::HtmlInputElement>().ok())
        .find(|field| field.value().trim().is_empty());
    if let Some(found) = found {
        let _ = found.focus();
    }
}

/// A description, or that there is none to give.
fn described(
    around: Around,
    key: String,
    label: String,
    alt: &str,
    write: impl Fn(String) + Clone + 'static,
) -> AnyView {
    let locale = around.desk.locale;
    let is_decorative = alt == DECORATIVE;
    let told = if is_decorative { String::new() } else { alt.to_owned() };
    let typed = write.clone();
    let told = (told, is_decorative);
    let line = field(around, key, label, w::alt_hint(locale), told, move |text| {
        typed(read(&text).map_err(|problem| problem.say(locale))?);
        Ok(())
    });
    view! {
        <div class="edit-alt">
            {line}
            <label class="edit-decorative">
                <input
                    type="checkbox"
                    prop:checked=is_decorative
                    disabled=move || !around.is_free(Part::Story)
                    on:change=move |event| {
                        let alt = if event_target_checked(&event) { DECORATIVE } else { "" };
                        write(alt.to_owned());
                    }
                />
                {m::decorative(locale)}
            </label>
        </div>
    }
    .into_any()
}

/// Reads a description: one line, and no longer than a document holds.
fn read(text: &str) -> Result<String, Problem> {
    let alt = parse_alt(text, false)?;
    match alt.len() {
        0..=LONGEST_ALT => Ok(alt),
        _ => Err(Problem::TooLong { most: media::LONGEST_ALT }),
    }
}
