//! Publishing later: at a time, or after another one's yes. What is published is the page
//! as it was when somebody wanted that (`domain::story::change_set`).
//!
//! Every step locks the campaign's row first and then reads where the change set stands,
//! so that however many processes run, and whoever is quicker, each step is taken once.

pub(super) mod sql;

use domain::{
    Invalid, Locale, Problem,
    id::{CampaignId, ChangeSetId},
    story::{
        Page,
        change_set::{ChangeSetPage, JudgeForm, SetForm, SetState, SetView, Step, gone},
        marked,
        view::{self, Summary},
    },
    words::{change_set as w, story as s},
};

use super::{
    rights,
    room::Command,
    store::{self, may_publish, publish_page, tell_open_pages},
    told,
};
use crate::{
    account::Who,
    campaign::locked,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    mail::{self, Letter},
    studio::sql::StudioRow,
};
use sql::{SetRow, Word};

/// The changes that wait, or else those that are written now, as visitors would read them.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page.
pub async fn change_set(
    backend: &Backend,
    who: &Who,
    slug: &str,
    locale: Locale,
) -> Result<ChangeSetPage> {
    let row = editable(backend, who, slug).await?;
    let written = written(backend, row.id).await?;
    let mark = view::mark(&written);
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let (old, version) = store::published(conn, &row).await?;
    let set = sql::last(conn, row.id).await?;
    let waiting = set.as_ref().filter(|set| set.state.is_open());
    let page = match waiting {
        Some(set) => serde_json::from_str(&set.page)?,
        // Before its first version, nothing of a page is unpublished.
        None if version == 0 => old.clone(),
        None => written,
    };
    let shown = told::shown(conn, &row).await?;
    reader.done();
    Ok(ChangeSetPage {
        set: set.map(|set| set_view(set, who)).transpose()?,
        summary: Summary::of(&old, &page),
        html: marked::page(&old, &page, &shown, locale),
        phase: row.phase(),
        zone: row.plan.terms().zone,
        slug: row.slug,
        title: row.title,
        language: row.language,
        version,
        mark,
    })
}

/// What waits for a campaign, or came to nothing last, for who may edit its page.
///
/// # Errors
/// When the database fails.
pub(super) async fn shown(
    conn: &mut Conn<'_>,
    who: &Who,
    row: &StudioRow,
) -> Result<Option<SetView>> {
    sql::last(conn, row.id).await?.map(|set| set_view(set, who)).transpose()
}

fn set_view(set: SetRow, who: &Who) -> Result<SetView> {
    Ok(SetView {
        may_judge: set.state == SetState::Asked && rights::may_judge(who, set.author_id),
        id: set.id,
        state: set.state,
        author: set.author,
        at: set.at,
        publish_at: set.publish_at,
        judge: set.judge,
        remark: set.remark,
        reason: set.reason.as_deref().map(serde_json::from_str).transpose()?,
    })
}

/// Has what is written now published at a time. What waited before is taken back.
///
/// # Errors
/// [`Error::NotFound`] for who may not; a problem of `date`; what
/// [`publish`](super::publish) refuses.
pub async fn schedule(backend: &Backend, who: &Who, form: &SetForm) -> Result<()> {
    freeze(backend, who, form, SetState::Scheduled).await
}

/// Asks another one to say yes to what is written now; each who may gets a letter.
///
/// # Errors
/// As [`schedule`].
pub async fn ask(backend: &Backend, who: &Who, form: &SetForm) -> Result<()> {
    freeze(backend, who, form, SetState::Asked).await
}

async fn freeze(backend: &Backend, who: &Who, form: &SetForm, state: SetState) -> Result<()> {
    let id = editable(backend, who, &form.slug).await?.id;
    let page = match form.mark.as_str() {
        "" => written(backend, id).await?,
        // What others wrote since somebody looked is not what they want published.
        mark => looked_at(backend, id, mark).await?,
    };
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let row = locked(conn, id).await?;
    let publish_at = form.parse(row.plan.terms().zone, now, state == SetState::Scheduled)?;
    let base = may_publish(conn, &row, &page, form.version()).await?;
    if base == 0 {
        let nothing = Problem::told(|locale| s::nothing_new(locale).to_owned());
        return Err(Invalid::field("", nothing).into());
    }
    sql::abort_open(conn, id, now).await?;
    let (set, json) = (ChangeSetId::generate(), serde_json::to_string(&page)?);
    let new = sql::New {
        id: set,
        campaign: id,
        state,
        page: &json,
        base,
        publish_at,
        author: who.account,
        at: now,
    };
    sql::insert(conn, &new).await?;
    if state == SetState::Asked {
        let letter = Letter::ChangeSetAsked {
            title: row.title.clone(),
            author: who.name.clone(),
            link: link(backend, &row),
        };
        let mut letters = Vec::new();
        for (email, locale) in rights::judges(conn, &row, who.account).await? {
            letters.push(mail::written(&email, locale, &letter, now)?);
        }
        mail::insert_all(conn, &letters).await?;
    }
    tx.commit().await
}

