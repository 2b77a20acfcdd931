//! What the pages of the letter that signs in ask of the server.

use domain::account::letter::LetterForm;
use leptos::prelude::*;

use crate::{codec::Answer, error::AppError};

/// Asks for a letter. The answer is the same whatever the address.
#[server(prefix = "/api/fn", endpoint = "account/ask-for-letter", output = Answer)]
pub async fn ask_for_letter(#[server(default)] form: LetterForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::SignUp)?;
    let wanted = form.parse().map_err(backend::Error::from)?;
    backend::account::ask_for_letter(&ctx.backend, &wanted, ctx.locale).await?;
    let sent = wanted.next.after("/sign-in/letter?sent=1");
    crate::http::redirect(&sent);
    Ok(())
}

/// Follows the link of a letter and signs in.
#[server(prefix = "/api/fn", endpoint = "account/follow-letter", output = Answer)]
pub async fn follow_letter(token: String, #[server(default)] next: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::SignIn)?;
    let signed_in = backend::account::follow_letter(&ctx.backend, &token, &ctx.device).await?;
    crate::account::act::enter(&ctx, &signed_in).await?;
    let next = domain::account::LocalPath::parse(&next);
    crate::http::redirect(if next.as_str() == "/" { "/account" } else { next.as_str() });
    Ok(())
}
