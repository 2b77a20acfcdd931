//! Blocks dragged by their handles, and pictures dropped into the story.

use domain::story::BlockId;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{DragEvent, Element, HtmlElement};

use super::{
    block::{Around, block_of},
    desk::Desk,
    keys::changed,
    paste::pictures,
    upload,
};

/// What is being dragged.
#[derive(Clone, Copy)]
pub struct Drag {
    desk: Desk,
    block: StoredValue<Option<BlockId>>,
}

impl Drag {
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk, block: StoredValue::new(None) }
    }

    /// A handle is taken.
    pub fn begin(self, event: &DragEvent) {
        let Some(target) = target(event) else { return };
        if target.closest(".edit-handle").ok().flatten().is_none() {
            return;
        }
        let Some((id, whole)) = block_of(&target) else { return };
        self.block.set_value(Some(id));
        if let Some(data) = event.data_transfer() {
            // Some browsers drag nothing that brings nothing along.
            let _ = data.set_data("text/plain", "");
            data.set_effect_allowed("move");
            data.set_drag_image(&whole, 0, 0);
        }
    }

    /// Something is over the page: a line shows where it would land.
    pub fn over(self, event: &DragEvent) {
        let is_block = self.block.with_value(Option::is_some);
        let has_files =
            event.data_transfer().is_some_and(|data| data.types().includes(&"Files".into(), 0));
        if !is_block && !has_files {
            return;
        }
        event.prevent_default();
        unmark();
        if let Some((_, whole, is_below)) = landing(event) {
            let _ = whole.set_attribute("data-drop", if is_below { "below" } else { "above" });
        }
    }

    /// It is let go.
    pub fn drop(self, around: Around, event: &DragEvent) {
        unmark();
        let landed = landing(event);
        let order = self.desk.order.get_untracked();
        let after = landed.and_then(|(id, _, is_below)| {
            let at = order.iter().position(|one| *one == id)?;
            if is_below { Some(id) } else { order.get(at.checked_sub(1)?).copied() }
        });
        if let Some(block) = self.block.try_update_value(Option::take).flatten() {
            event.prevent_default();
            if after != Some(block) {
                self.desk.change(None, |document| {
                    document.move_to(block, after);
                    changed([], true)
                });
            }
            return;
        }
        let files = event.data_transfer().map(|data| pictures(&data)).unwrap_or_default();
        if !files.is_empty() {
            event.prevent_default();
            upload::add(around, after, &files);
        }
    }

    /// It is over, wherever it ended.
    pub fn end(self) {
        self.block.set_value(None);
        unmark();
    }
}

/// The block under the pointer, and whether its lower half is.
fn landing(event: &DragEvent) -> Option<(BlockId, HtmlElement, bool)> {
    let (id, whole) = block_of(&target(event)?)?;
    let around = whole.get_bounding_client_rect();
    let middle = around.top() as i32 + around.height() as i32 / 2;
    let is_below = event.client_y() > middle;
    Some((id, whole, is_below))
}

fn target(event: &DragEvent) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn unmark() {
    let Ok(marked) = document().query_selector_all("[data-drop]") else { return };
    for at in 0..marked.length() {
        if let Some(element) = marked.item(at).and_then(|node| node.dyn_into::<Element>().ok()) {
            let _ = element.remove_attribute("data-drop");
        }
    }
}
