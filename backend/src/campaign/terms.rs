//! What a campaign was launched with, and where it is in its life, as its row
//! keeps both.

use domain::{
    Timestamp,
    campaign::{
        CampaignState, Funding, FundingRule, LatePledges, Life, StretchGoal, Terms, Verdict,
    },
    currency::Currency,
    pledge::InstalmentOffer,
    time::Zone,
};

/// What a new campaign asks for beside its goal; without more, all or nothing by
/// amount.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    pub rule: FundingRule,
    /// As in [`Terms`], like all that follow.
    pub goal_units: Option<i64>,
    pub optimum: Option<i64>,
    pub verdict: Verdict,
    pub overtime: bool,
    pub late_pledges: bool,
    pub zone: Zone,
    pub instalments: Option<InstalmentOffer>,
    pub stretch_goals: Vec<StretchGoal>,
}

impl Plan {
    /// What it is launched with.
    #[must_use]
    pub const fn terms(&self, goal: i64) -> Terms {
        Terms {
            rule: self.rule,
            goal,
            goal_units: self.goal_units,
            optimum: self.optimum,
            verdict: self.verdict,
            overtime: self.overtime,
            late_pledges: self.late_pledges,
            zone: self.zone,
            instalments: self.instalments,
        }
    }
}

/// The columns of a [`TermsRow`], for every statement that reads one.
macro_rules! terms_columns {
    () => {
        "rule, goal, goal_units, optimum, verdict, overtime, late_pledges, zone,
                instalments_from, instalments_most, round, late, state, frozen, deadline, currency,
                pledged, backers, units"
    };
}
pub(crate) use terms_columns;

/// These columns of a campaign, wherever it is read.
#[derive(sqlx::FromRow, Debug, Clone)]
pub struct TermsRow {
    rule: FundingRule,
    goal: i64,
    goal_units: Option<i64>,
    optimum: Option<i64>,
    verdict: Verdict,
    overtime: bool,
    late_pledges: bool,
    zone: Zone,
    instalments_from: Option<i64>,
    instalments_most: Option<i64>,
    pub round: i64,
    pub late: LatePledges,
    state: CampaignState,
    frozen: Option<CampaignState>,
    deadline: Timestamp,
    currency: Currency,
    pledged: i64,
    backers: i64,
    units: i64,
}

impl TermsRow {
    /// What it was launched with.
    pub const fn terms(&self) -> Terms {
        Terms {
            rule: self.rule,
            goal: self.goal,
            goal_units: self.goal_units,
            optimum: self.optimum,
            verdict: self.verdict,
            overtime: self.overtime,
            late_pledges: self.late_pledges,
            zone: self.zone,
            instalments: match (self.instalments_from, self.instalments_most) {
                (Some(from), Some(most)) => Some(InstalmentOffer { from, most }),
                _ => None,
            },
        }
    }

    /// Where it stood when it was read.
    pub const fn life(&self) -> Life {
        Life {
            state: self.state,
            round: self.round,
            late: self.late,
            frozen: self.frozen,
            deadline: self.deadline,
        }
    }

    /// Its figures when it was read.
    pub const fn funding(&self) -> Funding {
        Funding {
            goal: self.goal,
            pledged: self.pledged,
            backers: self.backers,
            units: self.units,
            goal_units: self.goal_units,
            currency: self.currency,
        }
    }
}
