//! After a navigation the keyboard and the screen reader start at the new
//! page's heading, as they would after a page load.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast as _;

/// The new page is drawn within a frame or two of the end of the navigation,
/// inside a view transition where there is one.
const DRAWN: Duration = Duration::from_millis(60);

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
                set_timeout(focus_heading, DRAWN);
                path
            }
        }
    });
}

fn focus_heading() {
    let heading = document().query_selector("main h1").ok().flatten();
    let target = heading.or_else(|| document().get_element_by_id("main"));
    if let Some(target) = target.and_then(|t| t.dyn_into::<web_sys::HtmlElement>().ok()) {
        target.set_tab_index(-1);
        let options = web_sys::FocusOptions::new();
        // The router has placed the scroll; after going back that is not the top.
        options.set_prevent_scroll(true);
        let _ = target.focus_with_options(&options);
    }
}
