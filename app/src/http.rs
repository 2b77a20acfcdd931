//! The seam to the HTTP server: the only file that names `leptos_axum`.

#[cfg(feature = "ssr")]
pub use server::*;

/// An address of this site with its origin, for links that leave it.
#[must_use]
pub fn absolute(path: &str) -> String {
    #[cfg(feature = "ssr")]
    let origin = leptos::prelude::use_context::<Ctx>()
        .map(|ctx| ctx.backend.options.base_url.clone())
        .unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let origin = leptos::prelude::window().location().origin().unwrap_or_default();
    format!("{origin}{path}")
}

/// What the visitor had typed into this field, after a form without wasm came
/// back with a problem. Empty otherwise, and never a password or a card.
#[must_use]
pub fn typed(_field: &str) -> String {
    #[cfg(feature = "ssr")]
    if let Some(ctx) = leptos::prelude::use_context::<Ctx>() {
        return ctx
            .typed
            .iter()
            .find(|(name, _)| name == _field)
            .map(|(_, v)| v.clone())
            .unwrap_or_default();
    }
    String::new()
}

/// Sets the status of the answer, where there is one to set.
pub fn note_status(_status: u16) {
    #[cfg(feature = "ssr")]
    set_status(_status);
}

/// Says in how many seconds to come back, where there is an answer to say it in.
pub fn note_wait(_seconds: u32) {
    #[cfg(feature = "ssr")]
    if let Some(options) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
        options.insert_header(http::header::RETRY_AFTER, http::HeaderValue::from(_seconds));
    }
}

#[cfg(feature = "ssr")]
mod server {
    use std::sync::Arc;

    use backend::{Backend, account::Who, limit::Limited};
    use domain::Locale;
    use http::{
        HeaderName, HeaderValue, StatusCode,
        header::{ACCEPT, SET_COOKIE},
        request::Parts,
    };
    use leptos::prelude::*;
    use leptos_axum::ResponseOptions;

    use crate::error::AppError;

    /// The address under which server functions answer.
    pub const FUNCTIONS: &str = "/api/fn";

    /// Everything an operation needs to know of the request.
    #[derive(Clone)]
    pub struct Ctx {
        pub backend: Backend,
        /// The signed-in visitor.
        pub who: Option<Who>,
        pub locale: Locale,
        /// Where the request comes from, for limits.
        pub ip: Arc<str>,
        /// The browser's own words about itself.
        pub device: Arc<str>,
        pub request_id: Arc<str>,
        /// The session cookie as sent.
        pub cookie: Option<Arc<str>>,
        /// What a form held that came back with a problem.
        pub typed: Arc<[(String, String)]>,
        /// A secret made by a plain form, to show on the page it leads back to.
        pub shown_once: Option<Arc<str>>,
    }

    impl Ctx {
        /// The visitor, who must be signed in.
        ///
        /// # Errors
        /// [`AppError::SignedOut`].
        pub fn signed_in(&self) -> Result<&Who, AppError> {
            self.who.as_ref().ok_or_else(|| backend::Error::SignedOut.into())
        }

        /// Counts one action of this visitor.
        ///
        /// # Errors
        /// [`AppError::TooFast`].
        pub fn limit(&self, action: Limited) -> Result<(), AppError> {
            Ok(self.backend.limits.check(action, &self.ip)?)
        }
    }

    /// The request's context.
    ///
    /// # Panics
    /// When called outside a request, which is a programming error.
    #[must_use]
    pub fn ctx() -> Ctx {
        use_context().expect("the server gives every page and server function its context")
    }

    /// The reference a visitor may quote: the request's id.
    #[must_use]
    pub fn reference() -> String {
        use_context::<Ctx>().map(|ctx| ctx.request_id.to_string()).unwrap_or_default()
    }

    /// Sets the status, except on a plain form post: that one redirects, and a
    /// status of its own would show the visitor raw data.
    pub fn set_status(status: u16) {
        let is_form_post = use_context::<Parts>()
            .is_some_and(|parts| parts.uri.path().starts_with(FUNCTIONS) && accepts_html(&parts));
        if let (false, Some(options), Ok(status)) =
            (is_form_post, use_context::<ResponseOptions>(), StatusCode::from_u16(status))
        {
            options.set_status(status);
        }
    }

    /// Sends the visitor on after a form.
    pub fn redirect(path: &str) {
        leptos_axum::redirect(path);
    }

    /// Adds a header to the answer.
    pub fn add_header(name: HeaderName, value: &str) {
        if let (Some(options), Ok(value)) =
            (use_context::<ResponseOptions>(), HeaderValue::from_str(value))
        {
            options.append_header(name, value);
        }
    }

    /// Name of the session cookie. The prefix makes a browser insist on TLS and
    /// on the whole site.
    #[must_use]
    pub fn session_cookie(base_url: &str) -> &'static str {
        if base_url.starts_with("https://") { "__Host-session" } else { "session" }
    }

    /// Carries a fresh secret over the redirect of a plain form: one page later
    /// it is shown and gone. With wasm the answer itself holds it.
    pub fn show_once(secret: &str) {
        let is_form_post = use_context::<Parts>().is_some_and(|parts| accepts_html(&parts));
        if is_form_post {
            add_header(
                SET_COOKIE,
                &format!("once={secret}; Path=/account; HttpOnly; SameSite=Strict; Max-Age=60"),
            );
        }
    }

    /// The secret of [`show_once`], forgotten by the browser with this answer.
    #[must_use]
    pub fn take_shown_once() -> Option<String> {
        let once = ctx().shown_once?;
        add_header(SET_COOKIE, "once=; Path=/account; HttpOnly; SameSite=Strict; Max-Age=0");
        Some(once.to_string())
    }

    fn accepts_html(parts: &Parts) -> bool {
        parts.headers.get(ACCEPT).is_some_and(|v| v.to_str().is_ok_and(|v| v.contains("text/html")))
    }

    /// Seconds that a browser keeps the session's cookie: as long as any does. How
    /// long the session itself lasts, its row says, and each use renews it.
    const OUTLIVES: u32 = 400 * 24 * 60 * 60;

    /// Signs the browser in, or out when there is no token.
    pub fn set_session(ctx: &Ctx, token: Option<&str>) {
        let base_url = &ctx.backend.options.base_url;
        let secure = if base_url.starts_with("https://") { "; Secure" } else { "" };
        let (value, age) = token.map_or(("", 0), |token| (token, OUTLIVES));
        let name = session_cookie(base_url);
        add_header(
            SET_COOKIE,
            &format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={age}{secure}"),
        );
    }
}
