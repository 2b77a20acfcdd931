//! The link to the preview, in the studio: made, shown as often as wanted, revoked.

use domain::{people::Right, studio::StudioPage, words::people as w};
use leptos::prelude::*;

use super::act::{MakePreviewLink, RevokePreviewLink};
use crate::{
    campaign::CopyButton,
    http::absolute,
    layout::page_query,
    locale::locale,
    studio::{count_done, hidden, news},
    ui::{RefusalNotice, Submit, refused},
};

/// The link, for whoever may edit the page of a campaign that is not public yet.
pub fn link(page: &StudioPage, done: RwSignal<u32>) -> Option<AnyView> {
    if page.state.is_public() || !page.rights.has(Right::EditPage) {
        return None;
    }
    let locale = locale();
    let query = page_query();
    let is_told = |name| query.with_untracked(|query| query.get(name).is_some());
    let make = ServerAction::<MakePreviewLink>::new();
    let revoke = ServerAction::<RevokePreviewLink>::new();
    count_done(make, done);
    count_done(revoke, done);
    let slug = page.slug.as_str();
    let (words, text) = match page.preview {
        Some(_) => (w::preview_renew(locale), w::preview_renew_text(locale)),
        None => (w::preview_make(locale), ""),
    };
    let inside = view! {
        {hidden("slug", slug)}
        <Submit label=words pending=make.pending() kind="" />
    };
    let end = page.preview.is_some().then(|| {
        let inside = view! {
            {hidden("slug", slug)}
            <Submit label=w::preview_revoke(locale) pending=revoke.pending() kind="quiet" />
        };
        view! { <ActionForm action=revoke>{inside}</ActionForm> }
    });
    let view = view! {
        {news(is_told("made") && page.preview.is_some(), w::preview_made(locale), "")}
        {news(is_told("revoked") && page.preview.is_none(), w::preview_revoked(locale), "")}
        <section class="section fields" aria-labelledby="preview-link">
            <h2 id="preview-link">{w::preview_link(locale)}</h2>
            <p>{w::preview_link_text(locale)}</p>
            <RefusalNotice refused=refused(make) />
            <RefusalNotice refused=refused(revoke) />
            {page.preview.as_deref().map(address)}
            {(!text.is_empty()).then(|| view! { <p class="quiet">{text}</p> })}
            <div class="buttons">
                <ActionForm action=make>{inside}</ActionForm>
                {end}
            </div>
        </section>
    };
    Some(view.into_any())
}

fn address(token: &str) -> AnyView {
    let address = absolute(&format!("/preview/{token}"));
    view! {
        <div class="field">
            <input
                class="input"
                readonly=true
                aria-labelledby="preview-link"
                value=address.clone()
            />
        </div>
        <div class="buttons">
            <CopyButton text=address />
        </div>
    }
    .into_any()
}
