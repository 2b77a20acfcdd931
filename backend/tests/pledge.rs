//! Placing, changing and cancelling pledges: what is counted, and what each
//! refusal leaves behind, which is nothing.

#[path = "pledge/form.rs"]
mod form;
#[path = "stage/stage.rs"]
mod stage;

use backend::{
    Error,
    pledge::{self, Access, Placement, Repeat, command::Backer},
};
use domain::{
    Country, Currency, Locale, Problem,
    campaign::CampaignState,
    payment::TestCard,
    pledge::{Choices, PledgeState, Refusal},
    reward::{RewardKind, Shipping},
    time::{DAY, MINUTE},
};
use stage::{DEADLINE, NOW, Stage, Why, amount, one, placement, with_add_on};

#[tokio::test]
async fn a_pledge_counts_at_once_and_lines_add_up() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.limited(&slug, 5).await;
        let print =
            stage.reward(&slug, |new| (new.kind, new.price) = (RewardKind::AddOn, 300)).await;
        let choices = Choices { bonus: "2.50".into(), ..with_add_on(book, print, 3) };
        let placed = stage.place(&slug, "ada", choices).await.expect("placed");
        assert_eq!(placed.state, PledgeState::Pledged);
        assert_eq!(placed.quote.total.minor, 1_000 + 900 + 250);
        assert_eq!(stage.totals(&slug).await, (2_150, 1));
        assert_eq!(
            (stage.taken(&slug, book).await, stage.taken(&slug, print).await),
            ((1, 1), (3, 0))
        );
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_changed_pledge_counts_with_its_new_total_alone() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (small, large) = (stage.limited(&slug, 1).await, stage.limited(&slug, 1).await);
        let placed = stage.place(&slug, "ada", one(small)).await.expect("placed");
        let changed = stage
            .change(&placed, Choices { bonus: "5".into(), ..one(large) })
            .await
            .expect("changed");
        assert_eq!((changed.pledge, changed.quote.total.minor), (placed.pledge, 1_500));
        assert_eq!(stage.totals(&slug).await, (1_500, 1));
        assert_eq!(
            (stage.taken(&slug, small).await, stage.taken(&slug, large).await),
            ((0, 0), (1, 1))
        );
        // The unit that was given back is there for the next.
        stage.place(&slug, "bob", one(small)).await.expect("placed");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_cancelled_pledge_gives_back_what_it_held_and_makes_room_for_another() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let last = stage.limited(&slug, 1).await;
        let placed = stage.place(&slug, "ada", one(last)).await.expect("placed");
        assert_eq!(stage.cancel(&placed).await.expect("cancelled").state, PledgeState::Cancelled);
        assert_eq!((stage.totals(&slug).await, stage.taken(&slug, last).await), ((0, 0), (0, 0)));
        stage.place(&slug, "bob", one(last)).await.expect("the unit is back");
        stage.place(&slug, "ada", amount("7")).await.expect("a second try of the same backer");
        assert_eq!(stage.totals(&slug).await, (1_700, 2));
        let again = stage.assert_refused(stage.cancel(&placed)).await;
        assert_eq!(again, Why::Refused(Refusal::PledgeEnded));
        let changed = stage.assert_refused(stage.change(&placed, amount("9"))).await;
        assert_eq!(changed, Why::Refused(Refusal::PledgeEnded));
    }
}

