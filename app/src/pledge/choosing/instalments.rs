//! In how many instalments the pledge is paid, where its campaign offers it.

use domain::{
    Money,
    pledge::{Choices, InstalmentOffer, instalment::COUNTS},
    words::instalment as w,
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    pledge::selling::Selling,
    ui::{FieldProblem, described_by},
};

/// All together, or as many instalments as the total can be shared into.
pub fn instalments(selling: Selling) -> Option<AnyView> {
    let offer = selling.page.with_untracked(|page| page.campaign.terms.instalments)?;
    Some(choice(selling, offer))
}

fn choice(selling: Selling, offer: InstalmentOffer) -> AnyView {
    let locale = locale();
    let problem = selling.problem("instalments".to_owned());
    let currency = selling.page.with_untracked(|page| page.campaign.funding.currency);
    // Before there is a total, whatever might be chosen.
    let most = Memo::new(move |_| {
        selling.quote.with(|quote| match quote {
            Ok(quote) => *offer.counts(quote.total).end(),
            Err(_) => offer.most,
        })
    });
    let options = move || {
        let chosen = selling.choices.with_untracked(|choices| choices.instalments.clone());
        (*COUNTS.start()..=most.get())
            .map(|count| {
                let selected = chosen == count.to_string();
                view! {
                    <option value=count.to_string() selected=selected>
                        {w::instalments(locale, count)}
                    </option>
                }
            })
            .collect::<Vec<_>>()
    };
    let is_at_once = selling.choices.with_untracked(|choices| choices.instalments.is_empty());
    let least = Money::new(offer.from, currency).display(locale);
    view! {
        <div class="field">
            <label class="field-label" for="field-instalments">
                {w::legend(locale)}
            </label>
            <select
                class="input"
                id="field-instalments"
                name=Choices::field("instalments")
                aria-invalid=move || problem.get().is_some().then_some("true")
                aria-describedby=move || described_by("instalments", true, problem.get().is_some())
            >
                // Without scripts a choice has changed when it is not the one that was selected.
                <option value="" selected=is_at_once>
                    {w::at_once(locale)}
                </option>
                {options}
            </select>
            <p class="field-hint" id="field-instalments-hint">
                {w::offered_from(locale, &least)}
            </p>
            <FieldProblem name="instalments" problem=problem />
        </div>
    }
    .into_any()
}
