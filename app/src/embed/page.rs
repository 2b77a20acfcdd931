//! `/campaigns/{slug}/embed`: the look is the address, what to paste follows.

use domain::{
    embed::{
        Look,
        snippet::{AMP_SCRIPT, EmbedPage, STYLE_SHEET},
    },
    words::{embed_page as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::{counted::Counted, look::Choices, read};
use crate::{
    campaign::CopyButton,
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    ui::{load, reading},
};

/// The address of the page with a look chosen on it; a colour field always has a value,
/// so a box beside it says whether it is meant.
pub fn address(slug: &str, look: &Look) -> String {
    let own = if look.accent.is_some() { "&own=on" } else { "" };
    format!("/campaigns/{slug}/embed?{}{own}", look.query())
}

/// The same with a name for the card. `look` is the part of an address after `?`.
#[cfg(feature = "ssr")]
pub fn named(slug: &str, look: &str, id: domain::embed::EmbedId) -> String {
    let pairs = look.split('&').filter_map(|pair| pair.split_once('='));
    address(slug, &Look { embed: Some(id), ..Look::from_pairs(pairs) })
}

/// `/campaigns/{slug}/embed`
#[component]
pub fn CampaignEmbed() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let page = reading(move || slug.get(), read::embed_page);
    load(page, show)
}

fn show(page: EmbedPage) -> AnyView {
    let locale = locale();
    let heading = w::heading(locale, &page.title);
    let slug = page.slug.to_string();
    let address = format!("/campaigns/{slug}");
    let query = page_query();
    let look = Memo::new(move |_| {
        query.with(|query| {
            let name = |name: &'static str| Some((name, query.get_str(name)?));
            let accent = query.get_str("own").and_then(|_| name("accent"));
            let others = ["layout", "theme", "size", "lang", "embed"].into_iter().filter_map(name);
            Look::from_pairs(others.chain(accent))
        })
    });
    let is_demo = page.is_demo;
    let page = StoredValue::new(page);
    view! {
        <Title text=site::page_title(locale, &heading) />
        <Meta name="robots" content="noindex" />
        <DemoCampaignNotice is_demo=is_demo />
        <div class="page embedding">
            <header class="page-head">
                <p>
                    <a href=address>{w::back(locale)}</a>
                </p>
                <h1 tabindex="-1">{heading}</h1>
                <p>{w::text(locale)}</p>
            </header>
            <Choices slug=slug.clone() look=look />
            <Previews page=page look=look />
            <Counted slug=slug look=look />
            <Snippets page=page look=look />
        </div>
    }
    .into_any()
}

/// The card on three kinds of page.
#[component]
fn Previews(page: StoredValue<EmbedPage>, look: Memo<Look>) -> impl IntoView {
    let locale = locale();
    let grounds = [
        ("light", w::preview_light(locale)),
        ("dark", w::preview_dark(locale)),
        ("pattern", w::preview_pattern(locale)),
    ];
    let shown: Vec<_> = grounds
        .into_iter()
        .map(|(ground, words)| {
            // Of this very site, whatever its public address is.
            let address = move || {
                let slug = page.with_value(|page| page.slug.clone());
                // Who chooses is no reader, and is not counted.
                let look = Look { embed: None, ..look.get() };
                format!("/embed/{slug}?{}", look.query())
            };
            let height = move || look.get().layout.frame().1.to_string();
            view! {
                <figure class="embedding-ground" data-ground=ground>
                    <iframe src=address title=words height=height></iframe>
                    <figcaption>{words}</figcaption>
                </figure>
            }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="preview">
            <h2 id="preview">{w::preview(locale)}</h2>
            <div class="embedding-grounds">{shown}</div>
        </section>
    }
}

/// One block for each way to show it.
#[component]
fn Snippets(page: StoredValue<EmbedPage>, look: Memo<Look>) -> impl IntoView {
    let locale = locale();
    let of = move |write: fn(&EmbedPage, &Look) -> String| {
        Signal::derive(move || page.with_value(|page| write(page, &look.get())))
    };
    let same = move |text: &'static str| Signal::derive(move || text.to_owned());
    let badge = w::badge(locale);
    view! {
        <section class="section embedding-snippets" aria-labelledby="paste">
            <h2 id="paste">{w::paste(locale)}</h2>
            <Snippet title=w::link(locale) hint=w::link_hint(locale) text=of(EmbedPage::link_of) />
            <Snippet title=w::frame(locale) hint=w::frame_hint(locale) text=of(EmbedPage::frame) />
            <Snippet title=w::element(locale) hint=w::element_hint(locale) text=of(EmbedPage::element) />
            <Snippet title=w::style(locale) hint=w::style_hint(locale) text=same(STYLE_SHEET) />
            <Snippet
                title=format!("{badge} ({})", w::markdown(locale))
                hint=w::badge_hint(locale)
                text=of(EmbedPage::badge_markdown)
            />
            <Snippet
                title=format!("{badge} ({})", w::html(locale))
                hint=w::badge_hint(locale)
                text=of(EmbedPage::badge_html)
            />
            <Snippet title=w::amp(locale) hint=w::amp_hint(locale) text=of(EmbedPage::amp) />
            <Snippet
                title=w::amp_script(locale)
                hint=w::amp_script_hint(locale)
                text=same(AMP_SCRIPT)
            />
        </section>
    }
}

#[component]
fn Snippet(#[prop(into)] title: String, hint: &'static str, text: Signal<String>) -> impl IntoView {
    let copy = w::copy(locale());
    view! {
        <div class="embedding-snippet">
            <h3>{title}</h3>
            <p>{hint}</p>
            <pre tabindex="0">
                <code>{move || text.get()}</code>
            </pre>
            {move || view! { <CopyButton text=text.get() words=copy /> }}
        </div>
    }
}
