//! What an open editor works with: the document, and what the page shows of it.
//!
//! A browser changes the text of an editable element itself, and what changed is
//! written into the document; everything else is written first and drawn then. So
//! a keystroke touches one element, however long the story.

use std::{collections::BTreeMap, time::Duration};

use domain::{
    Locale,
    story::{
        BlockId, Kind, Mark, Place, QuestionId, Runs,
        document::{Changed, Document},
    },
};
use leptos::prelude::*;

use super::{
    change::{self, Splice},
    dom, draw,
    line::Line,
    link,
    place::{Caret, copied, element, place_of, put},
    upload::Way,
};

/// Edits closer than this belong together.
const PAUSE: Duration = Duration::from_millis(600);

/// Copied into every part of the editor.
#[derive(Clone, Copy)]
pub struct Desk {
    document: StoredValue<Document, LocalStorage>,
    /// Each text as its element shows it, where that was asked for.
    shown: StoredValue<BTreeMap<Place, Runs>, LocalStorage>,
    /// The text in which letters are being composed: it is not drawn meanwhile.
    composing: StoredValue<Option<Place>, LocalStorage>,
    kinds: StoredValue<BTreeMap<BlockId, RwSignal<Kind>>, LocalStorage>,
    /// Runs out a moment after the last edit.
    since: StoredValue<Option<TimeoutHandle>, LocalStorage>,
    /// How far files have come that were sent to a block, by where they were sent. A
    /// block is drawn after what is dropped on the page is sent, and anew when it has come.
    pub ways: StoredValue<BTreeMap<(BlockId, &'static str), Way>>,
    pub line: Line,
    pub order: RwSignal<Vec<BlockId>>,
    pub questions: RwSignal<Vec<QuestionId>>,
    /// Whether there is something to undo, and to redo.
    pub undo: RwSignal<(bool, bool)>,
    /// Counts what is drawn anew, for what is laid over the page.
    pub drawn: RwSignal<u32>,
    /// What a screen reader says next.
    pub told: RwSignal<String>,
    /// The page as visitors see it, for a moment.
    pub is_preview: RwSignal<bool>,
    pub locale: Locale,
}

impl Desk {
    /// Around a document. It lives as long as the component that calls this.
    #[must_use]
    pub fn new(document: Document, line: Line, locale: Locale) -> Self {
        let order = RwSignal::new(document.order());
        let questions = RwSignal::new(document.questions());
        Self {
            document: StoredValue::new_local(document),
            shown: StoredValue::new_local(BTreeMap::new()),
            composing: StoredValue::new_local(None),
            kinds: StoredValue::new_local(BTreeMap::new()),
            since: StoredValue::new_local(None),
            ways: StoredValue::new(BTreeMap::new()),
            line,
            order,
            questions,
            undo: RwSignal::new((false, false)),
            drawn: RwSignal::new(0),
            told: RwSignal::new(String::new()),
            is_preview: RwSignal::new(false),
            locale,
        }
    }

    /// Whether anything may be typed.
    #[must_use]
    pub fn is_open(self) -> bool {
        !self.is_preview.get() && !self.line.is_closed()
    }

    /// Reads something of the document.
    pub fn with<T>(self, read: impl FnOnce(&Document) -> T) -> T {
        self.document.with_value(read)
    }

    /// The kind of a block, followed.
    #[must_use]
    pub fn kind(self, block: BlockId) -> RwSignal<Kind> {
        let known = self.kinds.with_value(|kinds| kinds.get(&block).copied());
        known.unwrap_or_else(|| {
            let signal = RwSignal::new(self.kind_now(block));
            self.kinds.update_value(|kinds| _ = kinds.insert(block, signal));
            signal
        })
    }

    /// The kind of a block at this moment.
    #[must_use]
    pub fn kind_now(self, block: BlockId) -> Kind {
        self.with(|document| document.block(block)).map_or(Kind::Text, |block| block.kind)
    }

    /// The text of a place; empty where there is none.
    #[must_use]
    pub fn text(self, place: Place) -> Runs {
        self.with(|document| document.text(place)).unwrap_or_default()
    }

