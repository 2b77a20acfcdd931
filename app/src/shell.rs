//! The HTML document around the app.

use std::collections::HashMap;

use domain::Locale;
use leptos::{WasmSplitManifest, nonce::use_nonce, prelude::*};
use leptos_meta::MetaTags;

use crate::router::App;

/// Addresses of the site's own files, which carry hashes of their content.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Assets {
    /// The script that loads the wasm.
    pub js: String,
    pub wasm: String,
    pub css: String,
    /// The folder of the pages' parts.
    pub pkg: String,
    /// The script that loads a part, by its name in that folder.
    pub split_js: Option<String>,
    /// Files of each part, without their ending.
    pub splits: HashMap<String, Vec<String>>,
}

/// The whole document. Without assets, as in tests, it has no script and every
/// page works all the same.
#[must_use]
pub fn shell(assets: &Assets, locale: Locale) -> impl IntoView + use<> {
    // With it, the answer asks for the page's part together with the rest.
    if let Some(script) = &assets.split_js {
        let manifest = (assets.pkg.clone(), assets.splits.clone(), script.clone());
        provide_context(WasmSplitManifest(ArcStoredValue::new(manifest)));
    }
    #[cfg(feature = "ssr")]
    let is_demo = crate::demo::of_request();
    #[cfg(not(feature = "ssr"))]
    let is_demo = false;
    #[cfg(feature = "ssr")]
    let card_script = crate::http::shows_card_entry();
    #[cfg(not(feature = "ssr"))]
    let card_script = false;
    let card_script = card_script
        .then(|| view! { <script src="/card-entry.js" defer="" data-card-script=""></script> });
    let nonce = use_nonce();
    let script = (!assets.js.is_empty()).then(|| {
        let Assets { js, wasm, .. } = assets;
        format!(
            "import('{js}').then(m=>m.default({{module_or_path:'{wasm}'}}).then(()=>m.hydrate()))"
        )
    });
    let (js, wasm, css) = (assets.js.clone(), assets.wasm.clone(), assets.css.clone());
    view! {
        <!DOCTYPE html>
        <html lang=locale.tag() data-demo=is_demo.then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fbfaf7"/>
                <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#101817"/>
                <link rel="preload" href="/fonts/newsreader.woff2" r#as="font" r#type="font/woff2" crossorigin=""/>
                <link rel="stylesheet" href=css/>
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml"/>
                <link rel="alternate" r#type="application/atom+xml" href="/feed.atom"/>
                {script.map(|script| view! {
                    <link rel="modulepreload" href=js/>
                    <link rel="preload" href=wasm r#as="fetch" r#type="application/wasm" crossorigin=""/>
                    <script r#type="module" nonce=nonce>{script}</script>
                })}
                {card_script}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}
