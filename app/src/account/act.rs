//! What account pages ask of the server.

use domain::account::{AccountPage, SignInForm, SignUpForm};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

use crate::{codec::Answer, error::AppError, follow::Following};

/// Asks for an account. The answer is the same whatever the address.
#[server(prefix = "/api/fn", endpoint = "account/sign-up", output = Answer, client = Following)]
pub async fn sign_up(form: SignUpForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::SignUp)?;
    let wanted = form.parse().map_err(backend::Error::from)?;
    let sent = wanted.next.after("/sign-up?sent=1");
    backend::account::sign_up(&ctx.backend, wanted, ctx.locale).await?;
    crate::http::redirect(&sent);
    Ok(())
}

/// Follows a confirmation letter's link and signs in.
#[server(prefix = "/api/fn", endpoint = "account/confirm", output = Answer)]
pub async fn confirm(
    token: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::SignIn)?;
    let password = domain::account::Password::claimed(&password);
    let signed_in =
        backend::account::prove_email(&ctx.backend, &token, &password, &ctx.device).await?;
    enter(&ctx, &signed_in).await?;
    let next = domain::account::LocalPath::parse(&next);
    crate::http::redirect(if next.is_home() { "/pledges?welcome=1" } else { next.as_str() });
    Ok(())
}

/// Signs in.
#[server(prefix = "/api/fn", endpoint = "account/sign-in", output = Answer)]
pub async fn sign_in(form: SignInForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::SignIn)?;
    let password = domain::account::Password::claimed(&form.password);
    let signed_in =
        backend::account::sign_in(&ctx.backend, &form.email, &password, &ctx.device).await?;
    enter(&ctx, &signed_in).await?;
    crate::http::redirect(domain::account::LocalPath::parse(&form.next).as_str());
    Ok(())
}

/// Gives the browser its new session, and ends the one it had: nothing stays open
/// that nobody holds the cookie of.
#[cfg(feature = "ssr")]
pub(super) async fn enter(
    ctx: &crate::http::Ctx,
    signed_in: &backend::account::SignedIn,
) -> Result<(), AppError> {
    if let Some(before) = &ctx.cookie {
        backend::account::sign_out(&ctx.backend, before).await?;
    }
    crate::http::set_session(ctx, Some(&signed_in.token));
    Ok(())
}

/// Signs this browser out.
#[server(prefix = "/api/fn", endpoint = "account/sign-out", output = Answer)]
pub async fn sign_out() -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    if let Some(cookie) = &ctx.cookie {
        backend::account::sign_out(&ctx.backend, cookie).await?;
    }
    crate::http::set_session(&ctx, None);
    crate::http::redirect("/");
    Ok(())
}

/// The account page of the signed-in visitor.
#[server(name = ReadAccount, prefix = "/api/fn", endpoint = "account/page", input = GetUrl, output = Answer)]
pub async fn account_page() -> Result<AccountPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::account::page(&ctx.backend, ctx.signed_in()?).await?)
}

/// Signs one of the visitor's browsers out.
#[server(prefix = "/api/fn", endpoint = "account/revoke-session", output = Answer, client = Following)]
pub async fn revoke_session(id: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    let id = id.parse().map_err(|_| backend::Error::NotFound)?;
    backend::account::revoke_session(&ctx.backend, ctx.signed_in()?, id).await?;
    crate::http::redirect("/account");
    Ok(())
}

/// Makes an API token. Its secret is in the answer, once.
#[server(prefix = "/api/fn", endpoint = "account/create-token", output = Answer)]
pub async fn create_token(#[server(default)] name: String) -> Result<String, AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    let token = backend::account::create_token(&ctx.backend, ctx.signed_in()?, &name).await?;
    crate::http::show_once(&token);
    Ok(token)
}

/// Ends an API token.
#[server(prefix = "/api/fn", endpoint = "account/revoke-token", output = Answer, client = Following)]
pub async fn revoke_token(id: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    let id = id.parse().map_err(|_| backend::Error::NotFound)?;
    backend::account::revoke_token(&ctx.backend, ctx.signed_in()?, id).await?;
    crate::http::redirect("/account");
    Ok(())
}

/// The secret that a plain form has just made, to show once.
#[server(name = ReadShownOnce, prefix = "/api/fn", endpoint = "account/shown-once", input = GetUrl, output = Answer)]
pub async fn shown_once() -> Result<Option<String>, AppError> {
    Ok(crate::http::take_shown_once())
}

/// One letter that the demo caught instead of sending.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaughtLetter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub at: domain::Timestamp,
}

/// The demo's mailbox. A platform that is no demo has none.
#[server(name = ReadMailbox, prefix = "/api/fn", endpoint = "demo/mailbox", input = GetUrl, output = Answer)]
pub async fn mailbox(#[server(default)] to: String) -> Result<Vec<CaughtLetter>, AppError> {
    let ctx = crate::http::ctx();
    if !ctx.backend.options.is_demo {
        return Err(backend::Error::NotFound.into());
    }
    let to = Some(to.as_str()).filter(|to| !to.is_empty());
    let letters = backend::mail::mailbox(&ctx.backend, to).await?;
    Ok(letters
        .into_iter()
        .map(|l| CaughtLetter { to: l.to, subject: l.subject, text: l.text, at: l.at })
        .collect())
}

/// Whether this platform is a demonstration.
#[server(name = ReadIsDemo, prefix = "/api/fn", endpoint = "demo", input = GetUrl, output = Answer)]
pub async fn is_demo() -> Result<bool, AppError> {
    Ok(crate::http::ctx().backend.options.is_demo)
}
