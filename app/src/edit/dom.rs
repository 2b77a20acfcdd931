//! An editable text as the browser holds it: read into runs, and its caret as a
//! number of UTF-16 units. Browsers put what they like into an editable element,
//! so whatever stands there is read, and only text and marks are kept.

use domain::story::{Link, Marks, Runs};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast as _;
use web_sys::{DomRect, Element, Node, Selection};

/// The text of an editable element.
#[must_use]
pub fn read(root: &Element) -> Runs {
    let mut walk = Walk::default();
    walk.inside(root);
    walk.runs
}

/// Where in its text a place of the tree is; `None` outside of it.
#[must_use]
pub fn offset(root: &Element, node: &Node, inside: u32) -> Option<u32> {
    let mut walk = Walk { target: Some((node.clone(), inside)), ..Walk::default() };
    walk.inside(root);
    walk.found
}

/// The selection within an editable element, from where it began to where it
/// stands.
#[must_use]
pub fn selection(root: &Element) -> Option<(u32, u32)> {
    let selection = selected()?;
    let anchor = offset(root, &selection.anchor_node()?, selection.anchor_offset())?;
    let focus = offset(root, &selection.focus_node()?, selection.focus_offset())?;
    Some((anchor, focus))
}

/// Puts the selection into an editable element.
pub fn select(root: &Element, anchor: u32, focus: u32) {
    let (Some(selection), Some(from), Some(to)) =
        (selected(), find(root, anchor), find(root, focus))
    else {
        return;
    };
    let _ = selection.set_base_and_extent(&from.0, from.1, &to.0, to.1);
}

/// The place of the tree that is so far into the text; behind the end, the end.
#[must_use]
pub fn find(root: &Element, at: u32) -> Option<(Node, u32)> {
    let mut walk = Walk { wanted: Some(at), ..Walk::default() };
    walk.inside(root);
    let end = || (root.clone().unchecked_into(), root.child_nodes().length());
    Some(walk.place.unwrap_or_else(end))
}

/// Where the caret is drawn, in the window; `None` in an empty line, of which the
/// browser knows no place.
#[must_use]
pub fn caret_box() -> Option<DomRect> {
    let selection = selected()?;
    let range = document().create_range().ok()?;
    let (node, at) = (selection.focus_node()?, selection.focus_offset());
    range.set_start(&node, at).ok()?;
    range.set_end(&node, at).ok()?;
    range.get_client_rects()?.item(0)
}

/// Where a part of a text is drawn, in the window.
#[must_use]
pub fn text_box(root: &Element, from: u32, to: u32) -> Option<DomRect> {
    let (from, to) = (find(root, from)?, find(root, to)?);
    let range = document().create_range().ok()?;
    range.set_start(&from.0, from.1).ok()?;
    range.set_end(&to.0, to.1).ok()?;
    match range.get_client_rects().and_then(|all| all.item(0)) {
        Some(drawn) => Some(drawn),
        None => Some(root.get_bounding_client_rect()),
    }
}

fn selected() -> Option<Selection> {
    window().get_selection().ok().flatten()
}

#[derive(Default)]
struct Walk {
    runs: Runs,
    length: u32,
    /// The last line break is a `<br>` with nothing behind it: the last one of a
    /// line only keeps it open.
    is_open: bool,
    /// How many lines began with an element of their own.
    lines: u32,
    target: Option<(Node, u32)>,
    found: Option<u32>,
    wanted: Option<u32>,
    place: Option<(Node, u32)>,
    /// Inside a text is the best place there is.
    is_placed: bool,
}

impl Walk {
    fn inside(&mut self, root: &Element) {
        self.children(root, &Marks::default());
        self.close();
    }

    fn children(&mut self, parent: &Node, marks: &Marks) {
        let children = parent.child_nodes();
        for at in 0..children.length() {
            self.look(parent, at);
            if let Some(child) = children.item(at) {
                self.visit(&child, parent, at, marks);
            }
        }
        self.look(parent, children.length());
    }

    fn visit(&mut self, node: &Node, parent: &Node, at: u32, marks: &Marks) {
        if node.node_type() == Node::TEXT_NODE {
            return self.text(node, marks);
        }
        let Some(element) = node.dyn_ref::<Element>() else { return };
        let mut marks = marks.clone();
        match element.tag_name().as_str() {
            "BR" => {
                self.push("\n", &marks, 1);
                self.is_open = true;
                self.offer(parent, at + 1);
                return;
            }
            "STRONG" | "B" => marks.bold = true,
            "EM" | "I" => marks.italic = true,
            "CODE" => marks.code = true,
            "A" => marks.link = element.get_attribute("href").and_then(|href| Link::parse(&href)),
            "TD" | "TH" => {
                if parent.first_child().as_ref() != Some(node) {
                    self.close();
                    self.push("\t", &Marks::default(), 1);
                }
                self.enter(node);
                self.children(node, &marks);
                return self.close();
            }
            "LI" | "TR" | "DIV" | "P" => {
                self.line();
                self.enter(node);
                self.children(node, &marks);
                return self.close();
            }
            _ => {}
        }
        self.children(node, &marks);
    }

    fn text(&mut self, node: &Node, marks: &Marks) {
        let text = node.text_content().unwrap_or_default();
        let length = u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
        if let Some((target, inside)) = &self.target
            && target == node
        {
            self.found = Some(self.length + (*inside).min(length));
        }
        if let Some(wanted) = self.wanted
            && !self.is_placed
            && (self.length..=self.length + length).contains(&wanted)
        {
            self.place = Some((node.clone(), wanted - self.length));
            self.is_placed = true;
        }
        self.push(&text, marks, length);
    }

    fn push(&mut self, text: &str, marks: &Marks, length: u32) {
        if length == 0 {
            return;
        }
        self.is_open = false;
        self.length += length;
        self.runs.push(text, marks.clone());
    }

    /// A line that is an element begins.
    fn line(&mut self) {
        if self.lines > 0 || self.length > 0 {
            self.close();
            self.push("\n", &Marks::default(), 1);
        }
        self.lines += 1;
    }

    /// A line ends: its last `<br>` was none of the text.
    fn close(&mut self) {
        if std::mem::take(&mut self.is_open) {
            self.length -= 1;
            self.runs = self.runs.slice(0, self.length);
            self.found = self.found.map(|found| found.min(self.length));
        }
    }

    /// Before a child, or behind the last one.
    fn look(&mut self, parent: &Node, at: u32) {
        if let Some((target, inside)) = &self.target
            && self.found.is_none()
            && target == parent
            && *inside == at
        {
            self.found = Some(self.length);
        }
        self.offer(parent, at);
    }

    /// In a line or a cell, which is better than before what holds it: in front of a
    /// table, browsers write beside it.
    fn enter(&mut self, node: &Node) {
        if self.wanted == Some(self.length) && !self.is_placed {
            self.place = Some((node.clone(), 0));
        }
    }

    /// A place that will do unless there is a better one.
    fn offer(&mut self, parent: &Node, at: u32) {
        if self.wanted == Some(self.length) && !self.is_placed && self.place.is_none() {
            self.place = Some((parent.clone(), at));
        }
    }
}
