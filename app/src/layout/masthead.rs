//! The head of every page.

use domain::{Locale, campaign::Visitor, words, words::site as w};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_navigate};

use crate::{
    campaign::read,
    locale::locale,
    ui::{Icon, IconName, once_read, reading},
};

/// The pedestal of the wordmark, also the icon of the site.
#[component]
pub fn Wordmark() -> impl IntoView {
    view! {
        <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 21h18v-3H3zm3-4h12v-3H6zm2-4h8V6H8zM6 5h12V2H6z" />
        </svg>
        {w::name(locale())}
    }
}

/// Wordmark, ways, search, language and account.
#[component]
pub fn Masthead() -> impl IntoView {
    let locale = locale();
    let path = use_location().pathname;
    let here = move |href: &'static str| move || (path.get() == href).then_some("page");
    view! {
        <header class="masthead">
            <a class="wordmark" href="/">
                <Wordmark />
            </a>
            <nav class="masthead-ways" aria-label=w::navigation(locale)>
                <a href="/discover" aria-current=here("/discover")>
                    {w::discover(locale)}
                </a>
                <a href="/discover?sort=ending_soon">{w::ending_soon(locale)}</a>
                <a href="/start">{words::studio_page::start(locale)}</a>
            </nav>
            <SearchForm />
            <div class="masthead-me">
                <LanguageSwitch />
                <AccountLinks />
            </div>
        </header>
    }
}

/// Asks the discover page. A plain form; once the page is alive it stays.
#[component]
fn SearchForm() -> impl IntoView {
    let locale = locale();
    let input = NodeRef::<leptos::html::Input>::new();
    let navigate = use_navigate();
    let search = move |event: leptos::ev::SubmitEvent| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            let pairs = [("q", input.value())];
            let pairs = pairs.iter().map(|(name, value)| (*name, value.as_str()));
            navigate(&domain::discovery::Query::from_pairs(pairs).path(), Default::default());
        }
    };
    view! {
        <form class="masthead-search" action="/discover" role="search" on:submit=search>
            <label>
                <span class="visually-hidden">{w::search_label(locale)}</span>
                <Icon name=IconName::Search />
                <input
                    node_ref=input
                    type="search"
                    name="q"
                    placeholder=w::search_label(locale)
                    maxlength=domain::discovery::LONGEST_SEARCH.to_string()
                />
            </label>
        </form>
    }
}

/// The other languages, each in its own words. It posts and loads the page
/// anew, because every sentence on it changes.
#[component]
fn LanguageSwitch() -> impl IntoView {
    let current = locale();
    let next = super::address();
    let others: Vec<_> = Locale::ALL
        .into_iter()
        .filter(|locale| *locale != current)
        .map(|locale| {
            view! {
                <button name="locale" value=locale.tag() lang=locale.tag()>
                    {locale.name()}
                </button>
            }
        })
        .collect();
    view! {
        <form action="/language" method="post" aria-label=w::language(current)>
            <input type="hidden" name="next" value=next />
            {others}
        </form>
    }
}

/// Who is looking, or the way to sign in.
#[component]
fn AccountLinks() -> impl IntoView {
    // Signing in and out happens on these pages: arriving there and leaving
    // again is when the answer may have changed.
    let path = use_location().pathname;
    let moment = Memo::new(move |_| {
        let path = path.get();
        let decides = ["/sign-in", "/sign-up", "/account"].iter().any(|p| path.starts_with(p));
        if decides { path } else { String::new() }
    });
    let visitor = reading(move || moment.get(), |_| read::visitor());
    let links = once_read(visitor, |read| account_links(read.ok().flatten()).into_any());
    view! { <Transition>{links}</Transition> }
}

fn account_links(visitor: Option<Visitor>) -> impl IntoView {
    let locale = locale();
    let (href, words, kind) = match visitor {
        Some(visitor) => ("/account", visitor.name, "me"),
        None => ("/sign-in", words::account::sign_in(locale).to_owned(), "sign-in"),
    };
    view! {
        <nav aria-label=w::account_label(locale) class="masthead-me">
            {(kind == "me").then(|| view! { <a href="/pledges">{w::my_pledges(locale)}</a> })}
            <a href=href data-kind=kind>
                {words}
            </a>
        </nav>
    }
}
