//! The seam to the HTTP server: the only file that names `leptos_axum`.

#[cfg(feature = "ssr")]
pub use server::*;

/// Whether a card may be typed on the page at this path. Only there may a payment
/// provider's script run.
#[must_use]
pub fn takes_cards(path: &str) -> bool {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    matches!(parts[..], ["campaigns", _, "pledge"] | ["pledges", _])
}

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

/// The pair in an address that asks for what was typed, as that of a refusal does:
/// the form there was sent to be drawn anew, and is not finished.
pub const TYPED: &str = "__typed=1";

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
    use leptos::{
        prelude::*,
        server_fn::{ServerFn, error::ServerFnUrlError},
    };
    use leptos_axum::ResponseOptions;

    use crate::{cookie::Cookie, error::AppError};

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
        if let (false, Some(options), Ok(status)) =
            (is_form_post(), use_context::<ResponseOptions>(), StatusCode::from_u16(status))
        {
            options.set_status(status);
        }
    }

    /// Whether the page that is being drawn shows a payment provider's form.
    #[must_use]
    pub fn shows_card_entry() -> bool {
        let is_there = use_context::<Parts>().is_some_and(|it| super::takes_cards(it.uri.path()));
        is_there && use_context::<Ctx>().is_some_and(|ctx| ctx.backend.options.stripe.is_some())
    }

    /// Sends the visitor on after a form.
    pub fn redirect(path: &str) {
        leptos_axum::redirect(path);
    }

    /// Leads a plain form to `page`, a path of this site, with what was typed.
    /// `part` is what to look at there.
    pub fn redirect_typed(page: &str, part: &str) {
        let separator = if page.contains('?') { '&' } else { '?' };
        redirect(&format!("{page}{separator}{}#{part}", super::TYPED));
    }

    /// A plain form that is refused leads back to where it came from. One that was
    /// changed there since leads to `page` instead, whose address holds the change.
    pub fn lead_back<F: ServerFn>(page: Option<String>, answer: &Result<(), AppError>) {
        if let (Some(page), Err(error), true) = (page, answer, is_form_post())
            && let Ok(address) =
                ServerFnUrlError::new(F::PATH, error.clone()).to_url(&super::absolute(&page))
        {
            redirect(&format!("{}?{}", address.path(), address.query().unwrap_or_default()));
        }
    }

    /// Adds a header to the answer.
    pub fn add_header(name: HeaderName, value: &str) {
        if let (Some(options), Ok(value)) =
            (use_context::<ResponseOptions>(), HeaderValue::from_str(value))
        {
            options.append_header(name, value);
        }
    }

    /// Carries a fresh secret over the redirect of a plain form: one page later
    /// it is shown and gone. With wasm the answer itself holds it.
    pub fn show_once(secret: &str) {
        if is_form_post() {
            let base_url = &ctx().backend.options.base_url;
            add_header(SET_COOKIE, &Cookie::Once.set(base_url, secret));
        }
    }

    /// The secret of [`show_once`], forgotten by the browser with this answer.
    #[must_use]
    pub fn take_shown_once() -> Option<String> {
        let ctx = ctx();
        let once = ctx.shown_once?;
        add_header(SET_COOKIE, &Cookie::Once.forget(&ctx.backend.options.base_url));
        Some(once.to_string())
    }

    fn is_form_post() -> bool {
        use_context::<Parts>().is_some_and(|parts| {
            let accept = parts.headers.get(ACCEPT).and_then(|value| value.to_str().ok());
            parts.uri.path().starts_with(FUNCTIONS)
                && accept.is_some_and(|kinds| kinds.contains("text/html"))
        })
    }

    /// Signs the browser in, or out when there is no token.
    pub fn set_session(ctx: &Ctx, token: Option<&str>) {
        let base_url = &ctx.backend.options.base_url;
        let set = match token {
            Some(token) => Cookie::Session.set(base_url, token),
            None => Cookie::Session.forget(base_url),
        };
        add_header(SET_COOKIE, &set);
    }
}
