//! Rewards of one kind put into another order: dragged by their handles, or moved by
//! the arrow keys on them. What is shown goes ahead of what is saved, one request at a
//! time. Without wasm there are the buttons of each row.

use std::collections::BTreeMap;

use domain::{
    Locale,
    id::RewardId,
    studio::{StudioReward, reward::order::BETWEEN},
    words::{reward_option as w, reward_order},
};
use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement, KeyboardEvent, PointerEvent};

use crate::{error::AppError, studio::act::arrange_rewards};

/// So near to an edge of the window a page scrolls along, in CSS pixels.
const EDGE: i32 = 60;
/// So far with each movement there, in CSS pixels.
const SCROLL: i32 = 12;

/// The order of one shelf. Copied into every row.
#[derive(Clone, Copy)]
pub struct Order {
    slug: StoredValue<String>,
    titles: StoredValue<BTreeMap<RewardId, String>>,
    /// As the page shows it.
    pub shown: RwSignal<Vec<RewardId>>,
    /// As the server has it, as far as this page knows.
    saved: StoredValue<Vec<RewardId>>,
    is_saving: StoredValue<bool>,
    /// What undo goes back to, the newest last.
    past: RwSignal<Vec<Vec<RewardId>>>,
    dragged: RwSignal<Option<RewardId>>,
    /// Behind how many rows it would land.
    landing: RwSignal<Option<usize>>,
    /// What a screen reader says next, and the page too.
    told: RwSignal<String>,
    /// Why the last order was not taken.
    pub refused: RwSignal<Option<AppError>>,
    locale: Locale,
}

impl Order {
    /// Of the rewards on this shelf.
    #[must_use]
    pub fn new(slug: &str, shelf: &[&StudioReward], locale: Locale) -> Self {
        let ids: Vec<RewardId> = shelf.iter().map(|reward| reward.id).collect();
        let titles = shelf.iter().map(|reward| (reward.id, reward.title.clone())).collect();
        Self {
            slug: StoredValue::new(slug.to_owned()),
            titles: StoredValue::new(titles),
            shown: RwSignal::new(ids.clone()),
            saved: StoredValue::new(ids),
            is_saving: StoredValue::new(false),
            past: RwSignal::new(Vec::new()),
            dragged: RwSignal::new(None),
            landing: RwSignal::new(None),
            told: RwSignal::new(String::new()),
            refused: RwSignal::new(None),
            locale,
        }
    }

    /// Where a reward stands, from 0 on, and how many there are; followed.
    pub fn place(self, id: RewardId) -> Memo<(usize, usize)> {
        Memo::new(move |_| self.shown.with(|all| place_in(all, id)))
    }

    /// Where a row is marked, as something would land beside it.
    pub fn mark(self, id: RewardId) -> Option<&'static str> {
        let gap = self.landing.get()?;
        self.shown.with(|all| {
            let at = all.iter().position(|one| *one == id)?;
            match gap {
                gap if gap == at => Some("above"),
                gap if gap == all.len() && at + 1 == gap => Some("below"),
                _ => None,
            }
        })
    }

    /// Whether this reward is being dragged; followed.
    pub fn is_dragged(self, id: RewardId) -> bool {
        self.dragged.get() == Some(id)
    }

    /// Puts a reward behind so many of the rows as they stand.
    fn put(self, id: RewardId, gap: usize) {
        let before = self.shown.get_untracked();
        let Some(after) = moved(&before, id, gap) else { return };
        let place = after.iter().position(|one| *one == id).unwrap_or_default() + 1;
        let title = self.titles.with_value(|titles| titles.get(&id).cloned()).unwrap_or_default();
        self.told.set(w::moved(self.locale, &title, &place, &after.len()));
        self.past.update(|past| past.push(before));
        self.shown.set(after);
        self.save();
    }

    /// Goes back to the order before the last move.
    fn undo(self) {
        let Some(before) = self.past.try_update(Vec::pop).flatten() else { return };
        self.shown.set(before);
        self.told.set(reward_order::undone(self.locale).to_owned());
        self.save();
    }

    /// Sends the order, unless one is on its way; then what is shown follows it.
    fn save(self) {
        let (before, wanted) = (self.saved.get_value(), self.shown.get_untracked());
        if before == wanted || self.is_saving.get_value() {
            return;
        }
        self.is_saving.set_value(true);
        spawn_local(async move {
            let slug = self.slug.get_value();
            let answer = arrange_rewards(slug, text(&before), text(&wanted)).await;
            // Whoever has left the page reads it anew.
            if self.is_saving.try_set_value(false).is_some() {
                return;
            }
            match answer {
                Ok(()) => {
                    self.saved.set_value(wanted);
                    self.refused.set(None);
                    self.save();
                }
                Err(why) => {
                    self.shown.set(before);
                    self.past.set(Vec::new());
                    self.told.set(String::new());
                    self.refused.set(Some(why));
                }
            }
        });
    }

    /// A key on a handle.
    fn key(self, id: RewardId, event: &KeyboardEvent) {
        let (at, count) = self.shown.with_untracked(|all| place_in(all, id));
        match event.key().as_str() {
            "ArrowUp" => self.put(id, at.saturating_sub(1)),
            "ArrowDown" => self.put(id, (at + 2).min(count)),
            "Escape" if self.dragged.get_untracked().is_some() => self.let_go(),
            "z" if event.ctrl_key() || event.meta_key() => self.undo(),
            _ => return,
        }
        event.prevent_default();
        // Rows change places in the document, and the keyboard goes along.
        let handle = handle(event).and_then(|it| it.dyn_into::<HtmlElement>().ok());
        if let Some(handle) = handle {
            request_animation_frame(move || _ = handle.focus());
        }
    }

    /// A pointer takes a handle, of a mouse or a finger.
    fn take(self, id: RewardId, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let Some(handle) = handle(event) else { return };
        // From here on the handle hears of the pointer wherever it is.
        if handle.set_pointer_capture(event.pointer_id()).is_ok() {
            self.dragged.set(Some(id));
        }
    }

    /// It moves: a line shows where the row would land.
    fn drag(self, event: &PointerEvent) {
        let Some(id) = self.dragged.get_untracked() else { return };
        let y = event.client_y();
        let gap = handle(event).and_then(|handle| gap(&handle, y));
        let gap = gap.filter(|gap| moved(&self.shown.get_untracked(), id, *gap).is_some());
        if self.landing.get_untracked() != gap {
            self.landing.set(gap);
        }
        let height = window().inner_height().ok().and_then(|height| height.as_f64());
        let height = height.map_or(i32::MAX, |height| height as i32);
        let by = match y {
            y if y < EDGE => -SCROLL,
            y if y > height - EDGE => SCROLL,
            _ => return,
        };
        window().scroll_by_with_x_and_y(0.0, f64::from(by));
    }

    /// It is let go there.
    fn drop(self) {
        let (id, gap) = (self.dragged.get_untracked(), self.landing.get_untracked());
        self.let_go();
        if let (Some(id), Some(gap)) = (id, gap) {
            self.put(id, gap);
        }
    }

    /// It is over, and nothing has moved.
    fn let_go(self) {
        self.dragged.set(None);
        self.landing.set(None);
    }
}

