//! What changed since somebody pledged, and what follows from it.

#[path = "studio/desk.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod desk;
#[path = "stage/runs.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod runs;
#[path = "stage/stage.rs"]
mod stage;
#[path = "together/writer.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod writer;

use backend::{
    campaign,
    pledge::{self, Access, command::Answer},
    story, studio,
};
use desk::problems;
use domain::{
    Locale, Timestamp,
    campaign::{material::FREE_DAYS, shelf::ShelfChangeKind},
    id::RewardId,
    pledge::{PledgePage, PledgeState, Refusal},
    slug::Slug,
    story::changes::What,
    studio::{BasicsForm, FundingForm, RewardForm},
    time::{DAY, HOUR, Month},
};
use runs::{letters, run_until};
use stage::{DEADLINE, NOW, Stage, Why, amount, one, with_add_on};
use writer::{Writer, creator};

async fn dated(stage: &Stage, slug: &Slug, title: &str) -> RewardId {
    stage
        .reward(slug, |new| {
            new.title = title.into();
            new.delivery = Month::from_number(202_706);
        })
        .await
}

/// The creator says another month.
async fn put_off(
    stage: &Stage,
    slug: &Slug,
    reward: RewardId,
    month: &str,
    confirmed: &str,
) -> Result<RewardId, backend::Error> {
    let me = creator(stage).await;
    let page = studio::page(&stage.backend, &me, slug.as_str()).await.expect("the studio");
    let saved = page.rewards.into_iter().find(|one| one.id == reward).expect("the reward");
    let (delivery, confirmed) = (month.into(), confirmed.into());
    let form = RewardForm { delivery, confirmed, ..saved.form };
    studio::save_reward(&stage.backend, &me, form).await
}

async fn page(stage: &Stage, answer: &Answer) -> PledgePage {
    let key = pledge::key(&stage.backend, answer.pledge);
    let access = Access { who: None, key: &key };
    pledge::page(&stage.backend, &access, answer.pledge, Locale::En).await.expect("the page")
}

/// Ada writes something in front of the story, and publishes it.
async fn publish(stage: &Stage, slug: &Slug, client: u64, text: &str) {
    let me = creator(stage).await;
    let mut ada = Writer::of(&stage.backend, &me, slug, client).await;
    let block = ada.first();
    ada.types(block, text);
    ada.save().await;
    story::publish(&stage.backend, &me, slug.as_str(), None).await.expect("published");
}

#[tokio::test]
async fn a_pledge_remembers_the_page_that_it_was_made_on() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let early = stage.place(&slug, "ada", amount("5")).await.expect("placed");
        assert!(page(&stage, &early).await.since.is_nothing());
        publish(&stage, &slug, 11, "At last: ").await;
        let late = stage.place(&slug, "bob", amount("5")).await.expect("placed");
        assert!(page(&stage, &late).await.since.is_nothing(), "it was made on this page");
        let since = page(&stage, &early).await.since.page.expect("the page changed");
        assert_eq!((since.version, since.sentence.as_str()), (1, "Changes: blocks changed: 1."));
        publish(&stage, &slug, 12, "And again: ").await;
        let since = page(&stage, &late).await.since.page.expect("the page changed");
        assert_eq!(since.version, 2);
        assert_eq!(page(&stage, &late).await.since.free_until, None, "a page is no promise");
        stage.cancel(&late).await.expect("cancelled");
        assert!(page(&stage, &late).await.since.is_nothing(), "over");
        let newest = "select count(*) from campaign c where c.page_version <>
            coalesce((select max(v.number) from campaign_version v where v.campaign_id = c.id), 0)";
        assert_eq!(stage.number(newest).await, 0);
    }
}

