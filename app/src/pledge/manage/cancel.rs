//! Taking a pledge back, after a second look.

use domain::{
    pledge::{PledgePage, PledgeState},
    words::pledge as w,
};
use leptos::prelude::*;

use super::identity;
use crate::{
    locale::locale,
    pledge::act::CancelPledge,
    ui::{RefusalNotice, Submit, refused},
};

/// What it means, and the button that does it.
pub fn cancel(page: &PledgePage, key: &str, act: ServerAction<CancelPledge>) -> AnyView {
    let locale = locale();
    let identity = identity(page, key);
    let refused = refused(act);
    let text = match page.state {
        PledgeState::Collected => w::cancel_paid_text(locale),
        _ => w::cancel_text(locale),
    };
    view! {
        <details class="way" open=refused.with_untracked(Option::is_some)>
            <summary class="button" data-kind="quiet">
                {w::cancel(locale)}
            </summary>
            <ActionForm action=act attr:class="paying">
                {identity}
                <p>{text}</p>
                <RefusalNotice refused=refused />
                <div class="buttons">
                    <Submit label=w::cancel_submit(locale) pending=act.pending() kind="danger" />
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
