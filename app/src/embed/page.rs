//! `/campaigns/{slug}/embed`: the look is the address, what to paste follows.

use domain::{
    Locale,
    embed::{Accent, Layout, Look, Size, Theme, snippet::EmbedPage},
    words::{embed_page as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::{
    NavigateOptions,
    hooks::{use_navigate, use_params_map, use_query_map},
};

use super::read;
use crate::{
    campaign::CopyButton,
    layout::DemoCampaignNotice,
    locale::locale,
    ui::{Select, load, reading},
};

/// What the colour field shows before anybody chose one: the site's own.
const OWN_COLOUR: &str = "#2b6f63";

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
    let address = format!("/campaigns/{}", page.slug);
    let query = use_query_map();
    let look = Memo::new(move |_| {
        query.with(|query| {
            let name = |name: &'static str| Some((name, query.get_str(name)?));
            // A colour field always has a value; a box says whether it is meant.
            let accent = query.get_str("own").and_then(|_| name("accent"));
            let others = ["layout", "theme", "size", "lang"].into_iter().filter_map(name);
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
                    <a href=address.clone()>{w::back(locale)}</a>
                </p>
                <h1 tabindex="-1">{heading}</h1>
                <p>{w::text(locale)}</p>
            </header>
            <Choices action=format!("{address}/embed") look=look />
            <Previews page=page look=look />
            <Snippets page=page look=look />
        </div>
    }
    .into_any()
}

/// A plain form; once the page is alive each change is followed at once.
#[component]
fn Choices(action: String, look: Memo<Look>) -> impl IntoView {
    let locale = locale();
    let navigate = use_navigate();
    let path = action.clone();
    let go = Callback::new(move |wanted: Look| {
        let mut query = wanted.query();
        if wanted.accent.is_some() {
            query.push_str("&own=on");
        }
        let stay = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&format!("{path}?{query}"), stay);
    });
    let change = move |change: fn(&mut Look, &str)| {
        Callback::new(move |value: String| {
            let mut wanted = look.get_untracked();
            change(&mut wanted, &value);
            go.run(wanted);
        })
    };
    let now = look.get_untracked();
    let colour =
        now.accent.map_or_else(|| OWN_COLOUR.to_owned(), |accent| format!("#{}", accent.hex()));
    let colour = RwSignal::new(colour);
    let choose_colour = move |value: String| {
        colour.set(value.clone());
        go.run(Look { accent: Accent::parse(&value), ..look.get_untracked() });
    };
    let own = move |is_own: bool| {
        let accent = is_own.then(|| Accent::parse(&colour.get_untracked())).flatten();
        go.run(Look { accent, ..look.get_untracked() });
    };
    let languages = [(String::new(), w::language_own(locale).to_owned())].into_iter();
    let languages = languages
        .chain(Locale::ALL.iter().map(|one| (one.tag().to_owned(), one.name().to_owned())))
        .collect();
    view! {
        <form class="fields embedding-look" action=action autocomplete="off" aria-labelledby="look">
            <h2 id="look">{w::look(locale)}</h2>
            <Select
                name="layout"
                label=w::layout(locale)
                options=options(&Layout::ALL, Layout::key, |one| layout_name(one, locale))
                selected=now.layout.key()
                on_change=change(|look, value| look.layout = read_one(&Layout::ALL, Layout::key, value))
            />
            <Select
                name="theme"
                label=w::theme(locale)
                options=options(&Theme::ALL, Theme::key, |one| theme_name(one, locale))
                selected=now.theme.key()
                on_change=change(|look, value| look.theme = read_one(&Theme::ALL, Theme::key, value))
            />
            <div class="field-row">
                <Select
                    name="size"
                    label=w::size(locale)
                    options=options(&Size::ALL, Size::key, |one| size_name(one, locale))
                    selected=now.size.key()
                    on_change=change(|look, value| look.size = read_one(&Size::ALL, Size::key, value))
                />
                <Select
                    name="lang"
                    label=w::language(locale)
                    options=languages
                    selected=now.locale.map_or("", Locale::tag)
                    on_change=change(|look, value| look.locale = value.parse().ok())
                />
            </div>
            <fieldset class="choices">
                <legend>{w::accent(locale)}</legend>
                <label class="choice">
                    <input
                        type="checkbox"
                        name="own"
                        checked=now.accent.is_some()
                        on:change:target=move |event| own(event.target().checked())
                    />
                    <span>{w::accent_own(locale)}</span>
                </label>
                <input
                    class="input embedding-colour"
                    type="color"
                    name="accent"
                    aria-label=w::accent(locale)
                    value=colour.get_untracked()
                    on:change:target=move |event| choose_colour(event.target().value())
                />
            </fieldset>
            <div class="buttons">
                <button class="button" type="submit">
                    {w::show(locale)}
                </button>
            </div>
        </form>
    }
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
                format!("/embed/{slug}?{}", look.get().query())
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
    let badge = w::badge(locale);
    view! {
        <section class="section embedding-snippets" aria-labelledby="paste">
            <h2 id="paste">{w::paste(locale)}</h2>
            <Snippet title=w::link(locale) hint=w::link_hint(locale) text=of(|page, _| page.link()) />
            <Snippet title=w::frame(locale) hint=w::frame_hint(locale) text=of(EmbedPage::frame) />
            <Snippet title=w::element(locale) hint=w::element_hint(locale) text=of(EmbedPage::element) />
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

fn options<T: Copy>(
    all: &[T],
    key: fn(T) -> &'static str,
    name: impl Fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|one| (key(*one).to_owned(), name(*one).to_owned())).collect()
}

fn read_one<T: Copy + Default>(all: &[T], key: fn(T) -> &'static str, value: &str) -> T {
    all.iter().copied().find(|one| key(*one) == value).unwrap_or_default()
}

fn layout_name(layout: Layout, locale: Locale) -> &'static str {
    match layout {
        Layout::Card => w::layout_card(locale),
        Layout::Compact => w::layout_compact(locale),
        Layout::Bar => w::layout_bar(locale),
        Layout::Button => w::layout_button(locale),
    }
}

fn theme_name(theme: Theme, locale: Locale) -> &'static str {
    match theme {
        Theme::Auto => w::theme_auto(locale),
        Theme::Light => w::theme_light(locale),
        Theme::Dark => w::theme_dark(locale),
    }
}

fn size_name(size: Size, locale: Locale) -> &'static str {
    match size {
        Size::Small => w::size_small(locale),
        Size::Medium => w::size_medium(locale),
        Size::Large => w::size_large(locale),
    }
}
