//! Two versions of a page, block by block and word by word.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::{Block, BlockId, Kind, Page, Question};
use crate::{
    locale::Locale,
    words::{edit as w, story as s, studio_page},
};

/// What became of a word or a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    Same,
    /// Only in the older version.
    Gone,
    /// Only in the newer version.
    New,
}

/// A few words that share what became of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub change: Change,
    pub text: String,
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    Title,
    Subtitle,
    Block {
        kind: Kind,
        /// It stood elsewhere.
        is_moved: bool,
    },
    Risks,
    Question,
}

/// The same thing in both versions, or what only one of them has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pair {
    Same {
        about: About,
        text: String,
    },
    /// What it is about in each, and the words of each.
    Changed {
        about: Box<(About, About)>,
        old: Vec<Piece>,
        new: Vec<Piece>,
    },
    Gone {
        about: About,
        text: String,
    },
    New {
        about: About,
        text: String,
    },
}

impl Change {
    /// The word for style sheets.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Gone => "gone",
            Self::New => "new",
        }
    }
}

impl About {
    /// What stands in a row of two compared versions.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        match self {
            Self::Title => studio_page::title(locale).to_owned(),
            Self::Subtitle => studio_page::subtitle(locale).to_owned(),
            Self::Risks => s::risks(locale).to_owned(),
            Self::Question => w::question(locale).to_owned(),
            Self::Block { kind, is_moved: true } => w::moved_block(locale, &kind.name(locale)),
            Self::Block { kind, .. } => kind.name(locale).to_owned(),
        }
    }
}

/// Everything on both pages, in the order of the newer one; what is gone stands where
/// it was.
#[must_use]
pub fn pages(old: &Page, new: &Page) -> Vec<Pair> {
    pages_within(old, new, usize::MAX)
}

/// The same, where texts that have more than so many bytes in both versions together
/// are not compared word by word.
#[must_use]
pub fn pages_within(old: &Page, new: &Page, most: usize) -> Vec<Pair> {
    let mut pairs = vec![
        texts(About::Title, &old.title, &new.title, most),
        texts(About::Subtitle, &old.subtitle, &new.subtitle, most),
    ];
    pairs.extend(blocks(&old.story, &new.story, most));
    let (risks, now) = (old.risks.text(), new.risks.text());
    if !(risks.is_empty() && now.is_empty()) {
        pairs.push(texts(About::Risks, &risks, &now, most));
    }
    pairs.extend(questions(old, new, most));
    pairs
}

fn words_within(old: &str, new: &str, most: usize) -> (Vec<Piece>, Vec<Piece>) {
    if old.len() + new.len() <= most {
        return words(old, new);
    }
    let whole = |change, text: &str| {
        let piece = Piece { change, text: text.to_owned() };
        if text.is_empty() { Vec::new() } else { vec![piece] }
    };
    (whole(Change::Gone, old), whole(Change::New, new))
}

/// The words of two texts: those of the older one, and those of the newer.
#[must_use]
pub fn words(old: &str, new: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (before, after) = (split(old), split(new));
    let (mut gone, mut came) = (Vec::new(), Vec::new());
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let is_same = matches!(step, DiffOp::Equal { .. });
        let change = |change| if is_same { Change::Same } else { change };
        push(&mut gone, change(Change::Gone), &before[step.old_range()]);
        push(&mut came, change(Change::New), &after[step.new_range()]);
    }
    (gone, came)
}

fn push(pieces: &mut Vec<Piece>, change: Change, words: &[&str]) {
    if !words.is_empty() {
        pieces.push(Piece { change, text: words.concat() });
    }
}

/// Words and what stands between them, each by itself.
fn split(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut before = None;
    for (at, letter) in text.char_indices() {
        let class = (letter.is_alphanumeric(), letter.is_whitespace());
        // Each sign is a word of its own: a comma that is gone is one change.
        let is_sign = class == (false, false);
        if before.is_some_and(|before| before != class || is_sign) {
            words.push(&text[start..at]);
            start = at;
        }
        before = Some(class);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

fn texts(about: About, old: &str, new: &str, most: usize) -> Pair {
    if old == new {
        return Pair::Same { about, text: new.to_owned() };
    }
    let (old, new) = words_within(old, new, most);
    Pair::Changed { about: Box::new((about.clone(), about)), old, new }
}

fn blocks(old: &[Block], new: &[Block], most: usize) -> Vec<Pair> {
    let ids = |blocks: &[Block]| blocks.iter().map(|block| block.id).collect::<Vec<_>>();
    let (before, after) = (ids(old), ids(new));
    let was: BTreeMap<BlockId, &Block> = old.iter().map(|block| (block.id, block)).collect();
    let is_left: BTreeSet<BlockId> = after.iter().copied().collect();
    let mut pairs = Vec::new();
    for step in capture_diff_slices(Algorithm::Myers, &before, &after) {
        let is_kept = matches!(step, DiffOp::Equal { .. });
        // What only stands elsewhere now is shown there.
        let gone = old[step.old_range()].iter().filter(|block| !is_left.contains(&block.id));
        pairs.extend(gone.map(|gone| Pair::Gone { about: about(gone, false), text: said(gone) }));
        pairs.extend(new[step.new_range()].iter().map(|block| match was.get(&block.id) {
            Some(before) => both(before, block, !is_kept, most),
            None => Pair::New { about: about(block, false), text: said(block) },
        }));
    }
    pairs
}

fn both(before: &Block, block: &Block, is_moved: bool, most: usize) -> Pair {
    let (old, new) = (said(before), said(block));
    if old == new && before.kind == block.kind && !is_moved {
        return Pair::Same { about: about(block, false), text: new };
    }
    let (old, new) = words_within(&old, &new, most);
    Pair::Changed { about: Box::new((about(before, false), about(block, is_moved))), old, new }
}

fn questions(old: &Page, new: &Page, most: usize) -> Vec<Pair> {
    let said = |one: &Question| format!("{}\n{}", one.question, one.answer.text());
    let was: BTreeMap<_, _> = old.faq.iter().map(|one| (one.id, one)).collect();
    let is: BTreeSet<_> = new.faq.iter().map(|one| one.id).collect();
    let here = new.faq.iter().map(|one| match was.get(&one.id) {
        Some(before) => texts(About::Question, &said(before), &said(one), most),
        None => Pair::New { about: About::Question, text: said(one) },
    });
    let gone = old.faq.iter().filter(|one| !is.contains(&one.id));
    let gone = gone.map(|one| Pair::Gone { about: About::Question, text: said(one) });
    here.chain(gone).collect()
}

fn about(block: &Block, is_moved: bool) -> About {
    About::Block { kind: block.kind.clone(), is_moved }
}

/// What a block says, with what it says beside its text.
fn said(block: &Block) -> String {
    let text = block.text.text();
    let beside = match &block.kind {
        Kind::Image { alt, .. } => alt,
        Kind::Video { address } => address,
        _ => return text,
    };
    match text.as_str() {
        "" => beside.clone(),
        text => format!("{text}\n{beside}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{About, Change, Pair, Piece, pages, split, words};
    use crate::story::{Block, BlockId, Kind, Page, Runs};

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
        assert_eq!(
            count(&|pair| matches!(pair, Pair::Changed { about, .. } if moved(&about.1))),
            1
        );
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
}
