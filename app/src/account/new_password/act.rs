//! What the password's part of the account page asks of the server.

use domain::account::letter::NewPasswordForm;
use leptos::prelude::*;

use crate::{codec::Answer, error::AppError};

/// Sets another password.
#[server(prefix = "/api/fn", endpoint = "account/set-password", output = Answer)]
pub async fn set_password(#[server(default)] form: NewPasswordForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::SignIn)?;
    backend::account::set_password(&ctx.backend, ctx.signed_in()?, &form).await?;
    crate::http::redirect("/account?password=set");
    Ok(())
}
