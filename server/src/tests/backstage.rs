//! Text that wants to be code, where campaigns are made, judged and paid out, and on the
//! pages that come before and after a launch: see `hostile.rs` for those that everybody
//! reads.

use backend::{Options, mail};
use domain::{
    account::Role,
    campaign::{CampaignState, Measure, StretchGoal},
    people::Right,
    pledge::Choices,
    reward::{Image, RewardOption, Variant, Variants},
    slug::Slug,
};
use http::StatusCode;

use super::{
    changes::{changes, post, publish},
    hostile::{PAYLOADS, assert_nothing_runs, shapes},
    html::elements,
    returns,
    site::Site,
    stage::placement,
};

/// What stands before the text in each place that is hard to reach, so that it is seen
/// that the text was shown there.
const PLACES: [&str; 13] = [
    "goal ",
    "goal text ",
    "alt ",
    "option ",
    "value ",
    "remark ",
    "cancelled ",
    "suspended ",
    "legal ",
    "quay ",
    "verdict ",
    "subject ",
    "note ",
];

/// A page, and the cookie of who looks at it.
type Look = (String, String);

fn slug(name: &str) -> Slug {
    Slug::parse(name).expect("a slug")
}

/// Options, values and the picture of a reward that say `text`.
fn variants(text: &str) -> Variants {
    let value = format!("value {text}");
    Variants {
        options: vec![RewardOption { name: format!("option {text}"), values: vec![value.clone()] }],
        list: vec![Variant { name: value, quantity: Some(3), claimed: 0 }],
    }
}

fn image(text: &str) -> Image {
    Image { address: format!("/media/art/{text}"), alt: format!("alt {text}"), picture: None }
}

/// Campaigns in every state that say `text` wherever somebody who makes, judges or runs
/// them can have written it.
async fn stand(site: &Site, text: &str) -> Vec<Look> {
    let stage = &site.stage;
    let creator = site.sign_in("creator").await;
    let operator = site.sign_in_as("olga", Role::Operator).await;
    for (name, state) in [
        // A draft once it has its reward: only what is public gets one here.
        ("draft", CampaignState::Live),
        ("waiting", CampaignState::InReview),
        ("live", CampaignState::Live),
        ("called-off", CampaignState::Cancelled),
        ("stopped", CampaignState::Suspended),
    ] {
        let goals = ["goal", "another"].map(|kind| StretchGoal {
            title: format!("{kind} {text}"),
            text: format!("{kind} text {text}"),
            measure: Measure::Amount,
            target: 200_000,
        });
        stage
            .campaign(|new| {
                new.slug = slug(name);
                // Letters tell it as it was when they were written.
                new.title = text.into();
                new.state = state;
                new.plan.stretch_goals = goals.into();
            })
            .await;
    }
    let mut rewards = Vec::new();
    for name in ["draft", "live"] {
        let reward = stage
            .reward(&slug(name), |new| {
                new.title = format!("reward {text}");
                new.image = Some(image(text));
                new.variants = variants(text);
            })
            .await;
        rewards.push(reward);
    }
    stage
        .tamper("update campaign set state = 'draft', launched_at = null where slug = 'draft'")
        .await;
    let (making, chosen) = (rewards[0], rewards[1]);
    let mut choices = Choices { reward: chosen.to_string(), ..Choices::default() };
    choices.options.insert(chosen.to_string(), format!("value {text}"));
    let order = placement(&slug("live"), "bob", choices);
    let placed = backend::pledge::place(&stage.backend, order).await.expect("placed");
    change(site, &creator, &operator).await;
    let invitation = invite(site, &creator).await;
    write(site, text).await;

    let mut looks = vec![
        ("/coming/draft".into(), String::new()),
        ("/preview/looked-at".into(), String::new()),
        (invitation, String::new()),
        ("/campaigns/live".into(), String::new()),
        ("/campaigns/live/rewards".into(), String::new()),
        (format!("/campaigns/live/pledge?reward={chosen}"), String::new()),
        ("/campaigns/live/accounting".into(), creator.clone()),
        ("/campaigns/live/changes".into(), String::new()),
        ("/campaigns/live/embed".into(), String::new()),
        ("/campaigns/live/pledges".into(), creator.clone()),
        (format!("/campaigns/live/pledges/{}", placed.pledge), creator.clone()),
        ("/campaigns/live/edit/changes".into(), creator.clone()),
        ("/campaigns/called-off".into(), String::new()),
        ("/campaigns/stopped".into(), String::new()),
        ("/studio".into(), creator.clone()),
        ("/admin/reviews".into(), operator.clone()),
        ("/studio/waiting".into(), operator.clone()),
        ("/studio/waiting/identity".into(), operator),
        ("/demo/mailbox".into(), creator.clone()),
        (format!("/studio/draft/rewards?reward={making}"), creator.clone()),
    ];
    let parts = ["", "/basics", "/funding", "/rewards", "/identity", "/preview", "/people"];
    for part in parts {
        looks.push((format!("/studio/draft{part}"), creator.clone()));
    }
    for name in ["waiting", "called-off", "stopped"] {
        looks.push((format!("/studio/{name}"), creator.clone()));
    }
    looks
}

