//! The studio: creators write their campaigns, operators review them, and what was
//! done stays on record. What a launched campaign goes through is in
//! `campaign::life`; here it gets its reasons and its history.
//!
//! Every write locks the campaign's row first and then reads what it is about, so
//! that nothing is decided by what stood there before.

mod identity;
pub mod launch;
mod picture;
mod recording;
mod review;
mod rewards;
mod save;
pub(crate) mod shown;
pub(crate) mod sql;
mod view;

use domain::{
    Invalid, Locale, Problem, Timestamp,
    account::Role,
    campaign::{CampaignState, Terms, policy::Phase},
    country::Country,
    id::{AccountId, CampaignId},
    people::{Right, Rights},
    pledge::Refusal,
    slug::Slug,
    studio::{
        Basics, Ends, EventKind, Funds, MOST_DRAFTS, Schedule, Situation, StartForm, Step,
        funding::NO_GOAL, schedule::USUAL_DAYS,
    },
};

pub use identity::{judge_identity, save_identity};
pub use launch::{
    abort_launch, cancel, close_late_pledges, launch, launch_due, launch_moved, open_late_pledges,
    resume, schedule_launch, suspend,
};
pub use picture::{Upload, remove_picture, upload};
pub use recording::{caption, record};
pub use review::{approve, delete_draft, return_with_remarks, submit, withdraw};
pub use rewards::{
    arrange_rewards, delete_reward, duplicate_reward, move_reward, renew_secret, save_reward,
};
pub use save::{preview_story, save_basics, save_funding, save_schedule, save_story};
pub use shown::shelf_changes;
pub use view::{list, page, reviews};

use crate::{
    account::Who,
    campaign::{self, NewCampaign, Plan, locked, locked::Locked},
    context::Backend,
    db::Conn,
    error::{Error, Result},
    mail::{self, Letter},
    people,
};
use sql::StudioRow;

/// Tries to find an address for a title that others have too.
const ADDRESSES: u32 = 1_000;

/// Begins a campaign: a draft with its title, to be completed.
///
/// # Errors
/// Problems of the form; [`Problem::TooMany`] on the whole of it for somebody with
/// that many campaigns before their launch.
pub async fn start(backend: &Backend, who: &Who, form: &StartForm, locale: Locale) -> Result<Slug> {
    let wanted = form.parse()?;
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    if sql::unlaunched(&mut conn, who.account).await? >= i64::from(MOST_DRAFTS) {
        return Err(Invalid::field("", Problem::TooMany { most: MOST_DRAFTS }).into());
    }
    let slug = free_slug(&mut conn, &wanted.title).await?;
    let new = NewCampaign {
        slug: slug.clone(),
        external_ref: None,
        creator_id: who.account,
        creator: who.name.clone(),
        title: wanted.title,
        subtitle: String::new(),
        story: String::new(),
        language: locale,
        category: wanted.category,
        subcategory: String::new(),
        location: String::new(),
        country: wanted.country,
        image: String::new(),
        image_alt: String::new(),
        is_demo: false,
        state: CampaignState::Draft,
        currency: wanted.currency,
        goal: NO_GOAL,
        plan: Plan { rule: wanted.rule, ..Plan::default() },
        opening: None,
        created_at: now,
        launched_at: None,
        deadline: Ends::Days(USUAL_DAYS).after(now),
    };
    let id = campaign::put_draft(&mut conn, &new, now).await?;
    let schedule = Schedule { zone: new.plan.zone, ends: Ends::Days(USUAL_DAYS), launch_at: None };
    sql::set_schedule(&mut conn, id, &schedule, new.deadline).await?;
    let note = Note { who: Some(who), kind: EventKind::Started, remark: "" };
    note.write(&mut conn, id, now).await?;
    tx.commit().await?;
    Ok(slug)
}

/// An address made from the title that no campaign has.
async fn free_slug(conn: &mut Conn<'_>, title: &str) -> Result<Slug> {
    let base = Slug::from_title(title).map_or_else(|| "campaign".to_owned(), |s| s.to_string());
    for number in 1..ADDRESSES {
        let tail = if number == 1 { String::new() } else { format!("-{number}") };
        let head: String = base.chars().take(domain::slug::LONGEST_SLUG - tail.len()).collect();
        let slug = Slug::parse(&format!("{}{tail}", head.trim_end_matches('-')));
        let slug = slug.expect("a slug with a number behind it is one");
        if campaign::sql::by_slug(conn, &slug).await?.is_none() {
            return Ok(slug);
        }
    }
    Err(Invalid::field("title", domain::studio::problem::address_taken()).into())
}

/// Who may do it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Runs {
    /// Whoever owns the campaign.
    Campaign,
    /// Whoever works on it with this right.
    With(Right),
    /// Whoever works on it.
    Anyone,
    /// Whoever runs the platform.
    Platform,
}