#[tokio::test]
async fn every_bad_order_is_refused_at_its_field() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let elsewhere = stage.campaign(|_| ()).await;
        let other = stage.reward(&elsewhere, |_| ()).await;
        let book = stage.reward(&slug, |_| ()).await;
        let add_on = stage.reward(&slug, |new| new.kind = RewardKind::AddOn).await;
        let gone = stage.limited(&slug, 0).await;
        let few = stage
            .reward(&slug, |new| (new.kind, new.offer.quantity) = (RewardKind::AddOn, Some(2)))
            .await;
        let two_each = stage
            .reward(&slug, |new| {
                (new.kind, new.offer.limit_per_backer) = (RewardKind::AddOn, Some(2));
            })
            .await;
        let later = stage.reward(&slug, |new| new.offer.starts_at = Some(NOW.plus(1))).await;
        let over = stage.reward(&slug, |new| new.offer.ends_at = Some(NOW)).await;
        let france = Country::parse("FR").expect("France");
        let posted = stage
            .reward(&slug, |new| {
                new.shipping = Shipping::Countries { costs: [(france, 400)].into() }
            })
            .await;
        let field = |id| format!("add_on.{id}");
        let to = |country: &str| Choices { country: country.into(), ..one(posted) };
        let cases: Vec<(Choices, String, Problem)> = vec![
            (Choices::default(), "bonus".into(), Problem::NothingPledged),
            (
                amount("0.99"),
                "bonus".into(),
                Problem::BelowMinimum { least: domain::Money::new(100, Currency::Eur) },
            ),
            (
                amount("8500.01"),
                "bonus".into(),
                Problem::AboveMaximum { most: domain::Money::new(850_000, Currency::Eur) },
            ),
            (amount("-5"), "bonus".into(), Problem::AmountNegative),
            (amount("0.001"), "bonus".into(), Problem::TooManyDecimals { currency: Currency::Eur }),
            (amount("1e30"), "bonus".into(), Problem::NotAnAmount),
            (amount("1000000000000000000000000000000"), "bonus".into(), Problem::AmountTooLarge),
            (amount("ten"), "bonus".into(), Problem::NotAnAmount),
            (one(other), "reward".into(), Problem::UnknownReward),
            (one(add_on), "reward".into(), Problem::UnknownReward),
            (
                Choices { reward: "x' or 1=1".into(), ..Choices::default() },
                "reward".into(),
                Problem::UnknownReward,
            ),
            (with_add_on(book, book, 1), field(book), Problem::UnknownReward),
            (with_add_on(book, add_on, 11), field(add_on), Problem::AtMostEach { most: 10 }),
            (with_add_on(book, two_each, 3), field(two_each), Problem::AtMostEach { most: 2 }),
            (with_add_on(book, few, 3), field(few), Problem::OnlyLeft { left: 2 }),
            (one(gone), "reward".into(), Problem::SoldOut),
            (one(later), "reward".into(), Problem::NotYetOnSale { from: NOW.plus(1) }),
            (one(over), "reward".into(), Problem::NoLongerOnSale),
            (to(""), "country".into(), Problem::CountryMissing),
            (to("DE"), "country".into(), Problem::CountryNotServed),
            (to("XX"), "country".into(), Problem::UnknownChoice),
        ];
        for (choices, name, problem) in cases {
            let why = stage.assert_refused(stage.place(&slug, "ada", choices.clone())).await;
            assert_eq!(why.of(&name), Some(&problem), "{choices:?} was refused with {why:?}");
        }
        stage.place(&slug, "ada", to("FR")).await.expect("what is right is placed");
    }
}

#[tokio::test]
async fn a_declined_card_and_a_stale_total_are_refused() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.limited(&slug, 3).await;
        let declined = Placement { card: TestCard::Decline, ..placement(&slug, "ada", one(book)) };
        let why = stage.assert_refused(pledge::place(&stage.backend, declined)).await;
        assert_eq!(why.of("card_number"), Some(&Problem::CardDeclined));
        let stale = Placement { expected: "9.00".into(), ..placement(&slug, "ada", one(book)) };
        let why = stage.assert_refused(pledge::place(&stage.backend, stale)).await;
        assert!(
            matches!(why, Why::Refused(Refusal::TotalChanged { total }) if total.minor == 1_000),
            "{why:?}"
        );
        let unreadable =
            Placement { expected: "nine".into(), ..placement(&slug, "ada", one(book)) };
        stage.assert_refused(pledge::place(&stage.backend, unreadable)).await;
        let right = Placement { expected: "10.00".into(), ..placement(&slug, "ada", one(book)) };
        pledge::place(&stage.backend, right).await.expect("placed");
    }
}

