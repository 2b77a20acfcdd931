//! What everybody may read of how a campaign changed.

use std::collections::BTreeMap;

use domain::{
    Locale, Timestamp,
    id::{CampaignId, RewardId},
    reward::Wording,
    story::{
        Page,
        changes::{ChangesPage, Entry, What, rows},
        view::Summary,
    },
};

use super::sql::{self, VersionRow};
use crate::{
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    reward::wording::sql as wordings,
};

/// Publications on one page of the list.
const AT_ONCE: usize = 10;
/// Most wordings of rewards that are looked through.
const MOST_WORDINGS: i64 = 400;

/// Which part of the list is wanted; 0 for what nobody named.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Everything since this version, in one.
    pub since: i64,
    /// Nothing newer than this version.
    pub until: i64,
}

/// A page as it was, and when.
struct Version {
    number: i64,
    at: Timestamp,
    page: Page,
}

/// How a campaign changed since its launch, newest first, with every word of it.
///
/// # Errors
/// [`Error::NotFound`] when there is no such public campaign.
pub async fn changes(
    backend: &Backend,
    slug: &str,
    wanted: Wanted,
    locale: Locale,
) -> Result<ChangesPage> {
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let row = campaign::sql::page(conn, slug).await?.ok_or(Error::NotFound)?;
    if !row.state.is_public() {
        return Err(Error::NotFound);
    }
    let newest = row.page_version;
    let until = if (1..newest).contains(&wanted.until) { wanted.until } else { newest };
    let found = sql::versions_until(conn, row.id, until, AT_ONCE as i64 + 1).await?;
    let versions = found.iter().map(Version::read).collect::<Result<Vec<_>>>()?;
    let since = match wanted.since {
        since if (1..newest).contains(&since) => both(conn, row.id, (since, newest)).await?,
        _ => None,
    };
    let older = versions.get(AT_ONCE).map(|version| version.number).filter(|number| *number > 1);
    // Rewards stand between the publications that they were changed between.
    let from = older.and_then(|_| versions.get(AT_ONCE - 1)).map(|version| version.at);
    let to = sql::version(conn, row.id, until + 1).await?.map(|version| version.at);
    let is_here = |at: Timestamp| from.is_none_or(|from| at >= from) && to.is_none_or(|to| at < to);
    let mut entries = rewards(conn, row.id, locale).await?;
    entries.retain(|entry| is_here(entry.at));
    reader.done();
    // Comparing long texts is work, and may not hold up whoever else is served.
    let compared = tokio::task::spawn_blocking(move || {
        let pairs = versions.windows(2).map(|pair| entry(&pair[1], &pair[0], locale));
        (pairs.collect::<Vec<_>>(), since.map(|(old, new)| entry(&old, &new, locale)))
    });
    let (pages, since) =
        compared.await.map_err(|error| Error::internal(error, "could not compare versions"))?;
    entries.extend(pages);
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(ChangesPage {
        slug: row.slug,
        title: row.title,
        language: row.language,
        since,
        entries,
        older,
    })
}

impl Version {
    fn read(row: &VersionRow) -> Result<Self> {
        let page = serde_json::from_str(&row.page)?;
        Ok(Self { number: row.number, at: row.at, page })
    }
}

/// Two versions, where both are there.
async fn both(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    (old, new): (i64, i64),
) -> Result<Option<(Version, Version)>> {
    let old = sql::version(conn, campaign, old).await?.as_ref().map(Version::read).transpose()?;
    let new = sql::version(conn, campaign, new).await?.as_ref().map(Version::read).transpose()?;
    Ok(old.zip(new))
}

fn entry(old: &Version, new: &Version, locale: Locale) -> Entry {
    let sentence = Summary::of(&old.page, &new.page).say(locale);
    let rows = rows(&old.page, &new.page, locale);
    Entry { at: new.at, what: What::Page { version: new.number, sentence, rows } }
}

/// Every time a reward was told otherwise.
async fn rewards(conn: &mut Conn<'_>, campaign: CampaignId, locale: Locale) -> Result<Vec<Entry>> {
    let mut before: BTreeMap<RewardId, Wording> = BTreeMap::new();
    let mut entries = Vec::new();
    for row in wordings::of_campaign(conn, campaign, MOST_WORDINGS).await? {
        let after: Wording = serde_json::from_str(&row.wording)?;
        if let Some(before) = before.insert(row.reward_id, after.clone()) {
            let differences = before.differences(&after, locale);
            let what = What::Reward { title: before.title, differences };
            entries.push(Entry { at: row.at, what });
        }
    }
    Ok(entries)
}
