//! Blocks as Markdown, for the form without scripts. What Markdown has no sign for
//! (pictures, films, call-outs, cards of rewards) is left out or becomes a paragraph;
//! the form says so.

use std::fmt::Write as _;

use crate::story::{Block, Kind, Run, Runs};

/// A story as Markdown.
#[must_use]
pub fn markdown(story: &[Block]) -> String {
    let mut out = String::new();
    for block in story {
        let text = block_text(block);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push_str("\n\n");
        }
        out.push_str(&text);
    }
    out
}

fn block_text(block: &Block) -> String {
    let text = || inside(&block.text);
    let before = |sign: &str| {
        let lines = block.text.lines();
        let lines: Vec<String> =
            lines.iter().map(|line| format!("{sign}{}", inside(line))).collect();
        lines.join("\n")
    };
    match &block.kind {
        Kind::Divider => "---".to_owned(),
        Kind::RewardCard { .. } => String::new(),
        Kind::Video { address } if !address.is_empty() => format!("<{address}>"),
        _ if block.text.is_empty() => String::new(),
        Kind::Heading { level: 2 } => format!("## {}", text().replace("\\\n", " ")),
        Kind::Heading { .. } => format!("### {}", text().replace("\\\n", " ")),
        Kind::Quote => format!("> {}", text().replace('\n', "\n> ")),
        Kind::Bullets => before("- "),
        Kind::Numbers => before("1. "),
        Kind::Table => table(block),
        _ => text(),
    }
}

fn table(block: &Block) -> String {
    let rows = block.rows();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        out.push('|');
        for place in 0..width {
            let cell = row.get(place).map(inside).unwrap_or_default();
            let _ = write!(out, " {cell} |");
        }
        if number == 0 {
            out.push_str("\n|");
            out.push_str(&"---|".repeat(width));
        }
        if number + 1 < rows.len() {
            out.push('\n');
        }
    }
    out
}

fn inside(runs: &Runs) -> String {
    runs.iter().map(marked).collect()
}

/// One run. Signs stand at its words: white space inside of them would undo them.
fn marked(run: &Run) -> String {
    let marks = &run.marks;
    let core = run.text.trim();
    if core.is_empty() {
        return run.text.replace('\n', "\\\n");
    }
    let start = run.text.len() - run.text.trim_start().len();
    let (before, after) = (&run.text[..start], &run.text[start + core.len()..]);
    let mut text = if marks.code && !core.contains('`') {
        format!("`{}`", core.replace('\n', " "))
    } else {
        escaped(core)
    };
    if marks.italic {
        text = format!("*{text}*");
    }
    if marks.bold {
        text = format!("**{text}**");
    }
    if let Some(link) = &marks.link {
        let address = link.as_str().replace('<', "%3C").replace('>', "%3E");
        text = format!("[{text}](<{address}>)");
    }
    format!("{}{text}{}", before.replace('\n', "\\\n"), after.replace('\n', "\\\n"))
}

/// What would be a sign stands for itself. At the beginning of a line there are more.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_start = true;
    let mut number = false;
    for c in text.chars() {
        let is_sign =
            matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '#')
                || (is_start && matches!(c, '-' | '+' | '='))
                || (number && matches!(c, '.' | ')'));
        if is_sign {
            out.push('\\');
        }
        if c == '\n' {
            out.push('\\');
        }
        out.push(c);
        number = c.is_ascii_digit() && (is_start || number);
        is_start = c == '\n' || (is_start && c.is_whitespace());
    }
    out
}
