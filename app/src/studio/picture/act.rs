//! What the form of a picture asks of the server, beside the upload itself, which is
//! no server function: it is as large as a picture.

use leptos::prelude::*;

use crate::{codec::Answer, error::AppError, follow::Following};

/// Takes the picture of a campaign or of a reward away. Where its form stands on the
/// campaign's own page, one stays there.
#[server(prefix = "/api/fn", endpoint = "studio/remove-picture", output = Answer, client = Following)]
pub async fn remove_picture(
    #[server(default)] slug: String,
    #[server(default)] of: String,
    #[server(default)] stay: bool,
) -> Result<(), AppError> {
    let ctx = crate::http::ctx();
    ctx.limit(backend::limit::Limited::Write)?;
    backend::studio::remove_picture(&ctx.backend, ctx.signed_in()?, &slug, &of).await?;
    if !stay {
        crate::http::redirect(&super::page_of(&slug, &of));
    }
    Ok(())
}
