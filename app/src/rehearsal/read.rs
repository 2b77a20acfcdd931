//! What the page asks of the server: only for whoever runs the campaign or the
//! platform.

use domain::rehearsal::{RehearsalPage, ScenarioForm};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError};

/// Plays a campaign to its end, in memory.
#[server(name = ReadRehearsal, prefix = "/api/fn", endpoint = "campaign/rehearsal", input = GetUrl, output = Answer)]
pub async fn rehearsal(
    slug: String,
    #[server(default)] scenario: ScenarioForm,
) -> Result<RehearsalPage, AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Rehearsal)?;
    Ok(backend::rehearsal::page(&ctx.backend, ctx.who.as_ref(), &slug, scenario).await?)
}
