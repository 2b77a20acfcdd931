//! `/announcement`: where the link of a letter leads. The link itself changes nothing,
//! since programs that guard mailboxes follow links too.

use domain::{
    announcement::WatcherPage,
    words::{announcement as w, campaign as c},
};
use leptos::prelude::*;

use super::act::{self, ConfirmWatch, StopWatch};
use crate::{
    layout::page_query,
    locale::locale,
    studio::{frame, hidden},
    ui::{RefusalNotice, Submit, load, reading, refused},
};

/// To confirm an address, or to take it off the list.
#[component]
pub fn Answering() -> impl IntoView {
    let query = page_query();
    let key = Memo::new(move |_| query.with(|query| query.get("key")).unwrap_or_default());
    let confirm = ServerAction::<ConfirmWatch>::new();
    let stop = ServerAction::<StopWatch>::new();
    let done = RwSignal::new(0_u32);
    crate::studio::count_done(confirm, done);
    let page = reading(move || (key.get(), done.get()), |(key, _)| act::watcher(key));
    load(page, move |page| match page {
        Some(page) => show(&page, &key.get_untracked(), confirm, stop),
        None => {
            let locale = locale();
            said(w::stopped(locale), w::stopped_text(locale), ().into_any())
        }
    })
}

fn said(title: &str, text: &'static str, ways: AnyView) -> AnyView {
    let body = view! {
        <header class="page-head">
            <h1 tabindex="-1">{title.to_owned()}</h1>
            <p>{text}</p>
        </header>
        {ways}
    };
    frame(title, body.into_any())
}

fn show(
    page: &WatcherPage,
    key: &str,
    confirm: ServerAction<ConfirmWatch>,
    stop: ServerAction<StopWatch>,
) -> AnyView {
    let locale = locale();
    let yes = (!page.is_confirmed).then(|| {
        let inside = view! {
            {hidden("key", key)}
            <Submit label=w::confirm_submit(locale) pending=confirm.pending() large=true />
        };
        view! { <ActionForm action=confirm>{inside}</ActionForm> }
    });
    let text = match page.is_confirmed {
        true => w::confirmed_text(locale),
        false => w::confirm_text(locale),
    };
    let no = view! {
        {hidden("key", key)}
        <Submit label=w::stop(locale) pending=stop.pending() kind="quiet" large=true />
    };
    let ways = view! {
        <RefusalNotice refused=refused(confirm) />
        <RefusalNotice refused=refused(stop) />
        <div class="buttons">
            {yes} <ActionForm action=stop>{no}</ActionForm>
        </div>
        <p>
            <a href=format!("/coming/{}", page.slug)>{c::view_campaign(locale)}</a>
        </p>
    };
    said(&w::confirm_title(locale, &page.title), text, ways.into_any())
}