/// Somebody wants to publish a page as it was, and an operator says no.
async fn change(site: &Site, creator: &str, operator: &str) {
    let live = slug("live");
    publish(site, &live, "Twice.", creator).await;
    let fields = [("slug", "live"), ("number", "1")];
    post(site, &live, "edit/restore", &fields, creator).await;
    let fields = [("ask[slug]", "live"), ("ask[version]", "2")];
    post(site, &live, "edit/ask", &fields, creator).await;
    let id = changes(site, &live, creator).await.set.expect("it waits").id.to_string();
    let fields = [("form[slug]", "live"), ("form[id]", id.as_str()), ("form[remark]", "No.")];
    let no = post(site, &live, "edit/return", &fields, operator).await;
    assert!(!no.location().contains("__err="), "{}", no.location());
}

/// Somebody is invited; the path of the letter's link.
async fn invite(site: &Site, creator: &str) -> String {
    let right = format!("form[rights][{}]", Right::EditRewards.key());
    let fields =
        [("form[slug]", "draft"), ("form[email]", "bo@example.org"), (right.as_str(), "on")];
    site.submit("/studio/draft/people", "/api/fn/people/invite", &fields, creator).await;
    let letters = mail::mailbox(&site.stage.backend, Some("bo@example.org")).await;
    let letters = letters.expect("a mailbox");
    let text = &letters.first().expect("a letter").text;
    let link = text.lines().find(|line| line.contains("/invitation?")).expect("a link");
    link[link.find("/invitation").expect("a path")..].to_owned()
}

/// Writes the text past every form, as some importer or an older version may have.
async fn write(site: &Site, text: &str) {
    let text = text.replace('\'', "''");
    let of_draft = "from campaign where slug = 'draft'";
    for statement in [
        format!(
            "update campaign set subtitle = '{text}', creator = '{text}', subcategory = '{text}',
                    location = '{text}', image_alt = '{text}'"
        ),
        format!("update campaign set reason = 'cancelled {text}' where state = 'cancelled'"),
        format!("update campaign set reason = 'suspended {text}' where state = 'suspended'"),
        format!("update account set name = '{text}'"),
        format!(
            "insert into identity (account_id, kind, name, country, address, state, remark, stated_at)
             select creator_id, 'person', 'legal {text}', 'FR', 'quay {text}', 'refused',
                    'verdict {text}', 0 {of_draft}"
        ),
        format!(
            "insert into campaign_event (id, campaign_id, kind, account_id, remark, at)
             select id, id, 'returned', creator_id, 'remark {text}', 0 {of_draft}"
        ),
        format!("update people_event set subject = 'subject {text}'"),
        format!("update change_set set remark = 'note {text}'"),
        format!("insert into announcement (campaign_id, created_at) select id, 0 {of_draft}"),
        format!(
            "insert into preview_link (campaign_id, token, created_at)
             select id, 'looked-at', 0 {of_draft}"
        ),
    ] {
        site.stage.tamper(&statement).await;
    }
}

/// A demonstration, because only those have a mailbox to look into.
async fn demonstration() -> Site {
    Site::with(Options { is_demo: true, rate_limits: false, ..Options::default() }).await
}

#[tokio::test]
async fn no_text_of_who_makes_or_judges_a_campaign_becomes_code() {
    let harmless = demonstration().await;
    let mut calm = Vec::new();
    for (path, cookie) in stand(&harmless, "harmless").await {
        let answer = harmless.get_with(&path, &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        calm.push(shapes(&elements(&answer.text)));
    }
    for payload in PAYLOADS {
        let site = demonstration().await;
        let mut said = String::new();
        for ((path, cookie), calm) in stand(&site, payload).await.iter().zip(&calm) {
            let answer = site.get_with(path, &[("cookie", cookie)]).await;
            assert_eq!(answer.status, StatusCode::OK, "{path} with {payload}");
            let found = elements(&answer.text);
            assert_nothing_runs(&found, path, payload);
            // What a form would refuse is neither previewed nor reckoned with beside it.
            if !path.contains("/draft/rewards") {
                assert_eq!(shapes(&found), *calm, "{path} is changed by {payload}");
            }
            for element in &found {
                said.push_str(&element.text);
                for (_, value) in &element.attributes {
                    said.push('\n');
                    said.push_str(value);
                }
                said.push('\n');
            }
        }
        for place in PLACES {
            let words = format!("{place}{payload}");
            assert!(said.contains(&words), "no page shows {words} as text");
        }
    }
}

#[tokio::test]
async fn no_text_in_what_operators_see_to_becomes_code() {
    let mut calm = None;
    for text in ["harmless"].into_iter().chain(PAYLOADS) {
        let site = Site::sqlite().await;
        returns::refused(&site).await;
        let cookie = site.sign_in_as("otto", Role::Operator).await;
        let quoted = text.replace('\'', "''");
        for table in ["account set name", "campaign set title", "refund set refused_for"] {
            site.stage.tamper(&format!("update {table} = '{quoted}'")).await;
        }
        let answer = site.get_with("/admin/returns", &[("cookie", &cookie)]).await;
        assert_eq!(answer.status, StatusCode::OK, "{text}");
        let found = elements(&answer.text);
        assert_nothing_runs(&found, "/admin/returns", text);
        let shown = found.iter().filter(|element| element.text.contains(text)).count();
        // Whose page it is, and each refund's campaign at least.
        assert!(shown >= 2, "{text} is shown as text");
        let expected = calm.get_or_insert_with(|| shapes(&found));
        assert_eq!(shapes(&found), *expected, "changed by {text}");
    }
}
