//! What the page asks of the server: all of it only for operators.

use domain::refund::returns::{ReturnForm, ReturnsPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// What waits for an operator.
#[server(name = ReadReturns, prefix = "/api/fn", endpoint = "returns/page", input = GetUrl, output = Answer)]
pub async fn returns() -> Result<ReturnsPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::returns::page(&ctx.backend, ctx.who.as_ref()).await?)
}

/// Has one of them asked for again.
#[server(prefix = "/api/fn", endpoint = "returns/try-again", output = Answer, client = Following)]
pub async fn try_return_again(form: ReturnForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    backend::returns::try_again(&ctx.backend, ctx.who.as_ref(), &form).await?;
    crate::http::redirect("/admin/returns?done=again");
    Ok(())
}

/// Books one of them as settled by other means.
#[server(prefix = "/api/fn", endpoint = "returns/settle", output = Answer, client = Following)]
pub async fn settle_return(form: ReturnForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    backend::returns::settle_by_hand(&ctx.backend, ctx.who.as_ref(), &form).await?;
    crate::http::redirect("/admin/returns?done=hand");
    Ok(())
}
