//! The form that gives money back, after a second look.

use domain::{
    pledge::LineKind,
    refund::{Reason, RefundForm, RefundLine, RefundPage},
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

/// The rewards and add-ons that were not refunded by name, each to be ticked, and
/// with how many of it where there are several.
fn lines(page: &RefundPage, is_chosen: bool) -> Option<AnyView> {
    let locale = locale();
    let lines: Vec<_> = page
        .lines
        .iter()
        .filter(|(line, refunded)| {
            *refunded < line.quantity && matches!(line.kind, LineKind::Reward | LineKind::AddOn)
        })
        .filter_map(|(line, refunded)| {
            let reward = line.reward?;
            let key = RefundForm::line(reward);
            let name = format!("form[lines][{key}]");
            let is_ticked = !typed(&name).is_empty();
            let all = line.amount.minor + line.shipping;
            let (quantity, refunded) = (line.quantity, *refunded);
            let left = RefundLine { reward, quantity, amount: all, refunded };
            let amount = domain::Money::new(left.cost(left.left()), page.total.currency);
            let units = (left.left() > 1).then(|| units(&key, left.left()));
            Some(view! {
                <label class="choice">
                    <input type="checkbox" name=name value="on" checked=is_ticked />
                    <span>{line.label(locale)}</span>
                    <span class="choice-price">{amount.display(locale)}</span>
                </label>
                {units}
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

/// How many of a line that has several left.
fn units(key: &str, left: i64) -> AnyView {
    let locale = locale();
    let name = format!("form[units][{key}]");
    let value = typed(&name);
    view! {
        <label class="units">
            <span>{w::units(locale)}</span>
            <input
                class="input"
                name=name
                type="number"
                min="1"
                max=left.to_string()
                value=value
                placeholder=left.to_string()
                autocomplete="off"
                inputmode="numeric"
            />
        </label>
    }
    .into_any()
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
