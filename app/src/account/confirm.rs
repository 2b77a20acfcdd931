//! `/account/confirm`: where the letter's link leads. The link itself changes
//! nothing, because programs that guard mailboxes follow links too, and because
//! whoever signed up may be another than whoever reads the letter: the password
//! of the sign-up has to come as well.

use domain::{
    account::{LONGEST_PASSWORD, LocalPath},
    words::account as w,
};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{act, is_stale, page};
use crate::{
    layout::page_query,
    locale::locale,
    ui::{Field, RefusalNotice, Submit, invalid, problem, refused},
};

/// The password and one button. A plain form, as in [`super::SignIn`].
#[component]
pub fn Confirm() -> impl IntoView {
    let locale = locale();
    let query = page_query();
    let token = query.with_untracked(|query| query.get("token")).unwrap_or_default();
    let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = LocalPath::parse(&next);
    let refused = refused(ServerAction::<act::Confirm>::new());
    if token.is_empty() || refused.with_untracked(is_stale) {
        return stale(&next);
    }
    let body = view! {
        <form class="fields" method="post" action=act::Confirm::url() novalidate>
            <input type="hidden" name="token" value=token />
            <input type="hidden" name="next" value=next.as_str().to_owned() />
            <Field
                name="password"
                kind="password"
                label=w::password(locale)
                problem=problem(invalid(refused), "password")
                autocomplete="current-password"
                maxlength=LONGEST_PASSWORD
                required=true
            />
            <RefusalNotice refused=refused />
            <div class="buttons">
                <Submit label=w::confirm_submit(locale) large=true />
            </div>
        </form>
        <section class="aside">
            <p>
                {w::confirm_not_yours(locale)} " "
                <a href=next.after("/sign-up")>{w::confirm_stale_again(locale)}</a>
            </p>
        </section>
    };
    page(w::confirm_title(locale).to_owned(), w::confirm_text(locale), body.into_any())
}

fn stale(next: &LocalPath) -> AnyView {
    let locale = locale();
    let body = view! {
        <div class="buttons">
            <a class="button" data-kind="primary" href=next.after("/sign-in")>
                {w::sign_in(locale)}
            </a>
            <a class="button" href=next.after("/sign-up")>
                {w::confirm_stale_again(locale)}
            </a>
        </div>
    };
    page(w::confirm_stale_title(locale).to_owned(), w::confirm_stale_text(locale), body.into_any())
}
