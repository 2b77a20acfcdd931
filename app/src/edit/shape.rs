//! What makes blocks, joins them and takes them away: Enter, Backspace and Delete
//! where a text ends or begins.

use domain::story::{BlockId, Kind, Place, Runs};

use leptos::prelude::GetUntracked as _;

use super::{
    keys::{Keys, changed, end, focus_text, start, step},
    place::{Caret, element},
};

impl Keys {
    /// Enter, by itself or with Shift.
    pub(super) fn enter(self, caret: Caret, is_soft: bool) -> bool {
        let (from, to) = caret.ends();
        let line = Runs::plain("\n");
        let block = match caret.place {
            Place::Title => return go(Place::Subtitle),
            Place::Subtitle => return step(end(caret.place), "arrowright"),
            Place::Question(question) => return go(Place::Answer(question)),
            Place::Risks | Place::Answer(_) => {
                self.desk.splice(caret.place, from, to - from, &line);
                return true;
            }
            Place::Block(block) => block,
        };
        let kind = self.desk.kind_now(block);
        let text = self.desk.text(caret.place);
        if kind == Kind::Table {
            self.row(caret, &text);
        } else if kind.has_lines() && from == to && is_empty_line(&text, from) {
            self.leave_list(block, &text, from);
        } else if kind.has_lines() || (is_soft && !kind.has_caption()) {
            self.desk.splice(caret.place, from, to - from, &line);
        } else {
            self.split(block, &kind, from, to);
        }
        true
    }

    fn split(self, block: BlockId, kind: &Kind, from: u32, to: u32) {
        let mut next = block;
        self.desk.change(None, |document| {
            document.splice(Place::Block(block), from, to - from, &Runs::default());
            if kind.has_caption() {
                next = document.insert(Some(block), &Kind::Text, &Runs::default());
            } else {
                next = document.split(block, from).unwrap_or(block);
            }
            changed([block, next], true)
        });
        self.desk.go(start(Place::Block(next)));
    }

    /// Enter on an empty item ends the list; what follows it becomes one of its own.
    fn leave_list(self, block: BlockId, text: &Runs, at: u32) {
        let kind = self.desk.kind_now(block);
        let length = text.length();
        let rest = text.slice(at + 1, length);
        let mut next = block;
        self.desk.change(None, |document| {
            if length == 0 {
                document.set_kind(block, &Kind::Text);
                return changed([block], false);
            }
            let from = at.saturating_sub(1);
            document.splice(Place::Block(block), from, length - from, &Runs::default());
            next = document.insert(Some(block), &Kind::Text, &Runs::default());
            if !rest.is_empty() {
                document.insert(Some(next), &kind, &rest);
            }
            changed([block, next], true)
        });
        self.desk.go(start(Place::Block(next)));
    }

    /// Enter in a table makes a row below this one, with as many cells.
    fn row(self, caret: Caret, text: &Runs) {
        let (line, _) = line_at(text, caret.head);
        let lines = text.lines();
        let end: u32 = lines.iter().take(line + 1).map(|line| line.length() + 1).sum();
        let cells = lines.first().map_or(1, |head| head.split('\t').len());
        let row = format!("\n{}", "\t".repeat(cells.saturating_sub(1)));
        self.desk.splice(caret.place, end.saturating_sub(1), 0, &Runs::plain(row));
        self.desk.go(Caret { place: caret.place, anchor: end, head: end });
    }

    /// Tab goes from cell to cell; elsewhere it leaves the text, as everywhere.
    pub(super) fn cell(self, caret: Caret, is_back: bool) -> bool {
        if !matches!(caret.place, Place::Block(block) if self.desk.kind_now(block) == Kind::Table) {
            return false;
        }
        let text: Vec<u16> = self.desk.text(caret.place).text().encode_utf16().collect();
        let is_gap = |unit: u16| unit == u16::from(b'\t') || unit == u16::from(b'\n');
        let here = caret.head as usize;
        let found = if is_back {
            let before = text[..here.min(text.len())].iter().rposition(|unit| is_gap(*unit));
            before.map(|gap| text[..gap].iter().rposition(|u| is_gap(*u)).map_or(0, |at| at + 1))
        } else {
            text.iter().skip(here).position(|unit| is_gap(*unit)).map(|at| here + at + 1)
        };
        let Some(at) = found.and_then(|at| u32::try_from(at).ok()) else { return false };
        self.desk.go(Caret { place: caret.place, anchor: at, head: at });
        true
    }

