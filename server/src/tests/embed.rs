//! A campaign on somebody else's page: small, framed by anybody, the same for
//! everybody, and harmless whatever its address says.

use std::io::Read as _;

use axum::body::Body;
use domain::{campaign::CampaignState, discovery::percent_encoded, live::FundingEvent};
use http::{Method, StatusCode};

use super::site::{Answer, BASE, Site, pledge, request};

/// What a frame may weigh, picture apart.
const HEAVIEST_FRAME: usize = 5_000;
const HEAVIEST_SCRIPT: usize = 4_096;
const HEAVIEST_BADGE: usize = 1_229;

async fn pressed(site: &Site, path: &str) -> Answer {
    let request = request(Method::GET, path, &[("accept-encoding", "gzip, br")], Body::empty());
    let response = site.open(request).await;
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, 1_000_000).await.expect("a body");
    Answer { status: parts.status, headers: parts.headers, body, text: String::new() }
}

fn unpressed(body: &[u8]) -> String {
    let mut text = String::new();
    brotli::Decompressor::new(body, 4_096).read_to_string(&mut text).expect("Brotli");
    text
}

#[tokio::test]
async fn a_frame_is_small_has_no_cookie_and_may_stand_anywhere() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        for query in ["", "?layout=compact", "?layout=bar&theme=dark", "?layout=button&accent=f80"]
        {
            let answer = pressed(&site, &format!("/embed/{slug}{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            assert!(answer.body.len() <= HEAVIEST_FRAME, "{query}: {} bytes", answer.body.len());
            assert!(answer.cookies().is_empty(), "{query}");
            assert_eq!(answer.header("content-encoding"), "br");
            let policy = answer.header("content-security-policy");
            assert!(policy.contains("frame-ancestors *") && !policy.contains("unsafe"), "{policy}");
            assert!(answer.header("cache-control").contains("stale-while-revalidate"));
            let html = unpressed(&answer.body);
            assert!(html.contains(&format!("{BASE}/campaigns/{slug}")), "{html}");
            assert!(!html.contains(".wasm") && !html.contains("localStorage"), "{html}");
        }
    }
}

#[tokio::test]
async fn only_embeds_may_be_framed() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    for path in
        ["/", "/discover", &format!("/campaigns/{slug}"), &format!("/campaigns/{slug}/pledge")]
    {
        let policy = site.get(path).await.header("content-security-policy").to_owned();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_frame_is_the_same_whoever_asks() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let path = format!("/embed/{slug}");
    let stranger = site.get(&path).await;
    let cookies = site.sign_in("ada").await;
    let headers = [("cookie", cookies.as_str()), ("accept-language", "fr"), ("origin", "null")];
    let known = site.get_with(&path, &headers).await;
    assert_eq!(stranger.text, known.text);
    assert!(known.cookies().is_empty());
    assert_eq!(known.header("access-control-allow-origin"), "*");
    assert_eq!(known.header("vary"), "accept-encoding");
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let path = format!("/embed/{slug}");
    let first = site.get(&path).await;
    let etag = first.header("etag").to_owned();
    let again = site.get_with(&path, &[("if-none-match", &etag)]).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
    assert!(again.body.is_empty());
    let other = site.get_with(&path, &[("if-none-match", "\"0000\"")]).await;
    assert_eq!(other.status, StatusCode::OK);
    // As whatever stands in between writes it.
    for known in [format!("W/{etag}"), format!("\"0000\", W/{etag},\"1\""), "*".to_owned()] {
        let again = site.get_with(&path, &[("if-none-match", &known)]).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED, "{known}");
    }
    for other in ["W/\"0000\"", "\"0000\", \"1111\"", etag.trim_matches('"'), ""] {
        let sent = site.get_with(&path, &[("if-none-match", other)]).await;
        assert_eq!(sent.status, StatusCode::OK, "{other}");
    }
}

#[tokio::test]
async fn a_pledge_is_in_the_next_frame() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let path = format!("/embed/{slug}.json");
        let before: serde_json::Value =
            serde_json::from_str(&site.get(&path).await.text).expect("JSON");
        assert_eq!(before["backers"], 0);
        let fields = pledge(slug.as_str(), "bonus=25", "ada@example.org");
        let placed = site.call("/api/fn/pledge/place", &fields, "").await;
        assert!(placed.status.is_success() || placed.status.is_redirection(), "{placed:?}");
        // The first one who asks starts the reading and is given what is there.
        let mut now = before;
        for _ in 0..1_000 {
            now = serde_json::from_str(&site.get(&path).await.text).expect("JSON");
            if now["backers"] == 1 {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert_eq!(now["backers"], 1);
        // A card takes the figures from either, so both have them in one shape.
        let event: FundingEvent = serde_json::from_value(serde_json::json!({
            "campaign": now["campaign"], "pledged": now["pledged"], "backers": now["backers"],
            "percent": now["percent"], "state": now["state"], "left": now["left"],
        }))
        .expect("the live event's names");
        assert_eq!(event.pledged.amount, "25.00");
    }
}

