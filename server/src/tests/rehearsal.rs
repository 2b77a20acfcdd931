//! The page of a rehearsal, as a browser without wasm asks for it.

use backend::Options;
use domain::{
    Locale,
    account::Role,
    rehearsal::scenario::MOST_BACKERS,
    words::{campaign as c, rehearsal as w},
};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    site::Site,
};

#[tokio::test]
async fn only_who_runs_it_opens_the_rehearsal() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let path = format!("/campaigns/{slug}/rehearsal");
        let (creator, stranger) = (site.sign_in("creator").await, site.sign_in("cleo").await);
        let operator = site.sign_in_as("operator", Role::Operator).await;
        let before = site.stage.rows().await;
        let letters = site.stage.number("select count(*) from mail").await;
        for (cookie, status) in [
            ("", StatusCode::UNAUTHORIZED),
            (stranger.as_str(), StatusCode::NOT_FOUND),
            (creator.as_str(), StatusCode::OK),
            (operator.as_str(), StatusCode::OK),
        ] {
            let page = site.get_with(&path, &[("cookie", cookie)]).await;
            assert_eq!(page.status, status, "{cookie}");
            let is_played = page.text.contains(w::outcome_successful(Locale::En));
            assert_eq!(is_played, status == StatusCode::OK, "{cookie}");
            assert!(page.header("cache-control").contains("private"), "{cookie}");
        }
        assert_eq!(site.stage.rows().await, before);
        assert_eq!(site.stage.number("select count(*) from mail").await, letters);
        let accounts = format!("/campaigns/{slug}/accounting");
        let link = format!("href=\"{path}\"");
        let own = site.get_with(&accounts, &[("cookie", &creator)]).await;
        assert!(own.text.contains(&link), "its creator finds it");
        let theirs = site.get_with(&accounts, &[("cookie", &stranger)]).await;
        assert!(!theirs.text.contains(&link), "nobody else is led there");
    }
}

#[tokio::test]
async fn the_address_is_the_scenario_and_the_page_says_it_in_both_languages() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|new| new.title = "A <b>lamp</b>".into()).await;
        let creator = site.sign_in("creator").await;
        let query = "backers=12&reach=far_below&declined=0&asked=0&mended=0&seed=3";
        let path = format!("/campaigns/{slug}/rehearsal?{query}");
        for locale in [Locale::En, Locale::Fr] {
            let cookie = format!("{creator}; locale={}", locale.tag());
            let page = site.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text);
            for words in
                [w::outcome_failed(locale), &c::backers_count(locale, 12), w::failed(locale)]
            {
                assert!(page.text.contains(words), "{words}");
            }
            assert!(!page.text.contains("<b>lamp"), "a title is text");
            assert_eq!(value_of(&page.text, "backers").as_deref(), Some("12"));
            assert_eq!(value_of(&page.text, "seed").as_deref(), Some("3"));
            let all = elements(&page.text);
            let chosen = all.iter().find(|e| e.attribute("value") == Some("far_below"));
            assert!(chosen.is_some_and(|e| e.attribute("checked").is_some()));
            let form = all.iter().find(|e| {
                e.name == "form"
                    && e.attribute("action").is_some_and(|to| to.ends_with("/rehearsal"))
            });
            let method = form.expect("the form").attribute("method");
            assert!(method.is_none_or(|method| method.eq_ignore_ascii_case("get")), "{method:?}");
            assert!(page.text.contains("seed=4"), "other lots are a link");
        }
    }
}

#[tokio::test]
async fn a_hostile_scenario_is_refused_in_words_and_comes_back_as_typed() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let creator = site.sign_in("creator").await;
    let sentence = w::between(Locale::En, &1, &MOST_BACKERS);
    let long = "9".repeat(10_000);
    for (text, shown) in [
        ("-5", "-5"),
        ("NaN", "NaN"),
        ("1e9", "1e9"),
        ("0", "0"),
        ("2001", "2001"),
        ("%00", "\u{fffd}"),
        ("%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "\"><script>alert(1)<"),
        (long.as_str(), "99999999999999999999"),
    ] {
        let path = format!("/campaigns/{slug}/rehearsal?backers={text}");
        let page = site.get_with(&path, &[("cookie", &creator)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{shown}");
        assert!(page.text.contains(&sentence), "{shown}");
        assert!(!page.text.contains("<script>alert"), "{shown}");
        let kept = value_of(&page.text, "backers").unwrap_or_default();
        assert!(text == "%00" || kept.starts_with(shown), "{kept:?}, not {shown:?}");
        assert!(!page.text.contains(w::outcome_successful(Locale::En)), "{shown}");
    }
    for query in ["reach=", "reach=all", "declined=101&asked=-1&mended=x&seed=1000000", "backers"] {
        let path = format!("/campaigns/{slug}/rehearsal?{query}");
        let page = site.get_with(&path, &[("cookie", &creator)]).await;
        assert!(page.status == StatusCode::OK || page.status == StatusCode::UNPROCESSABLE_ENTITY);
    }
}

#[tokio::test]
async fn rehearsals_have_a_limit() {
    let site = Site::with(Options { rate_limits: true, ..Options::default() }).await;
    let slug = site.stage.campaign(|_| ()).await;
    let path = format!("/campaigns/{slug}/rehearsal");
    let mut done = 0;
    let refused = loop {
        let page = site.get(&path).await;
        if page.status == StatusCode::TOO_MANY_REQUESTS {
            break page;
        }
        done += 1;
        assert!(done < 200, "there is no limit");
    };
    assert!((30..40).contains(&done), "{done}");
    assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0));
}
