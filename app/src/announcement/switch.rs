//! The announcement in the studio: on or off, and how many wait.

use domain::{studio::StudioPage, words::announcement as w};
use leptos::prelude::*;

use super::act::SwitchAnnouncement;
use crate::{
    layout::page_query,
    locale::locale,
    studio::{count_done, hidden, news},
    ui::{RefusalNotice, Submit, refused},
};

/// The switch, for an owner of a campaign that is not public yet.
pub fn switch(page: &StudioPage, done: RwSignal<u32>) -> Option<AnyView> {
    if page.state.is_public() || !page.is_owner {
        return None;
    }
    let locale = locale();
    let query = page_query();
    let is_told = |name: &str| query.with_untracked(|query| query.get(name).is_some());
    let act = ServerAction::<SwitchAnnouncement>::new();
    count_done(act, done);
    let is_on = page.announcement.is_some();
    let (words, wanted) =
        if is_on { (w::switch_off(locale), "false") } else { (w::switch_on(locale), "true") };
    let inside = view! {
        {hidden("slug", page.slug.as_str())}
        {hidden("on", wanted)}
        <Submit label=words pending=act.pending() kind="" />
    };
    let see = page.announcement.map(|watchers| {
        view! {
            <p>{w::waiting(locale, watchers)}</p>
            <p>
                <a href=format!("/coming/{}", page.slug)>{w::see(locale)}</a>
            </p>
        }
    });
    let view = view! {
        {news(is_told("on") && is_on, w::is_on(locale), "")}
        {news(is_told("off") && !is_on, w::is_off(locale), "")}
        <section class="section fields" aria-labelledby="announce">
            <h2 id="announce">{w::announce(locale)}</h2>
            <p>{w::announce_text(locale)}</p>
            {see}
            <RefusalNotice refused=refused(act) />
            <ActionForm action=act>{inside}</ActionForm>
        </section>
    };
    Some(view.into_any())
}
