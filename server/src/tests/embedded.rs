//! What a creator and a blogger decide about a campaign on other pages, and what comes of
//! it: where it may be shown, what is counted, what its links carry.

use std::time::Duration;

use axum::body::Body;
use backend::{Options, embed, limit::MOST_CARDS};
use domain::{
    embed::{EmbedId, outcome::EmbedSettings},
    slug::Slug,
    time::DAY,
};
use futures::StreamExt as _;
use http::{Method, StatusCode};
use tokio::time::timeout;

use super::{
    site::{Answer, BASE, Site, pledge, request},
    stage::{amount, placement},
};

const SOON: Duration = Duration::from_secs(5);

async fn save(site: &Site, slug: &Slug, shown: &str, hosts: &str, cookie: &str) -> Answer {
    let fields = [("form[slug]", slug.as_str()), ("form[shown]", shown), ("form[hosts]", hosts)];
    let page = format!("/studio/{slug}/embeds");
    site.submit(&page, "/api/fn/embed/save-rule", &fields, cookie).await
}

async fn named(site: &Site, slug: &Slug, cookie: &str) -> EmbedId {
    let fields = [("slug", slug.as_str()), ("look", "theme=dark&layout=bar")];
    let page = format!("/campaigns/{slug}/embed");
    let answer = site.submit(&page, "/api/fn/embed/make", &fields, cookie).await;
    assert!(answer.status.is_redirection(), "{answer:?}");
    let address = answer.location();
    assert!(
        address.starts_with(&format!("/campaigns/{slug}/embed?layout=bar&theme=dark&embed=")),
        "the look stays: {address}"
    );
    address.rsplit('=').next().expect("a name").parse().expect("a name")
}

async fn settings(site: &Site, slug: &Slug, cookie: &str) -> EmbedSettings {
    embed::write_down(&site.stage.backend).await.expect("written");
    let path = format!("/api/fn/embed/settings?slug={slug}");
    site.get_with(&path, &[("cookie", cookie), ("accept", "application/json")]).await.value()
}

async fn outcome(site: &Site, slug: &Slug, cookie: &str) -> (i64, i64, i64) {
    let line = &settings(site, slug, cookie).await.lines[0];
    (line.outcome.views, line.outcome.clicks, line.outcome.pledges)
}

fn policy(answer: &Answer) -> String {
    let policy = answer.header("content-security-policy");
    policy.split("frame-ancestors ").nth(1).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn every_face_of_a_campaign_that_is_switched_off_says_so_and_leads_to_it() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("creator").await;
        // Seen before, so that it is kept in memory.
        assert!(!site.get(&format!("/embed/{slug}")).await.text.contains("not shown"));
        let saved = save(&site, &slug, "off", "", &cookie).await;
        assert_eq!(saved.location(), format!("/studio/{slug}/embeds?saved=1"));
        let campaign = format!("{BASE}/campaigns/{slug}");
        for layout in ["card", "compact", "bar", "button"] {
            let frame = site.get(&format!("/embed/{slug}?layout={layout}")).await;
            assert_eq!(frame.status, StatusCode::OK, "{layout}");
            assert!(frame.text.contains("is not shown on other pages"), "{}", frame.text);
            assert!(frame.text.contains(&format!("<a href=\"{campaign}\"")), "{}", frame.text);
            assert!(!frame.text.contains("<script>") && !frame.text.contains("<form"));
        }
        let french = site.get(&format!("/embed/{slug}?lang=fr")).await.text;
        assert!(french.contains("n’est pas montrée"), "{french}");
        let badge = site.get(&format!("/embed/{slug}.svg")).await.text;
        assert!(badge.contains("Not shown on other pages"), "{badge}");
        let data = site.get(&format!("/embed/{slug}.json")).await.text;
        let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
        assert_eq!(
            (data["is_off"].as_bool(), data["url"].as_str()),
            (Some(true), Some(&*campaign))
        );
        assert_eq!(data["pledged"], serde_json::Value::Null);
        let rich = site.get(&format!("/oembed?url={campaign}")).await.text;
        let rich: serde_json::Value = serde_json::from_str(&rich).expect("JSON");
        assert_eq!((rich["type"].as_str(), rich.get("html")), (Some("link"), None));
        let xml = site.get(&format!("/oembed?url={campaign}&format=xml")).await.text;
        assert!(xml.contains("<type>link</type>") && !xml.contains("<html>"), "{xml}");
        // And on again.
        save(&site, &slug, "on", "", &cookie).await;
        assert!(site.get(&format!("/embed/{slug}")).await.text.contains("<form"));
    }
}