/// A campaign whose row is locked, as the studio reads it.
pub(crate) struct Desk {
    pub row: StudioRow,
    pub locked: Locked,
    pub now: Timestamp,
}

/// Does something to a campaign in a transaction of its own, with its row locked.
///
/// # Errors
/// [`Error::NotFound`] for who may not; a problem of the whole of it for who works on
/// the campaign with other rights; what `act` refuses, and then nothing is written.
pub(crate) async fn at_desk<T>(
    backend: &Backend,
    who: &Who,
    slug: &str,
    runs: Runs,
    act: impl AsyncFnOnce(&mut Conn<'_>, &mut Desk) -> Result<T>,
) -> Result<T> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let id = campaign::life::sql::id(&mut conn, slug.as_str()).await?.ok_or(Error::NotFound)?;
    // A stranger waits for nobody's lock and holds up nobody.
    runs.check(&mut conn, who, id).await?;
    let locked = locked::lock(&mut conn, &[id]).await?.pop().ok_or(Error::NotFound)?;
    // Who takes a right away holds the lock as well: what was checked before it may be
    // over now.
    runs.check(&mut conn, who, id).await?;
    let row = sql::by_slug(&mut conn, &slug).await?.ok_or(Error::NotFound)?;
    let mut desk = Desk { row, locked, now: backend.clock.now() };
    let done = act(&mut conn, &mut desk).await?;
    tx.commit().await?;
    Ok(done)
}

impl Runs {
    /// Refuses who may not.
    async fn check(self, conn: &mut Conn<'_>, who: &Who, id: CampaignId) -> Result<()> {
        match self {
            Self::Campaign => people::needs(conn, who, id, Right::Own).await,
            Self::With(right) => people::needs(conn, who, id, right).await,
            Self::Anyone => {
                let is_here = !people::access(conn, who, id).await?.rights.is_empty();
                is_here.then_some(()).ok_or(Error::NotFound)
            }
            Self::Platform => (who.role == Role::Operator).then_some(()).ok_or(Error::NotFound),
        }
    }
}

impl Desk {
    /// Refuses a step that cannot be taken where the campaign is.
    fn must_allow(&self, step: Step) -> Result<()> {
        if self.row.situation(Rights::NONE, false).allows(step, self.now) {
            Ok(())
        } else {
            Err(Refusal::WrongState { state: self.row.state }.into())
        }
    }
}

/// One row of a campaign's history.
pub(crate) struct Note<'a> {
    /// Nobody, where the clock did it.
    pub who: Option<&'a Who>,
    pub kind: EventKind,
    pub remark: &'a str,
}

impl Note<'_> {
    /// Writes it down, in the transaction of what it is about.
    pub(crate) async fn write(
        &self,
        conn: &mut Conn<'_>,
        campaign: CampaignId,
        at: Timestamp,
    ) -> Result<()> {
        let account: Option<AccountId> = self.who.map(|who| who.account);
        sql::insert_event(conn, campaign, self.kind, account, self.remark, at).await
    }
}

/// Writes a letter to whoever runs a campaign.
pub(crate) async fn write_to_creator(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    letter: &Letter,
    at: Timestamp,
) -> Result<()> {
    let (email, locale) = sql::creator_address(conn, campaign).await?;
    mail::enqueue(conn, &email, locale, letter, at).await
}

impl StudioRow {
    pub(crate) fn phase(&self) -> Phase {
        Phase::of(self.state, self.approved_at.is_some())
    }

    fn terms(&self) -> Terms {
        self.plan.terms()
    }

    fn basics(&self) -> Basics {
        Basics {
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            category: self.category,
            subcategory: self.subcategory.clone(),
            location: self.location.clone(),
            country: self.country.as_deref().and_then(Country::parse),
            language: self.language,
            slug: self.slug.clone(),
        }
    }

    fn funds(&self) -> Result<Funds> {
        let terms = self.terms();
        Ok(Funds {
            rule: terms.rule,
            currency: self.currency,
            goal: Some(terms.goal).filter(|goal| *goal > NO_GOAL),
            goal_units: terms.goal_units,
            optimum: terms.optimum,
            verdict: terms.verdict,
            overtime: terms.overtime,
            late_pledges: terms.late_pledges,
            instalments: terms.instalments,
            stretch_goals: serde_json::from_str(&self.stretch_goals)?,
        })
    }

    fn schedule(&self) -> Schedule {
        Schedule {
            zone: self.terms().zone,
            ends: self.days.map_or(Ends::At(self.deadline), Ends::Days),
            launch_at: self.launch_at,
        }
    }

    /// Where it is, for whoever looks with these rights.
    fn situation(&self, rights: Rights, is_operator: bool) -> Situation {
        Situation {
            life: self.plan.life(),
            terms: self.terms(),
            is_approved: self.approved_at.is_some(),
            launch_at: self.launch_at,
            is_owner: rights.is_owner(),
            is_operator,
        }
    }
}
