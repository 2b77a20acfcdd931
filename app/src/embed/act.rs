//! What can be done about embeds: anybody may have one counted; whether and where a
//! campaign is shown at all is for its creator to say.

use domain::embed::{
    outcome::{EmbedLine, EmbedSettings},
    rule::RuleForm,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// Makes a name for a card and leads back to the page, which then writes it into
/// everything that is to be pasted. `look` is what the page's address had chosen.
#[server(prefix = "/api/fn", endpoint = "embed/make", output = Answer, client = Following)]
pub async fn make_embed(slug: String, #[server(default)] look: String) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    let id = backend::embed::make(&ctx.backend, ctx.who.as_ref(), &slug).await?;
    crate::http::redirect(&super::page::named(&slug, &look, id));
    Ok(())
}

/// The visitor's own embeds.
#[server(name = ReadOwnEmbeds, prefix = "/api/fn", endpoint = "embed/mine", input = GetUrl, output = Answer)]
pub async fn own_embeds() -> Result<Vec<EmbedLine>, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::embed::list(&ctx.backend, ctx.signed_in()?).await?)
}

/// Where a campaign may be shown and what comes of it, for who runs it.
#[server(name = ReadEmbedSettings, prefix = "/api/fn", endpoint = "embed/settings", input = GetUrl, output = Answer)]
pub async fn embed_settings(#[server(default)] slug: String) -> Result<EmbedSettings, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::embed::settings(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// Says whether and where a campaign may be shown.
#[server(prefix = "/api/fn", endpoint = "embed/save-rule", output = Answer, client = Following)]
pub async fn save_embed_rule(#[server(default)] form: RuleForm) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    backend::embed::save_rule(&ctx.backend, ctx.signed_in()?, &form).await?;
    crate::http::redirect(&format!("/studio/{}/embeds?saved=1", form.slug));
    Ok(())
}

/// Whether the mark of an address is of the choices that it carries, and fresh.
#[server(name = ReadCart, prefix = "/api/fn", endpoint = "embed/cart", input = GetUrl, output = Answer)]
pub async fn is_cart_good(
    slug: String,
    #[server(default)] choices: String,
) -> Result<bool, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::embed::cart::is_good(&ctx.backend, &slug, &choices))
}
