//! What counts as a change, and how it is told.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{About, Change, How, Pair, Piece, pages, split, words};
use crate::{
    Locale,
    story::{Block, BlockId, Kind, Link, Marks, Page, Question, QuestionId, Runs, Shot},
};

fn block(id: u64, text: &str) -> Block {
    Block { id: BlockId(id), kind: Kind::Text, text: Runs::plain(text) }
}

fn page(story: Vec<Block>) -> Page {
    Page { title: "A lamp".into(), story, ..Page::default() }
}

fn piece(change: Change, text: &str) -> Piece {
    Piece { change, text: text.to_owned() }
}

#[test]
fn only_the_word_that_changed_is_shown_as_changed() {
    let (old, new) = words("It ships in May, we hope.", "It ships in June, we hope.");
    let (same, rest) = (piece(Change::Same, "It ships in "), piece(Change::Same, ", we hope."));
    assert_eq!(old, [same.clone(), piece(Change::Gone, "May"), rest.clone()]);
    assert_eq!(new, [same, piece(Change::New, "June"), rest]);
    assert_eq!(words("", "new"), (vec![], vec![piece(Change::New, "new")]));
}

#[test]
fn words_put_together_are_the_text() {
    for text in ["", " a  b, c!", "l’été – 3,50 €", "🎈🎈 x"] {
        assert_eq!(split(text).concat(), text);
    }
}

#[test]
fn blocks_are_paired_by_what_they_are_and_not_by_where_they_stand() {
    let old = page(vec![block(1, "one"), block(2, "two"), block(3, "three")]);
    let new = page(vec![block(3, "three"), block(1, "one"), block(4, "four")]);
    let pairs = pages(&old, &new);
    let count = |found: &dyn Fn(&Pair) -> bool| pairs.iter().filter(|pair| found(pair)).count();
    assert_eq!(count(&|pair| matches!(pair, Pair::Gone { text, .. } if text == "two")), 1);
    assert_eq!(count(&|pair| matches!(pair, Pair::New { text, .. } if text == "four")), 1);
    let moved = |about: &About| matches!(about, About::Block { is_moved: true, .. });
    assert_eq!(count(&|pair| matches!(pair, Pair::Changed { about, .. } if moved(&about.1))), 1);
    // The title, the subtitle, and what stayed.
    assert_eq!(count(&|pair| matches!(pair, Pair::Same { .. })), 3);
}

#[test]
fn another_kind_is_a_change_though_the_words_are_the_same() {
    let old = page(vec![block(1, "one")]);
    let mut new = old.clone();
    new.story[0].kind = Kind::Quote;
    let changed = |pair: &&Pair| matches!(pair, Pair::Changed { .. });
    assert_eq!(pages(&old, &new).iter().filter(changed).count(), 1);
    assert_eq!(pages(&old, &old).iter().filter(changed).count(), 0);
}

/// How the only thing that changed between these did, and what its older and newer
/// sides say.
fn changed(old: &Page, new: &Page) -> (BTreeSet<How>, String, String) {
    let all = pages(old, new);
    let mut found = all.into_iter().filter(|pair| !matches!(pair, Pair::Same { .. }));
    let Some(Pair::Changed { how, old, new, .. }) = found.next() else {
        panic!("something changed");
    };
    assert_eq!(found.next(), None, "and nothing else");
    let side = |pieces: Vec<Piece>| pieces.into_iter().map(|piece| piece.text).collect();
    (how, side(old), side(new))
}

fn linked(address: &str) -> Runs {
    let mut runs = Runs::plain("See ");
    runs.push("here", Marks { link: Link::parse(address), ..Marks::default() });
    runs
}

#[test]
fn a_link_that_leads_elsewhere_is_a_change_and_both_addresses_are_told() {
    let of = |text: Runs| page(vec![Block { id: BlockId(1), kind: Kind::Text, text }]);
    let (old, new) = (linked("https://good.example"), linked("https://evil.example"));
    let (how, before, after) = changed(&of(old.clone()), &of(new.clone()));
    assert_eq!(how, [How::Links].into());
    assert_eq!(before, "See here (https://good.example)");
    assert_eq!(after, "See here (https://evil.example)");
    let said = How::say(&how, &About::Risks, Locale::En);
    assert_eq!(said, "Risks and challenges (links)");
    // In the risks and in an answer as well.
    let risks = |risks: Runs| Page { risks, ..Page::default() };
    assert_eq!(changed(&risks(old.clone()), &risks(new.clone())).0, [How::Links].into());
    let faq = |answer: Runs| {
        let question = Question { id: QuestionId(1), question: "Where?".into(), answer };
        Page { faq: vec![question], ..Page::default() }
    };
    assert_eq!(changed(&faq(old), &faq(new)).0, [How::Links].into());
}

#[test]
fn words_that_become_bold_are_a_change_of_their_marks() {
    let old = page(vec![block(1, "It ships in May.")]);
    let mut text = Runs::plain("It ships in ");
    text.push("May", Marks { bold: true, ..Marks::default() });
    text.push(".", Marks::default());
    let new = page(vec![Block { id: BlockId(1), kind: Kind::Text, text }]);
    let (how, before, after) = changed(&old, &new);
    assert_eq!(how, [How::Marks].into());
    assert_eq!((before.as_str(), after.as_str()), ("It ships in May.", "It ships in **May**."));
}

#[test]
fn another_picture_recording_or_reward_says_that_it_is_another() {
    let of = |kind: Kind| page(vec![Block { id: BlockId(1), kind, text: Runs::default() }]);
    let id = Uuid::from_u128;
    let image = |picture, alt: &str| Kind::Image { picture: Some(id(picture)), alt: alt.into() };
    let gallery = |all: &[u128]| Kind::Gallery {
        pictures: all.iter().map(|it| Shot { id: id(*it), ..Shot::default() }).collect(),
    };
    let recording = |file| Kind::Recording { file: Some(id(file)), poster: None, captions: None };
    let card =
        |reward| Kind::RewardCard { reward: Some(crate::id::RewardId::from_uuid(id(reward))) };
    let film = |address: &str| Kind::Video { address: address.into() };
    for (old, new, expected) in [
        (image(1, "sea"), image(2, "sea"), vec![How::Pictures]),
        (image(1, "sea"), image(1, "land"), vec![How::Words, How::Alt]),
        (gallery(&[1, 2]), gallery(&[2, 1]), vec![How::Pictures]),
        (recording(1), recording(2), vec![How::Recording]),
        (card(1), card(2), vec![How::Reward]),
        (film("https://a.example"), film("https://b.example"), vec![How::Words, How::Film]),
    ] {
        let how: BTreeSet<How> = expected.into_iter().collect();
        assert_eq!(changed(&of(old.clone()), &of(new)).0, how, "{old}");
    }
}

#[test]
fn a_bold_word_that_is_written_otherwise_is_a_change_of_words() {
    let of = |word: &str| {
        let mut text = Runs::plain("In ");
        text.push(word, Marks { bold: true, ..Marks::default() });
        page(vec![Block { id: BlockId(1), kind: Kind::Text, text }])
    };
    assert_eq!(changed(&of("May"), &of("June")).0, [How::Words].into());
}
