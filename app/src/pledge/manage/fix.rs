//! A card that could not be charged after the campaign's success: another one,
//! or the holder's yes to the bank.

use domain::{
    Money, Timestamp,
    pledge::{InstalmentState, PledgePage, PledgeState, Timing, view::InstalmentView},
    words::{instalment as i, pledge as w},
};
use leptos::prelude::*;

use super::identity;
use crate::{
    locale::locale,
    pledge::{
        act::{ConfirmCharge, ReplaceCard},
        card::{CardFields, ProviderBank, ProviderCard},
    },
    ui::{Notice, RefusalNotice, Submit, Tone, invalid, refused, when},
};

/// What is asked of the backer.
struct Ask {
    title: &'static str,
    text: String,
    amount: Money,
    /// The bank wants a yes; else another card is wanted.
    is_for_bank: bool,
}

/// What happened, until when it can be mended, and how.
pub fn fix(
    page: &PledgePage,
    key: &str,
    until: Timestamp,
    replace: ServerAction<ReplaceCard>,
    confirm: ServerAction<ConfirmCharge>,
) -> AnyView {
    let locale = locale();
    // Of a plan, the first instalment is what could not be charged.
    let amount = page.instalments.first().map_or(page.total, |first| first.amount);
    let total = amount.display(locale);
    let until = when::local(until, locale);
    let is_for_bank = page.state == PledgeState::ActionRequired;
    let (title, text) = if is_for_bank {
        (w::fix_bank_title(locale), w::fix_bank_text(locale, &total, &until.get()))
    } else {
        (w::fix_title(locale), w::fix_text(locale, &total, &until.get()))
    };
    mend(page, key, Ask { title, text, amount, is_for_bank }, replace, confirm)
}

/// The same for an instalment after the first: nothing is lost while it waits.
pub fn owed(
    page: &PledgePage,
    key: &str,
    owed: &InstalmentView,
    replace: ServerAction<ReplaceCard>,
    confirm: ServerAction<ConfirmCharge>,
) -> AnyView {
    let locale = locale();
    let total = owed.amount.display(locale);
    let text = match owed.again_at {
        Some(at) => i::failed_until(locale, &owed.number, &total, &at.date(locale)),
        None => i::failed_manual(locale, &owed.number, &total),
    };
    let is_for_bank = owed.state == InstalmentState::ActionRequired;
    let ask = Ask { title: i::failed_title(locale), text, amount: owed.amount, is_for_bank };
    mend(page, key, ask, replace, confirm)
}

fn mend(
    page: &PledgePage,
    key: &str,
    ask: Ask,
    replace: ServerAction<ReplaceCard>,
    confirm: ServerAction<ConfirmCharge>,
) -> AnyView {
    let locale = locale();
    let Ask { title, text, amount, is_for_bank } = ask;
    let bank = is_for_bank.then(|| bank(page, key, confirm));
    let card = card(page, key, amount, replace);
    let card = if is_for_bank {
        view! {
            <details class="way" open=refused(replace).with_untracked(Option::is_some)>
                <summary class="button" data-kind="quiet">
                    {w::fix_other_card(locale)}
                </summary>
                {card}
            </details>
        }
        .into_any()
    } else {
        card
    };
    view! {
        <section class="fix">
            <Notice tone=Tone::Warning title=title>
                <p>{text}</p>
            </Notice>
            {bank}
            {card}
        </section>
    }
    .into_any()
}

fn bank(page: &PledgePage, key: &str, act: ServerAction<ConfirmCharge>) -> AnyView {
    let locale = locale();
    let identity = identity(page, key);
    let entry = page.checkout.card_entry.clone();
    let bank = match entry {
        Some(entry) => {
            view! { <ProviderBank entry=entry pledge=page.id key=key.to_owned() /> }.into_any()
        }
        None => view! { <p class="quiet small">{w::bank_sandbox(locale)}</p> }.into_any(),
    };
    view! {
        <ActionForm action=act attr:class="bank">
            {identity}
            <RefusalNotice refused=refused(act) />
            <div class="buttons">
                <Submit label=w::bank_confirm(locale) pending=act.pending() large=true />
            </div>
            {bank}
        </ActionForm>
    }
    .into_any()
}

fn card(page: &PledgePage, key: &str, amount: Money, act: ServerAction<ReplaceCard>) -> AnyView {
    let locale = locale();
    let (id, key) = (page.id.to_string(), key.to_owned());
    let label = w::fix_submit(locale, &amount.display(locale));
    let refused = refused(act);
    let invalid = invalid(refused);
    let of = (id.clone(), key.clone());
    let is_alive = RwSignal::new(false);
    Effect::new(move |_| is_alive.set(true));
    let card = match page.checkout.card_entry.clone() {
        Some(entry) => view! { <ProviderCard entry=entry invalid=invalid of=of /> }.into_any(),
        None => view! { <CardFields invalid=invalid timing=Timing::AtOnce is_alive=is_alive /> }
            .into_any(),
    };
    view! {
        <ActionForm action=act attr:class="paying" attr:novalidate="novalidate">
            <input type="hidden" name="form[id]" value=id />
            <input type="hidden" name="form[key]" value=key />
            <fieldset class="fields">
                <legend>{w::card(locale)}</legend>
                {card}
            </fieldset>
            <RefusalNotice refused=refused />
            <Submit label=label pending=act.pending() large=true />
        </ActionForm>
    }
    .into_any()
}
