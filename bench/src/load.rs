//! Load: many connections, each sending its next request when the last was
//! answered; and wrk for what only has to be fetched.

use std::{
    net::SocketAddr,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};

use crate::client::{Connection, Response};

/// What a load did.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Answers that counted as good.
    pub good: u64,
    /// Other answers.
    pub refused: u64,
    pub elapsed: Duration,
    /// Of good answers, in microseconds, sorted.
    pub latencies: Vec<u64>,
}

impl Outcome {
    /// Good answers per second.
    pub fn rate(&self) -> u64 {
        per_second(self.good, self.elapsed)
    }

    /// The latency that this many percent stayed within.
    pub fn percentile(&self, percent: usize) -> u64 {
        percentile(&self.latencies, percent)
    }
}

/// A whole number of things per second.
pub fn per_second(number: u64, elapsed: Duration) -> u64 {
    number.saturating_mul(1_000_000) / u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX).max(1)
}

/// The value that this many percent of sorted values stay within.
pub fn percentile(sorted: &[u64], percent: usize) -> u64 {
    let index = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(index).copied().unwrap_or_default()
}

/// Sends requests over `connections` for `time`. `request` makes the next one
/// from the connection's number and its own count; `is_good` judges the answer.
pub async fn run(
    address: SocketAddr,
    connections: u64,
    time: Duration,
    request: impl Fn(u64, u64) -> Vec<u8> + Send + Sync + 'static,
    is_good: fn(&Response) -> bool,
) -> Result<Outcome> {
    let request = Arc::new(request);
    let started = Instant::now();
    let tasks: Vec<_> = (0..connections)
        .map(|number| {
            let request = Arc::clone(&request);
            tokio::spawn(async move {
                let mut connection = Connection::open(address).await?;
                let mut done = Outcome::default();
                while started.elapsed() < time {
                    let next = request(number, done.good + done.refused);
                    let asked = Instant::now();
                    let response = connection.send(&next).await?;
                    if is_good(&response) {
                        done.good += 1;
                        done.latencies
                            .push(u64::try_from(asked.elapsed().as_micros()).unwrap_or(u64::MAX));
                    } else {
                        done.refused += 1;
                    }
                }
                anyhow::Ok(done)
            })
        })
        .collect();
    let mut all = Outcome::default();
    for task in tasks {
        let one = task.await??;
        all.good += one.good;
        all.refused += one.refused;
        all.latencies.extend(one.latencies);
    }
    all.elapsed = started.elapsed();
    all.latencies.sort_unstable();
    Ok(all)
}

/// What wrk saw: requests per second, and latencies in microseconds.
pub struct Fetched {
    pub rate: u64,
    pub p50: u64,
    pub p99: u64,
}

/// Fetches an address over 32 connections with wrk, which costs less than any
/// client of ours.
pub fn wrk(program: &str, url: &str, seconds: u64) -> Result<Fetched> {
    let output = Command::new(program)
        .args(["-t1", "-c32", &format!("-d{seconds}s"), "--latency", url])
        .output()
        .with_context(|| format!("could not start {program}; on Debian, `apt install wrk`"))?;
    let text = String::from_utf8_lossy(&output.stdout);
    if text.contains("Non-2xx") || text.contains("Socket errors") {
        bail!("some requests failed:\n{text}");
    }
    let word = |start: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(start))?;
        line.trim_start().strip_prefix(start)?.split_whitespace().next()
    };
    let rate = word("Requests/sec:").and_then(|rate| rate.split('.').next()?.parse().ok());
    Ok(Fetched {
        rate: rate.with_context(|| format!("wrk said:\n{text}"))?,
        p50: word("50%").and_then(duration).unwrap_or_default(),
        p99: word("99%").and_then(duration).unwrap_or_default(),
    })
}

/// wrk's `1.23ms` in microseconds.
fn duration(text: &str) -> Option<u64> {
    let at = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(at);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let hundredths = whole.parse::<u64>().ok()? * 100
        + format!("{fraction:0<2}").get(..2)?.parse::<u64>().ok()?;
    let per_unit = match unit {
        "us" => 1,
        "ms" => 1_000,
        "s" => 1_000_000,
        _ => return None,
    };
    Some(hundredths * per_unit / 100)
}

#[cfg(test)]
mod tests {
    use super::{duration, percentile};

    #[test]
    fn the_words_of_wrk_are_understood() {
        assert_eq!(duration("1.23ms"), Some(1_230));
        assert_eq!(duration("640.00us"), Some(640));
        assert_eq!(duration("2.5s"), Some(2_500_000));
    }

    #[test]
    fn percentiles_are_of_what_was_measured() {
        let values: Vec<u64> = (1..=100).collect();
        assert_eq!(
            (percentile(&values, 50), percentile(&values, 99), percentile(&[], 50)),
            (51, 100, 0)
        );
    }
}
