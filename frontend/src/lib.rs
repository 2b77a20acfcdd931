//! The browser's entry: takes over the page that the server rendered.

use app::App;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called by the page's one script, once the wasm is there.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
}
