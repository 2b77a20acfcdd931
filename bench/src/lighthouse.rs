//! What Lighthouse thinks of the pages that a visitor sees first, on a phone with a
//! slow line as it simulates one.

use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;

use crate::{
    Surroundings,
    report::{Bound, Report, median},
    server::Place,
};

/// A page, its address in the demonstration, and whether search engines may list it.
const PAGES: [(&str, &str, bool); 4] = [
    ("home", "/", true),
    ("campaign", "/campaigns/tide-clock", true),
    ("checkout", "/campaigns/tide-clock/pledge", false),
    ("embed", "/embed/tide-clock", false),
];
/// Lighthouse's names of what it judges.
const CATEGORIES: [&str; 4] = ["performance", "accessibility", "best-practices", "seo"];
const RUNS: usize = 3;

/// Of the browser: nothing that is not the page, and no sandbox, which root has none of.
const BROWSER: &str = "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
                       --disable-background-networking --disable-component-update --disable-sync";

/// Judges each page three times; the medians count.
pub fn measure(surroundings: &Surroundings, report: &mut Report) -> Result<()> {
    ensure!(
        surroundings.lighthouse.is_file(),
        "{} is not there; `cargo xtask bench lighthouse` installs it",
        surroundings.lighthouse.display()
    );
    let mut place = Place::new(surroundings, "lighthouse", None)?;
    place.environment.push(("PEDESTAL_DEMO", "true"));
    let (server, _) = place.serve("/readyz")?;
    for (name, path, is_listed) in PAGES {
        let url = format!("http://{}{path}", server.address);
        let runs =
            (0..RUNS).map(|_| judge(surroundings, &url, is_listed)).collect::<Result<Vec<_>>>()?;
        for (index, category) in CATEGORIES.iter().enumerate() {
            let (score, spread) = median(runs.iter().map(|scores| scores[index]).collect());
            report.bind(
                &format!("Lighthouse, {name}, {category}"),
                score,
                &format!("{score} ({spread})"),
                Bound::AtLeast(95),
                "100",
            );
        }
    }
    Ok(())
}

/// Lighthouse's scores of one load, 0 to 100, in the order of the categories.
fn judge(surroundings: &Surroundings, url: &str, is_listed: bool) -> Result<[u64; 4]> {
    let mut command = Command::new("node");
    command
        .arg(&surroundings.lighthouse)
        .arg(url)
        .args(["--quiet", "--no-enable-error-reporting", "--output=json", "--output-path=stdout"])
        .arg(format!("--only-categories={}", CATEGORIES.join(",")))
        .arg(format!("--chrome-flags={BROWSER}"))
        .env("CHROME_PATH", &surroundings.chromium);
    // Checkouts and embeds ask search engines to leave them out, which is no fault.
    if !is_listed {
        command.arg("--skip-audits=is-crawlable");
    }
    let output = command.output().context("node cannot be started")?;
    if !output.status.success() {
        bail!("Lighthouse failed on {url}: {}", String::from_utf8_lossy(&output.stderr));
    }
    scores(&output.stdout).with_context(|| format!("Lighthouse’s answer about {url}"))
}

fn scores(answer: &[u8]) -> Result<[u64; 4]> {
    let answer: Value = serde_json::from_slice(answer)?;
    let mut scores = [0; 4];
    for (score, category) in scores.iter_mut().zip(CATEGORIES) {
        let score_of = &answer["categories"][category]["score"];
        ensure!(score_of.is_number(), "no score of {category}");
        // `1`, `0.9` or `0.29`.
        let text = score_of.to_string();
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let rest: String = rest.chars().chain("00".chars()).take(2).collect();
        *score = format!("{whole}{rest}").parse()?;
    }
    Ok(scores)
}

#[cfg(test)]
mod tests {
    use super::scores;

    #[test]
    fn scores_are_read_as_percentages() {
        let answer = br#"{"categories":{"seo":{"score":1},"performance":{"score":0.9},
            "accessibility":{"score":0.29},"best-practices":{"score":0}}}"#;
        assert_eq!(scores(answer).expect("a whole answer"), [90, 29, 0, 100]);
        assert!(scores(br#"{"categories":{"seo":{"score":null}}}"#).is_err());
    }
}
