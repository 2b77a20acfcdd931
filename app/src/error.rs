//! What a visitor may learn when something does not work.

use domain::{Invalid, Locale, pledge::Refusal, words};
use leptos::{
    prelude::*,
    server_fn::error::{FromServerFnError, ServerFnErrorErr},
};
use serde::{Deserialize, Serialize};

/// The public half of every failure. Small, because without wasm it travels in
/// an address, and free of anything internal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Fields need another look.
    Invalid(Invalid),
    /// A rule says no.
    Refused(Refusal),
    SignedOut,
    Forbidden,
    NotFound,
    TooFast {
        seconds: u32,
    },
    /// A fault on our side, logged under this reference.
    Unexpected {
        reference: String,
    },
    /// The request never arrived, or its answer did not.
    Offline,
    /// The server has become another version while the page was open.
    Outdated,
    /// The request makes no sense to us.
    Unreadable,
    /// Another site's page asked in the visitor's name.
    Foreign,
    /// The request is longer than any of ours.
    TooLarge,
}

impl AppError {
    /// The HTTP status of the answer.
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::Invalid(_) => 422,
            Self::Refused(Refusal::Busy { .. } | Refusal::PaymentsSilent) => 503,
            Self::Refused(_) => 409,
            Self::SignedOut => 401,
            Self::Unreadable => 400,
            Self::Forbidden | Self::Foreign => 403,
            Self::TooLarge => 413,
            Self::NotFound => 404,
            Self::TooFast { .. } => 429,
            Self::Unexpected { .. } | Self::Offline | Self::Outdated => 500,
        }
    }

    /// Gives the answer that carries this its status, and says when to come back.
    pub fn note(&self) {
        crate::http::note_status(self.status());
        if let Self::TooFast { seconds } | Self::Refused(Refusal::Busy { seconds }) = self {
            crate::http::note_wait(*seconds);
        }
    }

    /// The sentence to show.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        use words::refusal as w;
        match self {
            Self::Invalid(invalid) => match invalid.of("") {
                Some(problem) => problem.say(locale),
                None => w::fields(locale).into(),
            },
            Self::Refused(refusal) => refusal.say(locale),
            Self::SignedOut => w::signed_out(locale).into(),
            Self::Forbidden => w::forbidden(locale).into(),
            Self::NotFound => w::not_found(locale).into(),
            Self::TooFast { seconds } => w::too_fast(locale, seconds),
            Self::Unexpected { reference } => w::unexpected(locale, reference),
            Self::Offline => w::offline(locale).into(),
            Self::Outdated => w::outdated(locale).into(),
            Self::Unreadable => w::unreadable(locale).into(),
            Self::Foreign => w::foreign_origin(locale).into(),
            Self::TooLarge => w::too_large(locale).into(),
        }
    }

    /// What is wrong with a field, as a sentence.
    #[must_use]
    pub fn of_field(&self, name: &str, locale: Locale) -> Option<String> {
        match self {
            Self::Invalid(invalid) => invalid.of(name).map(|problem| problem.say(locale)),
            _ => None,
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.say(Locale::En))
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = crate::codec::Compact;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        // On the server it is the request that could not be read; in the browser,
        // the answer.
        let is_unreadable =
            matches!(&error, ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_))
                || (cfg!(feature = "ssr")
                    && matches!(
                        &error,
                        ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_)
                    ));
        if is_unreadable {
            crate::http::note_status(400);
            return Self::Unreadable;
        }
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) => Self::Offline,
            ServerFnErrorErr::Deserialization(_) => Self::Outdated,
            _ => Self::Unexpected { reference: String::new() },
        }
    }
}

/// The page that stands in for one that could not be shown.
#[must_use]
pub fn show(error: &AppError) -> AnyView {
    match error {
        AppError::NotFound => view! { <crate::layout::NotFound/> }.into_any(),
        AppError::SignedOut => view! { <crate::account::SignInFirst/> }.into_any(),
        other => view! { <crate::layout::ErrorPage error=other.clone()/> }.into_any(),
    }
}

#[cfg(feature = "ssr")]
impl From<backend::Error> for AppError {
    /// The one place where a fault is logged and forgotten, and where the
    /// status of the answer is decided.
    fn from(error: backend::Error) -> Self {
        let public = match error {
            backend::Error::NotFound => Self::NotFound,
            backend::Error::SignedOut => Self::SignedOut,
            backend::Error::Forbidden => Self::Forbidden,
            backend::Error::Invalid(invalid) => Self::Invalid(invalid),
            backend::Error::Refused(refusal) => Self::Refused(refusal),
            backend::Error::TooFast { seconds } => Self::TooFast { seconds },
            backend::Error::Internal(fault) => {
                let reference = crate::http::reference();
                tracing::error!(reference, error = format!("{fault:#}"), "an operation failed");
                Self::Unexpected { reference }
            }
        };
        public.note();
        public
    }
}
