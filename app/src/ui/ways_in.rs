//! The two ways in, for whoever has to be somebody before they can go on.

use domain::{account::LocalPath, words::account as w};
use leptos::prelude::*;

use crate::locale::locale;

/// Signing in and signing up. Both lead on to `next`, a path of this site with its query.
#[must_use]
pub fn ways_in(next: &str) -> AnyView {
    let locale = locale();
    let next = LocalPath::parse(next);
    view! {
        <div class="buttons">
            <a class="button" data-kind="primary" data-size="large" href=next.after("/sign-in")>
                {w::sign_in(locale)}
            </a>
            <a class="button" data-size="large" href=next.after("/sign-up")>
                {w::sign_up(locale)}
            </a>
        </div>
    }
    .into_any()
}
