//! A text as its editable element shows it: the markup that visitors get, and a
//! `<br>` that keeps an empty line open for the caret.

use domain::story::{Kind, Runs, html};

/// What stands inside the element of a text; `kind` is that of its block.
#[must_use]
pub fn inside(text: &Runs, kind: Option<&Kind>) -> String {
    let list = match kind {
        Some(Kind::Bullets) => "ul",
        Some(Kind::Numbers) => "ol",
        Some(Kind::Table) => return table(text),
        _ => return open(text),
    };
    let item = |line: &Runs| format!("<li>{}</li>", open(line));
    let items: String = text.lines().iter().map(item).collect();
    format!("<{list}>{items}</{list}>")
}

/// What of an element counts its lines and cells.
pub const PARTS: &str = "li, td, th";

/// Whether an element shows as many items and cells as its text has: browsers join
/// and take away items as they like.
#[must_use]
pub fn is_whole(text: &Runs, kind: Option<&Kind>, parts: u32) -> bool {
    match kind {
        Some(Kind::Bullets | Kind::Numbers) => text.lines().len() == parts as usize,
        Some(Kind::Table) => {
            let cells = text.lines().iter().map(|line| line.split('\t').len()).sum::<usize>();
            cells == parts as usize
        }
        _ => true,
    }
}

fn table(text: &Runs) -> String {
    let row = |line: &Runs, cell: &str| {
        let cells = line.split('\t');
        let cells = cells.iter().map(|inside| {
            // Nothing heads no column.
            let cell = if inside.is_empty() { "td" } else { cell };
            format!("<{cell}>{}</{cell}>", open(inside))
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let lines = text.lines();
    let Some((head, rows)) = lines.split_first() else { return String::new() };
    let rows: String = rows.iter().map(|line| row(line, "td")).collect();
    format!("<table><thead>{}</thead><tbody>{rows}</tbody></table>", row(head, "th"))
}

fn open(text: &Runs) -> String {
    let inside = html::inside(text);
    match text.iter().last().is_none_or(|run| run.text.ends_with('\n')) {
        true => inside + "<br>",
        false => inside,
    }
}

#[cfg(test)]
mod tests {
    use domain::story::{Kind, Runs};

    use super::{inside, is_whole};

    #[test]
    fn every_line_of_a_list_is_an_item() {
        let html = inside(&Runs::plain("one\n\n<b>"), Some(&Kind::Bullets));
        assert_eq!(html, "<ul><li>one</li><li><br></li><li>&lt;b&gt;</li></ul>");
        assert!(is_whole(&Runs::plain("a\nb"), Some(&Kind::Numbers), 2));
        assert!(!is_whole(&Runs::plain("a\nb"), Some(&Kind::Numbers), 1));
    }

    #[test]
    fn a_row_is_a_line_and_its_cells_stand_between_tabs() {
        let text = Runs::plain("a\tb\n1\t");
        let html = inside(&text, Some(&Kind::Table));
        assert_eq!(
            html,
            "<table><thead><tr><th>a</th><th>b</th></tr></thead>\
             <tbody><tr><td>1</td><td><br></td></tr></tbody></table>"
        );
        assert!(is_whole(&text, Some(&Kind::Table), 4));
        assert!(!is_whole(&text, Some(&Kind::Table), 3));
    }

    #[test]
    fn the_caret_finds_an_empty_line() {
        assert_eq!(inside(&Runs::default(), None), "<br>");
        assert_eq!(inside(&Runs::plain("a\n"), Some(&Kind::Text)), "a<br><br>");
        assert_eq!(inside(&Runs::plain("a\nb"), Some(&Kind::Text)), "a<br>b");
    }
}
