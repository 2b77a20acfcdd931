//! What the page for bloggers asks of the server. All of it is public.

#[cfg(feature = "ssr")]
use std::sync::OnceLock;

use domain::embed::snippet::EmbedPage;
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError};

/// The custom element's script, as the HTTP server knows it.
#[derive(Debug, Clone, Default)]
pub struct ElementScript {
    /// Path of exactly this version.
    pub path: String,
    /// Its hash, as the attribute `integrity` has it.
    pub integrity: String,
}

/// The script of this process, once the HTTP server has told it.
#[cfg(feature = "ssr")]
pub static ELEMENT: OnceLock<ElementScript> = OnceLock::new();

/// What is needed to write a snippet.
#[server(name = ReadEmbed, prefix = "/api/fn", endpoint = "campaign/embed", input = GetUrl, output = Answer)]
pub async fn embed_page(slug: String) -> Result<EmbedPage, AppError> {
    let ctx = crate::http::ctx();
    let script = ELEMENT.get().cloned().unwrap_or_default();
    Ok(backend::embed::page(&ctx.backend, &slug, script.path, script.integrity).await?)
}
