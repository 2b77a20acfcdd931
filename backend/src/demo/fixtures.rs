//! Campaigns for the browser tests, sixteen of each kind for each way of testing,
//! so that tests which run at once never share one.

pub mod bench;
mod ended;
pub mod rules;

use domain::{
    Locale, Timestamp,
    campaign::CampaignState,
    category::Category,
    currency::Currency,
    reward::{Offer, RewardKind, Shipping, Variants},
    slug::Slug,
    time::{DAY, HOUR, Month},
};

use crate::{
    account,
    campaign::{self, NewCampaign, Plan},
    context::Backend,
    error::{Error, Result},
    reward::{self, NewReward},
};

/// What each kind is for.
const KINDS: [(&str, i64, i64, Option<i64>); 3] = [
    // Name, goal in minor units, hours left, units of its one reward.
    ("one-left", 500_000, 24 * 9, Some(1)),
    ("last-day", 10_000, 12, None),
    ("bar", 100_000, 24 * 20, None),
];
/// Campaigns of each kind per project, as `end2end/support/campaigns.ts` counts.
const MADE: u32 = 20;
/// Of each kind that has ended.
const ENDED: u32 = 4;
/// The browser tests' projects.
const PROJECTS: [&str; 3] = ["wasm", "no-wasm", "phone"];

/// Adds the fixtures that are missing.
///
/// # Errors
/// When the database fails.
pub async fn seed(backend: &Backend) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let email = domain::email::EmailAddress::parse("fixtures@example.org")
        .map_err(|p| Error::Invalid(domain::Invalid::field("email", p)))?;
    let creator_id = account::find_or_create_guest(&mut conn, &email, Locale::En, now).await?;
    for (kind, goal, hours, units) in KINDS {
        for project in PROJECTS {
            for n in 0..MADE {
                let slug = Slug::parse(&format!("fixture-{kind}-{project}-{n}"))
                    .expect("fixed words make a slug");
                if campaign::sql::by_slug(&mut conn, &slug).await?.is_some() {
                    continue;
                }
                let new = fixture(slug, kind, goal, now.plus(hours * HOUR), now, creator_id);
                let id = campaign::put(&mut conn, &new, now).await?;
                reward::add(&mut conn, id, 0, &the_reward(units)).await?;
            }
        }
    }
    for (kind, card) in ended::KINDS {
        for project in PROJECTS {
            for n in 0..ENDED {
                let slug = Slug::parse(&format!("fixture-{kind}-{project}-{n}"))
                    .expect("fixed words make a slug");
                if campaign::sql::by_slug(&mut conn, &slug).await?.is_some() {
                    continue;
                }
                let text = slug.to_string();
                let new = fixture(slug, kind, ended::PLEDGE, now, now, creator_id);
                let id = campaign::put(&mut conn, &new, now).await?;
                ended::pledge(backend, &mut conn, id, &text, card, now).await?;
            }
        }
    }
    tx.commit().await
}

fn fixture(
    slug: Slug,
    kind: &str,
    goal: i64,
    deadline: Timestamp,
    now: Timestamp,
    creator_id: domain::id::AccountId,
) -> NewCampaign {
    NewCampaign {
        title: format!("Fixture {kind} {slug}"),
        external_ref: Some(format!("fixture:{slug}")),
        slug,
        creator_id,
        creator: "The tests".into(),
        subtitle: "A campaign that only tests see.".into(),
        story: "Nothing to read here.".into(),
        language: Locale::En,
        category: Category::Technology,
        subcategory: String::new(),
        location: String::new(),
        country: None,
        image: String::new(),
        image_alt: String::new(),
        is_demo: true,
        state: CampaignState::Live,
        currency: Currency::Eur,
        goal,
        plan: Plan::default(),
        opening: None,
        created_at: now.plus(-30 * DAY),
        // Long ago, so that no list of new campaigns shows them first.
        launched_at: Some(now.plus(-30 * DAY)),
        deadline,
    }
}

fn the_reward(units: Option<i64>) -> NewReward {
    NewReward {
        kind: RewardKind::Reward,
        title: if units.is_some() { "The last one".into() } else { "A plain reward".into() },
        description: "What it says.".into(),
        price: 1_000,
        late_price: None,
        units: 1,
        items: Vec::new(),
        image: None,
        delivery: Month::from_number(202_712),
        offer: Offer { quantity: units, ..Offer::default() },
        secret: None,
        shipping: Shipping::None,
        variants: Variants::default(),
    }
}
