//! The filters of the discover page: one sentence whose words can be changed.
//! It is a plain form; once the page is alive each change is followed at once.

use domain::{
    Locale,
    category::Category,
    currency::Currency,
    discovery::{LONGEST_SEARCH, Query, Sort, StateFilter},
    words::discover as w,
};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;

use crate::{
    locale::locale,
    ui::{Icon, IconName},
};

/// The sentence.
#[component]
pub fn Filters(
    /// What the page shows now.
    query: Memo<Query>,
) -> impl IntoView {
    let locale = locale();
    let navigate = use_navigate();
    let go = Callback::new(move |wanted: Query| {
        navigate(&Query { page: 1, ..wanted }.path(), Default::default());
    });
    let change = move |change: fn(&mut Query, &str)| {
        Callback::new(move |value: String| {
            let mut wanted = query.get_untracked();
            change(&mut wanted, &value);
            go.run(wanted);
        })
    };
    let input = NodeRef::<leptos::html::Input>::new();
    let search = move |event: leptos::ev::SubmitEvent| {
        if let Some(input) = input.get_untracked() {
            event.prevent_default();
            let search = input.value().trim().chars().take(LONGEST_SEARCH).collect();
            go.run(Query { search, ..query.get_untracked() });
        }
    };
    view! {
        <form class="filters" action="/discover" autocomplete="off" aria-label=w::filter_label(locale) on:submit=search>
            <p class="filters-sentence">
                <Word
                    name="state"
                    label=w::filter_state(locale)
                    options=StateFilter::ALL.iter().map(|s| (s.key(), sentence_state(*s, locale))).collect()
                    chosen=Signal::derive(move || query.with(|q| q.state.key()))
                    on_change=change(|q, value| q.state = value.parse().unwrap_or_default())
                />
                " "
                {w::sentence_in(locale)}
                " "
                <Word
                    name="category"
                    label=w::filter_category(locale)
                    options=with_any(
                        w::any_category(locale),
                        Category::ALL.iter().map(|c| (c.key(), c.name(locale))),
                    )
                    chosen=Signal::derive(move || query.with(|q| q.category.map_or("", Category::key)))
                    on_change=change(|q, value| q.category = value.parse().ok())
                />
                ", "
                <Word
                    name="sort"
                    label=w::filter_sort(locale)
                    options=Sort::ALL.iter().map(|s| (s.key(), s.name(locale))).collect()
                    chosen=Signal::derive(move || query.with(|q| q.sort.key()))
                    on_change=change(|q, value| q.sort = value.parse().unwrap_or_default())
                />
                ", "
                {w::sentence_currency(locale)}
                " "
                <Word
                    name="currency"
                    label=w::filter_currency(locale)
                    options=with_any(
                        w::any_currency(locale),
                        Currency::ALL.iter().map(|c| (c.code(), c.code())),
                    )
                    chosen=Signal::derive(move || query.with(|q| q.currency.map_or("", Currency::code)))
                    on_change=change(|q, value| q.currency = value.parse().ok())
                />
            </p>
            <div class="filters-search">
                <label>
                    <span class="visually-hidden">{w::filter_search(locale)}</span>
                    <Icon name=IconName::Search />
                    <input
                        node_ref=input
                        class="input"
                        type="search"
                        name="q"
                        value=query.with_untracked(|q| q.search.clone())
                        prop:value=move || query.with(|q| q.search.clone())
                        placeholder=w::filter_search_placeholder(locale)
                        maxlength=LONGEST_SEARCH.to_string()
                    />
                </label>
                <button class="button" type="submit">
                    {w::show(locale)}
                </button>
            </div>
        </form>
    }
}

/// One word of the sentence, and what else it could be.
#[component]
fn Word(
    name: &'static str,
    label: &'static str,
    options: Vec<(&'static str, &'static str)>,
    chosen: Signal<&'static str>,
    on_change: Callback<String>,
) -> impl IntoView {
    let options: Vec<_> = options
        .into_iter()
        .map(|(value, words)| {
            view! {
                <option value=value selected=move || chosen.get() == value>
                    {words}
                </option>
            }
        })
        .collect();
    view! {
        <select
            name=name
            aria-label=label
            data-chosen=move || (!chosen.get().is_empty()).then_some("")
            prop:value=move || chosen.get()
            on:change:target=move |event| on_change.run(event.target().value())
        >
            {options}
        </select>
    }
}

fn with_any(
    any: &'static str,
    options: impl Iterator<Item = (&'static str, &'static str)>,
) -> Vec<(&'static str, &'static str)> {
    std::iter::once(("", any)).chain(options).collect()
}

fn sentence_state(state: StateFilter, locale: Locale) -> &'static str {
    match state {
        StateFilter::Live => w::sentence_live(locale),
        StateFilter::Deciding => w::sentence_deciding(locale),
        StateFilter::Successful => w::sentence_successful(locale),
        StateFilter::Failed => w::sentence_failed(locale),
        StateFilter::Cancelled => w::sentence_cancelled(locale),
        StateFilter::Suspended => w::sentence_suspended(locale),
        StateFilter::Any => w::sentence_any(locale),
    }
}

/// The filters in use, each a link to the page without it.
#[component]
pub fn Chips(
    /// What the page shows now.
    query: Query,
) -> impl IntoView {
    let locale = locale();
    let query = Query { page: 1, ..query };
    let without = |change: fn(&mut Query)| {
        let mut rest = query.clone();
        change(&mut rest);
        rest.path()
    };
    let mut chips: Vec<(String, String)> = Vec::new();
    if !query.search.is_empty() {
        chips.push((w::quoted(locale, &query.search), without(|q| q.search.clear())));
    }
    if query.state != StateFilter::default() {
        let words = query.state.name(locale).to_owned();
        chips.push((words, without(|q| q.state = StateFilter::default())));
    }
    if let Some(category) = query.category {
        chips.push((category.name(locale).to_owned(), without(|q| q.category = None)));
    }
    if let Some(currency) = query.currency {
        chips.push((currency.code().to_owned(), without(|q| q.currency = None)));
    }
    (!chips.is_empty()).then(|| {
        let chips: Vec<_> = chips
            .into_iter()
            .map(|(words, href)| {
                view! {
                    <li>
                        <a class="chip" href=href aria-label=w::remove(locale, &words)>
                            {words.clone()}
                            <Icon name=IconName::Close />
                        </a>
                    </li>
                }
            })
            .collect();
        view! {
            <ul class="chips" aria-label=w::chips(locale)>
                {chips}
            </ul>
        }
    })
}
