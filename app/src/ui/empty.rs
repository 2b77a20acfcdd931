//! Nothing to show, and the way out.

use leptos::prelude::*;

/// What a list says when it is empty: a title, a sentence, and links out.
#[component]
pub fn Empty(
    /// What is missing.
    #[prop(into)]
    title: String,
    /// Why, and what to do.
    #[prop(into)]
    text: String,
    /// The ways out: links and buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            // The lowest course of a pedestal that is still to be built.
            <svg viewBox="0 0 146 28" aria-hidden="true">
                <path
                    class="stones-open"
                    d="M19 7h111M0 21h146"
                    stroke-width="11"
                    stroke-dasharray="16 3"
                />
            </svg>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="buttons">{children()}</div> })}
        </div>
    }
}
