//! What the keyboard does in a text. Typing is the browser's; what makes, joins and
//! moves blocks is done in the document first.

use domain::story::{BlockId, Kind, Mark, Place, Runs, document::Changed};
use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, InputEvent, KeyboardEvent, Node};

use super::{
    desk::Desk,
    dom,
    menu::Menu,
    place::{Caret, element, place_of},
    tools::Tools,
};

/// What listens on the whole page, so that a block brings nothing of its own.
#[derive(Clone, Copy)]
pub struct Keys {
    pub desk: Desk,
    pub menu: Menu,
    pub tools: Tools,
}

impl Keys {
    /// A key went down.
    pub fn down(self, event: &KeyboardEvent) {
        if event.is_composing() || self.desk.is_composing() {
            return;
        }
        if self.menu.key(event) {
            return event.prevent_default();
        }
        let Some(caret) = self.desk.caret() else { return };
        let is_command = event.ctrl_key() || event.meta_key();
        let is_done = match event.key().to_lowercase().as_str() {
            "z" if is_command => {
                self.desk.step(!event.shift_key());
                true
            }
            "y" if is_command => {
                self.desk.step(false);
                true
            }
            "b" if is_command => self.mark(caret, &Mark::Bold),
            "i" if is_command => self.mark(caret, &Mark::Italic),
            "e" if is_command => self.mark(caret, &Mark::Code),
            "k" if is_command => self.tools.ask_link(caret),
            "arrowup" if event.alt_key() => self.shift(caret, true),
            "arrowdown" if event.alt_key() => self.shift(caret, false),
            "enter" if !is_command => self.enter(caret, event.shift_key()),
            "backspace" if !is_command => self.rub(caret),
            "delete" if !is_command => self.pull(caret),
            "tab" => self.cell(caret, event.shift_key()),
            key if !event.shift_key() && !event.alt_key() && !is_command => step(caret, key),
            _ => false,
        };
        if is_done {
            event.prevent_default();
        }
    }

    /// The browser is about to change a text. Phones tell of Enter and Backspace only
    /// here, and menus of the browser of marks and undoing.
    pub fn before(self, event: &InputEvent) {
        if event.is_composing() {
            return;
        }
        let Some(caret) = self.desk.caret() else { return };
        let is_done = match event.input_type().as_str() {
            "insertParagraph" => self.enter(caret, false),
            "insertLineBreak" => self.enter(caret, true),
            "deleteContentBackward" => self.rub(caret),
            "deleteContentForward" => self.pull(caret),
            "historyUndo" | "historyRedo" => {
                self.desk.step(event.input_type() == "historyUndo");
                true
            }
            "insertFromDrop" => true,
            kind => kind.starts_with("format"),
        };
        if is_done {
            event.prevent_default();
        }
    }

    /// The browser changed a text.
    pub fn input(self, event: &ev::Event) {
        let Some(place) = target(event).as_ref().and_then(place_of) else { return };
        let Some(splice) = self.desk.typed(place) else { return };
        self.menu.follow(place);
        if let (Place::Block(block), typed) = (place, splice.insert.text())
            && (typed == " " || typed == "-" || typed == "/")
        {
            self.shorten(block, splice.at + 1, &typed);
        }
    }

    /// Letters begin to be composed, or are.
    pub fn compose(self, event: &ev::Event, is_begun: bool) {
        let place = target(event).as_ref().and_then(place_of);
        self.desk.compose(place.filter(|_| is_begun));
    }

    fn mark(self, caret: Caret, mark: &Mark) -> bool {
        self.tools.toggle(caret, mark);
        true
    }

    /// What is written as in Markdown becomes what it stands for.
    fn shorten(self, block: BlockId, at: u32, typed: &str) {
        let place = Place::Block(block);
        let before = self.desk.text(place).slice(0, at).text();
        if typed == "/" {
            if before.len() == 1 || before.ends_with([' ', '\u{a0}', '\n']) || before == "/" {
                self.menu.open_at(place, at);
            }
            return;
        }
        if self.desk.kind_now(block) != Kind::Text {
            return;
        }
        let kind = match before.trim_end_matches([' ', '\u{a0}']) {
            "---" if typed == "-" => return self.rule(block),
            _ if typed == "-" => return,
            "##" | "#" => Kind::Heading { level: 2 },
            "###" => Kind::Heading { level: 3 },
            "-" | "*" => Kind::Bullets,
            "1." | "1)" => Kind::Numbers,
            ">" => Kind::Quote,
            _ => return,
        };
        self.desk.change(Some(start(place)), |document| {
            document.splice(place, 0, at, &Runs::default());
            document.set_kind(block, &kind);
            changed([block], false)
        });
    }

