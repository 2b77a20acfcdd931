//! The button that sends a form.

use leptos::prelude::*;

/// A submit button that shows when its form is on the way. It stays enabled:
/// without wasm nothing would enable it again, and a second press is harmless
/// because every write carries a key.
#[component]
pub fn Submit(
    /// A verb.
    #[prop(into)]
    label: Signal<String>,
    /// Whether the form is on the way.
    #[prop(optional, into)]
    pending: Signal<bool>,
    /// `primary`, `quiet`, `danger`, or empty for a plain one.
    #[prop(default = "primary")]
    kind: &'static str,
    /// Whether it is the one thing to do on the page.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! {
        <button
            class="button"
            type="submit"
            data-kind=kind
            data-size=large.then_some("large")
            data-busy=move || pending.get().then_some("")
            aria-busy=move || pending.get().then_some("true")
        >
            {label}
        </button>
    }
}