/// What a row is taken by.
pub fn handle_of(order: Order, id: RewardId) -> AnyView {
    let title = order.titles.with_value(|titles| titles.get(&id).cloned()).unwrap_or_default();
    view! {
        <button
            class="studio-handle"
            type="button"
            aria-label=w::drag(order.locale, &title)
            on:keydown=move |event| order.key(id, &event)
            on:pointerdown=move |event| order.take(id, &event)
            on:pointermove=move |event| order.drag(&event)
            on:pointerup=move |_| order.drop()
            on:pointercancel=move |_| order.let_go()
        >
            <svg viewBox="0 0 10 16" aria-hidden="true">
                <path d="M2 3h.01M8 3h.01M2 8h.01M8 8h.01M2 13h.01M8 13h.01" />
            </svg>
        </button>
    }
    .into_any()
}

/// What was moved where, and the way back.
pub fn news(order: Order) -> AnyView {
    let can_undo = move || order.past.with(|past| !past.is_empty());
    view! {
        <div class="studio-order-news">
            <p role="status">{order.told}</p>
            <Show when=can_undo>
                <button class="button" type="button" on:click=move |_| order.undo()>
                    {reward_order::undo(order.locale)}
                </button>
            </Show>
        </div>
    }
    .into_any()
}

/// Where one of an order stands, from 0 on, and how many there are.
fn place_in(order: &[RewardId], id: RewardId) -> (usize, usize) {
    (order.iter().position(|one| *one == id).unwrap_or_default(), order.len())
}

/// The order with one of it behind so many of the others as they stand; nothing where
/// that is the same.
fn moved(order: &[RewardId], id: RewardId, gap: usize) -> Option<Vec<RewardId>> {
    let at = order.iter().position(|one| *one == id)?;
    if gap == at || gap == at + 1 || gap > order.len() {
        return None;
    }
    let mut order = order.to_vec();
    order.remove(at);
    order.insert(if gap > at { gap - 1 } else { gap }, id);
    Some(order)
}

/// As the server reads it.
fn text(order: &[RewardId]) -> String {
    order.iter().map(RewardId::to_string).collect::<Vec<_>>().join(&BETWEEN.to_string())
}

fn handle(event: &ev::Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(".studio-handle").ok()?
}

/// Behind how many rows of the handle's list the pointer is.
fn gap(handle: &Element, y: i32) -> Option<usize> {
    let rows = handle.closest("ul").ok()??.query_selector_all(":scope > li").ok()?;
    let is_above = |at: &u32| {
        let row = rows.item(*at).and_then(|row| row.dyn_into::<Element>().ok());
        row.is_some_and(|row| {
            let around = row.get_bounding_client_rect();
            around.top() as i32 + around.height() as i32 / 2 < y
        })
    };
    Some((0..rows.length()).filter(is_above).count())
}

#[cfg(test)]
mod tests {
    use domain::id::RewardId;
    use uuid::Uuid;

    use super::moved;

    fn ids<const N: usize>(ids: [u128; N]) -> Vec<RewardId> {
        ids.map(|id| RewardId::from_uuid(Uuid::from_u128(id))).to_vec()
    }

    #[test]
    fn a_row_lands_where_the_line_is_and_the_others_keep_their_order() {
        let order = ids([1, 2, 3, 4]);
        for (id, gap, wanted) in
            [(1, 4, [2, 3, 4, 1]), (1, 2, [2, 1, 3, 4]), (4, 0, [4, 1, 2, 3]), (3, 1, [1, 3, 2, 4])]
        {
            assert_eq!(moved(&order, ids([id])[0], gap), Some(ids(wanted)), "{id} to {gap}");
        }
    }

    #[test]
    fn beside_itself_or_behind_the_end_nothing_moves() {
        let order = ids([1, 2, 3]);
        for (id, gap) in [(1, 0), (1, 1), (3, 3), (2, 2), (1, 4), (9, 0)] {
            assert_eq!(moved(&order, ids([id])[0], gap), None, "{id} to {gap}");
        }
    }
}
