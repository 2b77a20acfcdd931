//! What is pasted: from a word processor, from a page, as Markdown or as bare text.
//! Of foreign markup only text, marks and the kinds of our blocks are taken; it is
//! parsed in a document that neither runs nor loads anything, and never put into ours.

use domain::story::{Kind, Link, Mark, Marks, Place, Runs, markdown};
use wasm_bindgen::JsCast as _;
use web_sys::{ClipboardEvent, DataTransfer, DomParser, Element, File, Node, SupportedType};

use super::{
    desk::Desk,
    keys::{changed, end},
    place::Caret,
};

/// Takes what is pasted into the text with the caret; pictures are handed back.
#[must_use]
pub fn paste(desk: Desk, event: &ClipboardEvent) -> Vec<File> {
    let Some(data) = event.clipboard_data() else { return Vec::new() };
    let Some(caret) = desk.caret() else { return Vec::new() };
    event.prevent_default();
    let files = pictures(&data);
    if !files.is_empty() {
        return files;
    }
    let read = |kind| data.get_data(kind).unwrap_or_default();
    let (html, text) = (read("text/html"), read("text/plain"));
    let blocks = match html.trim() {
        "" => Vec::new(),
        html => from_html(html),
    };
    put(desk, caret, blocks, &text.replace('\r', ""));
    Vec::new()
}

/// The pictures among what is pasted or dropped.
#[must_use]
pub fn pictures(data: &DataTransfer) -> Vec<File> {
    let Some(files) = data.files() else { return Vec::new() };
    let all = (0..files.length()).filter_map(|at| files.get(at));
    all.filter(|file| file.type_().starts_with("image/")).collect()
}

fn put(desk: Desk, caret: Caret, blocks: Vec<(Kind, Runs)>, text: &str) {
    let (from, to) = caret.ends();
    let is_bare = blocks.is_empty();
    let block = match caret.place {
        Place::Block(block) if !desk.kind_now(block).has_caption() => block,
        place => {
            let all = blocks.into_iter().map(|(_, text)| text);
            let mut whole = if is_bare { Runs::plain(text) } else { Runs::joined(all, "\n") };
            if !matches!(place, Place::Risks | Place::Answer(_)) {
                whole = Runs::plain(whole.in_one_line());
            }
            return desk.splice(place, from, to - from, &whole);
        }
    };
    if let Some(link) = Link::parse(text).filter(|link| from != to && link.as_str() == text.trim())
    {
        return desk.mark(caret, &Mark::Link(link), true);
    }
    let mut blocks = match is_bare {
        true if text.contains('\n') => markdown::blocks(text),
        true => vec![(Kind::Text, Runs::plain(text))],
        false => blocks,
    };
    let own = desk.kind_now(block);
    if own.has_lines() {
        let lines = Runs::joined(blocks.into_iter().map(|(_, text)| text), "\n");
        return desk.splice(caret.place, from, to - from, &lines);
    }
    if let [(Kind::Text, text)] = &blocks[..] {
        return desk.splice(caret.place, from, to - from, text);
    }
    if blocks.is_empty() {
        return;
    }
    let is_empty = desk.text(caret.place).length() == to - from;
    let mut last = block;
    desk.change(None, |document| {
        document.splice(caret.place, from, to - from, &Runs::default());
        let tail = (document.length(caret.place) > from).then(|| document.split(block, from));
        if is_empty || blocks[0].0 == Kind::Text {
            let (kind, text) = blocks.remove(0);
            if is_empty {
                document.set_kind(block, &kind);
            }
            document.splice(caret.place, from, 0, &text);
        }
        let made = document.insert_all(Some(block), &blocks);
        last = made.last().copied().unwrap_or(block);
        let mut changes = changed([block], true);
        changes.blocks.extend(&made);
        changes.places.extend(made.iter().map(|block| Place::Block(*block)));
        changes.places.extend(tail.flatten().map(Place::Block));
        changes
    });
    desk.go(end(Place::Block(last)));
}

