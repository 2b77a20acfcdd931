//! A picture on its way: from a form or our script into a campaign, and out again to
//! everybody's browser.

use app::http::FUNCTIONS;
use axum::body::{Body, to_bytes};
use backend::{Options, media::work};
use domain::{
    Locale, Problem,
    account::Role,
    media::{LARGEST_FILE, Picture, Unfit},
};
use http::{HeaderMap, Method, StatusCode};

use super::{
    html::elements,
    site::{Answer, BASE, Site, request},
};

pub(super) const BOUNDARY: &str = "----between";
pub(super) const SLUG: &str = "tide-clock";

/// Red dots, as PNG: its parts are packed without being made smaller.
fn png(width: u32, height: u32) -> Vec<u8> {
    let line = [&[0][..], &[200, 30, 30].repeat(width as usize)].concat();
    let dots = line.repeat(height as usize);
    let mut packed = vec![0x78, 0x01];
    let mut blocks = dots.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        packed.push(u8::from(blocks.peek().is_none()));
        let length = u16::try_from(block.len()).expect("a block");
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(block);
    }
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in &dots {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    packed.extend(((b << 16) | a).to_be_bytes());
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    for (name, content) in [(b"IHDR", head), (b"IDAT", packed), (b"IEND", Vec::new())] {
        let part = [&name[..], &content].concat();
        file.extend(u32::try_from(content.len()).expect("short").to_be_bytes());
        file.extend(&part);
        let sum = part.iter().fold(u32::MAX, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
                if sum & 1 == 1 { (sum >> 1) ^ 0xedb8_8320 } else { sum >> 1 }
            })
        });
        file.extend((!sum).to_be_bytes());
    }
    file
}

/// A form with a file, as a browser writes it.
pub(super) fn form(fields: &[(&str, &str)], name: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, value) in fields {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
        );
        body.extend(head.as_bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
         content-type: image/png\r\n\r\n"
    );
    body.extend(head.as_bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

async fn post(site: &Site, accept: &str, cookie: &str, body: Vec<u8>) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let referer = format!("{BASE}/studio/{SLUG}/basics");
    let headers = [
        ("accept", accept),
        ("content-type", kind.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("referer", referer.as_str()),
        ("cookie", cookie),
    ];
    let path = format!("/studio/{SLUG}/media");
    site.ask(request(Method::POST, &path, &headers, Body::from(body))).await
}

const PAGE: &str = "text/html,application/xhtml+xml";
const SCRIPT: &str = "application/json";
const CLOCK: [(&str, &str); 2] = [("of", "campaign"), ("alt", "A clock")];

/// Somebody who writes a campaign.
pub(super) async fn author(site: &Site) -> String {
    let cookie = site.sign_in_as("ada", Role::Member).await;
    let idea = [
        ("form[title]", "Tide Clock"),
        ("form[category]", "design"),
        ("form[country]", "FR"),
        ("form[currency]", "EUR"),
        ("form[rule]", "all_or_nothing"),
    ];
    let path = format!("{FUNCTIONS}/studio/start");
    let answer = site.submit("/start", &path, &idea, &cookie).await;
    assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.text);
    cookie
}

/// A file as a browser gets it.
async fn fetch(site: &Site, path: &str, known: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let headers = [("if-none-match", known)];
    let answer = site.open(request(Method::GET, path, &headers, Body::empty())).await;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, 10_000_000).await.expect("a body");
    (parts.status, parts.headers, body.to_vec())
}

