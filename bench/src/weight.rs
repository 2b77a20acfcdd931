//! What a first visit to a campaign page loads: HTML, CSS, JavaScript and
//! wasm, as a browser that takes brotli gets them; and what the studio and the
//! editor load besides.

use std::{collections::BTreeSet, fs, path::Path};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{
    Surroundings,
    client::Connection,
    page::PATH,
    report::{Bound, Report, kilobytes},
    server::Place,
};

/// Parts that are loaded apart, by how the builder names them, each with its style sheet.
const PARTS: [(&str, &str, &str); 2] =
    [("the studio", "__studio_", "/pages.css"), ("the editor", "__editing_", "/edit.css")];
/// Most bytes of one of these.
const MOST_OF_A_PART: u64 = 500_000;

/// Adds the parts up.
pub async fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    let place = Place::new(surroundings, "weight", None)?;
    place.run(&["seed", "--bench"])?;
    let (server, _) = place.serve("/readyz")?;
    let mut connection = Connection::open(server.address).await?;
    let html = connection.get(PATH, "").await?.text();

    let mut waiting: Vec<String> = vec![PATH.to_owned()];
    waiting.extend(quoted_paths(&html, "/pkg/"));
    waiting.extend(quoted_paths(&html, "/fonts/"));
    let mut seen = BTreeSet::new();
    let (mut sum, mut fonts, mut parts) = (0, 0, Vec::new());
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let response = connection.get(&path, "Accept-Encoding: br\r\n").await?;
        ensure!(response.status == 200, "{path} answers {}", response.status);
        if path.starts_with("/fonts/") {
            fonts += response.transferred;
            continue;
        }
        let is_small = response.transferred < 1_024;
        ensure!(
            is_small || response.header("content-encoding") == Some("br"),
            "{path} comes without brotli"
        );
        if path.ends_with(".js") {
            let script = connection.get(&path, "").await?.text();
            waiting.extend(imports(&script, &path));
        }
        sum += response.transferred;
        let kind = path.rsplit_once('.').map_or("html", |(_, ending)| ending);
        parts.push(format!("{kind} {}", kilobytes(response.transferred)));
    }
    ensure!(
        parts.iter().any(|part| part.starts_with("wasm")),
        "the page names no wasm: was the site built?"
    );
    parts.sort();
    let shown = format!("{} ({})", kilobytes(sum), parts.join(", "));
    report.bind(
        "campaign page, first visit, brotli, bytes",
        sum,
        &shown,
        Bound::AtMost(300_000),
        "200,000",
    );
    report.tell("its fonts, besides", &kilobytes(fonts));
    parts_apart(&mut connection, report).await
}

/// What is loaded once somebody opens the studio or the editor.
async fn parts_apart(connection: &mut Connection, report: &mut Report) -> Result<()> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site/assets.json");
    let manifest = fs::read(manifest).context("the site's list of files")?;
    let manifest: Value = serde_json::from_slice(&manifest)?;
    for (name, start, style) in PARTS {
        let files = files_of(&manifest, start);
        ensure!(!files.is_empty(), "the site has no part {start}");
        let mut sum = 0;
        for path in files.into_iter().chain([style.to_owned()]) {
            let response = connection.get(&path, "Accept-Encoding: br\r\n").await?;
            ensure!(response.status == 200, "{path} answers {}", response.status);
            sum += response.transferred;
        }
        let what = format!("{name}, besides, brotli, bytes");
        report.bind(&what, sum, &kilobytes(sum), Bound::AtMost(MOST_OF_A_PART), "");
    }
    Ok(())
}

/// The files of the part whose name begins so, as paths.
fn files_of(manifest: &Value, start: &str) -> Vec<String> {
    let pkg = manifest["pkg"].as_str().unwrap_or_default();
    let parts = manifest["splits"].as_object().into_iter().flatten();
    let files = parts.filter(|(name, _)| name.starts_with(start));
    let files = files.flat_map(|(_, files)| files.as_array().into_iter().flatten());
    files.filter_map(Value::as_str).map(|file| format!("{pkg}/{file}.wasm")).collect()
}

/// Paths that begin so and stand between quotes of either kind.
fn quoted_paths(text: &str, start: &str) -> Vec<String> {
    text.split(['"', '\''])
        .filter(|part| part.starts_with(start) && !part.contains([' ', '<']))
        .map(str::to_owned)
        .collect()
}

/// What a script imports at once, as paths; what it may import later has its
/// address in parentheses.
fn imports(script: &str, from: &str) -> Vec<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    script
        .split("from")
        .skip(1)
        .filter_map(|rest| {
            let rest = rest.trim_start();
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let name = rest[1..].split(quote).next()?;
            name.strip_prefix("./").map(|name| format!("{folder}/{name}"))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{files_of, imports, quoted_paths};

    #[test]
    fn what_a_page_loads_is_found() {
        let html = r#"<link href="/pkg/a.css"><script>import('/pkg/b.js').then(m=>m.default({x:'/pkg/c.wasm'}))</script>"#;
        assert_eq!(quoted_paths(html, "/pkg/"), ["/pkg/a.css", "/pkg/b.js", "/pkg/c.wasm"]);
        assert_eq!(
            imports("import{a}from\"./d.js\";import('./later.js')", "/pkg/b.js"),
            ["/pkg/d.js"]
        );
    }
    #[test]
    fn the_files_of_a_part_are_found_by_its_name() {
        let manifest = serde_json::json!({
            "pkg": "/pkg/a1",
            "splits": { "__studio_view_12": ["chunk_1", "split"], "__editing_view_3": ["chunk_2"] },
        });
        assert_eq!(
            files_of(&manifest, "__studio_"),
            ["/pkg/a1/chunk_1.wasm", "/pkg/a1/split.wasm"]
        );
        assert!(files_of(&manifest, "__backing_").is_empty());
    }
}
