//! Whether what is typed has arrived: what waits, what is on its way, and what the
//! page says of it.

use std::time::Duration;

use domain::story::{frame::Person, merge::merge};
use leptos::prelude::*;
use web_sys::WebSocket;

use super::keep::{Kept, Shelf};

/// How long the first try to connect again waits, and any one at most.
const SHORTEST_WAIT: Duration = Duration::from_millis(400);
const LONGEST_WAIT: Duration = Duration::from_secs(15);
/// How long the first try waits after the right to write was lost: it may come back,
/// but hardly at once.
const WAIT_FOR_RIGHT: Duration = Duration::from_secs(4);
/// So many edits wait each for itself before they become one.
const MOST_APART: usize = 32;

/// What the page says of the connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Everything is on the server's disk.
    Saved,
    /// Something is on its way.
    Saving,
    /// There is no connection; so many changes wait, and whether the browser keeps
    /// them should the tab be closed.
    Offline { changes: u32, is_kept: bool },
    /// Nothing can be typed until the right to comes back, and why.
    Closed(String),
}

/// The connection of one open editor.
#[derive(Clone, Copy)]
pub struct Line {
    pub(super) inner: StoredValue<Inner, LocalStorage>,
    pub state: RwSignal<State>,
    /// Who else is here.
    pub people: RwSignal<Vec<Person>>,
    /// The newest published version that was told.
    pub version: RwSignal<i64>,
    /// What the server did not take, with the text as it stood, to be copied.
    pub refused: RwSignal<Option<(String, String)>>,
    /// How often the right to write has come back.
    pub reopened: RwSignal<u32>,
}

pub(super) struct Inner {
    pub socket: Option<WebSocket>,
    /// Which of those who are here this tab is.
    pub me: Option<u32>,
    /// The server has what this tab lacked, so that edits may be sent.
    pub is_joined: bool,
    pub shelf: Option<Shelf>,
    /// Left by tabs that are closed; forgotten once the server has it.
    pub left: Vec<Kept>,
    counter: u32,
    /// On its way, under the number of its answer.
    sent: Vec<(u32, Vec<u8>)>,
    waiting: Vec<Vec<u8>>,
    changes: u32,
    is_kept: bool,
    wait: Duration,
}

impl Line {
    /// Not yet connected.
    #[must_use]
    pub fn new(version: i64, closed: Option<String>) -> Self {
        let inner = Inner {
            socket: None,
            me: None,
            is_joined: false,
            shelf: None,
            left: Vec::new(),
            counter: 0,
            sent: Vec::new(),
            waiting: Vec::new(),
            changes: 0,
            is_kept: true,
            wait: SHORTEST_WAIT,
        };
        Self {
            inner: StoredValue::new_local(inner),
            state: RwSignal::new(closed.map_or(State::Saved, State::Closed)),
            people: RwSignal::new(Vec::new()),
            version: RwSignal::new(version),
            refused: RwSignal::new(None),
            reopened: RwSignal::new(0),
        }
    }

    /// Whether nothing can be typed; followed.
    #[must_use]
    pub fn is_closed(self) -> bool {
        self.state.with(|state| matches!(state, State::Closed(_)))
    }

    /// Takes an edit that is to be sent. A pause before it made it another change
    /// than the one before.
    pub fn take(self, update: Vec<u8>, is_new: bool) {
        self.inner.update_value(|inner| {
            inner.waiting.push(update);
            if inner.waiting.len() > MOST_APART {
                inner.waiting = vec![merge(&inner.waiting)];
            }
            if is_new || inner.changes == 0 {
                inner.changes += 1;
            }
            inner.keep();
        });
        self.say();
    }

    /// Everything that waits, as one update under a new number. `None` when nothing
    /// waits or nothing can be sent.
    pub(super) fn next(self) -> Option<(u32, Vec<u8>)> {
        self.inner.try_update_value(|inner| {
            if !inner.is_joined || inner.waiting.is_empty() {
                return None;
            }
            let update = merge(&std::mem::take(&mut inner.waiting));
            inner.counter = inner.counter.wrapping_add(1);
            inner.sent.push((inner.counter, update.clone()));
            Some((inner.counter, update))
        })?
    }

    /// The server has what this tab lacked. What was on its way when the connection
    /// ended is sent once more: twice is as good as once.
    pub(super) fn joined(self) {
        self.inner.update_value(|inner| {
            inner.is_joined = true;
            inner.wait = SHORTEST_WAIT;
            let sent = std::mem::take(&mut inner.sent);
            let sent = sent.into_iter().map(|(_, update)| update);
            let waiting = std::mem::take(&mut inner.waiting);
            let left = inner.left.iter().map(|kept| kept.update.clone());
            inner.waiting = left.chain(sent).chain(waiting).collect();
        });
        // Only who may write is let in that far.
        if self.state.with_untracked(|state| matches!(state, State::Closed(_))) {
            self.state.set(State::Saved);
            self.reopened.update(|reopened| *reopened += 1);
        }
        self.say();
    }

