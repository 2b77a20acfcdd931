//! The form of choices: reward, add-ons, destination, bonus. Without wasm it
//! asks the page again for the new total; with wasm it is only read.

mod add_on;
mod bonus;
mod destination;
mod reward;

use domain::words::pledge as w;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;

use super::selling::{Selling, keep_address};
use crate::locale::locale;

/// The fields of [`domain::pledge::Choices`], under their own names.
#[component]
pub fn Choosing(
    selling: Selling,
    /// The path of the page that draws the total anew.
    action: String,
    /// What else that page's address needs.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
) -> impl IntoView {
    let locale = locale();
    let form = NodeRef::<html::Form>::new();
    let keep = keep_address(selling);
    // Somebody may have chosen before the wasm arrived, or come back to a form
    // that the browser has filled in.
    Effect::new(move |_| {
        if let Some(form) = form.get() {
            selling.read(&form);
            selling.is_alive.set(true);
        }
    });
    let read = move || {
        if let Some(form) = form.get_untracked() {
            selling.read(&form);
        }
    };
    let change = {
        let keep = keep.clone();
        move |event: leptos::ev::Event| {
            read();
            if let Some(name) = name_of(&event) {
                selling.touch(name);
            }
            keep();
        }
    };
    let step = Callback::new(move |field: String| {
        read();
        selling.touch(field);
        keep();
    });
    let secret = selling.choices.with_untracked(|choices| choices.secret.clone());
    view! {
        <form
            class="choosing"
            method="get"
            action=action
            novalidate
            node_ref=form
            on:input=move |_| read()
            on:change=change
            on:submit=move |event| event.prevent_default()
        >
            {hidden
                .into_iter()
                .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
                .collect::<Vec<_>>()}
            {(!secret.is_empty())
                .then(|| view! { <input type="hidden" name="secret" value=secret /> })}
            <reward::RewardChoice selling=selling />
            <add_on::AddOns selling=selling step=step />
            <destination::Destination selling=selling />
            <bonus::Bonus selling=selling />
            {move || {
                (!selling.is_alive.get())
                    .then(|| {
                        view! {
                            <button class="button" type="submit">
                                {w::update(locale)}
                            </button>
                        }
                        .into_any()
                    })
            }}
        </form>
    }
    .into_any()
}

/// The name of the field that an event comes from.
fn name_of(event: &leptos::ev::Event) -> Option<String> {
    let target = event.target()?.unchecked_into::<web_sys::Element>();
    target.get_attribute("name")
}
