//! `/oembed?url=&format=json|xml`: what a page that was given a link puts in its
//! place (oEmbed 1.0). Nothing is ever fetched: the address is only read.

use std::fmt::Write as _;

use axum::{
    extract::{Query, Request, State},
    response::{IntoResponse as _, Response},
};
use backend::embed::Snapshot;
use domain::{
    campaign::CampaignPage,
    embed::{EmbedId, Layout, Look},
    id::RewardId,
    markup::escaped,
    words::embed as e,
};
use http::{
    HeaderValue, StatusCode, Uri,
    header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE},
};
use serde::{Deserialize, Serialize};

use super::{Stall, frame, look, read};

/// The least that a frame may be wide or high, in CSS pixels; WordPress shows none
/// lower than that.
const SMALLEST: u32 = 200;
/// Size of a picture that we draw, as other sites show it.
const DRAWN: (u32, u32) = (1_200, 630);

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
    #[serde(flatten)]
    thumbnail: Option<Thumbnail>,
    #[serde(flatten)]
    card: Option<Card>,
}

/// A picture, at most as large as was asked for.
#[derive(Serialize)]
struct Thumbnail {
    #[serde(rename = "thumbnail_url")]
    url: String,
    #[serde(rename = "thumbnail_width")]
    width: u32,
    #[serde(rename = "thumbnail_height")]
    height: u32,
}

/// What stands in place of the link.
#[derive(Serialize)]
struct Card {
    html: String,
    width: u32,
    height: u32,
}

/// 404 for what is no public campaign of this site, also for addresses of others and for
/// drafts, which are not to be told from nothing (so that there is no 401); 501 for
/// another format than the two.
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
    let Some(link) = Link::read(&asked.url, &base_url) else {
        return refuse(StatusCode::NOT_FOUND);
    };
    let snapshot = match read(&stall, &link.slug).await {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return refuse(StatusCode::NOT_FOUND),
        Err(error) => {
            return refuse(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_GATEWAY));
        }
    };
    let at_most = |text: Option<String>| text.and_then(|text| text.parse::<u32>().ok());
    let room = Room { width: at_most(asked.maxwidth), height: at_most(asked.maxheight) };
    let rich = rich(&snapshot, &link, &base_url, &room);
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

/// What an address of this site is about.
#[derive(Debug)]
struct Link {
    slug: String,
    /// Its reward, if it names one.
    reward: Option<RewardId>,
    /// The name of its card, if it is counted.
    embed: Option<EmbedId>,
}

impl Link {
    /// Both schemes are ours: links are often written without thinking of it.
    fn read(url: &str, base_url: &str) -> Option<Self> {
        let (ours, theirs) = (base_url.parse::<Uri>().ok()?, url.parse::<Uri>().ok()?);
        let is_web = matches!(theirs.scheme_str(), Some("http" | "https"));
        let same = |a: &str, b: &str| a.eq_ignore_ascii_case(b);
        if !is_web || !same(theirs.authority()?.as_str(), ours.authority()?.as_str()) {
            return None;
        }
        let below = theirs.path().strip_prefix(ours.path().trim_end_matches('/'))?;
        let slug = below.strip_prefix("/campaigns/")?.split('/').next()?.to_owned();
        let look = look(&theirs);
        Some(Self { slug, reward: look.reward, embed: look.embed })
    }
}

/// How much room the page has, in CSS pixels; none said is enough.
struct Room {
    width: Option<u32>,
    height: Option<u32>,
}

impl Room {
    fn holds(&self, width: u32, height: u32) -> bool {
        self.width.is_none_or(|most| width <= most) && self.height.is_none_or(|most| height <= most)
    }
}

