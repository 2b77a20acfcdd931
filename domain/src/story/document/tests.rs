//! Several copies, one page.

mod converge;
mod hostile;

use super::Document;
use crate::story::{Kind, Mark, Page, Part, Place, Runs};

/// A copy that knows what another one does.
fn copy_of(other: &Document, client: u64) -> Document {
    let mut copy = Document::with_undo(client, client * 1_000);
    copy.apply(&other.whole()).expect("a whole document is an update");
    copy
}

/// Tells one what the other changed.
fn send(from: &mut Document, to: &mut Document) {
    if let Some(update) = from.take_local() {
        to.apply(&update).expect("an own update is one");
    }
}

fn texts(document: &Document) -> Vec<String> {
    document.page().story.iter().map(|block| block.text.text()).collect()
}

/// A document of two paragraphs.
fn two() -> Document {
    let mut document = Document::with_undo(1, 1);
    document.splice(Place::Title, 0, 0, &"The hand".into());
    let first = document.insert(None, &Kind::Text, &"one".into());
    document.insert(Some(first), &Kind::Text, &"two".into());
    document.rest();
    document
}

#[test]
fn a_page_is_read_as_it_was_written() {
    let mut document = two();
    let question = document.add_question();
    document.splice(Place::Question(question), 0, 0, &"When\nis it?".into());
    document.splice(Place::Answer(question), 0, 0, &"Soon.\nVery.".into());
    document.splice(Place::Risks, 0, 0, &"Rain.".into());
    let first = document.order()[0];
    document.mark(Place::Block(first), 1, 2, &Mark::Bold, true);
    let page = document.page();
    assert_eq!(page.title, "The hand");
    assert_eq!(page.faq[0].question, "When is it?");
    assert_eq!(page.faq[0].answer.text(), "Soon.\nVery.");
    let runs: Vec<_> = page.story[0].text.iter().map(|run| (&*run.text, run.marks.bold)).collect();
    assert_eq!(runs, [("o", false), ("ne", true)]);
    document.mark(Place::Block(first), 0, 9, &Mark::Bold, false);
    assert_eq!(document.block(first).expect("it stands").text, Runs::plain("one"));
    assert_eq!(copy_of(&document, 2).page(), document.page());
}

#[test]
fn text_is_put_in_with_its_own_marks_and_never_into_a_character() {
    let mut document = Document::new(1, 1);
    let id = document.insert(None, &Kind::Text, &"a🗽b".into());
    document.mark(Place::Block(id), 0, 9, &Mark::Italic, true);
    document.splice(Place::Block(id), 2, 0, &"x".into());
    let text = document.block(id).expect("it stands").text;
    assert_eq!(text.text(), "ax🗽b");
    assert!(!text.iter().find(|run| run.text == "x").expect("plain").marks.italic);
    document.splice(Place::Block(id), 99, 99, &"!".into());
    assert_eq!(document.text(Place::Block(id)).expect("it stands").text(), "ax🗽b!");
    document.splice(Place::Block(crate::story::BlockId(404)), 0, 0, &"nowhere".into());
}

#[test]
fn a_block_is_cut_in_two_and_joined_again() {
    let mut document = Document::new(1, 1);
    let head = document.insert(None, &Kind::Heading { level: 2 }, &"Why now".into());
    let rest = document.split(head, 4).expect("it stands");
    assert_eq!(document.block(rest).expect("new").kind, Kind::Text);
    assert_eq!(texts(&document), ["Why ", "now"]);
    assert_eq!(document.join(rest), Some((head, 4)));
    assert_eq!(texts(&document), ["Why now"]);
    assert_eq!(document.join(head), None, "nothing stands before it");
    let line = document.insert(Some(head), &Kind::Divider, &Runs::default());
    let below = document.insert(Some(line), &Kind::Text, &"x".into());
    assert_eq!(document.join(below), None, "a divider has no text");
}

#[test]
fn two_who_move_a_block_at_once_move_one_block() {
    let mut ada = two();
    ada.insert(ada.order().last().copied(), &Kind::Text, &"three".into());
    let mut ben = copy_of(&ada, 2);
    ada.take_local();
    let order = ada.order();
    ada.move_to(order[0], Some(order[2]));
    ben.move_to(order[0], Some(order[1]));
    ada.splice(Place::Block(order[0]), 0, 0, &"really ".into());
    send(&mut ada, &mut ben);
    send(&mut ben, &mut ada);
    assert_eq!(ada.page(), ben.page());
    assert_eq!(texts(&ada).iter().filter(|text| *text == "really one").count(), 1);
    assert_eq!(texts(&ada).len(), 3);
}

#[test]
fn undo_takes_back_only_ones_own() {
    let mut ada = two();
    let mut ben = copy_of(&ada, 2);
    ada.take_local();
    let id = ada.order()[0];
    ada.splice(Place::Block(id), 3, 0, &" and a half".into());
    ben.splice(Place::Block(id), 0, 0, &"just ".into());
    send(&mut ada, &mut ben);
    send(&mut ben, &mut ada);
    assert_eq!(texts(&ada)[0], "just one and a half");
    let changed = ada.undo().expect("there is something");
    assert_eq!(changed.places, [Place::Block(id)].into());
    assert_eq!(texts(&ada)[0], "just one");
    send(&mut ada, &mut ben);
    assert_eq!(texts(&ben)[0], "just one");
    ada.redo().expect("there is something");
    assert_eq!(texts(&ada)[0], "just one and a half");
    assert!(ben.can_undo() && !ben.can_redo());
}

