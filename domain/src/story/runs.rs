//! Text with marks. Lengths and places are in UTF-16 units, as browsers and the shared
//! document count.

use serde::{Deserialize, Serialize};

use super::LONGEST_ADDRESS;

/// A text, run by run: two runs that follow each other differ in their marks, and none
/// is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Runs(Vec<Run>);

/// Some text that is marked the same.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Run {
    pub text: String,
    #[serde(default)]
    pub marks: Marks,
}

/// How a text is marked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Marks {
    #[serde(default)]
    pub bold: bool,
    #[serde(default)]
    pub italic: bool,
    #[serde(default)]
    pub code: bool,
    #[serde(default)]
    pub link: Option<Link>,
}

/// One mark to set or to take away.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Mark {
    Bold,
    Italic,
    Code,
    Link(Link),
}

/// Where a link leads: the web, a mailbox, or another page of the site.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Link(String);

impl Link {
    /// Reads an address; one of a scheme that runs or loads something is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_plain = |c: char| !c.is_control() && !c.is_whitespace() && c != '"' && c != '\\';
        if text.is_empty() || text.len() > LONGEST_ADDRESS || !text.chars().all(is_plain) {
            return None;
        }
        let start = text.get(..8).unwrap_or(text).to_ascii_lowercase();
        let is_known = ["http://", "https://", "mailto:"].iter().any(|one| start.starts_with(one));
        // `//host` would lead to another site.
        let is_ours = (text.starts_with('/') && !text.starts_with("//")) || text.starts_with('#');
        (is_known || is_ours).then(|| Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Link {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not an address to link to")
    }
}

impl From<Link> for String {
    fn from(link: Link) -> Self {
        link.0
    }
}

impl Runs {
    /// A text without marks.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        let mut runs = Self::default();
        runs.push(text.into(), Marks::default());
        runs
    }

    /// Adds text at the end; joined with what stands there when marked the same.
    pub fn push(&mut self, text: impl Into<String>, marks: Marks) {
        let text = text.into();
        if text.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.marks == marks => last.text.push_str(&text),
            _ => self.0.push(Run { text, marks }),
        }
    }

    /// Adds another text at the end.
    pub fn append(&mut self, other: Self) {
        for run in other.0 {
            self.push(run.text, run.marks);
        }
    }

    /// Its runs.
    pub fn iter(&self) -> std::slice::Iter<'_, Run> {
        self.0.iter()
    }

    /// The bare text.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    /// Its length, in UTF-16 units.
    #[must_use]
    pub fn length(&self) -> u32 {
        self.0.iter().map(|run| length(&run.text)).sum()
    }

    /// Whether nothing stands here.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Its lines; a text of nothing has one.
    #[must_use]
    pub fn lines(&self) -> Vec<Self> {
        self.split('\n')
    }

    /// The pieces between these.
    #[must_use]
    pub fn split(&self, at: char) -> Vec<Self> {
        let mut pieces = vec![Self::default()];
        for run in &self.0 {
            for (number, part) in run.text.split(at).enumerate() {
                if number > 0 {
                    pieces.push(Self::default());
                }
                if let Some(piece) = pieces.last_mut() {
                    piece.push(part, run.marks.clone());
                }
            }
        }
        pieces
    }

    /// These with something between.
    #[must_use]
    pub fn joined(pieces: impl IntoIterator<Item = Self>, between: &str) -> Self {
        let mut whole = Self::default();
        for (number, piece) in pieces.into_iter().enumerate() {
            if number > 0 {
                whole.push(between, Marks::default());
            }
            whole.append(piece);
        }
        whole
    }

    /// A part of it, in UTF-16 units. Where an end falls into a character, that
    /// character belongs to neither side of the cut before it.
    #[must_use]
    pub fn slice(&self, from: u32, to: u32) -> Self {
        let mut part = Self::default();
        let mut place = 0;
        for run in &self.0 {
            let mut text = String::new();
            for c in run.text.chars() {
                let wide = width(c);
                if place >= from && place + wide <= to {
                    text.push(c);
                }
                place += wide;
            }
            part.push(text, run.marks.clone());
        }
        part
    }

    /// Without white space at its ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let text = self.text();
        let start = length(&text) - length(text.trim_start());
        let end = length(text.trim_end());
        self.slice(start, end.max(start))
    }

    /// The same without marks, in one line.
    #[must_use]
    pub fn in_one_line(&self) -> String {
        self.text().split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl FromIterator<Run> for Runs {
    fn from_iter<I: IntoIterator<Item = Run>>(runs: I) -> Self {
        let mut whole = Self::default();
        for run in runs {
            whole.push(run.text, run.marks);
        }
        whole
    }
}

impl From<&str> for Runs {
    fn from(text: &str) -> Self {
        Self::plain(text)
    }
}

/// The length of a text in UTF-16 units.
pub(super) fn length(text: &str) -> u32 {
    text.chars().map(width).sum()
}

const fn width(c: char) -> u32 {
    if (c as u32) < 0x1_0000 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::{Link, Marks, Runs};

    #[test]
    fn a_link_leads_to_the_web_a_mailbox_or_this_site() {
        for good in ["https://a.example/x?y=1#z", "mailto:a@b.example", "/discover", "#risks"] {
            assert!(Link::parse(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//evil.example",
            "/\\evil.example",
            "https://a.example/\"onclick=\"x",
            "java\nscript:x",
            "",
        ] {
            assert!(Link::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn text_is_cut_and_joined_with_its_marks() {
        let bold = Marks { bold: true, ..Marks::default() };
        let mut runs = Runs::plain("one 🗽 ");
        runs.push("two\nthree", bold);
        assert_eq!(runs.length(), 16);
        assert_eq!(runs.slice(4, 6).text(), "🗽");
        assert_eq!(runs.slice(0, 5).text(), "one ");
        let lines = runs.lines();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].iter().all(|run| run.marks.bold));
        assert_eq!(Runs::joined(lines, "\n").text(), runs.text());
        assert_eq!(Runs::plain("  x \n").trimmed(), Runs::plain("x"));
    }
}
