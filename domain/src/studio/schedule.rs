//! When a campaign is launched and when it ends, on its creator's clock.

use serde::{Deserialize, Serialize};

use super::{Form, choice, mark, problem};
use crate::{
    campaign::{FundingRule, rule::NUDGE},
    invalid::{Invalid, Problem},
    time::{DAY, Timestamp, Zone},
};

/// How long a campaign runs whose creator has not said; most that succeed do.
pub const USUAL_DAYS: i64 = 30;

/// The section `schedule`, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScheduleForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// See [`Form::version`].
    #[serde(default)]
    pub version: String,
    /// A key of [`Zone`].
    #[serde(default)]
    pub zone: String,
    /// `days` after the launch, or `at` a date.
    #[serde(default)]
    pub ends: String,
    #[serde(default)]
    pub days: String,
    /// `2027-03-31`.
    #[serde(default)]
    pub deadline: String,
    /// `18:00`.
    #[serde(default)]
    pub deadline_time: String,
    /// By `hand`, or `at` a date.
    #[serde(default)]
    pub launch: String,
    #[serde(default)]
    pub launch_date: String,
    #[serde(default)]
    pub launch_time: String,
}

/// The section `schedule`, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    pub zone: Zone,
    pub ends: Ends,
    /// When it launches by itself; `None` when its creator does it.
    pub launch_at: Option<Timestamp>,
}

/// What decides the deadline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ends {
    /// So many days after the launch.
    Days(i64),
    /// Then.
    At(Timestamp),
}

impl Ends {
    /// The deadline of a campaign that is launched then.
    #[must_use]
    pub const fn after(self, launched: Timestamp) -> Timestamp {
        match self {
            Self::Days(days) => launched.plus(days * DAY),
            Self::At(at) => at,
        }
    }
}

/// The time of a planned launch, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaunchForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub date: String,
    #[serde(default)]
    pub time: String,
}

impl Form for ScheduleForm {
    fn version(&self) -> &str {
        &self.version
    }

    fn fields(&mut self) -> Vec<(&'static str, &mut String)> {
        vec![
            ("zone", &mut self.zone),
            ("ends", &mut self.ends),
            ("days", &mut self.days),
            ("deadline", &mut self.deadline),
            ("deadline_time", &mut self.deadline_time),
            ("launch", &mut self.launch),
            ("launch_date", &mut self.launch_date),
            ("launch_time", &mut self.launch_time),
        ]
    }
}

impl ScheduleForm {
    /// The form that shows what is kept.
    #[must_use]
    pub fn of(slug: &str, schedule: &Schedule) -> Self {
        let nothing = || (String::new(), String::new());
        let shown = |at: Timestamp| date_and_time(schedule.zone, at);
        let (ends, days, (deadline, deadline_time)) = match schedule.ends {
            Ends::Days(days) => ("days", days.to_string(), nothing()),
            Ends::At(at) => ("at", String::new(), shown(at)),
        };
        let launch = if schedule.launch_at.is_some() { "at" } else { "hand" };
        let (launch_date, launch_time) = schedule.launch_at.map_or_else(nothing, shown);
        let form = Self {
            slug: slug.to_owned(),
            version: String::new(),
            zone: schedule.zone.key().to_owned(),
            ends: ends.to_owned(),
            days,
            deadline,
            deadline_time,
            launch: launch.to_owned(),
            launch_date,
            launch_time,
        };
        Self { version: mark(&form), ..form }
    }