/// The blocks of foreign markup.
fn from_html(html: &str) -> Vec<(Kind, Runs)> {
    let html = unstyled(html);
    let parsed = DomParser::new()
        .ok()
        .and_then(|parser| parser.parse_from_string(&html, SupportedType::TextHtml).ok());
    let Some(body) = parsed.and_then(|parsed| parsed.body()) else { return Vec::new() };
    let mut reader = Reader::default();
    reader.children(&body, &Marks::default());
    reader.end();
    reader.blocks
}

/// Foreign markup without style sheets, and with its styles under another name: our
/// policy allows neither, and a browser complains of each. No attribute is kept, so
/// nothing is lost where a value looks like one.
fn unstyled(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if rest.get(..6).is_some_and(|tag| tag.eq_ignore_ascii_case("<style")) {
            let Some(end) = rest.to_ascii_lowercase().find("</style") else { return out };
            rest = &rest[end..];
        }
        let (tag, after) = rest.split_at(rest.find('>').map_or(rest.len(), |end| end + 1));
        out.push_str(&tag.replace("style=", STYLE).replace("STYLE=", STYLE));
        rest = after;
    }
    out + rest
}

/// What stands for `style=`, see [`unstyled`].
const STYLE: &str = "data-style=";

#[derive(Default)]
struct Reader {
    blocks: Vec<(Kind, Runs)>,
    kind: Kind,
    text: Runs,
    /// Deep in a list, its items are lines of one block.
    lists: usize,
}

impl Reader {
    fn children(&mut self, parent: &Node, marks: &Marks) {
        let children = parent.child_nodes();
        for at in 0..children.length() {
            let Some(child) = children.item(at) else { continue };
            match child.dyn_ref::<Element>() {
                Some(element) => self.element(element, marks),
                None if child.node_type() == Node::TEXT_NODE => {
                    self.push(&child.text_content().unwrap_or_default(), marks);
                }
                None => {}
            }
        }
    }

    fn element(&mut self, element: &Element, marks: &Marks) {
        let marks = marked(element, marks);
        match element.tag_name().as_str() {
            "SCRIPT" | "STYLE" | "TEMPLATE" | "HEAD" | "TITLE" | "META" | "LINK" | "NOSCRIPT"
            | "IFRAME" | "OBJECT" | "SVG" | "MATH" => {}
            "BR" => self.text.push("\n", Marks::default()),
            "HR" => {
                self.end();
                self.blocks.push((Kind::Divider, Runs::default()));
            }
            "H1" | "H2" => self.whole(element, Kind::Heading { level: 2 }, &Marks::default()),
            "H3" | "H4" | "H5" | "H6" => {
                self.whole(element, Kind::Heading { level: 3 }, &Marks::default());
            }
            "BLOCKQUOTE" => self.whole(element, Kind::Quote, &marks),
            "UL" => self.list(element, Kind::Bullets, &marks),
            "OL" => self.list(element, Kind::Numbers, &marks),
            "LI" => self.item(element, &marks),
            "TABLE" => self.list(element, Kind::Table, &marks),
            "TR" => self.item(element, &marks),
            "TD" | "TH" => {
                if element.previous_element_sibling().is_some() {
                    self.text.push("\t", Marks::default());
                }
                self.children(element, &marks);
            }
            "P" | "DIV" | "SECTION" | "ARTICLE" | "HEADER" | "FOOTER" | "MAIN" | "ASIDE"
            | "PRE"
                if self.lists == 0 =>
            {
                match is_word_list(element) {
                    true => self.word_item(element, &marks),
                    false => {
                        self.end();
                        self.children(element, &marks);
                        self.end();
                    }
                }
            }
            _ => self.children(element, &marks),
        }
    }

    fn whole(&mut self, element: &Element, kind: Kind, marks: &Marks) {
        if self.lists > 0 {
            return self.children(element, marks);
        }
        self.end();
        self.kind = kind;
        self.children(element, marks);
        self.end();
    }

