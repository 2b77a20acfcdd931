//! Is what was written for the demonstration fit to be shown?

use std::collections::BTreeSet;

use domain::{
    Locale, Timestamp,
    account::DisplayName,
    campaign::{CampaignState, LONGEST_SUBTITLE, LONGEST_TITLE},
    category::Category,
    country::Country,
    reward::{RewardKind, Shipping},
    slug::Slug,
    time::{DAY, HOUR},
};

use super::{
    DemoCampaign, Ship, Traffic, campaigns,
    plan::ELSEWHERE,
    pledges, rules,
    seed::{BACKERS, SEED},
};
use crate::artwork;

/// 4 December 2026, 18:00 UTC.
const START: Timestamp = Timestamp(1_796_407_200_000_000);

fn count(state: CampaignState) -> usize {
    campaigns().iter().filter(|c| c.state == state && c.record.is_none()).count()
}

#[test]
fn the_demonstration_shows_every_state_and_every_shelf() {
    use CampaignState::{Cancelled, Draft, Failed, InReview, Live, Successful, Suspended};
    for (state, expected) in [
        (Live, 16),
        (Successful, 2),
        (Failed, 2),
        (Cancelled, 1),
        (Suspended, 1),
        (Draft, 1),
        (InReview, 1),
    ] {
        assert_eq!(count(state), expected, "{state:?}");
    }
    assert_eq!(campaigns().iter().filter(|c| c.record.is_some()).count(), 5);
    let shelves: BTreeSet<Category> = campaigns().iter().map(|c| c.category).collect();
    assert_eq!(shelves.len(), Category::ALL.len());
    let currencies: BTreeSet<_> = campaigns().iter().map(|c| c.currency).collect();
    assert!(currencies.len() >= 10, "{currencies:?}");
    let french = campaigns().iter().filter(|c| c.language == Locale::Fr).count();
    assert!((10..=14).contains(&french), "{french}");
    let within_the_hour = campaigns()
        .iter()
        .filter(|c| c.deadline(START) > START && c.deadline(START).since(START) < HOUR)
        .count();
    assert_eq!(within_the_hour, 4);
}

#[test]
fn every_campaign_is_fit_to_be_launched() {
    let mut slugs = BTreeSet::new();
    for campaign in campaigns() {
        let slug = campaign.slug;
        assert!(slugs.insert(slug), "{slug} twice");
        assert!(Slug::parse(slug).is_some(), "{slug}");
        assert!(Slug::from_title(campaign.creator).is_some(), "{slug}");
        assert!(DisplayName::parse(campaign.creator).is_ok(), "{slug}");
        assert!(Country::parse(campaign.country).is_some(), "{slug}");
        assert!(campaign.title.chars().count() <= LONGEST_TITLE as usize, "{slug}");
        assert!(campaign.subtitle.chars().count() <= LONGEST_SUBTITLE as usize, "{slug}");
        assert!(campaign.goal > 0, "{slug}");
        assert!(campaign.story.split_whitespace().count() >= 180, "{slug}");
        for text in [
            campaign.title,
            campaign.subtitle,
            campaign.subcategory,
            campaign.location,
            campaign.image_alt,
        ] {
            assert!(!text.trim().is_empty() && text == text.trim(), "{slug}: {text}");
        }
        let days = campaign.deadline(START).since(campaign.launched(START)) / DAY;
        let rule = rules::plan(&campaign).rule;
        assert!(rule.days().contains(&days), "{slug}: {days} days");
        let is_over = campaign.deadline(START) <= START;
        let ends_by_the_clock =
            matches!(campaign.state, CampaignState::Successful | CampaignState::Failed);
        assert!(!(is_over && campaign.state == CampaignState::Live), "{slug}");
        assert!(!ends_by_the_clock || is_over, "{slug}");
        assert_eq!(
            campaign.percent > 0 && campaign.percent < 100,
            campaign.percent > 0 && !campaign.is_met(),
            "{slug}"
        );
    }
}

impl DemoCampaign {
    fn is_met(&self) -> bool {
        self.percent >= 100
    }
}

#[test]
fn every_reward_is_fit_to_be_pledged_for() {
    let mut kinds = BTreeSet::new();
    let (mut early, mut late, mut secret) = (0, 0, 0);
    for campaign in campaigns() {
        let slug = campaign.slug;
        if campaign.record.is_some() {
            assert!(campaign.rewards.is_empty(), "{slug}");
            continue;
        }
        let add_ons = campaign.rewards.iter().filter(|r| r.kind == RewardKind::AddOn).count();
        let rewards = campaign.rewards.len() - add_ons;
        assert!((2..=7).contains(&rewards) && add_ons <= 4, "{slug}: {rewards} and {add_ons}");
        let mut titles = BTreeSet::new();
        for reward in &campaign.rewards {
            let minor = reward.price * campaign.currency.minor_per_major();
            assert!(titles.insert(reward.title), "{slug}: {} twice", reward.title);
            assert!(
                (campaign.currency.minimum()..=campaign.currency.maximum()).contains(&minor),
                "{slug}: {}",
                reward.title
            );
            assert!(
                reward.title.chars().count() <= domain::reward::LONGEST_TITLE as usize,
                "{slug}: {}",
                reward.title
            );
            assert!(
                reward.taken.is_none_or(|taken| reward.quantity.is_none_or(|q| taken <= q)),
                "{slug}: {}",
                reward.title
            );
            if let Ship::To(costs) = reward.ship {
                assert!(
                    costs.iter().all(|(code, _)| Country::parse(code).is_some()),
                    "{slug}: {}",
                    reward.title
                );
                assert!(
                    costs.iter().any(|(code, _)| *code == campaign.country),
                    "{slug}: {}",
                    reward.title
                );
            }
            let new = reward.new_reward(&campaign, START);
            kinds.insert(match new.shipping {
                Shipping::None => 0,
                Shipping::PickUp { .. } => 1,
                Shipping::Countries { .. } => 2,
                Shipping::Worldwide { .. } => 3,
            });
            early += usize::from(new.offer.starts_at.is_some_and(|at| at > START));
            late += usize::from(new.offer.ends_at.is_some_and(|at| at <= START));
            secret += usize::from(new.secret.as_deref() == Some("friends"));
        }
    }
    assert_eq!(kinds.len(), 4, "every way of shipping is shown");
    assert!(early >= 1 && late >= 1 && secret == 1);
}

