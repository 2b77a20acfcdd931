//! Captions of films: they come in from the editor, and go out as nothing but WebVTT.

use std::str::FromStr;

use app::{error::AppError, http::Ctx};
use axum::{
    Extension,
    extract::{
        FromRequest as _, Multipart, Path, Request, State, multipart::MultipartError,
        rejection::PathRejection,
    },
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    limit::Limited,
    media::{self, recording},
};
use domain::{
    Invalid, Locale,
    id::MediaId,
    media::{Captions, Uncaptioned, captions::LARGEST_CAPTIONS},
};
use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};

use super::{
    plain::Manner,
    upload::{for_script, is_too_long, told},
};
use crate::middleware::Gate;

/// Where captions of a campaign's films are sent to.
pub const PATH: &str = "/studio/{slug}/captions";
/// Largest body of an upload, in bytes: a file of captions and the rest of its form.
pub const LARGEST_BODY: usize = LARGEST_CAPTIONS + 64 * 1024;
/// No other captions ever have the same address.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";

/// Keeps captions of a film. Only our script sends some.
pub async fn take(
    Extension(ctx): Extension<Ctx>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    let Ok(Path(slug)) = slug else { return manner.refuse(&AppError::Unreadable) };
    for_script(&ctx, keep(&ctx, &slug, request).await)
}

/// Who, how often, what.
async fn keep(ctx: &Ctx, slug: &str, request: Request) -> Result<Captions, AppError> {
    let who = ctx.who.as_ref().ok_or_else(|| told(ctx, Error::SignedOut))?;
    let limited = ctx.backend.limits.check(Limited::Upload, &ctx.ip);
    limited.map_err(|refused| told(ctx, refused))?;
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| AppError::Unreadable)?;
    let (mut of, mut language, mut file) = (None, None, None);
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let content = part.bytes().await.map_err(|error| broken(&error))?;
        match name.as_str() {
            "recording" => of = parsed::<MediaId>(&content),
            "language" => language = parsed::<Locale>(&content),
            "file" => file = Some(content),
            _ => {}
        }
    }
    let (Some(of), Some(language)) = (of, language) else { return Err(AppError::Unreadable) };
    let file = file.unwrap_or_default();
    let kept = media::caption(&ctx.backend, who, slug, of, (language, &file)).await;
    kept.map_err(|error| told(ctx, error))
}

fn parsed<T: FromStr>(content: &[u8]) -> Option<T> {
    std::str::from_utf8(content).ok()?.parse().ok()
}

fn broken(error: &MultipartError) -> AppError {
    match is_too_long(error) {
        true => AppError::Invalid(Invalid::from(Uncaptioned::TooLarge)),
        false => AppError::Unreadable,
    }
}

/// Captions, for players.
pub async fn show(
    State(gate): State<Gate>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &gate.backend.options.base_url);
    let Ok(Path(file)) = file else { return manner.refuse(&AppError::Unreadable) };
    let id = file.strip_suffix(".vtt").and_then(|id| id.parse::<MediaId>().ok());
    let Some(id) = id else { return manner.refuse(&AppError::NotFound) };
    match recording::captions(&gate.backend.db, id).await {
        Ok(content) => {
            let headers = [
                (CONTENT_TYPE, "text/vtt; charset=utf-8"),
                (CACHE_CONTROL, FOR_A_YEAR),
                (CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox"),
            ];
            (headers, content).into_response()
        }
        Err(Error::Internal(fault)) => {
            tracing::error!(error = format!("{fault:#}"), "captions could not be read");
            manner.refuse(&AppError::Unexpected { reference: String::new() })
        }
        Err(_) => manner.refuse(&AppError::NotFound),
    }
}
