//! Where the keyboard is: which text of the page, and how far in it.

use domain::story::{Page, Place, markdown};
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::dom;

/// Where the keyboard is: a text, and both ends of the selection in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caret {
    pub place: Place,
    pub anchor: u32,
    pub head: u32,
}

impl Caret {
    /// Its ends in the order of the text.
    #[must_use]
    pub fn ends(self) -> (u32, u32) {
        (self.anchor.min(self.head), self.anchor.max(self.head))
    }
}

/// Moves the keyboard there; `false` where that text is not drawn yet.
pub fn put(caret: Caret) -> bool {
    let Some(element) = element(caret.place) else { return false };
    if document().active_element().as_ref() != Some(&element)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        let _ = element.focus();
    }
    dom::select(&element, caret.anchor, caret.head);
    true
}

/// A whole page as Markdown, to be copied.
#[must_use]
pub fn copied(page: &Page) -> String {
    let mut text = format!("# {}\n\n{}\n\n", page.title, page.subtitle);
    text.push_str(&markdown::markdown(&page.story));
    for part in [&page.risks].into_iter().chain(page.faq.iter().map(|one| &one.answer)) {
        text.push_str("\n\n");
        text.push_str(&part.text());
    }
    text
}

/// The editable element of a text.
#[must_use]
pub fn element(place: Place) -> Option<Element> {
    document().query_selector(&format!("[data-place=\"{}\"]", name(place))).ok().flatten()
}

/// A text's name among the elements of the page.
#[must_use]
pub fn name(place: Place) -> String {
    match place {
        Place::Title => "title".to_owned(),
        Place::Subtitle => "subtitle".to_owned(),
        Place::Risks => "risks".to_owned(),
        Place::Block(id) => format!("block-{id}"),
        Place::Question(id) => format!("question-{id}"),
        Place::Answer(id) => format!("answer-{id}"),
    }
}

/// The text that an element, or one around it, is for.
#[must_use]
pub fn place_of(element: &Element) -> Option<Place> {
    let around = element.closest("[data-place]").ok().flatten()?;
    named(&around.get_attribute("data-place")?)
}

fn named(name: &str) -> Option<Place> {
    Some(match name.split_once('-') {
        None if name == "title" => Place::Title,
        None if name == "subtitle" => Place::Subtitle,
        None if name == "risks" => Place::Risks,
        Some(("block", id)) => Place::Block(id.parse().ok()?),
        Some(("question", id)) => Place::Question(id.parse().ok()?),
        Some(("answer", id)) => Place::Answer(id.parse().ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use domain::story::{BlockId, Place, QuestionId};

    use super::{name, named};

    #[test]
    fn every_text_is_found_by_its_name() {
        let question = QuestionId(7);
        for place in [
            Place::Title,
            Place::Subtitle,
            Place::Risks,
            Place::Block(BlockId(u64::MAX)),
            Place::Question(question),
            Place::Answer(question),
        ] {
            assert_eq!(named(&name(place)), Some(place));
        }
        assert_eq!(named("block-x"), None);
    }
}
