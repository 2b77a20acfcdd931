//! Personal tokens of the public API.

use domain::{
    Locale, Timestamp,
    account::{LONGEST_NAME, TokenView},
    words::account as w,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::act::{CreateToken, RevokeToken};
use crate::{
    http::typed,
    locale::locale,
    ui::{Field, Notice, RefusalNotice, Submit, Tone, When, WhenStyle, invalid, problem, refused},
};

/// Every token without its secret, the one just made with it, and the form that
/// makes another.
pub fn tokens(
    tokens: Vec<TokenView>,
    now: Timestamp,
    secret: Option<String>,
    create: ServerAction<CreateToken>,
    revoke: ServerAction<RevokeToken>,
) -> AnyView {
    let locale = locale();
    let refused_to_create = refused(create);
    let made = move || {
        let answer = create.value().get().and_then(Result::ok);
        answer.or_else(|| secret.clone()).map(|secret| fresh(secret, locale))
    };
    let rows: Vec<_> = tokens.into_iter().map(|token| row(token, now, revoke, locale)).collect();
    let list = if rows.is_empty() {
        view! { <p>{w::no_tokens(locale)}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="tokens">
            <h2 id="tokens">{w::tokens(locale)}</h2>
            <p class="quiet">
                {w::tokens_text(locale)} " "
                <a href="/api/v1/docs" rel="external">
                    {w::api_docs(locale)}
                </a>
            </p>
            {made}
            <RefusalNotice refused=refused(revoke) />
            {list}
            <ActionForm action=create attr:class="fields" attr:novalidate="novalidate">
                <Field
                    name="name"
                    label=w::token_name(locale)
                    hint=w::token_name_hint(locale)
                    value=typed("name")
                    problem=problem(invalid(refused_to_create), "name")
                    autocomplete="off"
                    maxlength=LONGEST_NAME
                    required=true
                />
                <RefusalNotice refused=refused_to_create />
                <div class="buttons">
                    <Submit label=w::create_token(locale) pending=create.pending() kind="" />
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}

/// Empties the form after its token was made: the page is drawn over the one
/// before, and what was typed would stay.
pub fn clear_form() {
    let input = document().get_element_by_id("field-name");
    if let Some(input) = input.and_then(|i| i.dyn_into::<web_sys::HtmlInputElement>().ok()) {
        input.set_value("");
    }
}

fn fresh(secret: String, locale: Locale) -> AnyView {
    view! {
        <Notice tone=Tone::Good title=w::token_made(locale)>
            <p>{w::token_made_text(locale)}</p>
            <code class="secret">{secret}</code>
        </Notice>
    }
    .into_any()
}

fn row(
    token: TokenView,
    now: Timestamp,
    revoke: ServerAction<RevokeToken>,
    locale: Locale,
) -> impl IntoView {
    let used = match token.last_used_at {
        Some(at) => view! {
            {w::token_used(locale)}
            " "
            <When at=at now=now style=WhenStyle::Ago />
        }
        .into_any(),
        None => view! { {w::token_never_used(locale)} }.into_any(),
    };
    view! {
        <li>
            <div>
                <b>{token.name.clone()}</b>
                <p>{w::token_created(locale, &token.created_at.date(locale))} " · " {used}</p>
            </div>
            <ActionForm action=revoke>
                <input type="hidden" name="id" value=token.id.to_string() />
                <button class="button" type="submit">
                    <span>
                        {w::revoke(locale)}
                        <span class="visually-hidden">
                            " " {w::revoke_of(locale, &token.name)}
                        </span>
                    </span>
                </button>
            </ActionForm>
        </li>
    }
}
