//! The campaigns themselves, a few to a file.

mod history;
mod making;
mod open_air;
mod paper;
mod screens;
mod stage;
mod technology;

use domain::{Timestamp, reward::Zone};

use super::{DemoCampaign, Ship, Times};

/// A story by its slug.
macro_rules! story {
    ($slug:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/src/demo/stories/", $slug, ".md"))
    };
}
use story;

/// Every campaign: what is live first, history last.
pub fn all() -> Vec<DemoCampaign> {
    [
        technology::campaigns(),
        making::campaigns(),
        stage::campaigns(),
        screens::campaigns(),
        paper::campaigns(),
        open_air::campaigns(),
        history::campaigns(),
    ]
    .concat()
}

const fn running(launched_days_ago: i64, ends_in_minutes: i64) -> Times {
    Times::FromStart { launched_days_ago, ends_in_minutes }
}

const fn days(days: i64) -> i64 {
    days * 24 * 60
}

/// A public record's day, by Unix seconds.
const fn on(seconds: i64) -> Timestamp {
    Timestamp::from_seconds(seconds)
}

/// A letter from the euro zone.
const LETTER: Ship = Ship::World(&[(Zone::EuropeanUnion, 2), (Zone::Europe, 3)], 4);
/// A small parcel from the euro zone.
const PARCEL: Ship =
    Ship::World(&[(Zone::EuropeanUnion, 7), (Zone::Europe, 11), (Zone::NorthAmerica, 19)], 24);
