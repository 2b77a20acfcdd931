//! What may be done with a campaign next, and by whom; and what was done.

use serde::{Deserialize, Serialize};

use super::{LONGEST_REMARK, lines, problem};
use crate::{
    campaign::{CampaignState, LatePledges, Life, Terms, life::Event},
    invalid::{Invalid, Problem},
    locale::Locale,
    time::{Timestamp, Zone},
    words::studio as w,
};

/// One step in the life of a campaign that somebody takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Submit,
    Withdraw,
    DeleteDraft,
    Launch,
    ScheduleLaunch,
    AbortLaunch,
    Cancel,
    OpenLatePledges,
    CloseLatePledges,
    Approve,
    Return,
    Suspend,
    Resume,
}

/// Where a campaign is, and who looks.
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    pub life: Life,
    pub terms: Terms,
    pub is_approved: bool,
    /// When it launches by itself.
    pub launch_at: Option<Timestamp>,
    /// The one who looks runs the campaign.
    pub is_owner: bool,
    /// The one who looks runs the platform.
    pub is_operator: bool,
}

impl Step {
    /// Every step.
    pub const ALL: [Self; 13] = [
        Self::Submit,
        Self::Withdraw,
        Self::DeleteDraft,
        Self::Launch,
        Self::ScheduleLaunch,
        Self::AbortLaunch,
        Self::Cancel,
        Self::OpenLatePledges,
        Self::CloseLatePledges,
        Self::Approve,
        Self::Return,
        Self::Suspend,
        Self::Resume,
    ];

    /// Whether it is the operator's to take; all others are the creator's.
    #[must_use]
    pub const fn is_operators(self) -> bool {
        matches!(self, Self::Approve | Self::Return | Self::Suspend | Self::Resume)
    }
}

impl Situation {
    /// What the one who looks may do now. A draft may be submitted once its
    /// checklist is done; that is looked at when it is.
    #[must_use]
    pub fn steps(&self, now: Timestamp) -> Vec<Step> {
        let mine = |step: &Step| if step.is_operators() { self.is_operator } else { self.is_owner };
        Step::ALL.into_iter().filter(|step| mine(step) && self.allows(*step, now)).collect()
    }

    /// Whether the campaign is where this step can be taken, whoever takes it.
    #[must_use]
    pub fn allows(&self, step: Step, now: Timestamp) -> bool {
        use CampaignState as S;
        let state = self.life.state;
        let turns = |event| self.life.after(&self.terms, event, now).is_ok();
        match step {
            Step::Submit => turns(Event::Submit),
            Step::DeleteDraft => state == S::Draft,
            Step::Withdraw => turns(Event::Return),
            Step::Approve => state == S::InReview && !self.is_approved,
            Step::Return => turns(Event::Return),
            Step::Launch | Step::ScheduleLaunch => self.is_approved && turns(Event::Launch),
            Step::AbortLaunch => {
                self.is_approved && turns(Event::Launch) && self.launch_at.is_some()
            }
            // What was never launched is withdrawn and deleted instead.
            Step::Cancel => state.is_public() && turns(Event::Cancel),
            Step::OpenLatePledges => turns(Event::OpenLatePledges),
            Step::CloseLatePledges => turns(Event::CloseLatePledges),
            Step::Suspend => turns(Event::Suspend),
            Step::Resume => turns(Event::Resume),
        }
    }
}

/// What comes next, as the list of campaigns says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Next {
    Complete,
    Wait,
    Launch,
    Launches(Timestamp, Zone),
    Live,
    Deciding,
    Late,
    Suspended,
    Over,
}

