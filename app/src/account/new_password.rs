//! The password's part of the account page.

pub mod act;

use domain::{
    Locale,
    account::{LONGEST_PASSWORD, LocalPath, SHORTEST_PASSWORD, letter::PasswordWay},
    words::{account as w, letter as l},
};
use leptos::{prelude::*, server_fn::ServerFn as _};

use super::letter;
use crate::{
    locale::locale,
    ui::{Field, Notice, RefusalNotice, Submit, Tone, invalid, problem, refused},
};

/// What a new password asks of them, and the form for it.
pub fn password(way: PasswordWay, is_set: bool, act: ServerAction<act::SetPassword>) -> AnyView {
    let locale = locale();
    let back = LocalPath::parse("/account");
    let body = match way {
        PasswordWay::Old => view! {
            <p class="quiet">{l::password_text(locale)}</p>
            {form(true, act, locale)}
            {letter::way(&back)}
        }
        .into_any(),
        PasswordWay::Free => view! {
            <p class="quiet">{l::came_by_letter(locale)} " " {l::password_text(locale)}</p>
            {form(false, act, locale)}
        }
        .into_any(),
        PasswordWay::Letter => view! {
            <p>{l::no_password(locale)}</p>
            {letter::way(&back)}
        }
        .into_any(),
        PasswordWay::Shared => view! { <p>{l::shared(locale)}</p> }.into_any(),
    };
    view! {
        <section class="section" aria-labelledby="own-password">
            <h2 id="own-password">{l::password(locale)}</h2>
            {is_set
                .then(|| {
                    view! {
                        <Notice tone=Tone::Good title=l::is_set(locale)>
                            <p>{l::is_set_text(locale)}</p>
                        </Notice>
                    }
                })}
            {body}
        </section>
    }
    .into_any()
}

/// A plain form: the page that follows is loaded anew, in this language and with what
/// the browser was told to keep of the password.
fn form(asks_old: bool, act: ServerAction<act::SetPassword>, locale: Locale) -> AnyView {
    let refused = refused(act);
    let old = asks_old.then(|| {
        view! {
            <Field
                name="form[old_password]"
                kind="password"
                label=l::old_password(locale)
                problem=problem(invalid(refused), "old_password")
                autocomplete="current-password"
                maxlength=LONGEST_PASSWORD
                required=true
            />
        }
    });
    view! {
        <form class="fields" method="post" action=act::SetPassword::url() novalidate>
            {old}
            <Field
                name="form[password]"
                kind="password"
                label=l::new_password(locale)
                hint=w::password_hint(locale, &SHORTEST_PASSWORD)
                problem=problem(invalid(refused), "password")
                autocomplete="new-password"
                maxlength=LONGEST_PASSWORD
                required=true
            />
            <RefusalNotice refused=refused />
            <div class="buttons">
                <Submit label=l::set_password(locale) kind="" />
            </div>
        </form>
    }
    .into_any()
}
