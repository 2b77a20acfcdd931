//! A picture comes in: from our script, which is answered with what is to be shown, or
//! from a plain form, which is led back to its page.

use app::{error::AppError, http::Ctx, studio::picture::act::RemovePicture};
use axum::{
    Extension, Json,
    extract::FromRequest as _,
    extract::{Multipart, Path, Request, multipart::MultipartError, rejection::PathRejection},
    response::{IntoResponse as _, Redirect, Response},
};
use backend::{Error, limit::Limited, media};
use bytes::Bytes;
use domain::{
    Invalid,
    id::RewardId,
    media::{LARGEST_FILE, LONGEST_ALT, Picture, Unfit},
    slug::Slug,
};
use http::{
    HeaderValue, StatusCode,
    header::{ACCEPT, CACHE_CONTROL},
};
use http_body_util::LengthLimitError;
use leptos::server_fn::{ServerFn as _, error::ServerFnUrlError};
use serde::Serialize;
use serde_json::json;

use super::plain::Manner;

/// Where pictures of a campaign are sent to.
pub const PATH: &str = "/studio/{slug}/media";
/// Largest body of an upload, in bytes: a picture and the rest of its form.
pub const LARGEST_BODY: usize = LARGEST_FILE + 64 * 1024;
/// Longest text of a field that is kept, in bytes.
const LONGEST_TEXT: usize = LONGEST_ALT as usize * 8;

/// The form, read whole.
#[derive(Default)]
struct Form {
    file: Option<Bytes>,
    alt: String,
    /// See [`media::Upload::of`].
    of: String,
}

/// Keeps a picture of a campaign.
pub async fn picture(
    Extension(ctx): Extension<Ctx>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    let wants_page = request.headers().get(ACCEPT).is_some_and(|kinds: &HeaderValue| {
        kinds.to_str().is_ok_and(|kinds| kinds.contains("text/html"))
    });
    let Ok(Path(slug)) = slug else { return manner.refuse(&AppError::Unreadable) };
    let mut form = Form::default();
    let done = keep(&ctx, &slug, request, &mut form).await;
    let mut response = match (done, wants_page) {
        (done, false) => return for_script(&ctx, done),
        (Ok(_), true) => match page(&slug, &form.of) {
            Some(page) => Redirect::to(&with(&page, "saved=1")).into_response(),
            None => manner.refuse(&AppError::NotFound),
        },
        (Err(error), true) => back(&ctx, &slug, &form, error)
            .map_or_else(|error| manner.refuse(&error), |to| to.into_response()),
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Who, how often, what.
async fn keep(
    ctx: &Ctx,
    slug: &str,
    request: Request,
    form: &mut Form,
) -> Result<Picture, AppError> {
    let who = ctx.who.as_ref().ok_or_else(|| told(ctx, Error::SignedOut))?;
    let limited = ctx.backend.limits.check(Limited::Upload, &ctx.ip);
    limited.map_err(|refused| told(ctx, refused))?;
    read(request, form).await?;
    let (of, alt, file) = (form.of.as_str(), form.alt.as_str(), form.file.take());
    let upload = media::Upload { slug, of, alt, file };
    media::upload(&ctx.backend, who, upload).await.map_err(|error| told(ctx, error))
}

async fn read(request: Request, form: &mut Form) -> Result<(), AppError> {
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| AppError::Unreadable)?;
    while let Some(part) = parts.next_field().await.map_err(|error| broken(&error))? {
        let name = part.name().unwrap_or_default().to_owned();
        let content = part.bytes().await.map_err(|error| broken(&error))?;
        match name.as_str() {
            // A form without a file sends an empty one.
            "file" if !content.is_empty() => form.file = Some(content),
            "alt" => form.alt = text(&content)?,
            "of" => form.of = text(&content)?,
            _ => {}
        }
    }
    Ok(())
}

fn text(content: &[u8]) -> Result<String, AppError> {
    if content.len() > LONGEST_TEXT {
        return Err(AppError::TooLarge);
    }
    String::from_utf8(content.to_vec()).map_err(|_| AppError::Unreadable)
}

fn broken(error: &MultipartError) -> AppError {
    match is_too_long(error) {
        true => AppError::Invalid(Invalid::from(Unfit::TooLarge)),
        false => AppError::Unreadable,
    }
}

/// What our script is told: what was kept, or why nothing was.
pub(super) fn for_script<T: Serialize>(ctx: &Ctx, done: Result<T, AppError>) -> Response {
    let mut response = match done {
        Ok(kept) => Json(kept).into_response(),
        Err(error) => {
            let status =
                StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, Json(json!({ "problem": said(&error, ctx) }))).into_response()
        }
    };
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Whether a body was longer than its route takes.
pub(super) fn is_too_long(error: &MultipartError) -> bool {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// What the visitor may learn of it.
pub(super) fn told(ctx: &Ctx, error: Error) -> AppError {
    match error {
        Error::Internal(fault) => {
            let reference = ctx.request_id.to_string();
            tracing::error!(reference, error = format!("{fault:#}"), "an upload was not kept");
            AppError::Unexpected { reference }
        }
        other => other.into(),
    }
}

/// What is wrong, in one sentence or two.
fn said(error: &AppError, ctx: &Ctx) -> String {
    match error {
        AppError::Invalid(invalid) => {
            let all: Vec<_> = invalid.0.values().map(|problem| problem.say(ctx.locale)).collect();
            all.join(" ")
        }
        other => other.say(ctx.locale),
    }
}

/// The page that the form stands on.
fn page(slug: &str, of: &str) -> Option<String> {
    let slug = Slug::parse(slug)?;
    match of.parse::<RewardId>() {
        Ok(id) => Some(format!("/studio/{slug}/rewards?reward={id}")),
        Err(_) => Some(format!("/studio/{slug}/basics")),
    }
}

/// Leads a form back to its page, which says what is wrong and keeps what was typed.
fn back(ctx: &Ctx, slug: &str, form: &Form, error: AppError) -> Result<Redirect, AppError> {
    // Only what can be put right there leads there.
    if !matches!(error, AppError::Invalid(_)) {
        return Err(error);
    }
    let page = page(slug, &form.of).ok_or(AppError::NotFound)?;
    let typed = serde_urlencoded::to_string([("alt", &form.alt)]).unwrap_or_default();
    let here = format!("{}{}", ctx.backend.options.base_url, with(&page, &typed));
    let address = ServerFnUrlError::new(RemovePicture::PATH, error.clone());
    let address = address.to_url(&here).map_err(|_| error)?;
    Ok(Redirect::to(&format!("{}?{}#picture", address.path(), address.query().unwrap_or_default())))
}

fn with(page: &str, pair: &str) -> String {
    let separator = if page.contains('?') { '&' } else { '?' };
    format!("{page}{separator}{pair}")
}
