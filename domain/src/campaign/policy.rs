//! Which field of a campaign, and of a reward, may still be changed when. The
//! tables are the whole rule: the server refuses by them and pages grey out by
//! them.
//!
//! What a backer has relied on does not move: the terms from the launch on, a
//! reward from its first backer on (Kickstarter, `[K9]`), everything from the end on. After
//! a success the shelf can still be sold from, so that what this takes stays open.

use super::CampaignState;
use crate::{locale::Locale, words};

/// Where a campaign stands, as far as changing it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Phase {
    /// Being written.
    Draft,
    /// With the operator.
    InReview,
    /// The operator has said yes; the creator has not launched yet.
    Approved,
    /// Taking pledges, in either round.
    Live,
    /// Stopped by the operator.
    Suspended,
    /// Past its deadline or called off, also while cards are charged.
    Ended,
}

/// What may be done to one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// Anything.
    Free,
    /// Nothing.
    Locked(Lock),
    /// A number may become larger, or lose its limit.
    OnlyUp(Lock),
}

/// Why a field is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lock {
    InReview,
    Approved,
    /// Terms of a campaign that is live.
    Launched,
    Suspended,
    Ended,
    /// Rewards have prices in this currency.
    Priced,
    /// Somebody has pledged for this reward.
    Backed,
}

