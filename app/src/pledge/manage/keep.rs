//! How somebody without an account finds their pledge again.

use domain::{pledge::PledgePage, words::pledge as w};
use leptos::prelude::*;

use crate::{campaign::CopyButton, http::absolute, locale::locale};

/// The link that opens the pledge, and the account that makes it needless.
pub fn private_link(page: &PledgePage, key: &str) -> AnyView {
    let locale = locale();
    let address = absolute(&format!("/pledges/{}?key={key}", page.id));
    view! {
        <section class="section private-link" aria-labelledby="private-link">
            <h2 id="private-link">{w::private_link(locale)}</h2>
            <p>{w::private_link_text(locale)}</p>
            <label class="field">
                <span class="field-label">{w::private_link_label(locale)}</span>
                <input class="input" readonly value=address.clone() />
            </label>
            <div class="buttons">
                <CopyButton text=address />
                <a class="button" href="/sign-up">
                    {w::make_account(locale)}
                </a>
            </div>
            <p class="quiet small">{w::make_account_text(locale)}</p>
        </section>
    }
    .into_any()
}
