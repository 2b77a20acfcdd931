//! `/embed.js`: the custom element, and the data that it shows.

use std::sync::LazyLock;

use app::embed::read::{ELEMENT, ElementScript};
use axum::{
    body::Body,
    extract::{Path, Request, State},
    response::{IntoResponse as _, Response},
};
use backend::embed::Snapshot;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{
    Timestamp,
    embed::Look,
    live::PublicMoney,
    reward::{RewardKind, offer::Availability},
    words::{campaign as w, embed as e},
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING,
        CONTENT_TYPE, VARY,
    },
};
use serde_json::json;
use sha2::{Digest as _, Sha384};

use super::{Stall, face, frame};

/// The script, finished once.
pub static SCRIPT: LazyLock<Script> = LazyLock::new(Script::finish);

/// The custom element as browsers load it.
pub struct Script {
    plain: String,
    brotli: Vec<u8>,
    /// Name of exactly this version, as its address holds it.
    pub name: String,
    /// For the attribute `integrity` (SRI): who writes it is never given another
    /// script, not even by us.
    pub integrity: String,
}

impl Script {
    fn finish() -> Self {
        let style = frame::STYLE
            .replace(":root", ":host")
            .replace("[data-theme=\"light\"]", ":host([theme=\"light\"])")
            .replace("[data-theme=\"dark\"]", ":host([theme=\"dark\"])")
            .replace("body {", ":host { display: block; } .frame {")
            .replace("#f ", ".bar i ");
        let style: Vec<&str> = style.split_whitespace().collect();
        let style = style.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
        // Its comments are for who reads it here.
        let plain: Vec<&str> = include_str!("element.js")
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//"))
            .collect();
        let plain = plain.join("\n").replace("{style}", &style);
        let digest = Sha384::digest(&plain);
        let name = format!(
            "{}.js",
            digest[..6].iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        );
        let integrity = format!("sha384-{}", STANDARD.encode(digest));
        let brotli = face::pressed(&plain);
        Self { plain, brotli, name, integrity }
    }

    fn answer(&self, asked: &HeaderMap, cache: &'static str) -> Response {
        let accepted = asked.get(ACCEPT_ENCODING).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let is_pressed = accepted.split(',').any(|one| one.trim().split(';').next() == Some("br"));
        let body = if is_pressed { self.brotli.clone() } else { self.plain.clone().into_bytes() };
        let mut response = Body::from(body).into_response();
        let headers = response.headers_mut();
        if is_pressed {
            headers.insert(CONTENT_ENCODING, HeaderValue::from_static("br"));
        }
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(cache));
        headers.insert(VARY, HeaderValue::from_static("accept-encoding"));
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(face::RESOURCE_POLICY, face::CROSS_ORIGIN);
        response
    }
}

/// Tells pages once what they say of the script.
pub fn tell_pages() {
    ELEMENT.get_or_init(|| ElementScript {
        path: format!("/embed/script/{}", SCRIPT.name),
        integrity: SCRIPT.integrity.clone(),
    });
}

/// The newest version, for pages that want to follow ours.
pub async fn newest(request: Request) -> Response {
    SCRIPT.answer(request.headers(), "public, max-age=3600")
}

/// One version, for pages that want no other.
pub async fn versioned(
    State(_): State<Stall>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    if name != SCRIPT.name {
        return (StatusCode::NOT_FOUND, [(ACCESS_CONTROL_ALLOW_ORIGIN, "*")]).into_response();
    }
    SCRIPT.answer(request.headers(), "public, max-age=31536000, immutable")
}

/// A campaign as the custom element shows it, in its words; the figures have the
/// names of the live event, which replaces them.
pub fn data(snapshot: &Snapshot, look: &Look, base_url: &str, now: Timestamp) -> String {
    let page = &snapshot.page;
    let locale = look.locale.unwrap_or(page.language);
    let url = frame::href(snapshot, look, base_url);
    if snapshot.rule.is_off {
        let words = json!({ "off": e::off(locale), "act": w::view_campaign(locale) });
        let (slug, tag) = (&page.slug, locale.tag());
        return json!({ "campaign": slug, "locale": tag, "url": url, "is_off": true, "words": words })
            .to_string();
    }
    let is_open = snapshot.takes_pledges(now);
    let is_late = page.life().is_late();
    let offered =
        page.rewards.iter().filter(|reward| reward.kind == RewardKind::Reward && !reward.is_secret);
    let rewards: Vec<_> = offered
        .clone()
        .filter(|reward| matches!(reward.offer.at(now), Availability::Open | Availability::Left(_)))
        .filter_map(|reward| {
            let price = reward.price_now(is_late)?.display(locale);
            Some(json!({ "id": reward.id, "title": reward.title, "price": price }))
        })
        .collect();
    let left: Vec<_> = offered
        .filter_map(|reward| Some(json!({ "reward": reward.id, "left": reward.offer.left()? })))
        .collect();
    let (rest_name, rest) = if is_open && !page.state.has_ended() {
        (w::to_go(locale), page.deadline.left(now, locale))
    } else {
        (e::state(locale), page.state.name(locale).to_owned())
    };
    let of = match page.funding.goal_units {
        Some(_) => w::pledged_so_far(locale).to_owned(),
        None => w::pledged_of(locale, &page.funding.goal().display(locale)),
    };
    json!({
        "campaign": page.slug,
        "title": page.title,
        "creator": page.creator,
        "language": page.language.tag(),
        "locale": locale.tag(),
        "url": url,
        "pledge": format!("{base_url}/embed/{}/pledge", page.slug),
        "image": format!("{base_url}{}", page.image),
        "state": page.state.key(),
        "is_open": is_open,
        "pledged": PublicMoney::from(page.funding.pledged()),
        "goal": PublicMoney::from(page.funding.goal()),
        "backers": page.funding.backers,
        "percent": page.funding.percent(),
        "deadline": page.deadline.rfc3339(),
        "rewards": rewards,
        "left": left,
        "words": {
            "act": if is_open { w::back(locale) } else { w::view_campaign(locale) },
            "by": format!("{} · {}", w::by(locale, &page.creator), e::on_site(locale)),
            "of": of,
            "funding": w::funding(locale),
            "reached": w::reached(locale),
            "backers": w::backers(locale),
            "rest_name": rest_name,
            "rest": rest,
            "choose": e::choose(locale),
            "no_reward": e::no_reward(locale),
            "amount": e::amount(locale, &page.funding.currency.code()),
        },
    })
    .to_string()
}
