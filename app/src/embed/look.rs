//! The choice of a look: a plain form; once the page is alive each change is followed
//! at once.

use domain::{
    Locale,
    embed::{Accent, Layout, Look, Size, Theme},
    words::embed_page as w,
};
use leptos::prelude::*;
use leptos_router::{NavigateOptions, hooks::use_navigate};

use super::page::address;
use crate::{locale::locale, ui::Select};

/// What the colour field shows before anybody chose one: the site's own.
const OWN_COLOUR: &str = "#2b6f63";

/// The form.
#[component]
pub fn Choices(slug: String, look: Memo<Look>) -> impl IntoView {
    let locale = locale();
    let navigate = use_navigate();
    let action = format!("/campaigns/{slug}/embed");
    let go = Callback::new(move |wanted: Look| {
        let stay = NavigateOptions { replace: true, scroll: false, ..Default::default() };
        navigate(&address(&slug, &wanted), stay);
    });
    let now = look.get_untracked();
    let languages = [(String::new(), w::language_own(locale).to_owned())].into_iter();
    let languages = languages
        .chain(Locale::ALL.iter().map(|one| (one.tag().to_owned(), one.name().to_owned())))
        .collect();
    let put = move |put: fn(&mut Look, &str)| {
        Callback::new(move |value: String| {
            let mut wanted = look.get_untracked();
            put(&mut wanted, &value);
            go.run(wanted);
        })
    };
    // A form without wasm would lose it.
    let embed = now.embed.map(|embed| {
        view! { <input type="hidden" name="embed" value=embed.to_string() /> }
    });
    view! {
        <form class="fields embedding-look" action=action autocomplete="off" aria-labelledby="look">
            <h2 id="look">{w::look(locale)}</h2>
            {embed}
            <Select
                name="layout"
                label=w::layout(locale)
                options=options(&Layout::ALL, Layout::key, |one| layout_name(one, locale))
                selected=now.layout.key()
                on_change=put(|look, value| look.layout = read(&Layout::ALL, Layout::key, value))
            />
            <Select
                name="theme"
                label=w::theme(locale)
                options=options(&Theme::ALL, Theme::key, |one| theme_name(one, locale))
                selected=now.theme.key()
                on_change=put(|look, value| look.theme = read(&Theme::ALL, Theme::key, value))
            />
            <div class="field-row">
                <Select
                    name="size"
                    label=w::size(locale)
                    options=options(&Size::ALL, Size::key, |one| size_name(one, locale))
                    selected=now.size.key()
                    on_change=put(|look, value| look.size = read(&Size::ALL, Size::key, value))
                />
                <Select
                    name="lang"
                    label=w::language(locale)
                    options=languages
                    selected=now.locale.map_or("", Locale::tag)
                    on_change=put(|look, value| look.locale = value.parse().ok())
                />
            </div>
            {colour(look, go, locale)}
            <div class="buttons">
                <button class="button" type="submit">
                    {w::show(locale)}
                </button>
            </div>
        </form>
    }
}

/// A colour of one's own, and whether it is meant: its field always has a value.
fn colour(look: Memo<Look>, go: Callback<Look>, locale: Locale) -> AnyView {
    let now = look.get_untracked();
    let shown =
        now.accent.map_or_else(|| OWN_COLOUR.to_owned(), |accent| format!("#{}", accent.hex()));
    let colour = RwSignal::new(shown);
    let choose = move |value: String| {
        colour.set(value.clone());
        go.run(Look { accent: Accent::parse(&value), ..look.get_untracked() });
    };
    let own = move |is_own: bool| {
        let accent = is_own.then(|| Accent::parse(&colour.get_untracked())).flatten();
        go.run(Look { accent, ..look.get_untracked() });
    };
    view! {
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
                on:change:target=move |event| choose(event.target().value())
            />
        </fieldset>
    }
    .into_any()
}

fn options<T: Copy>(
    all: &[T],
    key: fn(T) -> &'static str,
    name: impl Fn(T) -> &'static str,
) -> Vec<(String, String)> {
    all.iter().map(|one| (key(*one).to_owned(), name(*one).to_owned())).collect()
}

fn read<T: Copy + Default>(all: &[T], key: fn(T) -> &'static str, value: &str) -> T {
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
