//! Films and sound: they come in from the editor, never whole in memory, and are played
//! part by part, as players ask for them.

use std::ops::Range;

use app::{error::AppError, http::Ctx};
use axum::{
    Extension,
    body::Body,
    extract::{
        FromRequest as _, Multipart, Path, Request, State, multipart::MultipartError,
        rejection::PathRejection,
    },
    response::{IntoResponse as _, Response},
};
use backend::{
    Error,
    limit::Limited,
    media::{self, recording::file_of},
};
use domain::{
    Invalid,
    id::MediaId,
    media::{Recording, Unplayable, recording::LARGEST_RECORDING},
};
use futures::StreamExt as _;
use http::{
    HeaderMap, HeaderName, HeaderValue, StatusCode,
    header::{
        ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_RANGE,
        CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, IF_NONE_MATCH, IF_RANGE, RANGE,
    },
};

use super::{
    plain::Manner,
    upload::{for_script, is_too_long, told},
};
use crate::middleware::Gate;

/// Where films and sound of a campaign are sent to.
pub const PATH: &str = "/studio/{slug}/recordings";
/// Largest body of an upload, in bytes: a recording and the rest of its form.
pub const LARGEST_BODY: usize = LARGEST_RECORDING as usize + 64 * 1024;
/// No other file ever has the same address.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";
/// Opened by itself, a browser draws its own player around it, and nothing else.
const POLICY: &str = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// Keeps a film or a sound of a campaign's story. Only our script sends one.
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
async fn keep(ctx: &Ctx, slug: &str, request: Request) -> Result<Recording, AppError> {
    let who = ctx.who.as_ref().ok_or_else(|| told(ctx, Error::SignedOut))?;
    let limited = ctx.backend.limits.check(Limited::Upload, &ctx.ip);
    limited.map_err(|refused| told(ctx, refused))?;
    let announced = header(request.headers(), &CONTENT_LENGTH).and_then(|it| it.parse().ok());
    let mut parts =
        Multipart::from_request(request, &()).await.map_err(|_| AppError::Unreadable)?;
    while let Some(part) = parts.next_field().await.map_err(|_| AppError::Unreadable)? {
        if part.name() == Some("file") {
            let mut coming = part.map(|piece| piece.map_err(|error| broken(&error)));
            let kept = media::record(&ctx.backend, who, slug, announced, &mut coming).await;
            return kept.map_err(|error| told(ctx, error));
        }
    }
    Err(AppError::Invalid(Unplayable::Missing.into()))
}

fn broken(error: &MultipartError) -> Error {
    let why = if is_too_long(error) { Unplayable::TooLarge } else { Unplayable::Broken };
    Error::Invalid(Invalid::from(why))
}

/// A film or a sound, or the part of it that a player asks for.
pub async fn play(
    State(gate): State<Gate>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let manner = Manner::of(&request, &gate.backend.options.base_url);
    let Ok(Path(file)) = file else { return manner.refuse(&AppError::Unreadable) };
    let Some(recording) = named(&file) else { return manner.refuse(&AppError::NotFound) };
    match answer(&gate, &recording, request.headers()).await {
        Ok(response) => response,
        Err(Error::Internal(fault)) => {
            tracing::error!(error = format!("{fault:#}"), "a recording could not be read");
            manner.refuse(&AppError::Unexpected { reference: String::new() })
        }
        Err(_) => manner.refuse(&AppError::NotFound),
    }
}

