//! Writing rows, a few hundred in one transaction.

use std::time::Duration;

use domain::{
    Timestamp,
    id::CampaignId,
    slug::{LONGEST_SLUG, Slug},
};

use super::{
    Failure, Progress, Report,
    row::Reason,
    sql::{self, Known},
};
use crate::{
    campaign::{self, NewCampaign},
    context::Backend,
    db::Conn,
    error::Result,
};

/// Rows in one transaction: enough that its flush to the disk costs nothing per
/// row, few enough that pledges of a running server do not wait behind it.
const ROWS: usize = 200;
/// How often a transaction that lost against another one is run again.
const TRIES: u32 = 6;

/// Rows that wait to be written.
pub struct Batch {
    rows: Vec<(u64, NewCampaign)>,
    now: Timestamp,
}

enum Done {
    Added,
    Updated,
    Kept,
    Refused(Reason),
}

impl Batch {
    pub fn new(now: Timestamp) -> Self {
        Self { rows: Vec::with_capacity(ROWS), now }
    }

    pub fn add(&mut self, line: u64, campaign: NewCampaign) {
        self.rows.push((line, campaign));
    }

    pub fn is_full(&self) -> bool {
        self.rows.len() >= ROWS
    }

    /// Writes what waits. When one row spoils the transaction, each is written
    /// alone, so that it takes no other down with it.
    pub async fn write(
        &mut self,
        backend: &Backend,
        report: &mut Report,
        progress: &mut impl FnMut(Progress<'_>),
    ) -> Result<(), Failure> {
        let rows = std::mem::take(&mut self.rows);
        let campaigns: Vec<&NewCampaign> = rows.iter().map(|(_, campaign)| campaign).collect();
        let outcomes = match write(backend, &campaigns, self.now).await {
            Ok(outcomes) => outcomes,
            Err(fault) => {
                tracing::warn!(error = %fault, rows = rows.len(), "a batch failed; trying row by row");
                one_by_one(backend, &campaigns, self.now).await?
            }
        };
        for ((line, _), done) in rows.iter().zip(outcomes) {
            match done {
                Done::Added => report.added += 1,
                Done::Updated => report.updated += 1,
                Done::Kept => report.kept += 1,
                Done::Refused(reason) => {
                    report.refused += 1;
                    progress(Progress::Refused { line: *line, reason: &reason });
                }
            }
        }
        Ok(())
    }
}

async fn one_by_one(
    backend: &Backend,
    campaigns: &[&NewCampaign],
    now: Timestamp,
) -> Result<Vec<Done>> {
    let mut outcomes = Vec::with_capacity(campaigns.len());
    let mut fault = None;
    for campaign in campaigns {
        match write(backend, &[campaign], now).await {
            Ok(done) => outcomes.extend(done),
            Err(error) => {
                outcomes.push(Done::Refused(Reason::NotWritten { message: error.to_string() }));
                fault = Some(error);
            }
        }
    }
    // When not one can be written, the rows are not to blame.
    match fault {
        Some(fault)
            if outcomes
                .iter()
                .all(|done| matches!(done, Done::Refused(Reason::NotWritten { .. }))) =>
        {
            Err(fault)
        }
        _ => Ok(outcomes),
    }
}

async fn write(backend: &Backend, campaigns: &[&NewCampaign], now: Timestamp) -> Result<Vec<Done>> {
    let mut tries = 0;
    loop {
        match try_write(backend, campaigns, now).await {
            Err(fault) if fault.is_retryable() && tries < TRIES => {
                tries += 1;
                tokio::time::sleep(Duration::from_millis(20 << tries)).await;
            }
            outcome => return outcome,
        }
    }
}

async fn try_write(
    backend: &Backend,
    campaigns: &[&NewCampaign],
    now: Timestamp,
) -> Result<Vec<Done>> {
    let mut tx = backend.db.begin().await?;
    let mut conn = tx.conn();
    let mut outcomes = Vec::with_capacity(campaigns.len());
    for campaign in campaigns {
        outcomes.push(put(&mut conn, campaign, now).await?);
    }
    tx.commit().await?;
    Ok(outcomes)
}

async fn put(conn: &mut Conn<'_>, new: &NewCampaign, now: Timestamp) -> Result<Done> {
    let external_ref = new.external_ref.as_deref().expect("a row of a dump has its id");
    match sql::known(conn, external_ref).await? {
        Some(Known { currency, .. }) if currency != new.currency => {
            Ok(Done::Refused(Reason::OtherCurrency { currency }))
        }
        // Its deadline and its state are a promise to those who pledged here.
        Some(Known { has_pledges: true, .. }) => Ok(Done::Kept),
        Some(_) => {
            campaign::put(conn, new, now).await?;
            Ok(Done::Updated)
        }
        None => {
            let slug = free_slug(conn, &new.slug).await?;
            campaign::put(conn, &NewCampaign { slug, ..new.clone() }, now).await?;
            Ok(Done::Added)
        }
    }
}

/// The slug, or with `-2`, `-3`… the first that no other campaign has. A file
/// full of one name gets random endings before the search takes long.
async fn free_slug(conn: &mut Conn<'_>, wanted: &Slug) -> Result<Slug> {
    let mut slug = wanted.clone();
    for number in 2..50_u32 {
        if campaign::sql::by_slug(conn, &slug).await?.is_none() {
            return Ok(slug);
        }
        slug = with_ending(wanted, &number.to_string());
    }
    Ok(with_ending(wanted, &CampaignId::generate().uuid().simple().to_string()))
}

fn with_ending(slug: &Slug, ending: &str) -> Slug {
    let room = LONGEST_SLUG - ending.len() - 1;
    let stem = slug.as_str().get(..room).unwrap_or(slug.as_str()).trim_end_matches('-');
    Slug::parse(&format!("{stem}-{ending}")).expect("a slug with an ending is a slug")
}
