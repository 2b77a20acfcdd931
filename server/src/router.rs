//! The whole HTTP surface on one screen.

use app::{
    App,
    http::{Ctx, FUNCTIONS},
};
use axum::{
    Extension, Router,
    body::Body,
    extract::{DefaultBodyLimit, Request},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::{any, get, post},
};
use backend::Backend;
use http::StatusCode;
use leptos::{config::LeptosOptions, nonce::Nonce, prelude::provide_context};
use leptos_axum::{
    LeptosRoutes as _, generate_route_list_with_exclusions, handle_server_fns_with_context,
    render_app_async_with_context,
};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel,
        predicate::{NotForContentType, Predicate as _, SizeAbove},
    },
    limit::RequestBodyLimitLayer,
};

use crate::{
    api, embed, feeds,
    middleware::{self, CspNonce, Gate},
    route, site,
};

/// Largest body of any request, in bytes. Forms are small.
const LARGEST_BODY: usize = 64 * 1024;

/// Largest body that brings a story: [`domain::studio::LONGEST_STORY`] bytes, each of
/// which may come as three letters, and the rest of its form.
const LARGEST_STORY: usize = 160 * 1024;

/// Where stories are sent to.
fn stories() -> Vec<String> {
    ["save-story", "preview-story"].map(|name| format!("{FUNCTIONS}/studio/{name}")).into()
}

/// Every route and, outermost last, what stands before it.
pub fn app(backend: &Backend, trust_proxy: bool) -> Router {
    embed::tell_pages();
    let options = LeptosOptions::builder().output_name("pedestal").build();
    let gate = Gate { backend: backend.clone(), trust_proxy };

    let pages = Router::new()
        .leptos_routes_with_context(
            &options,
            generate_route_list_with_exclusions(App, Some(stories())),
            context,
            document,
        )
        .route(&format!("{FUNCTIONS}/{{*function}}"), any(server_function))
        .route("/campaigns/{slug}/accounting.csv", get(route::accounting::csv))
        .route("/campaigns/{slug}/accounting.json", get(route::accounting::json))
        .route("/campaigns/{slug}/together", get(route::together::write))
        .route("/language", post(route::language::switch))
        .route("/cards/setup", post(route::card::set_up))
        .route("/cards/bank", post(route::card::bank))
        .fallback(no_route);
    #[cfg(feature = "test-clock")]
    let pages = pages.route("/test/clock", post(route::clock::forward));
    let pages = guarded(pages.with_state(options), &gate, LARGEST_BODY);
    let stories = stories()
        .iter()
        .fold(Router::new(), |router, path| router.route(path, any(server_function)));
    let pages = pages.merge(guarded(stories, &gate, LARGEST_STORY));
    let uploads = Router::new().route(route::upload::PATH, post(route::upload::picture));
    let pages = pages.merge(guarded(uploads, &gate, route::upload::LARGEST_BODY));
    let captions = Router::new().route(route::captions::PATH, post(route::captions::take));
    let pages = pages.merge(guarded(captions, &gate, route::captions::LARGEST_BODY));
    let films = Router::new().route(route::recording::PATH, post(route::recording::take));
    let pages = pages.merge(guarded(films, &gate, route::recording::LARGEST_BODY));

    let compression = CompressionLayer::new().quality(CompressionLevel::Fastest).compress_when(
        SizeAbove::new(1_024)
            .and(NotForContentType::const_new("text/event-stream"))
            .and(NotForContentType::IMAGES)
            // A part of a file would be a part of something else.
            .and(NotForContentType::const_new("video/"))
            .and(NotForContentType::const_new("audio/"))
            .and(NotForContentType::const_new("application/wasm"))
            .and(NotForContentType::const_new("font/")),
    );

    Router::new()
        .merge(pages)
        .merge(api::router(backend.clone(), site::ASSETS.css.clone(), trust_proxy))
        .merge(feeds::router(backend.clone()))
        .merge(embed::router(&gate))
        .route("/media/art/{seed}", get(route::media::art).with_state(gate.clone()))
        .route("/media/captions/{file}", get(route::captions::show).with_state(gate.clone()))
        .route("/media/recordings/{file}", get(route::recording::play).with_state(gate.clone()))
        .route("/media/{id}/{file}", get(route::media::picture).with_state(gate.clone()))
        .route(route::film::PATH, get(route::film::show).with_state(gate.clone()))
        .route("/webhooks/stripe", post(route::webhook::stripe).with_state(gate.clone()))
        .route("/live", get(route::live::follow).with_state(gate.clone()))
        .route("/healthz", get(route::health::alive))
        .route("/readyz", get(route::health::ready).with_state(backend.clone()))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::new())
        .layer(from_fn_with_state(gate.clone(), middleware::patience::limit))
        .layer(compression)
        .layer(from_fn_with_state(gate, middleware::headers::secure))
        .layer(from_fn(middleware::request::log))
}

/// What stands before every page and server function.
fn guarded(router: Router, gate: &Gate, largest_body: usize) -> Router {
    router
        .layer(from_fn_with_state(gate.clone(), middleware::typed::keep))
        .layer(from_fn_with_state(gate.clone(), middleware::visitor::know))
        .layer(from_fn_with_state(gate.clone(), middleware::origin::guard))
        .layer(DefaultBodyLimit::max(largest_body))
        .layer(RequestBodyLimitLayer::new(largest_body))
        .layer(from_fn_with_state(gate.clone(), middleware::size::explain))
}

/// What pages and server functions find in their context.
fn context() {
    use leptos::prelude::use_context;
    let Some(parts) = use_context::<http::request::Parts>() else { return };
    if let Some(ctx) = parts.extensions.get::<Ctx>() {
        provide_context(ctx.clone());
    }
    if let Some(CspNonce(nonce)) = parts.extensions.get::<CspNonce>() {
        provide_context(Nonce::from_value(nonce.as_str()));
    }
}

fn document() -> impl leptos::IntoView + use<> {
    let locale = leptos::prelude::use_context::<Ctx>().map(|ctx| ctx.locale).unwrap_or_default();
    app::shell(&site::ASSETS, locale)
}

async fn server_function(request: Request) -> Response {
    handle_server_fns_with_context(context, request).await.into_response()
}

/// A file of the site, or the page that says there is nothing here. Asset-like
/// paths get a short answer: nobody reads a page there.
async fn no_route(Extension(_): Extension<Ctx>, request: Request<Body>) -> Response {
    let path = request.uri().path();
    if let Some(file) = site::file(path, request.headers()) {
        return file;
    }
    let is_asset_like = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    if is_asset_like || path.starts_with("/api/") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let mut response =
        render_app_async_with_context(context, document)(request).await.into_response();
    *response.status_mut() = StatusCode::NOT_FOUND;
    response
}
