//! `/sign-in/letter`: a way in without a password, and `/account/letter`, where the link
//! of the letter leads. The link itself changes nothing, because programs that guard
//! mailboxes follow links too: one button does.

pub mod act;

use domain::{
    account::LocalPath,
    words::{account as w, letter as l},
};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{is_stale, mailbox_link, page};
use crate::{
    http::typed,
    layout::page_query,
    locale::locale,
    ui::{Field, RefusalNotice, Submit, invalid, load, problem, reading, refused},
};

/// The page that asks for a letter.
const ASK: &str = "/sign-in/letter";

/// The way there from the sign-in page.
pub fn way(next: &LocalPath) -> AnyView {
    let locale = locale();
    view! {
        <p>
            {l::forgotten(locale)} " " <a href=next.after(ASK)>{l::by_letter(locale)}</a>
        </p>
    }
    .into_any()
}

/// The form, then the same answer to everyone.
#[component]
pub fn AskForLetter() -> impl IntoView {
    let query = page_query();
    let act = ServerAction::<act::AskForLetter>::new();
    let is_demo = reading(|| (), |()| super::act::is_demo());
    let is_sent = Memo::new(move |_| query.with(|query| query.get("sent").is_some()));
    let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = StoredValue::new(LocalPath::parse(&next));
    load(is_demo, move |is_demo| {
        view! {
            {move || match is_sent.get() {
                true => sent(is_demo, &next.get_value()),
                false => form(act, &next.get_value()),
            }}
        }
        .into_any()
    })
}

/// A plain form, as in [`super::SignIn`].
fn form(act: ServerAction<act::AskForLetter>, next: &LocalPath) -> AnyView {
    let locale = locale();
    let refused = refused(act);
    let body = view! {
        <form class="fields" method="post" action=act::AskForLetter::url() novalidate>
            <input type="hidden" name="form[next]" value=next.as_str().to_owned() />
            <Field
                name="form[email]"
                kind="email"
                label=w::email(locale)
                value=typed("form[email]")
                problem=problem(invalid(refused), "email")
                autocomplete="email"
                inputmode="email"
                maxlength=254
                required=true
            />
            <RefusalNotice refused=refused />
            <Submit label=l::send(locale) large=true />
        </form>
        <section class="aside">
            <p>
                <a href=next.after("/sign-in")>{l::with_password(locale)}</a>
            </p>
        </section>
    };
    page(l::by_letter(locale).to_owned(), l::lede(locale), body.into_any())
}

fn sent(is_demo: bool, next: &LocalPath) -> AnyView {
    let locale = locale();
    let body = view! {
        <p class="quiet">{w::sent_nothing(locale)}</p>
        <div class="buttons">
            {is_demo.then(mailbox_link)}
            <a class="button" href=next.after(ASK)>
                {w::sent_again(locale)}
            </a>
        </div>
    };
    page(w::sent_title(locale).to_owned(), l::sent_text(locale), body.into_any())
}

/// One button.
#[component]
pub fn FollowLetter() -> impl IntoView {
    let locale = locale();
    let query = page_query();
    let token = query.with_untracked(|query| query.get("token")).unwrap_or_default();
    let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = LocalPath::parse(&next);
    let refused = refused(ServerAction::<act::FollowLetter>::new());
    if token.is_empty() || refused.with_untracked(is_stale) {
        return stale(&next);
    }
    let body = view! {
        <form class="fields" method="post" action=act::FollowLetter::url()>
            <input type="hidden" name="token" value=token />
            <input type="hidden" name="next" value=next.as_str().to_owned() />
            <RefusalNotice refused=refused />
            <div class="buttons">
                <Submit label=w::sign_in(locale) large=true />
            </div>
        </form>
    };
    page(l::follow_title(locale).to_owned(), l::follow_text(locale), body.into_any())
}

fn stale(next: &LocalPath) -> AnyView {
    let locale = locale();
    let body = view! {
        <div class="buttons">
            <a class="button" data-kind="primary" href=next.after(ASK)>
                {w::confirm_stale_again(locale)}
            </a>
            <a class="button" href=next.after("/sign-in")>
                {w::sign_in(locale)}
            </a>
        </div>
    };
    page(w::confirm_stale_title(locale).to_owned(), l::stale_text(locale), body.into_any())
}
