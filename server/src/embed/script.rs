//! `/embed.js`: the custom element, and the data that it shows. Versions that somebody
//! has pasted are served for ever, so what they read keeps its names and its meaning.

pub mod released;

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
    campaign::CampaignState,
    embed::{Look, figures::Rest},
    live::PublicMoney,
    reward::{RewardKind, offer::Availability},
    words::{campaign as w, embed as e, site},
};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{
        ACCEPT_ENCODING, ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_ENCODING,
        CONTENT_TYPE, VARY,
    },
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha384};

use super::{Stall, face, frame};

/// Where the custom element shows a colour that was chosen for it: text on it is white
/// where that reads better and else black, as `Accent::wants_dark_text` has it.
const READABLE: &str = ".frame[style] { --on-accent: color(from var(--accent) xyz \
    calc(999 * (0.179 - y)) calc(999 * (0.179 - y)) calc(999 * (0.179 - y))); }";

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
            .replace("body {", &format!(":host {{ display: block; }} {READABLE} .frame {{"))
            .replace("#f ", ".bar i ");
        let style: Vec<&str> = style.split_whitespace().collect();
        let style = style.join(" ").replace('\\', "\\\\").replace('"', "\\\"");
        // Its comments are for who reads it here.
        let plain: Vec<&str> = include_str!("element.js")
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("//"))
            .collect();
        Self::of(plain.join("\n").replace("{style}", &style))
    }

    /// A finished text.
    fn of(plain: String) -> Self {
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

/// One version, for pages that want no other: today's, or one that was released before.
pub async fn versioned(
    State(_): State<Stall>,
    Path(name): Path<String>,
    request: Request,
) -> Response {
    let script = if name == SCRIPT.name { Some(&*SCRIPT) } else { released::named(&name) };
    match script {
        Some(script) => script.answer(request.headers(), "public, max-age=31536000, immutable"),
        None => (StatusCode::NOT_FOUND, [(ACCESS_CONTROL_ALLOW_ORIGIN, "*")]).into_response(),
    }
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
        return json!({ "campaign": slug, "locale": tag, "url": url, "stage": "off", "is_off": true, "words": words })
            .to_string();
    }
    let rest = snapshot.rest(now);
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
    let of = match page.funding.goal_units {
        Some(_) => w::pledged_so_far(locale).to_owned(),
        None => w::pledged_of(locale, &page.funding.goal().display(locale)),
    };
    let demo =
        if page.is_demo { format!(" · {}", site::demo_label(locale)) } else { String::new() };
    let words = |rest: Rest| {
        let (rest_name, left) = rest.fact(locale);
        json!({
            "act": rest.act(locale),
            "by": format!("{} · {}{demo}", w::by(locale, &page.creator), e::on_site(locale)),
            "of": of,
            "funding": w::funding(locale),
            "reached": w::reached(locale),
            "backers": w::backers(locale),
            "rest_name": rest_name,
            "rest": left,
            "choose": e::choose(locale),
            "no_reward": e::no_reward(locale),
            "amount": e::amount(locale, &page.funding.currency.code()),
        })
    };
    // A card of another stage is drawn anew.
    let stage = |rest: Rest| {
        if !rest.is_open {
            "over"
        } else if rest.state.has_ended() {
            "late"
        } else {
            "open"
        }
    };
    // What the card says once the stream tells of another state; it brings no words.
    let turn =
        |rest: Rest| json!({ "stage": stage(rest), "is_open": rest.is_open, "words": words(rest) });
    let ended = CampaignState::PUBLIC.into_iter().filter(|state| *state != CampaignState::Live);
    let ended = ended.map(|state| (state.key(), Rest { state, is_open: false, ..rest }));
    let late = ("late", Rest { state: CampaignState::Successful, is_open: true, ..rest });
    let turns: Map<String, Value> =
        ended.chain([late]).map(|(key, rest)| (key.to_owned(), turn(rest))).collect();
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
        "stage": stage(rest),
        "is_open": rest.is_open,
        "pledged": PublicMoney::from(page.funding.pledged()),
        "goal": PublicMoney::from(page.funding.goal()),
        "backers": page.funding.backers,
        "percent": page.funding.percent(),
        "deadline": page.deadline.rfc3339(),
        "rewards": rewards,
        "left": left,
        "words": words(rest),
        "turns": turns,
    })
    .to_string()
}