#[tokio::test]
async fn everybody_reads_what_changed_and_nobody_of_a_secret_reward() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let backend = &stage.backend;
        let read = async |wanted| {
            story::changes(backend, slug.as_str(), wanted, Locale::En).await.expect("the changes")
        };
        assert_eq!(read(story::Wanted::default()).await.entries, []);
        let open = dated(&stage, &slug, "Open").await;
        let hidden = stage.reward(&slug, |new| new.secret = Some("s3cret".into())).await;
        for (client, text) in (11..).zip(["One. ", "Two. ", "Three. "]) {
            stage.clock.set(stage.clock.now().plus(HOUR));
            publish(&stage, &slug, client, text).await;
        }
        put_off(&stage, &slug, open, "2027-07", "").await.expect("nobody has it");
        put_off(&stage, &slug, hidden, "2027-07", "").await.expect("nobody has it");
        let page = read(story::Wanted { since: 2, until: 0 }).await;
        let told = |what: &What| match what {
            What::Page { version, rows, .. } => format!("{version}: {}", rows.len()),
            What::Reward { title, differences } => format!("{title}: {}", differences.len()),
        };
        let mut entries: Vec<_> = page.entries.iter().map(|one| told(&one.what)).collect();
        entries.sort();
        assert_eq!(entries, ["2: 1", "3: 1", "4: 1", "Open: 1"]);
        assert_eq!(told(&page.since.expect("since the second").what), "4: 1");
        for (since, until) in [(-1, -1), (i64::MAX, i64::MIN), (99, 99), (4, 4)] {
            let page = read(story::Wanted { since, until }).await;
            assert_eq!((page.entries.len(), page.since), (4, None), "{since} {until}");
        }
        assert_eq!(read(story::Wanted { since: 0, until: 2 }).await.entries.len(), 1);
        for nonsense in ["", "nothing-here", "\0"] {
            let none =
                story::changes(backend, nonsense, story::Wanted::default(), Locale::En).await;
            assert!(none.is_err(), "{nonsense:?}");
        }
    }
}

#[tokio::test]
async fn a_delivery_that_is_put_off_is_told_to_each_backer_of_that_reward() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let clock = dated(&stage, &slug, "A clock").await;
        let card = dated(&stage, &slug, "A card").await;
        let add_on = stage
            .reward(&slug, |new| {
                new.kind = domain::reward::RewardKind::AddOn;
                new.delivery = Month::from_number(202_706);
            })
            .await;
        let ada = stage.place(&slug, "ada", with_add_on(clock, add_on, 2)).await.expect("placed");
        let bob = stage.place(&slug, "bob", one(card)).await.expect("placed");
        let gone = stage.place(&slug, "cleo", one(clock)).await.expect("placed");
        stage.cancel(&gone).await.expect("cancelled");

        let refused = put_off(&stage, &slug, clock, "2027-09", "").await;
        assert!(problems(refused).of("confirmed").is_some(), "nobody has confirmed it");
        put_off(&stage, &slug, clock, "2027-09", "on").await.expect("put off");
        assert_eq!(letters(&stage, "reward_changed").await, 1);
        let since = page(&stage, &ada).await.since;
        assert_eq!(since.free_until, Some(NOW.plus(FREE_DAYS * DAY)));
        assert!(since.may_leave);
        assert_eq!(since.rewards.len(), 1);
        let told = &since.rewards[0].differences[0];
        assert_eq!((told.before.as_str(), told.after.as_str()), ("June 2027", "September 2027"));
        assert!(page(&stage, &bob).await.since.is_nothing(), "his reward is as it was");
        let dan = stage.place(&slug, "dan", one(clock)).await.expect("placed");
        assert!(page(&stage, &dan).await.since.is_nothing(), "he read it so");

        // Sooner is nothing to leave for, and nothing to write about.
        put_off(&stage, &slug, clock, "2027-08", "").await.expect("sooner");
        assert_eq!(letters(&stage, "reward_changed").await, 1);
        assert_eq!(page(&stage, &dan).await.since.free_until, None);
        // What comes on top is promised as well, and not naming a month is putting it off.
        put_off(&stage, &slug, add_on, "", "on").await.expect("no longer named");
        assert_eq!(letters(&stage, "reward_changed").await, 2);
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn who_changes_a_pledge_keeps_what_was_promised() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (clock, card) =
            (dated(&stage, &slug, "A clock").await, dated(&stage, &slug, "A card").await);
        let ada = stage.place(&slug, "ada", one(clock)).await.expect("placed");
        put_off(&stage, &slug, clock, "2027-09", "on").await.expect("put off");
        let more = domain::pledge::Choices { bonus: "5".into(), ..one(clock) };
        stage.change(&ada, more).await.expect("changed");
        assert!(page(&stage, &ada).await.since.free_until.is_some(), "more for the same clock");
        stage.change(&ada, one(card)).await.expect("changed");
        assert!(page(&stage, &ada).await.since.is_nothing(), "the card was never put off");
        stage.change(&ada, one(clock)).await.expect("changed");
        assert!(page(&stage, &ada).await.since.is_nothing(), "chosen as it is now");
    }
}

