//! A card in times that are not usual: the database answers nobody, the campaign ends
//! while it is open; and what is said of it to who puts it on a page, or to a program.

use std::time::Duration;

use axum::body::Body;
use backend::campaign;
use domain::{Locale, campaign::CampaignState, discovery::percent_encoded, time::DAY};
use futures::future::{join_all, ready};
use http::{Method, StatusCode};
use tokio::time::timeout;

use super::{
    embedded::until,
    site::{BASE, Site, request},
    stage::DEADLINE,
};

const SOON: Duration = Duration::from_secs(5);

#[tokio::test]
async fn no_face_waits_for_a_database_that_answers_nobody() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|new| new.title = "The old title".into()).await;
        let paths = ["", ".json", ".svg", ".figures"].map(|face| format!("/embed/{slug}{face}"));
        let first = site.get(&paths[0]).await.text;
        let backend = &site.stage.backend;
        site.stage.tamper("update campaign set title = 'The new title'").await;
        // Two thirds of what either pool holds are to read with, and all of them are taken.
        let places = if site.stage.is_postgres() { 8 } else { 6 };
        let taken = join_all((0..places).map(|_| backend.db.read())).await;
        backend.hub.embeds().touch_all();
        for path in &paths {
            let answer = timeout(SOON, site.get(path)).await.expect("an answer at once");
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
        let reading = backend.db.read();
        tokio::select! {
            biased;
            _ = reading => panic!("somebody else can read"),
            () = ready(()) => {}
        }
        assert_eq!(site.get(&paths[0]).await.text, first, "what was there is shown");
        for reader in taken {
            reader.expect("a connection").done();
        }
        let mut now = first;
        for _ in 0..1_000 {
            now = site.get(&paths[0]).await.text;
            if now.contains("The new title") {
                break;
            }
            tokio::task::yield_now().await;
        }
        assert!(now.contains("The new title"), "{now}");
    }
}

#[tokio::test]
async fn an_open_card_hears_of_the_end_and_offers_nothing_any_more() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let frame = site.get(&format!("/embed/{slug}")).await.text;
        assert!(
            frame.contains("<form id=\"o\"") && frame.contains("<dd id=\"r\">10 days"),
            "{frame}"
        );
        let path = format!("/live?campaigns={slug}&words=en");
        let answer = site.open(request(Method::GET, &path, &[], Body::empty())).await;
        let mut words = answer.into_body().into_data_stream();
        until(&mut words, "\"o\":{\"className\":\"\"}").await;
        // Days pass also where nobody pledges.
        site.stage.clock.set(site.stage.clock.now().plus(4 * DAY));
        let figures = format!("/embed/{slug}.figures?lang=en");
        let asked = site.get(&figures).await.text;
        assert!(asked.contains("\"r\":{\"innerText\":\"6 days\"}"), "{asked}");
        site.stage.clock.set(DEADLINE);
        assert_eq!(campaign::close_due(&site.stage.backend).await.expect("closed"), 1);
        let over = until(&mut words, "\"o\":{\"className\":\"over\"}").await;
        assert!(over.contains("\"v\":{\"innerText\":\"See the campaign\"}"), "{over}");
        // Whoever presses what was there a moment ago is led to what it became.
        for way in ["open", "pledge"] {
            let way = site.get(&format!("/embed/{slug}/{way}?bonus=5")).await;
            assert_eq!(way.location(), format!("/campaigns/{slug}"));
        }
    }
}

#[tokio::test]
async fn an_element_is_told_what_to_say_at_the_end_and_that_a_campaign_is_invented() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|new| new.is_demo = true).await;
    let data = site.get(&format!("/embed/{slug}.json")).await.text;
    let data: serde_json::Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!((&data["stage"], &data["is_open"]), (&"open".into(), &true.into()));
    assert!(data["words"]["by"].as_str().expect("text").ends_with(" · Demonstration"), "{data}");
    assert_eq!(data["words"]["rest_name"], "To go");
    for state in CampaignState::PUBLIC.into_iter().filter(|state| *state != CampaignState::Live) {
        let turn = &data["turns"][state.key()];
        assert_eq!((&turn["stage"], &turn["is_open"]), (&"over".into(), &false.into()), "{turn}");
        assert_eq!(turn["words"]["rest"], state.name(Locale::En));
        assert_eq!(turn["words"]["act"], "See the campaign");
    }
    assert_eq!(data["turns"]["late"]["words"]["act"], "Back this campaign");
}

#[tokio::test]
async fn the_page_for_bloggers_says_what_a_strict_policy_a_style_sheet_and_amp_need() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    for language in ["en", "fr"] {
        let headers = [("accept-language", language)];
        let page = site.get_with(&format!("/campaigns/{slug}/embed"), &headers).await.text;
        for needed in [
            "form-action",
            "--on-accent",
            "::part(button)",
            "_self",
            "https://cdn.ampproject.org/v0/amp-iframe-0.1.js",
        ] {
            assert!(page.contains(needed), "{language}: {needed}");
        }
    }
}

#[tokio::test]
async fn a_campaign_page_says_where_its_embed_is() {
    let site = Site::sqlite().await;
    let slug = site.stage.campaign(|_| ()).await;
    let page = site.get(&format!("/campaigns/{slug}")).await.text;
    let url = percent_encoded(&format!("{BASE}/campaigns/{slug}"));
    let link = format!("href=\"{BASE}/oembed?url={url}\"");
    assert!(page.contains("application/json+oembed") && page.contains(&link), "{page}");
    assert!(page.contains("text/xml+oembed") && page.contains(&format!("{url}&amp;format=xml")));
    // A link that was pasted for a counted card leads to that card.
    let named = site.get(&format!("/campaigns/{slug}?embed=abcdefghij")).await.text;
    assert!(named.contains(&format!("{url}%3Fembed%3Dabcdefghij")), "{named}");
    // So do its other pages, and a link to one of its rewards leads to that reward.
    for page in ["/rewards", "/community", "/changes", "/accounting"] {
        let text = site.get(&format!("/campaigns/{slug}{page}")).await.text;
        assert!(text.contains(&link) && text.contains("text/xml+oembed"), "{page}: {text}");
    }
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    let query = format!("?reward={id}&embed=abcdefghij");
    let wanted = format!("{url}%3Freward%3D{id}%26embed%3Dabcdefghij");
    for page in ["", "/rewards"] {
        let text = site.get(&format!("/campaigns/{slug}{page}{query}")).await.text;
        assert!(text.contains(&format!("{wanted}\"")), "{page}: {text}");
    }
}
