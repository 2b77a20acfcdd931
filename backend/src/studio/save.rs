//! Saving what a campaign is, asks for, plans and tells.

use domain::{
    Invalid, Problem,
    campaign::policy,
    people::Right,
    slug::Slug,
    studio::{BasicsForm, Form, FundingForm, ScheduleForm, StoryForm, mark, problem, settle},
};

use super::{Desk, Runs, at_desk, sql};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
    reward, story,
};

/// Saves the section `basics`; the address may be another one afterwards.
///
/// # Errors
/// [`Error::NotFound`], or a problem of the whole of it, for who may not; problems of the
/// form, also when something else stood there when it was drawn.
pub async fn save_basics(backend: &Backend, who: &Who, form: BasicsForm) -> Result<Slug> {
    let slug = form.slug.clone();
    let slug = at_desk(backend, who, &slug, Runs::With(Right::EditPage), async |conn, desk| {
        let row = &desk.row;
        let Some(form) = changed(desk, &BasicsForm::of(&row.basics()), form, false)? else {
            return Ok(row.slug.clone());
        };
        let basics = form.parse()?;
        let is_moved = basics.slug != row.slug;
        if is_moved && campaign::sql::by_slug(conn, &basics.slug).await?.is_some() {
            return Err(Invalid::field("address", problem::address_taken()).into());
        }
        let words =
            [&basics.title, &basics.subtitle, &row.creator, &basics.subcategory, &basics.location];
        let search_text = campaign::search_text(words.map(String::as_str));
        sql::set_basics(conn, row.id, &basics, &search_text).await?;
        Ok(basics.slug)
    })
    .await?;
    story::follow_form(backend, who, slug.as_str()).await?;
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
            sql::set_funds(conn, row.id, &form.parse()?).await?;
        }
        Ok(())
    })
    .await
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
    let may_save = story::may_use_form(backend, who, &slug).await;
    let page = Runs::With(Right::EditPage);
    let saved = at_desk(backend, who, &slug, page, async |conn, desk| {
        may_save?;
        let row = &desk.row;
        let current = StoryForm::of(row.slug.as_str(), &row.story);
        match changed(desk, &current, form, false)? {
            Some(form) => {
                let markdown = form.parse()?;
                sql::set_story(conn, row.id, &markdown, &story::to_html(&markdown)).await
            }
            None => sql::forget_unsaved(conn, row.id).await,
        }
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
    saved?;
    story::follow_form(backend, who, &slug).await
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
