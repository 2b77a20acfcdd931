//! A page as visitors would read it, with what changed marked. Built of what
//! [`html`](super::html) writes, so that nothing typed comes in unescaped.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    Block, BlockId, Page,
    html::{self, Shown},
};
use crate::{
    locale::Locale,
    markup::escaped,
    words::{change_set as w, studio_page},
};

/// The page, block by block in the order of the new one; what is gone stands where it
/// was. The marks are in the language of whoever looks.
#[must_use]
pub fn page(old: &Page, new: &Page, shown: &Shown, locale: Locale) -> String {
    let mut out = String::new();
    line(&mut out, studio_page::title(locale), (&old.title, &new.title), locale);
    line(&mut out, studio_page::subtitle(locale), (&old.subtitle, &new.subtitle), locale);
    story(&mut out, (&old.story, &new.story), shown, locale);
    let risks = |page: &Page| Page { risks: page.risks.clone(), ..Page::default() };
    part(&mut out, (&risks(old), &risks(new)), shown, locale);
    let faq = |page: &Page| Page { faq: page.faq.clone(), ..Page::default() };
    part(&mut out, (&faq(old), &faq(new)), shown, locale);
    out
}

/// What becomes of a part.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    New,
    Changed,
    Gone,
}

impl Mark {
    const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Gone => "gone",
        }
    }

    const fn name(self, locale: Locale) -> &'static str {
        match self {
            Self::New => w::mark_new(locale),
            Self::Changed => w::mark_changed(locale),
            Self::Gone => w::mark_gone(locale),
        }
    }
}

fn marked(out: &mut String, mark: Mark, inside: &str, locale: Locale) {
    let (key, name, lang) = (mark.key(), mark.name(locale), locale.tag());
    let _ = write!(
        out,
        "<div class=\"marked\" data-change=\"{key}\">\
         <p class=\"marked-kind\" lang=\"{lang}\">{name}</p>{inside}</div>"
    );
}

/// A line that visitors read above the story; nothing where it is as it was.
fn line(out: &mut String, name: &str, (old, new): (&str, &str), locale: Locale) {
    if old != new {
        let inside = format!("<p><b lang=\"{}\">{name}</b> {}</p>", locale.tag(), escaped(new));
        marked(out, Mark::Changed, &inside, locale);
    }
}

fn story(out: &mut String, (old, new): (&[Block], &[Block]), shown: &Shown, locale: Locale) {
    let was: BTreeMap<BlockId, &Block> = old.iter().map(|block| (block.id, block)).collect();
    let is: BTreeSet<BlockId> = new.iter().map(|block| block.id).collect();
    // What is gone, by the block that it stood behind.
    let mut gone: BTreeMap<Option<BlockId>, Vec<&Block>> = BTreeMap::new();
    let mut before = None;
    for block in old {
        if is.contains(&block.id) {
            before = Some(block.id);
        } else {
            gone.entry(before).or_default().push(block);
        }
    }
    let mut went = |out: &mut String, after: Option<BlockId>| {
        for block in gone.remove(&after).unwrap_or_default() {
            marked(out, Mark::Gone, &html::block(block, shown), locale);
        }
    };
    went(out, None);
    for block in new {
        let inside = html::block(block, shown);
        match was.get(&block.id) {
            Some(before) if *before == block => out.push_str(&inside),
            Some(_) => marked(out, Mark::Changed, &inside, locale),
            None if inside.is_empty() => {}
            None => marked(out, Mark::New, &inside, locale),
        }
        went(out, Some(block.id));
    }
}

/// The risks, or the questions, as a whole.
fn part(out: &mut String, (old, new): (&Page, &Page), shown: &Shown, locale: Locale) {
    let (before, after) = (html::page(old, shown), html::page(new, shown));
    match (before == after, before.is_empty(), after.is_empty()) {
        (true, ..) => out.push_str(&after),
        (_, true, _) => marked(out, Mark::New, &after, locale),
        (_, _, true) => marked(out, Mark::Gone, &before, locale),
        _ => marked(out, Mark::Changed, &after, locale),
    }
}

#[cfg(test)]
mod tests {
    use super::page;
    use crate::{
        locale::Locale,
        story::{Block, BlockId, Kind, Page, Runs, html::Shown},
    };

    fn of(blocks: &[(u64, &str)]) -> Page {
        let block = |(id, text): &(u64, &str)| Block {
            id: BlockId(*id),
            kind: Kind::Text,
            text: Runs::plain(*text),
        };
        Page {
            title: "A lamp".into(),
            story: blocks.iter().map(block).collect(),
            ..Page::default()
        }
    }

    fn shown(old: &Page, new: &Page) -> String {
        page(old, new, &Shown::default(), Locale::En)
    }

    #[test]
    fn a_page_that_is_the_same_has_no_marks() {
        let same = of(&[(1, "one"), (2, "two")]);
        assert_eq!(shown(&same, &same), "<p>one</p><p>two</p>");
    }

    #[test]
    fn what_is_new_changed_or_gone_is_marked_where_it_stands() {
        let html = shown(
            &of(&[(1, "one"), (2, "two"), (3, "three")]),
            &of(&[(1, "One"), (3, "three"), (4, "four")]),
        );
        let places =
            ["changed", "gone", "new"].map(|key| html.find(&format!("data-change=\"{key}\"")));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{html}");
        assert!(html.contains("<p>two</p></div><p>three</p>"), "{html}");
    }

    #[test]
    fn nothing_that_is_typed_becomes_an_element() {
        let mut new = of(&[(1, "<script>alert(1)</script>")]);
        new.title = "<img src=x onerror=alert(1)>".into();
        new.risks = Runs::plain("<iframe>");
        let html = shown(&of(&[]), &new);
        for element in ["<script", "<img", "<iframe"] {
            assert!(!html.contains(element), "{html}");
        }
    }
}