#[tokio::test]
async fn after_a_material_change_a_pledge_may_go_on_the_last_day_too() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.goal = 1_500).await;
        let clock = dated(&stage, &slug, "A clock").await;
        let ada = stage.place(&slug, "ada", one(clock)).await.expect("placed");
        let bob = stage.place(&slug, "bob", amount("10")).await.expect("placed");
        stage.clock.set(DEADLINE.plus(-HOUR));
        let refused = stage.assert_refused(stage.cancel(&ada)).await;
        assert!(matches!(refused, Why::Refused(Refusal::WouldSinkGoal)), "{refused:?}");
        put_off(&stage, &slug, clock, "2028-01", "on").await.expect("put off");
        let refused = stage.assert_refused(stage.cancel(&bob)).await;
        assert!(matches!(refused, Why::Refused(_)), "nothing of his has changed");
        let left = stage.cancel(&ada).await.expect("free to go");
        assert_eq!(left.state, PledgeState::Cancelled);
        stage.assert_books().await;
    }
}

/// A collected pledge of a reward that was put off an hour before the deadline.
async fn collected(stage: &Stage) -> (Slug, Answer, Timestamp) {
    let slug = stage.campaign(|new| new.goal = 500).await;
    let clock = dated(stage, &slug, "A clock").await;
    let ada = stage.place(&slug, "ada", one(clock)).await.expect("placed");
    let changed = DEADLINE.plus(-HOUR);
    stage.clock.set(changed);
    put_off(stage, &slug, clock, "2028-01", "on").await.expect("put off");
    run_until(stage, DEADLINE.plus(HOUR)).await;
    assert_eq!(page(stage, &ada).await.state, PledgeState::Collected);
    (slug, ada, changed)
}

#[tokio::test]
async fn after_the_deadline_what_was_charged_goes_back_until_the_last_moment() {
    for stage in Stage::both().await {
        let (_, ada, changed) = collected(&stage).await;
        stage.clock.set(changed.plus(FREE_DAYS * DAY).plus(-1));
        let shown = page(&stage, &ada).await;
        assert!(shown.may_cancel && shown.since.may_leave);
        let back = stage.cancel(&ada).await.expect("given back");
        assert_eq!(back.state, PledgeState::Refunded);
        let again = stage.cancel(&ada).await;
        assert!(again.is_err(), "nothing goes back twice");
        assert_eq!(stage.number("select refunded from campaign").await, 1_000);
        run_until(&stage, DEADLINE.plus(40 * DAY)).await;
    }
}

#[tokio::test]
async fn once_the_fourteen_days_are_over_nobody_leaves() {
    for stage in Stage::both().await {
        let (slug, ada, changed) = collected(&stage).await;
        stage.clock.set(changed.plus(FREE_DAYS * DAY));
        let shown = page(&stage, &ada).await;
        assert_eq!((shown.may_cancel, shown.since.free_until), (false, None));
        assert_eq!(shown.since.rewards.len(), 1, "what changed is told all the same");
        stage.assert_refused(stage.cancel(&ada)).await;
        assert_eq!(stage.totals(&slug).await, (1_000, 1));
    }
}

