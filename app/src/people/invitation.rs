//! `/invitation`: where the letter's link leads. The link itself changes nothing, since
//! programs that guard mailboxes follow links too.

use domain::{
    Locale,
    people::{InvitationPage, view::Guest},
    words::people as w,
};
use leptos::prelude::*;

use super::act::{self, AcceptInvitation, DeclineInvitation};
use crate::{
    layout::{DemoCampaignNotice, page_query},
    locale::locale,
    studio::{frame, hidden},
    ui::{Notice, RefusalNotice, Submit, Tone, When, load, reading, refused, ways_in},
};

/// What one is invited to, and the answer.
#[component]
pub fn Invitation() -> impl IntoView {
    let query = page_query();
    let get = move |name| query.with(|query| query.get(name));
    let token = Memo::new(move |_| get("token").unwrap_or_default());
    let is_declined = Memo::new(move |_| get("declined").is_some());
    let accept = ServerAction::<AcceptInvitation>::new();
    let decline = ServerAction::<DeclineInvitation>::new();
    let page = reading(move || token.get(), act::invitation);
    load(page, move |page| match page {
        _ if is_declined.get_untracked() => {
            said(w::declined_title(locale()), w::declined_text(locale()))
        }
        None => {
            crate::http::note_status(404);
            said(w::gone_title(locale()), w::gone_text(locale()))
        }
        Some(page) => show(&page, &token.get_untracked(), accept, decline),
    })
}

fn said(title: &'static str, text: &'static str) -> AnyView {
    let body = view! {
        <header class="page-head">
            <h1 tabindex="-1">{title}</h1>
            <p>{text}</p>
        </header>
    };
    frame(title, body.into_any())
}

fn show(
    page: &InvitationPage,
    token: &str,
    accept: ServerAction<AcceptInvitation>,
    decline: ServerAction<DeclineInvitation>,
) -> AnyView {
    let locale = locale();
    let title = w::invited_title(locale, &page.title);
    let rights: Vec<_> =
        if page.rights.is_owner() { vec![domain::people::Right::Own] } else { page.rights.list() };
    let rights: Vec<_> =
        rights.into_iter().map(|right| view! { <li>{right.name(locale)}</li> }).collect();
    let inside = view! {
        {hidden("token", token)}
        <Submit label=w::decline(locale) pending=decline.pending() kind="quiet" large=true />
    };
    let body = view! {
        <DemoCampaignNotice is_demo=page.is_demo />
        <header class="page-head">
            <h1 tabindex="-1">{title.clone()}</h1>
            <p>{w::invited_by(locale, &page.by)}</p>
        </header>
        <div class="studio-body">
            <ul class="people-rights">{rights}</ul>
            <p class="quiet">{w::invited_until(locale)} " " <When at=page.expires_at /></p>
            <RefusalNotice refused=refused(accept) />
            <RefusalNotice refused=refused(decline) />
            {answer(page, token, accept, locale)}
            <ActionForm action=decline>{inside}</ActionForm>
        </div>
    };
    frame(&title, body.into_any())
}

/// The way to accept, for whoever looks.
fn answer(
    page: &InvitationPage,
    token: &str,
    accept: ServerAction<AcceptInvitation>,
    locale: Locale,
) -> AnyView {
    match &page.guest {
        Guest::Invited => {
            let inside = view! {
                {hidden("token", token)}
                <Submit label=w::accept(locale) pending=accept.pending() large=true />
            };
            view! { <ActionForm action=accept>{inside}</ActionForm> }.into_any()
        }
        Guest::Other(email) => {
            let text = w::other_text(locale, email);
            view! { <Notice tone=Tone::Warning>{text}</Notice> }.into_any()
        }
        Guest::Unknown => {
            let here = format!("/invitation?token={token}");
            view! {
                <p>{w::sign_in_text(locale)}</p>
                {ways_in(&here)}
            }
            .into_any()
        }
    }
}
