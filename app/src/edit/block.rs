//! One block of the story as it is edited: the element that visitors get, with the
//! text in it editable, and a handle beside it.

use domain::{
    Locale,
    story::{Block, BlockId, Kind, Link, Part, Place, Runs, html, view::RewardLine},
    words::edit as w,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{desk::Desk, keys::changed, menu::Menu, place, upload};

/// What blocks show that stands elsewhere.
#[derive(Clone, Copy)]
pub struct Around {
    pub desk: Desk,
    pub menu: Menu,
    pub shown: RwSignal<html::Shown>,
    pub rewards: StoredValue<Vec<RewardLine>>,
    pub slug: StoredValue<String>,
    /// Parts of the page that are locked, by the policy.
    pub locked: RwSignal<Vec<Part>>,
}

impl Around {
    /// What the attribute `contenteditable` says of a place, followed.
    pub fn editable(
        self,
        place: Place,
    ) -> impl Fn() -> &'static str + Copy + Send + Sync + 'static {
        move || if self.is_free(place.part()) { "plaintext-only" } else { "false" }
    }

    /// Whether a part of the page may be changed, followed.
    pub fn is_free(self, part: Part) -> bool {
        !self.locked.with(|locked| locked.contains(&part)) && self.desk.is_open()
    }
}

/// One block with its handle.
pub fn block(around: Around, id: BlockId) -> AnyView {
    let Around { desk, menu, .. } = around;
    let locale = desk.locale;
    let kind = desk.kind(id);
    let name = move || kind.with(|kind| w::handle(locale, &kind.name(locale)));
    view! {
        <div class="edit-block" data-block=id.to_string() data-kind=move || kind.with(Kind::key)>
            <button
                class="edit-handle"
                type="button"
                draggable="true"
                aria-haspopup="listbox"
                aria-label=name
                disabled=move || !around.is_free(Part::Story)
                on:click=move |event| {
                    let button: web_sys::Element = event_target(&event);
                    let button = button.closest("button").ok().flatten().unwrap_or(button);
                    menu.open_handle(id, &button);
                }
                on:keydown=move |event| {
                    let is_up = match event.key().as_str() {
                        "ArrowUp" => true,
                        "ArrowDown" => false,
                        _ => return,
                    };
                    if event.alt_key() {
                        event.prevent_default();
                        super::keys::shift(desk, id, is_up);
                        let button: web_sys::HtmlElement = event_target(&event);
                        let _ = button.focus();
                    }
                }
            >
                <svg viewBox="0 0 10 16" aria-hidden="true">
                    <path d="M2 3h.01M8 3h.01M2 8h.01M8 8h.01M2 13h.01M8 13h.01" />
                </svg>
            </button>
            {move || body(around, id, &kind.get())}
        </div>
    }
    .into_any()
}

fn body(around: Around, id: BlockId, kind: &Kind) -> AnyView {
    let place = Place::Block(id);
    let locale = around.desk.locale;
    let text = || text(around, place, kind.name(locale));
    match kind {
        Kind::Heading { level: 2 } => view! { <h2>{text()}</h2> }.into_any(),
        Kind::Heading { .. } => view! { <h3>{text()}</h3> }.into_any(),
        Kind::Text => view! { <p>{text()}</p> }.into_any(),
        Kind::Quote => view! { <blockquote><p>{text()}</p></blockquote> }.into_any(),
        Kind::Bullets | Kind::Numbers | Kind::Table => text(),
        Kind::CallOut { tone } => view! {
            <aside class=format!("call-out {}", tone.key())>
                <p>{text()}</p>
            </aside>
        }
        .into_any(),
        Kind::Divider => view! { <hr /> }.into_any(),
        Kind::Image { picture, alt } => {
            let alt = alt.clone();
            let picture = *picture;
            view! {
                {drawn(around, id, kind)}
                {caption(around, place)}
                <div class="edit-fields">
                    {picture
                        .is_some()
                        .then(|| {
                            field(around, w::alt(locale), w::alt_hint(locale), alt, move |alt| {
                                Some(Kind::Image { picture, alt })
                            }, id)
                        })}
                    {upload::button(around, id)}
                </div>
            }
            .into_any()
        }
        Kind::Gallery { pictures } => view! {
            {drawn(around, id, kind)}
            {caption(around, place)}
            <div class="edit-fields">
                {upload::button(around, id)}
                {(!pictures.is_empty()).then(|| takes_last_away(around, id, pictures.clone()))}
            </div>
        }
        .into_any(),
        Kind::Video { address } => {
            let address = address.clone();
            view! {
                {drawn(around, id, kind)}
                {caption(around, place)}
                <div class="edit-fields">
                    {field(
                        around,
                        w::video_address(locale),
                        w::video_hint(locale),
                        address,
                        |typed| match typed.as_str() {
                            "" => Some(Kind::Video { address: typed }),
                            typed => {
                                let link = Link::parse(typed)?;
                                Some(Kind::Video { address: link.as_str().to_owned() })
                            }
                        },
                        id,
                    )}
                </div>
            }
            .into_any()
        }
        Kind::Recording { .. } => view! {
            {drawn(around, id, kind)}
            {caption(around, place)}
            <div class="edit-fields">{upload::recording(around, id)}</div>
        }
        .into_any(),
        Kind::RewardCard { reward } => {
            let chosen = reward.map(|reward| reward.to_string()).unwrap_or_default();
            let options = around.rewards.with_value(|rewards| {
                rewards
                    .iter()
                    .map(|one| (one.id.to_string(), one.title.clone()))
                    .collect::<Vec<_>>()
            });
            let options = options.into_iter().map(|(id, title)| {
                let is_chosen = id == chosen;
                view! { <option value=id selected=is_chosen>{title}</option> }
            });
            view! {
                {drawn(around, id, kind)}
                <div class="edit-fields">
                    <label class="field">
                        <span class="field-label">{w::which_reward(locale)}</span>
                        <select
                            class="input"
                            disabled=move || !around.is_free(Part::Story)
                            on:change=move |event| {
                                let reward = event_target_value(&event).parse().ok();
                                set(around.desk, id, &Kind::RewardCard { reward });
                            }
                        >
                            <option value="">{w::choose(locale)}</option>
                            {options.collect::<Vec<_>>()}
                        </select>
                    </label>
                </div>
            }
            .into_any()
        }
    }
}

/// The editable element of a text. What it holds is for the browser and the desk.
pub fn text(around: Around, place: Place, name: &'static str) -> AnyView {
    let html = around.desk.first(place);
    let editable = around.editable(place);
    let is_line = place.is_plain();
    // A list stands inside its text's element, which no `span` may hold.
    let has_parts = matches!(place, Place::Block(id) if around.desk.kind_now(id).has_lines());
    if has_parts {
        return view! {
            <div
                class="edit-text"
                role="textbox"
                aria-multiline="true"
                aria-label=name
                spellcheck="true"
                data-place=place::name(place)
                contenteditable=editable
                inner_html=html
            ></div>
        }
        .into_any();
    }
    view! {
        <span
            class="edit-text"
            role="textbox"
            aria-multiline=if is_line { "false" } else { "true" }
            aria-label=name
            spellcheck="true"
            data-place=place::name(place)
            data-empty=name
            contenteditable=editable
            inner_html=html
        ></span>
    }
    .into_any()
}

fn caption(around: Around, place: Place) -> AnyView {
    let locale = around.desk.locale;
    view! { <p class="edit-caption">{text(around, place, w::caption(locale))}</p> }.into_any()
}

/// A block as visitors see it, without what is edited beside it.
fn drawn(around: Around, id: BlockId, kind: &Kind) -> AnyView {
    let block = Block { id, kind: kind.clone(), text: Runs::default() };
    let html = move || around.shown.with(|shown| html::block(&block, shown));
    view! { <div class="edit-drawn" inner_html=html></div> }.into_any()
}

/// A line of text beside a block, written when it is left.
fn field(
    around: Around,
    label: &'static str,
    hint: &'static str,
    value: String,
    kind: impl Fn(String) -> Option<Kind> + 'static,
    id: BlockId,
) -> AnyView {
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input
                class="input"
                prop:value=value
                disabled=move || !around.is_free(Part::Story)
                on:change=move |event| {
                    if let Some(kind) = kind(event_target_value(&event).trim().to_owned()) {
                        set(around.desk, id, &kind);
                    }
                }
            />
            <small class="field-hint">{hint}</small>
        </label>
    }
    .into_any()
}

fn takes_last_away(around: Around, id: BlockId, pictures: Vec<uuid::Uuid>) -> AnyView {
    let locale: Locale = around.desk.locale;
    view! {
        <button
            class="button"
            type="button"
            on:click=move |_| {
                let mut pictures = pictures.clone();
                pictures.pop();
                set(around.desk, id, &Kind::Gallery { pictures });
            }
        >
            {w::last_picture_away(locale)}
        </button>
    }
    .into_any()
}

/// Gives a block another kind, or its kind other values.
pub fn set(desk: Desk, id: BlockId, kind: &Kind) {
    desk.change(None, |document| {
        document.set_kind(id, kind);
        changed([id], false)
    });
}

/// The block that an element stands in.
#[must_use]
pub fn block_of(element: &web_sys::Element) -> Option<(BlockId, web_sys::HtmlElement)> {
    let around = element.closest("[data-block]").ok().flatten()?;
    let id = around.get_attribute("data-block")?.parse().ok()?;
    Some((id, around.dyn_into().ok()?))
}
