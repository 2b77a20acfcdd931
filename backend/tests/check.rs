//! The books agree after whatever people do, and `pedestal check` says so when
//! they do not.

#[path = "stage/stage.rs"]
mod stage;

use std::sync::atomic::{AtomicBool, Ordering};

use backend::{Conn, Error, check, pledge, pledge::command::Answer, schedule};
use domain::{
    Country,
    id::RewardId,
    pledge::Choices,
    reward::{RewardKind, Shipping},
    slug::Slug,
    time::{DAY, HOUR, MINUTE},
};
use futures::{StreamExt as _, future, stream};
use stage::{NOW, Stage, amount, one, placement, with_add_on};

#[tokio::test]
async fn each_counter_that_lies_is_found() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.limited(&slug, 9).await;
        stage
            .place(&slug, "ada", Choices { bonus: "3".into(), ..one(book) })
            .await
            .expect("placed");
        stage.assert_books().await;
        for (tamper, repair, what) in [
            (
                "update campaign set pledged = pledged + 1",
                "update campaign set pledged = pledged - 1",
                "pledged of campaign",
            ),
            (
                "update campaign set backers = backers + 1",
                "update campaign set backers = backers - 1",
                "backers of campaign",
            ),
            (
                "update reward set claimed = claimed + 1",
                "update reward set claimed = claimed - 1",
                "claimed units of reward",
            ),
            (
                "update pledge_item set amount = amount + 1",
                "update pledge_item set amount = amount - 1",
                "lines of pledge",
            ),
        ] {
            stage.tamper(tamper).await;
            let found = check::first_difference(&stage.backend)
                .await
                .expect("checked")
                .expect("a difference");
            assert!(found.what.starts_with(what), "{found}");
            assert_eq!((found.kept - found.counted).abs(), 1, "{found}");
            stage.tamper(repair).await;
            stage.assert_books().await;
        }
        // The opening balance is not ours to explain, but nothing else may be added.
        stage.tamper("update campaign set opening_pledged = 5, pledged = pledged + 5").await;
        stage.assert_books().await;
        stage.tamper("update campaign set opening_backers = 1").await;
        assert!(check::first_difference(&stage.backend).await.expect("checked").is_some());
    }
}

#[tokio::test]
async fn no_row_of_the_books_can_be_touched_unseen() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let quiet = stage.campaign(|_| ()).await;
        for (campaign, guest) in [(&slug, "ada"), (&quiet, "ada"), (&slug, "bob")] {
            stage.place(campaign, guest, amount("25")).await.expect("placed");
        }
        stage.assert_books().await;
        let first = "seq = 1 and campaign_id = (select id from campaign order by slug limit 1)";
        let kept = format!("create table kept as select * from entry where {first}");
        for (tamper, repair, what) in [
            // The sum of the event is still zero, and so is everybody's balance.
            (
                "update entry set at = at + 1 where seq = 3".to_owned(),
                "update entry set at = at - 1 where seq = 3".to_owned(),
                "row of the books",
            ),
            (
                "update entry set amount = amount * 2 where seq <= 2".to_owned(),
                "update entry set amount = amount / 2 where seq <= 2".to_owned(),
                "promised in the books",
            ),
            (
                format!("update entry set amount = amount - 1 where {first}"),
                format!("update entry set amount = amount + 1 where {first}"),
                "posting in the books",
            ),
            (
                format!("delete from entry where {first}"),
                "insert into entry select * from kept".to_owned(),
                "rows of the books",
            ),
            (
                "update campaign set ledger_hash = 'x' || ledger_hash".to_owned(),
                "update campaign set ledger_hash = substr(ledger_hash, 2)".to_owned(),
                "row of the books",
            ),
        ] {
            if what == "rows of the books" {
                stage.tamper(&kept).await;
            }
            stage.tamper(&tamper).await;
            let found = check::first_difference(&stage.backend).await.expect("checked");
            let found = found.unwrap_or_else(|| panic!("unseen: {tamper}"));
            assert!(found.what.starts_with(what), "{tamper}: {found}");
            stage.tamper(&repair).await;
            stage.assert_books().await;
        }
    }
}

#[tokio::test]
async fn pledges_from_before_the_books_are_opened_in_one_sum() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        stage.place(&slug, "ada", amount("25")).await.expect("placed");
        stage.place(&slug, "bob", amount("5")).await.expect("placed");
        stage.tamper("delete from entry").await;
        stage.tamper("update campaign set ledger_rows = 0, ledger_hash = ''").await;
        for _ in 0..2 {
            let _ = stage.another_process().await;
            stage.assert_books().await;
            assert_eq!(stage.number("select count(*) from entry where event = 'opened'").await, 2);
        }
        stage.place(&slug, "cid", amount("7")).await.expect("placed");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_oversell() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.limited(&slug, 2).await;
        stage.place(&slug, "ada", one(book)).await.expect("placed");
        for statement in ["update reward set claimed = 3", "update reward set claimed = -1"] {
            let statement = sqlx::AssertSqlSafe(statement);
            let refused = match &stage.backend.db {
                backend::Db::Sqlite { write, .. } => {
                    sqlx::query(statement).execute(write).await.is_err()
                }
                backend::Db::Postgres { pool, .. } => {
                    sqlx::query(statement).execute(pool).await.is_err()
                }
            };
            assert!(refused);
        }
    }
}

/// How many pledges there are, as one transaction sees it.
async fn pledges(conn: Conn<'_>) -> i64 {
    let count = "select count(*) from pledge";
    match conn {
        Conn::Sqlite(c) => sqlx::query_scalar(count).fetch_one(c).await,
        Conn::Postgres(c) => sqlx::query_scalar(count).fetch_one(c).await,
    }
    .expect("a number")
}

