//! What the script beside a provider's card form asks of us: where to save a card,
//! and how to confirm a charge. The card itself goes past this server.

use app::{error::AppError, http::Ctx};
use axum::{
    Extension, Form, Json,
    extract::{FromRequest as _, Request},
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    limit::Limited,
    pledge::{self, Access},
};
use domain::id::PledgeId;
use http::{HeaderValue, StatusCode, header::CACHE_CONTROL};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::plain::Manner;

/// The pledge that it is about; without one, a first pledge is being made.
#[derive(Deserialize)]
struct About {
    #[serde(default)]
    pledge: String,
    /// The pledge's key; empty for its backer, signed in.
    #[serde(default)]
    key: String,
}

/// Begins to save a card.
pub async fn set_up(Extension(ctx): Extension<Ctx>, request: Request) -> Response {
    answer(&ctx, request, async |about| {
        let access = Access { who: ctx.who.as_ref(), key: &about.key };
        let pledge = match about.pledge.as_str() {
            "" => None,
            id => Some((&access, parse(id)?)),
        };
        let secret = pledge::begin_card(&ctx.backend, pledge).await?;
        Ok(json!({ "secret": secret }))
    })
    .await
}

/// What is needed to confirm a charge at the bank.
pub async fn bank(Extension(ctx): Extension<Ctx>, request: Request) -> Response {
    answer(&ctx, request, async |about| {
        let access = Access { who: ctx.who.as_ref(), key: &about.key };
        pledge::bank_step(&ctx.backend, &access, parse(&about.pledge)?).await
    })
    .await
}

async fn answer<T: Serialize>(
    ctx: &Ctx,
    request: Request,
    work: impl AsyncFnOnce(About) -> Result<T, Error>,
) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    // Our script's requests can be read; whoever sends others gets a page.
    let Ok(Form(about)) = Form::<About>::from_request(request, &()).await else {
        return manner.refuse(&AppError::Unreadable);
    };
    let done = match ctx.backend.limits.check(Limited::Pledge, &ctx.ip) {
        Ok(()) => work(about).await.map_err(|error| told(ctx, error)),
        Err(refused) => Err(told(ctx, refused)),
    };
    let mut response = match done {
        Ok(value) => Json(value).into_response(),
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(json!({ "problem": error.say(ctx.locale) }))).into_response()
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// What the visitor may learn of it.
fn told(ctx: &Ctx, error: Error) -> AppError {
    match error {
        Error::Internal(fault) => {
            let reference = ctx.request_id.to_string();
            tracing::error!(reference, error = format!("{fault:#}"), "a card could not be seen to");
            AppError::Unexpected { reference }
        }
        other => other.into(),
    }
}

fn parse(id: &str) -> Result<PledgeId, Error> {
    id.parse().map_err(|_| Error::NotFound)
}
