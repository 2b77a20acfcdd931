//! What a backer somewhere would pay, and what cannot be had there. Without wasm it is
//! a form that asks for the page again.

use std::collections::BTreeMap;

use domain::{
    Country, Currency, Invalid, Locale, Timestamp,
    id::RewardId,
    pledge::{Choices, Quote, quote},
    reward::{RewardKind, RewardView},
    studio::StudioPage,
    words::{pledge as p, reward_option as w, studio_page},
};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FormData, HtmlFormElement, UrlSearchParams};

use super::field;
use crate::locale::locale;

/// What is tried out.
#[derive(Clone, Copy)]
struct Trial {
    views: StoredValue<Vec<RewardView>>,
    choices: RwSignal<Choices>,
    currency: Currency,
    now: Timestamp,
}

/// The form, and what it would cost; nothing before there is a reward.
pub fn dry_run(page: &StudioPage) -> Option<AnyView> {
    let locale = locale();
    let views: Vec<RewardView> = page.rewards.iter().filter_map(|one| view_of(page, one)).collect();
    if views.is_empty() {
        return None;
    }
    let search = use_location().search.get_untracked();
    let trial = Trial {
        choices: RwSignal::new(Choices::from_form(&search)),
        views: StoredValue::new(views),
        currency: page.currency,
        now: page.now,
    };
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    let read = move |event: ev::Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let form = target.and_then(|target| target.closest("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
            && let Ok(fields) = FormData::new_with_form(&form)
            && let Ok(pairs) = UrlSearchParams::new_with_str_sequence_sequence(&fields)
        {
            trial.choices.set(Choices::from_form(&String::from(pairs.to_string())));
        }
    };
    let address = format!("/studio/{}/rewards", page.slug);
    let view = view! {
        <section class="section fields" aria-labelledby="dry-run">
            <h2 id="dry-run">{w::dry_run(locale)}</h2>
            <p class="quiet">{w::dry_run_text(locale)}</p>
            <form
                class="fields"
                method="get"
                action=address
                on:input=read
                on:submit=|event| event.prevent_default()
            >
                {country(trial, locale)}
                {reward(trial, locale)}
                {add_ons(trial)}
                {move || {
                    (!is_alive.get())
                        .then(|| {
                            view! {
                                <button class="button" type="submit">
                                    {w::dry_run_show(locale)}
                                </button>
                            }
                                .into_any()
                        })
                }}
            </form>
            <div aria-live="polite">{move || outcome(trial, locale)}</div>
        </section>
    };
    Some(view.into_any())
}

/// A reward as it is saved; nothing of one that lacks a title or a price.
fn view_of(page: &StudioPage, one: &domain::studio::StudioReward) -> Option<RewardView> {
    let draft = one.form.parse(page.currency, page.zone).ok()?;
    let mut view = draft.view(one.id, page.currency);
    view.offer.claimed = one.claimed;
    Some(view)
}

fn country(trial: Trial, locale: Locale) -> AnyView {
    let chosen = trial.choices.with_untracked(|choices| choices.country.clone());
    let all = field::countries(studio_page::choose(locale), locale);
    select("country", w::dry_run_country(locale), all, &chosen)
}

fn reward(trial: Trial, locale: Locale) -> AnyView {
    let chosen = trial.choices.with_untracked(|choices| choices.reward.clone());
    let mut all = vec![(String::new(), domain::words::campaign::without_reward(locale).to_owned())];
    let mut lists = Vec::new();
    trial.views.with_value(|views| {
        for view in views.iter().filter(|view| view.kind == RewardKind::Reward) {
            all.push((view.id.to_string(), view.title.clone()));
            lists.extend(variants(trial, view));
        }
    });
    view! {
        {select("reward", w::dry_run_reward(locale), all, &chosen)}
        {lists}
    }
    .into_any()
}

fn add_ons(trial: Trial) -> Vec<AnyView> {
    trial.views.with_value(|views| {
        let add_ons = views.iter().filter(|view| view.kind == RewardKind::AddOn);
        add_ons.map(|view| add_on(trial, view)).collect()
    })
}

fn add_on(trial: Trial, view: &RewardView) -> AnyView {
    let key = view.id.to_string();
    let id = format!("dry-{key}");
    let value = trial.choices.with_untracked(|choices| choices.add_ons.get(&key).cloned());
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{view.title.clone()}</label>
            <input
                class="input"
                id=id
                type="number"
                min="0"
                inputmode="numeric"
                name=Choices::field(&format!("add_on.{key}"))
                value=value.unwrap_or_else(|| "0".to_owned())
            />
        </div>
        {variants(trial, view)}
    }
    .into_any()
}

