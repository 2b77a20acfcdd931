//! `pedestal import`: a public dump into the database.

use std::{
    fs::File,
    io::{BufReader, Write as _, stderr, stdout},
    path::PathBuf,
    process::ExitCode,
};

use anyhow::Context as _;
use backend::{
    Backend,
    campaign::import::{self, ImportOptions, Progress, Report},
};
use domain::{Locale, money::count};
use indicatif::{ProgressBar, ProgressStyle};

/// What `pedestal import` takes.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A comma-separated file whose first row names its columns (ID, Name, Goal, Pledged,
    /// Backers_count, Currency, Launched_at, Deadline and more, in any order). Times are Unix
    /// seconds or dates
    file: PathBuf,
    /// Move every date by the same number of days, so that the latest launches are recent and
    /// campaigns that were live are live again
    #[arg(long)]
    shift_to_now: bool,
    /// What pages call the record that the figures come from [default: the file's name]
    #[arg(long)]
    label: Option<String>,
}

/// Imports the file, shows how far it is, and tells which rows were left out.
///
/// # Errors
/// When the file cannot be read at all or the database fails.
pub async fn run(backend: &Backend, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let file = File::open(&arguments.file)
        .with_context(|| format!("could not open {:?}", arguments.file.display().to_string()))?;
    let bar = bar(file.metadata().map_or(0, |about| about.len()))?;
    let options =
        ImportOptions { shift_to_now: arguments.shift_to_now, source_label: arguments.label() };
    let outcome = import::run(backend, BufReader::new(file), &options, |progress| match progress {
        Progress::Searched { bytes } => {
            bar.set_message("looking for the latest launch ");
            bar.set_position(bytes);
        }
        Progress::Read { bytes } => {
            bar.set_message("");
            bar.set_position(bytes);
        }
        Progress::Refused { line, reason } => tell(&bar, &format!("line {line}: {reason}")),
        Progress::Warned { line, warning } => {
            tell(&bar, &format!("line {line}: taken, but {warning}"));
        }
    })
    .await;
    bar.finish_and_clear();
    let report = outcome?;
    writeln!(stdout().lock(), "{}", summary(&report))?;
    Ok(if report.good() == 0 && report.refused > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

impl Arguments {
    fn label(&self) -> String {
        self.label.clone().unwrap_or_else(|| {
            self.file
                .file_stem()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default()
        })
    }
}

/// Drawn on a terminal only; a log gets the lines alone.
fn bar(bytes: u64) -> anyhow::Result<ProgressBar> {
    let style = ProgressStyle::with_template(
        "{msg}{bar:40} {percent:>3} %  {bytes} of {total_bytes}, {eta} left",
    )?;
    Ok(ProgressBar::new(bytes).with_style(style))
}

fn tell(bar: &ProgressBar, line: &str) {
    // A reader that has gone away is no reason to stop importing.
    bar.suspend(|| drop(writeln!(stderr().lock(), "{}", printable(line))));
}

/// Cells come from strangers: nothing in them may move the cursor of a terminal.
fn printable(line: &str) -> String {
    line.chars()
        .flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] })
        .collect()
}

fn summary(report: &Report) -> String {
    let number = |n: u64| count(i64::try_from(n).unwrap_or(i64::MAX), Locale::En);
    format!(
        "{} rows: {} imported ({} new, {} brought up to date, {} left alone because people have \
         pledged to them here), {} refused. {} of the imported rows were taken with a doubt.",
        number(report.rows()),
        number(report.good()),
        number(report.added),
        number(report.updated),
        number(report.kept),
        number(report.refused),
        number(report.warned),
    )
}

#[cfg(test)]
mod tests {
    use super::{Report, printable, summary};

    #[test]
    fn the_summary_adds_up() {
        let report = Report { added: 2_000, updated: 390, kept: 5, refused: 5, warned: 1 };
        let text = summary(&report);
        assert!(text.starts_with("2,400 rows: 2,395 imported (2,000 new, 390 brought"), "{text}");
        assert!(text.contains("5 refused. 1 of the imported"), "{text}");
    }

    #[test]
    fn a_cell_cannot_steer_the_terminal() {
        assert_eq!(printable("line 3: \u{1b}[2J\u{7}é"), "line 3: \\u{1b}[2J\\u{7}é");
    }
}
