//! What the editor of a page asks of the server. What is typed goes over a socket
//! (`server::route::together`).

#[cfg(feature = "ssr")]
use domain::story::view::{Moment, Seen};
use domain::story::{
    change_set::{ChangeSetPage, JudgeForm, SetForm},
    view::{Editor, History, VersionPage},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// Everything that the editor of a page begins with.
#[server(name = ReadEditor, prefix = "/api/fn", endpoint = "edit/page", input = GetUrl, output = Answer)]
pub async fn read_editor(#[server(default)] slug: String) -> Result<Editor, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::story::editor(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// What was published of a page and beside it, newest first.
#[server(name = ReadHistory, prefix = "/api/fn", endpoint = "edit/history", input = GetUrl, output = Answer)]
pub async fn read_history(#[server(default)] slug: String) -> Result<History, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::story::versions(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// A version as it was; 0 is what is written now. With a step it is what was changed
/// beside that version.
#[server(name = ReadVersion, prefix = "/api/fn", endpoint = "edit/version", input = GetUrl, output = Answer)]
pub async fn read_version(
    #[server(default)] slug: String,
    #[server(default)] number: i64,
    #[server(default)] step: i64,
) -> Result<VersionPage, AppError> {
    let (ctx, moment) = (crate::http::ctx(), Moment { version: number, step });
    Ok(backend::story::moment(&ctx.backend, ctx.signed_in()?, &slug, moment).await?)
}

/// Publishes what was looked at, by its mark.
#[server(prefix = "/api/fn", endpoint = "edit/publish", output = Answer, client = Following)]
pub async fn publish_page(
    #[server(default)] slug: String,
    #[server(default)] version: i64,
    #[server(default)] mark: String,
) -> Result<(), AppError> {
    let (ctx, seen) = (writing()?, Seen { version, mark });
    let who = ctx.signed_in()?;
    let version = backend::story::publish_seen(&ctx.backend, who, &slug, seen).await?;
    crate::http::redirect(&format!("/campaigns/{slug}/edit?published={version}"));
    Ok(())
}

/// Makes the document like a version of before.
#[server(prefix = "/api/fn", endpoint = "edit/restore", output = Answer, client = Following)]
pub async fn restore_version(
    #[server(default)] slug: String,
    #[server(default)] number: i64,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::restore(&ctx.backend, ctx.signed_in()?, &slug, number).await?;
    crate::http::redirect(&format!("/campaigns/{slug}/edit?restored={number}"));
    Ok(())
}

/// What waits to be published, or would be, with what changed marked.
#[server(name = ReadChangeSet, prefix = "/api/fn", endpoint = "edit/changes", input = GetUrl, output = Answer)]
pub async fn read_changes(#[server(default)] slug: String) -> Result<ChangeSetPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::story::change_set(&ctx.backend, ctx.signed_in()?, &slug, ctx.locale).await?)
}

/// Has what is written published at a time.
#[server(prefix = "/api/fn", endpoint = "edit/schedule", output = Answer, client = Following)]
pub async fn schedule_page(#[server(default)] form: SetForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::schedule(&ctx.backend, ctx.signed_in()?, &form).await?;
    seen_to(&form.slug);
    Ok(())
}

/// Asks another one to approve what is written.
#[server(prefix = "/api/fn", endpoint = "edit/ask", output = Answer, client = Following)]
pub async fn ask_approval(#[server(default)] ask: SetForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::ask(&ctx.backend, ctx.signed_in()?, &ask).await?;
    seen_to(&ask.slug);
    Ok(())
}

/// Says yes to what another one wants published.
#[server(prefix = "/api/fn", endpoint = "edit/approve", output = Answer, client = Following)]
pub async fn approve_changes(#[server(default)] form: JudgeForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::approve(&ctx.backend, ctx.signed_in()?, &form).await?;
    seen_to(&form.slug);
    Ok(())
}

/// Says no to it, and why.
#[server(prefix = "/api/fn", endpoint = "edit/return", output = Answer, client = Following)]
pub async fn return_changes(#[server(default)] form: JudgeForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::send_back(&ctx.backend, ctx.signed_in()?, &form).await?;
    seen_to(&form.slug);
    Ok(())
}

/// Takes back what waits to be published.
#[server(prefix = "/api/fn", endpoint = "edit/abort", output = Answer, client = Following)]
pub async fn abort_changes(#[server(default)] form: JudgeForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::story::abort(&ctx.backend, ctx.signed_in()?, &form).await?;
    seen_to(&form.slug);
    Ok(())
}

/// Leads back to the changes.
#[cfg(feature = "ssr")]
fn seen_to(slug: &str) {
    crate::http::redirect(&format!("/campaigns/{slug}/edit/changes?done=1"));
}

/// The request's context, once it is known that it does not come too fast.
#[cfg(feature = "ssr")]
fn writing() -> Result<crate::http::Ctx, AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    Ok(ctx)
}
