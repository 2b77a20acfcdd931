//! One block of the story as it is edited: the element that visitors get, with the
//! text in it editable, and a handle beside it.

use domain::{
    Locale,
    media::Recording,
    story::{
        Block, BlockId, Kind, LONGEST_ADDRESS, Link, Part, Place, Runs, html, view::RewardLine,
    },
    words::{edit as w, edit_media as m},
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use super::{captions, describe, desk::Desk, keys::changed, menu::Menu, place, upload};

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
        Kind::Image { picture, alt } => view! {
            {drawn(around, id, kind)}
            {caption(around, place)}
            <div class="edit-fields">
                {picture.is_some().then(|| describe::picture(around, id, alt))}
                {upload::button(around, id)}
            </div>
        }
        .into_any(),
        Kind::Gallery { pictures } => view! {
            {drawn(around, id, kind)}
            {caption(around, place)}
            <div class="edit-fields">
                {(!pictures.is_empty()).then(|| describe::gallery(around, id, pictures))}
                {upload::button(around, id)}
            </div>
        }
        .into_any(),
        Kind::Video { address } => {
            let (label, hint) = (w::video_address(locale).to_owned(), w::video_hint(locale));
            let key = format!("{id}-film");
            let line = field(around, key, label, hint, (address.clone(), false), move |typed| {
                let address = film_address(&typed, locale)?;
                set(around.desk, id, &Kind::Video { address });
                Ok(())
            });
            view! {
                {drawn(around, id, kind)}
                {caption(around, place)}
                <div class="edit-fields">{line}</div>
            }
            .into_any()
        }
        Kind::Recording { file, captions: kept, .. } => {
            // Only a film shows what is said in it.
            let is_film = |one: &Recording| Some(one.id.uuid()) == *file && one.kind.is_film();
            let has_film =
                around.shown.with_untracked(|shown| shown.recordings.iter().any(is_film));
            let film = file.filter(|_| has_film);
            view! {
                {drawn(around, id, kind)}
                {caption(around, place)}
                <div class="edit-fields">
                    {upload::recording(around, id)}
                    {film.map(|film| captions::captions(around, id, film, *kept))}
                </div>
            }
            .into_any()
        }
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

/// A line of text beside a block, written when it is left. Where that is refused, what
/// was typed stays, with the reason below it. `key` tells it from every other field.
pub fn field(
    around: Around,
    key: String,
    label: String,
    hint: &'static str,
    (value, is_off): (String, bool),
    write: impl Fn(String) -> Result<(), String> + 'static,
) -> AnyView {
    let problem = RwSignal::new(None::<String>);
    let value = held(&key).unwrap_or(value);
    view! {
        <label class="field">
            <span class="field-label">{label}</span>
            <input
                class="input"
                data-field=key
                prop:value=value
                aria-invalid=move || problem.with(Option::is_some).then_some("true")
                disabled=move || is_off || !around.is_free(Part::Story)
                on:change=move |event| {
                    let written = write(event_target_value(&event).trim().to_owned());
                    // What was written is drawn with a field of its own.
                    problem.try_set(written.err());
                }
            />
            <small class="field-hint">{hint}</small>
        </label>
        {move || {
            problem
                .get()
                .map(|problem| {
                    view! {
                        <p class="field-problem" role="alert">
                            {problem}
                        </p>
                    }
                })
        }}
    }
    .into_any()
}

/// What is being typed into a field while it is drawn anew, as when another picture of
/// its gallery has come.
fn held(key: &str) -> Option<String> {
    let field = document().active_element()?.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    (field.get_attribute("data-field").as_deref() == Some(key)).then(|| field.value())
}

/// Reads the address of a film; nothing typed is none.
fn film_address(typed: &str, locale: Locale) -> Result<String, String> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    if typed.len() > LONGEST_ADDRESS {
        return Err(m::address_long(locale, &LONGEST_ADDRESS));
    }
    let link = Link::parse(typed).filter(|link| {
        // A link may also lead to a place of this site or a mailbox; no film is there.
        let start = link.as_str().get(..8).unwrap_or_default().to_ascii_lowercase();
        start == "https://" || start.starts_with("http://")
    });
    link.map(String::from).ok_or_else(|| m::no_address(locale).to_owned())
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
