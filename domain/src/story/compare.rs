//! Two versions of a page, block by block and word by word.

mod said;
mod shelf;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

pub use self::shelf::shelves;

use self::said::{Said, Signs, links, marked};
use super::{Block, BlockId, Kind, Link, Page, Runs};
use crate::{
    locale::Locale,
    reward::RewardKind,
    words::{campaign, changes as c, edit as w, story as s, studio_page},
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
    /// The campaign's own.
    Picture,
    Category,
    Town,
    StretchGoals,
    Reward {
        kind: RewardKind,
        /// It stood elsewhere.
        is_moved: bool,
    },
}

/// What is another thing about what both versions have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum How {
    /// The words, which show it themselves.
    Words,
    /// Where links lead.
    Links,
    /// What is bold, italic or code.
    Marks,
    Pictures,
    /// What a picture shows, for whoever does not see it.
    Alt,
    Film,
    Recording,
    Reward,
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
        how: BTreeSet<How>,
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
            Self::Picture => w::image(locale).to_owned(),
            Self::Category => studio_page::category(locale).to_owned(),
            Self::Town => studio_page::location(locale).to_owned(),
            Self::StretchGoals => campaign::stretch_goals(locale).to_owned(),
            Self::Reward { kind, is_moved } => {
                let name = match kind {
                    RewardKind::Reward => w::reward(locale),
                    RewardKind::AddOn => studio_page::one_add_on(locale),
                };
                if *is_moved { w::moved_block(locale, &name) } else { name.to_owned() }
            }
        }
    }
}

impl How {
    /// What it is called; nothing for words.
    const fn name(self, locale: Locale) -> Option<&'static str> {
        match self {
            Self::Words => None,
            Self::Links => Some(c::how_links(locale)),
            Self::Marks => Some(c::how_marks(locale)),
            Self::Pictures => Some(c::how_pictures(locale)),
            Self::Alt => Some(c::how_alt(locale)),
            Self::Film => Some(c::how_film(locale)),
            Self::Recording => Some(c::how_recording(locale)),
            Self::Reward => Some(c::how_reward(locale)),
        }
    }

    /// What a row is about, and what changed of it where words do not show that.
    #[must_use]
    pub fn say(how: &BTreeSet<Self>, about: &About, locale: Locale) -> String {
        let names: Vec<&str> = how.iter().filter_map(|one| one.name(locale)).collect();
        match names.is_empty() {
            true => about.say(locale),
            false => c::row_how(locale, &about.say(locale), &names.join(", ")),
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
        lines(About::Title, &old.title, &new.title, most),
        lines(About::Subtitle, &old.subtitle, &new.subtitle, most),
    ];
    pairs.extend(blocks(&old.story, &new.story, most));
    if !(old.risks.is_empty() && new.risks.is_empty()) {
        let (old, new) = (Said::of(&old.risks), Said::of(&new.risks));
        pairs.push(both((About::Risks, About::Risks), (&old, &new), BTreeSet::new(), most));
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

/// What both versions have. `how` is what is another thing about it besides its text.
fn both(
    about: (About, About),
    (old, new): (&Said<'_>, &Said<'_>),
    mut how: BTreeSet<How>,
    most: usize,
) -> Pair {
    let (before, after) = (old.plain(), new.plain());
    let signs = Signs {
        marks: marked(old.text) != marked(new.text),
        links: links(old.text) != links(new.text),
    };
    if before != after {
        how.insert(How::Words);
    } else if signs.marks {
        how.insert(How::Marks);
    }
    let leads = |said: &Said<'_>| -> Vec<Link> {
        links(said.text).into_iter().map(|(_, link)| link.clone()).collect()
    };
    if signs.links && (before == after || leads(old) != leads(new)) {
        how.insert(How::Links);
    }
    if how.is_empty() && about.0 == about.1 {
        return Pair::Same { about: about.1, text: after };
    }
    let (old, new) = words_within(&old.written(signs), &new.written(signs), most);
    Pair::Changed { about: Box::new(about), how, old, new }
}

fn lines(about: About, old: &str, new: &str, most: usize) -> Pair {
    let (old, new) = (Runs::plain(old), Runs::plain(new));
    let said = (&Said::of(&old), &Said::of(&new));
    both((about.clone(), about), said, BTreeSet::new(), most)
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
        let said = |block: &Block| Said::block(block).plain();
        pairs.extend(gone.map(|gone| Pair::Gone { about: about(gone, false), text: said(gone) }));
        pairs.extend(new[step.new_range()].iter().map(|one| match was.get(&one.id) {
            Some(before) => block(before, one, !is_kept, most),
            None => Pair::New { about: about(one, false), text: said(one) },
        }));
    }
    pairs
}

fn block(before: &Block, block: &Block, is_moved: bool, most: usize) -> Pair {
    let about = (about(before, false), about(block, is_moved));
    both(about, (&Said::block(before), &Said::block(block)), beside(before, block), most)
}

/// What is another thing about a block, besides its text and what it is.
fn beside(before: &Block, block: &Block) -> BTreeSet<How> {
    let (old, new) = (&before.kind, &block.kind);
    let mut how = BTreeSet::new();
    if old.pictures() != new.pictures() {
        how.insert(How::Pictures);
    }
    let other = match (old, new) {
        (Kind::Image { alt: old, .. }, Kind::Image { alt: new, .. }) => {
            (old != new).then_some(How::Alt)
        }
        (Kind::Video { address: old }, Kind::Video { address: new }) => {
            (old != new).then_some(How::Film)
        }
        (Kind::Recording { file: old, .. }, Kind::Recording { file: new, .. }) => {
            (old != new).then_some(How::Recording)
        }
        (Kind::RewardCard { reward: old }, Kind::RewardCard { reward: new }) => {
            (old != new).then_some(How::Reward)
        }
        _ => None,
    };
    how.extend(other);
    how
}

fn questions(old: &Page, new: &Page, most: usize) -> Vec<Pair> {
    let was: BTreeMap<_, _> = old.faq.iter().map(|one| (one.id, one)).collect();
    let is: BTreeSet<_> = new.faq.iter().map(|one| one.id).collect();
    let here = new.faq.iter().map(|one| match was.get(&one.id) {
        Some(before) => {
            let said = (&Said::question(before), &Said::question(one));
            both((About::Question, About::Question), said, BTreeSet::new(), most)
        }
        None => Pair::New { about: About::Question, text: Said::question(one).plain() },
    });
    let gone = old.faq.iter().filter(|one| !is.contains(&one.id));
    let gone = gone.map(|one| {
        let text = Said::question(one).plain();
        Pair::Gone { about: About::Question, text }
    });
    here.chain(gone).collect()
}

fn about(block: &Block, is_moved: bool) -> About {
    About::Block { kind: block.kind.clone(), is_moved }
}

#[cfg(test)]
mod tests;
