//! Saving what a campaign is, asks for, plans and tells.

use domain::{
    Invalid, Problem,
    campaign::policy,
    people::Right,
    slug::Slug,
    studio::{
        Basics, BasicsForm, Form, FundingForm, ScheduleForm, StoryForm, mark, problem, settle,
    },
};

use super::{Desk, Runs, at_desk, shown, sql};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    reward, story,
    story::{Sheet, Shown, Words},
};

/// Saves the section `basics`; the address may be another one afterwards.
///
/// # Errors
/// [`Error::NotFound`], or a problem of the whole of it, for who may not; problems of the
/// form, also when something else stood there when it was drawn.
pub async fn save_basics(backend: &Backend, who: &Who, form: BasicsForm) -> Result<Slug> {
    let slug = form.slug.clone();
    let page = Runs::With(Right::EditPage);
    let (slug, written) = at_desk(backend, who, &slug, page, async |conn, desk| {
        let row = &desk.row;
        let sheet = Sheet::of(conn, row, desk.now).await?;
        let Shown { title, subtitle, .. } = Shown::on(row, sheet.as_ref());
        let current = Basics { title, subtitle, ..row.basics() };
        let Some(form) = changed(desk, &BasicsForm::of(&current), form, false)? else {
            return Ok((row.slug.clone(), None));
        };
        let mut basics = form.parse()?;
        let is_moved = basics.slug != row.slug;
        if is_moved && campaign::sql::by_slug(conn, &basics.slug).await?.is_some() {
            return Err(Invalid::field("address", problem::address_taken()).into());
        }
        let mut words = Words::default();
        if sheet.is_some() {
            // Title and subtitle are the document's, and its columns follow it.
            let other = |is: &str, was: &str| (is != was).then(|| is.to_owned());
            words.title = other(&basics.title, &current.title);
            words.subtitle = other(&basics.subtitle, &current.subtitle);
            basics.title.clone_from(&row.title);
            basics.subtitle.clone_from(&row.subtitle);
        }
        let looked_through =
            [&basics.title, &basics.subtitle, &row.creator, &basics.subcategory, &basics.location];
        let search_text = campaign::search_text(looked_through.map(String::as_str));
        let before = shown::before(conn, who, desk).await?;
        sql::set_basics(conn, row.id, &basics, &search_text).await?;
        let written = match sheet {
            Some(sheet) => sheet.take(conn, backend, who, words).await?,
            None => None,
        };
        if is_moved && let Some(row) = sql::by_slug(conn, &basics.slug).await? {
            // Its cards of rewards lead to the new address.
            story::draw_anew(conn, backend, &row).await?;
        }
        shown::facts(conn, backend, desk, &before).await?;
        Ok((basics.slug, written))
    })
    .await?;
    story::tell(backend, written).await;
    shown::tell(backend, slug.as_str()).await;
    Ok(slug)
}

/// Saves the section `funding`, which is an owner's.
///
/// # Errors
/// As [`save_basics`].
pub async fn save_funding(backend: &Backend, who: &Who, form: FundingForm) -> Result<()> {
    let slug = form.slug.clone();
    at_desk(backend, who, &slug, Runs::Campaign, async |conn, desk| {
        let row = &desk.row;
        let has_rewards = !reward::sql::of_campaign(conn, row.id).await?.is_empty();
        let current = FundingForm::of(row.slug.as_str(), &row.funds()?);
        if let Some(form) = changed(desk, &current, form, has_rewards)? {
            let before = shown::before(conn, who, desk).await?;
            sql::set_funds(conn, row.id, &form.parse()?).await?;
            shown::facts(conn, backend, desk, &before).await?;
        }
        Ok(())
    })
    .await?;
    shown::tell(backend, &slug).await;
    Ok(())
}

/// Saves the section `schedule`, which is an owner's. The deadline of a campaign that is not launched yet
/// is only planned.
///
/// # Errors
/// As [`save_basics`].
pub async fn save_schedule(backend: &Backend, who: &Who, form: ScheduleForm) -> Result<()> {
    let slug = form.slug.clone();
    at_desk(backend, who, &slug, Runs::Campaign, async |conn, desk| {
        let row = &desk.row;
        let current = ScheduleForm::of(row.slug.as_str(), &row.schedule());
        if let Some(form) = changed(desk, &current, form, false)? {
            let schedule = form.parse(row.terms().rule, desk.now)?;
            let deadline = schedule.ends.after(schedule.launch_at.unwrap_or(desk.now));
            sql::set_schedule(conn, row.id, &schedule, deadline).await?;
        }
        Ok(())
    })
    .await
}

/// Saves the story. One that is refused is kept aside, for it is too long to come
/// back to a page without wasm.
///
/// # Errors
/// As [`save_basics`].
pub async fn save_story(backend: &Backend, who: &Who, form: StoryForm) -> Result<()> {
    let (slug, typed) = (form.slug.clone(), form.story.clone());
    let page = Runs::With(Right::EditPage);
    let saved = at_desk(backend, who, &slug, page, async |conn, desk| {
        let row = &desk.row;
        let sheet = Sheet::of(conn, row, desk.now).await?;
        let shown = Shown::on(row, sheet.as_ref());
        let current = StoryForm::of(row.slug.as_str(), &shown.story);
        let Some(form) = changed(desk, &current, form, false)? else {
            sql::forget_unsaved(conn, row.id).await?;
            return Ok(None);
        };
        let markdown = form.parse()?;
        let Some(sheet) = sheet else {
            sql::set_story(conn, row.id, &markdown, &story::to_html(&markdown)).await?;
            return Ok(None);
        };
        sql::forget_unsaved(conn, row.id).await?;
        let words = Words { story: Some(markdown), ..Words::default() };
        sheet.take(conn, backend, who, words).await
    })
    .await;
    if let Err(Error::Invalid(_)) = &saved {
        // What no database takes as text is no text either.
        let typed = typed.replace('\0', "");
        at_desk(backend, who, &slug, page, async |conn, desk| {
            sql::keep_unsaved(conn, desk.row.id, &typed, desk.now).await
        })
        .await?;
    }
    story::tell(backend, saved?).await;
    Ok(())
}

/// A story as backers would see it.
///
/// # Errors
/// A problem of `story` when there is none, or it is longer than one may be.
pub fn preview_story(form: &StoryForm) -> Result<String> {
    let markdown = form.parse()?;
    if markdown.is_empty() {
        return Err(Invalid::field("story", Problem::Missing).into());
    }
    Ok(story::to_html(&markdown))
}

/// What a form changes, if anything, where that may be changed now.
fn changed<F: Form>(
    desk: &Desk,
    current: &F,
    posted: F,
    has_rewards: bool,
) -> Result<Option<F>, Invalid> {
    let phase = desk.row.phase();
    let form = settle(current, posted, |field| policy::campaign(field, phase, has_rewards))?;
    Ok((mark(&form) != mark(current)).then_some(form))
}