fn rich(snapshot: &Snapshot, link: &Link, base_url: &str, room: &Room) -> Rich {
    let page = &snapshot.page;
    let offered = |id| page.rewards.iter().find(|one| one.id == id && !one.is_secret);
    let reward = link.reward.and_then(offered);
    let title = match reward {
        Some(reward) => format!("{} · {}", reward.title, page.title),
        None => page.title.clone(),
    };
    let look = Look {
        reward: reward.map(|reward| reward.id),
        embed: snapshot.known(link.embed),
        ..Look::default()
    };
    // Where its creator wants no cards, a link is all there is to say.
    let card = (!snapshot.rule.is_off).then(|| card(snapshot, look, base_url, room));
    Rich {
        kind: if card.is_some() { "rich" } else { "link" },
        version: "1.0",
        title,
        author_name: page.creator.clone(),
        provider_name: "Pedestal",
        provider_url: base_url.to_owned(),
        cache_age: 300,
        thumbnail: thumbnail(page, base_url, room),
        card,
    }
}

fn card(snapshot: &Snapshot, look: Look, base_url: &str, room: &Room) -> Card {
    let page = &snapshot.page;
    let locale = page.language;
    // Where there is no room for a card, a smaller face says the same.
    let fits = |layout: &Layout| room.height.is_none_or(|most| layout.frame().1 <= most);
    let layout = [Layout::Card, Layout::Compact].into_iter().find(fits).unwrap_or(Layout::Bar);
    let look = Look { layout, ..look };
    let (wide, high) = layout.frame();
    let width = room.width.map_or(wide, |most| wide.min(most.max(1)));
    let height = room
        .height
        .map_or(high, |most| high.min(most.max(1)))
        .max(SMALLEST.min(room.height.unwrap_or(SMALLEST)));
    let query = look.query();
    let query = if query.is_empty() { query } else { format!("?{query}") };
    let title = escaped(&e::frame_title(locale, &page.title));
    // WordPress shows the quote until the frame has spoken, and takes neither
    // scripts nor styles. A width in pixels would stick out of a phone.
    let html = format!(
        "<blockquote><a href=\"{href}\">{title}</a> {by}</blockquote>\
         <iframe src=\"{base}/embed/{slug}{query}\" title=\"{title}\" width=\"100%\" height=\"{height}\" \
         frameborder=\"0\" scrolling=\"no\"></iframe>",
        href = escaped(&frame::href(snapshot, &look, base_url)),
        base = escaped(base_url),
        slug = page.slug,
        query = escaped(&query),
        by = escaped(&e::quote(locale, &page.creator)),
    );
    Card { html, width, height }
}

/// The campaign's picture as the head of its page names it, or a smaller one where that
/// is too large for the room; what we draw comes in one size. A picture whose size nobody
/// knows (an imported one) is left out, since the specification asks for it.
fn thumbnail(page: &CampaignPage, base_url: &str, room: &Room) -> Option<Thumbnail> {
    let (path, width, height) = match &page.picture {
        Some(picture) => {
            let whole = (picture.shared(), picture.width, picture.height);
            let smaller = picture.widths().map(|width| {
                (picture.src(width), width, picture.height * width / picture.width.max(1))
            });
            // From the smallest up, so that the last one that fits is the largest.
            let fitting = smaller.filter(|(_, width, height)| room.holds(*width, *height)).last();
            if room.holds(picture.width, picture.height) { whole } else { fitting? }
        }
        None => {
            let drawn = |path: &&str| path.starts_with("/media/art/");
            let path = page.image.strip_suffix(".svg").filter(drawn)?;
            (format!("{path}.png"), DRAWN.0, DRAWN.1)
        }
    };
    Some(Thumbnail { url: format!("{base_url}{path}"), width, height })
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
    if let Some(picture) = &rich.thumbnail {
        pair("thumbnail_url", &picture.url);
        pair("thumbnail_width", &picture.width.to_string());
        pair("thumbnail_height", &picture.height.to_string());
    }
    if let Some(card) = &rich.card {
        pair("html", &card.html);
        pair("width", &card.width.to_string());
        pair("height", &card.height.to_string());
    }
    out.push_str("</oembed>");
    out
}

#[cfg(test)]
mod tests {
    use super::Link;

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
            let found = Link::read(url, BASE).map(|link| link.slug);
            assert_eq!(found.as_deref(), slug, "{url}");
        }
    }
}