    /// Reads every field at once.
    ///
    /// # Errors
    /// Problems of its fields, and of `days` or `deadline` when it would run for
    /// too few or too many days under this rule.
    pub fn parse(&self, rule: FundingRule, now: Timestamp) -> Result<Schedule, Invalid> {
        let mut invalid = Invalid::default();
        let Some(zone) = invalid.keep("zone", choice::<Zone>(&self.zone)) else {
            return Err(invalid);
        };
        let launch_at = match self.launch.trim() {
            "at" => {
                let at = later(zone, &self.launch_date, &self.launch_time, now);
                invalid.keep("launch_date", at).map(Some)
            }
            "" | "hand" => Some(None),
            _ => {
                invalid.add("launch", Problem::UnknownChoice);
                None
            }
        };
        let (field, ends) = match self.ends.trim() {
            "at" => {
                let at = instant(zone, &self.deadline, &self.deadline_time);
                ("deadline", at.map(Ends::At))
            }
            "" | "days" => ("days", days(&self.days, rule)),
            _ => ("ends", Err(Problem::UnknownChoice)),
        };
        let ends = invalid.keep(field, ends);
        let (Some(launch_at), Some(ends)) = (launch_at, ends) else { return Err(invalid) };
        let launched = launch_at.unwrap_or(now);
        invalid.keep(field, rule.check_duration(launched, ends.after(launched)));
        invalid.into_result().map(|()| Schedule { zone, ends, launch_at })
    }
}

impl LaunchForm {
    /// The instant, in the campaign's zone.
    ///
    /// # Errors
    /// A problem of `date`.
    pub fn parse(&self, zone: Zone, now: Timestamp) -> Result<Timestamp, Invalid> {
        later(zone, &self.date, &self.time, now).map_err(|why| Invalid::field("date", why))
    }
}

/// By how many days the end is moved with the launch, as typed: back below zero, not at
/// all where nothing stands.
///
/// # Errors
/// What is not a whole number, and more than [`NUDGE`] either way.
pub fn nudge(typed: &str) -> Result<i64, Problem> {
    let most = NUDGE / DAY;
    if typed.trim().is_empty() {
        return Ok(0);
    }
    // A minus as it is printed is one as well.
    match typed.trim().replace('\u{2212}', "-").parse::<i64>() {
        Ok(days) if (-most..=most).contains(&days) => Ok(days),
        Ok(_) => Err(Problem::NudgeTooFar { most }),
        Err(_) => Err(problem::not_a_number(-most, most)),
    }
}

/// A date and a time of day as HTML's inputs write them.
#[must_use]
pub fn date_and_time(zone: Zone, at: Timestamp) -> (String, String) {
    let civil = zone.civil(at);
    (
        format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day),
        format!("{:02}:{:02}", civil.hour, civil.minute),
    )
}

/// The instant of a date and a time of day there. Both have to be given: midnight
/// is nobody's guess.
pub(super) fn instant(zone: Zone, date: &str, time: &str) -> Result<Timestamp, Problem> {
    match (date.trim(), time.trim()) {
        ("", _) => Err(Problem::Missing),
        (_, "") => Err(problem::not_a_date()),
        (date, time) => zone.parse(&format!("{date} {time}")).ok_or_else(problem::not_a_date),
    }
}

fn later(zone: Zone, date: &str, time: &str, now: Timestamp) -> Result<Timestamp, Problem> {
    let at = instant(zone, date, time)?;
    if at > now { Ok(at) } else { Err(problem::not_in_future()) }
}

fn days(text: &str, rule: FundingRule) -> Result<Ends, Problem> {
    let (least, most) = (*rule.days().start(), *rule.days().end());
    let days = text.trim().parse().ok().filter(|days| (least..=most).contains(days));
    days.map(Ends::Days).ok_or(Problem::Duration { least, most })
}

#[cfg(test)]
mod tests {
    use super::{nudge, problem};
    use crate::invalid::Problem;

    #[test]
    fn an_end_is_moved_by_whole_days_and_by_five_at_most() {
        let far = || Err(Problem::NudgeTooFar { most: 5 });
        let none = || Err(problem::not_a_number(-5, 5));
        for (typed, days) in [
            ("", Ok(0)),
            (" ", Ok(0)),
            ("0", Ok(0)),
            ("3", Ok(3)),
            (" +5 ", Ok(5)),
            ("-5", Ok(-5)),
            ("\u{2212}2", Ok(-2)),
            ("6", far()),
            ("-6", far()),
            ("2.5", none()),
            ("soon", none()),
            ("99999999999999999999", none()),
        ] {
            assert_eq!(nudge(typed), days, "{typed}");
        }
    }
}
