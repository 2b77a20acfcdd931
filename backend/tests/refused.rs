//! What was charged for a campaign that came to nothing goes back, also when the
//! provider refuses at first, or for good.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error,
    account::Who,
    chargeback::{self, Told},
    refund, returns,
};
use domain::{
    Problem,
    account::Role,
    pledge::Refusal,
    refund::{
        ChargebackState, Reason,
        returns::{ReturnForm, ReturnId, ReturnsPage},
    },
    time::{DAY, HOUR},
};
use refunds::{Charged, all, some, who};
use stage::Stage;

/// A campaign whose charges the provider does not give back any more, each refused
/// once.
async fn refused(stage: &Stage, backers: usize) -> (Charged, Who) {
    let charged = Charged::new(stage, backers).await;
    stage.tamper("update sandbox_charge set outcome = 'declined'").await;
    let campaign = charged.campaign(stage).await;
    let reason = Reason::CampaignCancelled;
    refund::everyone(&stage.backend, campaign, reason).await.expect("planned");
    refund::once(&stage.backend).await.expect("a round");
    (charged, who(stage, "operator", Role::Operator).await)
}

async fn tries(stage: &Stage) -> i64 {
    stage.number("select count(*) from sandbox_refund").await
}

async fn list(stage: &Stage, operator: &Who) -> ReturnsPage {
    returns::page(&stage.backend, Some(operator)).await.expect("the page")
}

/// Until the provider has refused for the last time.
async fn to_the_end(stage: &Stage) {
    for wait in [HOUR, 6 * HOUR, DAY, 3 * DAY] {
        stage.clock.set(stage.clock.now().plus(wait));
        refund::once(&stage.backend).await.expect("a round");
        stage.assert_books().await;
    }
}

fn form(id: &ReturnId, note: &str) -> ReturnForm {
    ReturnForm { id: id.to_string(), note: note.into() }
}

#[tokio::test]
async fn a_refusal_is_tried_again_at_growing_distances_and_each_time_anew() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 1).await;
        assert_eq!(tries(&stage).await, 1);
        for (n, wait) in [(2, HOUR), (3, 6 * HOUR), (4, DAY), (5, 3 * DAY)] {
            let page = list(&stage, &operator).await;
            assert_eq!((page.total, page.waiting), (0, 1), "before try {n}");
            stage.clock.set(stage.clock.now().plus(wait - 1));
            refund::once(&stage.backend).await.expect("too early");
            assert_eq!(tries(&stage).await, n - 1);
            stage.clock.set(stage.clock.now().plus(1));
            refund::once(&stage.backend).await.expect("asked");
            assert_eq!(tries(&stage).await, n, "under a key that was not answered before");
            stage.assert_books().await;
        }
        let page = list(&stage, &operator).await;
        assert_eq!((page.total, page.waiting), (1, 0));
        let row = &page.rows[0];
        assert_eq!((row.pledge, row.amount.minor), (charged.pledge(0), 3_000));
        assert_eq!((row.refused_for.as_str(), row.refusals), ("nothing_left", 5));
        stage.clock.set(stage.clock.now().plus(30 * DAY));
        refund::once(&stage.backend).await.expect("nothing is due");
        assert_eq!(tries(&stage).await, 5, "from here on a person decides");
        assert_eq!(charged.letters("pledge_refunded").await, 0);
    }
}

#[tokio::test]
async fn one_that_the_provider_does_later_is_booked_once() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 2).await;
        stage.tamper("update sandbox_charge set outcome = 'succeeded'").await;
        for _ in 0..2 {
            stage.clock.set(stage.clock.now().plus(HOUR));
            refund::once(&stage.backend).await.expect("a round");
            stage.assert_books().await;
        }
        assert_eq!(stage.number("select count(*) from pledge where state = 'refunded'").await, 2);
        assert_eq!((tries(&stage).await, charged.letters("pledge_refunded").await), (4, 2));
        let page = list(&stage, &operator).await;
        assert_eq!((page.total, page.waiting), (0, 0));
    }
}

#[tokio::test]
async fn an_operator_asks_again_or_says_how_it_was_settled() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 2).await;
        to_the_end(&stage).await;
        let page = list(&stage, &operator).await;
        assert_eq!(page.total, 2);
        let [one, two] = [form(&page.rows[0].id, ""), form(&page.rows[1].id, "transfer 7")];
        returns::try_again(&stage.backend, Some(&operator), &one).await.expect("asked");
        refund::once(&stage.backend).await.expect("a round");
        assert_eq!(list(&stage, &operator).await.total, 2, "refused once more");
        stage.tamper("update sandbox_charge set outcome = 'succeeded'").await;
        returns::try_again(&stage.backend, Some(&operator), &one).await.expect("asked");
        let by_hand = form(&page.rows[0].id, "transfer 6");
        let settle = || returns::settle_by_hand(&stage.backend, Some(&operator), &by_hand);
        let underway = settle().await;
        assert!(matches!(underway, Err(Error::Refused(Refusal::Busy { .. }))), "{underway:?}");
        refund::once(&stage.backend).await.expect("a round");
        let done = settle().await;
        assert!(matches!(done, Err(Error::Refused(Refusal::NothingToRefund))), "{done:?}");
        assert_eq!(charged.letters("pledge_refunded").await, 1);
        stage.assert_books().await;

        let silent = form(&page.rows[1].id, " ");
        let silent = returns::settle_by_hand(&stage.backend, Some(&operator), &silent).await;
        assert!(
            matches!(&silent, Err(Error::Invalid(why)) if why.of("note") == Some(&Problem::Missing))
        );
        let before = tries(&stage).await;
        for _ in 0..2 {
            let done = returns::settle_by_hand(&stage.backend, Some(&operator), &two).await;
            done.expect("booked, and the second time already");
            stage.assert_books().await;
        }
        refund::once(&stage.backend).await.expect("a round");
        assert_eq!(tries(&stage).await, before, "the provider is not asked for it");
        let kept =
            "select count(*) from refund where note = 'transfer 7' and settled_by is not null
                       and reference is null and state = 'succeeded'";
        assert_eq!(stage.number(kept).await, 1);
        assert_eq!(stage.number("select count(*) from pledge where state = 'refunded'").await, 2);
        assert_eq!(charged.balance("backers").await, 0);
        assert_eq!(list(&stage, &operator).await.total, 0);
    }
}

