//! Which variant of a reward or an add-on.

use domain::{
    Locale,
    pledge::Choices,
    reward::{RewardView, Variant},
    words::reward_option as w,
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    pledge::selling::Selling,
    ui::{Icon, IconName},
};

/// The list of what it comes in, where there is a choice. One list for all options:
/// without wasm nothing could keep a second list in step with the first.
pub fn variants(selling: Selling, reward: &RewardView) -> Option<AnyView> {
    if reward.variants.is_empty() {
        return None;
    }
    let locale = locale();
    let (id, key) = (reward.id, reward.id.to_string());
    let name = format!("option.{key}");
    let problem = selling.problem(name.clone());
    let label = reward.variants.label();
    let kept = {
        let key = key.clone();
        let chosen = selling.choices.with_untracked(|choices| choices.options.get(&key).cloned());
        chosen.unwrap_or_default()
    };
    let held = selling.page.with_untracked(|page| {
        page.held.get(&id).and_then(|taken| taken.variant.clone()).unwrap_or_default()
    });
    let list = Memo::new(move |_| {
        selling.rewards.with(|rewards| {
            let reward = rewards.iter().find(|reward| reward.id == id);
            reward.map(|reward| reward.variants.list.clone()).unwrap_or_default()
        })
    });
    let options = move || {
        // What was chosen stays chosen when the stock of the list moves.
        let chosen = selling.choices.with_untracked(|choices| choices.options.get(&key).cloned());
        let chosen = chosen.unwrap_or_else(|| kept.clone());
        let all = list.get();
        all.iter().map(|one| option(one, &chosen, &held, locale)).collect::<Vec<_>>()
    };
    let (field, described) =
        (format!("field-{}", name.replace('.', "-")), format!("{name}-problem"));
    let problem_id = format!("{name}-problem");
    let line = move |sentence: String| {
        view! {
            <p class="field-problem" id=problem_id.clone()>
                <Icon name=IconName::Alert />
                {sentence}
            </p>
        }
        .into_any()
    };
    let view = view! {
        <div class="field choice-option">
            <label class="field-label" for=field.clone()>
                {label}
                <span class="visually-hidden">" " {reward.title.clone()}</span>
            </label>
            <select
                class="input"
                id=field
                name=Choices::field(&name)
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=move || problem.get().is_some().then(|| described.clone())
            >
                <option value="">{w::choose(locale)}</option>
                {options}
            </select>
            {move || problem.get().map(&line)}
        </div>
    };
    Some(view.into_any())
}

/// One of them. What is gone cannot be chosen, unless it is the backer's already.
fn option(variant: &Variant, chosen: &str, held: &str, locale: Locale) -> AnyView {
    let name = variant.name.clone();
    let is_chosen = name == chosen;
    let (words, is_gone) = match variant.left() {
        _ if name == held => (name.clone(), false),
        None => (name.clone(), false),
        Some(0) => (w::gone(locale, &name), true),
        Some(left) => (w::left(locale, &name, &domain::money::count(left, locale)), false),
    };
    view! {
        <option value=name selected=is_chosen disabled=is_gone && !is_chosen>
            {words}
        </option>
    }
    .into_any()
}