#[tokio::test]
async fn nothing_of_a_hostile_address_comes_back() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let plain = site.get(&format!("/embed/{slug}")).await;
    let long = "x".repeat(10_000);
    for query in [
        "accent=red;}body{display:none".to_owned(),
        "accent=%3C/style%3E%3Cscript%3Ealert(1)%3C/script%3E".to_owned(),
        "lang=../../etc/passwd&theme=%22onload=alert(1)&layout=%3Cscript%3E".to_owned(),
        format!("accent={long}&lang={long}"),
        "reward=not-an-id&size=huge".to_owned(),
    ] {
        let answer = site.get(&format!("/embed/{slug}?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}");
        assert_eq!(answer.text, plain.text, "{query}");
    }
}

#[tokio::test]
async fn a_campaign_that_nobody_may_see_is_said_not_to_be_there() {
    for site in Site::both().await {
        let draft = site.stage.campaign(|new| new.state = CampaignState::Draft).await;
        for slug in [draft.as_str(), "no-such-campaign", "Not-A-Slug", "..", "a b"] {
            let slug = slug.replace(' ', "%20");
            for ending in ["", ".svg", ".json", ".figures", ".gif"] {
                let answer = site.get(&format!("/embed/{slug}{ending}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{slug}{ending}");
                assert!(!answer.text.contains("passwd") && !answer.text.contains("<script>"));
            }
            let dots = pressed(&site, &format!("/embed/{slug}.png")).await;
            assert_eq!(dots.status, StatusCode::NOT_FOUND, "{slug}.png");
        }
        let answer = site.get_with("/embed/no-such-campaign", &[("accept-language", "fr")]).await;
        assert!(
            answer.text.contains("plus ici") && answer.text.contains("lang=\"fr\""),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn what_people_type_stays_text_in_every_face() {
    let site = Site::sqlite().await;
    let hostile = "</title><script>alert(\"1\")</script>&'";
    let slug = site
        .stage
        .campaign(|new| {
            new.title = hostile.into();
            new.creator = hostile.into();
        })
        .await;
    for path in [
        format!("/embed/{slug}"),
        format!("/embed/{slug}?layout=compact"),
        format!("/embed/{slug}?layout=bar"),
        format!("/embed/{slug}?layout=button"),
        format!("/embed/{slug}.svg"),
        format!("/oembed?url={BASE}/campaigns/{slug}&format=xml"),
    ] {
        let text = site.get(&path).await.text;
        assert!(!text.contains("<script>alert"), "{path}: {text}");
        assert!(text.contains("&lt;script&gt;"), "{path}: {text}");
    }
    let json = site.get(&format!("/oembed?url={BASE}/campaigns/{slug}")).await.text;
    let rich: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert!(!rich["html"].as_str().expect("text").contains("<script>"), "{json}");
}

#[tokio::test]
async fn a_badge_is_small_and_says_everything_in_words() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|new| new.title = "Ä very ﷽ long title ".repeat(4)).await;
    for query in ["", "?theme=dark", "?theme=light&accent=ff8800&lang=fr"] {
        let answer = site.get(&format!("/embed/{slug}.svg{query}")).await;
        assert_eq!(answer.header("content-type"), "image/svg+xml");
        assert!(answer.body.len() <= HEAVIEST_BADGE, "{} bytes", answer.body.len());
        assert!(answer.text.contains(">Ä very") && answer.text.contains("…"), "{}", answer.text);
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    }
    for title in ["\"&".repeat(40), "﷽".repeat(80), "<W>".repeat(500)] {
        let slug = site.stage.campaign(|new| new.title.clone_from(&title)).await;
        let answer = site.get(&format!("/embed/{slug}.svg?lang=fr")).await;
        assert!(answer.body.len() <= HEAVIEST_BADGE, "{title}: {} bytes", answer.body.len());
    }
    let usual = site.stage.campaign(|new| new.title = "The tide clock".into()).await;
    let answer = site.get(&format!("/embed/{usual}.svg")).await;
    assert!(answer.body.len() <= HEAVIEST_BADGE, "{} bytes", answer.body.len());
}

#[tokio::test]
async fn a_badge_is_there_as_dots_for_where_no_svg_is_shown() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|new| new.title = "L’été à Sète, 中文 & co".into()).await;
        let path = format!("/embed/{slug}.png?accent=ff8800&theme=dark&lang=fr");
        let badge = pressed(&site, &path).await;
        assert_eq!((badge.status, badge.header("content-type")), (StatusCode::OK, "image/png"));
        assert_eq!(badge.header("content-encoding"), "", "dots are packed already");
        assert!(badge.body.starts_with(b"\x89PNG"), "{} bytes", badge.body.len());
        assert!(badge.body.len() < 8_000, "{} bytes", badge.body.len());
        // Two dots for each of its 28 pixels.
        assert_eq!(badge.body[20..24], 56_u32.to_be_bytes());
        assert!(badge.header("cache-control").contains("max-age=30"));
        let etag = badge.header("etag").to_owned();
        let known = site.get_with(&path, &[("if-none-match", &etag)]).await;
        assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
        let light = pressed(&site, &format!("/embed/{slug}.png")).await;
        assert_ne!(light.body, badge.body);
    }
}

