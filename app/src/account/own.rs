//! `/account`: who one is here, and every way in that one has given out.

use domain::{
    account::AccountPage,
    words::{account as w, embed_outcome},
};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::{
    act::{self, CreateToken, RevokeSession, RevokeToken},
    new_password::{act::SetPassword, password},
    page, session, token,
};
use crate::{
    error::AppError,
    layout::{focus_heading, page_query},
    locale::locale,
    ui::{load, reading},
};

/// What can be done on the account page.
#[derive(Clone, Copy)]
struct Acts {
    revoke_session: ServerAction<RevokeSession>,
    create_token: ServerAction<CreateToken>,
    revoke_token: ServerAction<RevokeToken>,
    set_password: ServerAction<SetPassword>,
}

/// The signed-in person's own page.
#[component]
pub fn Account() -> impl IntoView {
    let acts = Acts {
        revoke_session: ServerAction::new(),
        create_token: ServerAction::new(),
        revoke_token: ServerAction::new(),
        set_password: ServerAction::new(),
    };
    let query = page_query();
    // Not beside a refusal of what was tried next.
    let is_set = query
        .with_untracked(|query| query.get("password").is_some() && query.get("__err").is_none());
    let done = RwSignal::new(0_u32);
    let count = move |is_done: bool| {
        if is_done {
            done.update(|done| *done += 1);
            focus_heading();
        }
    };
    Effect::new(move |_| count(acts.revoke_session.value().with(|v| matches!(v, Some(Ok(()))))));
    Effect::new(move |_| count(acts.revoke_token.value().with(|v| matches!(v, Some(Ok(()))))));
    Effect::new(move |_| {
        let is_made = acts.create_token.value().with(|v| matches!(v, Some(Ok(_))));
        count(is_made);
        if is_made {
            token::clear_form();
        }
    });
    let account = reading(move || done.get(), |_| read());
    load(account, move |(account, secret)| show(account, secret, is_set, acts))
}

/// The page, and the secret that a form without wasm has just made: it comes in
/// a cookie that only a page load carries.
async fn read() -> Result<(AccountPage, Option<String>), AppError> {
    let account = act::account_page().await?;
    #[cfg(feature = "ssr")]
    let secret = act::shown_once().await?;
    #[cfg(not(feature = "ssr"))]
    let secret = None;
    Ok((account, secret))
}

fn show(account: AccountPage, secret: Option<String>, is_set: bool, acts: Acts) -> AnyView {
    let locale = locale();
    let now = account.now;
    let body = view! {
        <section class="section person">
            <dl class="receipt-facts">
                <div>
                    <dt>{w::name(locale)}</dt>
                    <dd>{account.name}</dd>
                </div>
                <div>
                    <dt>{w::email(locale)}</dt>
                    <dd>{account.email}</dd>
                </div>
            </dl>
            <div class="buttons">
                <a class="button" href="/pledges">
                    {w::my_pledges(locale)}
                </a>
                <a class="button" href="/account/embeds">
                    {embed_outcome::own(locale)}
                </a>
                <form method="post" action=act::SignOut::url()>
                    <button class="button" type="submit">
                        {w::sign_out(locale)}
                    </button>
                </form>
            </div>
        </section>
        {password(account.password, is_set, acts.set_password)}
        {session::sessions(account.sessions, now, acts.revoke_session)}
        {token::tokens(account.tokens, now, secret, acts.create_token, acts.revoke_token)}
    };
    page(w::account_title(locale).to_owned(), "", body.into_any())
}
