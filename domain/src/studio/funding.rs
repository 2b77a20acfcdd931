//! What a campaign asks for, and under which rule.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Form, basics::KEPT, basics::parse_rule, choice, is_ticked, mark, number, problem, required,
    ticked,
};
use crate::{
    campaign::{
        FundingRule, Measure, StretchGoal, Terms, Verdict,
        stretch::{self, LONGEST_TEXT, LONGEST_TITLE},
    },
    currency::Currency,
    invalid::{Invalid, Problem},
    money::Money,
    time::Zone,
};

/// Rows for stretch goals in the form, when there are not more already.
pub const MOST_STRETCH_GOALS: usize = 5;
/// Most units that a campaign asks for.
const MOST_UNITS: i64 = 10_000_000;
/// What a draft without a goal has instead; no goal is as low.
pub const NO_GOAL: i64 = 1;

/// The section `funding`, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// See [`Form::version`].
    #[serde(default)]
    pub version: String,
    /// A key of [`FundingRule`].
    #[serde(default)]
    pub rule: String,
    #[serde(default)]
    pub goal: String,
    /// Only with pre-orders.
    #[serde(default)]
    pub goal_units: String,
    /// Only with rounds.
    #[serde(default)]
    pub optimum: String,
    /// Three letters.
    #[serde(default)]
    pub currency: String,
    /// `pledged`, `collected`, or empty for `pledged`.
    #[serde(default)]
    pub verdict: String,
    /// Ticked, or empty.
    #[serde(default)]
    pub overtime: String,
    /// Ticked, or empty.
    #[serde(default)]
    pub late_pledges: String,
    /// Stretch goals, part by part: see [`FundingForm::stretch_field`].
    #[serde(default)]
    pub stretch: BTreeMap<String, String>,
}

/// The section `funding`, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Funds {
    pub rule: FundingRule,
    pub currency: Currency,
    /// Minor units; `None` while the creator has not said.
    pub goal: Option<i64>,
    /// `None` while the creator has not said, and where nothing of it is asked.
    pub goal_units: Option<i64>,
    /// As `goal_units`, in minor units.
    pub optimum: Option<i64>,
    pub verdict: Verdict,
    pub overtime: bool,
    pub late_pledges: bool,
    pub stretch_goals: Vec<StretchGoal>,
}

impl Form for FundingForm {
    fn version(&self) -> &str {
        &self.version
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("rule", &mut self.rule),
            ("goal", &mut self.goal),
            ("goal_units", &mut self.goal_units),
            ("optimum", &mut self.optimum),
            ("currency", &mut self.currency),
            ("verdict", &mut self.verdict),
            ("overtime", &mut self.overtime),
            ("late_pledges", &mut self.late_pledges),
        ]
    }

    fn rows(&mut self) -> Option<(&'static str, &mut BTreeMap<String, String>)> {
        Some(("stretch", &mut self.stretch))
    }
}

impl FundingForm {
    /// What a part of a stretch goal is called in [`FundingForm::stretch`], and
    /// what its problem is called: `g0.title`, `g0.text`, `g0.measure` and
    /// `g0.target` for the first. In the form it is `form[stretch][g0.title]`.
    #[must_use]
    pub fn stretch_field(row: usize, part: &str) -> String {
        format!("g{row}.{part}")
    }

    /// The form that shows what is kept.
    #[must_use]
    pub fn of(slug: &str, funds: &Funds) -> Self {
        let money = |minor: i64| Money::new(minor, funds.currency).decimal();
        let count = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
        let mut stretch = BTreeMap::new();
        for (row, goal) in funds.stretch_goals.iter().enumerate() {
            let target = goal.amount(funds.currency).map(Money::decimal);
            let parts = [
                ("title", goal.title.clone()),
                ("text", goal.text.clone()),
                ("measure", goal.measure.key().to_owned()),
                ("target", target.unwrap_or_else(|| goal.target.to_string())),
            ];
            let filled = parts.into_iter().filter(|(_, value)| !value.is_empty());
            stretch.extend(filled.map(|(part, value)| (Self::stretch_field(row, part), value)));
        }
        let form = Self {
            slug: slug.to_owned(),
            version: String::new(),
            rule: funds.rule.key().to_owned(),
            goal: funds.goal.map(money).unwrap_or_default(),
            goal_units: count(funds.goal_units),
            optimum: funds.optimum.map(money).unwrap_or_default(),
            currency: funds.currency.to_string(),
            verdict: funds.verdict.key().to_owned(),
            overtime: ticked(funds.overtime),
            late_pledges: ticked(funds.late_pledges),
            stretch,
        };
        Self { version: mark(&form), ..form }
    }

