//! The form that places the pledge: who, with which card, for exactly the total
//! above it.

use domain::{
    discovery::percent_encoded,
    pledge::Choices,
    words::{campaign as c, pledge as w},
};
use leptos::prelude::*;

use super::card::CardFields;
use crate::{
    campaign::live_funding,
    http::typed,
    locale::locale,
    pledge::{act::PlacePledge, selling::Selling},
    ui::{Field, RefusalNotice, Submit, invalid, problem, when},
};

/// E-mail, card, the rule of charging, and the button.
#[component]
pub fn Paying(selling: Selling, place: ServerAction<PlacePledge>) -> impl IntoView {
    let locale = locale();
    let slug = selling.page.with_untracked(|page| page.campaign.slug.to_string());
    let invalid = invalid(selling.refused);
    let label = Signal::derive(move || {
        selling.quote.with(|quote| match quote {
            Ok(quote) => w::submit(locale, &quote.total.display(locale)),
            Err(_) => w::submit_open(locale).to_owned(),
        })
    });
    view! {
        <ActionForm
            action=place
            attr:class="paying"
            attr:novalidate="novalidate"
            on:submit:capture=move |_| selling.send()
        >
            <input type="hidden" name="form[slug]" value=slug />
            <input type="hidden" name="form[choices]" value=move || selling.choices.with(Choices::query) />
            <input type="hidden" name="form[expected]" value=move || selling.expected() />
            <input type="hidden" name="form[key]" value=move || selling.page.with(|p| p.key.clone()) />
            <fieldset class="fields">
                <legend>{w::you(locale)}</legend>
                <Who selling=selling />
            </fieldset>
            <fieldset class="fields">
                <legend>{w::card(locale)}</legend>
                <CardFields invalid=invalid is_alive=selling.is_alive />
            </fieldset>
            <RefusalNotice refused=selling.refused />
            {move || {
                (!selling.is_alive.get())
                    .then(|| view! { <p class="update-first">{w::update_first(locale)}</p> }.into_any())
            }}
            <Rule selling=selling />
            <Submit label=label pending=place.pending() large=true />
        </ActionForm>
    }
    .into_any()
}

/// The address of a guest, or the account that pledges.
#[component]
fn Who(selling: Selling) -> impl IntoView {
    let locale = locale();
    // A session may end while the page is open; a guest goes on from there.
    let signed_in = Memo::new(move |_| selling.page.with(|page| page.signed_in.clone()));
    let who = move || match signed_in.get() {
        Some(email) => view! { <p>{w::pledging_as(locale, &email)}</p> }.into_any(),
        None => guest(selling),
    };
    view! { {who} }
}

fn guest(selling: Selling) -> AnyView {
    let locale = locale();
    let slug = selling.page.with_untracked(|page| page.campaign.slug.clone());
    let sign_in = move || {
        let query = selling.choices.with(Choices::query);
        let back = format!("/campaigns/{slug}/pledge?{query}");
        format!("/sign-in?next={}", percent_encoded(&back))
    };
    view! {
        <Field
            name="form[email]"
            kind="email"
            label=w::email(locale)
            hint=w::email_hint(locale)
            value=typed("form[email]")
            problem=problem(invalid(selling.refused), "email")
            autocomplete="email"
            inputmode="email"
            maxlength=254
            required=true
        />
        <p>
            <a href=sign_in>{w::have_account(locale)}</a>
        </p>
    }
    .into_any()
}

/// When the card is charged, right above the button that promises it.
#[component]
fn Rule(selling: Selling) -> impl IntoView {
    let locale = locale();
    let campaign = selling.page.with_untracked(|page| page.campaign.clone());
    let (funding, _) = live_funding(&campaign.slug, campaign.funding, campaign.state);
    let is_met = Memo::new(move |_| funding.get().is_met());
    let deadline = when::local(campaign.deadline, locale);
    view! {
        <p class="paying-rule">
            <b>{w::nothing_today(locale)}</b>
            " "
            {move || match is_met.get() {
                true => w::next_charge_met(locale, &deadline.get()),
                false => c::rule(locale, &deadline.get()),
            }}
        </p>
    }
}
