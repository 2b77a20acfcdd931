//! What else there is to reach: units that were ordered, and stretch goals.

use domain::{
    campaign::{Funding, StretchGoal},
    money::{count, percent},
    words::{campaign as w, rule},
};
use leptos::prelude::*;

use crate::locale::locale;

/// `12 units ordered of 50`, where units are what decides.
#[component]
pub fn UnitsLine(funding: Signal<Funding>) -> impl IntoView {
    let locale = locale();
    let goal = funding.get_untracked().goal_units?;
    let words = move || {
        let ordered = count(funding.get().units, locale);
        w::ordered_of(locale, &ordered, &rule::units(locale, goal))
    };
    Some(view! { <p class="funding-units">{words}</p> })
}

/// Each stretch goal with a bar of its own.
#[component]
pub fn StretchGoals(goals: Vec<StretchGoal>, funding: Signal<Funding>) -> impl IntoView {
    let locale = locale();
    (!goals.is_empty()).then(|| {
        let goals: Vec<_> =
            goals.into_iter().map(|goal| view! { <Stretch goal=goal funding=funding /> }).collect();
        view! {
            <section class="stretch-goals" aria-labelledby="stretch-goals">
                <h2 id="stretch-goals">{w::stretch_goals(locale)}</h2>
                <ul>{goals}</ul>
            </section>
        }
    })
}

#[component]
fn Stretch(goal: StretchGoal, funding: Signal<Funding>) -> impl IntoView {
    let locale = locale();
    let target = goal.target_in_words(funding.get_untracked().currency, locale);
    let (title, text) = (goal.title.clone(), goal.text.clone());
    let share = Memo::new(move |_| goal.percent(&funding.get()));
    let words = move || match share.get() {
        100.. => w::stretch_reached(locale).to_owned(),
        share => w::stretch_progress(locale, &percent(share, locale), &target),
    };
    view! {
        <li class="stretch-goal" data-reached=move || (share.get() >= 100).then_some("")>
            <h3>{title}</h3>
            {(!text.is_empty()).then(|| view! { <p>{text}</p> })}
            <svg class="bar" aria-hidden="true">
                <rect
                    class="bar-set"
                    width=move || format!("{}%", share.get().clamp(0, 100))
                    height="100%"
                />
            </svg>
            <p class="quiet small">{words}</p>
        </li>
    }
}
