//! Which change of a backed reward is material: its backers are told, and may take
//! their pledge back for a while. What may be changed at all is `policy`'s to say; this
//! table only says what follows. A right like the fourteen days that European law gives
//! for goods from a shop, counted from the letter.

use crate::{
    pledge::PledgeState,
    reward::wording::{Part, Wording},
    time::{DAY, Timestamp},
};

/// For how many days a pledge may be taken back after a material change.
pub const FREE_DAYS: i64 = 14;

/// When a change of one part is material.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matters {
    Never,
    Always,
    /// When it is later than it was, or no longer told.
    Later,
}

/// Every part of a reward's wording. A name may be written better; what somebody gets,
/// for how much and until when may not be written away.
pub const TABLE: &[(Part, Matters)] = &[
    (Part::Title, Matters::Never),
    (Part::Price, Matters::Always),
    (Part::Description, Matters::Always),
    (Part::Items, Matters::Always),
    (Part::Delivery, Matters::Later),
    (Part::Shipping, Matters::Always),
];

/// How a backer leaves after a material change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing was charged: the pledge is taken back.
    Cancel,
    /// What was charged goes back.
    GiveBack,
}

/// Whether backers who relied on the old wording have to be told of the new one.
#[must_use]
pub fn is_material(before: &Wording, after: &Wording) -> bool {
    TABLE.iter().any(|(part, matters)| match matters {
        Matters::Never => false,
        Matters::Always => before.differs(after, *part),
        Matters::Later => match (before.delivery, after.delivery) {
            (Some(was), Some(is)) => is.number() > was.number(),
            (Some(_), None) => true,
            (None, _) => false,
        },
    })
}

/// Until when backers may leave after a material change at this instant.
#[must_use]
pub const fn free_until(at: Timestamp) -> Timestamp {
    at.plus(FREE_DAYS * DAY)
}

/// How a pledge may be left while that time runs; not at all where its card is about to
/// be charged, or cannot be: then there is nothing to give back yet, or never will be.
#[must_use]
pub const fn leaving(state: PledgeState, takes_pledges: bool) -> Option<Leaving> {
    match state {
        PledgeState::Collected => Some(Leaving::GiveBack),
        PledgeState::Pledged if takes_pledges => Some(Leaving::Cancel),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{DAY, FREE_DAYS, Leaving, Matters, Part, TABLE, free_until, is_material, leaving};
    use crate::{
        campaign::policy::{self, Edit, Phase},
        money::Money,
        pledge::PledgeState,
        reward::wording::{Wording, tests::wording},
        time::{Month, Timestamp},
    };

    #[test]
    fn a_delivery_is_material_when_it_is_later_or_no_longer_told() {
        let on = |number| Wording { delivery: Month::from_number(number), ..wording() };
        let never = Wording { delivery: None, ..wording() };
        for (before, after, expected) in [
            (on(202_706), on(202_706), false),
            (on(202_706), on(202_705), false),
            (on(202_706), on(202_707), true),
            (on(202_712), on(202_801), true),
            (on(202_706), never.clone(), true),
            (never, on(202_706), false),
        ] {
            assert_eq!(is_material(&before, &after), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn a_better_name_is_nothing_to_write_about_but_other_content_is() {
        let named = Wording { title: "The clock".into(), ..wording() };
        assert!(!is_material(&wording(), &named));
        let other = Wording { description: "Of tin.".into(), ..wording() };
        assert!(is_material(&wording(), &other));
        let price = Money::new(wording().price.minor + 1, wording().price.currency);
        assert!(is_material(&wording(), &Wording { price, ..wording() }));
    }

    #[test]
    fn every_part_is_in_the_table_and_what_is_open_for_a_backed_reward_is_judged() {
        for part in Part::ALL {
            assert_eq!(TABLE.iter().filter(|(one, _)| *one == part).count(), 1, "{part:?}");
            let edit = policy::reward(part.key(), Phase::Live, true);
            let matters = TABLE.iter().find(|(one, _)| *one == part).map(|(_, matters)| *matters);
            assert!(edit != Edit::Free || matters != Some(Matters::Never), "{part:?}");
        }
        assert_eq!(policy::reward("delivery", Phase::Live, true), Edit::Free);
    }

    #[test]
    fn what_was_charged_goes_back_and_what_was_promised_is_taken_back_while_it_can_be() {
        let at = Timestamp::from_seconds(1_796_407_200);
        assert_eq!(free_until(at).since(at), FREE_DAYS * DAY);
        for state in PledgeState::ALL {
            for takes_pledges in [false, true] {
                let expected = match state {
                    PledgeState::Collected => Some(Leaving::GiveBack),
                    PledgeState::Pledged if takes_pledges => Some(Leaving::Cancel),
                    _ => None,
                };
                assert_eq!(leaving(state, takes_pledges), expected, "{state:?}");
            }
        }
    }
}
