//! Add-ons, each with a number.

use domain::{
    pledge::Choices,
    reward::{MOST_UNITS, RewardKind, RewardView, offer::Availability},
    words::pledge as w,
};
use leptos::{html, prelude::*};

use super::{option, reward::stock};
use crate::{
    locale::locale,
    pledge::selling::Selling,
    ui::{Icon, IconName},
};

/// What can be had on top, with how many of each.
#[component]
pub fn AddOns(
    selling: Selling,
    /// Told the field whose number a button has changed.
    step: Callback<String>,
) -> impl IntoView {
    let locale = locale();
    let shelf = Memo::new(move |_| {
        selling.page.with(|page| {
            let mut add_ons: Vec<RewardView> = page
                .rewards
                .iter()
                .filter(|reward| reward.kind == RewardKind::AddOn)
                .cloned()
                .collect();
            for add_on in &mut add_ons {
                add_on.offer.claimed = 0;
                for variant in &mut add_on.variants.list {
                    variant.claimed = 0;
                }
                add_on.backers = 0;
            }
            add_ons
        })
    });
    move || {
        let add_ons = shelf.get();
        (!add_ons.is_empty()).then(|| {
            let add_ons: Vec<_> = add_ons
                .into_iter()
                .map(|add_on| view! { <AddOn selling=selling add_on=add_on step=step /> })
                .collect();
            view! {
                <fieldset class="add-ons">
                    <legend>{w::add_ons(locale)}</legend>
                    {add_ons}
                </fieldset>
            }
            .into_any()
        })
    }
}

/// A title, a price and a number between two buttons. The buttons only serve
/// the pointer: the field itself counts with the keyboard and is spoken.
#[component]
fn AddOn(selling: Selling, add_on: RewardView, step: Callback<String>) -> impl IntoView {
    let locale = locale();
    let key = add_on.id.to_string();
    let name = StoredValue::new(format!("add_on.{key}"));
    let id = format!("add-on-{key}");
    let problem = selling.problem(name.get_value());
    let availability = selling.availability(add_on.id);
    let held =
        selling.page.with_untracked(|page| page.held.get(&add_on.id).map_or(0, |it| it.units));
    let quantity = selling.choices.with_untracked(|choices| choices.add_ons.get(&key).cloned());
    let most = add_on.offer.limit_per_backer.unwrap_or(MOST_UNITS).max(held);
    let variants = option::variants(selling, &add_on);
    let input = NodeRef::<html::Input>::new();
    let add = move |difference: i64| {
        if let Some(input) = input.get_untracked() {
            let number = input.value().parse::<i64>().unwrap_or_default();
            input.set_value(&(number + difference).clamp(0, most).to_string());
            step.run(name.get_value());
        }
    };
    let is_gone = move || {
        held == 0 && !matches!(availability.get(), Availability::Open | Availability::Left(_))
    };
    let problem_id = format!("{id}-problem");
    let described = {
        let (id, problem_id) = (id.clone(), problem_id.clone());
        move || match problem.get() {
            Some(_) => format!("{problem_id} {id}-price {id}-facts"),
            None => format!("{id}-price {id}-facts"),
        }
    };
    view! {
        <div class="add-on">
            <div class="choice-body">
                <label for=id.clone()>{add_on.title}</label>
                <span class="choice-facts" id=format!("{id}-facts")>
                    {move || stock(availability.get(), held > 0, locale)}
                    {add_on.delivery.map(|m| view! { <span>{w::delivery(locale, &m.display(locale))}</span> })}
                </span>
                {(!add_on.description.is_empty())
                    .then(|| view! { <span class="add-on-text">{add_on.description}</span> })}
                {variants}
            </div>
            <span class="choice-price" id=format!("{id}-price")>
                {add_on.price.display(locale)}
            </span>
            <div class="stepper">
                {move || selling.is_alive.get().then(|| step_button("−", move |_| add(-1)))}
                <input
                    class="input"
                    type="number"
                    id=id
                    name=name.with_value(|name| Choices::field(name))
                    value=quantity.unwrap_or_else(|| "0".to_owned())
                    min="0"
                    max=most.to_string()
                    step="1"
                    inputmode="numeric"
                    autocomplete="off"
                    node_ref=input
                    disabled=move || is_gone() && selling.choices.with(|c| !c.add_ons.contains_key(&key))
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=described
                />
                {move || selling.is_alive.get().then(|| step_button("+", move |_| add(1)))}
            </div>
            {move || {
                problem
                    .get()
                    .map(|sentence| {
                        view! {
                            <p class="field-problem" id=problem_id.clone()>
                                <Icon name=IconName::Alert />
                                {sentence}
                            </p>
                        }
                        .into_any()
                    })
            }}
        </div>
    }
    .into_any()
}

fn step_button(sign: &'static str, press: impl Fn(leptos::ev::MouseEvent) + 'static) -> AnyView {
    view! {
        <button type="button" tabindex="-1" aria-hidden="true" on:click=press>
            {sign}
        </button>
    }
    .into_any()
}