    /// The server has it for good.
    pub(super) fn saved(self, number: u32) {
        self.inner.update_value(|inner| {
            inner.sent.retain(|(sent, _)| *sent != number);
            if inner.sent.is_empty() && inner.waiting.is_empty() {
                inner.changes = 0;
                for kept in std::mem::take(&mut inner.left) {
                    kept.clear();
                }
            }
            inner.keep();
        });
        self.say();
    }

    /// The connection is gone. Returns how long to wait before the next try.
    pub(super) fn lost(self) -> Duration {
        let wait = self.inner.try_update_value(|inner| {
            inner.socket = None;
            inner.is_joined = false;
            let wait = inner.wait;
            inner.wait = (wait * 2).min(LONGEST_WAIT);
            wait
        });
        self.people.set(Vec::new());
        self.say();
        wait.unwrap_or(LONGEST_WAIT)
    }

    /// The network is back: no reason to wait.
    pub(super) fn hurry(self) {
        self.inner.update_value(|inner| inner.wait = SHORTEST_WAIT);
    }

    /// Forgets what was not taken.
    pub(super) fn forget(self) {
        self.inner.update_value(|inner| {
            inner.sent.clear();
            inner.waiting.clear();
            inner.changes = 0;
            for kept in std::mem::take(&mut inner.left) {
                kept.clear();
            }
            inner.keep();
        });
    }

    /// Nothing can be typed from now on. What waits is kept, and sent should the right
    /// come back.
    pub(super) fn close(self, why: String) {
        self.inner.update_value(|inner| inner.wait = inner.wait.max(WAIT_FOR_RIGHT));
        self.state.set(State::Closed(why));
    }

    /// What tabs before this one have left, counted among what waits.
    pub(super) fn shelve(self, shelf: Shelf) -> Vec<Vec<u8>> {
        let left = shelf.left();
        let updates = left.iter().map(|kept| kept.update.clone()).collect();
        self.inner.update_value(|inner| {
            inner.changes += left.iter().map(|kept| kept.changes).sum::<u32>();
            inner.left = left;
            inner.shelf = Some(shelf);
        });
        updates
    }

    /// Whether something would be lost if the tab were closed now.
    #[must_use]
    pub fn would_lose(self) -> bool {
        self.inner.with_value(|inner| {
            let waits = !inner.sent.is_empty() || !inner.waiting.is_empty();
            waits && !inner.is_kept
        })
    }

    fn say(self) {
        if self.state.with_untracked(|state| matches!(state, State::Closed(_))) {
            return;
        }
        let state = self.inner.with_value(|inner| match inner {
            inner if !inner.is_joined => {
                State::Offline { changes: inner.changes, is_kept: inner.is_kept }
            }
            inner if inner.sent.is_empty() && inner.waiting.is_empty() => State::Saved,
            _ => State::Saving,
        });
        if self.state.with_untracked(|shown| *shown != state) {
            self.state.set(state);
        }
    }
}

impl Inner {
    /// What waits is kept with each change: nothing tells when a tab is closed.
    fn keep(&mut self) {
        let Some(shelf) = &self.shelf else { return };
        let sent = self.sent.iter().map(|(_, update)| update);
        let updates: Vec<Vec<u8>> = sent.chain(&self.waiting).cloned().collect();
        self.is_kept = if updates.is_empty() {
            shelf.clear();
            true
        } else {
            shelf.keep(self.changes, &merge(&updates))
        };
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::{GetUntracked as _, Owner};

    use super::{Line, State, WAIT_FOR_RIGHT};

    #[test]
    fn a_right_that_comes_back_sends_what_was_written_when_it_was_lost() {
        let owner = Owner::new();
        owner.with(|| {
            let line = Line::new(0, None);
            line.joined();
            line.take(vec![0, 0], false);
            let sent = line.next().expect("a change");
            line.close("You may no longer edit this page.".to_owned());
            assert!(line.lost() >= WAIT_FOR_RIGHT, "nobody is asked all the time");
            assert!(line.is_closed());
            assert_eq!(line.next(), None, "nothing goes out without a line");

            line.joined();
            assert!(!line.is_closed());
            assert_eq!(line.reopened.get_untracked(), 1);
            let again = line.next().expect("the same change");
            assert_eq!(again.1, sent.1);
            line.saved(again.0);
            assert_eq!(line.state.get_untracked(), State::Saved);
        });
    }
}
