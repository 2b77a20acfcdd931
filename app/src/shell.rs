//! The HTML document around the app.

use std::collections::HashMap;

use domain::Locale;
use leptos::{nonce::use_nonce, prelude::*};
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

impl Assets {
    /// The addresses of the files of a part of the pages, which the splitter names after
    /// its type, with spaces between them. Nothing when there are none.
    #[must_use]
    pub fn part(&self, name: &str) -> String {
        let Some(script) = &self.split_js else { return String::new() };
        let prefix = format!("__{}_view_", name.to_lowercase());
        let files = self.splits.iter().filter(|(split, _)| split.starts_with(&prefix));
        let files = files.flat_map(|(_, files)| files);
        let files = files.map(|file| format!("{}/{file}.wasm", self.pkg));
        let all = std::iter::once(format!("{}/{script}", self.pkg)).chain(files);
        all.collect::<Vec<_>>().join(" ")
    }
}

/// What a page of this part names in its head for [`start_script`] to fetch. Leptos would
/// have it fetched at once, and looks for the page in what its thread did last, which now
/// and then is somebody else's.
pub(crate) fn part(_name: &str) -> String {
    #[cfg(feature = "ssr")]
    if let Some(assets) = use_context::<&'static Assets>() {
        return assets.part(_name);
    }
    String::new()
}

/// Fetches the app and lets it take the page over, once the page has been drawn: what
/// can be read, and used without it, must not wait for it on a slow line. A page that
/// nobody sees is not drawn, and a picture may be slow, so that it begins after a second
/// in any case. Between making the app ready and taking the page over, which each keep a
/// phone busy for a while, the browser gets its turn.
fn start_script(Assets { js, wasm, .. }: &Assets) -> String {
    format!(
        "let go=()=>{{let w=fetch('{wasm}');go=()=>{{}};\
         import('{js}').then(m=>m.default({{module_or_path:w}}).then(()=>setTimeout(m.hydrate)));\
         document.querySelector('meta[name=part]')?.content.split(' ').map(f=>f&&fetch(f))}};\
         setTimeout(()=>go(),1e3);\
         addEventListener('load',()=>\
         new PerformanceObserver(()=>go()).observe({{type:'paint',buffered:true}}))"
    )
}

/// The whole document. Without assets, as in tests, it has no script and every
/// page works all the same.
#[must_use]
pub fn shell(assets: &'static Assets, locale: Locale) -> impl IntoView + use<> {
    provide_context(assets);
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
    let script = (!assets.js.is_empty()).then(|| start_script(assets));
    let css = assets.css.clone();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_its_own_files_only() {
        let files = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        let assets = Assets {
            pkg: "/pkg/1".into(),
            split_js: Some("split.js".into()),
            splits: HashMap::from([
                ("__backing_view_17".into(), files(["chunk_1", "split_backing"])),
                ("__studio_view_17".into(), files(["chunk_2", "split_studio"])),
            ]),
            ..Assets::default()
        };
        let studio = "/pkg/1/split.js /pkg/1/chunk_2.wasm /pkg/1/split_studio.wasm";
        assert_eq!(assets.part("Studio"), studio);
        assert!(Assets::default().part("Studio").is_empty());
    }
}