async fn answer(gate: &Gate, recording: &Recording, asked: &HeaderMap) -> Result<Response, Error> {
    let (store, name) = (&gate.backend.pictures, file_of(recording));
    let length = store.length(&name).await?.ok_or(Error::NotFound)?;
    let (id, kind) = (recording.id, recording.kind);
    let tag = format!("\"{id}\"");
    let disposition = format!("inline; filename=\"{id}.{}\"", kind.key());
    let headers = [
        (CONTENT_TYPE, kind.content_type()),
        (CONTENT_DISPOSITION, disposition.as_str()),
        (CACHE_CONTROL, FOR_A_YEAR),
        (CONTENT_SECURITY_POLICY, POLICY),
        (ACCEPT_RANGES, "bytes"),
        (ETAG, tag.as_str()),
    ];
    if header(asked, &IF_NONE_MATCH) == Some(tag.as_str()) {
        return Ok((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    // A part of another file than the player has would be noise.
    let is_same = header(asked, &IF_RANGE).is_none_or(|known| known == tag);
    let range = header(asked, &RANGE).filter(|_| is_same);
    let (status, part) = match Wanted::of(range, length) {
        Wanted::Whole => (StatusCode::OK, 0..length),
        Wanted::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        Wanted::Nothing => {
            let whole = [(CONTENT_RANGE, format!("bytes */{length}"))];
            return Ok((StatusCode::RANGE_NOT_SATISFIABLE, headers, whole).into_response());
        }
    };
    let size = [(CONTENT_LENGTH, (part.end - part.start).to_string())];
    let place = (status == StatusCode::PARTIAL_CONTENT)
        .then(|| [(CONTENT_RANGE, format!("bytes {}-{}/{length}", part.start, part.end - 1))]);
    let body = Body::from_stream(store.part(&name, part).await?);
    let mut response = (status, headers, size, body).into_response();
    for (name, value) in place.into_iter().flatten() {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// What a player asks for of a file.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    /// Something that the file does not have.
    Nothing,
}

impl Wanted {
    /// Reads `Range`. What means nothing, and several parts at once, is answered with
    /// the whole, as a server may.
    fn of(range: Option<&str>, length: u64) -> Self {
        let Some(spec) = range.and_then(|range| range.trim().strip_prefix("bytes=")) else {
            return Self::Whole;
        };
        let number = |text: &str| match text {
            "" => Some(None),
            text if text.bytes().all(|b| b.is_ascii_digit()) => {
                Some(Some(text.parse().unwrap_or(u64::MAX)))
            }
            _ => None,
        };
        let ends = spec.split_once('-').filter(|_| !spec.contains(','));
        let ends = ends.and_then(|(from, to)| Some((number(from.trim())?, number(to.trim())?)));
        match ends {
            None | Some((None, None)) => Self::Whole,
            Some((Some(from), Some(to))) if to < from => Self::Whole,
            Some((Some(from), to)) if from < length => {
                let end = to.map_or(length, |to| to.saturating_add(1).min(length));
                Self::Part(from..end)
            }
            Some((None, Some(last))) if last > 0 && length > 0 => {
                Self::Part(length.saturating_sub(last)..length)
            }
            Some(_) => Self::Nothing,
        }
    }
}

/// The recording that a file's name is of.
fn named(file: &str) -> Option<Recording> {
    let (id, kind) = file.split_once('.')?;
    Some(Recording { id: id.parse::<MediaId>().ok()?, kind: kind.parse().ok()? })
}

fn header<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::Wanted::{self, Nothing, Part, Whole};

    #[test]
    fn a_player_gets_the_part_it_asks_for_and_no_more_than_there_is() {
        for (range, wanted) in [
            (None, Whole),
            (Some("bytes=0-"), Part(0..100)),
            (Some("bytes=0-0"), Part(0..1)),
            (Some("bytes=10-19"), Part(10..20)),
            (Some("bytes=90-1000"), Part(90..100)),
            (Some("bytes=-10"), Part(90..100)),
            (Some("bytes=-1000"), Part(0..100)),
            (Some("bytes=100-"), Nothing),
            (Some("bytes=99999999999999999999-"), Nothing),
            (Some("bytes=-0"), Nothing),
            (Some("bytes=20-10"), Whole),
            (Some("bytes=-"), Whole),
            (Some("bytes=a-b"), Whole),
            (Some("bytes=+1-2"), Whole),
            (Some("bytes=0-1,5-6"), Whole),
            (Some("lines=0-1"), Whole),
            (Some(""), Whole),
        ] {
            assert_eq!(Wanted::of(range, 100), wanted, "{range:?}");
        }
        assert_eq!(Wanted::of(Some("bytes=0-"), 0), Nothing);
    }
}
