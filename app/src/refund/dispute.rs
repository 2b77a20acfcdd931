//! Disputes about a charge, and the form by which an operator records them.

use domain::{
    Locale,
    refund::{ChargebackState, RefundPage},
    words::refund as w,
};
use leptos::prelude::*;

use super::act::RecordDispute;
use crate::{
    http::typed,
    locale::locale,
    ui::{Field, RefusalNotice, Select, Submit, When, invalid, problem, refused},
};

/// What is known of disputes; for an operator also the form. Nothing for a creator
/// who has none.
pub fn disputes(page: &RefundPage, act: ServerAction<RecordDispute>) -> Option<AnyView> {
    let locale = locale();
    if page.chargebacks.is_empty() && !page.is_operator {
        return None;
    }
    let rows: Vec<_> = page
        .chargebacks
        .iter()
        .map(|one| {
            view! {
                <li>
                    <div>
                        <b>{one.amount.display(locale)}</b>
                        <p>{one.reference.clone()} " · " <When at=one.opened_at /></p>
                    </div>
                    <span class="chip" data-tone="plain">
                        {one.state.name(locale)}
                    </span>
                </li>
            }
        })
        .collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="rows">{rows}</ul> });
    let form = page.is_operator.then(|| record(page, act, locale));
    let view = view! {
        <section class="section" aria-labelledby="disputes">
            <h2 id="disputes">{w::disputes(locale)}</h2>
            {list}
            {form}
        </section>
    };
    Some(view.into_any())
}

fn record(page: &RefundPage, act: ServerAction<RecordDispute>, locale: Locale) -> AnyView {
    let refused = refused(act);
    let invalid = invalid(refused);
    let states: Vec<_> = ChargebackState::ALL
        .iter()
        .map(|state| (state.key().to_owned(), state.name(locale).to_owned()))
        .collect();
    let (slug, id) = (page.slug.to_string(), page.id.to_string());
    view! {
        <details class="way" open=refused.with_untracked(Option::is_some)>
            <summary class="button" data-kind="quiet">
                {w::record(locale)}
            </summary>
            <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
                <input type="hidden" name="dispute[slug]" value=slug />
                <input type="hidden" name="dispute[id]" value=id />
                <p>{w::record_text(locale)}</p>
                <Field
                    name="dispute[reference]"
                    label=w::dispute_reference(locale)
                    value=typed("dispute[reference]")
                    problem=problem(invalid, "reference")
                    autocomplete="off"
                    maxlength=100
                    required=true
                />
                <Field
                    name="dispute[amount]"
                    label=w::dispute_amount(locale)
                    hint=w::dispute_amount_hint(locale)
                    value=typed("dispute[amount]")
                    problem=problem(invalid, "amount")
                    autocomplete="off"
                    inputmode="decimal"
                    maxlength=20
                />
                <Select
                    name="dispute[state]"
                    label=w::dispute_state(locale)
                    options=states
                    selected=typed("dispute[state]")
                    problem=problem(invalid, "state")
                    required=true
                />
                <RefusalNotice refused=refused />
                <div class="buttons">
                    <Submit label=w::record_submit(locale) pending=act.pending() kind="" />
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}
