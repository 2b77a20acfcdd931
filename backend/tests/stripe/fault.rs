//! What goes wrong between Stripe and us.

use std::collections::HashSet;

use axum::{
    body::Body,
    response::{IntoResponse as _, Response},
};
use bytes::Bytes;
use http::StatusCode;

/// What goes wrong with one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    /// 429 with `Retry-After`; nothing is done.
    Busy,
    /// 503; nothing is done.
    Down,
    /// Done, and answered late, but in time.
    Slow,
    /// Done; the answer breaks off.
    Lost,
    /// Done; the answer never comes.
    Silent,
    /// Done; the answer is 500, and stays so under this key.
    Broken,
}

/// How long [`Fault::Busy`] asks for silence, in seconds.
pub const SILENCE: i64 = 7;

/// When it does.
#[derive(Default)]
pub enum Faults {
    #[default]
    None,
    /// With the first request under each key.
    First(Fault, HashSet<String>),
    /// Drawn from a seed.
    Drawn(u64),
}

impl Faults {
    /// What befalls the next request under this key.
    pub fn next(&mut self, key: &str) -> Fault {
        match self {
            Self::None => Fault::None,
            Self::First(fault, seen) => {
                if seen.insert(key.to_owned()) {
                    *fault
                } else {
                    Fault::None
                }
            }
            Self::Drawn(seed) => {
                *seed = seed
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                let all = [
                    Fault::None,
                    Fault::Busy,
                    Fault::Down,
                    Fault::Slow,
                    Fault::Lost,
                    Fault::Broken,
                ];
                all[usize::try_from((*seed >> 33) % 6).expect("less than 6")]
            }
        }
    }
}

/// The answer where nothing is done.
pub fn turned_away(fault: Fault) -> Option<Response> {
    match fault {
        Fault::Busy => {
            let wait = [("retry-after", SILENCE.to_string())];
            Some((StatusCode::TOO_MANY_REQUESTS, wait, "{}").into_response())
        }
        Fault::Down => Some((StatusCode::SERVICE_UNAVAILABLE, "no").into_response()),
        _ => None,
    }
}

/// What arrives of an answer to what was done.
pub async fn on_its_way(fault: Fault, answer: Response) -> Response {
    match fault {
        Fault::Lost => {
            let broken = Err::<Bytes, _>(std::io::Error::other("the line went dead"));
            Body::from_stream(futures::stream::iter([broken])).into_response()
        }
        Fault::Silent => std::future::pending().await,
        _ => answer,
    }
}
