//! A choice from a list, with its label, hint and problem.

use leptos::prelude::*;

use super::{FieldProblem, described_by, field::key};

/// A `<select>`; ids as in [`super::Field`].
#[component]
pub fn Select(
    /// The field's `name` in the form: `country`, or `form[country]`.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// Value and words of each option, in order. An empty value first asks for
    /// a choice.
    options: Vec<(String, String)>,
    /// The value chosen at first.
    #[prop(optional, into)]
    selected: String,
    /// Called with the new value.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
    /// A sentence under it.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it; see [`super::problem`].
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// The `autocomplete` token of HTML.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// Whether a choice must be made.
    #[prop(optional)]
    required: bool,
) -> impl IntoView {
    let key = key(name);
    let id = format!("field-{key}");
    let has_hint = !hint.is_empty();
    let options: Vec<_> = options
        .into_iter()
        .map(move |(value, words)| {
            let is_selected = value == selected;
            view! {
                <option value=value selected=is_selected>
                    {words}
                </option>
            }
        })
        .collect();
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
            </label>
            <select
                class="input"
                id=id
                name=name
                autocomplete=autocomplete
                required=required
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=move || described_by(name, has_hint, problem.get().is_some())
                on:change:target=move |event| {
                    if let Some(on_change) = on_change {
                        on_change.run(event.target().value());
                    }
                }
            >
                {options}
            </select>
            {has_hint
                .then(|| {
                    view! {
                        <p class="field-hint" id=format!("field-{key}-hint")>
                            {hint}
                        </p>
                    }
                })}
            <FieldProblem name=name problem=problem />
        </div>
    }
}
