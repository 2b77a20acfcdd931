//! The visitor's language. It is decided once per page load: switching it posts
//! a form and loads the page anew, so nothing has to react to it.

use domain::Locale;
use leptos::prelude::*;

/// Puts the language in reach of every component.
pub fn provide_locale() {
    #[cfg(feature = "ssr")]
    let locale = use_context::<crate::http::Ctx>().map(|ctx| ctx.locale).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let locale = document()
        .document_element()
        .and_then(|html| html.get_attribute("lang"))
        .and_then(|lang| lang.parse::<Locale>().ok())
        .unwrap_or_default();
    provide_context(locale);
}

/// The visitor's language.
#[must_use]
pub fn locale() -> Locale {
    use_context().unwrap_or_default()
}
