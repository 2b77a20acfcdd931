//! A rehearsal is for who runs the campaign, says what the product would write,
//! and leaves no trace.

#[path = "stage/refunds.rs"]
mod refunds;
#[path = "stage/stage.rs"]
mod stage;

use backend::{Error, account::Who, campaign::Plan, rehearsal};
use domain::{
    Locale, Money,
    account::Role,
    campaign::{CampaignState, FundingRule, Verdict},
    pledge::InstalmentOffer,
    rehearsal::{Happening, Knob, Part, Reader, RehearsalPage, ScenarioForm},
    slug::Slug,
};
use refunds::{Charged, who};
use stage::{DEADLINE, NOW, Stage, amount};

async fn play(
    stage: &Stage,
    who: &Who,
    slug: &Slug,
    form: ScenarioForm,
) -> Result<RehearsalPage, Error> {
    rehearsal::page(&stage.backend, Some(who), slug.as_str(), form).await
}

async fn usual(stage: &Stage, who: &Who, slug: &Slug) -> Part {
    let page = play(stage, who, slug, ScenarioForm::default()).await.expect("the page");
    assert_eq!(page.refused, []);
    page.part.expect("it was played")
}

/// What is written to people and asked of the provider.
async fn traces(stage: &Stage) -> Vec<i64> {
    let mut counts = Vec::new();
    for table in ["mail", "charge", "refund", "pledge", "entry", "account"] {
        counts.push(stage.number(&format!("select count(*) from {table}")).await);
    }
    counts
}

#[tokio::test]
async fn only_who_runs_the_campaign_or_the_platform_rehearses_it() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        stage.place(&slug, "ada", amount("25")).await.expect("placed");
        let creator = who(&stage, "creator", Role::Member).await;
        let operator = who(&stage, "operator", Role::Operator).await;
        for may in [&creator, &operator] {
            assert_eq!(usual(&stage, may, &slug).await.ended, CampaignState::Successful);
        }
        for name in ["ada", "cleo"] {
            let stranger = who(&stage, name, Role::Member).await;
            let refused = play(&stage, &stranger, &slug, ScenarioForm::default()).await;
            assert!(matches!(refused, Err(Error::NotFound)), "{name}");
        }
        let nobody =
            rehearsal::page(&stage.backend, None, slug.as_str(), ScenarioForm::default()).await;
        assert!(matches!(nobody, Err(Error::SignedOut)));
        for slug in ["no-such-campaign", "\0", ""] {
            let form = ScenarioForm::default();
            let none = rehearsal::page(&stage.backend, Some(&creator), slug, form).await;
            assert!(matches!(none, Err(Error::NotFound)), "{slug:?}");
        }
    }
}

#[tokio::test]
async fn a_rehearsal_leaves_no_trace_in_whatever_state_the_campaign_is() {
    for stage in Stage::both().await {
        let creator = who(&stage, "creator", Role::Member).await;
        for state in CampaignState::ALL {
            let slug = stage.campaign(|new| new.state = state).await;
            let (rows, before) = (stage.rows().await, traces(&stage).await);
            let part = usual(&stage, &creator, &slug).await;
            assert_eq!(part.ended, CampaignState::Successful, "{state:?}");
            assert_eq!(part.figures.accounted_for(), part.figures.collected.minor);
            assert_eq!(stage.rows().await, rows, "{state:?}");
            assert_eq!(traces(&stage).await, before, "{state:?}");
        }
    }
}

#[tokio::test]
async fn every_rule_plays_to_its_end_in_words() {
    let plan = |rule, verdict| Plan {
        rule,
        verdict,
        goal_units: (rule == FundingRule::PreOrders).then_some(40),
        optimum: (rule == FundingRule::Rounds).then_some(200_000),
        overtime: true,
        late_pledges: true,
        ..Plan::default()
    };
    for stage in Stage::both_with(|options| options.reserve_percent = 5.into()).await {
        let creator = who(&stage, "creator", Role::Member).await;
        for (rule, verdict) in [
            (FundingRule::AllOrNothing, Verdict::Pledged),
            (FundingRule::AllOrNothing, Verdict::Collected),
            (FundingRule::PreOrders, Verdict::Pledged),
            (FundingRule::PreOrders, Verdict::Collected),
            (FundingRule::KeepWhatYouRaise, Verdict::Pledged),
            (FundingRule::Rounds, Verdict::Pledged),
        ] {
            let slug = stage.campaign(|new| new.plan = plan(rule, verdict)).await;
            for reach in ["far_below", "just_below", "just_above", "far_above"] {
                let form = ScenarioForm {
                    backers: "300".into(),
                    reach: reach.into(),
                    declined: "25".into(),
                    ..ScenarioForm::default()
                };
                let page = play(&stage, &creator, &slug, form).await.expect("the page");
                let part = page.part.expect("it was played");
                let case = format!("{rule:?} {verdict:?} {reach}");
                for letter in &part.letters {
                    assert!(!letter.subject.is_empty() && !letter.text.is_empty(), "{case}");
                    assert!(letter.count > 0, "{case}");
                    let largest = Money::new(i64::MAX, domain::Currency::Eur).display(Locale::En);
                    assert!(!letter.text.contains(&largest), "{case}: {}", letter.text);
                }
                let is_paid = part.letters.iter().any(|letter| letter.to == Reader::Creator);
                assert_eq!(is_paid, part.ended == CampaignState::Successful, "{case}");
                assert!(part.letters.len() <= 16 && part.scenes.len() < 60, "{case}");
            }
        }
    }
}