#[tokio::test]
async fn the_script_of_a_frame_is_at_most_600_bytes() {
    let script = &*crate::embed::FRAME_SCRIPT;
    assert!(script.len() <= 600, "{} bytes", script.len());
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let html = site.get(&format!("/embed/{slug}")).await.text;
    assert!(html.contains(&format!("<script>{script}</script>")), "{html}");
    // Every id that the stream speaks of is there, and its way there too.
    for id in ["c", "a", "f", "p", "n", "b", "r", "q", "o", "v"] {
        assert!(html.contains(&format!(" id=\"{id}\"")), "{id}: {html}");
    }
    assert!(html.contains(&format!("data-live=\"{BASE}/live?campaigns={slug}&amp;words=en\"")));
    assert!(html.contains(&format!("data-poll=\"{BASE}/embed/{slug}.figures?lang=en\"")));
}

#[tokio::test]
async fn the_custom_element_is_small_and_can_be_pinned() {
    let site = Site::sqlite().await;
    let newest = pressed(&site, "/embed.js").await;
    assert_eq!(newest.status, StatusCode::OK);
    assert!(newest.body.len() <= HEAVIEST_SCRIPT, "{} bytes", newest.body.len());
    assert_eq!(newest.header("access-control-allow-origin"), "*");
    let script = &*crate::embed::SCRIPT;
    let pinned = pressed(&site, &format!("/embed/script/{}", script.name)).await;
    assert!(pinned.header("cache-control").contains("immutable"));
    assert_eq!(pinned.body, newest.body);
    assert!(script.integrity.starts_with("sha384-"));
    // Whoever pasted an older one goes on having it.
    for name in crate::embed::released::names() {
        let kept = site.get(&format!("/embed/script/{name}")).await;
        assert_eq!(kept.status, StatusCode::OK, "{name}");
        assert!(kept.header("cache-control").contains("immutable"), "{name}");
        assert!(kept.text.contains("pedestal-widget"), "{name}");
    }
    let other = site.get("/embed/script/000000000000.js").await;
    assert_eq!(other.status, StatusCode::NOT_FOUND);
    let text = unpressed(&newest.body);
    assert!(
        !text.contains("innerHTML") && !text.contains("eval(") && !text.contains("cookie"),
        "{text}"
    );
    assert!(!text.contains("{style}"), "the style was put in");
}

