//! The frame around a film of a provider's: nothing of theirs before it is asked for.

use http::StatusCode;

use super::{html::elements, site::Site};

const PROVIDERS: [(&str, &str, &str); 2] = [
    ("/film/youtube/dQw4w9WgXcQ", "YouTube", "https://www.youtube-nocookie.com"),
    ("/film/vimeo/76979871", "Vimeo", "https://player.vimeo.com"),
];

#[tokio::test]
async fn a_film_is_offered_first_and_loads_its_player_only_once_it_is_asked_for() {
    let site = Site::sqlite().await;
    for (path, provider, origin) in PROVIDERS {
        let answer = site.get(&format!("{path}?lang=fr")).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.text.contains(&format!("Lire le film depuis {provider}")), "{path}");
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(policy.ends_with("frame-ancestors 'self'"), "{policy}");
        assert!(!policy.contains("http") && !policy.contains("unsafe"), "{policy}");
        let loads = ["iframe", "img", "script", "link", "object", "video"];
        let loaded =
            elements(&answer.text).into_iter().find(|it| loads.contains(&it.name.as_str()));
        assert_eq!(loaded, None, "{path}");
        assert!(answer.cookies().is_empty(), "{path}");

        let played = site.get(&format!("{path}?lang=fr&play=1")).await;
        let policy = played.header("content-security-policy");
        assert!(policy.contains(&format!("frame-src {origin}; ")), "{policy}");
        assert_eq!(policy.matches("https://").count(), 1, "and nobody else's: {policy}");
        assert!(played.text.contains(&format!("<iframe src=\"{origin}/")), "{}", played.text);
        assert!(played.text.contains("sandbox=\"") && !played.text.contains("top-navigation"));
    }
}

#[tokio::test]
async fn what_is_no_film_has_no_frame_and_no_other_page_may_hold_a_providers() {
    let site = Site::sqlite().await;
    for path in ["/film/youtube/short", "/film/vimeo/x", "/film/other/1", "/film/vimeo/1%22onload"]
    {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let slug = site.stage.campaign(|_| ()).await;
    for path in ["/".to_owned(), format!("/campaigns/{slug}"), format!("/campaigns/{slug}/pledge")]
    {
        let policy = site.get(&path).await.header("content-security-policy").to_owned();
        assert!(!policy.contains("youtube") && !policy.contains("vimeo"), "{path}: {policy}");
    }
}
