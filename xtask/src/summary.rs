//! Runs a test runner, passes on what it says as it says it, and keeps its own
//! last words: how many tests there were is asked of them and not counted again.

use crate::shell::shown;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

static KEPT: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Runs a runner to its end.
pub fn run(command: &mut Command) -> Result<()> {
    if std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    std::thread::scope(|scope| {
        scope.spawn(|| out.map(|out| pass_on(out, std::io::stdout())));
        scope.spawn(|| err.map(|err| pass_on(err, std::io::stderr())));
    });
    let status = child.wait()?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    Ok(())
}

/// What all runners said of themselves, in the order they said it.
pub fn kept() -> Vec<String> {
    KEPT.lock().unwrap_or_else(PoisonError::into_inner).clone()
}

fn pass_on(from: impl Read, mut to: impl Write) {
    let mut from = BufReader::new(from);
    let mut line = Vec::new();
    while from.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        // A terminal that has gone away is no reason to stop testing.
        let _ = to.write_all(&line).and_then(|()| to.flush());
        let text = plain(&String::from_utf8_lossy(&line));
        if is_summary(&text) {
            KEPT.lock().unwrap_or_else(PoisonError::into_inner).push(text);
        }
        line.clear();
    }
}

/// Without colours and the space around it.
fn plain(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, escape)) = rest.split_once("\x1b[") {
        text.push_str(before);
        rest = escape.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// nextest, cargo test, Playwright, our own runners and schemathesis, in this order.
fn is_summary(line: &str) -> bool {
    const COUNTED: [&str; 6] =
        ["passed", "failed", "flaky", "skipped", "did not run", "interrupted"];
    let counted = line.split_once(' ').is_some_and(|(number, word)| {
        number.parse::<u32>().is_ok()
            && COUNTED.iter().any(|known| {
                word.strip_prefix(known)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with(" ("))
            })
    });
    line.starts_with("Summary [")
        || line.starts_with("test result: ")
        || counted
        || is_pair(line)
        || (line.starts_with("==") && line.contains(" in ") && line.ends_with("=="))
}

/// `4 passed, 0 failed`.
fn is_pair(line: &str) -> bool {
    let count = |part: &str, word: &str| {
        part.strip_suffix(word).is_some_and(|number| number.parse::<u32>().is_ok())
    };
    line.split_once(", ")
        .is_some_and(|(left, right)| count(left, " passed") && count(right, " failed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_words_of_runners_are_known() {
        for line in [
            "\x1b[32m     Summary\x1b[0m [  12.345s] 444 tests run: 443 passed, 1 failed, 2 skipped",
            "test result: ok. 8 passed; 0 failed; 0 ignored; 0 measured; finished in 0.05s",
            "  \x1b[32m444 passed\x1b[39m\x1b[2m (11.0m)\x1b[22m",
            "  2 flaky",
            "  3 did not run",
            "4 passed, 0 failed",
            "=============== No issues found in 12.34s ===============",
        ] {
            assert!(is_summary(&plain(line)), "{line}");
        }
        for line in ["running 8 tests", "  ✓  12 [wasm] › a test (1.2s)", "3 passed over", "==", ""]
        {
            assert!(!is_summary(&plain(line)), "{line}");
        }
    }

    #[test]
    fn a_failing_runner_leaves_its_last_words() {
        let script = "echo '  7 failed'; echo '  5 passed (1.0s)' >&2; exit 1";
        let error = run(Command::new("sh").args(["-c", script])).unwrap_err();
        assert!(error.to_string().contains("exit status: 1"), "{error}");
        let kept = kept();
        assert!(kept.contains(&"7 failed".to_owned()), "{kept:?}");
        assert!(kept.contains(&"5 passed (1.0s)".to_owned()), "{kept:?}");
    }
}