/// One row of a table: a field by its name in the form, and what may be done to
/// it in each phase, in the order of [`Phase::ALL`].
pub type Row = (&'static str, [Edit; 6]);

use Edit::{Free, Locked, OnlyUp};

/// What is told about a campaign and decides nothing about money.
const TOLD: [Edit; 6] = [
    Free,
    Locked(Lock::InReview),
    Locked(Lock::Approved),
    Free,
    Locked(Lock::Suspended),
    Locked(Lock::Ended),
];
/// What backers ask is answered after the end too.
const ANSWERED: [Edit; 6] =
    [Free, Locked(Lock::InReview), Locked(Lock::Approved), Free, Locked(Lock::Suspended), Free];
/// What it is launched with.
const TERMS: [Edit; 6] = [
    Free,
    Locked(Lock::InReview),
    Locked(Lock::Approved),
    Locked(Lock::Launched),
    Locked(Lock::Suspended),
    Locked(Lock::Ended),
];
/// What somebody has pledged for.
const PROMISED: [Edit; 6] = [
    Locked(Lock::Backed),
    Locked(Lock::Backed),
    Locked(Lock::Backed),
    Locked(Lock::Backed),
    Locked(Lock::Suspended),
    Locked(Lock::Ended),
];
/// Of what is promised to some there may be more for others.
const STOCK: [Edit; 6] = [
    OnlyUp(Lock::Backed),
    Locked(Lock::InReview),
    Locked(Lock::Approved),
    OnlyUp(Lock::Backed),
    Locked(Lock::Suspended),
    Locked(Lock::Ended),
];

/// Every field of a campaign.
pub const CAMPAIGN: &[Row] = &[
    ("title", TOLD),
    ("subtitle", TOLD),
    ("category", TOLD),
    ("subcategory", TOLD),
    ("location", TOLD),
    ("country", TERMS),
    ("language", TOLD),
    ("address", TERMS),
    ("image", TOLD),
    ("story", TOLD),
    ("risks", TOLD),
    ("faq", ANSWERED),
    ("stretch", TOLD),
    ("rule", TERMS),
    ("goal", TERMS),
    ("goal_units", TERMS),
    ("optimum", TERMS),
    ("currency", TERMS),
    ("verdict", TERMS),
    ("overtime", TERMS),
    ("late_pledges", TERMS),
    ("instalments_from", TERMS),
    ("instalments_most", TERMS),
    ("zone", TERMS),
    ("ends", TERMS),
    ("days", TERMS),
    ("deadline", TERMS),
    ("deadline_time", TERMS),
    ("launch", TERMS),
    ("launch_date", TERMS),
    ("launch_time", TERMS),
];

/// Every field of a reward that nobody has.
pub const REWARD: &[Row] = &[
    ("kind", TOLD),
    ("title", TOLD),
    ("description", TOLD),
    ("items", TOLD),
    ("image", TOLD),
    ("price", TOLD),
    ("late_price", TOLD),
    ("units", TOLD),
    ("delivery", TOLD),
    ("quantity", TOLD),
    ("per_backer", TOLD),
    ("shipping", TOLD),
    ("pick_up_place", TOLD),
    ("shipping_costs", TOLD),
    ("elsewhere", TOLD),
    ("options", TOLD),
    ("stock", TOLD),
    ("starts", TOLD),
    ("starts_time", TOLD),
    ("ends", TOLD),
    ("ends_time", TOLD),
    ("secret", TOLD),
];

/// Every field of a reward that somebody has.
pub const BACKED: &[Row] = &[
    ("kind", PROMISED),
    ("title", PROMISED),
    ("description", PROMISED),
    ("items", PROMISED),
    ("image", TOLD),
    ("price", PROMISED),
    ("late_price", TOLD),
    ("units", PROMISED),
    // An estimate. Put off, it is told to each backer (`material`).
    ("delivery", TOLD),
    ("quantity", STOCK),
    ("per_backer", PROMISED),
    ("shipping", PROMISED),
    ("pick_up_place", PROMISED),
    ("shipping_costs", PROMISED),
    ("elsewhere", PROMISED),
    // `check_grown` says what growing means for these two.
    ("options", STOCK),
    ("stock", STOCK),
    ("starts", TOLD),
    ("starts_time", TOLD),
    ("ends", TOLD),
    ("ends_time", TOLD),
    ("secret", TOLD),
];

/// What is left to sell after a success: at which price, and how many there are. What may
/// be done to a reward that nobody has, and to one that somebody has.
pub const LATE: &[(&str, [Edit; 2])] = &[
    ("late_price", [Free, Free]),
    ("quantity", [Free, OnlyUp(Lock::Backed)]),
    ("stock", [Free, OnlyUp(Lock::Backed)]),
];

impl Phase {
    /// Every phase, in the order of the tables.
    pub const ALL: [Self; 6] =
        [Self::Draft, Self::InReview, Self::Approved, Self::Live, Self::Suspended, Self::Ended];

    /// Of a campaign in this state.
    #[must_use]
    pub const fn of(state: CampaignState, is_approved: bool) -> Self {
        match state {
            CampaignState::Draft => Self::Draft,
            CampaignState::InReview if is_approved => Self::Approved,
            CampaignState::InReview => Self::InReview,
            CampaignState::Live => Self::Live,
            CampaignState::Suspended => Self::Suspended,
            CampaignState::Deciding
            | CampaignState::Successful
            | CampaignState::Failed
            | CampaignState::Cancelled => Self::Ended,
        }
    }

    /// Whether rewards may be added, moved and taken away.
    #[must_use]
    pub const fn shelf(self) -> Edit {
        TOLD[self as usize]
    }
}

/// What may be done to a field of a campaign. Its currency stays while rewards
/// have prices in it.
#[must_use]
pub fn campaign(field: &str, phase: Phase, has_rewards: bool) -> Edit {
    match find(CAMPAIGN, field, phase) {
        Free if has_rewards && field == "currency" => Locked(Lock::Priced),
        edit => edit,
    }
}

/// What may be done to a field of a reward, before its campaign has succeeded.
#[must_use]
pub fn reward(field: &str, phase: Phase, is_backed: bool) -> Edit {
    find(if is_backed { BACKED } else { REWARD }, field, phase)
}

/// What may be done to a field of a reward of a campaign in this state.
#[must_use]
pub fn offer(field: &str, state: CampaignState, phase: Phase, is_backed: bool) -> Edit {
    let late = LATE.iter().find(|(name, _)| *name == field);
    match (state, late) {
        (CampaignState::Successful, Some((_, edits))) => edits[usize::from(is_backed)],
        _ => reward(field, phase, is_backed),
    }
}

/// A field that is in no table is none that a form may change.
fn find(table: &[Row], field: &str, phase: Phase) -> Edit {
    let row = table.iter().find(|(name, _)| *name == field);
    row.map_or(Locked(Lock::Ended), |(_, edits)| edits[phase as usize])
}

impl Edit {
    /// Whether nothing may be done to it, so that a page shows it greyed out.
    #[must_use]
    pub const fn is_locked(self) -> bool {
        matches!(self, Self::Locked(_))
    }

    /// Why not everything may be done to it, in one sentence.
    #[must_use]
    pub const fn say(self, locale: Locale) -> Option<&'static str> {
        match self {
            Self::Free => None,
            Self::Locked(lock) => Some(lock.say(locale)),
            Self::OnlyUp(_) => Some(words::studio::only_up(locale)),
        }
    }
}

