//! The form that gives money back, after a second look.

use domain::{
    pledge::LineKind,
    refund::{Reason, RefundForm, RefundPage},
    words::refund as w,
};
use leptos::prelude::*;

use super::act::GiveRefund;
use crate::{
    http::typed,
    locale::locale,
    ui::{Field, FieldProblem, RefusalNotice, Select, Submit, invalid, problem, refused},
};

/// Why the last try was refused, where there is no form any more to say it.
pub fn refused_notice(has_form: bool, act: ServerAction<GiveRefund>) -> Option<AnyView> {
    (!has_form).then(|| view! { <RefusalNotice refused=refused(act) /> }.into_any())
}

/// How much, why, and the button.
pub fn give(page: &RefundPage, act: ServerAction<GiveRefund>) -> AnyView {
    let locale = locale();
    let refused = refused(act);
    let invalid = invalid(refused);
    let left = page.left.display(locale);
    let chosen = typed("form[what]");
    let is_chosen = |what: &str| chosen == what || (chosen.is_empty() && what == "rest");
    let rest = choice("rest", w::what_rest(locale, &left), is_chosen("rest"));
    let amount = choice("amount", w::what_amount(locale).to_owned(), is_chosen("amount"));
    let lines = lines(page, is_chosen("lines"));
    let reasons: Vec<_> = Reason::ALL
        .iter()
        .map(|reason| (reason.key().to_owned(), reason.name(locale).to_owned()))
        .collect();
    let (slug, id, key) = (page.slug.to_string(), page.id.to_string(), page.key.clone());
    view! {
        <details class="way" open=refused.with_untracked(Option::is_some)>
            <summary class="button" data-kind="quiet">
                {w::give(locale)}
            </summary>
            <ActionForm action=act attr:class="paying giving" attr:novalidate="novalidate">
                <input type="hidden" name="form[slug]" value=slug />
                <input type="hidden" name="form[id]" value=id />
                <input type="hidden" name="form[key]" value=key />
                <p>{w::give_text(locale)}</p>
                <fieldset class="choices">
                    <legend>{w::what(locale)}</legend>
                    {rest}
                    {amount}
                    <Field
                        name="form[amount]"
                        label=w::amount(locale)
                        hint=w::amount_hint(locale, &left)
                        value=typed("form[amount]")
                        problem=problem(invalid, "amount")
                        autocomplete="off"
                        inputmode="decimal"
                        maxlength=20
                    />
                    {lines}
                    <FieldProblem name="form[lines]" problem=problem(invalid, "lines") />
                    <FieldProblem name="form[what]" problem=problem(invalid, "what") />
                </fieldset>
                <fieldset class="fields">
                    <Select
                        name="form[reason]"
                        label=w::reason(locale)
                        hint=w::reason_hint(locale)
                        options=reasons
                        selected=typed("form[reason]")
                        problem=problem(invalid, "reason")
                        required=true
                    />
                    <label class="check">
                        <input
                            type="checkbox"
                            name="form[restock]"
                            value="on"
                            checked=!typed("form[restock]").is_empty()
                        />
                        <span>{w::restock(locale)}</span>
                    </label>
                    <FieldProblem name="form[restock]" problem=problem(invalid, "restock") />
                </fieldset>
                <RefusalNotice refused=refused />
                <div class="buttons">
                    <Submit label=w::give_submit(locale) pending=act.pending() kind="danger" />
                </div>
            </ActionForm>
        </details>
    }
    .into_any()
}

/// The rewards and add-ons that were not refunded by name, each to be ticked.
fn lines(page: &RefundPage, is_chosen: bool) -> Option<AnyView> {
    let locale = locale();
    let lines: Vec<_> = page
        .lines
        .iter()
        .filter(|(line, is_refunded)| {
            !is_refunded && matches!(line.kind, LineKind::Reward | LineKind::AddOn)
        })
        .filter_map(|(line, _)| {
            let name = format!("form[lines][{}]", RefundForm::line(line.reward?));
            let is_ticked = !typed(&name).is_empty();
            let amount = domain::Money::new(line.amount.minor + line.shipping, page.total.currency);
            Some(view! {
                <label class="choice">
                    <input type="checkbox" name=name value="on" checked=is_ticked />
                    <span>{line.label(locale)}</span>
                    <span class="choice-price">{amount.display(locale)}</span>
                </label>
            })
        })
        .collect();
    (!lines.is_empty()).then(|| {
        view! {
            {choice("lines", w::what_lines(locale).to_owned(), is_chosen)}
            {lines}
        }
        .into_any()
    })
}

fn choice(what: &'static str, words: String, is_chosen: bool) -> AnyView {
    view! {
        <label class="choice">
            <input type="radio" name="form[what]" value=what checked=is_chosen />
            <span>{words}</span>
        </label>
    }
    .into_any()
}
