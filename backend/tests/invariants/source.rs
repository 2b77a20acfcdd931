//! Rust sources as token trees, so that comments and text in them are never
//! mistaken for code.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One file of code, without its tests and its docs.
pub struct Source {
    /// From the repository's root, with slashes.
    pub path: String,
    tokens: Vec<TokenTree>,
}

/// The repository's root.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a crate of the workspace").to_path_buf()
}

/// A file of the repository.
pub fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("a file of the repository")
}

/// Every source of these crates; files of tests are none.
pub fn all(crates: &[&str]) -> Vec<Source> {
    let mut sources = Vec::new();
    for name in crates {
        for file in below(&format!("{name}/src"), "rs") {
            let path = file
                .strip_prefix(root())
                .expect("below the root")
                .to_string_lossy()
                .replace('\\', "/");
            if path.contains("/tests/") || path.ends_with("/tests.rs") {
                continue;
            }
            let tokens: TokenStream = read(&path).parse().unwrap_or_else(|e| panic!("{path}: {e}"));
            let mut kept = Vec::new();
            flatten(tokens, &mut kept);
            sources.push(Source { path, tokens: kept });
        }
    }
    assert!(sources.len() > crates.len(), "no sources were found");
    sources
}

/// The names of the files in a folder.
pub fn file_names(folder: &str) -> BTreeSet<String> {
    fs::read_dir(root().join(folder))
        .expect("a folder of the repository")
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect()
}

/// Every file below a folder that ends so.
pub fn below(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    waiting.push(path);
                }
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Everything that people wrote and read here.
pub fn every_text_file() -> Vec<PathBuf> {
    let crates = ["domain", "backend", "app", "server", "frontend", "xtask", "bench"];
    let mut files: Vec<PathBuf> = crates.iter().flat_map(|name| below(name, "rs")).collect();
    files.extend(below("style", "css"));
    files.extend(below("end2end", "ts"));
    files
}

impl Source {
    /// Its string literals, as they stand between their quotes.
    pub fn literals(&self) -> Vec<String> {
        let text = self.tokens.iter().filter_map(|token| match token {
            TokenTree::Literal(literal) => Some(literal.to_string()),
            _ => None,
        });
        text.filter_map(|text| {
            let inside = text.trim_start_matches(['b', 'r', '#']).trim_end_matches('#');
            inside.strip_prefix('"').and_then(|t| t.strip_suffix('"')).map(str::to_owned)
        })
        .collect()
    }

    /// Whether the code names this.
    pub fn has_ident(&self, name: &str) -> bool {
        self.tokens.iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == name))
    }

    /// Whether the code names a float type or writes a float.
    pub fn has_float(&self) -> bool {
        self.tokens.iter().any(|token| match token {
            TokenTree::Ident(ident) => ident == "f64" || ident == "f32",
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                text.starts_with(|c: char| c.is_ascii_digit())
                    && (text.contains('.') || text.ends_with("f64") || text.ends_with("f32"))
            }
            _ => false,
        })
    }

    /// What is put into log lines: the names inside each `tracing::…!(…)`.
    pub fn log_lines(&self) -> Vec<BTreeSet<String>> {
        let mut lines = Vec::new();
        let is = |token: &TokenTree, text: &str| token.to_string() == text;
        for (index, token) in self.tokens.iter().enumerate() {
            let starts = is(token, "tracing")
                && self.tokens.get(index + 4).is_some_and(|token| is(token, "!"))
                && self.tokens.get(index + 1).is_some_and(|token| is(token, ":"));
            if let (true, Some(TokenTree::Group(group))) = (starts, self.tokens.get(index + 5)) {
                let mut inside = Vec::new();
                flatten(group.stream(), &mut inside);
                let names = inside.iter().filter_map(|token| match token {
                    TokenTree::Ident(ident) => Some(ident.to_string()),
                    _ => None,
                });
                lines.push(names.collect());
            }
        }
        lines
    }
}

/// Every token in order, groups themselves included, without docs, without
/// what is only there for tests and without what only the `sql` feature adds.
fn flatten(stream: TokenStream, out: &mut Vec<TokenTree>) {
    let mut tokens = stream.into_iter().peekable();
    while let Some(token) = tokens.next() {
        if let TokenTree::Punct(punct) = &token
            && punct.as_char() == '#'
        {
            if tokens
                .peek()
                .is_some_and(|next| matches!(next, TokenTree::Punct(p) if p.as_char() == '!'))
            {
                tokens.next();
            }
            match tokens.peek().map(attribute) {
                Some(Attribute::Ignored) => {
                    tokens.next();
                    continue;
                }
                Some(Attribute::Test) => {
                    tokens.next();
                    // The item itself, up to its body or its semicolon.
                    for next in tokens.by_ref() {
                        let is_body = matches!(&next, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
                        if is_body || next.to_string() == ";" {
                            break;
                        }
                    }
                    continue;
                }
                _ => {}
            }
        }
        let inside = match &token {
            TokenTree::Group(group) => Some(group.stream()),
            _ => None,
        };
        out.push(token);
        if let Some(inside) = inside {
            flatten(inside, out);
        }
    }
}

enum Attribute {
    Ignored,
    Test,
    Other,
}

fn attribute(token: &TokenTree) -> Attribute {
    let TokenTree::Group(group) = token else { return Attribute::Other };
    let text: String = group.stream().to_string().split_whitespace().collect();
    if text.starts_with("doc=") || text.starts_with("cfg_attr(feature=\"sql\"") {
        Attribute::Ignored
    } else if text == "cfg(test)" {
        Attribute::Test
    } else {
        Attribute::Other
    }
}
