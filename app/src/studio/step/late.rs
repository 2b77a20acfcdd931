//! The sale after a success.

use domain::{Locale, studio::StudioPage, words::studio_page as w};
use leptos::prelude::*;

use super::{plain_slug, way};
use crate::{
    studio::{
        act::{CloseLatePledges, OpenLatePledges},
        count_done,
        field::Sheet,
    },
    ui::{RefusalNotice, Submit},
};

/// Begins it, where the launch did not say so.
pub fn open(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<OpenLatePledges>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "slug");
    let body = view! {
        <ActionForm action=act attr:class="fields">
            {slug}
            <p>{w::open_late_text(locale)}</p>
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::open_late_submit(locale) pending=act.pending() kind="" />
            </div>
        </ActionForm>
    };
    way(sheet, w::open_late(locale), body.into_any())
}

/// Ends the sale, for good.
pub fn close(page: &StudioPage, done: RwSignal<u32>, locale: Locale) -> AnyView {
    let slug = plain_slug(page);
    let act = ServerAction::<CloseLatePledges>::new();
    count_done(act, done);
    let sheet = Sheet::of(act, "slug");
    let body = view! {
        <ActionForm action=act attr:class="fields">
            {slug}
            <p>{w::close_late_text(locale)}</p>
            <RefusalNotice refused=sheet.refused />
            <div class="buttons">
                <Submit label=w::close_late_submit(locale) pending=act.pending() kind="danger" />
            </div>
        </ActionForm>
    };
    way(sheet, w::close_late(locale), body.into_any())
}
