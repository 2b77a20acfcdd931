//! What the rest of the web reads: the map of the site, the rules for robots,
//! and a feed of new campaigns.

use std::fmt::Write as _;

use axum::{
    Router,
    extract::State,
    response::{IntoResponse as _, Response},
    routing::get,
};
use backend::{
    Backend, Error,
    campaign::listing::{self, Listed},
};
use domain::{
    Locale, Timestamp,
    discovery::{Query, Sort, StateFilter},
    markup::escaped,
    words,
};
use http::{
    HeaderValue, StatusCode,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE},
};

/// Most addresses in one map, by the sitemaps protocol. Beyond it the oldest
/// campaigns are left out; they stay reachable through the lists.
const MOST_MAPPED: i64 = 49_990;
/// Campaigns in the feed.
const MOST_FED: i64 = 50;
/// Pages that are the same for everyone.
const PAGES: [&str; 2] = ["/", "/discover"];
/// What robots have no business with: what is private, and what is for programs.
const PRIVATE: [&str; 8] = [
    "/account",
    "/admin",
    "/api/fn/",
    "/live",
    "/pledges",
    "/saved",
    "/studio",
    "/campaigns/*/pledge",
];

/// The routes.
pub fn router(backend: Backend) -> Router {
    Router::new()
        .route("/sitemap.xml", get(sitemap))
        .route("/robots.txt", get(robots))
        .route("/feed.atom", get(feed))
        .with_state(backend)
}

async fn sitemap(State(backend): State<Backend>) -> Result<Response, StatusCode> {
    let campaigns = listing::map(&backend, MOST_MAPPED).await.map_err(|error| fault(&error))?;
    let base_url = escaped(&backend.options.base_url);
    let mut xml = String::with_capacity(campaigns.len() * 120 + 300);
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for page in PAGES {
        let _ = writeln!(xml, "<url><loc>{base_url}{page}</loc></url>");
    }
    for campaign in &campaigns {
        let _ = writeln!(
            xml,
            "<url><loc>{base_url}/campaigns/{}</loc><lastmod>{}</lastmod></url>",
            escaped(&campaign.slug),
            campaign.changed_at.rfc3339(),
        );
    }
    xml.push_str("</urlset>\n");
    Ok(answer("application/xml", xml))
}

async fn robots(State(backend): State<Backend>) -> Response {
    let mut text = String::from("User-agent: *\n");
    for path in PRIVATE {
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = writeln!(text, "\nSitemap: {}/sitemap.xml", backend.options.base_url);
    answer("text/plain; charset=utf-8", text)
}

async fn feed(State(backend): State<Backend>) -> Result<Response, StatusCode> {
    let query = Query { sort: Sort::Newest, state: StateFilter::Live, page: 1, ..Query::default() };
    let found =
        listing::list(&backend, &query, None, MOST_FED).await.map_err(|error| fault(&error))?;
    let xml = atom(&found.items, &backend.options.base_url, backend.clock.now());
    Ok(answer("application/atom+xml; charset=utf-8", xml))
}

/// The feed (RFC 4287). Titles and subtitles are plain text in it.
fn atom(campaigns: &[Listed], base_url: &str, now: Timestamp) -> String {
    let base_url = escaped(base_url);
    let title = words::site::page_title(Locale::En, &words::site::footer_feed(Locale::En));
    let updated = campaigns.first().map_or(now, |newest| newest.launched_at).rfc3339();
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
         <id>{base_url}/feed.atom</id>\n<title>{}</title>\n<updated>{updated}</updated>\n\
         <author><name>Pedestal</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base_url}/feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base_url}/discover?sort=newest\"/>\n",
        escaped(&title),
    );
    for Listed { card, launched_at, language, .. } in campaigns {
        let address = format!("{base_url}/campaigns/{}", card.slug);
        let launched = launched_at.rfc3339();
        let _ = write!(
            xml,
            "<entry xml:lang=\"{language}\"><id>{address}</id><title>{}</title>\
             <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\
             <published>{launched}</published><updated>{launched}</updated><summary>{}</summary>\
             <category term=\"{}\"/>",
            escaped(&card.title),
            escaped(&card.subtitle),
            card.category.key(),
        );
        if !card.creator.is_empty() {
            let _ = write!(xml, "<author><name>{}</name></author>", escaped(&card.creator));
        }
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    xml
}

fn answer(kind: &'static str, body: String) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, body).into_response()
}

/// Logged here; readers of feeds only need to know to come back.
fn fault(error: &Error) -> StatusCode {
    tracing::error!(%error, "could not make a feed");
    StatusCode::INTERNAL_SERVER_ERROR
}

#[cfg(test)]
mod tests;
