//! `/start`: what is asked of whoever starts a campaign, and the first five answers.

use domain::{Locale, campaign::FundingRule, words::studio_page as w};
use leptos::prelude::*;

use super::{
    act::StartCampaign,
    field::{self, Control, Sheet, Typing},
    frame,
};
use crate::{
    campaign::read,
    locale::locale,
    ui::{Icon, IconName, RefusalNotice, Submit, load, reading, ways_in},
};

/// The way in. Who is not signed in reads the same, and signs in first.
#[component]
pub fn Start() -> impl IntoView {
    let visitor = reading(|| (), |()| read::visitor());
    load(visitor, |visitor| show(visitor.is_some()))
}

fn show(is_signed_in: bool) -> AnyView {
    let locale = locale();
    let way_on = if is_signed_in { form(locale) } else { sign_in_first(locale) };
    let body = view! {
        <header class="page-head">
            <h1 tabindex="-1">{w::start_title(locale)}</h1>
            <p>{w::start_lede(locale)}</p>
        </header>
        <div class="studio-start">
            {way_on}
            <aside class="studio-asks" aria-labelledby="asks">
                <h2 id="asks">{w::asks(locale)}</h2>
                <ul>
                    {ask(IconName::Clock, w::ask_end(locale), w::ask_end_text(locale))}
                    {ask(IconName::Box, w::ask_promise(locale), w::ask_promise_text(locale))}
                    {ask(IconName::Check, w::ask_review(locale), w::ask_review_text(locale))}
                    {ask(IconName::Card, w::ask_fee(locale), w::ask_fee_text(locale))}
                    {ask(IconName::Lock, w::ask_lock(locale), w::ask_lock_text(locale))}
                </ul>
            </aside>
        </div>
    };
    frame(w::start_title(locale), body.into_any())
}

fn ask(icon: IconName, title: &'static str, text: &'static str) -> AnyView {
    view! {
        <li>
            <Icon name=icon />
            <p>
                <b>{title}</b>
                {text}
            </p>
        </li>
    }
    .into_any()
}

fn sign_in_first(locale: Locale) -> AnyView {
    view! {
        <section class="section" aria-labelledby="sign-in-first">
            <h2 id="sign-in-first">{w::start_sign_in(locale)}</h2>
            <p>{w::start_sign_in_text(locale)}</p>
            {ways_in("/start")}
        </section>
    }
    .into_any()
}

fn form(locale: Locale) -> AnyView {
    let act = ServerAction::<StartCampaign>::new();
    // All but an untouched form has a rule.
    let sheet = Sheet::of(act, "form[rule]");
    let title = Control {
        name: "form[title]".into(),
        label: w::title(locale).into(),
        hint: w::title_hint(locale).into(),
        ..Control::default()
    };
    let category = Control {
        name: "form[category]".into(),
        label: w::category(locale).into(),
        ..Control::default()
    };
    let country = Control {
        name: "form[country]".into(),
        label: w::country(locale).into(),
        hint: w::country_hint(locale).into(),
        ..Control::default()
    };
    let currency = Control {
        name: "form[currency]".into(),
        label: w::currency(locale).into(),
        hint: w::currency_hint(locale).into(),
        saved: domain::Currency::Eur.code().into(),
        ..Control::default()
    };
    let most = domain::studio::LONGEST_TITLE;
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {field::line(sheet, title, Typing { most: Some(most), ..Typing::default() })}
            {field::pick(sheet, category, field::categories(w::choose(locale), locale))}
            <div class="field-row">
                {field::pick(sheet, country, field::countries(w::choose(locale), locale))}
                {field::pick(sheet, currency, field::currencies())}
            </div>
            {rules(sheet, FundingRule::AllOrNothing.key(), None)}
            <RefusalNotice refused=sheet.refused />
            <Submit label=w::start_submit(locale) pending=act.pending() large=true />
        </ActionForm>
    }
    .into_any()
}

/// The funding rules, each with what it means for backers.
pub fn rules(sheet: Sheet, saved: &str, lock: Option<String>) -> AnyView {
    let locale = locale();
    let text = |rule| match rule {
        FundingRule::AllOrNothing => w::rule_all_or_nothing(locale),
        FundingRule::KeepWhatYouRaise => w::rule_keep(locale),
        FundingRule::PreOrders => w::rule_pre_orders(locale),
        FundingRule::Rounds => w::rule_rounds(locale),
    };
    let options = FundingRule::ALL
        .into_iter()
        .map(|rule| (rule.key(), rule.name(locale).to_owned(), text(rule).to_owned()))
        .collect();
    let control = Control {
        name: "form[rule]".into(),
        label: w::rule(locale).into(),
        saved: saved.into(),
        lock,
        ..Control::default()
    };
    field::choices(sheet, &control, options)
}
