//! The browser's entry: takes over the page that the server rendered.

use app::App;
use leptos::{mount::hydrate_from_async, prelude::document, task::spawn_local};
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's one script, once the wasm is there.
#[wasm_bindgen]
pub fn hydrate() {
    _ = any_spawner::Executor::init_wasm_bindgen();
    spawn_local(async {
        let Some(body) = document().body() else { return };
        hydrate_from_async(body, App).await.forget();
        // Tests and styles may tell a live page from one that still loads.
        if let Some(html) = document().document_element() {
            _ = html.set_attribute("data-hydrated", "true");
        }
    });
}
