//! The card form of a payment provider: drawn by its own script, so that what is
//! typed there never comes here. `public/card-entry.js` stands between the two.

use domain::{Invalid, id::PledgeId, payment::CardEntry, words::pledge as w};
use leptos::prelude::*;

use crate::{
    locale::locale,
    ui::{Icon, IconName, problem},
};

/// Where the provider's card form goes, and the field that holds its word for the
/// saved card.
#[component]
pub fn ProviderCard(
    entry: CardEntry,
    /// What is wrong with the card.
    invalid: Signal<Invalid>,
    /// The pledge whose card is replaced, and its key; none for a first pledge.
    #[prop(optional)]
    of: Option<(String, String)>,
) -> impl IntoView {
    let locale = locale();
    load_whole();
    let (pledge, key) = of.unwrap_or_default();
    let problem = problem(invalid, "card_number");
    view! {
        <div class="field">
            <span class="field-label" id="card-entry-label">{w::card(locale)}</span>
            <div
                class="input card-entry"
                role="group"
                aria-labelledby="card-entry-label"
                data-card-entry=""
                data-script=entry.script
                data-key=entry.key
                data-pledge=pledge
                data-pledge-key=key
                data-locale=locale.tag()
                data-sorry=w::card_entry_sorry(locale)
            ></div>
            <p class="field-hint" data-card-needs="">{w::card_entry_needs(locale)}</p>
            <p class="field-problem">{move || problem.get()}</p>
            // The script's own line: what it writes there is never drawn over.
            <p class="field-problem" role="alert" data-card-problem=""></p>
            <input type="hidden" name="form[setup]" data-card-setup="" />
        </div>
        <p class="quiet small">
            <Icon name=IconName::Card />
            " "
            {w::card_entry_text(locale)}
        </p>
    }
    .into_any()
}

/// What lets the provider's script ask the bank, before the form around it is sent.
#[component]
pub fn ProviderBank(entry: CardEntry, pledge: PledgeId, key: String) -> impl IntoView {
    let locale = locale();
    load_whole();
    view! {
        <p
            class="field-hint"
            data-bank-step=""
            data-script=entry.script
            data-key=entry.key
            data-pledge=pledge.to_string()
            data-pledge-key=key
            data-locale=locale.tag()
            data-sorry=w::card_entry_sorry(locale)
        >
            <span data-card-needs="">{w::bank_needs(locale)}</span>
        </p>
        <p class="field-problem" role="alert" data-card-problem=""></p>
    }
    .into_any()
}

/// Only a page that was loaded at this address may run the provider's script: the
/// policy came with the document. Whoever came here by a link loads it once more.
fn load_whole() {
    Effect::new(move |_| {
        let script = document().query_selector("script[data-card-script]");
        if !matches!(script, Ok(Some(_))) {
            let _ = window().location().reload();
        }
    });
}
