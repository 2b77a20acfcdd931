//! What changed of a page, and what is to change of it, in a browser without wasm.

use domain::{
    account::Role, campaign::CampaignState, slug::Slug, story::change_set::ChangeSetPage,
};
use http::StatusCode;

use super::site::{Answer, Site, encoded};

/// Reads as somebody signed in, or as nobody.
async fn get(site: &Site, path: &str, cookie: &str) -> Answer {
    site.get_with(path, &[("cookie", cookie)]).await
}

/// Posts a form of the page on which changes are looked at.
pub async fn post(
    site: &Site,
    slug: &Slug,
    function: &str,
    fields: &[(&str, &str)],
    cookie: &str,
) -> Answer {
    let (page, path) = (format!("/campaigns/{slug}/edit/changes"), format!("/api/fn/{function}"));
    site.submit(&page, &path, fields, cookie).await
}

/// Publishes this story by the form, which is the second version.
pub async fn publish(site: &Site, slug: &Slug, story: &str, cookie: &str) {
    let query = encoded(&[("slug", slug.as_str())]);
    let editor = get(site, &format!("/api/fn/edit/page?{query}"), cookie).await;
    assert_eq!(editor.status, StatusCode::OK, "{}", editor.text);
    let studio = get(site, &format!("/api/fn/studio/page?{query}"), cookie).await;
    let studio: domain::studio::StudioPage = studio.value();
    let fields = [
        ("form[slug]", slug.as_str()),
        ("form[version]", &studio.story.version),
        ("form[story]", story),
    ];
    let saved = post(site, slug, "studio/save-story", &fields, cookie).await;
    assert!(saved.location().contains("saved=1"), "{}", saved.location());
}

pub async fn changes(site: &Site, slug: &Slug, cookie: &str) -> ChangeSetPage {
    let path = format!("/api/fn/edit/changes?{}", encoded(&[("slug", slug.as_str())]));
    get(site, &path, cookie).await.value()
}

#[tokio::test]
async fn what_changed_is_public_and_nothing_typed_becomes_an_element() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let draft = site.stage.campaign(|new| new.state = CampaignState::Draft).await;
        let creator = site.sign_in_as("creator", Role::Member).await;
        let (page, list) = (format!("/campaigns/{slug}"), format!("/campaigns/{slug}/changes"));
        assert!(!site.get(&page).await.text.contains(&list), "nothing has changed");
        assert_eq!(site.get(&list).await.status, StatusCode::OK);
        publish(&site, &slug, "Once <script>alert(1)</script>.", &creator).await;
        assert!(site.get(&page).await.text.contains(&list));
        for query in ["", "?since=1", "?since=-1&until=99999999999999999999", "?since=%00&until=x"]
        {
            let answer = site.get(&format!("{list}{query}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{query}");
            assert!(answer.text.contains("<ins"), "{query}");
            assert!(!answer.text.contains("<script>alert"), "{query}: {}", answer.text);
        }
        for path in [format!("/campaigns/{draft}/changes"), "/campaigns/none/changes".into()] {
            assert_eq!(site.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}

#[tokio::test]
async fn plain_forms_ask_for_a_yes_and_give_it() {
    for site in Site::both().await {
        let slug = site.stage.campaign(|_| ()).await;
        let creator = site.sign_in_as("creator", Role::Member).await;
        let operator = site.sign_in_as("olga", Role::Operator).await;
        let page = format!("/campaigns/{slug}/edit/changes");
        publish(&site, &slug, "Twice.", &creator).await;
        // What was published before is written again, and is nothing that visitors read.
        let fields = [("slug", slug.as_str()), ("number", "1")];
        post(&site, &slug, "edit/restore", &fields, &creator).await;
        let shown = get(&site, &page, &creator).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.text.contains("data-change="), "{}", shown.text);
        let stranger = site.sign_in("cleo").await;
        assert_eq!(get(&site, &page, &stranger).await.status, StatusCode::NOT_FOUND);

        let fields =
            [("form[slug]", slug.as_str()), ("form[version]", "2"), ("form[date]", "soon")];
        let refused = post(&site, &slug, "edit/schedule", &fields, &creator).await;
        assert!(refused.location().contains("__err="), "{}", refused.location());
        let fields = [("ask[slug]", slug.as_str()), ("ask[version]", "2")];
        let asked = post(&site, &slug, "edit/ask", &fields, &creator).await;
        assert!(asked.location().ends_with("/edit/changes?done=1"), "{}", asked.location());

        let id = changes(&site, &slug, &creator).await.set.expect("it waits").id.to_string();
        let fields = [("form[slug]", slug.as_str()), ("form[id]", &id)];
        let own = post(&site, &slug, "edit/approve", &fields, &creator).await;
        assert!(own.location().contains("__err="), "not oneself: {}", own.location());
        let shown = get(&site, &page, &operator).await.text;
        assert!(shown.contains("/api/fn/edit/approve") && shown.contains("/api/fn/edit/return"));
        let yes = post(&site, &slug, "edit/approve", &fields, &operator).await;
        assert!(yes.location().ends_with("/edit/changes?done=1"), "{}", yes.location());
        assert!(site.get(&format!("/campaigns/{slug}")).await.text.contains("<p>Once.</p>"));
        assert_eq!(changes(&site, &slug, &creator).await.version, 3);
    }
}
