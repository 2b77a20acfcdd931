//! Passing a campaign on: an address to copy and a letter to send. No script of
//! anybody else takes part.

use domain::{discovery::percent_encoded, words::campaign as w};
use leptos::prelude::*;

use crate::{
    locale::locale,
    ui::{Icon, IconName},
};

/// A button that opens onto the ways to share. It needs no script to open.
#[component]
pub fn Share(
    /// The campaign's whole address.
    address: String,
    /// The address of a letter that names it; see [`letter`].
    letter: String,
) -> impl IntoView {
    let locale = locale();
    let embed = format!("{address}/embed");
    view! {
        <details class="share">
            <summary class="button">{w::share(locale)}</summary>
            <div class="share-ways">
                <label class="field">
                    <span class="field-label">{w::share_address(locale)}</span>
                    <input class="input" readonly value=address.clone() />
                </label>
                <div class="buttons">
                    <CopyButton text=address />
                    <a class="button" href=letter>
                        <Icon name=IconName::Mail />
                        {w::share_email(locale)}
                    </a>
                    <a class="button" href=embed>
                        {w::share_embed(locale)}
                    </a>
                </div>
            </div>
        </details>
    }
}

/// A letter to write to somebody about a campaign.
#[must_use]
pub fn letter(title: &str, address: &str) -> String {
    format!("mailto:?subject={}&body={}", percent_encoded(title), percent_encoded(address))
}

/// Copies a text. It is there only when it can work.
#[component]
pub fn CopyButton(
    /// The text.
    text: String,
    /// What the button says; that it copies the link, without this.
    #[prop(optional)]
    words: Option<&'static str>,
) -> impl IntoView {
    let locale = locale();
    let words = words.unwrap_or_else(|| w::share_copy(locale));
    let can_copy = RwSignal::new(false);
    let answer = RwSignal::new("");
    // Browsers offer the clipboard only to pages that came over TLS.
    Effect::new(move |_| {
        let navigator = window().navigator();
        let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into());
        can_copy.set(clipboard.is_ok_and(|clipboard| clipboard.is_object()));
    });
    let text = StoredValue::new(text);
    let copy = move |_| {
        let clipboard = window().navigator().clipboard();
        let _ = text.with_value(|text| clipboard.write_text(text));
        answer.set(w::share_copied(locale));
    };
    view! {
        {move || {
            can_copy
                .get()
                .then(|| {
                    view! {
                        <button class="button" type="button" on:click=copy>
                            <Icon name=IconName::Link />
                            {words}
                        </button>
                    }
                        .into_any()
                })
        }}
        <p class="share-answer" role="status">
            {answer}
        </p>
    }
}
