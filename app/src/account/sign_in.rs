//! `/sign-in`, and what stands in for a page that needs it.

use domain::{
    account::{LONGEST_PASSWORD, LocalPath},
    words::account as w,
};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{act, page};
use crate::{
    http::{note_status, typed},
    layout::{self, page_query},
    locale::locale,
    ui::{
        Field, Icon, IconName, RefusalNotice, Submit, invalid, load, problem, reading, refused,
        ways_in,
    },
};

/// The account that everybody may use on a demonstration.
const DEMO_ACCOUNT: (&str, &str) = ("camille@example.org", "demo-pedestal");

/// E-mail and password. A plain form: the page that follows is loaded anew,
/// because everything on it depends on who is looking.
#[component]
pub fn SignIn() -> impl IntoView {
    let query = page_query();
    let act = ServerAction::<act::SignIn>::new();
    let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = StoredValue::new(next);
    let is_demo = reading(|| (), |()| act::is_demo());
    load(is_demo, move |is_demo| form(act, next.get_value(), is_demo))
}

#[expect(clippy::needless_pass_by_value, reason = "a view owns what it shows")]
fn form(act: ServerAction<act::SignIn>, next: String, is_demo: bool) -> AnyView {
    let locale = locale();
    let refused = refused(act);
    let next = LocalPath::parse(&next);
    let is_kept = next.as_str() != "/";
    let body = view! {
        {is_demo.then(demo_account)}
        <form class="fields" method="post" action=act::SignIn::url() novalidate>
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
            <Field
                name="form[password]"
                kind="password"
                label=w::password(locale)
                problem=problem(invalid(refused), "password")
                autocomplete="current-password"
                maxlength=LONGEST_PASSWORD
                required=true
            />
            <RefusalNotice refused=refused />
            <Submit label=w::sign_in(locale) large=true />
        </form>
        <section class="aside">
            {super::letter::way(&next)}
            {is_kept.then(|| view! { <p>{w::next_kept(locale)}</p> })}
            <p>
                {w::has_no_account(locale)} " "
                <a href=next.after("/sign-up")>{w::sign_up(locale)}</a>
            </p>
            <p>{w::guest_text(locale)}</p>
        </section>
    };
    page(w::sign_in(locale).to_owned(), w::sign_in_lede(locale), body.into_any())
}

fn demo_account() -> AnyView {
    let locale = locale();
    let (email, password) = DEMO_ACCOUNT;
    view! {
        <p class="demo-account">
            <Icon name=IconName::Person />
            <span>
                <b>{w::demo_account(locale)}</b>
                <span>{w::demo_account_text(locale, &email, &password)}</span>
            </span>
        </p>
    }
    .into_any()
}

/// Stands in for a page of somebody's own, with the way back to it.
#[component]
pub fn SignInFirst() -> impl IntoView {
    let locale = locale();
    note_status(401);
    let here = layout::address().get_untracked();
    page(w::sign_in_first(locale).to_owned(), w::sign_in_first_text(locale), ways_in(&here))
}
