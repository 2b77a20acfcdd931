//! The browsers in which somebody is signed in.

use domain::{Locale, Timestamp, account::SessionView, words::account as w};
use leptos::prelude::*;

use super::{act::RevokeSession, device};
use crate::{
    locale::locale,
    ui::{RefusalNotice, When, WhenStyle, refused},
};

/// Each with what it says of itself, when it was seen, and a button to end it.
pub fn sessions(
    sessions: Vec<SessionView>,
    now: Timestamp,
    revoke: ServerAction<RevokeSession>,
) -> AnyView {
    let locale = locale();
    let rows: Vec<_> =
        sessions.into_iter().map(|session| row(session, now, revoke, locale)).collect();
    view! {
        <section class="section" aria-labelledby="sessions">
            <h2 id="sessions">{w::sessions(locale)}</h2>
            <p class="quiet">{w::sessions_text(locale)}</p>
            <RefusalNotice refused=refused(revoke) />
            <ul class="rows">{rows}</ul>
        </section>
    }
    .into_any()
}

#[expect(clippy::needless_pass_by_value, reason = "a view owns what it shows")]
fn row(
    session: SessionView,
    now: Timestamp,
    revoke: ServerAction<RevokeSession>,
    locale: Locale,
) -> impl IntoView {
    let device = device::name(&session.device, locale);
    let words = w::end_session_of(locale, &device);
    let end = (!session.is_current).then(|| {
        view! {
            <ActionForm action=revoke>
                <input type="hidden" name="id" value=session.id.to_string() />
                <button class="button" type="submit">
                    <span>
                        {w::end_session(locale)}
                        <span class="visually-hidden">
                            " " {words}
                        </span>
                    </span>
                </button>
            </ActionForm>
        }
        .into_any()
    });
    view! {
        <li>
            <div>
                <b>{device}</b>
                " "
                {session
                    .is_current
                    .then(|| view! { <span class="chip">{w::this_browser(locale)}</span> })}
                <p>
                    {w::last_seen(locale)} " "
                    <When at=session.last_seen_at now=now style=WhenStyle::Ago /> " · "
                    {w::signed_in_on(locale, &session.created_at.date(locale))}
                </p>
            </div>
            {end}
        </li>
    }
}
