//! Going back leads to the place on the page that was left. The router draws a
//! page before it enters it in the history, so that a browser notes the place
//! for the wrong one; while a page is alive, this does it instead. The places are
//! kept with the tab, so that they outlive a page that is loaded anew.

use std::time::Duration;

use leptos::{ev, prelude::*};

/// How often to look whether the page is there again, and for how long.
const LOOK_EVERY: Duration = Duration::from_millis(40);
const LOOKS: u32 = 50;

/// A page that is on its way back to where it was left.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Return {
    address: String,
    /// Pixels from the top.
    place: i32,
}

/// Notes the place on every page of this visit, and returns to it.
pub fn keep_places(is_routing: ReadSignal<bool>) {
    let on_its_way = StoredValue::new(None::<Return>);
    Effect::new(move |_| {
        leave_to_browser(false);
        let scrolled = window_event_listener(ev::scroll, move |_| {
            if on_its_way.with_value(Option::is_none) {
                note(place());
            }
        });
        let went_back = window_event_listener(ev::popstate, move |_| {
            let address = address();
            let place = noted(&address);
            // A place that the address itself names is the browser's to find.
            if place.is_none() && address.contains('#') {
                return;
            }
            let to = Return { address, place: place.unwrap_or_default() };
            on_its_way.set_value(Some(to.clone()));
            return_to(to, on_its_way, is_routing, LOOKS);
        });
        let left = window_event_listener(ev::pagehide, |_| leave_to_browser(true));
        on_cleanup(move || {
            scrolled.remove();
            went_back.remove();
            left.remove();
        });
    });
}

/// Scrolls once the page is there and tall enough, unless somebody has gone on.
fn return_to(
    to: Return,
    on_its_way: StoredValue<Option<Return>>,
    is_routing: ReadSignal<bool>,
    looks: u32,
) {
    set_timeout(
        move || {
            let is_overtaken = address() != to.address
                || on_its_way.try_with_value(|now| now.as_ref() != Some(&to)).unwrap_or(true);
            if is_overtaken {
                on_its_way.try_update_value(|now| now.take_if(|now| *now == to));
            } else if looks == 0 || (!is_routing.get_untracked() && room() >= to.place) {
                if let Some(root) = document().document_element() {
                    root.set_scroll_top(to.place);
                }
                on_its_way.try_set_value(None);
            } else {
                return_to(to, on_its_way, is_routing, looks - 1);
            }
        },
        LOOK_EVERY,
    );
}

/// Notes a place on the page on show. Who allows no storage comes back to the top.
fn note(place: i32) {
    if let Ok(Some(tab)) = window().session_storage() {
        let _ = tab.set_item(&key(&address()), &place.to_string());
    }
}

/// The place that was noted last on a page.
fn noted(address: &str) -> Option<i32> {
    let tab = window().session_storage().ok()??;
    tab.get_item(&key(address)).ok()??.parse().ok()
}

fn key(address: &str) -> String {
    format!("place {address}")
}

fn address() -> String {
    window().location().href().unwrap_or_default()
}

fn place() -> i32 {
    document().document_element().map_or(0, |root| root.scroll_top())
}

/// How far the page can be scrolled.
fn room() -> i32 {
    document().document_element().map_or(0, |root| root.scroll_height() - root.client_height())
}

/// Whether the browser restores the place by itself, as it should when a page
/// is loaded anew.
fn leave_to_browser(is_its_own: bool) {
    let mode = if is_its_own { "auto" } else { "manual" };
    if let Ok(history) = window().history() {
        let _ = js_sys::Reflect::set(&history, &"scrollRestoration".into(), &mode.into());
    }
}
