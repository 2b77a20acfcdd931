//! Accounts: signing up and in, and what a person can see and end of theirs.

pub mod act;
mod confirm;
mod device;
mod letter;
mod mailbox;
mod new_password;
mod own;
mod session;
mod sign_in;
mod sign_up;
mod token;

pub use confirm::Confirm;
pub use letter::{AskForLetter, FollowLetter};
pub use mailbox::Mailbox;
pub use own::Account;
pub use sign_in::{SignIn, SignInFirst};
pub use sign_up::SignUp;

use domain::{
    Problem,
    words::{account as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::{error::AppError, locale::locale};

/// A page of one column with its heading, for nobody's index.
fn page(title: String, lede: &'static str, body: AnyView) -> AnyView {
    let locale = locale();
    view! {
        <Title text=site::page_title(locale, &title) />
        <Meta name="robots" content="noindex" />
        <div class="page" data-width="narrow">
            <header class="page-head">
                <h1 tabindex="-1">{title}</h1>
                {(!lede.is_empty()).then(|| view! { <p>{lede}</p> })}
            </header>
            {body}
        </div>
    }
    .into_any()
}

/// The way to the demonstration's mailbox.
fn mailbox_link() -> AnyView {
    let locale = locale();
    view! {
        <a class="button" data-kind="primary" href="/demo/mailbox">
            {w::open_mailbox(locale)}
        </a>
    }
    .into_any()
}

/// Whether the link of a letter leads nowhere any more.
fn is_stale(error: &Option<AppError>) -> bool {
    matches!(error, Some(AppError::Invalid(invalid)) if invalid.of("") == Some(&Problem::StaleLink))
}
