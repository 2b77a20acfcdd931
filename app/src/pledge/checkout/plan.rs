//! What is charged when, shown right before it is agreed to, and sent along as it
//! was shown.

use domain::{
    Locale,
    pledge::{InstalmentPlan, Timing, instalment},
    words::instalment as w,
};
use leptos::prelude::*;

use super::paying::timing;
use crate::{locale::locale, pledge::selling::Selling};

/// The plan of the instalments that are chosen, with the field that binds it.
pub fn plan(selling: Selling) -> AnyView {
    let locale = locale();
    let plan = Memo::new(move |_| chosen(selling));
    let shown = move || plan.with(|plan| plan.as_ref().map(InstalmentPlan::shown));
    view! {
        <input type="hidden" name="form[plan]" value=move || shown().unwrap_or_default() />
        {move || plan.with(|plan| plan.as_ref().map(|plan| list(plan, locale)))}
    }
    .into_any()
}

fn chosen(selling: Selling) -> Option<InstalmentPlan> {
    let count = selling.choices.with(|choices| choices.instalments.parse().ok())?;
    let total = selling.quote.with(|quote| quote.as_ref().ok().map(|quote| quote.total))?;
    let timing = timing(selling);
    selling.page.with(|page| {
        let terms = &page.campaign.terms;
        instalment::check(terms.instalments, count, total).ok()?;
        let first_at = match timing {
            Timing::AtDeadline => page.campaign.deadline,
            Timing::AtOnce => page.now,
        };
        Some(InstalmentPlan::new(total, count, first_at, terms.zone))
    })
}

fn list(plan: &InstalmentPlan, locale: Locale) -> AnyView {
    let parts: Vec<_> = plan
        .parts
        .iter()
        .map(|part| {
            view! {
                <div>
                    <dt>{plan.day(part, locale)}</dt>
                    <dd>{part.amount.display(locale)}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <section aria-labelledby="plan">
            <h2 id="plan" class="field-label">
                {w::plan(locale)}
            </h2>
            <dl class="lines">{parts}</dl>
            <p class="quiet small">{w::plan_rule(locale)}</p>
        </section>
    }
    .into_any()
}
