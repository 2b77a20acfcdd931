//! The accounts say where every cent is, and the books can be taken home.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error,
    account::Who,
    accounting::{self, Format},
    chargeback::{self, Told},
    schedule,
};
use domain::{account::Role, accounting::Accounts, refund::ChargebackState, slug::Slug, time::DAY};
use refunds::{Charged, all, some, who};
use stage::{DEADLINE, Stage, amount};

async fn accounts(stage: &Stage, slug: &Slug) -> Option<Accounts> {
    let page = accounting::page(&stage.backend, None, slug.as_str()).await.expect("the page");
    assert!(!page.sees_money && !page.sees_backers, "nobody is signed in");
    page.accounts
}

async fn export(stage: &Stage, who: &Who, slug: &Slug, format: Format) -> Result<String, Error> {
    let mut books = accounting::books(&stage.backend, Some(who), slug.as_str(), format).await?;
    let mut bytes = Vec::new();
    while let Some(piece) = books.next().await? {
        bytes.extend(piece);
    }
    Ok(String::from_utf8(bytes).expect("text"))
}

#[tokio::test]
async fn every_collected_cent_is_somewhere_at_any_time() {
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let charged = Charged::new(&stage, 4).await;
        let check = async |what: &str| {
            let now = accounts(&stage, &charged.slug).await.expect("it has ended");
            assert_eq!(now.accounted_for(), now.collected.minor, "{what}: {now:?}");
            now
        };
        check("charged").await;
        charged.refund(0, some("4.99")).await.expect("refunded");
        check("partly refunded").await;
        for (n, state) in [(1, ChargebackState::Lost), (2, ChargebackState::Open)] {
            let charge = format!("{}-1", charged.pledge(n));
            let told = Told { reference: format!("dp_{n}"), amount: None, state };
            chargeback::tell(&stage.backend, &charge, told).await.expect("booked");
            check("disputed").await;
        }
        stage.clock.set(DEADLINE.plus(14 * DAY));
        schedule::once(&stage.backend).await.expect("paid out");
        let paid = check("paid out").await;
        assert!(paid.reserve.minor > 0 && paid.reserve_until.is_some());
        charged.refund(3, all()).await.expect("refunded");
        let owed = check("refunded after the payout").await;
        assert!(owed.paid_out.minor < paid.paid_out.minor);
        assert_eq!((owed.refunded.minor, owed.charged_back.minor), (3_499, 3_000));
        assert_eq!((owed.pledged.minor, owed.outstanding.minor), (12_000, 0));
    }
}

#[tokio::test]
async fn accounts_are_shut_while_pledges_come_in_and_tell_of_a_failure() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        stage.place(&slug, "ada", amount("25")).await.expect("placed");
        assert_eq!(accounts(&stage, &slug).await, None);
        stage.clock.set(DEADLINE);
        schedule::once(&stage.backend).await.expect("closed");
        let failed = accounts(&stage, &slug).await.expect("it has ended");
        assert_eq!((failed.pledged.minor, failed.not_collected.minor), (2_500, 2_500));
        assert_eq!((failed.collected.minor, failed.outstanding.minor), (0, 0));
        let none = accounting::page(&stage.backend, None, "no-such-campaign").await;
        assert!(matches!(none, Err(Error::NotFound)));
    }
}

#[tokio::test]
async fn who_runs_it_takes_the_books_home_and_nobody_else() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 3).await;
        charged.refund(0, all()).await.expect("refunded");
        stage.tamper("update pledge_item set title = '=cmd|x' where kind = 'reward'").await;
        let operator = who(&stage, "operator", Role::Operator).await;
        let rows = stage.number("select ledger_rows from campaign").await;
        for reader in [&charged.creator, &operator] {
            let csv = export(&stage, reader, &charged.slug, Format::Csv).await.expect("the books");
            let mut file = csv::Reader::from_reader(csv.as_bytes());
            let records: Vec<csv::StringRecord> =
                file.records().collect::<Result<_, _>>().expect("records");
            assert_eq!(i64::try_from(records.len()).expect("a few"), rows);
            assert!(csv.contains("'=cmd|x") && !csv.contains(",=cmd|x"), "no formula");
            assert!(!csv.contains("example.org"), "nobody's address");

            let text =
                export(&stage, reader, &charged.slug, Format::Json).await.expect("the books");
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            let all = json["rows"].as_array().expect("rows");
            assert_eq!(i64::try_from(all.len()).expect("a few"), rows);
            assert_eq!(json["currency"], "EUR");
            assert_eq!(all[0]["amount"], "-30.00");
        }
        let stranger = who(&stage, "stranger", Role::Member).await;
        for format in [Format::Csv, Format::Json] {
            let refused = export(&stage, &stranger, &charged.slug, format).await;
            assert!(matches!(refused, Err(Error::NotFound)));
            let slug = charged.slug.as_str();
            let nobody = accounting::books(&stage.backend, None, slug, format).await;
            assert!(matches!(nobody, Err(Error::NotFound)));
        }
    }
}

#[tokio::test]
async fn books_of_many_rows_come_in_pieces_and_whole() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let ada = stage.place(&slug, "ada", amount("25")).await.expect("placed");
        for n in 0..1_050 {
            stage.change(&ada, amount(&format!("{}", 26 + n))).await.expect("changed");
        }
        let rows = stage.number("select ledger_rows from campaign").await;
        assert!(rows > 2_000, "more than one piece");
        let creator = who(&stage, "creator", Role::Member).await;
        let text = export(&stage, &creator, &slug, Format::Json).await.expect("the books");
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        let all = json["rows"].as_array().expect("rows");
        let numbers: Vec<i64> = all.iter().filter_map(|row| row["row"].as_i64()).collect();
        assert_eq!(numbers, (1..=rows).collect::<Vec<_>>());
        let csv = export(&stage, &creator, &slug, Format::Csv).await.expect("the books");
        assert_eq!(csv.lines().count(), numbers.len() + 1);
    }
}
