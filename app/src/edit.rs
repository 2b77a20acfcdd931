//! The page as its own editor, written by several people at once, and its history.
//! A part of the site by itself: who reads or pledges downloads nothing of it.

pub mod act;
mod bar;
mod block;
mod captions;
mod change;
mod changes;
mod describe;
mod desk;
mod dom;
mod drag;
mod draw;
mod history;
mod keep;
mod keys;
mod line;
mod link;
mod menu;
mod page;
mod paste;
mod people;
mod place;
mod shape;
mod shelf;
mod still;
mod tools;
mod upload;

use domain::story::document::Document;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::{JsCast as _, closure::Closure};

/// The editor, its changes or the history, as the address says. One part for all, so that a
/// visitor knows one address more and no other.
#[component]
pub fn Pages() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    match path.trim_end_matches('/').rsplit('/').next() {
        Some("history") => view! { <history::EditHistory /> }.into_any(),
        Some("changes") => view! { <changes::EditChanges /> }.into_any(),
        _ => view! { <page::EditPage /> }.into_any(),
    }
}

/// A copy of the page with a number that no other copy has.
fn new_document() -> Document {
    Document::with_undo(random(), random())
}

/// Calls this whenever the selection changes, while the calling component is on the
/// page. The document alone is told, so that the window's listeners would not hear.
fn on_selection(told: impl Fn() + 'static) {
    let told = Closure::<dyn Fn()>::new(told);
    let call = told.as_ref().unchecked_ref::<js_sys::Function>().clone();
    let _ = document().add_event_listener_with_callback("selectionchange", &call);
    let kept = StoredValue::new_local((told, call));
    on_cleanup(move || {
        let _ = kept.try_with_value(|(_, call)| {
            document().remove_event_listener_with_callback("selectionchange", call)
        });
    });
}

/// A number that nobody guesses.
fn random() -> u64 {
    let mut bytes = [0; 8];
    if let Ok(crypto) = window().crypto() {
        // It fails for more than 65,536 bytes at once, and only then.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    u64::from_le_bytes(bytes)
}