#[tokio::test]
async fn a_list_of_sites_is_what_frames_and_fetches_are_held_to() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("creator").await;
        assert_eq!(policy(&site.get(&format!("/embed/{slug}")).await), "*");
        save(&site, &slug, "on", "https://Blog.example.org/x\n*.news.example", &cookie).await;
        let frame = site.get(&format!("/embed/{slug}")).await;
        assert_eq!(policy(&frame), "'self' blog.example.org *.news.example");
        let data = format!("/embed/{slug}.json");
        for (origin, status) in [
            ("https://blog.example.org", StatusCode::OK),
            ("https://a.news.example", StatusCode::OK),
            ("https://elsewhere.example", StatusCode::FORBIDDEN),
            ("https://blog.example.org.evil.example", StatusCode::FORBIDDEN),
            ("null", StatusCode::FORBIDDEN),
        ] {
            let answer = site.get_with(&data, &[("origin", origin)]).await;
            assert_eq!(answer.status, status, "{origin}");
            assert!(answer.header("vary").contains("origin"), "{origin}");
            assert!(status == StatusCode::OK || answer.body.is_empty(), "{origin}");
        }
        // An open frame asks from inside its sandbox.
        let figures = format!("/embed/{slug}.figures");
        let inside = site.get_with(&figures, &[("origin", "null")]).await;
        assert_eq!(inside.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_list_that_is_none_is_refused_and_nothing_of_it_is_kept() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("creator").await;
        save(&site, &slug, "on", "blog.example.org", &cookie).await;
        for hosts in
            ["'none'; script-src *", "a.example\r\nx: y z_", "*", &"a.example ".repeat(900)]
        {
            let answer = save(&site, &slug, "on", hosts, &cookie).await;
            assert!(!answer.location().contains("saved"), "{hosts}: {answer:?}");
            let frame = site.get(&format!("/embed/{slug}")).await;
            assert_eq!(policy(&frame), "'self' blog.example.org", "{hosts}");
        }
    }
}

#[tokio::test]
async fn an_open_card_hears_of_figures_in_its_words_and_of_the_switch() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("creator").await;
        let path = format!("/live?campaigns={slug}&words=fr");
        let answer = site.open(request(Method::GET, &path, &[], Body::empty())).await;
        let mut words = answer.into_body().into_data_stream();
        let path = format!("/live?campaigns={slug}&embed=1");
        let answer = site.open(request(Method::GET, &path, &[], Body::empty())).await;
        let mut element = answer.into_body().into_data_stream();
        site.stage.place(&slug, "ada", amount("1234.50")).await.expect("placed");
        until(&mut words, "\"p\":{\"innerText\":\"1\u{202f}234,50\u{a0}€\"}").await;
        until(&mut element, "\"amount\":\"1234.50\"").await;
        let asked = site.get(&format!("/embed/{slug}.figures?lang=fr")).await;
        assert!(asked.text.contains("\"innerText\""), "{}", asked.text);
        save(&site, &slug, "off", "", &cookie).await;
        let off = until(&mut words, "innerHTML").await;
        assert!(off.contains("n’est pas montrée") && off.contains(&format!("/campaigns/{slug}")));
        until(&mut element, &format!("{{\"campaign\":\"{slug}\",\"is_off\":true}}")).await;
        let asked = site.get(&format!("/embed/{slug}.figures?lang=fr")).await;
        assert!(asked.text.contains("innerHTML"), "who has no stream hears it too: {}", asked.text);
    }
}

/// What a stream says until it says this.
pub async fn until(body: &mut axum::body::BodyDataStream, wanted: &str) -> String {
    let mut text = String::new();
    while !text.contains(wanted) {
        match timeout(SOON, body.next()).await {
            Ok(Some(bytes)) => {
                text.push_str(std::str::from_utf8(&bytes.expect("bytes")).expect("text"));
            }
            _ => panic!("{wanted:?} never came: {text:?}"),
        }
    }
    text
}

