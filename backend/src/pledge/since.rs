//! What changed since a pledge was made, and whether its backer may leave because of it.

use domain::{
    Locale, Timestamp,
    campaign::material::{self, Leaving},
    id::PledgeId,
    pledge::{
        Since,
        since::{PageChange, RewardChange},
    },
    story::{Page, view::Summary},
};

use super::sql::PledgeRow;
use crate::{db::Conn, error::Result, reward::wording, story};

/// What is told otherwise than when this pledge was made, in the words of whoever looks;
/// nothing of one that has ended.
///
/// # Errors
/// When the database fails.
pub(super) async fn of(
    conn: &mut Conn<'_>,
    id: PledgeId,
    row: &PledgeRow,
    takes_pledges: bool,
    (now, locale): (Timestamp, Locale),
) -> Result<Since> {
    if !row.state.is_active() {
        return Ok(Since::default());
    }
    let mut rewards = Vec::new();
    for retold in wording::sql::of_pledge(conn, id).await? {
        let before = wording::read(conn, retold.reward_id, retold.chosen).await?;
        let after = wording::read(conn, retold.reward_id, retold.now).await?;
        let (Some(before), Some(after)) = (before, after) else { continue };
        let differences = before.differences(&after, locale);
        // What was changed back is as it was.
        if !differences.is_empty() {
            rewards.push(RewardChange { title: retold.title, differences });
        }
    }
    let free_until = free_until(conn, id, now).await?;
    let way = material::leaving(row.state, takes_pledges && row.may_change());
    let may_leave = free_until.is_some() && way.is_some();
    Ok(Since { page: page(conn, row, locale).await?, rewards, free_until, may_leave })
}

/// Until when a pledge may be taken back because of a material change, if that is so now.
async fn free_until(
    conn: &mut Conn<'_>,
    id: PledgeId,
    now: Timestamp,
) -> Result<Option<Timestamp>> {
    let until = wording::sql::free_until(conn, id).await?;
    Ok(until.filter(|until| now < *until))
}

/// How its backer may leave because of a material change, if that is so now.
///
/// # Errors
/// When the database fails.
pub(super) async fn leaving(
    conn: &mut Conn<'_>,
    id: PledgeId,
    row: &PledgeRow,
    now: Timestamp,
) -> Result<Option<Leaving>> {
    let is_free = free_until(conn, id, now).await?.is_some();
    Ok(if is_free { material::leaving(row.state, row.may_change()) } else { None })
}

/// In how far the page is another one. The first version is what there was before it was
/// ever edited.
async fn page(conn: &mut Conn<'_>, row: &PledgeRow, locale: Locale) -> Result<Option<PageChange>> {
    let version = row.page_version.max(1);
    if version >= row.page_now {
        return Ok(None);
    }
    let old = story::sql::version(conn, row.campaign_id, version).await?;
    let new = story::sql::version(conn, row.campaign_id, row.page_now).await?;
    let (Some(old), Some(new)) = (old, new) else { return Ok(None) };
    let (old, new): (Page, Page) =
        (serde_json::from_str(&old.page)?, serde_json::from_str(&new.page)?);
    let summary = Summary::of(&old, &new);
    let change = PageChange { version, sentence: summary.say(locale) };
    Ok((!summary.is_nothing()).then_some(change))
}
