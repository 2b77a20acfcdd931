//! A change set: a page as it was when somebody wanted it published, at a time or after
//! another one's yes. What is published then is exactly that, whatever was written since:
//! what was approved is what visitors read.

use serde::{Deserialize, Serialize};

use super::view::Summary;
use crate::{
    campaign::policy::Phase,
    id::ChangeSetId,
    invalid::{Invalid, Problem},
    locale::Locale,
    slug::Slug,
    studio::{RemarkForm, schedule::LaunchForm},
    time::{Timestamp, Zone},
    words::change_set as w,
};

/// Where a change set stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum SetState {
    /// Waits for another one's yes.
    Asked,
    /// Waits for its time.
    Scheduled,
    Published,
    /// Another one has said no, and why.
    Returned,
    /// Whoever may edit the page has taken it back.
    Aborted,
    /// It could not be published when its time came.
    Refused,
}

/// What somebody does with a change set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Another one says yes.
    Approve,
    /// Another one says no.
    Return,
    Abort,
    /// Its time has come, and nothing stands against it.
    Publish,
    /// Its time has come, and something does.
    Refuse,
}

impl SetState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Asked,
        Self::Scheduled,
        Self::Published,
        Self::Returned,
        Self::Aborted,
        Self::Refused,
    ];

    /// Whether it may still be published.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Asked | Self::Scheduled)
    }

    /// Where it stands after a step; `None` where that cannot be taken. `is_timed` is one
    /// that has a time which has not come.
    #[must_use]
    pub const fn after(self, step: Step, is_timed: bool) -> Option<Self> {
        match (self, step) {
            (Self::Asked, Step::Approve) if is_timed => Some(Self::Scheduled),
            (Self::Asked, Step::Approve) => Some(Self::Published),
            (Self::Asked, Step::Return) => Some(Self::Returned),
            (Self::Asked | Self::Scheduled, Step::Abort) => Some(Self::Aborted),
            (Self::Asked | Self::Scheduled, Step::Refuse) => Some(Self::Refused),
            (Self::Scheduled, Step::Publish) if !is_timed => Some(Self::Published),
            _ => None,
        }
    }
}

/// A change set, as whoever may edit the page sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetView {
    pub id: ChangeSetId,
    pub state: SetState,
    /// Who wants it published.
    pub author: String,
    pub at: Timestamp,
    /// When it is published by itself; by hand or by a yes where there is none.
    pub publish_at: Option<Timestamp>,
    /// Who said yes or no.
    pub judge: Option<String>,
    /// What they said.
    pub remark: String,
    /// Why it could not be published.
    pub reason: Option<Invalid>,
    /// Whether whoever looks may say yes or no.
    pub may_judge: bool,
}

/// The page on which changes are looked at before they are published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSetPage {
    pub slug: Slug,
    pub title: String,
    /// The language that the campaign is written in.
    pub language: Locale,
    pub phase: Phase,
    pub zone: Zone,
    /// The change set that waits, or the last one that came to nothing and that nothing
    /// has followed.
    pub set: Option<SetView>,
    /// In how far what is on show differs from what visitors read: the change set that
    /// waits, or else what is written now.
    pub summary: Summary,
    /// The same as the page that visitors would read, with what changed marked.
    pub html: String,
    /// The version that visitors read.
    pub version: i64,
    /// The mark of what is written now (`view::mark`).
    pub mark: String,
}

/// What is wanted of the changes that are written now, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// The version that was the last when whoever asks looked.
    #[serde(default)]
    pub version: String,
    /// The mark of the page that they looked at; what is written now, without one.
    #[serde(default)]
    pub mark: String,
    /// `2027-03-31`, by the campaign's clock.
    #[serde(default)]
    pub date: String,
    /// `18:00`.
    #[serde(default)]
    pub time: String,
}

/// What another one says to a change set, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct JudgeForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    /// The change set that was looked at.
    #[serde(default)]
    pub id: String,
    #[serde(default)]
    pub remark: String,
}