impl Next {
    /// Of a campaign that is there.
    #[must_use]
    pub const fn of(
        state: CampaignState,
        late: LatePledges,
        is_approved: bool,
        launch_at: Option<Timestamp>,
        zone: Zone,
    ) -> Self {
        match (state, launch_at) {
            (CampaignState::Draft, _) => Self::Complete,
            (CampaignState::InReview, Some(at)) if is_approved => Self::Launches(at, zone),
            (CampaignState::InReview, _) if is_approved => Self::Launch,
            (CampaignState::InReview, _) => Self::Wait,
            (CampaignState::Live, _) => Self::Live,
            (CampaignState::Deciding, _) => Self::Deciding,
            (CampaignState::Successful, _) if matches!(late, LatePledges::Open) => Self::Late,
            (CampaignState::Suspended, _) => Self::Suspended,
            _ => Self::Over,
        }
    }

    /// The sentence.
    #[must_use]
    pub fn say(self, locale: Locale) -> String {
        match self {
            Self::Complete => w::next_complete(locale).into(),
            Self::Wait => w::next_wait(locale).into(),
            Self::Launch => w::next_launch(locale).into(),
            Self::Launches(at, zone) => w::next_launches(locale, &zone.long(at, locale)),
            Self::Live => w::next_live(locale).into(),
            Self::Deciding => w::next_deciding(locale).into(),
            Self::Late => w::next_late(locale).into(),
            Self::Suspended => w::next_suspended(locale).into(),
            Self::Over => w::next_over(locale).into(),
        }
    }
}

/// A step with a reason that everybody may read, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReasonForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub reason: String,
    /// Ticked: they mean it. Only a cancellation asks.
    #[serde(default)]
    pub sure: String,
}

/// What the operator says of a campaign in review, as typed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemarkForm {
    /// The campaign.
    #[serde(default)]
    pub slug: String,
    #[serde(default)]
    pub remark: String,
}

impl ReasonForm {
    /// The reason, which there has to be.
    ///
    /// # Errors
    /// Problems of `reason` and, where it `must_be_sure`, of `sure`.
    pub fn parse(&self, must_be_sure: bool) -> Result<String, Invalid> {
        let mut invalid = Invalid::default();
        let reason = invalid.keep("reason", said(&self.reason));
        if must_be_sure && self.sure.is_empty() {
            invalid.add("sure", problem::not_sure());
        }
        invalid.into_result().map(|()| reason.unwrap_or_default())
    }
}

impl RemarkForm {
    /// What was said, which may be nothing where it need not be `required`.
    ///
    /// # Errors
    /// A problem of `remark`.
    pub fn parse(&self, required: bool) -> Result<String, Invalid> {
        let read = if required { said(&self.remark) } else { lines(&self.remark, LONGEST_REMARK) };
        read.map_err(|problem| Invalid::field("remark", problem))
    }
}

fn said(text: &str) -> Result<String, Problem> {
    let text = lines(text, LONGEST_REMARK)?;
    if text.is_empty() { Err(Problem::Missing) } else { Ok(text) }
}

/// What was done to a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "sql",
    derive(sqlx::Type),
    sqlx(type_name = "text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    Started,
    Submitted,
    Withdrawn,
    Approved,
    Returned,
    Scheduled,
    Aborted,
    Launched,
    Cancelled,
    LateOpened,
    LateClosed,
    Suspended,
    Resumed,
}

impl EventKind {
    /// What was done, in a word or two.
    #[must_use]
    pub const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::Started => w::event_started(locale),
            Self::Submitted => w::event_submitted(locale),
            Self::Withdrawn => w::event_withdrawn(locale),
            Self::Approved => w::event_approved(locale),
            Self::Returned => w::event_returned(locale),
            Self::Scheduled => w::event_scheduled(locale),
            Self::Aborted => w::event_aborted(locale),
            Self::Launched => w::event_launched(locale),
            Self::Cancelled => w::event_cancelled(locale),
            Self::LateOpened => w::event_late_opened(locale),
            Self::LateClosed => w::event_late_closed(locale),
            Self::Suspended => w::event_suspended(locale),
            Self::Resumed => w::event_resumed(locale),
        }
    }
}
