//! A film on its way: from the editor into a campaign, and out again part by part, as
//! players ask for it.

use axum::body::{Body, to_bytes};
use backend::media::sweep;
use domain::{
    Locale,
    account::Role,
    media::{
        Captions, KEPT_UNUSED_DAYS, Recording, RecordingKind, Uncaptioned, Unplayable,
        captions::{LARGEST_CAPTIONS, MOST_CAPTIONS},
        recording::{LARGEST_RECORDING, MOST_RECORDINGS},
    },
    time::DAY,
};
use http::{HeaderMap, Method, StatusCode};

use super::{
    pictures::{BOUNDARY, SLUG, author, form},
    site::{Answer, BASE, Site, request},
};

/// A film with so many bytes to be seen.
fn film(bytes: usize) -> Vec<u8> {
    let part = |name: &[u8], content: &[u8]| {
        let length = u32::try_from(content.len() + 8).expect("short");
        [&length.to_be_bytes()[..], name, content].concat()
    };
    let seen: Vec<u8> = (0..bytes).map(|at| u8::try_from(at % 251).expect("less")).collect();
    [
        part(b"ftyp", b"isom\0\0\x02\0isomiso2avc1mp41"),
        part(b"moov", &[3; 100]),
        part(b"mdat", &seen),
    ]
    .concat()
}

async fn post(site: &Site, cookie: &str, body: Vec<u8>) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let length = body.len().to_string();
    let referer = format!("{BASE}/campaigns/{SLUG}/edit");
    let headers = [
        ("accept", "application/json"),
        ("content-type", kind.as_str()),
        ("content-length", length.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("referer", referer.as_str()),
        ("cookie", cookie),
    ];
    let path = format!("/studio/{SLUG}/recordings");
    site.ask(request(Method::POST, &path, &headers, Body::from(body))).await
}

async fn kept(site: &Site, cookie: &str, film: &[u8]) -> Recording {
    let answer = post(site, cookie, form(&[], "f.mp4", film)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    serde_json::from_str(&answer.text).expect("a recording")
}

async fn fetch(
    site: &Site,
    path: &str,
    headers: &[(&str, &str)],
) -> (StatusCode, HeaderMap, Vec<u8>) {
    let answer = site.open(request(Method::GET, path, headers, Body::empty())).await;
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, 50_000_000).await.expect("a body");
    (parts.status, parts.headers, body.to_vec())
}

