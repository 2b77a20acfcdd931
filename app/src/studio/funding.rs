//! What a campaign has to reach, when cards are charged, and what else may become
//! possible.

use domain::{
    Locale,
    campaign::{FundingRule, Measure, Verdict},
    studio::{FundingForm, funding::MOST_STRETCH_GOALS},
    words::{campaign as c, studio_page as w},
};
use leptos::prelude::*;

use super::{
    act::SaveFunding,
    count_done,
    editor::{self, Desk},
    field::{self, Control, Sheet, Typing},
    start,
};
use crate::locale::locale;

/// The form of the funding.
pub fn funding(desk: Desk) -> AnyView {
    let locale = locale();
    let act = ServerAction::<SaveFunding>::new();
    count_done(act, desk.done);
    let sheet = Sheet::of(act, "form[slug]");
    let page = desk.page.get_value();
    let saved = page.funding.clone();
    let control =
        |key: &str, label: &str, hint: &str, saved: &str| desk.control(key, label, hint, saved);
    let currency =
        control("currency", w::currency(locale), w::currency_hint(locale), &saved.currency);
    let goal = control("goal", w::goal(locale), w::goal_hint(locale), &saved.goal);
    let units = control("goal_units", w::units(locale), w::units_hint(locale), &saved.goal_units);
    let optimum = control("optimum", w::optimum(locale), w::optimum_hint(locale), &saved.optimum);
    let verdict = control("verdict", w::verdict(locale), "", &saved.verdict);
    let overtime =
        control("overtime", w::overtime(locale), w::overtime_hint(locale), &saved.overtime);
    let late = control("late_pledges", w::late(locale), w::late_hint(locale), &saved.late_pledges);
    let parts_from = control(
        "instalments_from",
        w::instalments_from(locale),
        w::instalments_hint(locale),
        &saved.instalments_from,
    );
    let parts_most =
        control("instalments_most", w::instalments_most(locale), "", &saved.instalments_most);
    let verdicts = vec![
        (
            Verdict::Pledged.key(),
            w::verdict_pledged(locale).to_owned(),
            w::verdict_pledged_text(locale).to_owned(),
        ),
        (
            Verdict::Collected.key(),
            w::verdict_collected(locale).to_owned(),
            w::verdict_collected_text(locale).to_owned(),
        ),
    ];
    let money = Typing { inputmode: Some("decimal"), most: Some(20), ..Typing::default() };
    let only = |rule: FundingRule, fields: AnyView| {
        view! {
            <div class="studio-only" data-rule=rule.key()>
                {fields}
            </div>
        }
        .into_any()
    };
    let lock = desk.lock("stretch");
    let stretch: Vec<_> = (0..MOST_STRETCH_GOALS)
        .map(|n| {
            let of = |key: &str| {
                let name = FundingForm::stretch_field(n, key);
                saved.stretch.get(&name).cloned().unwrap_or_default()
            };
            stretch_goal(sheet, n, of, lock.as_deref(), locale)
        })
        .collect();
    let fields = view! {
        <div class="studio-rule fields">
            {start::rules(sheet, &saved.rule, desk.lock("rule"))}
            <div class="field-row">
                {field::line(sheet, goal, money)}
                {field::pick(sheet, currency, field::currencies())}
            </div>
            {only(FundingRule::PreOrders, field::line(sheet, units, Typing { inputmode: Some("numeric"), most: Some(9), ..Typing::default() }))}
            {only(FundingRule::Rounds, field::line(sheet, optimum, money))}
        </div>
        {field::choices(sheet, &verdict, verdicts)}
        <fieldset class="fields">
            <legend>{w::options(locale)}</legend>
            {field::check(sheet, &overtime)}
            {field::check(sheet, &late)}
            <div class="field-row">
                {field::line(sheet, parts_from, Typing { optional: true, ..money })}
                {field::line(sheet, parts_most, Typing { inputmode: Some("numeric"), most: Some(2), optional: true, ..Typing::default() })}
            </div>
        </fieldset>
        <fieldset class="fields">
            <legend>{c::stretch_goals(locale)}</legend>
            <p class="field-hint">{w::stretch_hint(locale)}</p>
            {stretch}
        </fieldset>
        {desk.public_at_once()}
    };
    let inside = editor::inside(
        desk,
        sheet,
        |page, _| page.funding.version.clone(),
        act.pending(),
        fields.into_any(),
    );
    view! {
        <ActionForm action=act attr:class="fields" attr:novalidate="novalidate">
            {inside}
        </ActionForm>
    }
    .into_any()
}

/// One more thing to reach; a row without a title is none.
fn stretch_goal(
    sheet: Sheet,
    n: usize,
    of: impl Fn(&str) -> String,
    lock: Option<&str>,
    locale: Locale,
) -> AnyView {
    let control = |key: &str, label: &str| Control {
        name: format!("form[stretch][{}]", FundingForm::stretch_field(n, key)),
        label: label.to_owned(),
        saved: of(key),
        lock: lock.map(str::to_owned),
        ..Control::default()
    };
    let measures = vec![
        (Measure::Amount.key().to_owned(), w::measure_amount(locale).to_owned()),
        (Measure::Units.key().to_owned(), w::measure_units(locale).to_owned()),
        (Measure::Backers.key().to_owned(), c::backers(locale).to_owned()),
    ];
    let optional = |most| Typing { most: Some(most), optional: true, ..Typing::default() };
    let parts = ["title", "text", "target"].map(|key| control(key, ""));
    let is_open = parts.iter().any(|part| {
        !sheet.value(&part.name, &part.saved).is_empty()
            || sheet.problem(&part.name).get_untracked().is_some()
    });
    view! {
        <details class="studio-stretch" open=is_open>
            <summary>{w::stretch_number(locale, &(n + 1))}</summary>
            <div class="fields">
                {field::line(sheet, control("title", w::stretch_title(locale)), optional(80))}
                {field::line(sheet, control("text", w::stretch_text(locale)), optional(400))}
                <div class="field-row">
                    {field::pick(sheet, control("measure", w::measure(locale)), measures)}
                    {field::line(sheet, control("target", w::target(locale)), Typing { inputmode: Some("decimal"), ..optional(20) })}
                </div>
            </div>
        </details>
    }
    .into_any()
}
