//! Who works on a campaign, over HTTP: each right opens the functions it is for and no
//! other, an invitation is answered without wasm, and a preview keeps its link.

use app::error::AppError;
use backend::mail;
use domain::{
    people::{PeoplePage, Right, problem},
    studio::StudioPage,
};
use http::StatusCode;

use super::site::{Answer, Site, encoded};

const SLUG: &str = "tide-clock";
const SOME_ID: &str = "0190163d-8694-739b-aea5-966c26f8ad91";

/// Every function that changes a campaign or tells what not everybody on it may know,
/// with the right that it needs.
const NEEDED: [(&str, Right); 37] = [
    ("announcement/switch", Right::Own),
    ("edit/history", Right::EditPage),
    ("edit/page", Right::EditPage),
    ("edit/publish", Right::EditPage),
    ("edit/restore", Right::EditPage),
    ("edit/version", Right::EditPage),
    ("people/change-rights", Right::ManagePeople),
    ("people/hand-over", Right::Own),
    ("people/invite", Right::ManagePeople),
    ("people/make-preview-link", Right::EditPage),
    ("people/remove", Right::ManagePeople),
    ("people/revoke-preview-link", Right::EditPage),
    ("people/send-again", Right::ManagePeople),
    ("people/withdraw", Right::ManagePeople),
    ("refund/give", Right::Own),
    ("refund/pledges", Right::SeeBackers),
    ("studio/abort-launch", Right::Own),
    ("studio/arrange-rewards", Right::EditRewards),
    ("studio/cancel", Right::Own),
    ("studio/close-late-pledges", Right::Own),
    ("studio/delete", Right::Own),
    ("studio/delete-reward", Right::EditRewards),
    ("studio/duplicate-reward", Right::EditRewards),
    ("studio/launch", Right::Own),
    ("studio/move-reward", Right::EditRewards),
    ("studio/open-late-pledges", Right::Own),
    ("studio/remove-picture", Right::EditPage),
    ("studio/renew-secret", Right::EditRewards),
    ("studio/save-basics", Right::EditPage),
    ("studio/save-funding", Right::Own),
    ("studio/save-reward", Right::EditRewards),
    ("studio/save-schedule", Right::Own),
    ("studio/save-story", Right::EditPage),
    ("studio/schedule-launch", Right::Own),
    ("studio/submit", Right::Own),
    ("studio/withdraw", Right::Own),
    ("refund/page", Right::SeeBackers),
];

/// Fields that are enough to reach the question of who asks.
const FIELDS: [(&str, &str); 12] = [
    ("slug", SLUG),
    ("id", SOME_ID),
    ("of", "campaign"),
    ("number", "1"),
    ("up", "true"),
    ("before", ""),
    ("order", ""),
    ("form[slug]", SLUG),
    ("form[id]", SOME_ID),
    ("form[what]", "rest"),
    ("form[reason]", "other"),
    ("form[key]", "k"),
];

/// Starts a draft, and gives the cookie of who owns it.
async fn draft(site: &Site) -> String {
    let owner = site.sign_in("ada").await;
    let idea = [
        ("form[title]", "Tide Clock"),
        ("form[category]", "design"),
        ("form[country]", "FR"),
        ("form[currency]", "EUR"),
        ("form[rule]", "all_or_nothing"),
    ];
    let started = site.submit("/start", "/api/fn/studio/start", &idea, &owner).await;
    assert_eq!(started.location(), format!("/studio/{SLUG}?started=1"));
    owner
}

/// Invites an address by the form of the page, and gives the path of the letter's link.
async fn invited(site: &Site, owner: &str, email: &str, right: Right) -> String {
    let right = format!("form[rights][{}]", right.key());
    let fields = [("form[slug]", SLUG), ("form[email]", email), (right.as_str(), "on")];
    let page = format!("/studio/{SLUG}/people");
    let sent = site.submit(&page, "/api/fn/people/invite", &fields, owner).await;
    assert_eq!(sent.location(), format!("{page}?done=1"));
    let letters = mail::mailbox(&site.stage.backend, Some(email)).await.expect("letters");
    let link = letters[0].text.lines().find(|line| line.contains("/invitation?")).expect("a link");
    link[link.find("/invitation").expect("a path")..].to_owned()
}

async fn ask(site: &Site, path: &str, cookie: &str) -> Answer {
    let is_read = matches!(
        path,
        "edit/history" | "edit/page" | "edit/version" | "refund/pledges" | "refund/page"
    );
    if !is_read {
        return site.call(&format!("/api/fn/{path}"), &FIELDS, cookie).await;
    }
    site.get_with(
        &format!("/api/fn/{path}?{}", encoded(&FIELDS)),
        &[("accept", "application/json"), ("cookie", cookie)],
    )
    .await
}

