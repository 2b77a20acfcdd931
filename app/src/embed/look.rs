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
    // A form without wasm would lose it.
    let embed = now.embed.map(|embed| {
        view! { <input type="hidden" name="embed" value=embed.to_string() /> }
    });
    view! {
        <form class="fields embedding-look" action=action autocomplete="off" aria-labelledby="look">
            <h2 id="look">{w::look(locale)}</h2>
            {embed}
            {choice::<Layout>(look, go, locale)}
            {choice::<Theme>(look, go, locale)}
            {choice::<Size>(look, go, locale)}
            <Select
                name="lang"
                label=w::language(locale)
                options=languages
                selected=now.locale.map_or("", Locale::tag)
                on_change=Callback::new(move |value: String| {
                    go.run(Look { locale: value.parse().ok(), ..look.get_untracked() });
                })
            />
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

/// One part of a look that has a few values.
trait Part: Copy + PartialEq + Default + 'static {
    /// Its name in addresses.
    const NAME: &'static str;
    const ALL: &'static [Self];
    fn label(locale: Locale) -> &'static str;
    fn of(look: &Look) -> Self;
    fn put(self, look: Look) -> Look;
    fn key(self) -> &'static str;
    fn words(self, locale: Locale) -> &'static str;
}

/// The list of one part.
fn choice<P: Part>(look: Memo<Look>, go: Callback<Look>, locale: Locale) -> AnyView {
    let options =
        P::ALL.iter().map(|one| (one.key().to_owned(), one.words(locale).to_owned())).collect();
    let choose = move |value: String| {
        let chosen = P::ALL.iter().copied().find(|one| one.key() == value).unwrap_or_default();
        go.run(chosen.put(look.get_untracked()));
    };
    view! {
        <Select
            name=P::NAME
            label=P::label(locale)
            options=options
            selected=P::of(&look.get_untracked()).key()
            on_change=Callback::new(choose)
        />
    }
    .into_any()
}

impl Part for Layout {
    const NAME: &'static str = "layout";
    const ALL: &'static [Self] = &Self::ALL;

    fn label(locale: Locale) -> &'static str {
        w::layout(locale)
    }

    fn of(look: &Look) -> Self {
        look.layout
    }

    fn put(self, look: Look) -> Look {
        Look { layout: self, ..look }
    }

    fn key(self) -> &'static str {
        Self::key(self)
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Card => w::layout_card(locale),
            Self::Compact => w::layout_compact(locale),
            Self::Bar => w::layout_bar(locale),
            Self::Button => w::layout_button(locale),
        }
    }
}

impl Part for Theme {
    const NAME: &'static str = "theme";
    const ALL: &'static [Self] = &Self::ALL;

    fn label(locale: Locale) -> &'static str {
        w::theme(locale)
    }

    fn of(look: &Look) -> Self {
        look.theme
    }

    fn put(self, look: Look) -> Look {
        Look { theme: self, ..look }
    }

    fn key(self) -> &'static str {
        Self::key(self)
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Auto => w::theme_auto(locale),
            Self::Light => w::theme_light(locale),
            Self::Dark => w::theme_dark(locale),
        }
    }
}

impl Part for Size {
    const NAME: &'static str = "size";
    const ALL: &'static [Self] = &Self::ALL;

    fn label(locale: Locale) -> &'static str {
        w::size(locale)
    }

    fn of(look: &Look) -> Self {
        look.size
    }

    fn put(self, look: Look) -> Look {
        Look { size: self, ..look }
    }

    fn key(self) -> &'static str {
        Self::key(self)
    }

    fn words(self, locale: Locale) -> &'static str {
        match self {
            Self::Small => w::size_small(locale),
            Self::Medium => w::size_medium(locale),
            Self::Large => w::size_large(locale),
        }
    }
}
