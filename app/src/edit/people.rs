//! Who else is here, and where: a list in the bar, and carets and marks laid over
//! the page.

use std::fmt::Write as _;

use domain::{story::Place, story::frame::Person, words::edit as w};
use leptos::prelude::*;

use super::{desk::Desk, dom, place::element};

/// So many names stand in the bar; the others are counted.
const NAMED: usize = 6;

/// A caret or a selection of somebody else, from the editor's own corner, in pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Mark {
    name: String,
    colour: u8,
    left: i32,
    top: i32,
    height: i32,
    /// Top and height of the whole block.
    block: (i32, i32),
}

impl Desk {
    /// Takes in who is here, and where they moved.
    pub fn meet(self, people: Vec<Person>) {
        // Said once, at the door; who moves together with others is told of all of them.
        if let Some(you) = people.iter().find(|person| person.is_you) {
            self.line.inner.update_value(|inner| inner.me = Some(you.id));
        }
        let me = self.line.inner.with_value(|inner| inner.me);
        let mut came = Vec::new();
        self.line.people.update(|here| {
            for person in people.into_iter().filter(|person| Some(person.id) != me) {
                match here.iter_mut().find(|known| known.id == person.id) {
                    Some(known) => *known = person,
                    None => {
                        came.push(person.name.clone());
                        here.push(person);
                    }
                }
            }
        });
        if !came.is_empty() {
            self.told.set(w::joined(self.locale, &came.join(", ")));
        }
    }

    /// Somebody left.
    pub fn part(self, id: u32) {
        let name = self.line.people.with_untracked(|here| {
            here.iter().find(|person| person.id == id).map(|person| person.name.clone())
        });
        self.line.people.update(|here| here.retain(|person| person.id != id));
        if let Some(name) = name {
            self.told.set(w::left(self.locale, &name));
        }
    }
}

/// Who else is here, by their first letters.
pub fn list(desk: Desk) -> AnyView {
    let locale = desk.locale;
    let people = desk.line.people;
    let shown = move || {
        let people = people.get();
        let more = people.len().saturating_sub(NAMED);
        let names = people.into_iter().take(NAMED).map(|person| {
            let letter: String = person.name.chars().take(1).collect();
            let (name, title) = (person.name.clone(), person.name);
            view! {
                <li data-colour=person.colour.to_string() title=title>
                    <span aria-hidden="true">{letter}</span>
                    <span class="visually-hidden">{name}</span>
                </li>
            }
        });
        let more = (more > 0).then(|| view! { <li>{format!("+{more}")}</li> });
        view! {
            {names.collect::<Vec<_>>()}
            {more}
        }
        .into_any()
    };
    view! {
        <ul class="edit-people" aria-label=w::people(locale)>
            {shown}
        </ul>
    }
    .into_any()
}

/// Where the others are, laid over the page.
pub fn overlay(desk: Desk) -> AnyView {
    let marks = RwSignal::new(Vec::<Mark>::new());
    let is_waiting = StoredValue::new(false);
    let measure = move || {
        if is_waiting.try_update_value(|waits| std::mem::replace(waits, true)) != Some(false) {
            return;
        }
        // Once in a frame, when everything has been drawn.
        request_animation_frame(move || {
            if is_waiting.try_set_value(false).is_some() {
                return;
            }
            let Some(people) = desk.line.people.try_get_untracked() else { return };
            let fresh: Vec<Mark> = people.iter().filter_map(|one| mark(desk, one)).collect();
            if marks.try_with_untracked(|shown| *shown != fresh) == Some(true) {
                marks.set(fresh);
            }
        });
    };
    Effect::new(move |_| {
        desk.line.people.track();
        desk.drawn.track();
        desk.order.track();
        measure();
    });
    let resized = window_event_listener(leptos::ev::resize, move |_| measure());
    on_cleanup(move || resized.remove());
    let shown = move || {
        let marks = marks.get().into_iter().map(|mark| {
            let pixels = |number: i32| format!("{number}px");
            view! {
                <span
                    class="edit-block-mark"
                    data-colour=mark.colour.to_string()
                    style:top=pixels(mark.block.0)
                    style:height=pixels(mark.block.1)
                ></span>
                <span
                    class="edit-caret"
                    data-colour=mark.colour.to_string()
                    data-name=mark.name
                    style:left=pixels(mark.left)
                    style:top=pixels(mark.top)
                    style:height=pixels(mark.height)
                ></span>
            }
        });
        marks.collect::<Vec<_>>()
    };
    view! { <div class="edit-carets" aria-hidden="true">{shown}</div> }.into_any()
}

fn mark(desk: Desk, person: &Person) -> Option<Mark> {
    let head = bytes(&person.presence.head)?;
    let (place, at) = desk.with(|document| document.unstick(&head))?;
    let element = element(place)?;
    let page = document().query_selector(".edit").ok().flatten()?.get_bounding_client_rect();
    let caret = dom::text_box(&element, at, at)?;
    let around = match place {
        Place::Block(_) => element.closest("[data-block]").ok().flatten()?,
        _ => element,
    };
    let around = around.get_bounding_client_rect();
    let (left, top) = (page.left() as i32, page.top() as i32);
    Some(Mark {
        name: person.name.clone(),
        colour: person.colour,
        left: caret.left() as i32 - left,
        top: caret.top() as i32 - top,
        height: (caret.height() as i32).min(48),
        block: (around.top() as i32 - top, around.height() as i32),
    })
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Bytes from hexadecimal; `None` where it is none.
#[must_use]
pub fn bytes(hex: &str) -> Option<Vec<u8>> {
    if !hex.is_ascii() || hex.len() % 2 == 1 {
        return None;
    }
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{bytes, hex};

    #[test]
    fn bytes_survive_as_digits() {
        let all: Vec<u8> = (0..=255).collect();
        assert_eq!(bytes(&hex(&all)), Some(all));
        for broken in ["0g", "é0", "123"] {
            assert_eq!(bytes(broken), None, "{broken}");
        }
    }
}