    /// Backspace at the start of a text.
    pub(super) fn rub(self, caret: Caret) -> bool {
        let Place::Block(block) = caret.place else { return false };
        let kind = self.desk.kind_now(block);
        if caret.anchor != caret.head {
            return false;
        }
        if caret.head > 0 {
            let text = self.desk.text(caret.place);
            let is_start = kind.has_lines() && line_at(&text, caret.head).1 == 0;
            let is_kept = kind == Kind::Table && (is_start || is_cell_start(&text, caret.head));
            if is_start && !is_kept {
                self.desk.splice(caret.place, caret.head - 1, 1, &Runs::default());
            }
            return is_start || is_kept;
        }
        if kind != Kind::Text && !kind.has_caption() {
            if kind != Kind::Table {
                self.desk.change(Some(caret), |document| {
                    document.set_kind(block, &Kind::Text);
                    changed([block], false)
                });
            }
            return true;
        }
        self.join(block)
    }

    /// Joins a block with the one before it, or takes away an empty one.
    fn join(self, block: BlockId) -> bool {
        let order = self.desk.order.get_untracked();
        let Some(at) = order.iter().position(|one| *one == block) else { return false };
        let Some(before) = at.checked_sub(1).and_then(|at| order.get(at)).copied() else {
            return true;
        };
        let is_empty = self.desk.text(Place::Block(block)).is_empty();
        let above = self.desk.kind_now(before);
        if is_text(&above) && !self.desk.kind_now(block).has_caption() {
            let mut caret = None;
            self.desk.change(None, |document| {
                let joined = document.join(block);
                caret = joined.map(|(block, at)| Caret {
                    place: Place::Block(block),
                    anchor: at,
                    head: at,
                });
                changed([before], true)
            });
            if let Some(caret) = caret {
                self.desk.go(caret);
            }
        } else if !above.has_text() {
            self.remove(before, None);
        } else if is_empty && self.desk.kind_now(block) == Kind::Text {
            self.remove(block, Some(end(Place::Block(before))));
        } else {
            self.desk.go(end(Place::Block(before)));
        }
        true
    }

    fn remove(self, block: BlockId, caret: Option<Caret>) {
        self.desk.change(caret, |document| {
            document.remove(block);
            changed([], true)
        });
    }

    /// Delete at the end of a text takes in the block below.
    pub(super) fn pull(self, caret: Caret) -> bool {
        let Place::Block(block) = caret.place else { return false };
        let text = self.desk.text(caret.place);
        if caret.anchor != caret.head {
            return false;
        }
        let kind = self.desk.kind_now(block);
        let is_gap = |c| c == Some('\n') || (c == Some('\t') && kind == Kind::Table);
        if caret.head < text.length() {
            let next = text.slice(caret.head, caret.head + 1).text().chars().next();
            let is_line_end = kind.has_lines() && is_gap(next);
            if is_line_end && kind != Kind::Table {
                self.desk.splice(caret.place, caret.head, 1, &Runs::default());
            }
            return is_line_end;
        }
        let order = self.desk.order.get_untracked();
        let below = order.iter().skip_while(|one| **one != block).nth(1).copied();
        match below {
            Some(below) if is_text(&kind) && is_text(&self.desk.kind_now(below)) => {
                self.join(below)
            }
            _ => false,
        }
    }
}

fn go(place: Place) -> bool {
    element(place).is_some_and(|element| {
        focus_text(&element, true);
        true
    })
}

/// Whether blocks like it can be joined.
const fn is_text(kind: &Kind) -> bool {
    kind.has_text() && !kind.has_caption() && !matches!(kind, Kind::Table)
}

/// Which line a place is in, and how far.
fn line_at(text: &Runs, at: u32) -> (usize, u32) {
    let before = text.slice(0, at);
    let lines = before.lines();
    (lines.len() - 1, lines.last().map_or(0, Runs::length))
}

fn is_empty_line(text: &Runs, at: u32) -> bool {
    let (line, inside) = line_at(text, at);
    inside == 0 && text.lines().get(line).is_some_and(Runs::is_empty)
}

fn is_cell_start(text: &Runs, at: u32) -> bool {
    text.slice(at - 1, at).text() == "\t"
}