    /// What the element of a text shows at first.
    #[must_use]
    pub fn first(self, place: Place) -> String {
        let text = self.text(place);
        let html = draw::inside(&text, self.kind_of(place).as_ref());
        self.shown.update_value(|shown| _ = shown.insert(place, text));
        html
    }

    fn kind_of(self, place: Place) -> Option<Kind> {
        match place {
            Place::Block(block) => Some(self.kind_now(block)),
            _ => None,
        }
    }

    /// Changes the document; what changed is on its way then. Nothing is drawn.
    pub fn write<T>(self, edit: impl FnOnce(&mut Document) -> T) -> Option<T> {
        let done = self.document.try_update_value(edit)?;
        self.sent();
        Some(done)
    }

    /// Ends what one step of undo takes back.
    pub fn rest(self) {
        self.document.try_update_value(Document::rest);
    }

    /// Changes the document by itself, draws what changed, and puts the caret where it goes on.
    pub fn change(self, caret: Option<Caret>, edit: impl FnOnce(&mut Document) -> Changed) {
        self.rest();
        let Some(changed) = self.write(edit) else { return };
        self.rest();
        self.follow(&changed);
        if let Some(caret) = caret {
            self.go(caret);
        }
    }

    /// Begins anew, with what the server has: what stood here was not taken, and is
    /// there to be copied.
    pub fn refuse(self, sentence: String) {
        let text = self.with(|document| copied(&document.page()));
        self.line.forget();
        self.document.set_value(super::new_document());
        self.order.set(Vec::new());
        self.line.refused.set(Some((sentence, text)));
    }

    fn sent(self) {
        let update = self.document.try_update_value(Document::take_local).flatten();
        if let Some(update) = update {
            // A pause ends what one step of undo takes back, and what counts as one change.
            let is_new = self.since.try_update_value(Option::take).flatten().is_none_or(|timer| {
                timer.clear();
                false
            });
            self.line.take(update, is_new);
            link::send_soon(self);
            let rest = move || {
                self.since.try_set_value(None);
                self.document.try_update_value(Document::rest);
            };
            self.since.set_value(set_timeout_with_handle(rest, PAUSE).ok());
        }
        let undo = self.with(|document| (document.can_undo(), document.can_redo()));
        if self.undo.get_untracked() != undo {
            self.undo.set(undo);
        }
        self.drawn.update(|drawn| *drawn += 1);
    }

    /// Writes what was typed into an element. Returns what it was.
    pub fn typed(self, place: Place) -> Option<Splice> {
        if self.composing.get_value() == Some(place) {
            return None;
        }
        let element = element(place)?;
        let now = dom::read(&element);
        let caret = dom::selection(&element).map(|(_, head)| head);
        let before = self.shown.with_value(|shown| shown.get(&place).cloned())?;
        let splice = change::between(&before, &now, caret)?;
        // While letters were composed, others may have changed the same text.
        let kept = self.text(place);
        let moved = match change::between(&before, &kept, None) {
            Some(other) => splice.clone().after(&other),
            None => splice.clone(),
        };
        let is_moved = kept != before;
        self.shown.update_value(|shown| _ = shown.insert(place, now.clone()));
        self.write(|document| document.splice(place, moved.at, moved.delete, &moved.insert));
        let parts = element.query_selector_all(draw::PARTS).map_or(0, |parts| parts.length());
        let kind = self.kind_of(place);
        if is_moved || !draw::is_whole(&now, kind.as_ref(), parts) {
            let at = moved.at + moved.insert.length();
            self.draw(place);
            dom::select(&element, at, at);
        }
        Some(splice)
    }

    /// Letters begin to be composed, or are.
    pub fn compose(self, place: Option<Place>) {
        let was = self.composing.try_update_value(|now| std::mem::replace(now, place)).flatten();
        if let (Some(was), None) = (was, place)
            && self.typed(was).is_none()
        {
            // Nothing came of it, but others may have written meanwhile.
            self.draw(was);
        }
    }