#[test]
fn every_picture_is_of_a_known_motif() {
    for campaign in campaigns() {
        let drawn = artwork::draw(campaign.artwork);
        // An unknown motif would be hashed; the named hue shows that it was not.
        let hue = campaign.artwork.rsplit('-').nth(1).expect("motif, hue, variation");
        assert!(drawn.contains(&format!("sky-{hue}-")), "{}", campaign.artwork);
    }
    let pictures: BTreeSet<_> = campaigns().iter().map(|c| c.artwork).collect();
    assert_eq!(pictures.len(), campaigns().len());
}

#[test]
fn some_rewards_have_a_picture_of_their_own() {
    let mut pictures = BTreeSet::new();
    for campaign in campaigns() {
        for (artwork, alt) in campaign.rewards.iter().filter_map(|reward| reward.picture) {
            assert!(pictures.insert(artwork) && artwork != campaign.artwork, "{artwork} twice");
            assert!(alt.len() > 8 && alt == alt.trim(), "{artwork}: {alt}");
            let hue = artwork.rsplit('-').nth(1).expect("motif, hue, variation");
            assert!(artwork::draw(artwork).contains(&format!("sky-{hue}-")), "{artwork}");
        }
    }
    assert!(pictures.len() >= 8, "{pictures:?}");
}

#[test]
fn french_is_set_as_french() {
    for campaign in campaigns().iter().filter(|c| c.language == Locale::Fr) {
        let mut texts = vec![
            campaign.title,
            campaign.subtitle,
            campaign.image_alt,
            campaign.story,
            campaign.subcategory,
        ];
        for reward in &campaign.rewards {
            texts.extend([reward.title, reward.description]);
            texts.extend(reward.picture.map(|(_, alt)| alt));
            texts.extend(reward.items.iter().map(|(name, _)| *name));
        }
        for text in texts {
            assert!(!text.contains(['\'', '"']), "{}: {text}", campaign.slug);
            for (before, after) in text.chars().zip(text.chars().skip(1)) {
                let is_loose =
                    before == ' ' && matches!(after, ';' | ':' | '!' | '?' | '»' | '%' | '€');
                let is_torn = before == '«' && after == ' ';
                assert!(!is_loose && !is_torn, "{}: {text}", campaign.slug);
            }
        }
    }
}

#[test]
fn the_plan_reaches_its_percent_and_is_the_same_each_time() {
    let mut sum = 0;
    let both = |campaign| [(campaign, SEED), (campaign, 7)];
    for (campaign, seed) in campaigns().iter().flat_map(both) {
        let plan = pledges(campaign, seed, START);
        assert_eq!(plan, pledges(campaign, seed, START), "{}", campaign.slug);
        let pledged: i64 = plan.iter().map(|pledge| pledge.total).sum();
        assert_eq!(
            pledged * 100 / campaign.goal_minor(),
            campaign.percent,
            "{}: {pledged}",
            campaign.slug
        );
        assert!(plan.len() <= BACKERS, "{}: {}", campaign.slug, plan.len());
        for (place, reward) in campaign.rewards.iter().enumerate() {
            let taken = plan.iter().filter(|pledge| pledge.reward == Some(place)).count();
            assert!(
                reward.taken.is_none_or(|expected| expected == taken as i64),
                "{}: {}",
                campaign.slug,
                reward.title
            );
        }
        for pledge in &plan {
            assert!(
                pledge.at > campaign.launched(START) && pledge.at < campaign.until(START),
                "{}",
                campaign.slug
            );
            assert!(
                pledge
                    .add_ons
                    .iter()
                    .all(|(place, _)| campaign.rewards[*place].kind == RewardKind::AddOn)
            );
        }
        if seed == SEED {
            sum += plan.len();
        }
    }
    assert!(
        (800..4_000).contains(&sum),
        "{sum} pledges make a start that is neither empty nor slow"
    );
}

#[test]
fn traffic_is_the_same_from_the_same_seed_and_at_a_human_pace() {
    let (mut one, mut two) = (Traffic::new(3), Traffic::new(3));
    for _ in 0..50 {
        let pause = one.pause();
        assert_eq!(pause, two.pause());
        assert!((2..=9).contains(&pause.as_secs()));
        let popularities = [START.0, START.0 - 3 * DAY, START.0 - 40 * DAY];
        assert_eq!(one.campaign(&popularities), two.campaign(&popularities));
    }
    assert_eq!(one.campaign(&[]), None);
    assert!(ELSEWHERE.iter().all(|code| Country::parse(code).is_some()));
}