/// Says yes to what another one wants published: at its time, or at once where it has
/// none, or that has passed; its author gets a letter. What can no longer be published is
/// refused as a whole, and its author is told that instead.
///
/// # Errors
/// [`Error::NotFound`] for who may not; a problem of the whole of it for its own author,
/// and when it does not wait any more; what [`publish`](super::publish) refuses.
pub async fn approve(backend: &Backend, who: &Who, form: &JudgeForm) -> Result<()> {
    let campaign = editable(backend, who, &form.slug).await?.id;
    let id = form.id()?;
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let row = locked(conn, campaign).await?;
    let set = judged(conn, who, &row, id).await?;
    let is_timed = set.publish_at.is_some_and(|at| at > now);
    let next = set.state.after(Step::Approve, is_timed).ok_or_else(gone)?;
    let word = Word { judge: Some(who.account), ..Word::default() };
    sql::set_state(conn, id, next, &word, now).await?;
    let letter = Letter::ChangeSetApproved {
        title: row.title.clone(),
        judge: who.name.clone(),
        publish_at: set.publish_at.filter(|_| is_timed),
        link: if is_timed { link(backend, &row) } else { public_link(backend, &row) },
    };
    mail::enqueue(conn, &set.email, set.locale, &letter, now).await?;
    if next != SetState::Published {
        return tx.commit().await;
    }
    let page: Page = serde_json::from_str(&set.page)?;
    let wanted = (set.author_id, Some(set.base));
    match publish_page(conn, backend, &row, &page, wanted).await {
        Ok(version) => {
            tx.commit().await?;
            tell(backend, campaign, version).await;
            Ok(())
        }
        Err(Error::Invalid(why)) => {
            drop(tx);
            refuse(backend, campaign, id, &why).await?;
            Err(why.into())
        }
        Err(error) => Err(error),
    }
}

/// Says no to what another one wants published, and why; its author gets a letter.
///
/// # Errors
/// [`Error::NotFound`] for who may not; a problem of `remark`; as [`approve`].
pub async fn send_back(backend: &Backend, who: &Who, form: &JudgeForm) -> Result<()> {
    let campaign = editable(backend, who, &form.slug).await?.id;
    let (id, remark) = (form.id()?, form.remark(true)?);
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let row = locked(conn, campaign).await?;
    let set = judged(conn, who, &row, id).await?;
    let next = set.state.after(Step::Return, false).ok_or_else(gone)?;
    let word = Word { judge: Some(who.account), remark: &remark, reason: None };
    sql::set_state(conn, id, next, &word, now).await?;
    let (title, link) = (row.title.clone(), link(backend, &row));
    let letter = Letter::ChangeSetReturned { title, remark: remark.clone(), link };
    mail::enqueue(conn, &set.email, set.locale, &letter, now).await?;
    tx.commit().await
}

/// Takes back what waits.
///
/// # Errors
/// [`Error::NotFound`] for who may not edit the page; a problem of the whole of it when
/// it does not wait any more.
pub async fn abort(backend: &Backend, who: &Who, form: &JudgeForm) -> Result<()> {
    let campaign = editable(backend, who, &form.slug).await?.id;
    let id = form.id()?;
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    locked(conn, campaign).await?;
    let set = of_campaign(conn, campaign, id).await?;
    let next = set.state.after(Step::Abort, false).ok_or_else(gone)?;
    sql::set_state(conn, id, next, &Word::default(), backend.clock.now()).await?;
    tx.commit().await
}

/// Publishes every change set whose time has come, and writes to its author; one whose
/// author may not edit the page any more is refused. Several processes may do this at
/// once: each is published once. Returns how many were.
///
/// # Errors
/// When the database fails; what was published before stays published.
pub async fn publish_due(backend: &Backend) -> Result<u32> {
    let now = backend.clock.now();
    let due = {
        let mut reader = backend.db.read().await?;
        sql::due(&mut reader.conn(), now).await?
    };
    let mut published = 0;
    for (id, campaign) in due {
        let mut tx = backend.db.begin().await?;
        let conn = &mut tx.conn();
        let row = locked(conn, campaign).await?;
        let set = of_campaign(conn, campaign, id).await?;
        let is_timed = set.publish_at.is_none_or(|at| at > now);
        // Somebody was quicker.
        let Some(next) = set.state.after(Step::Publish, is_timed) else { continue };
        sql::set_state(conn, id, next, &Word::default(), now).await?;
        match publish_planned(conn, backend, &row, &set).await {
            Ok(version) => {
                let (title, link) = (row.title.clone(), public_link(backend, &row));
                let letter = Letter::ChangeSetPublished { title, link };
                mail::enqueue(conn, &set.email, set.locale, &letter, now).await?;
                tx.commit().await?;
                published += 1;
                tell(backend, campaign, version).await;
            }
            Err(Error::Invalid(why)) => {
                drop(tx);
                refuse(backend, campaign, id, &why).await?;
            }
            Err(fault) => return Err(fault),
        }
    }
    Ok(published)
}

