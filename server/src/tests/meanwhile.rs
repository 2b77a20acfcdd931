//! What happens between a page and its form: deadlines pass, campaigns stop, sessions
//! end. The page that the form comes back to says so, with its status.

use app::error::AppError;
use backend::pledge as pledges;
use domain::{Locale, campaign::CampaignState, pledge::Refusal};
use http::StatusCode;

use super::{
    html::{elements, value_of},
    site::{Site, pledge},
    stage::{DEADLINE, NOW, amount},
};

const PLACE: &str = "/api/fn/pledge/place";

/// What a page says in words, without its tags.
fn words(html: &str) -> String {
    elements(html).iter().map(|element| element.text.as_str()).collect()
}

#[tokio::test]
async fn a_campaign_that_takes_no_pledges_says_so_where_the_form_was() {
    for site in Site::both().await {
        for (state, deadline, refusal) in [
            (CampaignState::Live, DEADLINE, Refusal::DeadlinePassed { deadline: DEADLINE }),
            (
                CampaignState::Cancelled,
                DEADLINE,
                Refusal::CampaignNotLive { state: CampaignState::Cancelled },
            ),
            (
                CampaignState::Suspended,
                DEADLINE,
                Refusal::CampaignNotLive { state: CampaignState::Suspended },
            ),
        ] {
            site.stage.clock.set(NOW);
            let slug = site.stage.campaign(|new| new.deadline = deadline).await;
            let page = format!("/campaigns/{slug}/pledge?bonus=5");
            assert_eq!(site.get(&page).await.status, StatusCode::OK);
            if state == CampaignState::Live {
                site.stage.clock.set(DEADLINE);
            } else {
                let id = slug.as_str();
                site.stage
                    .tamper(&format!(
                        "update campaign set state = '{}' where slug = '{id}'",
                        state.key()
                    ))
                    .await;
            }
            let before = site.stage.rows().await;
            let fields = pledge(slug.as_str(), "bonus=5", "ada@example.org");
            let called = site.call(PLACE, &fields, "").await;
            assert_eq!(
                (called.status, called.error()),
                (StatusCode::CONFLICT, AppError::Refused(refusal.clone()))
            );
            let refused = site.submit(&page, PLACE, &fields, "").await;
            assert_eq!(refused.status, StatusCode::FOUND);
            let back = site.get_with(&refused.location(), &[("cookie", "locale=fr")]).await;
            assert_eq!(back.status, StatusCode::CONFLICT, "{refusal:?}");
            let message = refusal.say(Locale::Fr);
            assert!(words(&back.text).contains(&message), "{message}: {}", words(&back.text));
            assert_eq!(site.stage.rows().await, before);
        }
    }
}

#[tokio::test]
async fn an_own_pledge_made_meanwhile_is_told_where_the_form_was() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = format!("{}; locale=fr", site.sign_in("ada").await);
        let page = format!("/campaigns/{slug}/pledge?bonus=5");
        let placed = site.stage.place(&slug, "ada", amount("7")).await.expect("placed");
        let before = site.stage.rows().await;
        let fields = pledge(slug.as_str(), "bonus=5", "");
        let refused = site.submit(&page, PLACE, &fields, &cookie).await;
        let back = site.get_with(&refused.location(), &[("cookie", &cookie)]).await;
        assert_eq!(back.status, StatusCode::CONFLICT);
        let message = Refusal::AlreadyPledged { pledge: placed.pledge }.say(Locale::Fr);
        assert!(words(&back.text).contains(&message), "{}", words(&back.text));
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn a_pledge_whose_campaign_ends_meanwhile_says_so_where_its_forms_were() {
    for site in Site::both().await {
        site.stage.clock.set(NOW);
        let slug = site.stage.campaign(|_| ()).await;
        let placed = site.stage.place(&slug, "ada", amount("5")).await.expect("placed");
        let (id, key) =
            (placed.pledge.to_string(), pledges::key(&site.stage.backend, placed.pledge));
        let page = format!("/pledges/{id}?key={key}&placed=1");
        site.stage.clock.set(DEADLINE);
        let before = site.stage.rows().await;
        for act in ["change", "cancel"] {
            let fields = [
                ("id", id.as_str()),
                ("key", &key),
                ("form[id]", &id),
                ("form[key]", &key),
                ("form[choices][bonus]", "9"),
            ];
            let refused = site.submit(&page, &format!("/api/fn/pledge/{act}"), &fields, "").await;
            let back = site.get_with(&refused.location(), &[("cookie", "locale=fr")]).await;
            assert_eq!(back.status, StatusCode::CONFLICT, "{act}");
            let message = Refusal::DeadlinePassed { deadline: DEADLINE }.say(Locale::Fr);
            assert!(words(&back.text).contains(&message), "{act}: {}", words(&back.text));
        }
        assert_eq!(site.stage.rows().await, before);
    }
}

#[tokio::test]
async fn a_session_that_ends_while_the_form_is_open_is_told() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let cookie = site.sign_in("ada").await;
        let page = format!("/campaigns/{slug}/pledge?bonus=5");
        let shown = site.get_with(&page, &[("cookie", &cookie)]).await;
        assert_eq!(value_of(&shown.text, "form[was_signed_in]").as_deref(), Some("true"));
        let mut fields = pledge(slug.as_str(), "bonus=5", "");
        fields.push(("form[was_signed_in]", "true"));
        let before = site.stage.rows().await;
        let called = site.call(PLACE, &fields, "").await;
        assert_eq!(
            (called.status, called.error()),
            (StatusCode::UNAUTHORIZED, AppError::SignedOut)
        );
        let refused = site.submit(&page, PLACE, &fields, "").await;
        let back = site.get_with(&refused.location(), &[("cookie", "locale=fr")]).await;
        assert_eq!(back.status, StatusCode::UNAUTHORIZED);
        let message = domain::words::refusal::session_ended(Locale::Fr);
        assert!(words(&back.text).contains(message), "{}", words(&back.text));
        let way = format!("/sign-in?next=%2Fcampaigns%2F{slug}%2Fpledge%3Fbonus%3D5");
        assert!(
            elements(&back.text).iter().any(|e| e.attribute("href") == Some(&way)),
            "what was chosen is kept: {way}"
        );
        assert_eq!(site.stage.rows().await, before);
        // Whoever goes on as a guest is one, and the form no longer claims otherwise.
        assert_eq!(value_of(&back.text, "form[was_signed_in]"), None);
    }
}
