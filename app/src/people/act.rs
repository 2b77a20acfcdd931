//! What these pages ask of the server.

use domain::{
    campaign::CampaignPage,
    people::{HandOverForm, InvitationPage, InviteForm, PeoplePage, RightsForm},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};

use crate::{codec::Answer, error::AppError, follow::Following};

/// Everybody who works on a campaign, for one of them and for an operator.
#[server(name = ReadPeople, prefix = "/api/fn", endpoint = "people/page", input = GetUrl, output = Answer)]
pub async fn people(#[server(default)] slug: String) -> Result<PeoplePage, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::people::page(&ctx.backend, ctx.signed_in()?, &slug).await?)
}

/// Invites somebody by a letter.
#[server(prefix = "/api/fn", endpoint = "people/invite", output = Answer, client = Following)]
pub async fn invite(#[server(default)] form: InviteForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::invite(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// Sends an invitation once more.
#[server(prefix = "/api/fn", endpoint = "people/send-again", output = Answer, client = Following)]
pub async fn send_again(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::send_again(&ctx.backend, ctx.signed_in()?, &slug, &id).await?;
    done(&slug);
    Ok(())
}

/// Takes an invitation back.
#[server(prefix = "/api/fn", endpoint = "people/withdraw", output = Answer, client = Following)]
pub async fn withdraw_invitation(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::withdraw(&ctx.backend, ctx.signed_in()?, &slug, &id).await?;
    done(&slug);
    Ok(())
}

/// Gives somebody other rights.
#[server(prefix = "/api/fn", endpoint = "people/change-rights", output = Answer, client = Following)]
pub async fn change_rights(#[server(default)] form: RightsForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::change_rights(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// Takes every right from somebody.
#[server(prefix = "/api/fn", endpoint = "people/remove", output = Answer, client = Following)]
pub async fn remove_person(
    #[server(default)] slug: String,
    #[server(default)] id: String,
) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::remove(&ctx.backend, ctx.signed_in()?, &slug, &id).await?;
    done(&slug);
    Ok(())
}

/// Leaves a campaign.
#[server(prefix = "/api/fn", endpoint = "people/leave", output = Answer, client = Following)]
pub async fn leave_campaign(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::leave(&ctx.backend, ctx.signed_in()?, &slug).await?;
    crate::http::redirect("/studio?left=1");
    Ok(())
}

/// Makes somebody else the owner.
#[server(prefix = "/api/fn", endpoint = "people/hand-over", output = Answer, client = Following)]
pub async fn hand_over(#[server(default)] form: HandOverForm) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::hand_over(&ctx.backend, ctx.signed_in()?, &form).await?;
    done(&form.slug);
    Ok(())
}

/// What the link of a letter invites to; nothing, where it is no longer good.
#[server(name = ReadInvitation, prefix = "/api/fn", endpoint = "people/invitation", input = GetUrl, output = Answer)]
pub async fn invitation(
    #[server(default)] token: String,
) -> Result<Option<InvitationPage>, AppError> {
    let ctx = crate::http::ctx();
    Ok(backend::people::invitation(&ctx.backend, ctx.who.as_ref(), &token).await?)
}

/// Accepts an invitation.
#[server(prefix = "/api/fn", endpoint = "people/accept", output = Answer, client = Following)]
pub async fn accept_invitation(#[server(default)] token: String) -> Result<(), AppError> {
    let ctx = writing()?;
    let slug = backend::people::accept(&ctx.backend, ctx.signed_in()?, &token).await?;
    crate::http::redirect(&format!("/studio/{slug}?joined=1"));
    Ok(())
}

/// Declines an invitation, which needs its link alone.
#[server(prefix = "/api/fn", endpoint = "people/decline", output = Answer, client = Following)]
pub async fn decline_invitation(#[server(default)] token: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::decline(&ctx.backend, &token).await?;
    crate::http::redirect("/invitation?declined=1");
    Ok(())
}

/// Makes a link to the preview, in place of the one that was there.
#[server(prefix = "/api/fn", endpoint = "people/make-preview-link", output = Answer, client = Following)]
pub async fn make_preview_link(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::make_link(&ctx.backend, ctx.signed_in()?, &slug).await?;
    crate::http::redirect(&format!("/studio/{slug}/preview?made=1"));
    Ok(())
}

/// Ends the link to the preview.
#[server(prefix = "/api/fn", endpoint = "people/revoke-preview-link", output = Answer, client = Following)]
pub async fn revoke_preview_link(#[server(default)] slug: String) -> Result<(), AppError> {
    let ctx = writing()?;
    backend::people::revoke_link(&ctx.backend, ctx.signed_in()?, &slug).await?;
    crate::http::redirect(&format!("/studio/{slug}/preview?revoked=1"));
    Ok(())
}

/// A campaign by the link to its preview. Once everybody can see it, the link leads to
/// its page.
#[server(name = ReadPreview, prefix = "/api/fn", endpoint = "people/preview", input = GetUrl, output = Answer, client = Following)]
pub async fn preview(#[server(default)] token: String) -> Result<CampaignPage, AppError> {
    let page = backend::people::preview(&crate::http::ctx().backend, &token).await?;
    if page.state.is_public() {
        crate::http::redirect(&format!("/campaigns/{}", page.slug));
    }
    Ok(page)
}

/// The request's context, once it is known that it does not come too fast.
#[cfg(feature = "ssr")]
fn writing() -> Result<crate::http::Ctx, AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    Ok(ctx)
}

/// Leads back to the page of the campaign's people.
#[cfg(feature = "ssr")]
fn done(slug: &str) {
    crate::http::redirect(&format!("/studio/{slug}/people?done=1"));
}
