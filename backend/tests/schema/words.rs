//! Expressions and indexes in words that both engines share: Postgres writes
//! `state in ('a', 'b')` back as `((state = ANY (ARRAY['a'::text, 'b'::text])))`.

use std::collections::BTreeMap;

/// The words of a statement without parentheses, commas, casts and what an
/// engine adds of its own.
pub fn plain(text: &str) -> String {
    let tokens = tokens(text);
    let mut words: Vec<&str> = Vec::new();
    let mut rest = tokens.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let next = |place: usize| after.get(place).map(String::as_str);
        let (word, used) = match first.as_str() {
            "=" if next(0) == Some("any") && next(1) == Some("array") => ("in", 2),
            // A list of one is written back as an equation.
            "in" if is_string(next(0)) && !is_string(next(1)) => ("=", 0),
            "::" | "using" => ("", 1),
            // Nulls come last in SQLite's descending orders, whatever is said.
            "nulls" => ("", 1),
            "public" if next(0) == Some(".") => ("", 1),
            word => (word, 0),
        };
        words.extend(Some(word).filter(|word| !word.is_empty()));
        rest = &after[used..];
    }
    words.join(" ")
}

/// The named checks of a `create table` statement.
pub fn checks(source: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for part in source.split("constraint ").skip(1) {
        let Some((name, rest)) = part.split_once(char::is_whitespace) else { continue };
        if let Some(expression) = rest.trim_start().strip_prefix("check") {
            found.insert(name.to_owned(), plain(balanced(expression)));
        }
    }
    found
}

/// What stands in the first pair of parentheses.
fn balanced(text: &str) -> &str {
    let start = text.find('(').expect("a check has an expression");
    let mut depth = 0;
    for (at, c) in text.char_indices().skip_while(|(at, _)| *at < start) {
        depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        if depth == 0 {
            return &text[start + 1..at];
        }
    }
    panic!("{text} is not closed");
}

fn is_string(token: Option<&str>) -> bool {
    token.is_some_and(|token| token.starts_with('\''))
}

fn tokens(text: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let mut token = String::from(c);
        match c {
            '\'' => {
                for c in chars.by_ref() {
                    token.push(c);
                    if c == '\'' {
                        break;
                    }
                }
            }
            c if c.is_alphanumeric() || c == '_' => {
                while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                    token.push(c);
                }
                token.make_ascii_lowercase();
            }
            '<' | '>' | '=' | '!' | ':' => {
                while let Some(c) = chars.next_if(|c| matches!(c, '<' | '>' | '=' | ':')) {
                    token.push(c);
                }
            }
            '.' => {}
            _ => continue,
        }
        tokens.push(token);
    }
    tokens
}

#[test]
fn both_ways_of_writing_are_one() {
    for (sqlite, postgres) in [
        ("state in\n ('a', 'b c')", "((state = ANY (ARRAY['a'::text, 'b c'::text])))"),
        ("rule in ('one')", "((rule = 'one'::text))"),
        (
            "claimed >= 0 and (quantity is null or claimed <= quantity)",
            "(((claimed >= 0) AND ((quantity IS NULL) OR (claimed <= quantity))))",
        ),
        (
            "create index x on t (a, b desc) where s in ('p', 'q')",
            "CREATE INDEX x ON public.t USING btree (a, b DESC NULLS LAST) \
             WHERE (s = ANY (ARRAY['p'::text, 'q'::text]))",
        ),
    ] {
        assert_eq!(plain(sqlite), plain(postgres));
    }
    for (one, other) in [
        ("a > 0", "a >= 0"),
        ("s in ('a', 'b')", "s in ('a')"),
        ("create index x on t (a desc)", "create index x on t (a)"),
    ] {
        assert_ne!(plain(one), plain(other));
    }
    let table = "create table t (a text constraint t_a_check check (a in ('x', 'y')), b text)";
    assert_eq!(checks(table)["t_a_check"], "a in 'x' 'y'");
}
