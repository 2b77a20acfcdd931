//! Markdown to blocks and back: for stories of before, for what is pasted, and for the
//! form that works without scripts.

mod write;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::{Kind, Link, Marks, Runs};

pub use write::markdown;

/// The blocks of a text in Markdown. HTML in it is text, and pictures by link are left
/// out: they would tell their host who reads.
#[must_use]
pub fn blocks(markdown: &str) -> Vec<(Kind, Runs)> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, options) {
        reader.take(event);
    }
    reader.close();
    reader.done
}

#[derive(Default)]
struct Reader {
    done: Vec<(Kind, Runs)>,
    /// What is being read.
    text: Runs,
    kind: Option<Kind>,
    marks: Marks,
    /// How deep in quotes, lists and pictures.
    quotes: u32,
    lists: Vec<Kind>,
    pictures: u32,
    is_code: bool,
    /// Whether a line, and in it a cell, was begun.
    has_line: bool,
    has_cell: bool,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            _ if self.pictures > 0 => {}
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.say(&text),
            Event::Code(text) => {
                let marks = Marks { code: true, ..self.marks.clone() };
                self.text.push(text.replace('\t', " "), marks);
            }
            Event::SoftBreak => self.text.push(" ", Marks::default()),
            // In a list or a table, a line is an item or a row.
            Event::HardBreak => {
                let is_lined = !self.lists.is_empty() || self.kind == Some(Kind::Table);
                self.text.push(if is_lined { " " } else { "\n" }, Marks::default());
            }
            Event::Rule => {
                self.close();
                self.done.push((Kind::Divider, Runs::default()));
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph if self.lists.is_empty() => {
                self.open(if self.quotes > 0 { Kind::Quote } else { Kind::Text });
            }
            // Within an item, what was said before stays in its line.
            Tag::Paragraph => self.space(),
            Tag::Heading { level, .. } => {
                let level =
                    if matches!(level, HeadingLevel::H1 | HeadingLevel::H2) { 2 } else { 3 };
                self.open(Kind::Heading { level });
            }
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                if self.lists.is_empty() {
                    self.open(Kind::Text);
                }
                self.is_code = true;
            }
            Tag::HtmlBlock if self.lists.is_empty() => self.open(Kind::Text),
            Tag::List(first) => {
                let kind = if first.is_some() { Kind::Numbers } else { Kind::Bullets };
                // A list in a list goes on in the outer one: lists have one level.
                if self.lists.is_empty() {
                    self.open(kind.clone());
                }
                self.lists.push(kind);
            }
            Tag::Item => self.line(),
            Tag::Table(_) => self.open(Kind::Table),
            Tag::TableHead | Tag::TableRow => self.line(),
            Tag::TableCell => {
                if self.has_cell {
                    self.text.push("\t", Marks::default());
                }
                self.has_cell = true;
            }
            Tag::Emphasis => self.marks.italic = true,
            Tag::Strong => self.marks.bold = true,
            Tag::Link { dest_url, .. } => self.marks.link = Link::parse(dest_url),
            Tag::Image { .. } => self.pictures += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock if self.lists.is_empty() => self.close(),
            TagEnd::Heading(_) | TagEnd::Table => self.close(),
            TagEnd::BlockQuote(_) => self.quotes = self.quotes.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.is_code = false;
                if self.lists.is_empty() {
                    self.close();
                }
            }
            TagEnd::List(_) => {
                self.lists.pop();
                if self.lists.is_empty() {
                    self.close();
                }
            }
            TagEnd::Emphasis => self.marks.italic = false,
            TagEnd::Strong => self.marks.bold = false,
            TagEnd::Link => self.marks.link = None,
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        if self.kind.is_none() {
            self.open(Kind::Text);
        }
        let marks = Marks { code: self.is_code || self.marks.code, ..self.marks.clone() };
        let is_lined = !self.lists.is_empty() || self.kind == Some(Kind::Table);
        let text =
            if is_lined { text.replace(['\n', '\t'], " ") } else { text.replace('\t', "    ") };
        self.text.push(text, marks);
    }

    fn open(&mut self, kind: Kind) {
        self.close();
        self.kind = Some(kind);
    }

    /// Begins an item or a row.
    fn line(&mut self) {
        if self.has_line {
            self.text.push("\n", Marks::default());
        }
        (self.has_line, self.has_cell) = (true, false);
    }

    fn space(&mut self) {
        let text = self.text.text();
        if !text.is_empty() && !text.ends_with(['\n', ' ']) {
            self.text.push(" ", Marks::default());
        }
    }

    fn close(&mut self) {
        let text = std::mem::take(&mut self.text);
        (self.has_line, self.has_cell) = (false, false);
        if let Some(kind) = self.kind.take() {
            let text = if kind == Kind::Table { text } else { text.trimmed() };
            if !text.is_empty() {
                self.done.push((kind, text));
            }
        }
    }
}

#[cfg(test)]
mod tests;