impl SetForm {
    /// When it is to be published; `None` where no time was given and none is needed.
    ///
    /// # Errors
    /// A problem of `date`, also of one that has passed.
    pub fn parse(
        &self,
        zone: Zone,
        now: Timestamp,
        needs_time: bool,
    ) -> Result<Option<Timestamp>, Invalid> {
        if !needs_time && self.date.trim().is_empty() && self.time.trim().is_empty() {
            return Ok(None);
        }
        let (slug, date, time) = (String::new(), self.date.clone(), self.time.clone());
        LaunchForm { slug, date, time }.parse(zone, now).map(Some)
    }

    /// The version that was the last; `None` where the form does not say.
    #[must_use]
    pub fn version(&self) -> Option<i64> {
        self.version.parse().ok()
    }
}

impl JudgeForm {
    /// The change set.
    ///
    /// # Errors
    /// A problem of the whole of it, as of one that is not waiting any more.
    pub fn id(&self) -> Result<ChangeSetId, Invalid> {
        self.id.parse().map_err(|_| gone())
    }

    /// What was said, which there has to be where it is a no.
    ///
    /// # Errors
    /// A problem of `remark`.
    pub fn remark(&self, is_required: bool) -> Result<String, Invalid> {
        RemarkForm { slug: String::new(), remark: self.remark.clone() }.parse(is_required)
    }
}

/// That a change set does not wait any more.
#[must_use]
pub fn gone() -> Invalid {
    Invalid::field("", Problem::told(|locale| w::gone(locale).to_owned()))
}

/// Why something could not be published, in sentences.
#[must_use]
pub fn reasons(invalid: &Invalid, locale: Locale) -> String {
    let said: Vec<String> = invalid.0.values().map(|problem| problem.say(locale)).collect();
    said.join(" ")
}

#[cfg(test)]
mod tests {
    use super::{JudgeForm, SetForm, SetState, Step};
    use crate::time::{HOUR, Timestamp, Zone};

    #[test]
    fn what_has_ended_stays_as_it_is() {
        for state in SetState::ALL.into_iter().filter(|state| !state.is_open()) {
            for step in [Step::Approve, Step::Return, Step::Abort, Step::Publish, Step::Refuse] {
                for is_timed in [false, true] {
                    assert_eq!(state.after(step, is_timed), None, "{state:?} {step:?}");
                }
            }
        }
    }

    #[test]
    fn nothing_that_waits_for_a_yes_is_published_by_the_clock() {
        assert_eq!(SetState::Asked.after(Step::Publish, false), None);
        assert_eq!(SetState::Asked.after(Step::Approve, true), Some(SetState::Scheduled));
        assert_eq!(SetState::Asked.after(Step::Approve, false), Some(SetState::Published));
        assert_eq!(SetState::Scheduled.after(Step::Publish, true), None, "before its time");
        assert_eq!(SetState::Scheduled.after(Step::Publish, false), Some(SetState::Published));
    }

    #[test]
    fn a_time_is_one_of_the_campaigns_clock_and_still_to_come() {
        let now = Timestamp::from_seconds(1_796_407_200);
        let form = |date: &str, time: &str| SetForm {
            date: date.into(),
            time: time.into(),
            ..SetForm::default()
        };
        // 18:00 UTC, and 20:00 in Paris is an hour later.
        let later = form("2026-12-04", "20:00").parse(Zone::Paris, now, true);
        assert_eq!(later, Ok(Some(now.plus(HOUR))));
        assert!(form("2026-12-04", "19:00").parse(Zone::Paris, now, true).is_err(), "now");
        assert!(form("", "").parse(Zone::Paris, now, true).is_err());
        assert_eq!(form("", " ").parse(Zone::Paris, now, false), Ok(None));
        assert!(form("2026-12-05", "").parse(Zone::Paris, now, false).is_err(), "no clock time");
    }

    #[test]
    fn a_no_says_why_and_no_text_is_an_id_by_chance() {
        let form = JudgeForm { remark: " ".into(), id: "x".into(), ..JudgeForm::default() };
        assert!(form.remark(true).is_err() && form.remark(false).is_ok());
        assert!(form.id().is_err());
    }
}
