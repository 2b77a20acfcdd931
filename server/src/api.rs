//! `/api/v1`: the platform for programs. Contract first: what is answered here
//! is described by the same types in `/api/v1/openapi.json`.

mod campaigns;
mod docs;
mod extract;
mod model;
mod openapi;
mod pledges;
mod problem;
mod query;
#[cfg(test)]
mod tests;

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    middleware::{Next, from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::{get, post},
};
use backend::Backend;
use http::{
    HeaderValue, Method,
    header::{
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, AUTHORIZATION, CACHE_CONTROL,
        VARY,
    },
};

use problem::Refused;

use crate::middleware::origin;

/// Where the API's first version lives.
pub const ROOT: &str = "/api/v1";
/// Largest body, in bytes. The largest sensible order has a few thousand.
const LARGEST_BODY: usize = 16 * 1024;

/// What every operation of the API needs.
#[derive(Clone)]
struct Api {
    backend: Backend,
    /// Address of the site's style sheet, for the reference page.
    stylesheet: String,
    trust_proxy: bool,
}

/// The routes of the API. `trust_proxy` says where callers' addresses are read.
pub fn router(backend: Backend, stylesheet: String, trust_proxy: bool) -> Router {
    let api = Api { backend, stylesheet, trust_proxy };
    let routes: Router<Api> = Router::new()
        .route("/campaigns", get(campaigns::list))
        .route("/campaigns/{slug}", get(campaigns::one))
        .route("/campaigns/{slug}/rewards", get(campaigns::rewards))
        .route("/campaigns/{slug}/funding", get(campaigns::funding))
        .route("/campaigns/{slug}/pledges", post(pledges::place))
        .route("/pledges/{id}", get(pledges::read).patch(pledges::change).delete(pledges::cancel))
        .route("/openapi.json", get(openapi::json))
        .route("/docs", get(docs::page))
        .route("/docs.css", get(docs::stylesheet))
        .fallback(async || Refused::NoSuchAddress)
        .method_not_allowed_fallback(async || Refused::WrongMethod)
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(from_fn_with_state(api.clone(), from_here_or_a_program));
    let routes = problem::told(routes)
        .layer(from_fn(openly))
        .layer(from_fn_with_state(api.clone(), extract::know_caller))
        .with_state(api);
    Router::new().nest(ROOT, routes)
}

/// A write is ours or a program's. No page of another site holds a token of ours by
/// itself, but one that somebody pasted a token into should not write with it.
async fn from_here_or_a_program(State(api): State<Api>, request: Request, next: Next) -> Response {
    if origin::may_pass(&request, &api.backend.options.base_url) {
        return next.run(request).await;
    }
    Refused::Foreign.into_response()
}

/// What is public may be read by the pages of any site. What a token opens may
/// not: without these headers a browser keeps it from them.
async fn openly(request: Request, next: Next) -> Response {
    let is_open = matches!(*request.method(), Method::GET | Method::HEAD)
        && !request.headers().contains_key(AUTHORIZATION);
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if is_open {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.append(VARY, HeaderValue::from_static("accept-language"));
    response
}