#[tokio::test]
async fn rewards_that_come_and_go_are_told_to_everybody_and_to_open_pages() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let me = creator(&stage).await;
        let following = backend.hub.follow(&backend.db, &slug).await.expect("read");
        let following = following.expect("it is public");
        let form = |title: &str| RewardForm {
            slug: name.into(),
            title: title.into(),
            price: "5".into(),
            shipping: "none".into(),
            ..RewardForm::default()
        };
        let lamp = studio::save_reward(backend, &me, form("A lamp")).await.expect("added");
        let hidden = RewardForm { secret: "on".into(), ..form("For friends") };
        studio::save_reward(backend, &me, hidden).await.expect("added");
        studio::delete_reward(backend, &me, name, &lamp.to_string()).await.expect("removed");

        let told = studio::shelf_changes(backend, name).await.expect("read");
        let told: Vec<_> = told.iter().map(|one| (one.kind, one.title.as_str())).collect();
        let wanted =
            [(ShelfChangeKind::RewardRemoved, "A lamp"), (ShelfChangeKind::RewardAdded, "A lamp")];
        assert_eq!(told, wanted, "what only a link opens is nobody else's to know");
        let page = campaign::page(backend, None, name, "").await.expect("a page");
        assert_eq!(page.shelf, 3);

        let mut frames = following.frames.clone();
        let is_told = frames.wait_for(|frame| {
            let text = frame.as_ref().map(|frame| String::from_utf8_lossy(&frame.bytes));
            text.is_some_and(|text| text.contains("\"shelf\":3"))
        });
        let is_told = tokio::time::timeout(std::time::Duration::from_secs(10), is_told).await;
        assert!(is_told.is_ok_and(|told| told.is_ok()), "open pages look again");

        // Nobody has opened the editor, and what was told at the launch is a version all the same.
        let history = story::versions(backend, &me, name).await.expect("the history").versions;
        let lines: Vec<_> = history.iter().map(|line| line.moment().to_string()).collect();
        assert_eq!(lines, ["1.2", "1.1", "1"]);
    }
}

#[tokio::test]
async fn facts_that_change_are_told_to_everybody_and_to_open_pages() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (backend, name) = (&stage.backend, slug.as_str());
        let me = creator(&stage).await;
        let following = backend.hub.follow(&backend.db, &slug).await.expect("read");
        let following = following.expect("it is public");
        let page = studio::page(backend, &me, name).await.expect("the studio");
        let basics = BasicsForm { subtitle: "Of words.".into(), ..page.basics };
        studio::save_basics(backend, &me, basics).await.expect("saved");
        let told = studio::shelf_changes(backend, name).await.expect("read");
        assert_eq!(told, [], "texts are no fact");

        let page = studio::page(backend, &me, name).await.expect("the studio");
        let basics = BasicsForm {
            category: "crafts".into(),
            subcategory: "Clocks".into(),
            location: "Brest".into(),
            ..page.basics
        };
        studio::save_basics(backend, &me, basics).await.expect("saved");
        let mut funding = page.funding;
        for (part, typed) in [("title", "In green"), ("measure", "backers"), ("target", "50")] {
            funding.stretch.insert(FundingForm::stretch_field(0, part), typed.into());
        }
        studio::save_funding(backend, &me, funding).await.expect("saved");

        let told = studio::shelf_changes(backend, name).await.expect("read");
        let told: Vec<_> = told.iter().map(|one| (one.kind, one.title.as_str())).collect();
        let wanted = [
            (ShelfChangeKind::Goals, ""),
            (ShelfChangeKind::Place, "Brest"),
            (ShelfChangeKind::Category, "crafts Clocks"),
        ];
        assert_eq!(told, wanted);
        let mut frames = following.frames.clone();
        let is_told = frames.wait_for(|frame| {
            let text = frame.as_ref().map(|frame| String::from_utf8_lossy(&frame.bytes));
            text.is_some_and(|text| text.contains("\"shelf\":3"))
        });
        let is_told = tokio::time::timeout(std::time::Duration::from_secs(10), is_told).await;
        assert!(is_told.is_ok_and(|told| told.is_ok()), "open pages look again");
    }
}

#[tokio::test]
async fn what_is_arranged_before_the_launch_is_no_change() {
    for stage in Stage::both().await {
        let (people, slug) = desk::draft(&stage).await;
        let reward = desk::reward(&slug, "A lamp", "5");
        studio::save_reward(&stage.backend, &people.creator, reward).await.expect("added");
        assert_eq!(stage.number("select count(*) from shelf_change").await, 0);
        assert_eq!(stage.number("select count(*) from campaign_shelf").await, 0);
        assert_eq!(stage.number("select max(shelf_version) from campaign").await, 0);
    }
}
