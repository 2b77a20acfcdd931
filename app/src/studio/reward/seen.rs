//! One reward as backers see it, beside its form and before it is saved.

use domain::{
    Currency, Timestamp,
    reward::RewardView,
    studio::{Form as _, RewardForm, StudioPage},
    time::Zone,
    words::reward_option as w,
};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlFormElement};

use crate::{campaign::rewards::as_seen, locale::locale};

const NO_ID: &str = "00000000-0000-0000-0000-000000000000";

/// The form with its preview, which follows what is typed; without wasm it shows what
/// is saved.
pub fn beside(page: &StudioPage, saved: &RewardForm, form: AnyView) -> AnyView {
    let locale = locale();
    let (currency, zone, now) = (page.currency, page.zone, page.now);
    let around = NodeRef::<html::Div>::new();
    let shown = RwSignal::new(view_of(saved, currency, zone));
    let kept = StoredValue::new(saved.clone());
    let read = move |_| {
        let form = around.get_untracked().and_then(|it| it.query_selector("form").ok().flatten());
        if let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            shown.set(view_of(&typed(&form, kept.get_value()), currency, zone));
        }
    };
    view! {
        <div class="studio-beside" node_ref=around on:input=read>
            {form}
            <section class="section" aria-labelledby="as-backers-see">
                <h2 id="as-backers-see">{w::as_backers_see(locale)}</h2>
                <p class="quiet">{w::as_backers_see_text(locale)}</p>
                <div class="rewards">{move || card(shown.get(), now)}</div>
            </section>
        </div>
    }
    .into_any()
}

fn card(view: Option<RewardView>, now: Timestamp) -> AnyView {
    match view {
        Some(view) => as_seen(view, now),
        None => view! { <p class="quiet">{w::not_yet_one(locale())}</p> }.into_any(),
    }
}

/// The reward that a form describes, once it can be read.
fn view_of(form: &RewardForm, currency: Currency, zone: Zone) -> Option<RewardView> {
    // A new one has no id yet, and a card that leads nowhere needs none.
    let id = form.id.parse().or_else(|_| NO_ID.parse()).ok()?;
    form.parse(currency, zone).ok().map(|draft| draft.view(id, currency))
}

/// What stands in the form's fields now.
fn typed(form: &HtmlFormElement, mut kept: RewardForm) -> RewardForm {
    let Ok(fields) = FormData::new_with_form(form) else { return kept };
    for (name, value) in kept.fields() {
        *value = fields.get(&format!("form[{name}]")).as_string().unwrap_or_default();
    }
    kept
}