fn variants(trial: Trial, view: &RewardView) -> Option<AnyView> {
    if view.variants.is_empty() {
        return None;
    }
    let key = view.id.to_string();
    let chosen = trial.choices.with_untracked(|choices| choices.options.get(&key).cloned());
    let names = view.variants.list.iter().map(|one| (one.name.clone(), one.name.clone()));
    let first = (String::new(), w::choose(locale()).to_owned());
    let all = std::iter::once(first).chain(names).collect();
    let label = format!("{} · {}", view.title, view.variants.label());
    Some(select(&format!("option.{key}"), &label, all, &chosen.unwrap_or_default()))
}

fn select(name: &str, label: &str, all: Vec<(String, String)>, chosen: &str) -> AnyView {
    let id = format!("dry-{}", name.replace('.', "-"));
    let options = field::options(all, chosen);
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label.to_owned()}</label>
            <select class="input" id=id name=Choices::field(name)>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The lines and their sum, or why there is none; and what cannot be had there.
fn outcome(trial: Trial, locale: Locale) -> Option<AnyView> {
    let choices = trial.choices.get();
    if choices == Choices::default() {
        return None;
    }
    let priced = choices.parse(trial.currency).and_then(|order| {
        trial.views.with_value(|views| {
            quote(&order, views, trial.currency, &BTreeMap::new(), false, trial.now)
        })
    });
    let price = match priced {
        Ok(quote) => lines(&quote, locale),
        Err(_) if choices.reward.is_empty() && choices.add_ons.is_empty() => ().into_any(),
        Err(invalid) => problems(trial, &choices, &invalid, locale),
    };
    let elsewhere = Country::parse(&choices.country).map(|country| missing(trial, country, locale));
    let view = view! {
        {price}
        {elsewhere}
    };
    Some(view.into_any())
}

fn lines(quote: &Quote, locale: Locale) -> AnyView {
    let line = |words: String, amount: String| {
        view! {
            <div>
                <dt>{words}</dt>
                <dd>{amount}</dd>
            </div>
        }
    };
    let all: Vec<_> =
        quote.lines.iter().map(|it| line(it.label(locale), it.amount.display(locale))).collect();
    view! {
        <dl class="lines">
            {all}
            {line(p::total(locale).to_owned(), quote.total.display(locale))}
        </dl>
    }
    .into_any()
}

fn problems(trial: Trial, choices: &Choices, invalid: &Invalid, locale: Locale) -> AnyView {
    let all: Vec<_> = invalid
        .0
        .iter()
        .map(|(field, problem)| {
            let id = match field.as_str() {
                "reward" => choices.reward.as_str(),
                field => field.split_once('.').map_or("", |(_, id)| id),
            };
            let title = title(trial, |it| it.to_string() == id);
            view! { <li>{title.map(|title| format!("{title} · "))} {problem.say(locale)}</li> }
        })
        .collect();
    view! { <ul>{all}</ul> }.into_any()
}

fn title(trial: Trial, is_it: impl Fn(RewardId) -> bool) -> Option<String> {
    trial
        .views
        .with_value(|views| views.iter().find(|view| is_it(view.id)).map(|view| view.title.clone()))
}

/// What cannot be had in a country, each with the reason.
fn missing(trial: Trial, country: Country, locale: Locale) -> AnyView {
    let name = country.name(locale);
    let rows: Vec<_> = trial.views.with_value(|views| {
        let why = |view: &RewardView| {
            let way = view.shipping.cost(Some(country)).map(drop);
            let why = way.and_then(|()| view.sale().check(1, 0, trial.now)).err()?;
            let words = format!("{} · {}", view.title, why.say(locale));
            Some(view! { <li>{words}</li> })
        };
        views.iter().filter_map(why).collect()
    });
    if rows.is_empty() {
        return view! { <p>{w::all_there(locale, &name)}</p> }.into_any();
    }
    view! {
        <h3>{w::not_there(locale, &name)}</h3>
        <ul>{rows}</ul>
    }
    .into_any()
}
