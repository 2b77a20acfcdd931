//! What each form reads and refuses, and what follows from it.

mod locked;
mod reward;

use std::collections::BTreeMap;

use super::{
    Basics, BasicsForm, Check, Ends, Facts, FundingForm, Funds, ReasonForm, RemarkForm, RewardForm,
    Schedule, ScheduleForm, Situation, StartForm, Step, StoryForm, checklist, is_complete, problem,
};
use crate::{
    campaign::{CampaignState, FundingRule, Life, Measure, StretchGoal, Terms, Verdict},
    category::Category,
    country::Country,
    currency::Currency,
    id::RewardId,
    invalid::{Invalid, Problem},
    locale::Locale,
    money::Money,
    pledge::InstalmentOffer,
    reward::{
        Item, Offer, RewardKind, RewardOption, RewardView, Shipping, Variant, Variants,
        Zone as Part,
    },
    slug::Slug,
    time::{DAY, HOUR, Month, Timestamp, Zone},
};

const NOW: Timestamp = Timestamp(1_796_407_200_000_000);

fn basics() -> Basics {
    Basics {
        title: "The Tide Clock".into(),
        subtitle: "Shows the sea.".into(),
        category: Category::Design,
        subcategory: "Clocks".into(),
        location: "Brest".into(),
        country: Country::parse("FR"),
        language: Locale::Fr,
        slug: Slug::parse("the-tide-clock").expect("a slug"),
    }
}

fn funds() -> Funds {
    Funds {
        rule: FundingRule::AllOrNothing,
        currency: Currency::Eur,
        goal: Some(1_200_050),
        goal_units: None,
        optimum: None,
        verdict: Verdict::Collected,
        overtime: true,
        late_pledges: false,
        instalments: None,
        stretch_goals: vec![StretchGoal {
            title: "In brass".into(),
            text: String::new(),
            measure: Measure::Backers,
            target: 500,
        }],
    }
}

fn schedule() -> Schedule {
    let deadline = Zone::Paris.parse("2027-01-31 20:00").expect("a time");
    Schedule {
        zone: Zone::Paris,
        ends: Ends::At(deadline),
        launch_at: Some(deadline.plus(-30 * DAY)),
    }
}

fn reward() -> RewardView {
    RewardView {
        id: RewardId::from_uuid(uuid::Uuid::from_u128(7)),
        kind: RewardKind::Reward,
        title: "A clock".into(),
        description: "Of wood.\nIt hangs.".into(),
        price: Money::new(8_950, Currency::Eur),
        items: vec![Item { name: "Clock".into(), quantity: 1 }],
        image: None,
        delivery: Some(Month { year: 2027, month: 6 }),
        late_price: None,
        units: 1,
        offer: Offer {
            quantity: Some(50),
            limit_per_backer: Some(2),
            starts_at: Zone::Paris.parse("2027-01-10 08:00"),
            ends_at: Zone::Paris.parse("2027-01-20 20:30"),
            ..Offer::default()
        },
        shipping: Shipping::Worldwide {
            zones: BTreeMap::from([(Part::EuropeanUnion, 500), (Part::NorthAmerica, 1_250)]),
            elsewhere: 2_000,
        },
        variants: shirt(),
        backers: 0,
        is_secret: true,
    }
}

fn shirt() -> Variants {
    let option = RewardOption { name: "Size".into(), values: vec!["S".into(), "M".into()] };
    let variant = |name: &str, quantity| Variant { name: name.into(), quantity, claimed: 0 };
    Variants { options: vec![option], list: vec![variant("S", Some(3)), variant("M", None)] }
}

#[test]
fn what_is_kept_comes_back_from_its_form() {
    assert_eq!(BasicsForm::of(&basics()).parse(), Ok(basics()));
    for funds in [
        Funds { goal: None, stretch_goals: Vec::new(), ..funds() },
        Funds { rule: FundingRule::PreOrders, goal_units: Some(300), ..funds() },
        Funds {
            rule: FundingRule::Rounds,
            optimum: Some(2_000_000),
            verdict: Verdict::Pledged,
            ..funds()
        },
        Funds {
            verdict: Verdict::Pledged,
            instalments: Some(InstalmentOffer { from: 10_000, most: 6 }),
            ..funds()
        },
        funds(),
    ] {
        assert_eq!(FundingForm::of("x", &funds).parse(), Ok(funds));
    }
    for schedule in [schedule(), Schedule { ends: Ends::Days(45), launch_at: None, ..schedule() }] {
        let form = ScheduleForm::of("x", &schedule);
        assert_eq!(form.parse(FundingRule::AllOrNothing, NOW), Ok(schedule));
    }
    let costs = BTreeMap::from([(Country::parse("FR").expect("France"), 450)]);
    for shipping in [
        Shipping::None,
        Shipping::PickUp { place: "Brest".into() },
        Shipping::Countries { costs },
        reward().shipping,
    ] {
        let view = RewardView { shipping: shipping.clone(), ..reward() };
        let read = RewardForm::of("x", &view, Zone::Paris)
            .parse(Currency::Eur, Zone::Paris)
            .expect("a reward");
        assert_eq!(read.shipping, shipping);
        assert_eq!((read.price, read.items, read.delivery), (8_950, view.items, view.delivery));
        assert_eq!((read.offer, read.units), (view.offer, 1));
        assert_eq!((read.variants, read.is_secret), (shirt(), true));
    }
}

