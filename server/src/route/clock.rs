//! Moves the clock ahead, so that a browser test sees a deadline pass. Only a
//! development build made for the tests has this route.

use app::{error::AppError, http::Ctx};
use axum::{
    Extension, Form,
    extract::{FromRequest as _, Request},
    response::{IntoResponse as _, Response},
};
use domain::account::Role;
use serde::Deserialize;

use super::plain::Manner;

/// The longest step in seconds, a year: longer than any campaign.
const LONGEST: u32 = 366 * 24 * 60 * 60;

#[derive(Deserialize)]
struct Ahead {
    seconds: u32,
}

/// `POST /test/clock`, for operators; answers what time it is then, in milliseconds.
/// What is due by then is done by the rounds that always run.
pub async fn forward(Extension(ctx): Extension<Ctx>, request: Request) -> Response {
    let manner = Manner::of(&request, &ctx.backend.options.base_url);
    if ctx.who.as_ref().is_none_or(|who| who.role != Role::Operator) {
        return manner.refuse(&AppError::NotFound);
    }
    let seconds = match Form::<Ahead>::from_request(request, &()).await {
        Ok(Form(ahead)) if ahead.seconds <= LONGEST => ahead.seconds,
        _ => return manner.refuse(&AppError::Unreadable),
    };
    let clock = &ctx.backend.clock;
    clock.advance(i64::from(seconds) * domain::time::SECOND);
    (clock.now().0 / 1_000).to_string().into_response()
}
