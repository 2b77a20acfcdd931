//! What two versions of something say, with what words alone do not show written out: its
//! marks, and where its links lead.

use crate::story::{Block, Kind, Link, Marks, Question, Run, Runs};

/// What something says: its text, with what stands above and beside it.
pub(super) struct Said<'a> {
    above: &'a str,
    pub(super) text: &'a Runs,
    beside: &'a str,
}

/// What is written out besides the words.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Signs {
    pub(super) marks: bool,
    pub(super) links: bool,
}

impl<'a> Said<'a> {
    pub(super) const fn of(text: &'a Runs) -> Self {
        Self { above: "", text, beside: "" }
    }

    pub(super) fn question(question: &'a Question) -> Self {
        Self { above: &question.question, ..Self::of(&question.answer) }
    }

    pub(super) fn block(block: &'a Block) -> Self {
        let beside = match &block.kind {
            Kind::Image { alt, .. } => alt.as_str(),
            Kind::Video { address } => address.as_str(),
            _ => "",
        };
        Self { beside, ..Self::of(&block.text) }
    }

    /// The words alone.
    pub(super) fn plain(&self) -> String {
        self.written(Signs { marks: false, links: false })
    }

    pub(super) fn written(&self, signs: Signs) -> String {
        let text = written(self.text, signs);
        let lines = [self.above, text.as_str(), self.beside];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// A text with its marks written out as in Markdown, and the address behind each link.
fn written(runs: &Runs, signs: Signs) -> String {
    let mut out = String::new();
    let mut runs = runs.iter().peekable();
    while let Some(Run { text, marks }) = runs.next() {
        let around: String = [(marks.bold, "**"), (marks.italic, "*"), (marks.code, "`")]
            .into_iter()
            .filter(|(is_on, _)| signs.marks && *is_on)
            .map(|(_, sign)| sign)
            .collect();
        out.push_str(&around);
        out.push_str(text);
        out.extend(around.chars().rev());
        let goes_on = runs.peek().is_some_and(|next| next.marks.link == marks.link);
        if let Some(link) = marks.link.as_ref().filter(|_| signs.links && !goes_on) {
            out.push_str(" (");
            out.push_str(link.as_str());
            out.push(')');
        }
    }
    out
}

/// The texts that are links, each with where it leads. A link of which a part is bold is one.
pub(super) fn links(runs: &Runs) -> Vec<(String, &Link)> {
    let mut links: Vec<(String, &Link)> = Vec::new();
    let mut before = None;
    for Run { text, marks } in runs.iter() {
        if let Some(link) = &marks.link {
            match links.last_mut() {
                Some((whole, _)) if before == Some(link) => whole.push_str(text),
                _ => links.push((text.clone(), link)),
            }
        }
        before = marks.link.as_ref();
    }
    links
}

/// The texts that are bold, italic or code, and which of these.
pub(super) fn marked(runs: &Runs) -> Vec<(&str, [bool; 3])> {
    let signs = |marks: &Marks| [marks.bold, marks.italic, marks.code];
    let all = runs.iter().map(|run| (run.text.as_str(), signs(&run.marks)));
    all.filter(|(_, signs)| signs.contains(&true)).collect()
}