#[tokio::test]
async fn nobody_else_sees_the_list_or_does_anything_about_it() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 1).await;
        to_the_end(&stage).await;
        let id = list(&stage, &operator).await.rows[0].id;
        let form = form(&id, "mine");
        let backer = who(&stage, "backer0", Role::Member).await;
        for somebody in [None, Some(&backer), Some(&charged.creator)] {
            let page = returns::page(&stage.backend, somebody).await;
            assert!(matches!(page, Err(Error::NotFound)));
            let again = returns::try_again(&stage.backend, somebody, &form).await;
            assert!(matches!(again, Err(Error::NotFound)));
            let by_hand = returns::settle_by_hand(&stage.backend, somebody, &form).await;
            assert!(matches!(by_hand, Err(Error::NotFound)));
        }
        for nonsense in ["", "refund-", "pledge-1", "surplus-0190163d-8694-739b-aea5-966c26f8ad91"]
        {
            let form = ReturnForm { id: nonsense.into(), note: "x".into() };
            let done = returns::settle_by_hand(&stage.backend, Some(&operator), &form).await;
            assert!(matches!(done, Err(Error::NotFound)), "{nonsense}");
        }
        assert_eq!(list(&stage, &operator).await.total, 1);
    }
}

#[tokio::test]
async fn a_dispute_is_heard_while_a_refund_waits_and_nothing_goes_back_twice() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 1).await;
        let told = |state| Told { reference: "dp_1".into(), amount: None, state };
        let charge = format!("{}-1", charged.pledge(0));
        let open = told(ChargebackState::Open);
        chargeback::tell(&stage.backend, &charge, open).await.expect("booked at once");
        stage.tamper("update sandbox_charge set outcome = 'succeeded'").await;
        stage.clock.set(stage.clock.now().plus(2 * HOUR));
        refund::once(&stage.backend).await.expect("put off");
        assert_eq!(tries(&stage).await, 1, "the bank has the money");
        stage.assert_books().await;
        let lost = told(ChargebackState::Lost);
        chargeback::tell(&stage.backend, &charge, lost).await.expect("booked");
        stage.clock.set(stage.clock.now().plus(2 * DAY));
        refund::once(&stage.backend).await.expect("nothing is left");
        let page = list(&stage, &operator).await;
        assert_eq!((page.total, page.waiting, tries(&stage).await), (0, 0, 1));
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn what_went_back_another_way_meanwhile_is_not_asked_for_again() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 2).await;
        stage.tamper("update sandbox_charge set outcome = 'succeeded'").await;
        charged.refund(0, all()).await.expect("refunded by hand");
        charged.refund(1, some("10")).await.expect("a part of it");
        to_the_end(&stage).await;
        let ours = "select cast(sum(refunded) as bigint) from pledge";
        let theirs = "select cast(sum(amount) as bigint) from sandbox_refund
                       where outcome = 'succeeded'";
        assert_eq!((stage.number(ours).await, stage.number(theirs).await), (6_000, 6_000));
        let page = list(&stage, &operator).await;
        assert_eq!((page.total, page.waiting), (0, 0));
        let id = stage.number("select count(*) from refund where state = 'refused'").await;
        assert_eq!(id, 1, "the one that another took the place of");
    }
}

#[tokio::test]
async fn settling_by_hand_is_refused_while_the_bank_has_the_money() {
    for stage in Stage::both().await {
        let (charged, operator) = refused(&stage, 1).await;
        to_the_end(&stage).await;
        let id = list(&stage, &operator).await.rows[0].id;
        let told = Told { reference: "dp_1".into(), amount: None, state: ChargebackState::Open };
        let charge = format!("{}-1", charged.pledge(0));
        chargeback::tell(&stage.backend, &charge, told).await.expect("booked");
        for done in [
            returns::settle_by_hand(&stage.backend, Some(&operator), &form(&id, "x")).await,
            returns::try_again(&stage.backend, Some(&operator), &form(&id, "")).await,
        ] {
            assert!(matches!(done, Err(Error::Refused(Refusal::Disputed))), "{done:?}");
        }
        stage.assert_books().await;
    }
}