#[tokio::test]
async fn instalments_are_rehearsed_with_their_letters_where_they_are_offered() {
    for stage in Stage::both().await {
        let creator = who(&stage, "creator", Role::Member).await;
        for offer in [None, Some(InstalmentOffer { from: 200, most: 6 })] {
            let slug = stage.campaign(|new| new.plan.instalments = offer).await;
            let form = ScenarioForm {
                declined: "30".into(),
                mended: "40".into(),
                ..ScenarioForm::default()
            };
            let part = play(&stage, &creator, &slug, form).await.expect("the page").part;
            let part = part.expect("it was played");
            let is_told = |what| part.scenes.iter().any(|scene| scene.what == what);
            for what in [
                Happening::InstalmentCharged,
                Happening::InstalmentDeclined,
                Happening::PlanEnded,
                Happening::PaidAgain,
            ] {
                assert_eq!(is_told(what), offer.is_some(), "{what:?}");
            }
            let subjects: Vec<&str> =
                part.letters.iter().map(|letter| letter.subject.as_str()).collect();
            let ends =
                subjects.iter().any(|subject| subject.starts_with("The rest of your pledge"));
            assert_eq!(ends, offer.is_some(), "{subjects:?}");
            assert_eq!(part.figures.accounted_for(), part.figures.collected.minor);
        }
    }
}

#[tokio::test]
async fn letters_are_those_that_would_be_sent_in_the_campaigns_language() {
    for stage in Stage::both().await {
        let creator = who(&stage, "creator", Role::Member).await;
        for (language, title, placed) in
            [(Locale::En, "The lamp", "Your pledge"), (Locale::Fr, "La lampe", "contribution")]
        {
            let slug = stage
                .campaign(|new| {
                    new.language = language;
                    new.title = title.into();
                })
                .await;
            let part = usual(&stage, &creator, &slug).await;
            assert_eq!(part.language, language);
            let first = &part.letters[0];
            assert_eq!(first.to, Reader::Backer);
            let all: String = part.letters.iter().map(|one| one.subject.as_str()).collect();
            assert!(first.text.contains(title) || first.subject.contains(title), "{}", first.text);
            let words = format!("{} {}", first.subject, first.text);
            assert!(words.to_lowercase().contains(&placed.to_lowercase()), "{words} of {all}");
        }
    }
}

#[tokio::test]
async fn dates_are_those_of_the_campaign() {
    for stage in Stage::both().await {
        let charged = Charged::new(&stage, 1).await;
        let part = usual(&stage, &charged.creator, &charged.slug).await;
        let line = |what| part.scenes.iter().find(|scene| scene.what == what).map(|one| one.at);
        assert_eq!(line(Happening::Launched), Some(NOW.plus(-domain::time::HOUR)));
        assert_eq!(line(Happening::Succeeded), Some(DEADLINE));
        let payout = DEADLINE.plus(domain::campaign::payout::PAY_OUT_AFTER);
        assert_eq!(line(Happening::PaidOut), Some(payout));
    }
}

#[tokio::test]
async fn a_scenario_that_makes_no_sense_is_said_field_by_field_and_kept() {
    for stage in Stage::both().await {
        let slug = stage.campaign(|_| ()).await;
        let creator = who(&stage, "creator", Role::Member).await;
        let form = ScenarioForm {
            backers: "2001".into(),
            declined: "NaN".into(),
            seed: "9".repeat(10_000),
            ..ScenarioForm::default()
        };
        let page = play(&stage, &creator, &slug, form).await.expect("the page");
        assert_eq!(page.refused, [Knob::Backers, Knob::Declined, Knob::Seed]);
        assert_eq!(page.part, None);
        assert_eq!((page.form.backers.as_str(), page.form.seed.len()), ("2001", 20));
        let most = ScenarioForm { backers: "2000".into(), ..ScenarioForm::default() };
        let page = play(&stage, &creator, &slug, most).await.expect("the page");
        assert!(page.part.expect("it was played").figures.backers > 900);
    }
}
