//! What the editor and the history of a page show.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use serde::{Deserialize, Serialize};

use super::{Block, BlockId, Page, Part, change_set::SetView, html::Picture};
use crate::{
    campaign::{
        policy::{self, Phase},
        shelf::{Shelf, ShelfPart},
    },
    locale::Locale,
    media::Recording,
    slug::Slug,
    time::Timestamp,
    words::edit as w,
};

/// Everything that the editor of a page begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Editor {
    pub slug: Slug,
    /// The campaign, whatever its address becomes.
    pub id: crate::id::CampaignId,
    /// The document as one update.
    pub document: Vec<u8>,
    /// The same as a page, for what is drawn before the document is read.
    pub page: Page,
    pub language: Locale,
    pub phase: Phase,
    /// The account that writes, for what is kept in its browser.
    pub account: String,
    /// Their name.
    pub me: String,
    /// Rewards, for cards and for the page's own list.
    pub rewards: Vec<RewardLine>,
    /// Pictures that were uploaded.
    pub pictures: Vec<Picture>,
    /// Films and sound that were uploaded.
    pub recordings: Vec<Recording>,
    /// The last version that was published; 0 where none was.
    pub version: i64,
    /// What would be published.
    pub summary: Summary,
    /// The change set that waits, or the last one that came to nothing.
    pub set: Option<SetView>,
}

/// A reward as the story shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RewardLine {
    pub id: crate::id::RewardId,
    pub title: String,
    pub price: crate::Money,
}

/// A time in the history of a page: a version of its texts, or a change of what stands
/// beside them while visitors read that version. Written `3`, and `3.1` for the first
/// change after version 3. What came later is greater.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Moment {
    /// From 1.
    pub version: i64,
    /// From 1; 0 for the version itself.
    pub step: i64,
}

/// A line in the history of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionLine {
    /// From 1: the version, or the one that visitors read then.
    pub number: i64,
    /// See [`Moment::step`].
    pub step: i64,
    /// Who published it; nobody, where the launch did.
    pub by: Option<String>,
    pub at: Timestamp,
    /// What it changed of the texts of the version before.
    pub summary: Summary,
    /// What it changed beside them.
    pub beside: BTreeSet<ShelfPart>,
}

/// The history of a page, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    pub slug: Slug,
    pub title: String,
    pub versions: Vec<VersionLine>,
}

/// What visitors saw at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionPage {
    pub number: i64,
    /// See [`Moment::step`].
    pub step: i64,
    pub by: Option<String>,
    pub at: Timestamp,
    pub page: Page,
    /// What stood beside the texts, where that is known: nothing is kept of it before it
    /// changes for the first time.
    pub shelf: Option<Shelf>,
}

/// A page that somebody looked at before they wanted it published: that one is published,
/// whatever others wrote since.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The version that visitors read then.
    pub version: i64,
    /// The [`mark`] of the page.
    pub mark: String,
}

/// The mark of a page. The same page has the same mark, in a browser too.
#[must_use]
pub fn mark(page: &Page) -> String {
    let written = serde_json::to_string(page).expect("a page is plain data");
    // FNV-1a: nobody gains by finding two pages with one mark, who may publish either.
    let hash = written.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// In how far two pages differ.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The parts that differ.
    pub parts: BTreeSet<Part>,
    /// Blocks that are new.
    pub added: u32,
    /// Blocks that are gone.
    pub removed: u32,
    /// Blocks that say something else.
    pub changed: u32,
    /// Whether blocks stand in another order.
    pub moved: bool,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.step {
            0 => write!(f, "{}", self.version),
            step => write!(f, "{}.{step}", self.version),
        }
    }
}

impl FromStr for Moment {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (version, step) = text.split_once('.').unwrap_or((text, "0"));
        Ok(Self { version: version.parse()?, step: step.parse()? })
    }
}

impl VersionLine {
    /// When it was.
    #[must_use]
    pub const fn moment(&self) -> Moment {
        Moment { version: self.number, step: self.step }
    }

    /// What it changed, in a sentence.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        match self.step {
            0 => self.summary.say(locale),
            _ => ShelfPart::say(&self.beside, locale),
        }
    }
}

impl VersionPage {
    /// When it was.
    #[must_use]
    pub const fn moment(&self) -> Moment {
        Moment { version: self.number, step: self.step }
    }
}

