//! What these pages ask of the server.

use domain::announcement::{AnnouncementPage, WatchForm, WatcherPage};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// An announced campaign. Once everybody can see it, the address leads to its page.
#[server(name = ReadAnnouncement, prefix = "/api/fn", endpoint = "announcement/page", input = GetUrl, output = Answer, client = Following)]
pub async fn announcement(#[server(default)] slug: String) -> Result<AnnouncementPage, AppError> {
    let ctx = crate::http::ctx();
    let page = backend::announcement::page(&ctx.backend, ctx.who.as_ref(), &slug).await?;
    if page.state.is_public() {
        crate::http::redirect(&format!("/campaigns/{}", page.slug));
    }
    Ok(page)
}

/// Puts the visitor, or an address once it is confirmed, on the list.
#[server(prefix = "/api/fn", endpoint = "announcement/watch", output = Answer, client = Following)]
pub async fn watch(#[server(default)] form: WatchForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(match ctx.who {
        Some(_) => backend::limit::Limited::Write,
        None => backend::limit::Limited::Letter,
    })?;
    let who = ctx.who.as_ref();
    backend::announcement::watch(&ctx.backend, who, &form, ctx.locale).await?;
    let told = if who.is_some() { "noted" } else { "asked" };
    crate::http::redirect(&format!("/coming/{}?{told}=1", form.slug));
    Ok(())
}

/// What the link of a letter opens; nothing, where the address is on no list.
#[server(name = ReadWatcher, prefix = "/api/fn", endpoint = "announcement/watcher", input = GetUrl, output = Answer)]
pub async fn watcher(#[server(default)] key: String) -> Result<Option<WatcherPage>, AppError> {
    Ok(backend::announcement::watcher(&crate::http::ctx().backend, &key).await?)
}

/// Confirms an address.
#[server(prefix = "/api/fn", endpoint = "announcement/confirm", output = Answer, client = Following)]
pub async fn confirm_watch(#[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    backend::announcement::confirm(&ctx.backend, &key).await?;
    crate::http::redirect(&format!("/announcement?key={key}"));
    Ok(())
}

/// Takes an address off the list.
#[server(prefix = "/api/fn", endpoint = "announcement/stop", output = Answer, client = Following)]
pub async fn stop_watch(#[server(default)] key: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    backend::announcement::stop(&ctx.backend, &key).await?;
    crate::http::redirect("/announcement?stopped=1");
    Ok(())
}

/// Switches the announcement of a campaign on or off.
#[server(prefix = "/api/fn", endpoint = "announcement/switch", output = Answer, client = Following)]
pub async fn switch_announcement(
    #[server(default)] slug: String,
    #[server(default)] on: bool,
) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    backend::announcement::switch(&ctx.backend, ctx.signed_in()?, &slug, on).await?;
    let told = if on { "on" } else { "off" };
    crate::http::redirect(&format!("/studio/{slug}/preview?{told}=1"));
    Ok(())
}
