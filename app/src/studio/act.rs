//! What the studio asks of the server: for whoever runs a campaign, and for whoever
//! runs the platform. Everybody else learns nothing, not even that it is there.

use domain::studio::{
    BasicsForm, FundingForm, IdentityForm, LaunchForm, ReasonForm, RemarkForm, ReviewLine,
    RewardForm, ScheduleForm, StartForm, StoryForm, StudioList, StudioPage, VerdictForm,
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// The visitor's own campaigns.
#[server(name = ReadStudioList, prefix = "/api/fn", endpoint = "studio/mine", input = GetUrl, output = Answer)]
pub async fn studio_list() -> Result<StudioList, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::studio::list(&ctx.backend, ctx.signed_in()?).await?)
}

/// Everything about one campaign, for its creator and for an operator.
#[server(name = ReadStudio, prefix = "/api/fn", endpoint = "studio/page", input = GetUrl, output = Answer)]
pub async fn studio_page(#[server(default)] slug: String) -> Result<StudioPage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::studio::page(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// The campaigns that wait for an operator.
#[server(name = ReadReviews, prefix = "/api/fn", endpoint = "admin/reviews", input = GetUrl, output = Answer)]
pub async fn reviews() -> Result<Vec<ReviewLine>, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::studio::reviews(&ctx.backend, ctx.signed_in()?).await?)
}

/// Begins a campaign.
#[server(prefix = "/api/fn", endpoint = "studio/start", output = Answer, client = Following)]
pub async fn start_campaign(#[server(default)] form: StartForm) -> Result<(), AppError> {
    let ctx = writing()?;
    let slug = backend::studio::start(&ctx.backend, ctx.signed_in()?, &form, ctx.locale).await?;
    crate::http::redirect(&format!("/studio/{slug}?started=1"));
    Ok(())
}

/// Saves what a campaign is; leads to its address, which may be another now.
#[server(prefix = "/api/fn", endpoint = "studio/save-basics", output = Answer, client = Following)]
pub async fn save_basics(#[server(default)] form: BasicsForm) -> Result<(), AppError> {
    let ctx = writing()?;
    let slug = backend::studio::save_basics(&ctx.backend, ctx.signed_in()?, form).await?;
    saved(slug.as_str(), "basics");
    Ok(())
}

/// Saves what a campaign asks for.
#[server(prefix = "/api/fn", endpoint = "studio/save-funding", output = Answer, client = Following)]
pub async fn save_funding(#[server(default)] form: FundingForm) -> Result<(), AppError> {
    let (ctx, slug) = (writing()?, form.slug.clone());
    backend::studio::save_funding(&ctx.backend, ctx.signed_in()?, form).await?;
    saved(&slug, "funding");
    Ok(())
}

/// Saves when a campaign begins and ends.
#[server(prefix = "/api/fn", endpoint = "studio/save-schedule", output = Answer, client = Following)]
pub async fn save_schedule(#[server(default)] form: ScheduleForm) -> Result<(), AppError> {
    let (ctx, slug) = (writing()?, form.slug.clone());
    backend::studio::save_schedule(&ctx.backend, ctx.signed_in()?, form).await?;
    saved(&slug, "schedule");
    Ok(())
}

/// Saves the story of a campaign.
#[server(prefix = "/api/fn", endpoint = "studio/save-story", output = Answer, client = Following)]
pub async fn save_story(#[server(default)] form: StoryForm) -> Result<(), AppError> {
    let (ctx, slug) = (writing()?, form.slug.clone());
    backend::studio::save_story(&ctx.backend, ctx.signed_in()?, form).await?;
    saved(&slug, "story");
    Ok(())
}

/// Saves who stands behind a campaign.
#[server(prefix = "/api/fn", endpoint = "studio/save-identity", output = Answer, client = Following)]
pub async fn save_identity(#[server(default)] form: IdentityForm) -> Result<(), AppError> {
    let (ctx, slug) = (writing()?, form.slug.clone());
    backend::studio::save_identity(&ctx.backend, ctx.signed_in()?, form).await?;
    saved(&slug, "identity");
    Ok(())
}