#[tokio::test]
async fn each_right_opens_the_functions_it_is_for_and_no_other() {
    for site in Site::both().await {
        let owner = draft(&site).await;
        let before = site.stage.rows().await;
        for right in Right::ALL.into_iter().filter(|right| *right != Right::Own) {
            let cookie = site.sign_in(right.key()).await;
            let email = format!("{}@example.org", right.key());
            let link = invited(&site, &owner, &email, right).await;
            let (_, token) = link.split_once("token=").expect("a token");
            let yes =
                site.submit(&link, "/api/fn/people/accept", &[("token", token)], &cookie).await;
            assert_eq!(yes.location(), format!("/studio/{SLUG}?joined=1"));
            for (path, needed) in NEEDED {
                let answer = ask(&site, path, &cookie).await;
                // What is only read is not there for who may not; a change says what lacks.
                let lacks = domain::Invalid::field("", problem::lacks(needed));
                let is_hidden = path.starts_with("edit/") || path.starts_with("refund/");
                let is_refused = if is_hidden {
                    answer.status == StatusCode::NOT_FOUND
                } else {
                    answer.status == StatusCode::UNPROCESSABLE_ENTITY
                        && answer.error() == AppError::Invalid(lacks)
                };
                if needed != right {
                    assert!(is_refused, "{path} with {right:?}: {}", answer.status);
                } else if !is_hidden {
                    assert!(!is_refused, "{path} with {right:?}: {}", answer.status);
                } else if !matches!(path, "edit/version" | "edit/restore" | "refund/page") {
                    // Those name a version and a pledge, of which there are none.
                    assert!(!is_refused, "{path} with {right:?}: {}", answer.status);
                }
            }
            for file in ["csv", "json"] {
                let books = format!("/campaigns/{SLUG}/accounting.{file}");
                let books = site.get_with(&books, &[("cookie", &cookie)]).await.status;
                let expected =
                    if right == Right::SeeMoney { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(books, expected, "{file} with {right:?}");
            }
        }
        let mut after = site.stage.rows().await;
        after.insert("account", before["account"]);
        assert_eq!(after, before, "what is refused, or says nothing, writes nothing");
    }
}

#[tokio::test]
async fn an_invitation_is_answered_on_plain_pages() {
    for site in Site::both().await {
        let owner = draft(&site).await;
        let link = invited(&site, &owner, "bo@example.org", Right::EditRewards).await;
        let (_, token) = link.split_once("token=").expect("a token");
        let unknown = site.get(&link).await;
        assert_eq!(unknown.status, StatusCode::OK);
        for words in ["Work on Tide Clock", "ada invites you", "Edit rewards", "noindex"] {
            assert!(unknown.text.contains(words), "{words}");
        }
        for way in ["/sign-in", "/sign-up"] {
            let way = format!("{way}?next=%2Finvitation%3Ftoken%3D{token}");
            assert!(unknown.text.contains(&way), "and comes back: {way}");
        }
        assert!(!unknown.text.contains("bo@example.org"), "whose it is stays unsaid");
        let eve = site.sign_in("eve").await;
        let other = site.get_with(&link, &[("cookie", &eve)]).await;
        assert!(other.text.contains("eve@example.org") && !other.text.contains("bo@example.org"));
        let fields = [("token", token)];
        let refused = site.submit(&link, "/api/fn/people/accept", &fields, &eve).await;
        assert!(refused.location().contains("__err="), "{}", refused.location());
        let bo = site.sign_in("bo").await;
        let no = site.submit(&link, "/api/fn/people/decline", &fields, "").await;
        assert_eq!(no.location(), "/invitation?declined=1");
        let thanks = site.get("/invitation?declined=1").await;
        assert!(thanks.text.contains("You have declined"));
        let gone = site.get_with(&link, &[("cookie", &bo)]).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert!(gone.text.contains("no longer good"));
    }
}

#[tokio::test]
async fn the_page_of_a_campaigns_people_shows_what_a_reader_may_see() {
    for site in Site::both().await {
        let owner = draft(&site).await;
        invited(&site, &owner, "waiting@example.org", Right::SeeMoney).await;
        let link = invited(&site, &owner, "bo@example.org", Right::EditPage).await;
        let bo = site.sign_in("bo").await;
        let (_, token) = link.split_once("token=").expect("a token");
        site.submit(&link, "/api/fn/people/accept", &[("token", token)], &bo).await;
        let page = format!("/studio/{SLUG}/people");
        let full = site.get_with(&page, &[("cookie", &owner)]).await;
        assert_eq!(full.status, StatusCode::OK);
        for words in ["waiting@example.org", "Invite somebody", "Invitation accepted"] {
            assert!(full.text.contains(words), "{words}");
        }
        let narrow = site.get_with(&page, &[("cookie", &bo)]).await;
        for words in ["example.org", "Invite somebody", "Invitation accepted"] {
            assert!(!narrow.text.contains(words), "{words}");
        }
        assert!(narrow.text.contains("Leave this campaign"));
        let team: PeoplePage = site
            .get_with(&format!("/api/fn/people/page?slug={SLUG}"), &[("cookie", &bo)])
            .await
            .value();
        assert_eq!((team.people.len(), team.invitations.len()), (2, 0));
        let eve = site.sign_in("eve").await;
        let hidden = site.get_with(&page, &[("cookie", &eve)]).await;
        assert_eq!(hidden.status, StatusCode::NOT_FOUND);
        assert!(!hidden.text.contains("Tide Clock"));
        // What a reader may not change is there to be read, and cannot be sent.
        let funding = format!("/studio/{SLUG}/funding");
        let funding = site.get_with(&funding, &[("cookie", &bo)]).await;
        assert!(funding.text.contains("another right"), "{}", funding.text);
        let story = site.get_with(&format!("/studio/{SLUG}/story"), &[("cookie", &bo)]).await;
        assert!(!story.text.contains("another right"));
    }
}

#[tokio::test]
async fn a_preview_is_read_by_its_link_and_by_no_machine() {
    for site in Site::both().await {
        let owner = draft(&site).await;
        let studio = async || -> StudioPage {
            let path = format!("/api/fn/studio/page?slug={SLUG}");
            site.get_with(&path, &[("cookie", &owner)]).await.value()
        };
        let page = format!("/studio/{SLUG}/preview");
        let slug = [("slug", SLUG)];
        let made = site.submit(&page, "/api/fn/people/make-preview-link", &slug, &owner).await;
        assert_eq!(made.location(), format!("{page}?made=1"));
        let token = studio().await.preview.expect("a link");
        let shown = site.get_with(&format!("{page}?made=1"), &[("cookie", &owner)]).await;
        assert!(shown.text.contains(&format!("/preview/{token}")));
        let preview = site.get(&format!("/preview/{token}")).await;
        assert_eq!(preview.status, StatusCode::OK);
        for words in ["This is a preview.", "Tide Clock", "noindex"] {
            assert!(preview.text.contains(words), "{words}");
        }
        assert!(!preview.text.contains(&format!("/campaigns/{SLUG}/pledge")));
        assert!(!preview.text.contains("rel=\"canonical\"") && !preview.text.contains("og:url"));
        let policy = preview.header("referrer-policy");
        assert!(["same-origin", "no-referrer"].contains(&policy), "{policy}");
        assert!(preview.header("cache-control").contains("private"));
        site.submit(&page, "/api/fn/people/revoke-preview-link", &slug, &owner).await;
        let gone = site.get(&format!("/preview/{token}")).await;
        assert_eq!(gone.status, StatusCode::NOT_FOUND);
        assert!(!gone.text.contains("Tide Clock"));
    }
}

#[tokio::test]
async fn a_page_is_edited_by_two_rights_and_stays_where_it_is_edited_in_place() {
    for site in Site::both().await {
        let owner = draft(&site).await;
        let page = format!("/campaigns/{SLUG}/edit");
        let reward = [("form[slug]", SLUG), ("form[title]", "A lamp"), ("form[price]", "5")];
        let save = "/api/fn/studio/save-reward";
        let away = site.submit(&page, save, &reward, &owner).await;
        assert_eq!(away.location(), format!("/studio/{SLUG}/rewards?saved=1"));
        let [slug, title, price] = reward;
        let here = site.call(save, &[slug, title, price, ("stay", "true")], &owner).await;
        assert_eq!((here.status, here.header("location")), (StatusCode::OK, ""));

        let mut seen = Vec::new();
        for (name, right) in
            [("bo", Right::EditRewards), ("cy", Right::EditPage), ("di", Right::SeeMoney)]
        {
            let link = invited(&site, &owner, &format!("{name}@example.org"), right).await;
            let cookie = site.sign_in(name).await;
            let (_, token) = link.split_once("token=").expect("a token");
            site.submit(&link, "/api/fn/people/accept", &[("token", token)], &cookie).await;
            let answer = site.get_with(&page, &[("cookie", &cookie)]).await;
            let has = |part: &str| answer.text.contains(&format!("/studio/{SLUG}/{part}"));
            seen.push((answer.status, has("rewards?reward=new"), has("basics")));
        }
        let (ok, gone) = (StatusCode::OK, StatusCode::NOT_FOUND);
        assert_eq!(seen, [(ok, true, false), (ok, false, true), (gone, false, false)]);
    }
}