/// Publishes what was planned, unless its author has lost the right to do so by hand.
async fn publish_planned(
    conn: &mut Conn<'_>,
    backend: &Backend,
    row: &StudioRow,
    set: &SetRow,
) -> Result<i64> {
    if !rights::author_may_edit(conn, set).await? {
        let lost = Problem::told(|locale| w::lost_right(locale).to_owned());
        return Err(Invalid::field("", lost).into());
    }
    let page: Page = serde_json::from_str(&set.page)?;
    publish_page(conn, backend, row, &page, (set.author_id, Some(set.base))).await
}

/// Notes why a change set could not be published, for whoever edits the page, and writes
/// to its author; to the owners as well, where that author does not read the page's
/// changes any more. Nothing of it was published, and what is written is as it was.
async fn refuse(
    backend: &Backend,
    campaign: CampaignId,
    id: ChangeSetId,
    why: &Invalid,
) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let row = locked(conn, campaign).await?;
    let set = of_campaign(conn, campaign, id).await?;
    // Somebody was quicker.
    let Some(next) = set.state.after(Step::Refuse, false) else { return Ok(()) };
    let word = Word { reason: Some(serde_json::to_string(why)?), ..Word::default() };
    sql::set_state(conn, id, next, &word, now).await?;
    let letter = |author: &str| Letter::ChangeSetRefused {
        title: row.title.clone(),
        author: author.to_owned(),
        reason: why.clone(),
        link: link(backend, &row),
    };
    let mut letters = vec![mail::written(&set.email, set.locale, &letter(""), now)?];
    if !rights::author_may_edit(conn, &set).await? {
        for (email, locale) in rights::owners(conn, &row).await? {
            letters.push(mail::written(&email, locale, &letter(&set.author), now)?);
        }
    }
    mail::insert_all(conn, &letters).await?;
    tx.commit().await
}

/// Tells visitors and whoever is writing.
async fn tell(backend: &Backend, campaign: CampaignId, version: i64) {
    tell_open_pages(backend, campaign).await;
    backend.rooms.published(campaign, version).await;
}

async fn editable(backend: &Backend, who: &Who, slug: &str) -> Result<StudioRow> {
    let mut reader = backend.db.read().await?;
    rights::editable(&mut reader.conn(), who, slug).await
}

/// The page as it is written now.
async fn written(backend: &Backend, campaign: CampaignId) -> Result<Page> {
    let read = |reply| Command::Read { reply };
    let (_, (_, page)) = backend.rooms.ask(backend, campaign, read).await?;
    Ok(page)
}

/// The page as somebody looked at it.
async fn looked_at(backend: &Backend, campaign: CampaignId, mark: &str) -> Result<Page> {
    let mark = mark.to_owned();
    let recall = |reply| Command::Recall { mark, reply };
    let (_, page) = backend.rooms.ask(backend, campaign, recall).await?;
    page.ok_or_else(store::changed_since)
}

/// The campaign, its row locked.
async fn locked(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<StudioRow> {
    locked::lock(conn, &[campaign]).await?;
    rights::row(conn, campaign).await
}

async fn of_campaign(conn: &mut Conn<'_>, campaign: CampaignId, id: ChangeSetId) -> Result<SetRow> {
    let set = sql::by_id(conn, id).await?.filter(|set| set.campaign_id == campaign);
    set.ok_or_else(|| gone().into())
}

/// The change set, for somebody who may say yes or no to it.
async fn judged(
    conn: &mut Conn<'_>,
    who: &Who,
    row: &StudioRow,
    id: ChangeSetId,
) -> Result<SetRow> {
    let set = of_campaign(conn, row.id, id).await?;
    if rights::may_judge(who, set.author_id) {
        return Ok(set);
    }
    Err(Invalid::field("", Problem::told(|locale| w::own(locale).to_owned())).into())
}

/// What visitors read.
fn public_link(backend: &Backend, row: &StudioRow) -> String {
    format!("{}/campaigns/{}", backend.options.base_url, row.slug)
}

fn link(backend: &Backend, row: &StudioRow) -> String {
    format!("{}/campaigns/{}/edit/changes", backend.options.base_url, row.slug)
}
