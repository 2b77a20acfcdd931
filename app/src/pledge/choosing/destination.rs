//! Where the chosen things travel to.

use domain::{
    Country,
    pledge::{CheckoutPage, Choices},
    reward::{RewardView, Shipping},
    words::pledge as w,
};
use leptos::prelude::*;

use crate::{
    locale::locale,
    pledge::selling::Selling,
    ui::{FieldProblem, described_by},
};

/// The countries, those that are served first. It is hidden when nothing that
/// was chosen travels, but keeps its choice for when something does again.
#[component]
pub fn Destination(selling: Selling) -> impl IntoView {
    let locale = locale();
    let problem = selling.problem("country".to_owned());
    let is_needed = Memo::new(move |_| {
        selling.page.with(|page| selling.choices.with(|choices| needs_destination(page, choices)))
    });
    let groups = Memo::new(move |_| {
        selling.page.with(|page| selling.choices.with(|choices| by_service(page, choices)))
    });
    let options = move || {
        let (served, others) = groups.get();
        let chosen = selling.choices.with_untracked(|choices| choices.country.clone());
        let options = |countries: Vec<(String, String)>| {
            countries
                .into_iter()
                .map(|(code, name)| {
                    let selected = code == chosen;
                    view! { <option value=code selected=selected>{name}</option> }
                })
                .collect::<Vec<_>>()
        };
        if others.is_empty() {
            return options(served).into_any();
        }
        view! {
            <optgroup label=w::country_served(locale)>{options(served)}</optgroup>
            <optgroup label=w::country_not_served(locale)>{options(others)}</optgroup>
        }
        .into_any()
    };
    // An address may name a country that there is not.
    let is_unknown = selling.page.with_untracked(|page| {
        selling.choices.with_untracked(|choices| {
            page.countries.iter().all(|(code, _)| *code != choices.country)
        })
    });
    view! {
        <div hidden=move || !is_needed.get() && problem.get().is_none()>
            <div class="field">
                <label class="field-label" for="field-country">
                    {w::country(locale)}
                </label>
                <select
                    class="input"
                    id="field-country"
                    name=Choices::field("country")
                    autocomplete="country"
                    aria-invalid=move || problem.get().is_some().then_some("true")
                    aria-describedby=move || described_by("country", true, problem.get().is_some())
                >
                    <option value="" selected=is_unknown>
                        {w::country_choose(locale)}
                    </option>
                    {options}
                </select>
                <p class="field-hint" id="field-country-hint">
                    {w::country_hint(locale)}
                </p>
                <FieldProblem name="country" problem=problem />
            </div>
        </div>
    }
    .into_any()
}

/// Before anything is chosen, whatever might be; then what was.
fn needs_destination(page: &CheckoutPage, choices: &Choices) -> bool {
    let is_open =
        choices.reward.is_empty() && choices.add_ons.is_empty() && choices.bonus.is_empty();
    travelling(page, choices, is_open).next().is_some()
}

fn travelling<'a>(
    page: &'a CheckoutPage,
    choices: &'a Choices,
    any: bool,
) -> impl Iterator<Item = &'a RewardView> {
    page.rewards.iter().filter(move |reward| {
        let id = reward.id.to_string();
        let is_chosen = any || choices.reward == id || choices.add_ons.contains_key(&id);
        is_chosen && reward.shipping.needs_destination()
    })
}

/// Code and name of a country.
type Named = (String, String);

/// The countries that everything chosen travels to, and the others as far as
/// anything on offer does.
fn by_service(page: &CheckoutPage, choices: &Choices) -> (Vec<Named>, Vec<Named>) {
    let chosen: Vec<&Shipping> =
        travelling(page, choices, false).map(|reward| &reward.shipping).collect();
    let offered: Vec<&Shipping> =
        travelling(page, choices, true).map(|reward| &reward.shipping).collect();
    let serves = |shipping: &&&Shipping, code: &str| shipping.cost(Country::parse(code)).is_ok();
    let (served, others): (Vec<Named>, Vec<Named>) = page
        .countries
        .iter()
        .cloned()
        .partition(|(code, _)| chosen.iter().all(|shipping| serves(&shipping, code)));
    let keep = |named: &Named| {
        named.0 == choices.country || offered.iter().any(|shipping| serves(&shipping, &named.0))
    };
    // With nothing chosen everything is served as far as anything is.
    let served = served.into_iter().filter(keep).collect();
    (served, others.into_iter().filter(keep).collect())
}
