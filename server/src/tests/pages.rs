//! Every page, and what every answer carries.

use std::collections::BTreeSet;

use axum::body::Body;
use backend::{Options, pledge};
use domain::{campaign::CampaignState, reward::Image};
use http::{Method, StatusCode};

use super::{
    html::elements,
    site::{Answer, Site, request},
    stage::{amount, one},
};

/// Headers of every answer.
const CAREFUL: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=()"),
];

/// The pages that anyone may open.
async fn public(site: &Site) -> Vec<String> {
    let slug = site.stage.campaign(|_| ()).await;
    let reward = site.stage.limited(&slug, 3).await;
    let placed = site.stage.place(&slug, "ada", one(reward)).await.expect("placed");
    let key = pledge::key(&site.stage.backend, placed.pledge);
    let over = site.stage.campaign(|new| new.state = CampaignState::Failed).await;
    vec![
        "/".into(),
        "/discover".into(),
        "/discover?q=campaign&category=design&state=any&sort=newest&currency=EUR&page=1".into(),
        "/discover?page=99".into(),
        format!("/campaigns/{slug}"),
        format!("/campaigns/{slug}/rewards"),
        format!("/campaigns/{slug}/community"),
        format!("/campaigns/{slug}/pledge"),
        format!("/campaigns/{slug}/pledge?reward={reward}&bonus=5&country=FR"),
        format!("/campaigns/{over}"),
        format!("/campaigns/{over}/pledge"),
        format!("/campaigns/{slug}/accounting"),
        format!("/campaigns/{over}/accounting"),
        format!("/campaigns/{slug}/changes"),
        format!("/campaigns/{over}/changes?since=1&until=x"),
        format!("/pledges/{}?key={key}", placed.pledge),
        format!("/pledges/{}?key={key}&placed=1", placed.pledge),
        "/sign-in".into(),
        "/sign-in?next=/pledges".into(),
        "/sign-up".into(),
        "/sign-up?sent=1".into(),
        "/account/confirm?token=x".into(),
        "/sign-in/letter".into(),
        "/sign-in/letter?sent=1&next=%2Fpledges".into(),
        "/account/letter?token=x".into(),
        "/api/v1/docs".into(),
    ]
}

fn assert_careful(answer: &Answer, path: &str) {
    for (name, value) in CAREFUL {
        assert_eq!(answer.header(name), value, "{name} of {path}");
    }
    assert!(!answer.header("content-security-policy").is_empty(), "{path}");
    assert!(!answer.header("x-request-id").is_empty(), "{path}");
}

