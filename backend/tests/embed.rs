//! Who decides where a campaign is shown, and what is kept of that.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/stage.rs"]
mod stage;
#[path = "people/team.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod team;

use backend::{Error, embed, studio, sweep};
use desk::{People, draft, person};
use domain::{
    account::Role,
    embed::{Hosts, Rule, outcome::MOST_EMBEDS, rule::RuleForm},
    people::Right,
    time::DAY,
};
use stage::{NOW, Stage, amount};
use team::{is_lacking, join};

fn form(slug: &str, shown: &str, hosts: &str) -> RuleForm {
    RuleForm { slug: slug.into(), shown: shown.into(), hosts: hosts.into() }
}

#[tokio::test]
async fn only_the_creator_says_where_a_campaign_is_shown_and_only_an_operator_reads_it_too() {
    for stage in Stage::both().await {
        let people = People::of(&stage).await;
        let slug = stage.campaign(|_| ()).await;
        let backend = &stage.backend;
        for who in [&people.operator, &people.stranger] {
            // What is wrong with a form is nobody's business who may not send it.
            for hosts in ["", "no host!"] {
                let wanted = form(slug.as_str(), "off", hosts);
                let refused = embed::save_rule(backend, who, &wanted).await;
                assert!(matches!(refused, Err(Error::NotFound)));
            }
        }
        let read = embed::settings(backend, &people.stranger, slug.as_str()).await;
        assert!(matches!(read, Err(Error::NotFound)));
        let saved = form(slug.as_str(), "off", "b.example\na.example");
        embed::save_rule(backend, &people.creator, &saved).await.expect("saved");
        let hosts = Hosts::parse("b.example a.example").expect("hosts");
        for who in [&people.creator, &people.operator] {
            let read = embed::settings(backend, who, slug.as_str()).await.expect("read");
            assert_eq!(read.rule, Rule { is_off: true, hosts: hosts.clone() });
        }
        // Another process finds it in the database.
        let (other, _) = stage.another_process().await;
        let snapshot = embed::snapshot(&other, &slug).await.expect("a campaign");
        assert!(snapshot.rule.is_off);
        embed::save_rule(backend, &people.creator, &form(slug.as_str(), "on", ""))
            .await
            .expect("saved");
        assert_eq!(stage.number("select count(*) from embed_rule").await, 1);
    }
}

#[tokio::test]
async fn who_edits_the_page_says_where_it_is_shown_and_who_works_on_it_reads_that() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let backend = &stage.backend;
        for (right, decides) in
            [(Right::Own, true), (Right::EditPage, true), (Right::SeeMoney, false)]
        {
            let who = person(&stage, right.key(), Role::Member).await;
            join(&stage, &people.creator, &slug, &who, &[right]).await;
            let hosts = format!("{}.example", right.key().replace('_', "-"));
            let saved = embed::save_rule(backend, &who, &form(slug.as_str(), "on", &hosts)).await;
            assert_eq!(saved.is_ok(), decides, "{right:?}: {saved:?}");
            assert!(decides || is_lacking(&saved, Right::EditPage), "{right:?}: {saved:?}");
            let read = embed::settings(backend, &who, slug.as_str()).await.expect("read");
            let decided = Hosts::parse(&hosts).expect("hosts");
            assert_eq!(read.rule.hosts == decided, decides, "{right:?}");
        }
    }
}

#[tokio::test]
async fn a_draft_takes_what_was_decided_about_it_along_when_it_goes() {
    for stage in Stage::both().await {
        let (people, slug) = draft(&stage).await;
        let backend = &stage.backend;
        let rule = form(slug.as_str(), "off", "");
        embed::save_rule(backend, &people.creator, &rule).await.expect("saved");
        let none = embed::make(backend, Some(&people.creator), slug.as_str()).await;
        assert!(matches!(none, Err(Error::NotFound)), "nobody shows a draft");
        studio::delete_draft(backend, &people.creator, slug.as_str()).await.expect("deleted");
        assert_eq!(stage.number("select count(*) from embed_rule").await, 0);
    }
}

#[tokio::test]
async fn a_name_that_nobody_owns_or_ever_showed_is_forgotten_after_a_month() {
    for stage in Stage::both().await {
        let people = People::of(&stage).await;
        let slug = stage.campaign(|new| new.deadline = NOW.plus(59 * DAY)).await;
        let backend = &stage.backend;
        let unseen = embed::make(backend, None, slug.as_str()).await.expect("a name");
        let owned = embed::make(backend, Some(&people.stranger), slug.as_str()).await;
        let seen = embed::make(backend, None, slug.as_str()).await.expect("a name");
        let pledged = embed::make(backend, None, slug.as_str()).await.expect("a name");
        backend.hub.embeds().count_view(seen);
        embed::write_down(backend).await.expect("written");
        let mut choices = amount("5");
        choices.embed = pledged.to_string();
        stage.place(&slug, "ada", choices).await.expect("placed");
        stage.clock.set(NOW.plus(29 * DAY));
        assert_eq!(sweep::run(backend).await.expect("swept").embeds, 0);
        stage.clock.set(NOW.plus(31 * DAY));
        assert_eq!(sweep::run(backend).await.expect("swept").embeds, 1);
        let settings = embed::settings(backend, &people.creator, slug.as_str()).await;
        let left: Vec<_> = settings.expect("read").lines.iter().map(|line| line.id).collect();
        assert!(!left.contains(&unseen));
        for id in [owned.expect("a name"), seen, pledged] {
            assert!(left.contains(&id), "{id}");
        }
    }
}

#[tokio::test]
async fn a_campaign_has_only_so_many_names() {
    let stage = Stage::sqlite().await;
    let slug = stage.campaign(|_| ()).await;
    stage
        .tamper(&format!(
            "with recursive n (n) as (select 1 union all select n + 1 from n where n < {MOST_EMBEDS})
             insert into embed (id, campaign_id, created_at)
             select 'name' || n, (select id from campaign), 0 from n"
        ))
        .await;
    let refused = embed::make(&stage.backend, None, slug.as_str()).await;
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
}
