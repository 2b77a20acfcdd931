//! One reward, or none.

use domain::{
    Locale,
    pledge::Choices,
    reward::{RewardKind, RewardView, Shipping, offer::Availability},
    words::{campaign as c, pledge as w},
};
use leptos::prelude::*;

use super::option;
use crate::{
    locale::locale,
    pledge::selling::Selling,
    ui::{FieldProblem, described_by},
};

/// The rewards as cards with their prices at the right edge. The chosen one
/// shows its description.
#[component]
pub fn RewardChoice(selling: Selling) -> impl IntoView {
    let locale = locale();
    let problem = selling.problem("reward".to_owned());
    // What moves with the stock is drawn by each card; the cards themselves are
    // made anew only when the creator has changed something.
    let shelf = Memo::new(move |_| {
        selling.page.with(|page| {
            let rewards = page.rewards.iter().filter(|reward| reward.kind == RewardKind::Reward);
            rewards
                .map(|reward| RewardView { backers: 0, ..reward.clone() })
                .map(without_stock)
                .collect::<Vec<_>>()
        })
    });
    move || {
        let rewards = shelf.get();
        (!rewards.is_empty()).then(|| {
            let cards: Vec<_> =
                rewards.into_iter().map(|reward| card(selling, reward, locale)).collect();
            view! {
                <fieldset
                    class="choices"
                    id="field-reward"
                    role="radiogroup"
                    tabindex="-1"
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=move || described_by("reward", false, problem.get().is_some())
                >
                    <legend>{w::choose_reward(locale)}</legend>
                    {cards}
                    {no_reward(selling, locale)}
                    <FieldProblem name="reward" problem=problem />
                </fieldset>
            }
            .into_any()
        })
    }
}

fn without_stock(mut reward: RewardView) -> RewardView {
    reward.offer.claimed = 0;
    for variant in &mut reward.variants.list {
        variant.claimed = 0;
    }
    reward
}

fn card(selling: Selling, reward: RewardView, locale: Locale) -> impl IntoView + use<> {
    let id = reward.id;
    let value = id.to_string();
    let availability = selling.availability(id);
    let is_held = selling.page.with_untracked(|page| page.held.contains_key(&id));
    let checked = selling.choices.with_untracked(|choices| choices.reward == value);
    let is_off = {
        let value = value.clone();
        // A choice that was made stays one, so that it can be seen what became of it.
        move || {
            let is_gone = !matches!(availability.get(), Availability::Open | Availability::Left(_));
            is_gone && !is_held && selling.choices.with(|choices| choices.reward != value)
        }
    };
    let names = format!("reward-{id}-title reward-{id}-price");
    let variants = option::variants(selling, &reward);
    view! {
        <label class="choice">
            <input
                type="radio"
                name=Choices::field("reward")
                value=value
                checked=checked
                disabled=is_off
                aria-labelledby=names
                aria-describedby=format!("reward-{id}-facts")
            />
            <span class="choice-body">
                <b id=format!("reward-{id}-title")>{reward.title}</b>
                <span class="choice-facts" id=format!("reward-{id}-facts")>
                    {move || stock(availability.get(), is_held, locale)}
                    {reward.delivery.map(|m| view! { <span>{w::delivery(locale, &m.display(locale))}</span> })}
                    {pick_up(&reward.shipping, locale).map(|words| view! { <span>{words}</span> })}
                    {reward.is_secret.then(|| view! { <span>{c::secret(locale)}</span> })}
                </span>
                {(!reward.description.is_empty())
                    .then(|| view! { <span class="choice-more">{reward.description}</span> })}
            </span>
            <span class="choice-price" id=format!("reward-{id}-price")>
                {reward.price.display(locale)}
            </span>
        </label>
        {variants}
    }
}

fn no_reward(selling: Selling, locale: Locale) -> impl IntoView + use<> {
    let checked = selling.choices.with_untracked(|choices| {
        choices.reward.is_empty() && (!choices.bonus.is_empty() || selling.was_touched("reward"))
    });
    view! {
        <label class="choice">
            <input type="radio" name=Choices::field("reward") value="" checked=checked />
            <span class="choice-body">
                <b>{c::without_reward(locale)}</b>
                <span class="choice-facts">{c::without_reward_text(locale)}</span>
            </span>
        </label>
    }
}

/// What is left, when that is worth a word.
pub fn stock(availability: Availability, is_held: bool, locale: Locale) -> Option<AnyView> {
    if is_held {
        return Some(view! { <span>{w::held(locale)}</span> }.into_any());
    }
    match availability {
        Availability::Open => None,
        Availability::Left(left) => {
            Some(view! { <span data-few=(left <= 10).then_some("")>{c::left_count(locale, left)}</span> }.into_any())
        }
        Availability::From(at) => Some(view! { <span>{w::opens_on(locale, &at.date(locale))}</span> }.into_any()),
        Availability::Over => Some(view! { <b class="chip">{w::over(locale)}</b> }.into_any()),
        Availability::SoldOut => Some(view! { <b class="chip">{w::sold_out(locale)}</b> }.into_any()),
    }
}

fn pick_up(shipping: &Shipping, locale: Locale) -> Option<String> {
    match shipping {
        Shipping::PickUp { place } => Some(c::pick_up(locale, place)),
        _ => None,
    }
}
