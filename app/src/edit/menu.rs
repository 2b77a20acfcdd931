//! The menu of blocks: opened by `/` in a text, by a block's handle, or by the
//! button below the story.

use domain::{
    Locale,
    story::{BlockId, Kind, Place, Runs, Tone},
    words::edit as w,
};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, HtmlElement, KeyboardEvent};

use super::{
    desk::Desk,
    dom,
    keys::{changed, shift, start},
    place::element,
};

/// The one menu there is.
#[derive(Clone, Copy)]
pub struct Menu {
    desk: Desk,
    open: RwSignal<Option<Open>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Open {
    way: Way,
    filter: String,
    chosen: usize,
    /// From the editor's own corner, in pixels.
    left: i32,
    top: i32,
}

/// What it was opened by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// A slash in front of this place of a text.
    Slash(Place, u32),
    /// A block's handle.
    Handle(BlockId),
    /// The button below the story.
    Below,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    Insert(Kind),
    Turn(Kind),
    Up,
    Down,
    Remove,
}

impl Menu {
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk, open: RwSignal::new(None) }
    }

    /// Opens where a slash was typed; `at` is behind it.
    pub fn open_at(self, place: Place, at: u32) {
        let Some(text) = element(place) else { return };
        let drawn = dom::text_box(&text, at.saturating_sub(1), at);
        self.show(Way::Slash(place, at), drawn);
    }

    /// Opens beside a block's handle.
    pub fn open_handle(self, block: BlockId, handle: &web_sys::Element) {
        self.show(Way::Handle(block), Some(handle.get_bounding_client_rect()));
        self.take_keyboard();
    }

    /// Opens below the story.
    pub fn open_below(self, button: &web_sys::Element) {
        self.show(Way::Below, Some(button.get_bounding_client_rect()));
        self.take_keyboard();
    }

    /// Closes it.
    pub fn close(self) {
        if self.open.with_untracked(Option::is_some) {
            self.open.set(None);
        }
    }

    fn show(self, way: Way, drawn: Option<DomRect>) {
        let Some(drawn) = drawn else { return };
        let (left, top) = from_corner(&drawn);
        self.open.set(Some(Open { way, filter: String::new(), chosen: 0, left, top }));
    }

    /// Opened by a button it holds the keyboard itself.
    fn take_keyboard(self) {
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            if let Ok(Some(list)) = document().query_selector(".edit-menu")
                && let Ok(list) = list.dyn_into::<HtmlElement>()
            {
                let _ = list.focus();
            }
        });
    }

    /// What is typed behind the slash says what is looked for.
    pub fn follow(self, place: Place) {
        let Some(Open { way: Way::Slash(own, at), .. }) = self.open.get_untracked() else { return };
        let head = self.desk.caret().map_or(0, |caret| caret.head);
        let text = self.desk.text(place);
        let has_slash = at > 0 && text.slice(at - 1, at).text() == "/";
        if own != place || head < at || !has_slash {
            return self.close();
        }
        let filter = text.slice(at, head).text();
        self.open.update(|open| {
            if let Some(open) = open {
                open.filter = filter;
                open.chosen = 0;
            }
        });
        // Whoever goes on writing meant the sign and not the menu.
        if self.items().is_empty() {
            self.close();
        }
    }

    /// A key while it is there. `false` when it is none of its own.
    pub fn key(self, event: &KeyboardEvent) -> bool {
        if self.open.with_untracked(Option::is_none) {
            return false;
        }
        let count = self.items().len();
        let step = |by: usize| {
            self.open.update(|open| {
                if let Some(open) = open {
                    open.chosen = (open.chosen + by) % count.max(1);
                }
            });
        };
        match event.key().as_str() {
            "ArrowDown" => step(1),
            "ArrowUp" => step(count.saturating_sub(1)),
            "Enter" => self.choose(
                self.open.with_untracked(|open| open.as_ref().map_or(0, |open| open.chosen)),
            ),
            "Escape" => self.leave(),
            "Tab" => {
                self.close();
                return false;
            }
            _ => return false,
        }
        true
    }

    /// Closes it and goes back to where it was opened.
    fn leave(self) {
        let Some(open) = self.open.get_untracked() else { return };
        self.close();
        if let Way::Handle(block) = open.way {
            focus_handle(block);
        }
    }

    fn items(self) -> Vec<Item> {
        self.open
            .with_untracked(|open| open.as_ref().map_or_else(Vec::new, items_of))
            .into_iter()
            .filter(|item| {
                let locale = self.desk.locale;
                self.open.with_untracked(|open| {
                    open.as_ref().is_some_and(|open| is_wanted(item, &open.filter, locale))
                })
            })
            .collect()
    }

    fn choose(self, at: usize) {
        let Some(open) = self.open.get_untracked() else { return };
        let Some(item) = self.items().get(at).cloned() else { return };
        self.close();
        let desk = self.desk;
        match (open.way, item) {
            (Way::Slash(place, at), Item::Insert(kind)) => {
                let length = 1 + u32::try_from(open.filter.encode_utf16().count()).unwrap_or(0);
                desk.splice(place, at - 1, length, &Runs::default());
                let Place::Block(block) = place else { return };
                let is_free = desk.text(place).is_empty() && desk.kind_now(block) == Kind::Text;
                insert(desk, Some(block), &kind, is_free);
            }
            (Way::Handle(block), Item::Turn(kind)) => {
                desk.change(Some(start(Place::Block(block))), |document| {
                    document.set_kind(block, &kind);
                    changed([block], false)
                });
            }
            (Way::Handle(block), item @ (Item::Up | Item::Down)) => {
                shift(desk, block, item == Item::Up);
                focus_handle(block);
            }
            (Way::Handle(block), Item::Remove) => {
                desk.change(None, |document| {
                    document.remove(block);
                    changed([], true)
                });
                desk.told.set(w::removed(desk.locale).to_owned());
            }
            (Way::Below, Item::Insert(kind)) => {
                let last = desk.order.with_untracked(|order| order.last().copied());
                insert(desk, last, &kind, false);
            }
            _ => {}
        }
    }
}

