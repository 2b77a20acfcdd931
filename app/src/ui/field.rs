//! A text field with its label, hint and problem, wired for screen readers.

use domain::{Invalid, words::site as w};
use leptos::{html::Input, prelude::*};

use super::{Icon, IconName};
use crate::locale::locale;

/// One line of text: any `type` of `<input>` that is typed into.
///
/// The control's id is `field-{key}`, its hint's `field-{key}-hint`, its
/// problem's `field-{key}-problem`, where the key of `form[email]` is `email` and
/// that of `dispute[amount]` is `dispute-amount`.
#[component]
pub fn Field(
    /// The field's `name` in the form: `email`, or `form[email]`.
    name: &'static str,
    /// What it is called.
    #[prop(into)]
    label: String,
    /// The `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    /// What stands in it at first.
    #[prop(optional, into)]
    value: String,
    /// Follows what is typed. What was typed before the page came alive is kept.
    #[prop(optional)]
    bind: Option<RwSignal<String>>,
    /// A sentence under it.
    #[prop(optional, into)]
    hint: String,
    /// What is wrong with it; see [`problem`].
    #[prop(optional, into)]
    problem: Signal<Option<String>>,
    /// The `autocomplete` token of HTML.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard a phone shows: `numeric`, `decimal`, `email`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// Says "optional" beside the label.
    #[prop(optional)]
    optional: bool,
    /// Most characters.
    #[prop(optional)]
    maxlength: Option<u32>,
) -> impl IntoView {
    let locale = locale();
    let key = key(name);
    let id = format!("field-{key}");
    let has_hint = !hint.is_empty();
    let input = NodeRef::<Input>::new();
    let initial = bind.map_or(value, |bind| bind.get_untracked());
    if let Some(bind) = bind {
        // The page may have been typed into before its wasm arrived.
        Effect::new(move |_| {
            if let Some(input) = input.get()
                && input.value() != bind.get_untracked()
            {
                bind.set(input.value());
            }
        });
    }
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>
                {label}
                {optional.then(|| view! { " " <span>"(" {w::optional(locale)} ")"</span> })}
            </label>
            <input
                node_ref=input
                class="input"
                id=id
                name=name
                type=kind
                value=initial
                autocomplete=autocomplete
                inputmode=inputmode
                required=required
                maxlength=maxlength.map(|most| most.to_string())
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=move || described_by(name, has_hint, problem.get().is_some())
                on:input:target=move |event| {
                    if let Some(bind) = bind {
                        bind.set(event.target().value());
                    }
                }
            />
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

/// The sentence about what is wrong with a field, for controls of your own.
#[component]
pub fn FieldProblem(
    /// The field's `name`.
    name: &'static str,
    /// What is wrong with it.
    #[prop(into)]
    problem: Signal<Option<String>>,
) -> impl IntoView {
    let line = move |sentence| {
        view! {
            <p class="field-problem" id=format!("field-{}-problem", key(name))>
                <Icon name=IconName::Alert />
                {sentence}
            </p>
        }
        .into_any()
    };
    view! { {move || problem.get().map(line)} }
}

/// The `aria-describedby` of a field's control.
#[must_use]
pub fn described_by(name: &str, has_hint: bool, has_problem: bool) -> Option<String> {
    let key = key(name);
    match (has_hint, has_problem) {
        (false, false) => None,
        (true, false) => Some(format!("field-{key}-hint")),
        (false, true) => Some(format!("field-{key}-problem")),
        (true, true) => Some(format!("field-{key}-problem field-{key}-hint")),
    }
}

/// What is wrong with one field of a form, in the visitor's language.
#[must_use]
pub fn problem(invalid: Signal<Invalid>, name: &'static str) -> Signal<Option<String>> {
    let locale = locale();
    Signal::derive(move || invalid.with(|invalid| invalid.of(name).map(|p| p.say(locale))))
}

/// What tells a field from all others of its page: `email` of `form[email]`, and
/// `dispute-amount` of `dispute[amount]`, where a page has a second form.
pub(super) fn key(name: &str) -> String {
    let word = name.trim_end_matches(']').rsplit('[').next().unwrap_or(name);
    match name.split_once('[') {
        Some((form, _)) if form != "form" => format!("{form}-{word}"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{described_by, key};

    #[test]
    fn ids_carry_the_innermost_word_and_the_form_where_it_is_not_the_first() {
        assert_eq!(key("email"), "email");
        assert_eq!(key("dispute[amount]"), "dispute-amount");
        assert_eq!(key("form[card][number]"), "number");
        assert_eq!(
            described_by("form[email]", true, true).as_deref(),
            Some("field-email-problem field-email-hint")
        );
    }
}
