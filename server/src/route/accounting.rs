//! A campaign's books as a file, for who runs it.

use app::{error::AppError, http::Ctx};
use axum::{
    Extension,
    body::{Body, Bytes},
    extract::{Path, Request, rejection::PathRejection},
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    accounting::{self, Books, Format},
};
use futures::stream;
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE},
};

use super::plain::Manner;

/// `/campaigns/{slug}/accounting.csv`
pub async fn csv(
    ctx: Extension<Ctx>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    books(&ctx, slug, manner, Format::Csv).await
}

/// `/campaigns/{slug}/accounting.json`
pub async fn json(
    ctx: Extension<Ctx>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    books(&ctx, slug, manner, Format::Json).await
}

async fn books(
    ctx: &Ctx,
    slug: Result<Path<String>, PathRejection>,
    manner: Manner,
    format: Format,
) -> Response {
    let Ok(Path(slug)) = slug else { return manner.refuse(&AppError::NotFound) };
    match begin(ctx, &slug, format).await {
        Ok((first, rest)) => answer(&slug, format, first, rest),
        Err(Error::Internal(fault)) => {
            tracing::error!(error = format!("{fault:#}"), "the books could not be read");
            let reference = ctx.request_id.to_string();
            manner.refuse(&AppError::Unexpected { reference })
        }
        Err(_) => manner.refuse(&AppError::NotFound),
    }
}

/// Reads the first piece, while the answer can still say that something is wrong.
async fn begin(ctx: &Ctx, slug: &str, format: Format) -> Result<(Vec<u8>, Books), Error> {
    let mut books = accounting::books(&ctx.backend, ctx.who.as_ref(), slug, format).await?;
    let first = books.next().await?.unwrap_or_default();
    Ok((first, books))
}

fn answer(slug: &str, format: Format, first: Vec<u8>, rest: Books) -> Response {
    let (kind, ending) = match format {
        Format::Csv => ("text/csv; charset=utf-8; header=present", "csv"),
        Format::Json => ("application/json", "json"),
    };
    // The slug of a campaign that is there: letters, digits and hyphens.
    let name = format!("attachment; filename=\"{slug}-books.{ending}\"");
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let rest = stream::try_unfold(rest, async |mut books| match books.next().await {
        Ok(piece) => Ok(piece.map(|piece| (Bytes::from(piece), books))),
        Err(fault) => {
            tracing::error!(error = format!("{fault:#}"), "the books broke off");
            Err(fault)
        }
    });
    let first = stream::once(std::future::ready(Ok::<_, Error>(Bytes::from(first))));
    let body = Body::from_stream(futures::StreamExt::chain(first, rest));
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
        (CONTENT_DISPOSITION, name),
    ];
    (headers, body).into_response()
}
