//! Reading public campaign dumps: comma-separated files of any size, one
//! campaign a row.
//!
//! A dump is a record of what happened elsewhere. Its totals become a labelled
//! opening balance and never backers of ours, and once somebody has pledged to a
//! campaign here, a later import leaves that campaign alone.

mod category;
mod columns;
mod row;
mod sql;
mod table;
mod write;

use std::io::{Read, Seek};

use domain::{Timestamp, id::AccountId, time::DAY};

pub use row::{Reason, Warning};

use crate::{context::Backend, error::Error};
use columns::Columns;
use row::{Row, When};
use table::Table;
use write::Batch;

/// Bytes between two words about how far the search is.
const STRIDE: u64 = 1 << 18;

/// How to read a dump.
#[derive(Debug, Clone, Default)]
pub struct ImportOptions {
    /// Move every date by the same number of whole days, so that the latest
    /// launch of the file lies within the last day and whatever was live then
    /// is live again.
    pub shift_to_now: bool,
    /// What pages call the record that the opening balances come from.
    pub source_label: String,
}

/// What happens while a dump is read.
#[derive(Debug)]
pub enum Progress<'a> {
    /// This many bytes were searched for the latest launch, before any row is
    /// imported.
    Searched { bytes: u64 },
    /// This many bytes of the file are done.
    Read { bytes: u64 },
    /// The record that starts on this line was left out.
    Refused { line: u64, reason: &'a Reason },
    /// The record that starts on this line was taken with a doubt.
    Warned { line: u64, warning: &'a Warning },
}

/// What became of the rows. Every row is counted in exactly one of the first four.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Report {
    /// Campaigns that are new here.
    pub added: u64,
    /// Campaigns that an earlier import had brought.
    pub updated: u64,
    /// Campaigns left as they are, because people have pledged to them here.
    pub kept: u64,
    /// Rows left out.
    pub refused: u64,
    /// Rows that were taken with a doubt; they are counted above as well.
    pub warned: u64,
}

impl Report {
    /// Rows whose campaign is here now.
    #[must_use]
    pub const fn good(&self) -> u64 {
        self.added + self.updated + self.kept
    }

    /// Every row of the file.
    #[must_use]
    pub const fn rows(&self) -> u64 {
        self.good() + self.refused
    }
}

/// Why nothing (more) could be read.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// There is no first row.
    #[error("the file is empty: it has no row with the names of its columns")]
    Empty,
    /// The first row does not name what every campaign needs.
    #[error("the first row does not name these columns: {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// The file stopped answering.
    #[error("the file could not be read: {0}")]
    Unreadable(#[from] std::io::Error),
    /// The database did.
    #[error(transparent)]
    Backend(#[from] Error),
}

/// Imports a dump. Rows are read one by one and written a few hundred at a
/// time, so memory does not grow with the file; what was written before a
/// failure stays, and running it again continues without duplicates.
///
/// # Errors
/// [`Failure`]; a bad row is none, it is told through `progress` and counted.
pub async fn run(
    backend: &Backend,
    mut source: impl Read + Seek,
    options: &ImportOptions,
    mut progress: impl FnMut(Progress<'_>),
) -> Result<Report, Failure> {
    let now = backend.clock.now();
    let shift = if options.shift_to_now { shift_to(now, &mut source, &mut progress)? } else { 0 };
    source.rewind()?;
    let mut table = Table::new(source);
    let columns = Columns::find(&table.header()?)?;
    let creator = creator(backend, now).await?;
    let when = When { now, shift };

    let mut report = Report::default();
    let mut batch = Batch::new(now);
    while let Some(record) = table.next()? {
        let read = record.fields.and_then(|fields| {
            Row::read(&columns, fields)
                .and_then(|row| row.into_campaign(when, creator, &options.source_label))
        });
        match read {
            Ok((campaign, warning)) => {
                if let Some(warning) = warning {
                    report.warned += 1;
                    progress(Progress::Warned { line: record.line, warning: &warning });
                }
                batch.add(record.line, campaign);
            }
            Err(reason) => {
                report.refused += 1;
                progress(Progress::Refused { line: record.line, reason: &reason });
            }
        }
        if batch.is_full() {
            batch.write(backend, &mut report, &mut progress).await?;
            progress(Progress::Read { bytes: table.bytes() });
        }
    }
    batch.write(backend, &mut report, &mut progress).await?;
    backend.db.analyze().await?;
    progress(Progress::Read { bytes: table.bytes() });
    Ok(report)
}

/// How far to move the dates, in microseconds: whole days, so that a launch in
/// the morning stays one. The file is as old as the last thing it tells of.
fn shift_to(
    now: Timestamp,
    source: &mut (impl Read + Seek),
    progress: &mut impl FnMut(Progress<'_>),
) -> Result<i64, Failure> {
    source.rewind()?;
    let mut table = Table::new(source);
    let columns = Columns::find(&table.header()?)?;
    let mut latest = None;
    let mut told = 0;
    while let Some(record) = table.next()? {
        if let Ok(fields) = record.fields
            && let Ok(row) = Row::read(&columns, fields)
        {
            // A clock that was wrong somewhere must not move everything else.
            latest = row.last_heard().filter(|at| *at <= now).max(latest);
        }
        if table.bytes() >= told + STRIDE {
            told = table.bytes();
            progress(Progress::Searched { bytes: told });
        }
    }
    progress(Progress::Searched { bytes: table.bytes() });
    Ok(latest.map_or(0, |latest: Timestamp| now.since(latest).div_euclid(DAY) * DAY))
}

/// The account that imported campaigns belong to: nobody can sign in to it.
async fn creator(backend: &Backend, now: Timestamp) -> Result<AccountId, Error> {
    let mut tx = backend.db.begin().await?;
    let id = sql::creator(&mut tx.conn(), now).await?;
    tx.commit().await?;
    Ok(id)
}
