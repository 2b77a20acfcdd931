//! The scenario: a plain form whose answer is the address it leads to.

use domain::{
    Locale,
    rehearsal::{Knob, Reach, RehearsalPage, ScenarioForm, scenario::LARGEST_SEED},
    words::rehearsal as w,
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    ui::{Field, FieldProblem},
};

/// The form, filled in as it was sent.
pub fn form(page: &RehearsalPage) -> AnyView {
    let locale = locale();
    let typed = &page.form;
    let address = format!("/campaigns/{}/rehearsal", page.slug);
    let again = other_lots(typed).filter(|_| page.part.is_some()).map(|query| {
        view! {
            <a class="button" data-kind="quiet" href=format!("{address}?{query}")>
                {w::play_again(locale)}
            </a>
        }
        .into_any()
    });
    let field = |knob, label, hint, value: &String| {
        number(knob, label, hint, value, problem(page, knob, locale))
    };
    let (backers, declined) = (w::backers(locale), w::declined(locale));
    let backers = field(Knob::Backers, backers, w::backers_hint(locale), &typed.backers);
    let declined = field(Knob::Declined, declined, w::declined_hint(locale), &typed.declined);
    let asked = field(Knob::Asked, w::asked(locale), w::asked_hint(locale), &typed.asked);
    let mended = field(Knob::Mended, w::mended(locale), w::mended_hint(locale), &typed.mended);
    let seed = field(Knob::Seed, w::seed(locale), w::seed_hint(locale), &typed.seed);
    let reach_problem = problem(page, Knob::Reach, locale);
    let choices: Vec<_> =
        Reach::ALL.iter().map(|reach| choice(*reach, typed.reach == reach.key(), locale)).collect();
    view! {
        <form
            class="fields rehearsal-scenario"
            action=address.clone()
            autocomplete="off"
            novalidate="novalidate"
        >
            <h2>{w::scenario(locale)}</h2>
            {backers}
            <fieldset class="choices">
                <legend>{w::reach(locale)}</legend>
                {choices}
                <FieldProblem name="reach" problem=reach_problem />
            </fieldset>
            <div class="field-row">{declined} {asked} {mended} {seed}</div>
            <div class="buttons">
                <button class="button" data-kind="primary" type="submit">
                    {w::play(locale)}
                </button>
                {again}
            </div>
        </form>
    }
    .into_any()
}

fn number(
    knob: Knob,
    label: &'static str,
    hint: &'static str,
    value: &str,
    problem: Signal<Option<String>>,
) -> AnyView {
    view! {
        <Field
            name=knob.key()
            label=label
            hint=hint
            value=value.to_owned()
            problem=problem
            autocomplete="off"
            inputmode="numeric"
            maxlength=20
        />
    }
    .into_any()
}

fn choice(reach: Reach, is_chosen: bool, locale: Locale) -> AnyView {
    view! {
        <label class="choice">
            <input type="radio" name="reach" value=reach.key() checked=is_chosen />
            <span>{reach.name(locale)}</span>
        </label>
    }
    .into_any()
}

/// What is wrong with a field, if anything.
fn problem(page: &RehearsalPage, knob: Knob, locale: Locale) -> Signal<Option<String>> {
    let (least, most) = knob.range();
    let sentence = page.refused.contains(&knob).then(|| match knob {
        Knob::Reach => w::choose_one(locale).to_owned(),
        _ => w::between(locale, &least, &most),
    });
    Signal::stored(sentence)
}

/// The address of the same scenario with another lot number.
fn other_lots(typed: &ScenarioForm) -> Option<String> {
    let seed: u32 = typed.seed.parse().ok()?;
    let seed = if seed >= LARGEST_SEED { 0 } else { seed + 1 };
    Some(ScenarioForm { seed: seed.to_string(), ..typed.clone() }.query())
}
