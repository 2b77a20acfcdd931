//! The invariants of ARCHITECTURE.md that can be read off the sources: each is
//! the absence of something. Code in `#[cfg(test)]` modules is not looked at.

#[path = "invariants/source.rs"]
mod source;

use std::{collections::BTreeSet, fs, marker::PhantomData};

use source::{Source, all, file_names, read, root};

/// Files that may hold SQL; everything else calls them.
const SQL_FILES: [&str; 3] = ["sql.rs", "search.rs", "db.rs"];
/// Floats: a ranking, numbers of the browser, and qualities of pictures, none of which
/// is money.
const FLOAT_FILES: [&str; 5] = [
    "backend/src/campaign/popularity.rs",
    "backend/src/media/make.rs",
    "app/src/live.rs",
    "app/src/studio/rewards/order.rs",
    "app/src/ui/when.rs",
];

#[test]
fn sql_stands_only_in_sql_files() {
    let is_allowed =
        |source: &Source| SQL_FILES.iter().any(|name| source.path.ends_with(&format!("/{name}")));
    let mut seen = 0;
    for source in all(&["domain", "backend", "app", "server", "frontend"]) {
        let statements = source.literals().into_iter().filter(|text| is_sql(text));
        for statement in statements {
            seen += 1;
            assert!(is_allowed(&source), "{} holds SQL: {statement}", source.path);
        }
    }
    assert!(seen > 40, "only {seen} statements were found: does this test still read them?");
}

fn is_sql(text: &str) -> bool {
    let text = text.trim_start();
    [
        "select ",
        "insert into ",
        "delete from ",
        "create table ",
        "alter table ",
        "pragma ",
        "begin immediate",
    ]
    .iter()
    .any(|start| text.starts_with(start))
        || (text.starts_with("update ") && text.contains(" set "))
        || text.contains(" where ") && text.contains(" from ") && text.contains("select ")
}

#[test]
fn only_the_seam_names_the_http_framework() {
    for source in all(&["app"]) {
        let is_seam = source.path == "app/src/http.rs";
        assert_eq!(source.has_ident("leptos_axum"), is_seam, "{}", source.path);
        assert!(!source.has_ident("axum"), "{}", source.path);
    }
}

#[test]
fn the_domain_does_no_io_and_reads_no_clock() {
    for source in all(&["domain"]) {
        for word in
            ["sqlx", "tokio", "SystemTime", "Instant", "fs", "net", "env", "thread", "process"]
        {
            assert!(!source.has_ident(word), "{} names {word}", source.path);
        }
    }
    let manifest = read("domain/Cargo.toml");
    let dependencies = manifest
        .split("[dependencies]")
        .nth(1)
        .and_then(|rest| rest.split("\n[").next())
        .expect("domain has dependencies");
    let names: BTreeSet<&str> = dependencies
        .lines()
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty())
        .collect();
    // Those that read Markdown, and merge or compare what several write, know no clock and
    // no file.
    let known = [
        "pulldown-cmark",
        "rust_decimal",
        "serde",
        "serde_json",
        "similar",
        "sqlx",
        "thiserror",
        "uuid",
        "yrs",
    ];
    assert_eq!(names, known.into());
    assert!(
        dependencies.contains("sqlx = { workspace = true, optional = true }"),
        "{dependencies}"
    );
}

#[test]
fn no_money_is_a_float() {
    for source in all(&["domain", "backend", "app", "server", "frontend"]) {
        if !FLOAT_FILES.contains(&source.path.as_str()) {
            assert!(!source.has_float(), "{} computes with floats", source.path);
        }
    }
}

#[test]
fn totals_and_stock_are_written_by_the_pledge_writer_alone() {
    const WRITER: &str = "backend/src/pledge/batch";
    let functions = [
        ("set_stock", "backend/src/reward/sql.rs"),
        ("set_variant_stock", "backend/src/reward/variant/sql.rs"),
        ("set_funding", "backend/src/campaign/locked"),
    ];
    let statements = [
        ("insert into pledge", "backend/src/pledge/batch/sql.rs"),
        ("update pledge ", "backend/src/pledge/batch/sql.rs"),
        ("delete from pledge", "backend/src/pledge/batch/sql.rs"),
        ("update reward ", "backend/src/reward/sql.rs"),
        ("update reward_variant ", "backend/src/reward/variant/sql.rs"),
    ];
    for source in all(&["backend", "app", "server"]) {
        for (function, home) in functions {
            let may = source.path.starts_with(home) || source.path.starts_with(WRITER);
            assert!(may || !source.has_ident(function), "{} calls {function}", source.path);
        }
        for statement in source.literals() {
            let statement = words(&statement);
            for (write, home) in statements {
                let may = source.path == home;
                assert!(may || !statement.contains(write), "{}: {statement}", source.path);
            }
        }
    }
}