/// A story as backers would see it; nothing is written.
#[server(prefix = "/api/fn", endpoint = "studio/preview-story", output = Answer)]
pub async fn preview_story(#[server(default)] form: StoryForm) -> Result<String, AppError> {
    let ctx = writing()?;
    ctx.signed_in()?;
    Ok(backend::studio::preview_story(&form)?)
}

/// Adds a reward, or changes one. Where the form stands on the campaign's own page, one
/// stays there.
#[server(prefix = "/api/fn", endpoint = "studio/save-reward", output = Answer, client = Following)]
pub async fn save_reward(
    #[server(default)] form: RewardForm,
    #[server(default)] stay: bool,
) -> Result<(), AppError> {
    let (ctx, slug) = (writing()?, form.slug.clone());
    backend::studio::save_reward(&ctx.backend, ctx.signed_in()?, form).await?;
    if !stay {
        saved(&slug, "rewards");
    }
    Ok(())
}

/// Moves a reward one place up or down among those of its kind.
#[server(prefix = "/api/fn", endpoint = "studio/move-reward", output = Answer, client = Following)]
pub async fn move_reward(
    slug: String,
    id: String,
    #[server(default)] up: bool,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::move_reward(&ctx.backend, ctx.signed_in()?, &slug, &id, up).await?;
    saved(&slug, "rewards");
    Ok(())
}

/// Adds a reward like this one behind it; as for [`save_reward`], one may stay.
#[server(prefix = "/api/fn", endpoint = "studio/duplicate-reward", output = Answer, client = Following)]
pub async fn duplicate_reward(
    #[server(default)] slug: String,
    #[server(default)] id: String,
    #[server(default)] stay: bool,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::duplicate_reward(&ctx.backend, ctx.signed_in()?, &slug, &id).await?;
    if !stay {
        saved(&slug, "rewards");
    }
    Ok(())
}

/// Gives a secret reward another link.
#[server(prefix = "/api/fn", endpoint = "studio/renew-secret", output = Answer, client = Following)]
pub async fn renew_secret(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let ctx = writing()?;
    let id = backend::studio::renew_secret(&ctx.backend, ctx.signed_in()?, &slug, &id).await?;
    crate::http::redirect(&format!("/studio/{slug}/rewards?reward={id}&saved=1"));
    Ok(())
}

/// Puts the rewards of one kind into another order. Only scripts ask for it, while the
/// page stays as it is.
#[server(prefix = "/api/fn", endpoint = "studio/arrange-rewards", output = Answer)]
pub async fn arrange_rewards(
    #[server(default)] slug: String,
    #[server(default)] before: String,
    #[server(default)] order: String,
) -> Result<(), AppError> {
    let ctx = writing()?;
    let who = ctx.signed_in()?;
    backend::studio::arrange_rewards(&ctx.backend, who, &slug, &before, &order).await?;
    Ok(())
}

/// Takes a reward away that no pledge names; as for [`save_reward`], one may stay.
#[server(prefix = "/api/fn", endpoint = "studio/delete-reward", output = Answer, client = Following)]
pub async fn delete_reward(
    #[server(default)] slug: String,
    #[server(default)] id: String,
    #[server(default)] stay: bool,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::delete_reward(&ctx.backend, ctx.signed_in()?, &slug, &id).await?;
    if !stay {
        saved(&slug, "rewards");
    }
    Ok(())
}

/// Sends a campaign to the operator.
#[server(prefix = "/api/fn", endpoint = "studio/submit", output = Answer, client = Following)]
pub async fn submit_campaign(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::submit(&ctx.backend, ctx.signed_in()?, &slug).await?;
    done(&slug);
    Ok(())
}

/// Takes a campaign back from the operator, approved or not.
#[server(prefix = "/api/fn", endpoint = "studio/withdraw", output = Answer, client = Following)]
pub async fn withdraw_campaign(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::withdraw(&ctx.backend, ctx.signed_in()?, &slug).await?;
    done(&slug);
    Ok(())
}

/// Deletes a draft with everything in it.
#[server(prefix = "/api/fn", endpoint = "studio/delete", output = Answer, client = Following)]
pub async fn delete_draft(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::delete_draft(&ctx.backend, ctx.signed_in()?, &slug).await?;
    crate::http::redirect("/studio?deleted=1");
    Ok(())
}

