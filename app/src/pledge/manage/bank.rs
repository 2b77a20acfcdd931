//! The sandbox's bank: a card that has to be confirmed by its holder.

use domain::{pledge::PledgePage, words::pledge as w};
use leptos::prelude::*;

use super::identity;
use crate::{
    locale::locale,
    pledge::act::ConfirmPledge,
    ui::{Notice, RefusalNotice, Submit, Tone, refused},
};

/// One button, and how long it is there.
pub fn confirm(page: &PledgePage, key: &str, act: ServerAction<ConfirmPledge>) -> AnyView {
    let locale = locale();
    let identity = identity(page, key);
    let total = page.total.display(locale);
    view! {
        <ActionForm action=act attr:class="bank">
            {identity}
            <Notice tone=Tone::Warning title=w::bank_text(locale, &total)>
                <p>{w::bank_limit(locale)}</p>
            </Notice>
            <RefusalNotice refused=refused(act) />
            <div class="buttons">
                <Submit label=w::bank_confirm(locale) pending=act.pending() large=true />
            </div>
            <p class="quiet small">{w::bank_sandbox(locale)}</p>
        </ActionForm>
    }
    .into_any()
}