#[test]
fn instalments_are_offered_from_a_total_and_to_a_number_or_not_at_all() {
    let typed = |from: &str, most: &str| FundingForm {
        verdict: String::new(),
        instalments_from: from.into(),
        instalments_most: most.into(),
        ..FundingForm::of("x", &funds())
    };
    let offer = Some(InstalmentOffer { from: 10_000, most: 4 });
    assert_eq!(typed("100", "4").parse().expect("both").instalments, offer);
    assert_eq!(fields(typed("100", "").parse()), ["instalments_most"]);
    assert_eq!(fields(typed("", "4").parse()), ["instalments_from"]);
    assert_eq!(fields(typed("1", "4").parse()), ["instalments_from"]);
    assert_eq!(fields(typed("100", "11").parse()), ["instalments_most"]);
    let decided = FundingForm { verdict: "collected".into(), ..typed("100", "4") };
    assert_eq!(fields(decided.parse()), ["instalments_from"]);
}

/// The fields of a refusal.
fn fields<T: std::fmt::Debug>(refused: Result<T, Invalid>) -> Vec<String> {
    refused.expect_err("refused").0.into_keys().collect()
}

#[test]
fn every_bad_field_of_a_campaign_is_named_at_once() {
    let start = StartForm { country: "XX".into(), ..StartForm::default() };
    assert_eq!(fields(start.parse()), ["category", "country", "currency", "rule", "title"]);
    let long = |most: usize| "x".repeat(most + 1);
    let form = BasicsForm {
        title: long(60),
        subtitle: long(135),
        subcategory: long(60),
        location: long(60),
        category: "none".into(),
        country: "ZZ".into(),
        language: "de".into(),
        address: "Not An Address".into(),
        ..BasicsForm::default()
    };
    assert_eq!(form.parse().expect_err("refused").0.len(), 8);
    let story = StoryForm { story: "é".repeat(25_001), ..StoryForm::default() };
    assert_eq!(fields(story.parse()), ["story"]);
    let story = StoryForm { story: "é\r\n".repeat(16_666), ..StoryForm::default() };
    assert_eq!(story.parse().map(|text| text.len()), Ok(49_997));
}

#[test]
fn what_a_campaign_asks_for_has_to_go_with_its_rule() {
    let good = FundingForm::of("x", &funds());
    let with = |edit: fn(&mut FundingForm)| {
        let mut form = good.clone();
        edit(&mut form);
        form.parse()
    };
    type Edited = fn(&mut FundingForm);
    let refusals: [(&str, Edited); 10] = [
        ("goal", |form| form.goal = "0.50".into()),
        ("goal", |form| form.goal = "-5".into()),
        ("goal", |form| form.goal = "much".into()),
        ("goal_units", |form| form.goal_units = "300".into()),
        ("goal_units", |form| form.goal_units = "0".into()),
        ("optimum", |form| form.optimum = "20000".into()),
        ("verdict", |form| form.verdict = "maybe".into()),
        ("rule", |form| form.rule = "luck".into()),
        ("g0.target", |form| drop(form.stretch.remove("g0.target"))),
        ("g1.title", |form| drop(form.stretch.insert("g1.target".into(), "5".into()))),
    ];
    for (field, edit) in refusals {
        assert_eq!(fields(with(edit)), [field]);
    }
    let rounds = with(|form| {
        (form.rule, form.verdict) = ("rounds".into(), "pledged".into());
        form.optimum = "11000".into();
    });
    assert_eq!(fields(rounds), ["optimum"], "an optimum is beyond the goal");
    let unsaid = with(|form| (form.rule, form.goal) = ("pre_orders".into(), String::new()));
    assert_eq!(unsaid.expect("incomplete is fine").goal_units, None);
}

#[test]
fn a_schedule_lies_ahead_and_lasts_as_long_as_its_rule_allows() {
    let good = ScheduleForm::of("x", &schedule());
    let with = |edit: fn(&mut ScheduleForm)| {
        let mut form = good.clone();
        edit(&mut form);
        form.parse(FundingRule::AllOrNothing, NOW)
    };
    type Edited = fn(&mut ScheduleForm);
    let refusals: [(&str, Edited); 10] = [
        ("zone", |form| form.zone = "Mars".into()),
        ("ends", |form| form.ends = "never".into()),
        ("launch", |form| form.launch = "soon".into()),
        ("deadline", |form| form.deadline = String::new()),
        ("deadline", |form| form.deadline_time = String::new()),
        ("deadline", |form| form.deadline = "2027-02-30".into()),
        ("deadline", |form| form.deadline = "2027-06-30".into()),
        ("days", |form| (form.ends, form.days) = ("days".into(), "61".into())),
        ("days", |form| (form.ends, form.days) = ("days".into(), String::new())),
        ("launch_date", |form| form.launch_date = "2026-12-03".into()),
    ];
    for (field, edit) in refusals {
        assert_eq!(fields(with(edit)), [field]);
    }
    let summer = with(|form| {
        (form.launch, form.ends) = ("hand".into(), "at".into());
        (form.deadline, form.deadline_time) = ("2026-12-24".into(), "18:30".into());
    });
    let ends = summer.expect("a schedule").ends.after(NOW);
    assert_eq!(ends.rfc3339(), "2026-12-24T17:30:00Z", "on the creator's clock");
}

