//! The part of a form that chooses: reward, add-ons, destination, bonus. With wasm
//! the total follows what it holds. Without, a button of its own asks for the page
//! again with the new total, and what was typed elsewhere in the form comes along.

mod add_on;
mod bonus;
mod destination;
mod instalments;
mod option;
mod reward;

use domain::{Locale, pledge::Choices, words::pledge as w};
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlFormElement, HtmlInputElement};

use super::selling::{Selling, keep_address};
use crate::locale::locale;

/// The fields of [`Choices`], within a form that sends them.
#[component]
pub fn Choosing(
    selling: Selling,
    /// The server function that draws the page anew with the total.
    update: &'static str,
) -> impl IntoView {
    let locale = locale();
    let part = NodeRef::<html::Div>::new();
    let keep = keep_address(selling);
    // Somebody may have chosen before the wasm arrived, or come back to a form
    // that the browser has filled in.
    Effect::new(move |_| {
        if let Some(form) = part.get().and_then(|part| form_of(&part)) {
            selling.read(&form);
            selling.is_alive.set(true);
        }
    });
    let read = move || {
        if let Some(form) = part.get_untracked().and_then(|part| form_of(&part)) {
            selling.read(&form);
        }
    };
    let change = {
        let keep = keep.clone();
        move |event: &ev::Event| {
            read();
            if let Some(name) = name_of(event) {
                selling.touch(name);
            }
            keep();
        }
    };
    // Enter takes over what was typed; it sends nothing from among the choices.
    let enter = {
        let change = change.clone();
        move |event: ev::KeyboardEvent| {
            let is_field = event.target().is_some_and(|t| t.has_type::<HtmlInputElement>());
            if is_field && event.key() == "Enter" {
                event.prevent_default();
                change(&event);
            }
        }
    };
    let step = Callback::new(move |field: String| {
        read();
        selling.touch(field);
        keep();
    });
    let carried = selling.choices.with_untracked(|choices| {
        [("secret", choices.secret.clone()), ("embed", choices.embed.clone())]
    });
    let carried: Vec<_> = carried
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(
            |(name, value)| view! { <input type="hidden" name=Choices::field(name) value=value /> },
        )
        .collect();
    view! {
        <div
            class="choosing"
            node_ref=part
            on:input=move |_| read()
            on:change=move |event| change(&event)
            on:keydown=enter
        >
            {carried}
            <reward::RewardChoice selling=selling />
            <add_on::AddOns selling=selling step=step />
            <destination::Destination selling=selling />
            <bonus::Bonus selling=selling />
            {instalments::instalments(selling)}
            {move || {
                (!selling.is_alive.get()).then(|| buttons(update, locale))
            }}
        </div>
    }
    .into_any()
}

/// What a page without wasm needs to follow the choices. Enter presses the first
/// button of a form, wherever it was pressed: that one sends the form as the large
/// one below does, and nothing is done if the total is not the one that is shown.
fn buttons(update: &'static str, locale: Locale) -> AnyView {
    view! {
        <button class="visually-hidden" type="submit" tabindex="-1" aria-hidden="true"></button>
        // Once the page is alive the total follows by itself, and a press that was
        // late must not send anything.
        <button
            class="button"
            type="submit"
            formaction=update
            formnovalidate
            on:click=|event| event.prevent_default()
        >
            {w::update(locale)}
        </button>
    }
    .into_any()
}

/// The form around the choices.
fn form_of(part: &Element) -> Option<HtmlFormElement> {
    part.closest("form").ok()??.dyn_into().ok()
}

/// The choice whose field an event comes from.
fn name_of(event: &ev::Event) -> Option<String> {
    let target = event.target()?.unchecked_into::<Element>();
    Choices::name_of(&target.get_attribute("name")?).map(str::to_owned)
}
