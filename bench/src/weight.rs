//! What a first visit to a campaign page loads: HTML, CSS, JavaScript and
//! wasm, as a browser that takes brotli gets them.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};

use crate::{
    Surroundings,
    client::Connection,
    page::PATH,
    report::{Bound, Report, kilobytes},
    server::Place,
};

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
    Ok(())
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
    use super::{imports, quoted_paths};

    #[test]
    fn what_a_page_loads_is_found() {
        let html = r#"<link href="/pkg/a.css"><script>import('/pkg/b.js').then(m=>m.default({x:'/pkg/c.wasm'}))</script>"#;
        assert_eq!(quoted_paths(html, "/pkg/"), ["/pkg/a.css", "/pkg/b.js", "/pkg/c.wasm"]);
        assert_eq!(
            imports("import{a}from\"./d.js\";import('./later.js')", "/pkg/b.js"),
            ["/pkg/d.js"]
        );
    }
}
