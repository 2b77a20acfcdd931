//! `/oembed?url=&format=json|xml`: what a page that was given a link puts in its
//! place (oEmbed 1.0). Nothing is ever fetched: the address is only read.

use std::fmt::Write as _;

use axum::{
    extract::{Query, Request, State},
    response::{IntoResponse as _, Response},
};
use backend::embed::Snapshot;
use domain::{
    embed::{Layout, Look},
    id::RewardId,
    markup::escaped,
    words::embed as e,
};
use http::{
    HeaderValue, StatusCode, Uri,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE},
};
use serde::{Deserialize, Serialize};

use super::{Stall, read};

/// The least that a frame may be wide or high, in CSS pixels; WordPress shows none
/// lower than that.
const SMALLEST: u32 = 200;
/// Size of a campaign's picture as other sites show it.
const THUMBNAIL: (u32, u32) = (1200, 630);

/// The query, as consumers send it.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    url: String,
    #[serde(default)]
    format: Option<String>,
    #[serde(default)]
    maxwidth: Option<String>,
    #[serde(default)]
    maxheight: Option<String>,
}

/// The answer, in the order of the specification.
#[derive(Serialize)]
struct Rich {
    #[serde(rename = "type")]
    kind: &'static str,
    version: &'static str,
    title: String,
    author_name: String,
    provider_name: &'static str,
    provider_url: String,
    cache_age: u32,
    thumbnail_url: String,
    thumbnail_width: u32,
    thumbnail_height: u32,
    html: String,
    width: u32,
    height: u32,
}

/// 404 for what is no public campaign of this site, also for addresses of others;
/// 501 for another format than the two.
pub async fn answer(State(stall): State<Stall>, request: Request) -> Response {
    let Ok(Query(asked)) = Query::<Asked>::try_from_uri(request.uri()) else {
        return refuse(StatusCode::BAD_REQUEST);
    };
    let is_xml = match asked.format.as_deref() {
        None | Some("json" | "") => false,
        Some("xml") => true,
        Some(_) => return refuse(StatusCode::NOT_IMPLEMENTED),
    };
    let base_url = stall.gate.backend.options.base_url.clone();
    let Some((slug, reward)) = campaign(&asked.url, &base_url) else {
        return refuse(StatusCode::NOT_FOUND);
    };
    let snapshot = match read(&stall, &slug).await {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return refuse(StatusCode::NOT_FOUND),
        Err(error) => {
            return refuse(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_GATEWAY));
        }
    };
    let at_most = |text: Option<String>| text.and_then(|text| text.parse::<u32>().ok());
    let rich =
        rich(&snapshot, reward, &base_url, at_most(asked.maxwidth), at_most(asked.maxheight));
    let (kind, body) = if is_xml {
        ("text/xml; charset=utf-8", xml(&rich))
    } else {
        ("application/json", serde_json::to_string(&rich).expect("plain data"))
    };
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static(kind)),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, body).into_response()
}

fn refuse(status: StatusCode) -> Response {
    (status, [(ACCESS_CONTROL_ALLOW_ORIGIN, "*")]).into_response()
}

/// The campaign that an address of this site is about, and its reward, if it names
/// one. Both schemes are ours: links are often written without thinking of it.
fn campaign(url: &str, base_url: &str) -> Option<(String, Option<RewardId>)> {
    let (ours, theirs) = (base_url.parse::<Uri>().ok()?, url.parse::<Uri>().ok()?);
    let is_web = matches!(theirs.scheme_str(), Some("http" | "https"));
    let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
    if !is_web || !same(theirs.authority()?.as_str(), ours.authority()?.as_str()) {
        return None;
    }
    let below = theirs.path().strip_prefix(ours.path().trim_end_matches('/'))?;
    let mut parts = below.strip_prefix("/campaigns/")?.split('/');
    let slug = parts.next()?.to_owned();
    let reward = theirs.query().and_then(|query| {
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.into_iter().find(|(name, _)| *name == "reward")?.1.parse().ok()
    });
    Some((slug, reward))
}