#[tokio::test]
async fn a_campaign_takes_pledges_only_while_it_is_live() {
    for stage in Stage::both().await {
        for state in CampaignState::ALL {
            let slug = stage.campaign(|new| new.state = state).await;
            if state == CampaignState::Live {
                stage.place(&slug, "ada", amount("5")).await.expect("placed");
                continue;
            }
            let why = stage.assert_refused(stage.place(&slug, "ada", amount("5"))).await;
            let expected = if state.is_public() {
                Why::Refused(Refusal::CampaignNotLive { state })
            } else {
                Why::NotFound
            };
            assert_eq!(why, expected);
        }
        let nowhere = domain::slug::Slug::parse("nowhere").expect("a slug");
        assert_eq!(
            stage.assert_refused(stage.place(&nowhere, "ada", amount("5"))).await,
            Why::NotFound
        );
    }
}

#[tokio::test]
async fn a_deadline_that_passes_while_the_page_is_open_refuses_everything() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let book = stage.limited(&slug, 5).await;
        let placed = stage.place(&slug, "ada", one(book)).await.expect("placed");
        let waiting = stage.place_unconfirmed(&slug, "cleo", one(book)).await;
        stage.clock.set(DEADLINE.plus(-1));
        pledge::checkout(&stage.backend, None, slug.as_str(), "", Locale::En)
            .await
            .expect("the page opens");
        stage.place(&slug, "bob", one(book)).await.expect("the last instant counts");
        stage.clock.set(DEADLINE);
        let passed = || Why::Refused(Refusal::DeadlinePassed { deadline: DEADLINE });
        assert_eq!(stage.assert_refused(stage.place(&slug, "dora", one(book))).await, passed());
        assert_eq!(stage.assert_refused(stage.change(&placed, amount("50"))).await, passed());
        assert_eq!(stage.assert_refused(stage.cancel(&placed)).await, passed());
        assert_eq!(stage.assert_refused(stage.confirm(&waiting)).await, passed());
    }
}

#[tokio::test]
async fn on_the_last_day_nobody_sinks_a_goal_that_is_met() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|new| new.goal = 10_000).await;
        let large = stage.place(&slug, "ada", amount("90")).await.expect("placed");
        let small = stage.place(&slug, "bob", amount("12")).await.expect("placed");
        let sinks = || Why::Refused(Refusal::WouldSinkGoal);
        stage.clock.set(DEADLINE.plus(-DAY));
        assert_eq!(stage.assert_refused(stage.cancel(&large)).await, sinks());
        assert_eq!(stage.assert_refused(stage.change(&large, amount("87.99"))).await, sinks());
        stage.change(&large, amount("88")).await.expect("exactly the goal stays");
        assert_eq!(stage.assert_refused(stage.cancel(&small)).await, sinks());
        stage.clock.set(DEADLINE.plus(-DAY - 1));
        stage.cancel(&small).await.expect("an instant earlier it is allowed");
        assert_eq!(stage.totals(&slug).await, (8_800, 1));
        stage.clock.set(DEADLINE.plus(-MINUTE));
        stage.cancel(&large).await.expect("below the goal there is nothing to sink");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_backer_has_one_active_pledge_to_a_campaign() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let placed = stage.place(&slug, "ada", amount("5")).await.expect("placed");
        // A guest learns it from a letter: the page must not tell strangers.
        let guest = stage.assert_refused(stage.place(&slug, "ADA", amount("6"))).await;
        assert_eq!(guest.of("email"), Some(&Problem::AlreadyPledged));
        let letters = "select count(*) from mail where kind = 'pledge_exists'";
        assert_eq!(stage.number(letters).await, 1);
        stage.assert_refused(stage.place(&slug, "ada", amount("6"))).await;
        assert_eq!(
            stage.number(letters).await,
            1,
            "nobody's mailbox is filled by typing its address"
        );

        let account = stage.account("ada").await;
        let signed_in =
            Placement { backer: Backer::Account(account), ..placement(&slug, "ada", amount("6")) };
        let why = stage.assert_refused(pledge::place(&stage.backend, signed_in)).await;
        assert_eq!(why, Why::Refused(Refusal::AlreadyPledged { pledge: placed.pledge }));

        let elsewhere = stage.campaign(|_| ()).await;
        stage
            .place(&elsewhere, "ada", amount("6"))
            .await
            .expect("another campaign is another matter");
    }
}