    fn list(&mut self, element: &Element, kind: Kind, marks: &Marks) {
        if self.lists == 0 {
            self.end();
            self.kind = kind;
        }
        self.lists += 1;
        self.children(element, marks);
        self.lists -= 1;
        if self.lists == 0 {
            self.end();
        }
    }

    fn item(&mut self, element: &Element, marks: &Marks) {
        let before = std::mem::take(&mut self.text);
        self.children(element, marks);
        let item = trimmed(&std::mem::take(&mut self.text), self.kind == Kind::Table);
        self.text = match before.is_empty() {
            true => item,
            false => Runs::joined([before, item], "\n"),
        };
    }

    /// Word writes the items of a list as paragraphs that begin with their sign.
    fn word_item(&mut self, element: &Element, marks: &Marks) {
        self.end();
        self.children(element, marks);
        let text = std::mem::take(&mut self.text);
        let bare = text.text();
        let is_number = bare.trim_start().starts_with(|c: char| c.is_ascii_digit());
        let sign = |c: char| !c.is_alphabetic() && c != '(' && c != '«' && c != '"';
        let skipped = bare.chars().take_while(|c| sign(*c)).map(char::len_utf16).sum::<usize>();
        let skipped = u32::try_from(skipped).unwrap_or_default();
        let item = trimmed(&text.slice(skipped, text.length()), false);
        let kind = if is_number { Kind::Numbers } else { Kind::Bullets };
        match self.blocks.last_mut() {
            Some((before, items)) if *before == kind => {
                items.push("\n", Marks::default());
                items.append(item);
            }
            _ => self.blocks.push((kind, item)),
        }
    }

    /// White space is one space, as browsers draw it.
    fn push(&mut self, text: &str, marks: &Marks) {
        let mut clean = String::with_capacity(text.len());
        for c in text.chars() {
            let c = if matches!(c, ' ' | '\n' | '\r' | '\t') { ' ' } else { c };
            if c != ' ' || !clean.ends_with(' ') {
                clean.push(c);
            }
        }
        let ends_in_space = self.text.text().ends_with([' ', '\n', '\t']);
        let is_start = self.text.is_empty() || ends_in_space;
        let clean = if is_start { clean.trim_start_matches(' ') } else { &clean };
        self.text.push(clean, marks.clone());
    }

    fn end(&mut self) {
        let kind = std::mem::take(&mut self.kind);
        let is_table = kind == Kind::Table;
        let text = trimmed(&std::mem::take(&mut self.text), is_table);
        if !text.is_empty() {
            self.blocks.push((kind, text));
        }
    }
}

/// Empty cells at the ends of a row are cells.
fn trimmed(text: &Runs, is_table: bool) -> Runs {
    if is_table { text.clone() } else { text.trimmed() }
}

fn is_word_list(element: &Element) -> bool {
    element.class_name().contains("MsoListParagraph")
}

fn marked(element: &Element, marks: &Marks) -> Marks {
    let mut marks = marks.clone();
    let style =
        element.get_attribute("data-style").unwrap_or_default().replace(' ', "").to_lowercase();
    match element.tag_name().as_str() {
        "B" | "STRONG" => marks.bold = true,
        "I" | "EM" | "CITE" => marks.italic = true,
        "CODE" | "KBD" | "SAMP" | "TT" => marks.code = true,
        "A" => marks.link = element.get_attribute("href").and_then(|href| Link::parse(&href)),
        _ => {}
    }
    // Some word processors wrap everything in a bold element that is not bold.
    let weight = style.split("font-weight:").nth(1).unwrap_or_default();
    if ["bold", "600", "700", "800", "900"].iter().any(|one| weight.starts_with(one)) {
        marks.bold = true;
    } else if weight.starts_with("normal") || weight.starts_with("400") {
        marks.bold = false;
    }
    if style.contains("font-style:italic") {
        marks.italic = true;
    }
    marks
}