#[tokio::test]
async fn our_script_learns_what_is_to_be_shown_and_a_plain_form_is_led_back() {
    for site in Site::both().await {
        let cookie = author(&site).await;
        let answer = post(&site, SCRIPT, &cookie, form(&CLOCK, "c.png", &png(700, 400))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let picture: Picture = serde_json::from_str(&answer.text).expect("a picture");
        assert_eq!((picture.width, picture.height, picture.alt.as_str()), (700, 400, "A clock"));
        let answer = post(&site, PAGE, &cookie, form(&CLOCK, "c.png", &png(700, 400))).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
        assert_eq!(answer.location(), format!("/studio/{SLUG}/basics?saved=1"));
        let page = site.get_with(&answer.location(), &[("cookie", &cookie)]).await;
        let page = elements(&page.text);
        let shown = page.iter().find(|it| it.attribute("alt") == Some("A clock"));
        let shown = shown.and_then(|it| it.attribute("src")).expect("the picture");
        assert!(shown.starts_with("/media/") && shown.ends_with("/640.webp"), "{shown}");
    }
}

#[tokio::test]
async fn a_file_of_a_picture_is_kept_for_a_year_and_does_nothing_by_itself() {
    let site = Site::sqlite().await;
    let cookie = author(&site).await;
    let answer = post(&site, SCRIPT, &cookie, form(&CLOCK, "c.png", &png(700, 400))).await;
    let picture: Picture = serde_json::from_str(&answer.text).expect("a picture");
    for (path, kind) in [(picture.src(320), "image/webp"), (picture.shared(), "image/jpeg")] {
        let (status, headers, body) = fetch(&site, &path, "").await;
        assert_eq!(
            (status, &headers["content-type"]),
            (StatusCode::OK, &kind.parse().expect("a kind"))
        );
        assert_eq!(headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["content-security-policy"], "default-src 'none'; sandbox");
        assert!(body.len() > 100);
        let tag = headers["etag"].to_str().expect("text").to_owned();
        let (status, headers, body) = fetch(&site, &path, &tag).await;
        assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
        assert_eq!(headers["etag"], tag);
    }
    // A small one: AVIF takes its time, the more so without optimisation.
    let answer = post(&site, SCRIPT, &cookie, form(&CLOCK, "c.png", &png(60, 40))).await;
    let small: Picture = serde_json::from_str(&answer.text).expect("a picture");
    site.stage
        .tamper(&format!("update media set work_at = null where width <> {}", small.width))
        .await;
    let avif = small.file(60, "avif");
    let (_, headers, _) = fetch(&site, &avif, "").await;
    assert_eq!(
        (&headers["content-type"], &headers["cache-control"]),
        (&"image/webp".parse().expect("a kind"), &"public, max-age=60".parse().expect("a time"),)
    );
    let early = headers["etag"].to_str().expect("text").to_owned();
    work::once(&site.stage.backend).await.expect("made");
    let (status, headers, _) = fetch(&site, &avif, &early).await;
    assert_eq!(
        (status, &headers["content-type"]),
        (StatusCode::OK, &"image/avif".parse().expect("a kind"))
    );
    for path in [
        picture.src(321),
        picture.file(320, "png"),
        picture.file(320, "svg"),
        format!("/media/{}/source.png", picture.id),
        picture.src(320).replace(&picture.id.to_string(), "0190163d-8694-739b-aea5-966c26f8ad91"),
        "/media/x/320.webp".into(),
    ] {
        assert_eq!(fetch(&site, &path, "").await.0, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn who_sees_a_campaign_gets_the_width_that_fits() {
    let site = Site::sqlite().await;
    let cookie = author(&site).await;
    let answer = post(&site, SCRIPT, &cookie, form(&CLOCK, "c.png", &png(1_500, 900))).await;
    let picture: Picture = serde_json::from_str(&answer.text).expect("a picture");
    site.stage.tamper("update campaign set state = 'live', launched_at = created_at").await;
    for (path, is_card) in [(format!("/campaigns/{SLUG}"), false), ("/discover".into(), true)] {
        let page = site.get(&path).await.text;
        let page = elements(&page);
        let named = |name: &str, attribute: &str, value: &str| {
            page.iter().any(|it| it.name == name && it.attribute(attribute) == Some(value))
        };
        assert!(named("source", "srcset", &picture.srcset("avif")), "{path}");
        assert!(named("img", "srcset", &picture.srcset("webp")), "{path}");
        assert!(named("img", "src", &picture.blur), "{path}: the blur");
        assert!(is_card || named("img", "alt", "A clock"), "{path}");
        assert!(is_card || named("meta", "content", &format!("{BASE}{}", picture.shared())));
    }
}

#[tokio::test]
async fn a_refused_picture_says_why_and_keeps_what_was_typed() {
    let site = Site::sqlite().await;
    let cookie = author(&site).await;
    let page_named_png = b"<html><script>alert(1)</script></html>";
    for accept in [SCRIPT, PAGE] {
        let answer = post(&site, accept, &cookie, form(&CLOCK, "c.png", page_named_png)).await;
        let sentence = Unfit::NotAPicture.say(Locale::En);
        if accept == SCRIPT {
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let problem: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
            assert_eq!(problem["problem"], sentence);
            continue;
        }
        let to = answer.location();
        assert!(to.starts_with(&format!("/studio/{SLUG}/basics?")), "{to}");
        let back = site.get_with(&to, &[("cookie", &cookie)]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(back.text.contains(&sentence), "{}", back.text);
        let page = elements(&back.text);
        let alt = page.iter().find(|it| it.attribute("name") == Some("alt")).expect("a field");
        assert_eq!(alt.attribute("value"), Some("A clock"));
    }
    let untold = form(&[("of", "campaign")], "c.png", &png(100, 100));
    let answer = post(&site, SCRIPT, &cookie, untold).await;
    assert!(answer.text.contains(&Problem::Missing.say(Locale::En)), "{}", answer.text);
}

#[tokio::test]
async fn a_file_beyond_the_limit_is_refused_whoever_sends_it() {
    let site = Site::sqlite().await;
    let cookie = author(&site).await;
    let vast = vec![0x89; LARGEST_FILE + 128 * 1024];
    let answer = post(&site, SCRIPT, &cookie, form(&CLOCK, "c.png", &vast)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text.contains(&Unfit::TooLarge.say(Locale::En)), "{}", answer.text);
    let length = (LARGEST_FILE + 128 * 1024).to_string();
    let headers = [
        ("content-length", length.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie.as_str()),
    ];
    let path = format!("/studio/{SLUG}/media");
    let answer = site.ask(request(Method::POST, &path, &headers, Body::empty())).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "before a byte is read");
    // Anything but an upload stays small.
    let path = format!("{FUNCTIONS}/studio/save-basics");
    let answer = site.ask(request(Method::POST, &path, &headers, Body::empty())).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn nobody_else_brings_a_picture() {
    for site in Site::both().await {
        author(&site).await;
        let stranger = site.sign_in_as("eve", Role::Member).await;
        let operator = site.sign_in_as("olga", Role::Operator).await;
        let before = site.stage.number("select count(*) from media").await;
        for (cookie, status) in [
            ("", StatusCode::UNAUTHORIZED),
            (stranger.as_str(), StatusCode::NOT_FOUND),
            (operator.as_str(), StatusCode::NOT_FOUND),
        ] {
            for accept in [SCRIPT, PAGE] {
                let body = form(&CLOCK, "c.png", &png(100, 100));
                let answer = post(&site, accept, cookie, body).await;
                assert_eq!(answer.status, status, "{}", answer.text);
            }
        }
        assert_eq!(site.stage.number("select count(*) from media").await, before);
    }
}

#[tokio::test]
async fn pictures_come_at_the_pace_of_a_person() {
    let site = Site::with(Options { rate_limits: true, ..Options::default() }).await;
    let cookie = author(&site).await;
    let mut statuses = Vec::new();
    for _ in 0..40 {
        let answer = post(&site, SCRIPT, &cookie, form(&CLOCK, "c.png", b"no picture")).await;
        statuses.push(answer.status);
    }
    let refused = statuses.iter().filter(|it| **it == StatusCode::TOO_MANY_REQUESTS).count();
    assert!((5..=10).contains(&refused), "{refused} of 40");
    assert!(statuses[..30].iter().all(|it| *it == StatusCode::UNPROCESSABLE_ENTITY));
}
