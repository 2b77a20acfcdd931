//! For whatever watches over the process.

use axum::extract::State;
use backend::Backend;
use http::StatusCode;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok"
}

/// The process can do its work: the database answers, and pledges are written.
pub async fn ready(State(backend): State<Backend>) -> Result<&'static str, StatusCode> {
    if !backend.writer.is_running() {
        tracing::error!("the pledge writer is gone");
        return Err(StatusCode::SERVICE_UNAVAILABLE);
    }
    match backend.db.ping().await {
        Ok(()) => Ok("ready"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            Err(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}