#[tokio::test]
async fn what_comes_of_a_card_is_counted_for_who_shows_it_and_who_runs_the_campaign() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let creator = site.sign_in("creator").await;
        let blogger = site.sign_in("bob").await;
        let name = named(&site, &slug, &blogger).await;
        let frame = format!("/embed/{slug}?embed={name}");
        let first = site.get(&frame).await;
        assert!(first.text.contains(&format!("{BASE}/embed/{slug}/open?embed={name}")));
        assert!(first.cookies().is_empty());
        site.get(&format!("/embed/{slug}.json?embed={name}")).await;
        // Nobody's look: kept by a browser, fetched ahead, a program that looks.
        let etag = first.header("etag").to_owned();
        site.get_with(&frame, &[("if-none-match", &etag)]).await;
        site.get_with(&frame, &[("sec-purpose", "prefetch")]).await;
        site.ask(request(Method::HEAD, &frame, &[], Body::empty())).await;
        site.get(&format!("/embed/{slug}.svg?embed={name}")).await;
        // An open element that asks once more, whatever is new.
        site.get(&format!("/embed/{slug}.json?lang=&embed={name}&again=1")).await;
        assert_eq!(outcome(&site, &slug, &creator).await, (2, 0, 0));
        let open = site.get(&format!("/embed/{slug}/open?embed={name}")).await;
        assert_eq!(
            (open.status, open.location()),
            (StatusCode::SEE_OTHER, format!("/campaigns/{slug}"))
        );
        let way = site.get(&format!("/embed/{slug}/pledge?bonus=25&embed={name}")).await;
        assert_eq!(outcome(&site, &slug, &creator).await, (2, 2, 0));
        let choices = way.location();
        let choices = choices.split('?').nth(1).expect("choices");
        assert!(choices.contains(&format!("embed={name}")), "{choices}");
        // The checkout carries the name in a field that nobody sees.
        let checkout = site.get(&format!("/campaigns/{slug}/pledge?{choices}")).await.text;
        assert!(checkout.contains(&format!("value=\"{name}\"")), "{checkout}");
        let mut fields = pledge(slug.as_str(), "bonus=25", "eve@example.org");
        let text = name.to_string();
        fields.push(("form[choices][embed]", &text));
        fields.push(("form[expected]", "25.00"));
        let placed = site.call("/api/fn/pledge/place", &fields, "").await;
        assert!(placed.status.is_success() || placed.status.is_redirection(), "{placed:?}");
        assert_eq!(outcome(&site, &slug, &creator).await, (2, 2, 1));
        let own = site.get_with("/account/embeds", &[("cookie", &blogger)]).await;
        assert!(own.text.contains(&text) && own.text.contains("A campaign"), "{}", own.text);
        let other = site.get_with("/account/embeds", &[("cookie", &creator)]).await;
        assert!(!other.text.contains(&text), "an embed is its owner's");
    }
}

#[tokio::test]
async fn names_that_nobody_made_are_not_counted_and_change_no_card() {
    for site in Site::both().await {
        let (slug, other) = (site.stage.campaign(|_| ()).await, site.stage.campaign(|_| ()).await);
        let creator = site.sign_in("creator").await;
        let name = named(&site, &slug, "").await;
        let plain = site.get(&format!("/embed/{other}")).await.text;
        let names = [name.as_str(), "aaaaaaaaaa", "'; drop table embed", "%3Cscript%3E"];
        for embed in names {
            let frame =
                site.get(&format!("/embed/{other}?embed={}", embed.replace(' ', "+"))).await;
            assert_eq!(frame.text, plain, "{embed}: of another campaign, or of none");
        }
        for (n, embed) in names.into_iter().enumerate() {
            let mut choices = amount("5");
            choices.embed = embed.to_owned();
            let guest = format!("guest-{n}");
            let placed = placement(&other, &guest, choices);
            backend::pledge::place(&site.stage.backend, placed).await.expect("placed all the same");
        }
        assert!(settings(&site, &other, &creator).await.lines.is_empty());
        assert_eq!(outcome(&site, &slug, &creator).await, (0, 0, 0));
        let noted = site.stage.number("select count(*) from embed_pledge").await;
        assert_eq!(noted, 0);
    }
}

#[tokio::test]
async fn a_pledge_that_does_not_stand_is_none_of_a_card() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let creator = site.sign_in("creator").await;
    let name = named(&site, &slug, "").await;
    let mut choices = amount("5");
    choices.embed = name.to_string();
    let placed = site.stage.place(&slug, "ada", choices).await.expect("placed");
    assert_eq!(outcome(&site, &slug, &creator).await.2, 1);
    site.stage.cancel(&placed).await.expect("cancelled");
    assert_eq!(outcome(&site, &slug, &creator).await.2, 0);
}

#[tokio::test]
async fn what_cannot_be_written_down_is_counted_again() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let creator = site.sign_in("creator").await;
    let name = named(&site, &slug, "").await;
    site.get(&format!("/embed/{slug}?embed={name}")).await;
    site.stage.tamper("alter table embed rename to embed_away").await;
    embed::write_down(&site.stage.backend).await.expect_err("there is no table");
    site.stage.tamper("alter table embed_away rename to embed").await;
    site.get(&format!("/embed/{slug}?embed={name}")).await;
    assert_eq!(outcome(&site, &slug, &creator).await, (2, 0, 0));
}