    /// Three hyphens are a rule, and the text goes on below it.
    fn rule(self, block: BlockId) {
        let mut below = block;
        self.desk.change(None, |document| {
            document.splice(Place::Block(block), 0, 3, &Runs::default());
            below = document.split(block, 0).unwrap_or(block);
            document.set_kind(block, &Kind::Divider);
            document.set_kind(below, &Kind::Text);
            changed([block, below], true)
        });
        self.desk.go(start(Place::Block(below)));
    }

    /// Moves a block up or down by one.
    pub fn shift(self, caret: Caret, is_up: bool) -> bool {
        let Place::Block(block) = caret.place else { return false };
        shift(self.desk, block, is_up);
        self.desk.go(caret);
        true
    }
}

/// Moves a block up or down by one, and says where it is.
pub fn shift(desk: Desk, block: BlockId, is_up: bool) {
    let order = desk.order.get_untracked();
    let Some(at) = order.iter().position(|one| *one == block) else { return };
    let after = match is_up {
        true if at == 0 => return,
        true => at.checked_sub(2).and_then(|at| order.get(at)),
        false if at + 1 == order.len() => return,
        false => order.get(at + 1),
    };
    let after = after.copied();
    desk.change(None, |document| {
        document.move_to(block, after);
        changed([], true)
    });
    let now = if is_up { at } else { at + 2 };
    desk.told.set(domain::words::edit::moved(desk.locale, &now, &order.len()));
}

/// What a structural change asks to be drawn.
#[must_use]
pub fn changed<const N: usize>(blocks: [BlockId; N], order: bool) -> Changed {
    let mut changed = Changed::default();
    changed.places = blocks.iter().map(|block| Place::Block(*block)).collect();
    changed.blocks = blocks.into();
    changed.order = order;
    changed
}

/// The keyboard at the start of a text.
#[must_use]
pub const fn start(place: Place) -> Caret {
    Caret { place, anchor: 0, head: 0 }
}

/// The keyboard at the end of a text.
#[must_use]
pub const fn end(place: Place) -> Caret {
    Caret { place, anchor: u32::MAX, head: u32::MAX }
}

/// Where an event happened.
#[must_use]
pub fn target(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// Arrows go on in the next text where this one ends.
pub(super) fn step(caret: Caret, key: &str) -> bool {
    let (is_back, is_line) = match key {
        "arrowup" => (true, true),
        "arrowdown" => (false, true),
        "arrowleft" => (true, false),
        "arrowright" => (false, false),
        _ => return false,
    };
    let Some(here) = element(caret.place) else { return false };
    let is_at_edge = match (is_back, is_line) {
        (_, true) => is_at_edge_line(&here, is_back),
        (true, false) => caret.head == 0,
        (false, false) => caret.head >= dom::read(&here).length(),
    };
    if !is_at_edge || caret.anchor != caret.head {
        return false;
    }
    let Ok(all) = document().query_selector_all("[data-place]") else { return false };
    let own: &Node = &here;
    let Some(at) = (0..all.length()).find(|at| all.item(*at).as_ref() == Some(own)) else {
        return false;
    };
    let next = if is_back { at.checked_sub(1) } else { Some(at + 1) };
    let next = next.and_then(|at| all.item(at)).and_then(|node| node.dyn_into::<Element>().ok());
    next.is_some_and(|next| {
        focus_text(&next, !is_back);
        true
    })
}

pub(super) fn focus_text(element: &Element, is_start: bool) {
    if let Some(element) = element.dyn_ref::<web_sys::HtmlElement>() {
        let _ = element.focus();
    }
    let at = if is_start { 0 } else { u32::MAX };
    dom::select(element, at, at);
}

/// Whether the caret is in the first or the last line as drawn.
fn is_at_edge_line(element: &Element, is_first: bool) -> bool {
    let Some(caret) = dom::caret_box() else { return true };
    let around = element.get_bounding_client_rect();
    let line = caret.height() as i32;
    match is_first {
        true => (caret.top() as i32) - (around.top() as i32) < line / 2 + 2,
        false => (around.bottom() as i32) - (caret.bottom() as i32) < line / 2 + 2,
    }
}