#[tokio::test]
async fn every_page_of_a_demonstration_says_so_once() {
    let of_demo = Options { is_demo: true, rate_limits: false, ..Options::default() };
    for (site, said) in [(Site::with(of_demo).await, 1), (Site::sqlite().await, 0)] {
        let invented = site.stage.campaign(|new| new.is_demo = true).await;
        let mut paths = public(&site).await;
        paths.retain(|path| path != "/api/v1/docs");
        let cookie = site.sign_in("eve").await;
        paths.extend(["/account", "/pledges", "/no/such/page", "/campaigns/none"].map(Into::into));
        if said == 1 {
            paths.push("/demo/mailbox".into());
            paths.push(format!("/campaigns/{invented}"));
        }
        for path in paths {
            for cookie in ["", &cookie] {
                let answer = site.get_with(&path, &[("cookie", cookie)]).await;
                if answer.status.is_redirection() {
                    continue;
                }
                let notices = answer.text.matches("class=\"demo-notice\"").count();
                assert_eq!(notices, said, "{path}");
                assert_eq!(
                    answer.text.contains("<html lang=\"en\" data-demo"),
                    said == 1,
                    "{path}"
                );
                assert!(said == 0 || !answer.text.contains(">Demonstration<"), "{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_reward_shows_its_picture_with_its_words() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let address = "/media/art/kettle-30-7.svg".into();
        let image = Image { address, alt: "A kettle".into(), picture: None };
        site.stage.reward(&slug, |new| new.image = Some(image.clone())).await;
        for tab in ["", "/rewards"] {
            let page = site.get(&format!("/campaigns/{slug}{tab}")).await.text;
            let elements = elements(&page);
            let pictures = elements.iter().filter(|element| element.name == "img");
            let own: Vec<_> = pictures
                .filter(|picture| picture.attribute("src") == Some(image.address.as_str()))
                .collect();
            assert_eq!(own.len(), 1, "{tab}");
            assert_eq!(own[0].attribute("alt"), Some("A kettle"), "{tab}");
        }
    }
}

#[tokio::test]
async fn an_invented_campaign_says_so_where_the_site_does_not() {
    let site = Site::sqlite().await;
    let invented = site.stage.campaign(|new| new.is_demo = true).await;
    for path in ["/", "/discover"] {
        let page = site.get(path).await.text;
        assert!(page.contains("Demonstration"), "{path}");
    }
    for tab in ["", "/rewards", "/community", "/pledge"] {
        let page = site.get(&format!("/campaigns/{invented}{tab}")).await.text;
        assert_eq!(page.matches("class=\"demo-notice\"").count(), 1, "{tab}");
        assert!(page.contains("This campaign is a demonstration"), "{tab}");
    }
}

#[tokio::test]
async fn every_public_page_is_whole_without_scripts() {
    for site in Site::both().await {
        for path in public(&site).await {
            let answer = site.get(&path).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
            let elements = elements(&answer.text);
            let headings = elements.iter().filter(|element| element.name == "h1").count();
            assert_eq!(headings, 1, "one first heading on {path}");
            let title = elements.iter().find(|element| element.name == "title").expect("a title");
            assert!(title.text.len() > 5, "{path} is called {:?}", title.text);
            assert!(elements.iter().any(|element| element.name == "main"), "{path}");
            assert!(answer.header("content-type").starts_with("text/html"), "{path}");
            assert_careful(&answer, &path);
        }
    }
}

#[tokio::test]
async fn pages_of_ones_own_ask_to_sign_in_and_open_afterwards() {
    let site = Site::sqlite().await;
    let cookie = site.sign_in("ada").await;
    for path in ["/pledges", "/account"] {
        let stranger = site.get(path).await;
        assert_eq!(stranger.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(
            stranger.text.contains(&format!("/sign-in?next=%2F{}", &path[1..])),
            "the way back is kept"
        );
        assert_eq!(elements(&stranger.text).iter().filter(|e| e.name == "h1").count(), 1, "{path}");
        assert_careful(&stranger, path);
        let owner = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(owner.status, StatusCode::OK, "{path}");
        assert!(owner.header("cache-control").contains("private"), "{path} is nobody else's");
        assert!(owner.header("vary").contains("cookie"), "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_and_says_so() {
    let site = Site::sqlite().await;
    let draft = site.stage.campaign(|new| new.state = CampaignState::Draft).await;
    let slug = site.stage.campaign(|_| ()).await;
    let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
    for path in [
        "/nowhere".to_owned(),
        "/campaigns/nowhere".into(),
        "/campaigns/nowhere/rewards".into(),
        "/campaigns/nowhere/community".into(),
        "/campaigns/nowhere/pledge".into(),
        format!("/campaigns/{draft}"),
        format!("/campaigns/{draft}/pledge"),
        "/pledges/nonsense".into(),
        format!("/pledges/{}", placed.pledge),
        format!("/pledges/{}?key=wrong", placed.pledge),
        "/campaigns".into(),
        "/demo/mailbox".into(),
        "/admin".into(),
    ] {
        let answer = site.get(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(elements(&answer.text).iter().filter(|e| e.name == "h1").count(), 1, "{path}");
        assert_careful(&answer, &path);
    }
    for path in [
        "/missing.png",
        "/pkg/x.wasm",
        "/api/nowhere",
        "/api/fn/nowhere",
        "/assets.json",
        "/../Cargo.toml",
        "/.env",
    ] {
        let answer = site.get(path).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert_careful(&answer, path);
    }
}

#[tokio::test]
async fn each_answer_has_a_nonce_of_its_own_and_the_script_carries_it() {
    let site = Site::sqlite().await;
    let mut nonces = BTreeSet::new();
    for _ in 0..8 {
        let answer = site.get("/").await;
        let policy = answer.header("content-security-policy").to_owned();
        let nonce = policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .expect("a nonce");
        assert!(nonce.len() >= 22, "128 bits: {nonce}");
        assert!(nonces.insert(nonce.to_owned()), "a nonce is used once");
        for part in [
            "default-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "'wasm-unsafe-eval'",
        ] {
            assert!(policy.contains(part), "{policy}");
        }
        for unsafe_part in ["unsafe-inline", "'unsafe-eval'", "http:", "https:", "*"] {
            assert!(!policy.contains(unsafe_part), "{policy}");
        }
        for script in elements(&answer.text).iter().filter(|element| element.name == "script") {
            let is_data = script.attribute("type") == Some("application/ld+json");
            assert!(is_data || script.attribute("nonce") == Some(nonce), "{}", script.shape());
        }
    }
}

#[tokio::test]
async fn no_page_loads_from_elsewhere_or_runs_what_stands_in_it() {
    let site = Site::sqlite().await;
    for path in public(&site).await {
        for element in elements(&site.get(&path).await.text) {
            for (name, value) in &element.attributes {
                assert!(!name.starts_with("on") && name != "style", "{path}: {}", element.shape());
                let loads =
                    ["src", "srcset", "href", "action", "poster", "data"].contains(&name.as_str());
                // Addresses that a browser shows or tells, and does not load by itself.
                let is_link = element.name == "a"
                    || matches!(element.attribute("rel"), Some("canonical" | "alternate"));
                let is_ours = !value.contains("//")
                    || ["data:image/svg+xml", "data:image/webp;base64,"]
                        .iter()
                        .any(|drawn| value.starts_with(drawn));
                assert!(!loads || is_link || is_ours, "{path} loads {value}");
                assert!(
                    !value.trim_start().to_lowercase().starts_with("javascript:"),
                    "{path}: {value}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_site_on_tls_says_so() {
    let options = Options { base_url: "https://pedestal.example".into(), ..Options::default() };
    let site = Site::with(options).await;
    let slug = site.stage.campaign(|_| ()).await;
    let answer = site.get(&format!("/campaigns/{slug}")).await;
    assert!(answer.header("strict-transport-security").starts_with("max-age=63072000"));
    let elements = elements(&answer.text);
    let canonical = elements
        .iter()
        .find(|element| element.attribute("rel") == Some("canonical"))
        .expect("canonical");
    assert_eq!(
        canonical.attribute("href"),
        Some(format!("https://pedestal.example/campaigns/{slug}").as_str())
    );
    let plain = Site::sqlite().await.get("/").await;
    assert_eq!(
        plain.header("strict-transport-security"),
        "",
        "a first try without TLS is not locked out"
    );
}

#[tokio::test]
async fn a_campaign_tells_other_sites_what_it_is() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|new| new.title = "Été & «cie»".into()).await;
    let elements = elements(&site.get(&format!("/campaigns/{slug}")).await.text);
    let meta = |name: &str| {
        let found = elements
            .iter()
            .find(|e| e.attribute("property") == Some(name) || e.attribute("name") == Some(name));
        found.and_then(|e| e.attribute("content")).unwrap_or_default().to_owned()
    };
    assert_eq!(meta("og:title"), "Été & «cie»");
    assert_eq!(meta("description"), "Of a test.");
    let picture = meta("og:image");
    let picture = picture.strip_prefix(super::site::BASE).expect("a whole address of ours");
    assert!(picture.starts_with("/media/art/") && picture.ends_with(".png"), "{picture}");
    assert_eq!(meta("twitter:card"), "summary_large_image");
    assert!(!meta("og:image:alt").is_empty(), "the title stands in where nobody described it");
    let answer = site.open(request(Method::GET, picture, &[], Body::empty())).await;
    assert_eq!(answer.headers()["content-type"], "image/png");
    assert!(answer.headers()["cache-control"].to_str().expect("text").contains("immutable"));
    let dots = axum::body::to_bytes(answer.into_body(), 5_000_000).await.expect("a body");
    assert_eq!(&dots[..8], b"\x89PNG\r\n\x1a\n");
    // The first chunk of a PNG begins with its width and height.
    let number = |at: usize| u32::from_be_bytes(dots[at..at + 4].try_into().expect("four bytes"));
    assert_eq!((number(16), number(20)), (1_200, 630));
    assert_eq!((meta("og:image:width"), meta("og:image:height")), ("1200".into(), "630".into()));
    let data = elements
        .iter()
        .find(|e| e.attribute("type") == Some("application/ld+json"))
        .expect("JSON-LD");
    let data: serde_json::Value = serde_json::from_str(&data.text).expect("JSON");
    assert_eq!(data["name"], "Été & «cie»");
}

#[tokio::test]
async fn the_language_is_the_browsers_until_one_is_chosen() {
    let site = Site::sqlite().await;
    let lang = |answer: &Answer| {
        let elements = elements(&answer.text);
        elements
            .iter()
            .find(|e| e.name == "html")
            .and_then(|e| e.attribute("lang"))
            .unwrap_or_default()
            .to_owned()
    };
    for (headers, tag) in [
        (&[][..], "en"),
        (&[("accept-language", "fr-CH, fr;q=0.9, en;q=0.8")], "fr"),
        (&[("accept-language", "de, en;q=0.1, fr;q=0.2")], "fr"),
        (&[("accept-language", "de")], "en"),
        (&[("accept-language", "fr"), ("cookie", "locale=en")], "en"),
        (&[("accept-language", "en"), ("cookie", "locale=fr")], "fr"),
        (&[("cookie", "locale=xx")], "en"),
    ] {
        let answer = site.get_with("/", headers).await;
        assert_eq!(
            (lang(&answer).as_str(), answer.header("content-language")),
            (tag, tag),
            "{headers:?}"
        );
    }
    let switched =
        site.submit("/", "/language", &[("locale", "fr"), ("next", "/discover?q=x")], "").await;
    assert_eq!(
        (switched.status, switched.location()),
        (StatusCode::SEE_OTHER, "/discover?q=x".into())
    );
    assert_eq!(switched.cookie("locale"), Some("locale=fr".into()));
    let away =
        site.submit("/", "/language", &[("locale", "fr"), ("next", "//evil.example")], "").await;
    assert_eq!(away.location(), "/");
}

#[tokio::test]
async fn head_answers_as_get_without_the_body() {
    let site = Site::sqlite().await;
    for path in ["/", "/discover", "/nowhere", "/healthz"] {
        let get = site.get(path).await;
        let head = site.ask(request(Method::HEAD, path, &[], Body::empty())).await;
        assert_eq!((head.status, head.text.as_str()), (get.status, ""), "{path}");
    }
}