#[tokio::test]
async fn a_cart_is_taken_over_as_it_was_signed_and_for_a_day() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let reward = site.stage.limited(&slug, 5).await;
        let path =
            format!("/embed/{slug}/pledge?reward={reward}&bonus=7&country=FR&secret=x&cart=1.a");
        let way = site.get(&path).await;
        assert_eq!(way.status, StatusCode::SEE_OTHER);
        assert!(way.header("cache-control").contains("no-store"), "{way:?}");
        let good = way.location();
        assert!(
            good.starts_with(&format!("/campaigns/{slug}/pledge?reward={reward}&cart=")),
            "{good}"
        );
        let is_chosen = |answer: &Answer| {
            let inputs = super::html::elements(&answer.text);
            let checked = inputs.iter().find(|it| {
                it.attribute("name") == Some("form[choices][reward]")
                    && it.attribute("checked").is_some()
            });
            checked.and_then(|it| it.attribute("value").map(str::to_owned))
                == Some(reward.to_string())
        };
        let page = site.get(&good).await;
        assert!(is_chosen(&page) && !page.text.contains("link is too old"), "{}", page.text);
        let other = site.stage.campaign(|_| ()).await;
        let (head, key) = good.rsplit_once('.').expect("a key");
        for bad in [
            good.replace("reward=", "bonus=900&reward="),
            format!("{head}.{}", key.to_uppercase()),
            good.replace("cart=", "cart=9"),
            format!("{head}."),
            good.replace(slug.as_str(), other.as_str()),
        ] {
            let page = site.get(&bad).await;
            assert_eq!(page.status, StatusCode::OK, "{bad}");
            assert!(page.text.contains("link is too old"), "{bad}: {}", page.text);
            assert!(!is_chosen(&page), "{bad}");
        }
        site.stage.clock.set(site.stage.clock.now().plus(DAY + 1_000_000));
        let page = site.get(&good).await;
        assert!(page.text.contains("link is too old") && !is_chosen(&page));
        // Whoever writes a link by hand signs nothing, and is not told off.
        let plain = site.get(&format!("/campaigns/{slug}/pledge?reward={reward}")).await;
        assert!(is_chosen(&plain) && !plain.text.contains("link is too old"));
    }
}

#[tokio::test]
async fn a_way_leads_nowhere_but_to_its_own_campaign() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let reward = site.stage.limited(&slug, 5).await;
    for query in [
        "",
        "bonus=%0d%0aset-cookie:%20x=y",
        "reward=//evil.example&bonus=%3Cscript%3E",
        &format!("reward={reward}&embed={}", "x".repeat(10_000)),
    ] {
        for way in ["open", "pledge"] {
            let answer = site.get(&format!("/embed/{slug}/{way}?{query}")).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{query}");
            let address = answer.location();
            assert!(address.starts_with(&format!("/campaigns/{slug}")), "{address}");
            assert!(!address.contains(['\r', '\n', '<']), "{address}");
            assert!(answer.cookies().is_empty(), "{query}");
        }
    }
    for slug in ["no-such-campaign", "..", "%2f%2fevil.example"] {
        let answer = site.get(&format!("/embed/{slug}/pledge")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{slug}");
    }
}

#[tokio::test]
async fn cards_are_shed_before_pages_and_everybody_gets_an_answer() {
    let site = Site::with(Options { rate_limits: true, ..Options::default() }).await;
    let slug = site.stage.campaign(|_| ()).await;
    site.get(&format!("/embed/{slug}")).await;
    let path = format!("/live?campaigns={slug}&words=en");
    let offered = (0..200).map(|_| site.open(request(Method::GET, &path, &[], Body::empty())));
    let answers = futures::future::join_all(offered).await;
    let taken = answers.iter().filter(|answer| answer.status() == StatusCode::OK).count();
    assert_eq!(taken, MOST_CARDS as usize);
    for answer in &answers {
        let status = answer.status();
        assert!(
            status == StatusCode::OK
                || (status == StatusCode::TOO_MANY_REQUESTS
                    && answer.headers().contains_key("retry-after")),
            "{status}"
        );
    }
    // Who was shed asks now and then instead, and our own pages have their streams.
    assert_eq!(site.get(&format!("/embed/{slug}.figures")).await.status, StatusCode::OK);
    assert_eq!(site.get(&format!("/campaigns/{slug}")).await.status, StatusCode::OK);
    let page = format!("/live?campaigns={slug}");
    let page = site.open(request(Method::GET, &page, &[], Body::empty())).await;
    assert_eq!(page.status(), StatusCode::OK);
}
