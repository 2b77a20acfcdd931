//! Some units of a line go back: exactly what they cost, each once, and for sale
//! again only when that is asked for.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, account::Who, pledge, pledge::command::Answer, refund, schedule};
use domain::{
    Country, Problem,
    account::Role,
    id::{PledgeId, RewardId},
    pledge::{Choices, PledgeState},
    refund::RefundForm,
    reward::{RewardKind, Shipping},
    slug::Slug,
};
use refunds::{all, units, who};
use stage::{DEADLINE, Stage, placement, with_add_on};

/// One pledge of a reward and three of an add-on, whose shipping cannot be divided
/// by three.
struct Shop {
    slug: Slug,
    pledge: PledgeId,
    add_on: RewardId,
    creator: Who,
}

impl Shop {
    async fn new(stage: &Stage) -> Self {
        let france = Country::parse("FR").expect("France");
        let slug = stage.campaign(|new| new.goal = 1_000).await;
        let reward = stage.reward(&slug, |new| new.price = 2_000).await;
        let add_on = stage
            .reward(&slug, |new| {
                (new.kind, new.offer.quantity) = (RewardKind::AddOn, Some(5));
                new.shipping = Shipping::Countries { costs: [(france, 100)].into() };
            })
            .await;
        let choices = Choices { country: "FR".into(), ..with_add_on(reward, add_on, 3) };
        let placed = pledge::place(&stage.backend, placement(&slug, "ada", choices)).await;
        stage.clock.set(DEADLINE);
        for _ in 0..2 {
            schedule::once(&stage.backend).await.expect("charged");
        }
        let creator = who(stage, "creator", Role::Member).await;
        Self { slug, pledge: placed.expect("placed").pledge, add_on, creator }
    }

    async fn refund(&self, stage: &Stage, form: RefundForm) -> Result<Answer, Error> {
        let form = RefundForm {
            slug: self.slug.to_string(),
            id: self.pledge.to_string(),
            reason: "other".into(),
            ..form
        };
        refund::ask(&stage.backend, Some(&self.creator), &form).await
    }

    async fn refunded(&self, stage: &Stage) -> i64 {
        stage.number("select refunded from pledge").await
    }
}

#[tokio::test]
async fn each_unit_goes_back_for_what_it_cost_and_all_together_are_the_line() {
    for stage in Stage::both().await {
        let shop = Shop::new(&stage).await;
        let line =
            stage.number("select amount + shipping from pledge_item where quantity = 3").await;
        let mut sums = Vec::new();
        for _ in 0..3 {
            let restock = RefundForm { restock: "on".into(), ..units(shop.add_on, 1) };
            let before = shop.refunded(&stage).await;
            let answer = shop.refund(&stage, restock).await.expect("one more");
            assert_eq!(answer.state, PledgeState::Collected);
            sums.push(shop.refunded(&stage).await - before);
            stage.assert_books().await;
        }
        assert_eq!(sums.iter().sum::<i64>(), line);
        assert!(sums.iter().all(|sum| (1_000..=line - 2_000).contains(sum)), "{sums:?}");
        assert_eq!(stage.taken(&shop.slug, shop.add_on).await.0, 0, "all for sale again");
        let more = stage.assert_refused(shop.refund(&stage, units(shop.add_on, 1))).await;
        assert_eq!(more.of("lines"), Some(&Problem::UnknownReward));
        assert_eq!(
            shop.refund(&stage, all()).await.expect("the rest").state,
            PledgeState::Refunded
        );
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn units_stay_taken_unless_they_are_put_back_and_are_no_more_than_there_are() {
    for stage in Stage::both().await {
        let shop = Shop::new(&stage).await;
        shop.refund(&stage, units(shop.add_on, 2)).await.expect("two");
        assert_eq!(stage.taken(&shop.slug, shop.add_on).await.0, 3, "the creator keeps them");
        for (n, why) in [
            (2, Problem::OnlyLeft { left: 1 }),
            (i64::MAX, Problem::OnlyLeft { left: 1 }),
            (0, Problem::UnknownChoice),
            (-1, Problem::UnknownChoice),
        ] {
            let refused = stage.assert_refused(shop.refund(&stage, units(shop.add_on, n))).await;
            assert_eq!(refused.of("lines"), Some(&why), "{n}");
        }
        let last = RefundForm { restock: "on".into(), ..units(shop.add_on, 1) };
        shop.refund(&stage, last).await.expect("the last one");
        assert_eq!(stage.taken(&shop.slug, shop.add_on).await.0, 2);
        let page =
            refund::page(&stage.backend, Some(&shop.creator), shop.slug.as_str(), shop.pledge);
        let page = page.await.expect("the page");
        let gone: Vec<_> = page.lines.iter().map(|(line, gone)| (line.quantity, *gone)).collect();
        assert!(gone.contains(&(3, 3)) && gone.contains(&(1, 0)), "{gone:?}");
        stage.assert_books().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_give_back_the_same_units_at_once_give_them_back_once() {
    for stage in Stage::both().await {
        let shop = Shop::new(&stage).await;
        let (one, two) = tokio::join!(
            shop.refund(&stage, units(shop.add_on, 2)),
            shop.refund(&stage, units(shop.add_on, 2)),
        );
        let refused: Vec<Error> = [one, two].into_iter().filter_map(Result::err).collect();
        assert!(
            matches!(refused.as_slice(), [Error::Invalid(why)]
                if why.of("lines") == Some(&Problem::OnlyLeft { left: 1 })),
            "{refused:?}"
        );
        assert_eq!(stage.number("select count(*) from sandbox_refund").await, 1);
        stage.assert_books().await;
    }
}