impl Lock {
    /// The reason in one sentence.
    #[must_use]
    pub const fn say(self, locale: Locale) -> &'static str {
        use words::studio as w;
        match self {
            Self::InReview => w::locked_in_review(locale),
            Self::Approved => w::locked_approved(locale),
            Self::Launched => w::locked_launched(locale),
            Self::Suspended => w::locked_suspended(locale),
            Self::Ended => w::locked_ended(locale),
            Self::Priced => w::locked_priced(locale),
            Self::Backed => w::locked_backed(locale),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        BACKED, CAMPAIGN, CampaignState, Edit, Phase, REWARD, Row, campaign, offer, reward,
    };

    #[test]
    fn every_state_has_its_phase_and_every_field_its_row() {
        for state in CampaignState::ALL {
            let phases = [false, true].map(|is_approved| Phase::of(state, is_approved));
            assert_eq!(phases[0] == phases[1], state != CampaignState::InReview, "{state:?}");
        }
        for (place, phase) in Phase::ALL.into_iter().enumerate() {
            assert_eq!(phase as usize, place);
        }
        let names = |table: &[Row]| table.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        assert_eq!(names(REWARD), names(BACKED));
        for table in [CAMPAIGN, REWARD] {
            let mut single = names(table);
            single.sort_unstable();
            single.dedup();
            assert_eq!(single.len(), table.len(), "a field has two rows");
        }
    }

    #[test]
    fn what_a_backer_relies_on_does_not_move() {
        for term in ["goal", "rule", "currency", "deadline", "zone", "verdict", "address"] {
            assert_eq!(campaign(term, Phase::Draft, false), Edit::Free, "{term}");
            for phase in &Phase::ALL[1..] {
                assert!(campaign(term, *phase, false).is_locked(), "{term} {phase:?}");
            }
        }
        for promise in ["price", "items", "description", "shipping"] {
            assert_eq!(reward(promise, Phase::Live, false), Edit::Free, "{promise}");
            assert!(reward(promise, Phase::Live, true).is_locked(), "{promise}");
        }
        assert!(matches!(reward("quantity", Phase::Live, true), Edit::OnlyUp(_)));
        assert_eq!(reward("image", Phase::Live, true), Edit::Free);
        assert_eq!(reward("delivery", Phase::Live, true), Edit::Free, "an estimate");
    }

    #[test]
    fn nothing_is_changed_after_the_end_and_nothing_that_has_no_row() {
        for (field, edits) in CAMPAIGN.iter().chain(REWARD).chain(BACKED) {
            for phase in [Phase::InReview, Phase::Approved, Phase::Suspended, Phase::Ended] {
                // Questions are answered on.
                if (*field, phase) == ("faq", Phase::Ended) {
                    continue;
                }
                assert!(edits[phase as usize].is_locked(), "{field} {phase:?}");
            }
        }
        assert!(campaign("pledged", Phase::Draft, false).is_locked());
    }

    #[test]
    fn after_a_success_only_what_late_pledges_need_is_open() {
        let late = ["late_price", "quantity", "stock"];
        for state in CampaignState::ALL {
            let phase = Phase::of(state, true);
            for (field, _) in REWARD {
                for is_backed in [false, true] {
                    let edit = offer(field, state, phase, is_backed);
                    if state == CampaignState::Successful && late.contains(field) {
                        assert!(!edit.is_locked(), "{field} {is_backed}");
                    } else {
                        assert_eq!(edit, reward(field, phase, is_backed), "{field} {state:?}");
                    }
                }
            }
        }
        let backed = |field| offer(field, CampaignState::Successful, Phase::Ended, true);
        assert!(matches!(backed("quantity"), Edit::OnlyUp(_)), "what was promised stays promised");
        assert!(backed("price").is_locked() && backed("items").is_locked());
        assert!(offer("late_price", CampaignState::Failed, Phase::Ended, false).is_locked());
    }

    #[test]
    fn a_currency_stays_while_rewards_are_priced_in_it() {
        assert_eq!(campaign("currency", Phase::Draft, false), Edit::Free);
        assert!(campaign("currency", Phase::Draft, true).is_locked());
        assert_eq!(campaign("goal", Phase::Draft, true), Edit::Free);
    }
}
