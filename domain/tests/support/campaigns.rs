//! Terms of every kind, and what can happen to a campaign.

use domain::{
    Timestamp,
    campaign::{FundingRule, Terms, Verdict, life::Event, rule::Tally},
    time::Zone,
};

pub const GOAL: i64 = 100_000;
pub const UNITS: i64 = 50;
pub const OPTIMUM: i64 = 200_000;

pub fn terms(rule: FundingRule, verdict: Verdict) -> Terms {
    let plain = Terms::all_or_nothing(GOAL);
    Terms {
        rule,
        goal_units: (rule == FundingRule::PreOrders).then_some(UNITS),
        optimum: (rule == FundingRule::Rounds).then_some(OPTIMUM),
        verdict,
        overtime: true,
        late_pledges: true,
        zone: Zone::Paris,
        ..plain
    }
}

#[allow(dead_code, reason = "not every test file walks through everything")]
/// Every rule, and those that can be decided by what was charged.
pub fn every_terms() -> Vec<Terms> {
    let all = FundingRule::ALL.into_iter().flat_map(|rule| {
        [Verdict::Pledged, Verdict::Collected].map(|verdict| terms(rule, verdict))
    });
    all.filter(|terms| terms.check().is_ok()).collect()
}

pub fn tally(amount: i64, units: i64) -> Tally {
    Tally { amount, units }
}

pub fn enough() -> Tally {
    tally(GOAL, UNITS)
}

pub fn too_little() -> Tally {
    tally(GOAL - 1, UNITS - 1)
}

/// The end of the campaigns here.
pub const END: Timestamp = Timestamp(1_796_407_200_000_000);

#[allow(dead_code, reason = "not every test file walks through everything")]
pub fn every_event() -> Vec<Event> {
    let tallies = [tally(0, 0), too_little(), enough(), tally(OPTIMUM, UNITS)];
    let mut events = vec![
        Event::Submit,
        Event::Return,
        Event::Launch,
        Event::Pledge { is_first: true },
        Event::Pledge { is_first: false },
        Event::Cancel,
        Event::Suspend,
        Event::Resume,
        Event::OpenLatePledges,
        Event::CloseLatePledges,
    ];
    events.extend(tallies.map(|promised| Event::Deadline { promised }));
    events.extend(tallies.map(|collected| Event::WindowOver { collected }));
    events
}
