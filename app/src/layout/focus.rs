//! After a navigation the keyboard and the screen reader start at the new
//! page's heading, as they would after a page load.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast as _;

/// How often to look whether the new page is drawn, and for how long. A view
/// transition draws it some frames after the navigation has ended.
const LOOK_EVERY: Duration = Duration::from_millis(40);
const LOOKS: u32 = 25;

/// Moves the focus whenever the path has changed and its page is there.
pub fn follow_navigation(is_routing: ReadSignal<bool>) {
    let path = use_location().pathname;
    Effect::new(move |seen: Option<String>| {
        let path = path.get();
        match seen {
            // The first page was loaded by the browser, which places the focus.
            None => path,
            Some(seen) if is_routing.get() || seen == path => seen,
            Some(_) => {
                let left = heading().and_then(|heading| heading.text_content());
                look(left.unwrap_or_default(), LOOKS);
                path
            }
        }
    });
}

/// Focuses the heading once it is no longer the one of the page that was left.
fn look(left: String, looks: u32) {
    set_timeout(
        move || {
            let heading = heading();
            let is_new = heading.as_ref().and_then(|h| h.text_content()).is_some_and(|h| h != left);
            if is_new || looks == 0 {
                focus(heading);
            } else {
                look(left, looks - 1);
            }
        },
        LOOK_EVERY,
    );
}

/// Where a list is filtered or turned, the link that was followed is drawn away or
/// means something else by then: one goes on at the heading of what was found.
pub fn follow_results(is_pending: Signal<bool>) {
    let search = use_location().search;
    let is_owed = StoredValue::new(false);
    Effect::new(move |seen: Option<String>| {
        let search = search.get();
        if seen.is_some_and(|seen| seen != search) && is_among_results() {
            is_owed.set_value(true);
        }
        search
    });
    Effect::new(move |_| {
        if !is_pending.get() && is_owed.get_value() {
            is_owed.set_value(false);
            // The list is drawn right after it was read.
            let go = || {
                if let Some(results) = document().get_element_by_id("results") {
                    focus(Some(results));
                }
            };
            set_timeout(go, LOOK_EVERY);
        }
    });
}

/// Whether the focus is on a link of the list, and not on a filter that stays.
fn is_among_results() -> bool {
    let active = document().active_element();
    active.is_some_and(|active| active.closest(".discover-results").ok().flatten().is_some())
}

/// Puts the focus at the top of the page on show, after something on it was
/// done that took its button away.
pub fn focus_heading() {
    focus(heading());
}

/// The same of a part that is just being read: it is drawn right after.
pub fn focus_coming_heading() {
    set_timeout(focus_heading, LOOK_EVERY);
}

fn heading() -> Option<web_sys::Element> {
    document().query_selector("main h1").ok().flatten()
}

fn focus(heading: Option<web_sys::Element>) {
    let target = heading.or_else(|| document().get_element_by_id("main"));
    if let Some(target) = target.and_then(|t| t.dyn_into::<web_sys::HtmlElement>().ok()) {
        target.set_tab_index(-1);
        let options = web_sys::FocusOptions::new();
        // The router has placed the scroll; after going back that is not the top.
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
    }
}