impl Editor {
    /// The parts that are locked now, each with the reason.
    #[must_use]
    pub fn locked(&self, locale: Locale) -> BTreeMap<Part, &'static str> {
        let reason = |part: Part| policy::campaign(part.key(), self.phase, true).say(locale);
        Part::ALL.into_iter().filter_map(|part| Some((part, reason(part)?))).collect()
    }
}

impl Summary {
    /// In how far a page became another one.
    #[must_use]
    pub fn of(old: &Page, new: &Page) -> Self {
        let before: BTreeMap<BlockId, &Block> = by_id(&old.story);
        let after: BTreeMap<BlockId, &Block> = by_id(&new.story);
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let kept = |page: &[Block], other: &BTreeMap<BlockId, &Block>| -> Vec<BlockId> {
            page.iter().map(|block| block.id).filter(|id| other.contains_key(id)).collect()
        };
        let mut parts = BTreeSet::new();
        for (part, differs) in [
            (Part::Title, old.title != new.title),
            (Part::Subtitle, old.subtitle != new.subtitle),
            (Part::Story, old.story != new.story),
            (Part::Risks, old.risks != new.risks),
            (Part::Faq, old.faq != new.faq),
        ] {
            if differs {
                parts.insert(part);
            }
        }
        Self {
            parts,
            added: count(after.keys().filter(|id| !before.contains_key(id)).count()),
            removed: count(before.keys().filter(|id| !after.contains_key(id)).count()),
            changed: count(
                after
                    .iter()
                    .filter(|(id, block)| before.get(id).is_some_and(|b| b != *block))
                    .count(),
            ),
            moved: kept(&old.story, &after) != kept(&new.story, &before),
        }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.parts.is_empty()
    }

    /// In how far a page differs from the one before, in a sentence.
    #[must_use]
    pub fn say(&self, locale: Locale) -> String {
        if self.is_nothing() {
            return w::nothing_changed(locale).to_owned();
        }
        let mut said = Vec::new();
        for (part, words) in [
            (Part::Title, w::title_changed(locale)),
            (Part::Subtitle, w::subtitle_changed(locale)),
            (Part::Risks, w::risks_changed(locale)),
            (Part::Faq, w::faq_changed(locale)),
        ] {
            if self.parts.contains(&part) {
                said.push(words.to_owned());
            }
        }
        for (count, words) in [
            (self.added, w::blocks_added(locale, &self.added)),
            (self.changed, w::blocks_changed(locale, &self.changed)),
            (self.removed, w::blocks_removed(locale, &self.removed)),
        ] {
            if count > 0 {
                said.push(words);
            }
        }
        if self.moved {
            said.push(w::blocks_moved(locale).to_owned());
        }
        w::changes(locale, &said.join(", "))
    }
}

fn by_id(story: &[Block]) -> BTreeMap<BlockId, &Block> {
    story.iter().map(|block| (block.id, block)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Moment, mark};
    use crate::story::{Marks, Page, Runs};

    #[test]
    fn a_moment_is_read_as_it_is_written_and_a_later_one_is_greater() {
        let moments = [(1, 0), (1, 1), (1, 10), (2, 0), (10, 2)];
        let moments = moments.map(|(version, step)| Moment { version, step });
        assert!(moments.is_sorted());
        let written = moments.map(|moment| moment.to_string());
        assert_eq!(written, ["1", "1.1", "1.10", "2", "10.2"]);
        for (text, moment) in written.iter().zip(moments) {
            assert_eq!(text.parse::<Moment>().ok(), Some(moment));
        }
        for nonsense in ["", ".", "1.", ".1", "1.1.1", "one", "1,1"] {
            assert!(nonsense.parse::<Moment>().is_err(), "{nonsense}");
        }
    }

    #[test]
    fn a_page_has_one_mark_and_another_page_another() {
        let page = Page { title: "A lamp".into(), risks: "Rain.".into(), ..Page::default() };
        let written = serde_json::to_string(&page).expect("plain data");
        let read: Page = serde_json::from_str(&written).expect("a page");
        assert_eq!(mark(&page), mark(&read), "as a browser reads it");
        let mut risks = Runs::default();
        risks.push("Rain.", Marks { bold: true, ..Marks::default() });
        assert_ne!(mark(&page), mark(&Page { risks, ..page.clone() }), "marks count");
    }
}
