//! Why an operation failed. Never serialised: what a visitor may learn of it is
//! decided where it leaves the program.

use std::fmt;

use domain::{Invalid, pledge::Refusal, refund::No};

/// The result of an operation.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why an operation failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It is not there, or the asker may not know that it is.
    #[error("not found")]
    NotFound,
    /// The asker is nobody yet.
    #[error("signed out")]
    SignedOut,
    /// The asker may not.
    #[error("forbidden")]
    Forbidden,
    /// Fields need another look.
    #[error("invalid: {0:?}")]
    Invalid(Invalid),
    /// A rule says no.
    #[error("refused: {0:?}")]
    Refused(Refusal),
    /// Too many tries.
    #[error("too fast; again in {seconds} s")]
    TooFast { seconds: u32 },
    /// A fault. Logged once, where it is turned into an answer.
    #[error(transparent)]
    Internal(#[from] anyhow::Error),
}

impl Error {
    /// A fault with what was being done.
    pub fn internal(source: impl Into<anyhow::Error>, doing: &'static str) -> Self {
        Self::Internal(source.into().context(doing))
    }

    /// The same fault, with what it was that failed. What is no fault stays as it is.
    #[must_use]
    pub fn of(self, what: impl fmt::Display + Send + Sync + 'static) -> Self {
        match self {
            Self::Internal(source) => Self::Internal(source.context(what)),
            other => other,
        }
    }

    /// Whether the database asks to run the same transaction again: it lost
    /// against a concurrent one, or a deadlock was broken.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        let Self::Internal(source) = self else { return false };
        source.chain().filter_map(|cause| cause.downcast_ref::<sqlx::Error>()).any(|error| {
            let code = error.as_database_error().and_then(|e| e.code().map(|c| c.into_owned()));
            // Serialisation failure, deadlock, and a key that another node wrote in
            // between, which the next try will see (Postgres); busy, locked (SQLite).
            matches!(code.as_deref(), Some("40001" | "40P01" | "23505" | "5" | "6" | "261" | "517"))
        })
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::Internal(error.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(error.into())
    }
}

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<No> for Error {
    fn from(no: No) -> Self {
        match no {
            No::Refused(refusal) => Self::Refused(refusal),
            No::Invalid(invalid) => Self::Invalid(invalid),
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
