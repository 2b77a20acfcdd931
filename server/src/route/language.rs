//! The language switch: a plain form, on every page.

use axum::{
    Form,
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{Locale, account::LocalPath};
use http::{HeaderValue, header::SET_COOKIE};
use serde::Deserialize;

/// The form's fields.
#[derive(Deserialize)]
pub struct Switch {
    locale: String,
    #[serde(default)]
    next: String,
}

/// Remembers the language for a year and leads back.
pub async fn switch(Form(form): Form<Switch>) -> Response {
    let locale: Locale = form.locale.parse().unwrap_or_default();
    let mut response = Redirect::to(LocalPath::parse(&form.next).as_str()).into_response();
    let set = format!("locale={locale}; Path=/; SameSite=Lax; Max-Age=31536000");
    if let Ok(set) = HeaderValue::from_str(&set) {
        response.headers_mut().append(SET_COOKIE, set);
    }
    response
}
