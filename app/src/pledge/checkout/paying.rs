//! The part of the form that places the pledge: who, with which card, for exactly
//! the total above it.

use domain::{
    discovery::percent_encoded,
    pledge::{CheckoutPage, Choices, Timing},
    words::{pledge as w, rule},
};
use leptos::prelude::*;

use crate::{
    campaign::live_funding,
    http::typed,
    locale::locale,
    pledge::{
        card::{CardFields, ProviderCard},
        selling::Selling,
    },
    ui::{Field, RefusalNotice, Submit, invalid, problem, when},
};

/// E-mail, card, the rule of charging, and the button.
#[component]
pub fn Paying(
    selling: Selling,
    /// Whether the form is on the way.
    #[prop(into)]
    pending: Signal<bool>,
) -> impl IntoView {
    let locale = locale();
    let slug = selling.page.with_untracked(|page| page.campaign.slug.to_string());
    let invalid = invalid(selling.refused);
    let label = Signal::derive(move || {
        selling.quote.with(|quote| match quote {
            Ok(quote) => w::submit(locale, &quote.total.display(locale)),
            Err(_) => w::submit_open(locale).to_owned(),
        })
    });
    let card = match selling.page.with_untracked(|page| page.card_entry.clone()) {
        Some(entry) => view! { <ProviderCard entry=entry invalid=invalid /> }.into_any(),
        None => view! {
            <CardFields invalid=invalid timing=timing(selling) is_alive=selling.is_alive />
        }
        .into_any(),
    };
    view! {
        <div class="paying">
            <input type="hidden" name="form[slug]" value=slug />
            <input type="hidden" name="form[expected]" value=move || selling.expected() />
            <input type="hidden" name="form[key]" value=move || selling.page.with(|p| p.key.clone()) />
            <fieldset class="fields">
                <legend>{w::you(locale)}</legend>
                <Who selling=selling />
            </fieldset>
            <fieldset class="fields">
                <legend>{w::card(locale)}</legend>
                {card}
            </fieldset>
            <RefusalNotice refused=selling.refused />
            {move || {
                (!selling.is_alive.get())
                    .then(|| view! { <p class="update-first">{w::update_first(locale)}</p> }.into_any())
            }}
            {super::plan::plan(selling)}
            <Rule selling=selling />
            <Submit label=label pending=pending large=true />
        </div>
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
        Some(email) => view! {
            <p>
                {w::pledging_as(locale, &email)}
                <input type="hidden" name="form[was_signed_in]" value="true" />
            </p>
        }
        .into_any(),
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

/// When a card is charged that pays now.
pub fn timing(selling: Selling) -> Timing {
    let timing = selling.page.with_untracked(|page| {
        let CheckoutPage { campaign, now, .. } = page;
        campaign.life().timing(campaign.terms.rule, *now)
    });
    timing.unwrap_or(Timing::AtDeadline)
}

/// When the card is charged, right above the button that promises it.
#[component]
fn Rule(selling: Selling) -> impl IntoView {
    let locale = locale();
    let campaign = selling.page.with_untracked(|page| page.campaign.clone());
    let (funding, _) = live_funding(&campaign.slug, campaign.funding, campaign.state);
    let is_met = Memo::new(move |_| funding.get().is_met());
    let deadline = when::local(campaign.deadline, locale);
    let (terms, life) = (campaign.terms, campaign.life());
    let is_at_once = timing(selling) == Timing::AtOnce;
    let title = match is_at_once {
        true if life.is_late() => format!("{}.", rule::late_pledges(locale)),
        true => format!("{}.", terms.rule.name(locale)),
        false => w::nothing_today(locale).to_owned(),
    };
    view! {
        <p class="paying-rule">
            <b>{title}</b>
            " "
            {move || match is_met.get() && !is_at_once {
                true => w::next_charge_met(locale, &deadline.get()),
                false => terms.explain(&life, &deadline.get(), locale),
            }}
        </p>
    }
}
