//! An amount on top, or the whole pledge when there is no reward.

use domain::{Money, pledge::Choices, reward::RewardKind, words::pledge as w};
use leptos::prelude::*;

use crate::{
    locale::locale,
    pledge::selling::Selling,
    ui::{FieldProblem, described_by},
};

/// The amount in the campaign's currency.
#[component]
pub fn Bonus(selling: Selling) -> impl IntoView {
    let locale = locale();
    let problem = selling.problem("bonus".to_owned());
    let (currency, has_rewards) = selling.page.with_untracked(|page| {
        let has_rewards = page.rewards.iter().any(|reward| reward.kind == RewardKind::Reward);
        (page.campaign.funding.currency, has_rewards)
    });
    let least = Money::new(currency.minimum(), currency).display(locale);
    let hint = move || {
        if selling.choices.with(|choices| choices.reward.is_empty()) {
            w::bonus_alone(locale, &least)
        } else {
            w::bonus_on_top(locale).to_owned()
        }
    };
    view! {
        <div class="field">
            <label class="field-label" for="field-bonus">
                {if has_rewards { w::bonus(locale) } else { w::amount(locale) }}
            </label>
            <span class="input-money">
                <span aria-hidden="true">{currency.symbol()}</span>
                <input
                    class="input"
                    id="field-bonus"
                    name=Choices::field("bonus")
                    value=selling.choices.with_untracked(|choices| choices.bonus.clone())
                    inputmode=if currency.exponent() == 0 { "numeric" } else { "decimal" }
                    autocomplete="off"
                    maxlength="30"
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=move || described_by("bonus", true, problem.get().is_some())
                />
            </span>
            <p class="field-hint" id="field-bonus-hint">
                {hint}
            </p>
            <FieldProblem name="bonus" problem=problem />
        </div>
    }
    .into_any()
}