/// Launches an approved campaign now, its end moved by some days.
#[server(prefix = "/api/fn", endpoint = "studio/launch", output = Answer, client = Following)]
pub async fn launch_campaign(
    #[server(default)] slug: String,
    #[server(default)] nudge: String,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::launch_moved(&ctx.backend, ctx.signed_in()?, &slug, &nudge).await?;
    done(&slug);
    Ok(())
}

/// Sets the time at which an approved campaign launches by itself.
#[server(prefix = "/api/fn", endpoint = "studio/schedule-launch", output = Answer, client = Following)]
pub async fn schedule_launch(#[server(default)] form: LaunchForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::schedule_launch(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// Takes that time back.
#[server(prefix = "/api/fn", endpoint = "studio/abort-launch", output = Answer, client = Following)]
pub async fn abort_launch(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::abort_launch(&ctx.backend, ctx.signed_in()?, &slug).await?;
    done(&slug);
    Ok(())
}

/// Calls a campaign off, with a reason that everybody reads.
#[server(prefix = "/api/fn", endpoint = "studio/cancel", output = Answer, client = Following)]
pub async fn cancel_campaign(#[server(default)] form: ReasonForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::cancel(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// Sells on after a success that did not open late pledges.
#[server(prefix = "/api/fn", endpoint = "studio/open-late-pledges", output = Answer, client = Following)]
pub async fn open_late_pledges(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::open_late_pledges(&ctx.backend, ctx.signed_in()?, &slug).await?;
    done(&slug);
    Ok(())
}

/// Ends the sale after the success, for good.
#[server(prefix = "/api/fn", endpoint = "studio/close-late-pledges", output = Answer, client = Following)]
pub async fn close_late_pledges(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::close_late_pledges(&ctx.backend, ctx.signed_in()?, &slug).await?;
    done(&slug);
    Ok(())
}

/// The operator says yes.
#[server(prefix = "/api/fn", endpoint = "admin/approve", output = Answer, client = Following)]
pub async fn approve_campaign(#[server(default)] form: RemarkForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::approve(&ctx.backend, ctx.signed_in()?, &form).await?;
    crate::http::redirect("/admin/reviews?done=1");
    Ok(())
}

/// The operator asks for changes.
#[server(prefix = "/api/fn", endpoint = "admin/return", output = Answer, client = Following)]
pub async fn return_campaign(#[server(default)] form: RemarkForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::return_with_remarks(&ctx.backend, ctx.signed_in()?, &form).await?;
    crate::http::redirect("/admin/reviews?done=1");
    Ok(())
}

/// The operator has looked at who somebody is.
#[server(prefix = "/api/fn", endpoint = "admin/judge-identity", output = Answer, client = Following)]
pub async fn judge_identity(#[server(default)] form: VerdictForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::judge_identity(&ctx.backend, ctx.signed_in()?, &form).await?;
    saved(&form.slug, "identity");
    Ok(())
}

/// The operator stops a campaign, with a reason that everybody reads.
#[server(prefix = "/api/fn", endpoint = "admin/suspend", output = Answer, client = Following)]
pub async fn suspend_campaign(#[server(default)] form: ReasonForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::suspend(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// The operator lets it go on.
#[server(prefix = "/api/fn", endpoint = "admin/resume", output = Answer, client = Following)]
pub async fn resume_campaign(#[server(default)] form: ReasonForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::studio::resume(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// The request's context, once it is known that it does not come too fast.
#[cfg(feature = "ssr")]
fn writing() -> Result<crate::http::Ctx, AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    Ok(ctx)
}

/// Leads back to the section that was saved.
#[cfg(feature = "ssr")]
fn saved(slug: &str, section: &str) {
    crate::http::redirect(&format!("/studio/{slug}/{section}?saved=1"));
}

/// Leads back to the campaign on which something was done.
#[cfg(feature = "ssr")]
fn done(slug: &str) {
    crate::http::redirect(&format!("/studio/{slug}?done=1"));
}
