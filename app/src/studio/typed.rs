//! What is typed into a form of the studio and not saved yet: kept in the browser, so that
//! a tab that is closed loses nothing, and offered when the form is opened again. Who
//! somebody is stays out of it: that is personal, and browsers are shared.

use domain::words::in_place as w;
use js_sys::{Array, JSON};
use leptos::{html, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{
    Element, Event, EventInit, HtmlFormElement, HtmlInputElement, HtmlSelectElement,
    HtmlTextAreaElement, Storage,
};

use super::{editor::Desk, field::Sheet};
use crate::{
    locale::locale,
    ui::{Notice, Tone},
};

/// The functions whose forms are kept, by the end of their address.
const KEPT: [&str; 5] =
    ["save-basics", "save-funding", "save-schedule", "save-story", "save-reward"];
/// What can be typed into. A consent is given anew each time.
const CONTROLS: &str = "[name^='form[']:not([type=hidden], [name='form[confirmed]'])";

/// What was typed: each control's name, and what it held.
type Typed = Vec<(String, String)>;

/// The fields of a form, which are kept as they are typed into until they are saved.
pub fn kept(desk: Desk, sheet: Sheet, pending: Memo<bool>, fields: AnyView) -> AnyView {
    let place = NodeRef::<html::Div>::new();
    let reward = desk.reward.get_value();
    let of = StoredValue::new(desk.page.with_value(|page| format!("{}/{reward}", page.slug)));
    let form = move || {
        let place = place.try_get_untracked().flatten()?;
        Form::around(&place, &of.try_get_value()?)
    };
    let offered = RwSignal::new(None::<Typed>);
    Effect::new(move |_| {
        if place.get().is_some() {
            // The fields may be made before their form stands on the page.
            request_animation_frame(move || {
                offered.try_set(form().and_then(|form| form.left()));
            });
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is_pending = pending.get();
        let is_answered = was == Some(true) && !is_pending;
        if is_answered
            && sheet.refused.with_untracked(Option::is_none)
            && let Some(form) = form()
        {
            form.forget();
        }
        is_pending
    });
    let take_back = move |_| {
        if let (Some(form), Some(typed)) = (form(), offered.get_untracked()) {
            form.put(&typed);
            form.keep();
        }
        offered.set(None);
    };
    let throw_away = move |_| {
        if let Some(form) = form() {
            form.forget();
        }
        offered.set(None);
    };
    let offer = move || {
        let locale = locale();
        offered.with(Option::is_some).then(|| {
            view! {
                <Notice tone=Tone::Warning title=w::had_typed(locale)>
                    <div class="buttons">
                        <button class="button" type="button" on:click=take_back>
                            {w::take_back(locale)}
                        </button>
                        <button
                            class="button"
                            data-kind="quiet"
                            type="button"
                            on:click=throw_away
                        >
                            {w::throw_away(locale)}
                        </button>
                    </div>
                </Notice>
            }
            .into_any()
        })
    };
    let typed = move |_| {
        if let Some(form) = form() {
            form.keep();
        }
    };
    view! {
        {offer}
        <div class="studio-typed" node_ref=place on:input=typed>
            {fields}
        </div>
    }
    .into_any()
}

/// A form on the page, and the name under which it is kept.
struct Form {
    form: HtmlFormElement,
    name: String,
}

impl Form {
    fn around(place: &Element, of: &str) -> Option<Self> {
        let form = place.closest("form").ok()??.dyn_into::<HtmlFormElement>().ok()?;
        let action = form.get_attribute("action")?;
        let act = action.rsplit('/').next().filter(|act| KEPT.contains(act))?;
        Some(Self { name: format!("typed/{of}/{act}"), form })
    }

    /// Keeps what stands in it. A browser without room for it keeps nothing.
    fn keep(&self) {
        if let (Some(storage), Some(text)) = (storage(), write(&self.typed())) {
            let _ = storage.set_item(&self.name, &text);
        }
    }

    fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.name);
        }
    }

    /// What was left of it, unless that stands in it anyway.
    fn left(&self) -> Option<Typed> {
        let text = storage()?.get_item(&self.name).ok().flatten()?;
        let typed = read(&text).filter(|typed| *typed != self.typed());
        if typed.is_none() {
            self.forget();
        }
        typed
    }

    fn typed(&self) -> Typed {
        self.controls().iter().filter_map(held).collect()
    }

    fn put(&self, typed: &[(String, String)]) {
        let controls = self.controls();
        for control in &controls {
            fill(control, typed);
        }
        // Whatever follows what is typed follows this, too.
        let init = EventInit::new();
        init.set_bubbles(true);
        if let (Some(first), Ok(event)) =
            (controls.first(), Event::new_with_event_init_dict("input", &init))
        {
            let _ = first.dispatch_event(&event);
        }
    }

    fn controls(&self) -> Vec<Element> {
        let Ok(all) = self.form.query_selector_all(CONTROLS) else { return Vec::new() };
        let control = |at| all.item(at)?.dyn_into::<Element>().ok();
        (0..all.length()).filter_map(control).collect()
    }
}

/// What a control holds, by its name; nothing for a box that is not ticked.
fn held(control: &Element) -> Option<(String, String)> {
    let name = control.get_attribute("name")?;
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        let is_there = !is_box(input) || input.checked();
        return is_there.then(|| (name, input.value()));
    }
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
        return Some((name, area.value()));
    }
    let list = control.dyn_ref::<HtmlSelectElement>()?;
    Some((name, list.value()))
}

/// Puts what was typed into a control, unless it is locked by now.
fn fill(control: &Element, typed: &[(String, String)]) {
    let name = control.get_attribute("name").unwrap_or_default();
    let value = typed.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
    if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
        if input.disabled() || input.read_only() {
            return;
        }
        if is_box(input) {
            input.set_checked(value == Some(input.value().as_str()));
        } else if let Some(value) = value {
            input.set_value(value);
        }
        return;
    }
    let Some(value) = value else { return };
    if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>().filter(|it| !it.read_only()) {
        area.set_value(value);
    }
    if let Some(list) = control.dyn_ref::<HtmlSelectElement>().filter(|it| !it.disabled()) {
        list.set_value(value);
    }
}

fn is_box(input: &HtmlInputElement) -> bool {
    matches!(input.type_().as_str(), "radio" | "checkbox")
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn write(typed: &[(String, String)]) -> Option<String> {
    let pairs = Array::new();
    for (name, value) in typed {
        pairs.push(&Array::of2(&JsValue::from_str(name), &JsValue::from_str(value)));
    }
    JSON::stringify(&pairs).ok()?.as_string()
}

fn read(text: &str) -> Option<Typed> {
    let pairs = Array::from(&JSON::parse(text).ok()?);
    let pair = |pair: JsValue| {
        let pair = Array::from(&pair);
        Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
    };
    pairs.iter().map(pair).collect()
}