#[tokio::test]
async fn oembed_answers_as_its_specification_says() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let url = format!("{BASE}/campaigns/{slug}");
        let answer = site.get(&format!("/oembed?url={url}")).await;
        let rich: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
        assert_eq!((rich["type"].as_str(), rich["version"].as_str()), (Some("rich"), Some("1.0")));
        let html = rich["html"].as_str().expect("text");
        assert!(html.starts_with("<blockquote>") && html.contains("<iframe src="), "{html}");
        assert!(html.contains("width=\"100%\""), "{html}");
        // Within what the page has room for.
        let small = site.get(&format!("/oembed?url={url}&maxwidth=320&maxheight=250")).await;
        let small: serde_json::Value = serde_json::from_str(&small.text).expect("JSON");
        assert_eq!((small["width"].as_u64(), small["height"].as_u64()), (Some(320), Some(220)));
        assert!(small["html"].as_str().expect("text").contains("layout=compact"));
        let xml = site.get(&format!("/oembed?url={url}&format=xml")).await;
        assert!(xml.header("content-type").starts_with("text/xml"));
        assert!(xml.text.contains("<type>rich</type>"), "{}", xml.text);
        let draft = site.stage.campaign(|new| new.state = CampaignState::Draft).await;
        for (query, status) in [
            (format!("url={url}&format=yaml"), StatusCode::NOT_IMPLEMENTED),
            (format!("url={BASE}/campaigns/no-such-one"), StatusCode::NOT_FOUND),
            (format!("url={BASE}/campaigns/{draft}"), StatusCode::NOT_FOUND),
            ("url=https://elsewhere.example/campaigns/x".to_owned(), StatusCode::NOT_FOUND),
            ("url=".to_owned(), StatusCode::NOT_FOUND),
            (String::new(), StatusCode::NOT_FOUND),
        ] {
            assert_eq!(site.get(&format!("/oembed?{query}")).await.status, status, "{query}");
        }
    }
}

#[tokio::test]
async fn oembed_speaks_of_a_reward_and_of_a_counted_card_where_the_link_does() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let reward = site.stage.limited(&slug, 5).await;
        let name =
            backend::embed::make(&site.stage.backend, None, slug.as_str()).await.expect("a name");
        for (path, of) in [("", "pledge"), ("/rewards", "page")] {
            let link = format!("{BASE}/campaigns/{slug}{path}?reward={reward}&embed={name}");
            let url = percent_encoded(&link);
            let json = site.get(&format!("/oembed?url={url}")).await.text;
            let rich: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            let html = rich["html"].as_str().expect("text");
            assert!(html.contains(&format!("reward={reward}&amp;embed={name}")), "{of}: {html}");
            assert!(rich["title"].as_str().expect("text").ends_with(" · A campaign"), "{json}");
            let xml = site.get(&format!("/oembed?url={url}&format=xml")).await.text;
            assert!(xml.contains(&format!("embed={name}")), "{xml}");
        }
        let other = format!("{BASE}/campaigns/{slug}?reward=0190163d-8694-739b-aea5-966c26f8ad91");
        let json = site.get(&format!("/oembed?url={}", percent_encoded(&other))).await.text;
        assert!(json.contains("\"title\":\"A campaign\"") && !json.contains("reward="), "{json}");
    }
}

#[tokio::test]
async fn a_thumbnail_is_a_file_that_is_there_and_no_larger_than_the_room() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let url = format!("{BASE}/campaigns/{slug}");
    let ask = async |query: &str| {
        let json = site.get(&format!("/oembed?url={url}{query}")).await.text;
        serde_json::from_str::<serde_json::Value>(&json).expect("JSON")
    };
    let drawn = ask("").await;
    assert_eq!(drawn["thumbnail_url"], format!("{BASE}/media/art/{slug}.png"));
    assert_eq!(
        (&drawn["thumbnail_width"], &drawn["thumbnail_height"]),
        (&1_200.into(), &630.into())
    );
    let again = async |picture: &str, image: &str| {
        let set = format!("update campaign set picture = {picture}, image = '{image}'");
        site.stage.tamper(&set).await;
        site.stage.backend.hub.embeds().touch_all();
        // The first one who asks starts the reading.
        for _ in 0..1_000 {
            ask("").await;
            tokio::task::yield_now().await;
        }
    };
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    let picture =
        format!("'{{\"id\":\"{id}\",\"width\":1440,\"height\":900,\"blur\":\"\",\"alt\":\"\"}}'");
    again(&picture, "").await;
    let whole = ask("").await;
    assert_eq!(whole["thumbnail_url"], format!("{BASE}/media/{id}/1440.jpg"));
    assert_eq!(
        (&whole["thumbnail_width"], &whole["thumbnail_height"]),
        (&1_440.into(), &900.into())
    );
    let small = ask("&maxwidth=700&maxheight=700").await;
    assert_eq!(small["thumbnail_url"], format!("{BASE}/media/{id}/640.webp"));
    assert_eq!((&small["thumbnail_width"], &small["thumbnail_height"]), (&640.into(), &400.into()));
    assert_eq!(ask("&maxwidth=100").await.get("thumbnail_url"), None);
    // Of a picture from elsewhere nobody knows the size.
    again("null", "/imported/a.jpg").await;
    assert_eq!(ask("").await.get("thumbnail_url"), None);
}