    /// Whether letters are being composed anywhere.
    #[must_use]
    pub fn is_composing(self) -> bool {
        self.composing.with_value(Option::is_some)
    }

    /// Replaces a part of a text, and puts the caret behind it.
    pub fn splice(self, place: Place, at: u32, delete: u32, insert: &Runs) {
        let head = at + insert.length();
        self.write(|document| document.splice(place, at, delete, insert));
        self.draw(place);
        self.go(Caret { place, anchor: head, head });
    }

    /// Gives the selection a mark, or takes it where all of it has it.
    pub fn mark(self, caret: Caret, mark: &Mark, on: bool) {
        let (from, to) = caret.ends();
        self.write(|document| document.mark(caret.place, from, to - from, mark, on));
        self.draw(caret.place);
        self.go(caret);
    }

    /// Takes the last own change back, or makes it again.
    pub fn step(self, is_undo: bool) {
        let caret = self.caret();
        let step = |document: &mut Document| match is_undo {
            true => document.undo(),
            false => document.redo(),
        };
        let Some(Some(changed)) = self.write(step) else { return };
        self.follow(&changed);
        if let Some(caret) = caret {
            self.go(caret);
        }
    }

    /// Takes in what somebody else wrote. `false` when it is no update.
    pub fn absorb(self, update: &[u8]) -> bool {
        let here = self.caret();
        if let Some(here) = here {
            self.typed(here.place);
        }
        // A caret is held by the letters beside it, not by its number.
        let held = here.and_then(|here| {
            let stick = |at| self.with(|document| document.stick(here.place, at));
            Some((here, stick(here.anchor)?, stick(here.head)?))
        });
        let Some(Ok(changed)) = self.document.try_update_value(|document| document.apply(update))
        else {
            return false;
        };
        self.follow(&changed);
        if let Some((here, anchor, head)) = held
            && changed.places.contains(&here.place)
            && !self.is_composing()
        {
            let find = |held: &[u8]| self.with(|document| document.unstick(held));
            let anchor = find(&anchor).map_or(here.anchor, |(_, at)| at);
            let head = find(&head).map_or(here.head, |(_, at)| at);
            self.go(Caret { anchor, head, ..here });
        }
        self.drawn.update(|drawn| *drawn += 1);
        true
    }

    /// Draws what changed, and nothing else.
    pub fn follow(self, changed: &Changed) {
        for block in &changed.blocks {
            let signal = self.kinds.with_value(|kinds| kinds.get(block).copied());
            if let Some(signal) = signal {
                let kind = self.kind_now(*block);
                if signal.with_untracked(|shown| *shown != kind) {
                    signal.set(kind);
                }
            }
        }
        if changed.order {
            self.order.set(self.with(Document::order));
        }
        if changed.questions {
            self.questions.set(self.with(Document::questions));
        }
        for place in &changed.places {
            self.draw(*place);
        }
    }

    /// Draws one text, unless letters are being composed in it.
    pub fn draw(self, place: Place) {
        if self.composing.get_value() == Some(place) {
            return;
        }
        let Some(element) = element(place) else { return };
        let text = self.text(place);
        element.set_inner_html(&draw::inside(&text, self.kind_of(place).as_ref()));
        self.shown.update_value(|shown| _ = shown.insert(place, text));
    }

    /// The selection, where it is in one of the page's texts.
    #[must_use]
    pub fn caret(self) -> Option<Caret> {
        let element = document().active_element()?;
        let place = place_of(&element)?;
        let (anchor, head) = dom::selection(&element)?;
        Some(Caret { place, anchor, head })
    }

    /// Moves the keyboard there, now or once it is drawn.
    pub fn go(self, caret: Caret) {
        let is_there = put(caret);
        leptos::task::spawn_local(async move {
            leptos::task::tick().await;
            // A block of another kind is another element, which is drawn only now.
            let is_kept = is_there && element(caret.place) == document().active_element();
            if !is_kept && !put(caret) {
                request_animation_frame(move || _ = put(caret));
            }
        });
    }
}