fn rich(
    snapshot: &Snapshot,
    reward: Option<RewardId>,
    base_url: &str,
    widest: Option<u32>,
    highest: Option<u32>,
) -> Rich {
    let page = &snapshot.page;
    let locale = page.language;
    // Where there is no room for a card, a smaller face says the same.
    let fits = |layout: &Layout| highest.is_none_or(|most| layout.frame().1 <= most);
    let layout = [Layout::Card, Layout::Compact].into_iter().find(fits).unwrap_or(Layout::Bar);
    let look = Look { layout, reward, ..Look::default() };
    let (wide, high) = layout.frame();
    let width = widest.map_or(wide, |most| wide.min(most.max(1)));
    let height = highest
        .map_or(high, |most| high.min(most.max(1)))
        .max(SMALLEST.min(highest.unwrap_or(SMALLEST)));
    let query = look.query();
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let title = escaped(&e::frame_title(locale, &page.title));
    // WordPress shows the quote until the frame has spoken, and takes neither
    // scripts nor styles. A width in pixels would stick out of a phone.
    let html = format!(
        "<blockquote><a href=\"{base}/campaigns/{slug}\">{title}</a> {by}</blockquote>\
         <iframe src=\"{base}/embed/{slug}{query}\" title=\"{title}\" width=\"100%\" height=\"{height}\" \
         frameborder=\"0\" scrolling=\"no\"></iframe>",
        base = escaped(base_url),
        slug = page.slug,
        query = escaped(&query),
        by = escaped(&e::quote(locale, &page.creator)),
    );
    let picture = page
        .image
        .strip_suffix(".svg")
        .map_or_else(|| page.image.clone(), |path| format!("{path}.png"));
    Rich {
        kind: "rich",
        version: "1.0",
        title: page.title.clone(),
        author_name: page.creator.clone(),
        provider_name: "Pedestal",
        provider_url: base_url.to_owned(),
        cache_age: 300,
        thumbnail_url: format!("{base_url}{picture}"),
        thumbnail_width: THUMBNAIL.0,
        thumbnail_height: THUMBNAIL.1,
        html,
        width,
        height,
    }
}

fn xml(rich: &Rich) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><oembed>");
    let mut pair = |name: &str, value: &str| {
        let _ = write!(out, "<{name}>{}</{name}>", escaped(value));
    };
    pair("type", rich.kind);
    pair("version", rich.version);
    pair("title", &rich.title);
    pair("author_name", &rich.author_name);
    pair("provider_name", rich.provider_name);
    pair("provider_url", &rich.provider_url);
    pair("cache_age", &rich.cache_age.to_string());
    pair("thumbnail_url", &rich.thumbnail_url);
    pair("thumbnail_width", &rich.thumbnail_width.to_string());
    pair("thumbnail_height", &rich.thumbnail_height.to_string());
    pair("html", &rich.html);
    pair("width", &rich.width.to_string());
    pair("height", &rich.height.to_string());
    out.push_str("</oembed>");
    out
}

#[cfg(test)]
mod tests {
    use super::campaign;

    const BASE: &str = "https://give.example.org";

    #[test]
    fn only_addresses_of_this_site_name_a_campaign() {
        for (url, slug) in [
            ("https://give.example.org/campaigns/tide", Some("tide")),
            ("http://give.example.org/campaigns/tide", Some("tide")),
            ("https://GIVE.example.org/campaigns/tide/rewards", Some("tide")),
            ("https://give.example.org/campaigns/tide?reward=1#top", Some("tide")),
            ("https://give.example.org/campaigns/tide/updates/3", Some("tide")),
            ("https://give.example.org/discover", None),
            ("https://give.example.org.evil.example/campaigns/tide", None),
            ("https://give.example.org@evil.example/campaigns/tide", None),
            ("https://evil.example/campaigns/tide?x=https://give.example.org", None),
            ("file:///campaigns/tide", None),
            ("/campaigns/tide", None),
            ("javascript:alert(1)", None),
            ("", None),
        ] {
            let found = campaign(url, BASE).map(|(slug, _)| slug);
            assert_eq!(found.as_deref(), slug, "{url}");
        }
    }
}
