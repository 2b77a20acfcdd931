//! What the choices cost, line by line, and the total that stays in view.

use domain::{
    Invalid, Locale,
    pledge::{Line, LineKind},
    words::pledge as w,
};
use leptos::prelude::*;

use super::selling::Selling;
use crate::locale::locale;

/// Lines and total of what is being chosen. Its two parts are parts of the
/// column around it, so that the total can stay in view over all of it.
#[component]
pub fn Total(selling: Selling) -> impl IntoView {
    let locale = locale();
    let lines = Memo::new(move |_| {
        selling.quote.with(|quote| quote.as_ref().map(|q| q.lines.clone()).unwrap_or_default())
    });
    let sum = move || {
        selling.quote.with(|quote| match quote {
            Ok(quote) => quote.total.display(locale),
            Err(_) => "—".to_owned(),
        })
    };
    let remark = move || {
        selling.quote.with(|quote| match quote {
            Ok(quote) => shipping(&quote.lines, locale),
            Err(invalid) => Some(why_none(invalid, selling, locale)),
        })
    };
    view! {
        <section class="total" aria-label=w::total(locale)>
            <dl class="lines" id="lines">{move || lines.get().iter().map(|l| line(l, locale)).collect::<Vec<_>>()}</dl>
            <p class="total-row" aria-live="polite" aria-atomic="true">
                <span>
                    <b>{w::total(locale)}</b>
                    <small>{remark}</small>
                </span>
                <strong>{sum}</strong>
            </p>
        </section>
    }
}

/// One line with its price.
pub fn line(line: &Line, locale: Locale) -> impl IntoView + use<> {
    view! {
        <div>
            <dt>{line.label(locale)}</dt>
            <dd>{line.amount.display(locale)}</dd>
        </div>
    }
}

fn shipping(lines: &[Line], locale: Locale) -> Option<String> {
    let line = lines.iter().find(|line| line.kind == LineKind::Shipping)?;
    Some(w::including_shipping(locale, &line.amount.display(locale)))
}

fn why_none(invalid: &Invalid, selling: Selling, locale: Locale) -> String {
    let is_empty =
        selling.choices.with(|c| c.reward.is_empty() && c.add_ons.is_empty() && c.bonus.is_empty());
    match invalid.of("country") {
        _ if is_empty => w::total_open(locale).to_owned(),
        Some(problem) => problem.say(locale),
        None => w::total_refused(locale).to_owned(),
    }
}
