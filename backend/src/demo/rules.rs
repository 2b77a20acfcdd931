//! Which campaigns of the demonstration have another funding rule than all or
//! nothing, so that each can be tried.

use domain::{
    campaign::{FundingRule, Measure, StretchGoal, Verdict},
    pledge::InstalmentOffer,
    reward::RewardKind,
    time::Zone,
};

use super::{DemoCampaign, reward::DemoReward};
use crate::campaign::Plan;

/// The funding rule of a campaign, with its options.
pub(super) fn plan(campaign: &DemoCampaign) -> Plan {
    let zone = if campaign.country == "FR" { Zone::Paris } else { Zone::Utc };
    let plain = Plan { zone, ..Plan::default() };
    match campaign.slug {
        "tide-clock" => Plan { overtime: true, stretch_goals: tide_clock(campaign), ..plain },
        "fournil-roulant" => Plan { rule: FundingRule::KeepWhatYouRaise, ..plain },
        "kettle-you-can-mend" => {
            Plan { rule: FundingRule::PreOrders, goal_units: Some(46), ..plain }
        }
        "herbier-de-verre" => {
            Plan { rule: FundingRule::Rounds, optimum: Some(campaign.goal_minor() * 2), ..plain }
        }
        "one-flock-one-jumper" => Plan { verdict: Verdict::Collected, ..plain },
        "six-points-braille-typewriter" => {
            let offer = InstalmentOffer { from: 20_000, most: 6 };
            Plan { instalments: Some(offer), ..plain }
        }
        "lighthouse-library" => Plan { late_pledges: true, ..plain },
        _ if campaign.record.is_some() => Plan::default(),
        _ => plain,
    }
}

/// What a reward costs after the success: a tenth more, where it can be had.
pub(super) fn late_price(reward: &DemoReward, campaign: &DemoCampaign) -> Option<i64> {
    let is_sold = campaign.slug == "lighthouse-library" && reward.kind == RewardKind::Reward;
    let minor = reward.price * campaign.currency.minor_per_major();
    is_sold.then_some(minor + minor / 10)
}

fn tide_clock(campaign: &DemoCampaign) -> Vec<StretchGoal> {
    let goal = |percent: i64, title: &str, text: &str| StretchGoal {
        title: title.into(),
        text: text.into(),
        measure: Measure::Amount,
        target: campaign.goal_minor() / 100 * percent,
    };
    vec![
        goal(120, "A dial for southern shores", "The moon turns the other way there."),
        goal(160, "Every harbour of the almanac", "Tables for four hundred harbours, not forty."),
        StretchGoal {
            measure: Measure::Backers,
            target: 1_000,
            ..goal(100, "The tables for everybody", "The almanac is published for free.")
        },
    ]
}