#[tokio::test]
async fn what_is_checked_is_of_one_moment_and_keeps_nobody_waiting() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        stage.place(&slug, "ada", amount("25")).await.expect("placed");
        let mut moment = stage.backend.db.snapshot().await.expect("a transaction");
        assert_eq!(pledges(moment.conn()).await, 1);
        stage.place(&slug, "bob", amount("25")).await.expect("placed meanwhile");
        assert_eq!(pledges(moment.conn()).await, 1, "still of that moment");
        drop(moment);
        assert_eq!(stage.number("select count(*) from pledge").await, 2);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_while_pledges_come_in_finds_nothing() {
    for stage in Stage::both().await {
        let slugs = [stage.campaign(|_| ()).await, stage.campaign(|_| ()).await];
        let is_over = AtomicBool::new(false);
        let pledging = async {
            let until_then = stream::iter(0_usize..)
                .take_while(|_| future::ready(!is_over.load(Ordering::SeqCst)))
                .map(|n| {
                    let order = placement(&slugs[n % 2], &format!("backer{n}"), amount("10"));
                    pledge::place(&stage.backend, order)
                });
            until_then.buffer_unordered(16).collect::<Vec<_>>().await
        };
        let checking = async {
            for _ in 0..8 {
                stage.assert_books().await;
            }
            is_over.store(true, Ordering::SeqCst);
        };
        let (placed, ()) = tokio::join!(pledging, checking);
        assert!(placed.iter().all(Result::is_ok), "every pledge is placed");
        assert!(placed.len() > 16, "it was checked meanwhile");
        stage.assert_books().await;
    }
}

/// A small generator of its own, so that a failure can be walked again by its seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % n
    }
}

#[tokio::test]
async fn no_walk_through_the_shop_unbalances_the_books() {
    for stage in Stage::both().await {
        for seed in [1, 2, 3] {
            walk(&stage, seed).await;
        }
    }
}

struct Shop {
    slug: Slug,
    rewards: Vec<RewardId>,
    add_ons: Vec<RewardId>,
}

async fn shop(stage: &Stage, days: i64) -> Shop {
    let slug = stage
        .campaign(|new| (new.goal, new.deadline) = (6_000, stage.clock.now().plus(days * DAY)))
        .await;
    let france = Country::parse("FR").expect("France");
    let rewards = vec![
        stage.limited(&slug, 3).await,
        stage.reward(&slug, |new| new.offer.limit_per_backer = Some(1)).await,
        stage
            .reward(&slug, |new| {
                new.shipping = Shipping::Countries { costs: [(france, 350)].into() }
            })
            .await,
        stage.reward(&slug, |new| new.offer.ends_at = Some(NOW.plus(DAY))).await,
    ];
    let add_ons = vec![
        stage
            .reward(&slug, |new| {
                (new.kind, new.price, new.offer.quantity) = (RewardKind::AddOn, 250, Some(7));
            })
            .await,
        stage.reward(&slug, |new| (new.kind, new.price) = (RewardKind::AddOn, 120)).await,
    ];
    Shop { slug, rewards, add_ons }
}

async fn walk(stage: &Stage, seed: u64) {
    let mut dice = Dice(seed);
    stage.clock.set(NOW);
    let shops = [shop(stage, 2).await, shop(stage, 3).await, shop(stage, 9).await];
    let mut pledges: Vec<Answer> = Vec::new();
    let (mut done, mut refused) = (0, 0);
    for step in 0..140 {
        let shop = &shops[dice.below(shops.len())];
        let guest = format!("walker-{seed}-{}", dice.below(12));
        let choices = choices(&mut dice, shop);
        let known = (!pledges.is_empty()).then(|| pledges[dice.below(pledges.len())].clone());
        let outcome = match (dice.below(12), known) {
            (0..=4, _) => stage.place(&shop.slug, &guest, choices).await,
            (5, _) => {
                let card = domain::payment::TestCard::Authenticate;
                pledge::place(
                    &stage.backend,
                    pledge::Placement { card, ..placement(&shop.slug, &guest, choices) },
                )
                .await
            }
            (6 | 7, Some(known)) => stage.change(&known, choices).await,
            (8, Some(known)) => stage.cancel(&known).await,
            (9, Some(known)) => stage.confirm(&known).await,
            _ => {
                stage
                    .clock
                    .set(stage.clock.now().plus([MINUTE, 20 * MINUTE, 3 * HOUR][dice.below(3)]));
                schedule::once(&stage.backend).await.expect("what runs by the clock ran");
                continue;
            }
        };
        match outcome {
            Ok(answer) => {
                done += 1;
                pledges.push(answer);
            }
            Err(Error::Invalid(_) | Error::Refused(_)) => refused += 1,
            Err(fault) => panic!("seed {seed}, step {step}: {fault:?}"),
        }
        let difference = check::first_difference(&stage.backend).await.expect("checked");
        assert_eq!(difference, None, "seed {seed}, step {step}");
    }
    assert!(
        done > 30 && refused > 10,
        "a walk that does something: {done} done, {refused} refused"
    );
}

fn choices(dice: &mut Dice, shop: &Shop) -> Choices {
    let country = ["", "FR", "DE"][dice.below(3)].to_owned();
    let reward = shop.rewards[dice.below(shop.rewards.len())];
    let add_on = shop.add_ons[dice.below(shop.add_ons.len())];
    let units = u32::try_from(1 + dice.below(4)).expect("a few");
    let order = match dice.below(4) {
        0 => amount(["1", "25", "0.5", "9999"][dice.below(4)]),
        1 => with_add_on(reward, add_on, units),
        _ => one(reward),
    };
    Choices { country, ..order }
}
