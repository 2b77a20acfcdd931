//! The books as a file, written while they are read: as little is held of a
//! campaign with a million rows as of one with ten.
//!
//! Of a backer there is the pledge's number and nothing else. Who that is stands
//! on the page of the pledge, where it is needed.

use csv::{QuoteStyle, Writer, WriterBuilder};
use domain::{Currency, Money, id::CampaignId};
use serde_json::json;

use super::sql::{self, Row};
use crate::{
    context::Backend,
    error::{Error, Result},
    refund::sql::Managed,
};

/// Rows that are read in one go.
const STEP: i64 = 2_000;
const COLUMNS: [&str; 10] =
    ["row", "posting", "at", "event", "account", "amount", "currency", "pledge", "reward", "hash"];

/// How the books are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Csv,
    Json,
}

/// Where the reading of a campaign's books stands.
pub struct Books {
    backend: Backend,
    campaign: CampaignId,
    slug: String,
    currency: Currency,
    format: Format,
    seq: i64,
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Head,
    Rows,
    Over,
}

impl Books {
    pub(super) fn new(backend: Backend, campaign: &Managed, format: Format) -> Self {
        Self {
            backend,
            campaign: campaign.id,
            slug: campaign.slug.to_string(),
            currency: campaign.currency,
            format,
            seq: 0,
            part: Part::Head,
        }
    }

    /// The next piece of the file; none after the last.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>> {
        if self.part == Part::Over {
            return Ok(None);
        }
        let is_first = self.part == Part::Head;
        let rows = {
            let mut reader = self.backend.db.read().await?;
            sql::after(&mut reader.conn(), self.campaign, self.seq, STEP).await?
        };
        let is_last = i64::try_from(rows.len()).is_ok_and(|n| n < STEP);
        self.part = if is_last { Part::Over } else { Part::Rows };
        self.seq = rows.last().map_or(self.seq, |row| row.seq);
        match self.format {
            Format::Csv => self.csv(&rows, is_first),
            Format::Json => self.json(&rows, is_first, is_last),
        }
        .map(Some)
    }

    fn csv(&self, rows: &[Row], is_first: bool) -> Result<Vec<u8>> {
        let mut file: Writer<Vec<u8>> =
            WriterBuilder::new().quote_style(QuoteStyle::Necessary).from_writer(Vec::new());
        let write = |file: &mut Writer<Vec<u8>>, record: &[String]| {
            file.write_record(record).map_err(|e| Error::internal(e, "could not write a record"))
        };
        if is_first {
            write(&mut file, &COLUMNS.map(str::to_owned))?;
        }
        for row in rows {
            let record = [
                row.seq.to_string(),
                row.posting.to_string(),
                row.at.rfc3339(),
                row.event.key().to_owned(),
                row.account.key().to_owned(),
                self.amount(row),
                self.currency.to_string(),
                row.pledge_id.map(|id| id.to_string()).unwrap_or_default(),
                harmless(row.reward.as_deref().unwrap_or_default()),
                // Of characters that a cell may begin with, base64 has one.
                harmless(&row.hash),
            ];
            write(&mut file, &record)?;
        }
        let bytes = file.into_inner();
        bytes.map_err(|e| Error::internal(e.into_error(), "could not write the books"))
    }

    fn json(&self, rows: &[Row], is_first: bool, is_last: bool) -> Result<Vec<u8>> {
        let mut text = Vec::new();
        if is_first {
            let (slug, currency) =
                (serde_json::to_string(&self.slug)?, serde_json::to_string(&self.currency)?);
            let head = format!("{{\"campaign\":{slug},\"currency\":{currency},\"rows\":[\n");
            text.extend_from_slice(head.as_bytes());
        }
        for (n, row) in rows.iter().enumerate() {
            if !is_first || n > 0 {
                text.extend_from_slice(b",\n");
            }
            let row = json!({
                "row": row.seq,
                "posting": row.posting,
                "at": row.at.rfc3339(),
                "event": row.event.key(),
                "account": row.account.key(),
                "amount": self.amount(row),
                "pledge": row.pledge_id,
                "reward": row.reward,
                "hash": row.hash,
            });
            serde_json::to_writer(&mut text, &row)?;
        }
        if is_last {
            text.extend_from_slice(b"\n]}\n");
        }
        Ok(text)
    }

    fn amount(&self, row: &Row) -> String {
        Money::new(row.amount, self.currency).decimal()
    }
}

/// Text that no spreadsheet takes for a formula, whoever wrote it (OWASP, CSV
/// injection). Numbers are ours and stay numbers.
fn harmless(text: &str) -> String {
    let starts_formula = |c: char| {
        matches!(c, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠')
    };
    if text.starts_with(starts_formula) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn no_cell_of_text_is_a_formula() {
        for text in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "－1"] {
            assert_eq!(harmless(text), format!("'{text}"));
        }
        for text in ["", "A clock", "12=12", "é"] {
            assert_eq!(harmless(text), text);
        }
    }
}
