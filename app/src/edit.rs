//! The page as its own editor, written by several people at once, and its history.
//! A part of the site by itself: who reads or pledges downloads nothing of it.

pub mod act;
mod bar;
mod block;
mod change;
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
mod shape;
mod tools;
mod upload;

use domain::story::document::Document;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// The editor or the history, as the address says. One part for both, so that a
/// visitor knows one address more and no other.
#[component]
pub fn Pages() -> impl IntoView {
    let path = use_location().pathname.get_untracked();
    match path.trim_end_matches('/').ends_with("/history") {
        true => view! { <history::EditHistory /> }.into_any(),
        false => view! { <page::EditPage /> }.into_any(),
    }
}

/// A copy of the page with a number that no other copy has.
fn new_document() -> Document {
    Document::with_undo(random(), random())
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
