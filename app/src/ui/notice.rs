//! A few sentences set apart from the page.

use leptos::prelude::*;

use super::{Icon, IconName};

/// What a notice is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tone {
    /// Something to know.
    #[default]
    Plain,
    /// Something went well.
    Good,
    /// Something to mind.
    Warning,
    /// Something went wrong; it is read out at once.
    Problem,
}

/// A notice: an icon, a first line in bold if there is one, and its sentences.
#[component]
pub fn Notice(
    /// What it is about.
    #[prop(optional)]
    tone: Tone,
    /// The first line, in bold.
    #[prop(optional, into)]
    title: String,
    /// The sentences: text or `<p>`.
    children: Children,
) -> impl IntoView {
    let (key, icon, role) = match tone {
        Tone::Plain => ("plain", IconName::Info, None),
        Tone::Good => ("good", IconName::Check, Some("status")),
        Tone::Warning => ("warning", IconName::Alert, None),
        Tone::Problem => ("problem", IconName::Alert, Some("alert")),
    };
    view! {
        <div class="notice" data-tone=key role=role>
            <Icon name=icon />
            <div class="notice-body">
                {(!title.is_empty()).then(|| view! { <b>{title}</b> })} {children()}
            </div>
        </div>
    }
}
