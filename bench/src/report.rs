//! What was measured, beside what binds.

use std::io::{Write as _, stdout};

use anyhow::{Error, Result};

/// One line of the table.
struct Row {
    what: String,
    measured: String,
    floor: String,
    target: String,
    /// `None` where nothing binds.
    is_met: Option<bool>,
}

/// The table.
#[derive(Default)]
pub struct Report {
    rows: Vec<Row>,
}

/// Which side of a floor is good.
#[derive(Clone, Copy)]
pub enum Bound {
    AtLeast(u64),
    AtMost(u64),
}

impl Report {
    /// Adds a figure that has a floor; `shown` says more than the number.
    pub fn bind(&mut self, what: &str, measured: u64, shown: &str, floor: Bound, target: &str) {
        let (floor, is_met) = match floor {
            Bound::AtLeast(least) => (format!("≥ {}", grouped(least)), measured >= least),
            Bound::AtMost(most) => (format!("≤ {}", grouped(most)), measured <= most),
        };
        self.rows.push(Row {
            what: what.into(),
            measured: shown.into(),
            floor,
            target: target.into(),
            is_met: Some(is_met),
        });
    }

    /// Adds a figure that nothing binds.
    pub fn tell(&mut self, what: &str, shown: &str) {
        self.rows.push(Row {
            what: what.into(),
            measured: shown.into(),
            floor: String::new(),
            target: String::new(),
            is_met: None,
        });
    }

    /// Adds something that has to hold.
    pub fn require(&mut self, what: &str, shown: &str, holds: bool) {
        self.rows.push(Row {
            what: what.into(),
            measured: shown.into(),
            floor: "must hold".into(),
            target: String::new(),
            is_met: Some(holds),
        });
    }

    /// Notes that a part could not be measured, which counts as missed.
    pub fn fail(&mut self, part: &str, fault: &Error) {
        self.require(part, &format!("not measured: {fault:#}"), false);
    }

    /// Whether every floor is met.
    pub fn is_good(&self) -> bool {
        self.rows.iter().all(|row| row.is_met != Some(false))
    }

    /// Prints the table.
    pub fn print(&self) -> Result<()> {
        let mut out = stdout().lock();
        let width = |of: fn(&Row) -> &str| {
            self.rows.iter().map(|r| of(r).chars().count()).max().unwrap_or(0)
        };
        let (what, measured, floor) =
            (width(|r| &r.what), width(|r| &r.measured), width(|r| &r.floor));
        writeln!(out)?;
        for row in &self.rows {
            let mark = match row.is_met {
                Some(true) => "✓",
                Some(false) => "✗",
                None => "·",
            };
            let target = if row.target.is_empty() {
                String::new()
            } else {
                format!("target {}", row.target)
            };
            let line = format!(
                "{mark} {:<what$}  {:<measured$}  {:<floor$}  {target}",
                row.what, row.measured, row.floor
            );
            writeln!(out, "{}", line.trim_end())?;
        }
        let missed = self.rows.iter().filter(|row| row.is_met == Some(false)).count();
        writeln!(
            out,
            "floors: {} met, {missed} missed",
            self.rows.iter().filter(|r| r.is_met == Some(true)).count()
        )?;
        Ok(())
    }
}

/// Says what is being done.
pub fn note(text: &str) -> Result<()> {
    writeln!(stdout().lock(), "· {text}")?;
    Ok(())
}

/// `12,345`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Microseconds in the unit people read: `840 µs`, `12.3 ms`.
pub fn micros(micros: u64) -> String {
    if micros < 1_000 {
        format!("{micros} µs")
    } else {
        format!("{}.{} ms", micros / 1_000, micros % 1_000 / 100)
    }
}

/// Bytes as `12.3 KB` (thousands).
pub fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", grouped(bytes / 1_000), bytes % 1_000 / 100)
}

/// The middle of several runs, with the least and the most.
pub fn median(mut runs: Vec<u64>) -> (u64, String) {
    runs.sort_unstable();
    let middle = runs.get(runs.len() / 2).copied().unwrap_or_default();
    let (least, most) =
        (runs.first().copied().unwrap_or_default(), runs.last().copied().unwrap_or_default());
    (middle, format!("{}–{}", grouped(least), grouped(most)))
}

#[cfg(test)]
mod tests {
    use super::{Bound, Report, grouped, median, micros};

    #[test]
    fn a_missed_floor_is_not_good() {
        let mut report = Report::default();
        report.bind("a", 10, "10", Bound::AtLeast(10), "");
        report.bind("b", 10, "10", Bound::AtMost(10), "");
        assert!(report.is_good());
        report.bind("c", 9, "9", Bound::AtLeast(10), "");
        assert!(!report.is_good());
    }

    #[test]
    fn figures_are_written_for_people() {
        assert_eq!(grouped(1_234_567), "1,234,567");
        assert_eq!((micros(840), micros(12_345)), ("840 µs".into(), "12.3 ms".into()));
        assert_eq!(median(vec![3, 1, 2]), (2, "1–3".into()));
    }
}
