//! What the editor of a page asks of the server. What is typed goes over a socket
//! (`server::route::together`).

use domain::story::view::{Editor, History, VersionPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError};

/// Everything that the editor of a page begins with.
#[server(name = ReadEditor, prefix = "/api/fn", endpoint = "edit/page", input = GetUrl, output = Answer)]
pub async fn read_editor(#[server(default)] slug: String) -> Result<Editor, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::story::editor(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// What was published of a page, newest first.
#[server(name = ReadHistory, prefix = "/api/fn", endpoint = "edit/history", input = GetUrl, output = Answer)]
pub async fn read_history(#[server(default)] slug: String) -> Result<History, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::story::versions(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// A version as it was; 0 is what is written now.
#[server(name = ReadVersion, prefix = "/api/fn", endpoint = "edit/version", input = GetUrl, output = Answer)]
pub async fn read_version(
    #[server(default)] slug: String,
    #[server(default)] number: i64,
) -> Result<VersionPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::story::version(&ctx.backend, ctx.signed_in()?, &slug, number).await?)
}

/// Publishes what is written.
#[server(prefix = "/api/fn", endpoint = "edit/publish", output = Answer)]
pub async fn publish_page(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    let version = backend::story::publish(&ctx.backend, ctx.signed_in()?, &slug, None).await?;
    crate::http::redirect(&format!("/campaigns/{slug}/edit?published={version}"));
    Ok(())
}

/// Makes the document like a version of before.
#[server(prefix = "/api/fn", endpoint = "edit/restore", output = Answer)]
pub async fn restore_version(
    #[server(default)] slug: String,
    #[server(default)] number: i64,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::restore(&ctx.backend, ctx.signed_in()?, &slug, number).await?;
    crate::http::redirect(&format!("/campaigns/{slug}/edit?restored={number}"));
    Ok(())
}

/// The request's context, once it is known that it does not come too fast.
#[cfg(feature = "ssr")]
fn writing() -> Result<crate::http::Ctx, AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    Ok(ctx)
}