#[test]
fn a_reason_is_given_and_meant() {
    let form = ReasonForm::default();
    assert_eq!(fields(form.parse(true)), ["reason", "sure"]);
    let form = ReasonForm { reason: "Ill.".into(), ..form };
    assert_eq!(form.parse(false), Ok("Ill.".into()));
    assert_eq!(fields(form.parse(true)), ["sure"]);
    let form = RemarkForm::default();
    assert_eq!(
        (form.parse(false), fields(form.parse(true))),
        (Ok(String::new()), vec!["remark".into()])
    );
}

#[test]
fn the_checklist_names_what_is_missing_and_where() {
    let (funds, schedule) = (funds(), schedule());
    let done = Facts {
        subtitle: "x",
        has_country: true,
        funds: &funds,
        schedule: &schedule,
        story: "x",
        rewards: 1,
        undated: 0,
        has_identity: true,
    };
    assert!(is_complete(&checklist(&done, NOW)));
    let pre_orders = Funds { rule: FundingRule::PreOrders, ..funds.clone() };
    let rounds = Funds { rule: FundingRule::Rounds, ..funds.clone() };
    let goalless = Funds { goal: None, ..funds.clone() };
    let over = Schedule { ends: Ends::At(NOW), launch_at: None, ..schedule };
    let long = Schedule { ends: Ends::Days(61), launch_at: None, ..schedule };
    for (missing, facts) in [
        (Check::Subtitle, Facts { subtitle: "", ..done }),
        (Check::Country, Facts { has_country: false, ..done }),
        (Check::Goal, Facts { funds: &goalless, ..done }),
        (Check::Units, Facts { funds: &pre_orders, ..done }),
        (Check::Optimum, Facts { funds: &rounds, ..done }),
        (Check::Schedule, Facts { schedule: &over, ..done }),
        (Check::Schedule, Facts { schedule: &long, ..done }),
        (Check::Story, Facts { story: "", ..done }),
        (Check::Reward, Facts { rewards: 0, ..done }),
        (Check::Delivery, Facts { undated: 1, ..done }),
        (Check::Identity, Facts { has_identity: false, ..done }),
    ] {
        let open: Vec<Check> = checklist(&facts, NOW)
            .into_iter()
            .filter_map(|item| (!item.is_done).then_some(item.check))
            .collect();
        assert_eq!(open, [missing]);
    }
}

#[test]
fn each_step_is_there_when_it_can_be_taken_and_for_whom() {
    let steps = |state, is_approved, launch_at, is_owner: bool| {
        let life = Life { state, ..Life::draft(NOW.plus(30 * DAY)) };
        let terms = Terms::all_or_nothing(1_000);
        let is_operator = !is_owner;
        Situation { life, terms, is_approved, launch_at, is_owner, is_operator }.steps(NOW)
    };
    use CampaignState as S;
    let later = Some(NOW.plus(HOUR));
    for (state, is_approved, launch_at, owners, operators) in [
        (S::Draft, false, None, vec![Step::Submit, Step::DeleteDraft], vec![]),
        (S::InReview, false, None, vec![Step::Withdraw], vec![Step::Approve, Step::Return]),
        (
            S::InReview,
            true,
            None,
            vec![Step::Withdraw, Step::Launch, Step::ScheduleLaunch],
            vec![Step::Return],
        ),
        (
            S::InReview,
            true,
            later,
            vec![Step::Withdraw, Step::Launch, Step::ScheduleLaunch, Step::AbortLaunch],
            vec![Step::Return],
        ),
        (S::Live, true, None, vec![Step::Cancel], vec![Step::Suspend]),
        (S::Suspended, true, None, vec![], vec![Step::Resume]),
        (S::Successful, true, None, vec![Step::OpenLatePledges], vec![Step::Suspend]),
        (S::Failed, true, None, vec![], vec![]),
        (S::Cancelled, true, None, vec![], vec![]),
    ] {
        assert_eq!(steps(state, is_approved, launch_at, true), owners, "{state:?}");
        assert_eq!(steps(state, is_approved, launch_at, false), operators, "{state:?}");
    }
}

#[test]
fn every_refusal_of_the_studio_is_said_in_both_languages() {
    for told in [
        problem::stale(),
        problem::goal_too_low(Money::new(100, Currency::Eur)),
        problem::not_a_number(1, 5),
        problem::story_too_long(50_000),
        problem::line_cost(3),
    ] {
        let Problem::Told { en, fr } = &told else { panic!("{told:?} has no sentence") };
        assert_ne!(en, fr);
        assert_eq!((told.say(Locale::En), told.say(Locale::Fr)), (en.clone(), fr.clone()));
    }
}