    /// Reads every field at once. What is asked for may be missing; what is there
    /// has to go with the rule.
    ///
    /// # Errors
    /// Problems of its fields and of the parts of its stretch goals.
    pub fn parse(&self) -> Result<Funds, Invalid> {
        let mut invalid = Invalid::default();
        let rule = invalid.keep("rule", parse_rule(&self.rule));
        let currency = invalid.keep("currency", choice::<Currency>(&self.currency));
        let verdict = invalid.keep("verdict", parse_verdict(&self.verdict));
        let goal_units = invalid.keep("goal_units", number(&self.goal_units, 1, MOST_UNITS));
        let (Some(rule), Some(currency)) = (rule, currency) else { return Err(invalid) };
        let goal = invalid.keep("goal", goal(&self.goal, currency));
        let optimum = invalid.keep("optimum", amount(&self.optimum, currency));
        let stretch_goals = self.stretch_goals(currency, &mut invalid);
        invalid.into_result()?;
        let funds = Funds {
            rule,
            currency,
            goal: goal.expect(KEPT),
            goal_units: goal_units.expect(KEPT),
            optimum: optimum.expect(KEPT),
            verdict: verdict.expect(KEPT),
            overtime: is_ticked(&self.overtime),
            late_pledges: is_ticked(&self.late_pledges),
            stretch_goals,
        };
        funds.check()?;
        Ok(funds)
    }

    fn stretch_goals(&self, currency: Currency, invalid: &mut Invalid) -> Vec<StretchGoal> {
        let mut goals = Vec::new();
        // A campaign from elsewhere may have more than the form has empty rows for.
        for row in 0..stretch::MOST as usize {
            let name = |part: &str| Self::stretch_field(row, part);
            let typed = |part: &str| self.stretch.get(&name(part)).map_or("", |text| text.trim());
            // A row in which only the measure is chosen says nothing yet.
            if ["title", "text", "target"].iter().all(|part| typed(part).is_empty()) {
                continue;
            }
            let title = invalid.keep(&name("title"), required(typed("title"), LONGEST_TITLE));
            let text = invalid.keep(&name("text"), super::line(typed("text"), LONGEST_TEXT));
            let measure = invalid.keep(&name("measure"), parse_measure(typed("measure")));
            let target = match measure {
                Some(Measure::Amount) => amount(typed("target"), currency),
                _ => number(typed("target"), 1, MOST_UNITS),
            };
            let target = target.and_then(|target| target.ok_or(Problem::GoalMissing));
            let target = invalid.keep(&name("target"), target);
            if let (Some(title), Some(text), Some(measure), Some(target)) =
                (title, text, measure, target)
            {
                goals.push(StretchGoal { title, text, measure, target });
            }
        }
        goals
    }
}

impl Funds {
    /// As what it is launched with.
    #[must_use]
    pub fn terms(&self, zone: Zone) -> Terms {
        Terms {
            rule: self.rule,
            goal: self.goal.unwrap_or(NO_GOAL),
            goal_units: self.goal_units,
            optimum: self.optimum,
            verdict: self.verdict,
            overtime: self.overtime,
            late_pledges: self.late_pledges,
            zone,
        }
    }

    /// Refuses what does not go with the rule, but not what is still missing.
    fn check(&self) -> Result<(), Invalid> {
        let Err(mut invalid) = self.terms(Zone::Utc).check() else { return Ok(()) };
        if self.goal_units.is_none() {
            invalid.0.remove("goal_units");
        }
        if self.optimum.is_none() {
            invalid.0.remove("optimum");
        }
        invalid.into_result()
    }
}

fn parse_verdict(text: &str) -> Result<Verdict, Problem> {
    match text.trim() {
        "" => Ok(Verdict::Pledged),
        key => [Verdict::Pledged, Verdict::Collected]
            .into_iter()
            .find(|verdict| verdict.key() == key)
            .ok_or(Problem::UnknownChoice),
    }
}

fn parse_measure(text: &str) -> Result<Measure, Problem> {
    match text {
        "" => Ok(Measure::Amount),
        key => [Measure::Amount, Measure::Units, Measure::Backers]
            .into_iter()
            .find(|measure| measure.key() == key)
            .ok_or(Problem::UnknownChoice),
    }
}

/// An amount in minor units, or nothing.
pub(super) fn amount(text: &str, currency: Currency) -> Result<Option<i64>, Problem> {
    match text.trim() {
        "" => Ok(None),
        text => Money::parse(text, currency).map(|money| Some(money.minor)),
    }
}

/// A goal is no less than one pledge.
fn goal(text: &str, currency: Currency) -> Result<Option<i64>, Problem> {
    let least = currency.minimum();
    match amount(text, currency)? {
        Some(minor) if minor < least => Err(problem::goal_too_low(Money::new(least, currency))),
        goal => Ok(goal),
    }
}
