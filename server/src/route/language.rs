//! The language switch: a plain form, on every page.

use app::{cookie::Cookie, error::AppError, http::Ctx};
use axum::{
    Extension, Form,
    extract::{FromRequest as _, Request},
    response::{IntoResponse as _, Redirect, Response},
};
use backend::limit::Limited;
use domain::{Locale, account::LocalPath};
use http::{
    HeaderValue,
    header::{RETRY_AFTER, SET_COOKIE},
};
use serde::Deserialize;

use super::plain::Manner;

/// The form's fields.
#[derive(Deserialize)]
struct Switch {
    locale: String,
    #[serde(default)]
    next: String,
}

/// Remembers the language for a year and leads back.
pub async fn switch(Extension(ctx): Extension<Ctx>, request: Request) -> Response {
    let base_url = &ctx.backend.options.base_url;
    let manner = Manner::of(&request, base_url);
    if let Err(backend::Error::TooFast { seconds }) =
        ctx.backend.limits.check(Limited::Write, &ctx.ip)
    {
        let mut response = manner.refuse(&AppError::TooFast { seconds });
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
        return response;
    }
    let Ok(Form(form)) = Form::<Switch>::from_request(request, &()).await else {
        return manner.refuse(&AppError::Unreadable);
    };
    let locale: Locale = form.locale.parse().unwrap_or_default();
    let mut response = Redirect::to(LocalPath::parse(&form.next).as_str()).into_response();
    if let Ok(set) = HeaderValue::from_str(&Cookie::Locale.set(base_url, locale.tag())) {
        response.headers_mut().append(SET_COOKIE, set);
    }
    response
}
