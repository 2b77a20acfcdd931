//! What backers are told of a reward, each time it is told otherwise; and who is written
//! to, because what they were promised has changed.

pub(crate) mod sql;

use domain::{
    Timestamp,
    campaign::material,
    id::RewardId,
    reward::{RewardView, Wording},
};

use crate::{
    db::Conn,
    error::Result,
    mail::{self, Letter},
    pledge::command::Links,
};

/// A reward of a launched campaign that is told otherwise from now on.
pub(crate) struct Retold<'a> {
    /// As it was until now.
    pub view: &'a RewardView,
    pub after: &'a Wording,
    /// The campaign's.
    pub title: &'a str,
    pub launched_at: Timestamp,
    pub links: &'a Links,
}

/// Writes down what is told of a reward from now on; and, where that is material for who
/// has it, a letter to each of them. Its campaign is locked.
///
/// # Errors
/// When the database fails.
pub(crate) async fn retell(conn: &mut Conn<'_>, retold: &Retold<'_>, now: Timestamp) -> Result<()> {
    let Retold { view, after, .. } = retold;
    let before = Wording::of(view);
    if before == **after {
        return Ok(());
    }
    let is_material = view.is_backed() && material::is_material(&before, after);
    let free_until = is_material.then(|| material::free_until(now));
    let known = super::sql::wording(conn, view.id).await?;
    if known == 0 {
        sql::insert(conn, view.id, 1, &before, retold.launched_at, None).await?;
    }
    let number = known.max(1) + 1;
    sql::insert(conn, view.id, number, after, now, free_until).await?;
    super::sql::set_wording(conn, view.id, number).await?;
    match free_until {
        Some(until) => write_to_backers(conn, retold, (number, until), now).await,
        None => Ok(()),
    }
}

/// One letter to everybody who chose it as it was told before, each with the link to their
/// own pledge, all written at once.
async fn write_to_backers(
    conn: &mut Conn<'_>,
    retold: &Retold<'_>,
    (number, until): (i64, Timestamp),
    now: Timestamp,
) -> Result<()> {
    let before = Wording::of(retold.view);
    let mut letters = Vec::new();
    for backer in sql::backers(conn, retold.view.id, number).await? {
        let letter = Letter::RewardChanged {
            title: retold.title.to_owned(),
            before: Box::new(before.clone()),
            after: Box::new(retold.after.clone()),
            until,
            link: retold.links.to(backer.pledge),
        };
        letters.push(mail::written(&backer.email, backer.locale, &letter, now)?);
    }
    mail::insert_all(conn, &letters).await
}

/// What was told under this number; 0 is what was told before anything changed. Nothing
/// where nothing ever did.
///
/// # Errors
/// When the database fails.
pub(crate) async fn read(
    conn: &mut Conn<'_>,
    reward: RewardId,
    number: i64,
) -> Result<Option<Wording>> {
    let found = sql::wording(conn, reward, number.max(1)).await?;
    Ok(found.map(|json| serde_json::from_str(&json)).transpose()?)
}
