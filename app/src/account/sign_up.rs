//! `/sign-up`: asking for an account. What follows stands in a letter.

use domain::{
    account::{LONGEST_NAME, LONGEST_PASSWORD, LocalPath, SHORTEST_PASSWORD},
    words::account as w,
};
use leptos::prelude::*;

use super::{act, mailbox_link, page};
use crate::{
    http::typed,
    layout::page_query,
    locale::locale,
    ui::{Field, RefusalNotice, Submit, invalid, load, problem, reading, refused},
};

/// The form, then the same answer to everyone.
#[component]
pub fn SignUp() -> impl IntoView {
    let query = page_query();
    let act = ServerAction::<act::SignUp>::new();
    let is_demo = reading(|| (), |()| act::is_demo());
    let is_sent = Memo::new(move |_| query.with(|query| query.get("sent").is_some()));
    let email = query.with_untracked(|query| query.get("email")).unwrap_or_default();
    let email = StoredValue::new(email);
    let next = query.with_untracked(|query| query.get("next")).unwrap_or_default();
    let next = StoredValue::new(LocalPath::parse(&next));
    load(is_demo, move |is_demo| {
        view! {
            {move || match is_sent.get() {
                true => sent(is_demo, &next.get_value()),
                false => form(act, email.get_value(), &next.get_value()),
            }}
        }
        .into_any()
    })
}

fn form(act: ServerAction<act::SignUp>, email: String, next: &LocalPath) -> AnyView {
    let locale = locale();
    let refused = refused(act);
    let invalid = invalid(refused);
    let typed_email = typed("form[email]");
    let email = if typed_email.is_empty() { email } else { typed_email };
    let kept = next.as_str().to_owned();
    let body = view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            <input type="hidden" name="form[next]" value=kept />
            <Field
                name="form[name]"
                label=w::name(locale)
                hint=w::name_hint(locale)
                value=typed("form[name]")
                problem=problem(invalid, "name")
                autocomplete="name"
                maxlength=LONGEST_NAME
                required=true
            />
            <Field
                name="form[email]"
                kind="email"
                label=w::email(locale)
                value=email
                problem=problem(invalid, "email")
                autocomplete="email"
                inputmode="email"
                maxlength=254
                required=true
            />
            <Field
                name="form[password]"
                kind="password"
                label=w::password(locale)
                hint=w::password_hint(locale, &SHORTEST_PASSWORD)
                problem=problem(invalid, "password")
                autocomplete="new-password"
                maxlength=LONGEST_PASSWORD
                required=true
            />
            <RefusalNotice refused=refused />
            <Submit label=w::sign_up(locale) pending=act.pending() large=true />
        </ActionForm>
        <section class="aside">
            <p>{w::sign_up_guest(locale)}</p>
            <p>
                {w::has_account(locale)} " "
                <a href=next.after("/sign-in")>{w::sign_in(locale)}</a>
            </p>
        </section>
    };
    page(w::sign_up(locale).to_owned(), w::sign_up_lede(locale), body.into_any())
}

fn sent(is_demo: bool, next: &LocalPath) -> AnyView {
    let locale = locale();
    let body = view! {
        <p class="quiet">{w::sent_nothing(locale)}</p>
        <div class="buttons">
            {is_demo.then(mailbox_link)}
            <a class="button" href=next.after("/sign-up")>
                {w::sent_again(locale)}
            </a>
        </div>
    };
    page(w::sent_title(locale).to_owned(), w::sent_text(locale), body.into_any())
}