#[tokio::test]
async fn the_same_key_places_one_pledge_however_often_it_is_sent() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let keyed = |text| Placement { key: "k1".into(), ..placement(&slug, "ada", amount(text)) };
        let first = pledge::place(&stage.backend, keyed("5")).await.expect("placed");
        let rows = stage.rows().await;
        let again = pledge::place(&stage.backend, keyed("5")).await.expect("the same answer");
        assert_eq!(serde_json::to_string(&again).ok(), serde_json::to_string(&first).ok());
        assert_eq!(stage.rows().await, rows);
        let other = stage.assert_refused(pledge::place(&stage.backend, keyed("6"))).await;
        assert_eq!(other, Why::Refused(Refusal::KeyReused));

        // A double click arrives twice at once.
        let double = || Placement { key: "k2".into(), ..placement(&slug, "bob", amount("7")) };
        let (one, two) = tokio::join!(
            pledge::place(&stage.backend, double()),
            pledge::place(&stage.backend, double())
        );
        assert_eq!(one.expect("placed").pledge, two.expect("placed").pledge);
        assert_eq!(stage.totals(&slug).await, (1_200, 2));

        // Somebody else's key is another key.
        let theirs = Placement { key: "k1".into(), ..placement(&slug, "cleo", amount("6")) };
        pledge::place(&stage.backend, theirs).await.expect("placed");
        stage.clock.set(DEADLINE);
        pledge::place(&stage.backend, keyed("5"))
            .await
            .expect("an answer that was given stays given");
    }
}

#[tokio::test]
async fn a_secret_reward_is_had_only_through_its_link() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let hidden = stage.reward(&slug, |new| new.secret = Some("s3same".into())).await;
        let with = |secret: &str| Choices { secret: secret.into(), ..one(hidden) };
        for wrong in ["", "s3sam", "S3SAME"] {
            let why = stage.assert_refused(stage.place(&slug, "ada", with(wrong))).await;
            assert_eq!(why.of("reward"), Some(&Problem::UnknownReward), "{wrong}");
        }
        let placed = stage.place(&slug, "ada", with("s3same")).await.expect("placed");
        let changed = stage.change(&placed, Choices { bonus: "1".into(), ..one(hidden) }).await;
        assert_eq!(changed.expect("its backer keeps it").quote.total.minor, 1_100);
        let page = backend::campaign::page(&stage.backend, None, slug.as_str(), "")
            .await
            .expect("the page");
        assert!(page.rewards.is_empty(), "nobody else sees it");
        stage.assert_books().await;
    }
}

#[tokio::test]
async fn a_pledge_is_seen_only_by_its_backer_or_with_its_key() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let (placed, other) = (
            stage.place(&slug, "ada", amount("5")).await.expect("placed"),
            stage.place(&slug, "bob", amount("5")).await.expect("placed"),
        );
        let keys = [String::new(), "x".into(), pledge::key(&stage.backend, other.pledge)];
        for key in &keys {
            let access = Access { who: None, key };
            let page = pledge::page(&stage.backend, &access, placed.pledge, Locale::En).await;
            assert!(matches!(page, Err(Error::NotFound)), "{key}");
            let cancelled = stage
                .assert_refused(pledge::cancel(
                    &stage.backend,
                    &access,
                    placed.pledge,
                    Repeat::default(),
                ))
                .await;
            assert_eq!(cancelled, Why::NotFound);
        }
        let key = pledge::key(&stage.backend, placed.pledge);
        let page = pledge::page(
            &stage.backend,
            &Access { who: None, key: &key },
            placed.pledge,
            Locale::En,
        )
        .await;
        let page = page.expect("its key opens it");
        assert_eq!(
            (page.total.minor, page.email.as_str(), page.is_open),
            (500, "a…@example.org", true)
        );
    }
}