#[tokio::test]
async fn a_film_comes_in_and_is_played_part_by_part() {
    for site in Site::both().await {
        let cookie = author(&site).await;
        // Longer than one piece of the store's.
        let film = film(6_000_000);
        let recording = kept(&site, &cookie, &film).await;
        assert_eq!(recording.kind, RecordingKind::Mp4);
        let src = recording.src();
        let (status, headers, body) = fetch(&site, &src, &[]).await;
        assert_eq!((status, body.len()), (StatusCode::OK, film.len()));
        assert!(body == film, "as it came");
        for (name, value) in [
            ("content-type", "video/mp4"),
            ("accept-ranges", "bytes"),
            ("cache-control", "public, max-age=31536000, immutable"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(headers[name], value);
        }
        let disposition = headers["content-disposition"].to_str().expect("text");
        assert!(disposition.starts_with("inline; filename=\""), "{disposition}");
        let policy = headers["content-security-policy"].to_str().expect("text");
        assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"));
        let tag = headers["etag"].to_str().expect("text").to_owned();

        let (status, headers, body) = fetch(&site, &src, &[("range", "bytes=100-199")]).await;
        assert_eq!(status, StatusCode::PARTIAL_CONTENT);
        assert_eq!(headers["content-range"], format!("bytes 100-199/{}", film.len()));
        assert_eq!(headers["content-length"], "100");
        assert!(headers.get("content-encoding").is_none());
        assert_eq!(body, film[100..200]);
        let (status, _, body) = fetch(&site, &src, &[("range", "bytes=-5")]).await;
        assert_eq!((status, body), (StatusCode::PARTIAL_CONTENT, film[film.len() - 5..].to_vec()));
        let beyond = format!("bytes={}-", film.len());
        let (status, headers, body) = fetch(&site, &src, &[("range", &beyond)]).await;
        assert_eq!((status, body.len()), (StatusCode::RANGE_NOT_SATISFIABLE, 0));
        assert_eq!(headers["content-range"], format!("bytes */{}", film.len()));

        // Only of the file that the player knows.
        for (known, status) in
            [(tag.as_str(), StatusCode::PARTIAL_CONTENT), ("\"other\"", StatusCode::OK)]
        {
            let asked = [("range", "bytes=0-9"), ("if-range", known)];
            assert_eq!(fetch(&site, &src, &asked).await.0, status, "{known}");
        }
        let known = fetch(&site, &src, &[("if-none-match", &tag)]).await;
        assert_eq!((known.0, known.2.len()), (StatusCode::NOT_MODIFIED, 0));

        for path in [
            src.replace(".mp4", ".webm"),
            src.replace(".mp4", ".html"),
            src.replace(".mp4", ""),
            "/media/recordings/0190163d-8694-739b-aea5-966c26f8ad91.mp4".into(),
            "/media/recordings/..%2F..%2Fsecret.mp4".into(),
        ] {
            assert_eq!(fetch(&site, &path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn what_is_no_film_is_refused_and_leaves_nothing() {
    for site in Site::both().await {
        let cookie = author(&site).await;
        let whole = film(500);
        for (file, why) in [
            (b"<html><script>alert(1)</script></html>".repeat(9), Unplayable::Unknown),
            (whole[..whole.len() - 1].to_vec(), Unplayable::Broken),
            (whole[..10].to_vec(), Unplayable::Unknown),
            ([&whole[..64], &b"<script>".repeat(90)].concat(), Unplayable::Broken),
        ] {
            let answer = post(&site, &cookie, form(&[], "f.mp4", &file)).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let problem: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
            assert_eq!(problem["problem"], why.say(Locale::En));
        }
        // The connection ends in the middle of the form.
        let mut cut = form(&[], "f.mp4", &whole);
        cut.truncate(cut.len() - 300);
        let answer = post(&site, &cookie, cut).await;
        assert!(answer.status.is_client_error(), "{}", answer.status);
        let left = "select count(*) from recording where state <> 'dropped'";
        assert_eq!(site.stage.number(left).await, 0);
        sweep::run(&site.stage.backend, site.stage.clock.now()).await.expect("swept");
        assert_eq!(site.stage.number("select count(*) from recording").await, 0);
    }
}

#[tokio::test]
async fn a_film_beyond_the_limit_is_refused_before_a_byte_is_read() {
    let site = Site::sqlite().await;
    let cookie = author(&site).await;
    let length = (LARGEST_RECORDING + 128 * 1024).to_string();
    let headers = [
        ("content-length", length.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("cookie", cookie.as_str()),
    ];
    let path = format!("/studio/{SLUG}/recordings");
    let answer = site.ask(request(Method::POST, &path, &headers, Body::empty())).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_campaign_keeps_so_many_films_and_forgets_what_nothing_shows() {
    for site in Site::both().await {
        let cookie = author(&site).await;
        let mut first = None;
        for _ in 0..MOST_RECORDINGS {
            first.get_or_insert(kept(&site, &cookie, &film(200)).await);
        }
        let one_more = post(&site, &cookie, form(&[], "f.mp4", &film(200))).await;
        assert!(one_more.text.contains(&Unplayable::TooMany.say(Locale::En)), "{}", one_more.text);

        let first = first.expect("at least one is kept");
        let stage = &site.stage;
        stage
            .tamper(&format!("update campaign set story_html = '<video src=\"{}\">'", first.src()))
            .await;
        let now = stage.clock.now();
        sweep::run(&stage.backend, now).await.expect("swept");
        assert_eq!(stage.number("select count(*) from recording").await, MOST_RECORDINGS);
        let later = now.plus(KEPT_UNUSED_DAYS * DAY);
        sweep::run(&stage.backend, later).await.expect("swept");
        assert_eq!(stage.number("select count(*) from recording").await, 1);
        assert_eq!(fetch(&site, &first.src(), &[]).await.0, StatusCode::OK);
    }
}

#[tokio::test]
async fn nobody_else_brings_a_film() {
    for site in Site::both().await {
        author(&site).await;
        let stranger = site.sign_in_as("eve", Role::Member).await;
        let operator = site.sign_in_as("olga", Role::Operator).await;
        for (cookie, status) in [
            ("", StatusCode::UNAUTHORIZED),
            (stranger.as_str(), StatusCode::NOT_FOUND),
            (operator.as_str(), StatusCode::NOT_FOUND),
        ] {
            let answer = post(&site, cookie, form(&[], "f.mp4", &film(200))).await;
            assert_eq!(answer.status, status, "{}", answer.text);
        }
        assert_eq!(site.stage.number("select count(*) from recording").await, 0);
    }
}

const SAID: &str = "WEBVTT\n\n00:01.000 --> 00:04.000\nIt hums.\n";

async fn post_captions(site: &Site, cookie: &str, of: &str, said: &[u8]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let referer = format!("{BASE}/campaigns/{SLUG}/edit");
    let headers = [
        ("accept", "application/json"),
        ("content-type", kind.as_str()),
        ("sec-fetch-site", "same-origin"),
        ("referer", referer.as_str()),
        ("cookie", cookie),
    ];
    let body = form(&[("recording", of), ("language", "fr")], "f.vtt", said);
    let path = format!("/studio/{SLUG}/captions");
    site.ask(request(Method::POST, &path, &headers, Body::from(body))).await
}

#[tokio::test]
async fn captions_of_a_film_come_in_and_go_out_as_nothing_else() {
    for site in Site::both().await {
        let cookie = author(&site).await;
        let film = kept(&site, &cookie, &film(200)).await;
        let of = film.id.to_string();
        let answer = post_captions(&site, &cookie, &of, SAID.as_bytes()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let captions: Captions = serde_json::from_str(&answer.text).expect("captions");
        assert_eq!(captions.language, Locale::Fr);
        let (status, headers, body) = fetch(&site, &captions.src(), &[]).await;
        assert_eq!((status, body.as_slice()), (StatusCode::OK, SAID.as_bytes()));
        assert_eq!(headers["content-type"], "text/vtt; charset=utf-8");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert!(headers.get("set-cookie").is_none());

        for (said, why) in [
            (b"<html><script>alert(1)</script></html>".to_vec(), Uncaptioned::Unknown),
            (b"WEBVTT\n\n00:01,000 --> 00:04,000\nx".to_vec(), Uncaptioned::Untimed),
            (vec![b'x'; LARGEST_CAPTIONS + 1], Uncaptioned::TooLarge),
        ] {
            let answer = post_captions(&site, &cookie, &of, &said).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
            let problem: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
            assert_eq!(problem["problem"], why.say(Locale::En));
        }
        for path in [
            captions.src().replace(".vtt", ".html"),
            "/media/captions/0190163d-8694-739b-aea5-966c26f8ad91.vtt".into(),
        ] {
            assert_eq!(fetch(&site, &path, &[]).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        for _ in 1..MOST_CAPTIONS {
            post_captions(&site, &cookie, &of, SAID.as_bytes()).await;
        }
        let one_more = post_captions(&site, &cookie, &of, SAID.as_bytes()).await;
        assert!(one_more.text.contains(&Uncaptioned::TooMany.say(Locale::En)), "{}", one_more.text);
        assert_eq!(site.stage.number("select count(*) from caption").await, MOST_CAPTIONS);

        // They go with their film.
        let (stage, now) = (&site.stage, site.stage.clock.now());
        sweep::run(&stage.backend, now).await.expect("swept");
        let later = now.plus(KEPT_UNUSED_DAYS * DAY);
        sweep::run(&stage.backend, later).await.expect("swept");
        assert_eq!(stage.number("select count(*) from caption").await, 0);
        assert_eq!(fetch(&site, &captions.src(), &[]).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn nobody_else_gives_a_film_captions_and_no_other_film_gets_some() {
    for site in Site::both().await {
        let cookie = author(&site).await;
        let of = kept(&site, &cookie, &film(200)).await.id.to_string();
        let stranger = site.sign_in_as("eve", Role::Member).await;
        let unknown = "0190163d-8694-739b-aea5-966c26f8ad91";
        for (cookie, of, status) in [
            ("", of.as_str(), StatusCode::UNAUTHORIZED),
            (stranger.as_str(), of.as_str(), StatusCode::NOT_FOUND),
            (cookie.as_str(), unknown, StatusCode::NOT_FOUND),
        ] {
            let answer = post_captions(&site, cookie, of, SAID.as_bytes()).await;
            assert_eq!(answer.status, status, "{}", answer.text);
        }
        assert_eq!(site.stage.number("select count(*) from caption").await, 0);
    }
}
