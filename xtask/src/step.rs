//! What a person sees while waiting: one line when a step starts, one when it
//! is done, and a sentence about what to do when it fails.

use anyhow::{Error, Result};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Runs `work` as one visible step. When it fails, `hint` says what to do.
pub fn step<T>(name: &str, hint: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("{} {name} …", paint("36", "▸"));
    let start = Instant::now();
    match work() {
        Ok(value) => {
            println!("{} {name} ({})", paint("32", "✓"), spoken(start.elapsed()));
            Ok(value)
        }
        Err(error) if hint.is_empty() => Err(error.context(format!("{name} failed"))),
        Err(error) => Err(error.context(format!("{name} failed. {hint}"))),
    }
}

/// Says that a step had nothing to do.
pub fn skip(name: &str, why: &str) {
    println!("{} {name}: {why}", paint("32", "✓"));
}

/// Says something that is neither success nor failure.
pub fn note(text: &str) {
    println!("{} {text}", paint("36", "·"));
}

/// Prints an error with everything that led to it.
pub fn failure(error: &Error) {
    println!("{} {error}", paint("31", "✗"));
    for cause in error.chain().skip(1) {
        println!("  because: {}", cause.to_string().replace('\n', "\n           "));
    }
}

/// `4.2 s` or `3 min 05 s`.
pub fn spoken(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{}.{} s", time.as_secs(), time.subsec_millis() / 100),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// Colours are for people: never for a file, a pipe or a build server.
pub fn paint(colour: &str, text: &str) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some() || std::env::var_os("CI").is_some();
    if plain || !std::io::stdout().is_terminal() {
        return text.to_owned();
    }
    format!("\x1b[{colour}m{text}\x1b[0m")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_is_spoken_in_minutes() {
        assert_eq!(spoken(Duration::from_millis(4_260)), "4.2 s");
        assert_eq!(spoken(Duration::from_secs(185)), "3 min 05 s");
    }
}