#[test]
fn a_block_that_was_taken_away_comes_back_where_it_was() {
    let mut document = two();
    let id = document.order()[0];
    document.mark(Place::Block(id), 0, 3, &Mark::Bold, true);
    document.rest();
    let before = document.page();
    document.remove(id);
    document.rest();
    assert_eq!(texts(&document), ["two"]);
    document.undo().expect("there is something");
    assert_eq!(document.page(), before);
    document.splice(Place::Block(id), 0, 0, &"still ".into());
    assert_eq!(texts(&document)[0], "still one");
}

#[test]
fn a_change_says_what_it_was_about() {
    let mut ada = two();
    let mut ben = copy_of(&ada, 2);
    ada.take_local();
    let order = ada.order();
    let mut told = |ada: &mut Document| {
        let changed = ben.apply(&ada.take_local().expect("changed")).expect("an update");
        ben.check(&changed).expect("a page");
        changed
    };
    ada.splice(Place::Block(order[0]), 0, 1, &"O".into());
    let changed = told(&mut ada);
    assert_eq!(changed.places, [Place::Block(order[0])].into());
    assert!(!changed.order && changed.blocks.is_empty());
    ada.set_kind(order[0], &Kind::Quote);
    assert_eq!(told(&mut ada).blocks, [order[0]].into());
    ada.move_to(order[0], Some(order[1]));
    let changed = told(&mut ada);
    assert!(changed.order && changed.places.is_empty());
    ada.splice(Place::Subtitle, 0, 0, &"For all".into());
    ada.add_question();
    assert_eq!(told(&mut ada).parts(), [Part::Subtitle, Part::Faq].into());
}

#[test]
fn a_caret_stays_beside_its_letter() {
    let mut ada = two();
    let mut ben = copy_of(&ada, 2);
    ada.take_local();
    let place = Place::Block(ada.order()[0]);
    for at in 0..=3 {
        let caret = ben.stick(place, at).expect("a place");
        assert_eq!(ada.unstick(&caret), Some((place, at)));
    }
    let caret = ben.stick(place, 2).expect("a place");
    ada.splice(place, 0, 0, &"number ".into());
    assert_eq!(ada.unstick(&caret), Some((place, 9)));
    send(&mut ada, &mut ben);
    assert_eq!(ben.unstick(&caret), Some((place, 9)));
    ada.remove(ada.order()[0]);
    assert_eq!(ada.unstick(&caret), None);
    assert_eq!(ada.unstick(b"\x03nonsense that is no place"), None);
}

#[test]
fn a_page_is_rewritten_around_a_caret() {
    let mut ada = two();
    let mut ben = copy_of(&ada, 2);
    ada.take_local();
    let place = Place::Block(ada.order()[1]);
    let caret = ben.stick(place, 2).expect("a place");
    let story = vec![
        (Kind::Heading { level: 2 }, "New".into()),
        (Kind::Text, "one".into()),
        (Kind::Text, "two or three".into()),
    ];
    let story = ada.recognised(story);
    let page = Page { story, ..ada.page() };
    ada.rewrite(&page);
    assert_eq!(ada.page(), page);
    send(&mut ada, &mut ben);
    assert_eq!(ben.unstick(&caret), Some((place, 2)));
    let mut turned = page.clone();
    turned.story.reverse();
    ada.rewrite(&turned);
    assert_eq!(ada.page(), turned);
    ada.rewrite(&Page::default());
    assert_eq!(ada.page(), Page::default());
    ada.rewrite(&page);
    assert_eq!(ada.page(), page, "what was taken away comes back under its id");
    ada.take_local();
    ada.rewrite(&page);
    assert_eq!(ada.take_local(), None, "the same page is no change");
}

#[test]
fn a_page_has_its_limits() {
    let mut document = Document::new(1, 1);
    let mut server = Document::new(2, 2);
    let mut last = None;
    let long = Runs::plain("x".repeat(60_000));
    last = Some(document.insert(last, &Kind::Text, &long));
    let changed = server.apply(&document.take_local().expect("changed")).expect("an update");
    assert_eq!(server.check(&changed), Err(super::Fault::TextTooLong));
    document.splice(Place::Block(last.expect("one")), 0, 20_000, &Runs::default());
    for _ in 0..4 {
        last = Some(document.insert(last, &Kind::Text, &"y".repeat(45_000).as_str().into()));
    }
    let changed = server.apply(&document.take_local().expect("changed")).expect("an update");
    assert_eq!(server.check(&changed), Err(super::Fault::PageTooLong));
    let mut many = Document::new(3, 3);
    let blocks = vec![(Kind::Divider, Runs::default()); 1_001];
    many.insert_all(None, &blocks);
    let mut server = Document::new(4, 4);
    let changed = server.apply(&many.take_local().expect("changed")).expect("an update");
    assert_eq!(server.check(&changed), Err(super::Fault::TooManyBlocks));
}