/// Puts a new block behind another one, or makes it of that one.
pub fn insert(desk: Desk, after: Option<BlockId>, kind: &Kind, is_free: bool) {
    let mut made = after;
    desk.change(None, |document| {
        match after.filter(|_| is_free) {
            Some(block) => document.set_kind(block, kind),
            None => made = Some(document.insert(after, kind, &first_text(kind))),
        }
        let mut changes = changed([], true);
        changes.blocks.extend(made);
        changes.places.extend(made.map(Place::Block));
        changes
    });
    if let Some(block) = made {
        desk.go(start(Place::Block(block)));
    }
}

/// What a new block begins with.
fn first_text(kind: &Kind) -> Runs {
    match kind {
        Kind::Table => Runs::plain("\t\n\t"),
        _ => Runs::default(),
    }
}

/// A menu over the page, where there is one.
pub fn view(menu: Menu) -> AnyView {
    let locale = menu.desk.locale;
    let show = move |open: Open| {
        let items = menu.items();
        let chosen = open.chosen;
        let line = move |(at, item): (usize, Item)| {
            view! {
                <li
                    id=format!("edit-item-{at}")
                    role="option"
                    aria-selected=if at == chosen { "true" } else { "false" }
                    // Before the text loses the keyboard.
                    on:mousedown=move |event| {
                        event.prevent_default();
                        menu.choose(at);
                    }
                >
                    {name(&item, locale)}
                </li>
            }
        };
        view! {
            <ul
                class="edit-menu"
                role="listbox"
                tabindex="0"
                aria-label=w::menu(locale)
                aria-activedescendant=format!("edit-item-{chosen}")
                style:left=format!("{}px", open.left)
                style:top=format!("{}px", open.top)
                on:keydown=move |event| {
                    if menu.key(&event) {
                        event.prevent_default();
                        event.stop_propagation();
                    }
                }
                on:blur=move |_| menu.close()
            >
                {items.into_iter().enumerate().map(line).collect::<Vec<_>>()}
            </ul>
        }
        .into_any()
    };
    (move || menu.open.get().map(show)).into_any()
}

/// The kinds of block there are, in the order of the menu.
#[must_use]
pub fn kinds() -> Vec<Kind> {
    let mut kinds = texts();
    kinds.extend([
        Kind::Image { picture: None, alt: String::new() },
        Kind::Gallery { pictures: Vec::new() },
        Kind::Video { address: String::new() },
        Kind::Recording { file: None, poster: None, captions: None },
        Kind::Table,
        Kind::RewardCard { reward: None },
        Kind::Divider,
    ]);
    kinds
}

/// Those that one text can turn into another of.
fn texts() -> Vec<Kind> {
    let [two, three] = [2, 3].map(|level| Kind::Heading { level });
    let mut texts = vec![Kind::Text, two, three, Kind::Bullets, Kind::Numbers, Kind::Quote];
    texts.extend(Tone::ALL.map(|tone| Kind::CallOut { tone }));
    texts
}

fn items_of(open: &Open) -> Vec<Item> {
    match open.way {
        Way::Slash(..) | Way::Below => kinds().into_iter().map(Item::Insert).collect(),
        Way::Handle(_) => {
            let turns = texts().into_iter().map(Item::Turn);
            [Item::Up, Item::Down].into_iter().chain(turns).chain([Item::Remove]).collect()
        }
    }
}

fn is_wanted(item: &Item, filter: &str, locale: Locale) -> bool {
    filter.is_empty() || name(item, locale).to_lowercase().contains(&filter.to_lowercase())
}

fn name(item: &Item, locale: Locale) -> String {
    match item {
        Item::Insert(kind) => kind.name(locale).to_owned(),
        Item::Turn(kind) => w::turn(locale, &kind.name(locale)),
        Item::Up => w::up(locale).to_owned(),
        Item::Down => w::down(locale).to_owned(),
        Item::Remove => w::remove(locale).to_owned(),
    }
}

fn focus_handle(block: BlockId) {
    let handle = format!("[data-block=\"{block}\"] .edit-handle");
    if let Ok(Some(handle)) = document().query_selector(&handle)
        && let Ok(handle) = handle.dyn_into::<HtmlElement>()
    {
        let _ = handle.focus();
    }
}

/// Below something drawn in the window, counted from the editor's own corner.
#[must_use]
pub fn from_corner(drawn: &DomRect) -> (i32, i32) {
    let Ok(Some(page)) = document().query_selector(".edit") else { return (0, 0) };
    let page = page.get_bounding_client_rect();
    // Not over the right edge of a phone.
    let most = (page.width() as i32 - 240).max(0);
    let left = (drawn.left() as i32 - page.left() as i32).clamp(0, most);
    (left, drawn.bottom() as i32 - page.top() as i32 + 4)
}