#[test]
fn the_books_are_only_ever_added_to() {
    for source in all(&["backend", "app", "server"]) {
        for statement in source.literals() {
            let statement = words(&statement);
            assert!(
                !statement.contains("update entry") && !statement.contains("delete from entry"),
                "{}: {statement}",
                source.path
            );
            let adds = statement.contains("insert into entry");
            assert!(!adds || source.path == "backend/src/ledger/sql.rs", "{}", source.path);
        }
    }
}

#[test]
fn faults_cannot_be_serialised() {
    // An inherent constant wins over a trait's, where its bound holds.
    struct Probe<T>(PhantomData<T>);
    trait Otherwise {
        const IS_SERIALIZE: bool = false;
    }
    impl<T> Otherwise for Probe<T> {}
    impl<T: serde::Serialize> Probe<T> {
        const IS_SERIALIZE: bool = true;
    }
    const { assert!(Probe::<domain::Invalid>::IS_SERIALIZE, "the probe sees what is serialisable") };
    const { assert!(!Probe::<backend::Error>::IS_SERIALIZE) };
    const { assert!(!Probe::<domain::account::Password>::IS_SERIALIZE) };
}

#[test]
fn both_engines_have_the_same_migrations() {
    let sqlite = file_names("backend/migrations/sqlite");
    assert!(!sqlite.is_empty());
    assert_eq!(sqlite, file_names("backend/migrations/postgres"));
}

#[test]
fn no_release_build_can_move_the_clock() {
    let clock = read("backend/src/clock.rs");
    let refusal = "#[cfg(all(feature = \"test-clock\", not(debug_assertions)))]\ncompile_error!";
    assert!(clock.contains(refusal), "a release build with the feature fails");
    for manifest in ["backend/Cargo.toml", "server/Cargo.toml"] {
        let manifest = read(manifest);
        assert!(manifest.contains("\ntest-clock = ["), "{manifest}");
        assert!(!manifest.contains("\ndefault ="), "off unless asked for: {manifest}");
    }
    let profiles = read("Cargo.toml").replace("debug-assertions = false", "");
    assert!(!profiles.contains("debug-assertions"), "as the profiles are by default, or fewer");
}

#[test]
fn no_file_is_longer_than_400_lines() {
    for source in source::every_text_file() {
        let lines = fs::read_to_string(&source).expect("a text file").lines().count();
        let name = source.strip_prefix(root()).unwrap_or(&source);
        assert!(lines <= 400, "{} has {lines} lines", name.display());
    }
}

#[test]
fn pages_name_no_other_site_and_carry_no_inline_code() {
    for source in all(&["app", "frontend"]) {
        for text in source.literals() {
            let foreign =
                text.contains("http://") || text.contains("https://") || text.starts_with("//");
            // Names of vocabularies, which no browser loads, and bare schemes.
            let is_name =
                ["https://schema.org", "http://www.w3.org/"].iter().any(|name| text.contains(name))
                    || ["http://", "https://", "//"].contains(&text.as_str());
            assert!(!foreign || is_name, "{} names {text}", source.path);
        }
        let text = read(&source.path);
        for inline in [" style=\"", " style=format!", " onclick=", " onload=", "javascript:"] {
            assert!(!text.contains(inline), "{} holds {inline}", source.path);
        }
    }
    for style in source::below("style", "css") {
        let text = fs::read_to_string(&style).expect("a style sheet");
        assert!(!text.contains("://") && !text.contains("url(//"), "{}", style.display());
    }
}

#[test]
fn every_server_function_is_behind_the_guard() {
    let mut functions = 0;
    for source in all(&["app"]) {
        for attribute in read(&source.path).split("#[server(").skip(1) {
            // `#[server(default)]` marks an argument.
            if attribute.starts_with("default)") {
                continue;
            }
            functions += 1;
            let head = attribute.split(")]").next().unwrap_or_default();
            assert!(head.contains("prefix = \"/api/fn\""), "{}: {head}", source.path);
            let is_read = head.contains("input = GetUrl");
            let name = head.split("endpoint = ").nth(1).unwrap_or(head);
            assert!(
                !is_read || head.contains("name = Read"),
                "{name} reads by GET but is not named so"
            );
        }
    }
    assert!(functions > 10, "only {functions} server functions were found");
}

#[test]
fn no_log_line_holds_a_person_or_a_secret() {
    for source in all(&["backend", "app", "server"]) {
        for line in source.log_lines() {
            for word in [
                "email", "token", "password", "secret", "cookie", "ip", "address", "uri", "path",
                "key",
            ] {
                assert!(!line.contains(word), "{} logs {word}: {line:?}", source.path);
            }
        }
    }
}

/// The statement with single spaces.
fn words(statement: &str) -> String {
    statement.split_whitespace().collect::<Vec<_>>().join(" ")
}
