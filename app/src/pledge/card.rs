//! The card form of the sandbox, and the cards that it takes: at the checkout,
//! and where a card has to be replaced.

mod entry;

pub use entry::{ProviderBank, ProviderCard};

use domain::{Invalid, Locale, payment::TestCard, pledge::Timing, words::pledge as w};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::{
    locale::locale,
    ui::{Field, Icon, IconName, problem},
};

/// A date that none of us will see pass.
const LATER: &str = "12/40";
/// Any three digits do.
const CODE: &str = "123";

/// Number, date and code. What is typed here is never kept, not even over a
/// refusal: no real card may be learnt by a sandbox.
#[component]
pub fn CardFields(
    /// What is wrong with them.
    invalid: Signal<Invalid>,
    /// When a card that is typed here is charged.
    timing: Timing,
    /// Whether buttons can fill the form.
    is_alive: RwSignal<bool>,
) -> impl IntoView {
    let locale = locale();
    let cards: Vec<_> =
        TestCard::ALL.into_iter().map(|card| test_card(card, timing, is_alive, locale)).collect();
    view! {
        <p class="sandbox">
            <Icon name=IconName::Card />
            <span>
                <b>{w::sandbox(locale)}</b>
                " "
                {w::sandbox_text(locale)}
            </span>
        </p>
        <details class="test-cards">
            <summary>{w::test_cards(locale)}</summary>
            <ul class="rows">{cards}</ul>
        </details>
        <Field
            name="form[card][number]"
            label=w::card_number(locale)
            problem=problem(invalid, "card_number")
            inputmode="numeric"
            autocomplete="off"
            maxlength=30
            required=true
        />
        <div class="field-row">
            <Field
                name="form[card][expiry]"
                label=w::card_expiry(locale)
                hint=w::card_expiry_hint(locale)
                problem=problem(invalid, "card_expiry")
                autocomplete="off"
                maxlength=9
                required=true
            />
            <Field
                name="form[card][code]"
                label=w::card_code(locale)
                hint=w::card_code_hint(locale)
                problem=problem(invalid, "card_code")
                inputmode="numeric"
                autocomplete="off"
                maxlength=4
                required=true
            />
        </div>
    }
    .into_any()
}

fn test_card(
    card: TestCard,
    timing: Timing,
    is_alive: RwSignal<bool>,
    locale: Locale,
) -> impl IntoView {
    let digits = card.number();
    let spaced = [&digits[..4], &digits[4..8], &digits[8..12], &digits[12..]].join("\u{a0}");
    let effect = effect(card, timing, locale);
    let fill = move |_| {
        for (field, value) in
            [("field-number", digits), ("field-expiry", LATER), ("field-code", CODE)]
        {
            let input = document().get_element_by_id(field);
            if let Some(input) = input.and_then(|i| i.dyn_into::<web_sys::HtmlInputElement>().ok())
            {
                input.set_value(value);
            }
        }
    };
    view! {
        <li>
            <span>
                <b class="numbers">{spaced}</b>
                <small>{effect}</small>
            </span>
            {move || {
                is_alive
                    .get()
                    .then(|| {
                        view! {
                            <button class="button" type="button" on:click=fill>
                                <span>
                                    {w::use_card(locale)}
                                    <span class="visually-hidden">
                                        " " {w::use_card_ending(locale, &card.last_four())}
                                    </span>
                                </span>
                            </button>
                        }
                        .into_any()
                    })
            }}
        </li>
    }
}

/// What a test card does, and when.
fn effect(card: TestCard, timing: Timing, locale: Locale) -> &'static str {
    match (card, timing) {
        (TestCard::Decline, _) => w::test_card_decline(locale),
        (TestCard::Success, Timing::AtDeadline) => w::test_card_success(locale),
        (TestCard::Success, Timing::AtOnce) => w::test_card_success_now(locale),
        (TestCard::DeclineLater, Timing::AtDeadline) => w::test_card_decline_later(locale),
        (TestCard::DeclineLater, Timing::AtOnce) => w::test_card_decline_now(locale),
        (TestCard::Authenticate, Timing::AtDeadline) => w::test_card_authenticate(locale),
        (TestCard::AuthenticateLater, Timing::AtDeadline) => {
            w::test_card_authenticate_later(locale)
        }
        (TestCard::Authenticate, Timing::AtOnce) => w::test_card_authenticate_now(locale),
        (TestCard::AuthenticateLater, Timing::AtOnce) => w::test_card_authenticate_charge(locale),
    }
}
