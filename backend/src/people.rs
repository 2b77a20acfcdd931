//! Who works on a campaign. [`access`] is the one place that says what somebody may do
//! with it; everything else asks there, and nothing compares accounts by itself.
//!
//! The creator of a campaign owns it without a row of `collaborator`; whoever else owns
//! it has one. Nobody gives or takes a right that they do not have, and a campaign never
//! is without an owner.

mod invitation;
mod preview;
pub(crate) mod sql;
mod view;

use std::collections::HashMap;

use domain::{
    Invalid, Timestamp,
    account::Role,
    id::{AccountId, CampaignId},
    people::{HandOverForm, PeopleEventKind, Right, Rights, RightsForm, person, problem},
};

pub use invitation::{accept, decline, invitation, invite, send_again, withdraw};
pub use preview::{make_link, preview, revoke_link};
pub use view::page;

use crate::{
    account::Who,
    campaign,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    story,
    studio::{Desk, Runs, at_desk},
};
use sql::Member;

/// What somebody may do with a campaign.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Access {
    /// As one of its people.
    pub rights: Rights,
    /// As whoever runs the platform, who reads everything.
    pub is_operator: bool,
}

impl Access {
    /// Whether they may know of it before its launch, and read its studio.
    pub(crate) const fn is_any(self) -> bool {
        self.is_operator || !self.rights.is_empty()
    }

    /// Whether they may read what this right lets one read.
    pub(crate) const fn sees(self, right: Right) -> bool {
        self.is_operator || self.rights.has(right)
    }
}

/// What everybody who works on a campaign may do, read at once: for who asks about many
/// of them.
pub(crate) struct Team(HashMap<AccountId, Rights>);

impl Team {
    /// Of this campaign.
    ///
    /// # Errors
    /// When the database fails.
    pub(crate) async fn of(conn: &mut Conn<'_>, id: CampaignId) -> Result<Self> {
        let rows = sql::everybodys_rights(conn, id).await?;
        Ok(Self(rows.into_iter().map(|(id, words)| (id, Rights::read(&words))).collect()))
    }

    /// What one of them, or somebody else, may do.
    pub(crate) fn access(&self, who: &Who) -> Access {
        let rights = self.0.get(&who.account).copied().unwrap_or_default();
        Access { rights, is_operator: who.role == Role::Operator }
    }
}

/// What somebody may do with a campaign; nothing, where there is no such campaign.
///
/// # Errors
/// When the database fails.
pub(crate) async fn access(conn: &mut Conn<'_>, who: &Who, id: CampaignId) -> Result<Access> {
    let rights = sql::rights(conn, id, who.account).await?;
    Ok(Access { rights, is_operator: who.role == Role::Operator })
}

/// Refuses somebody who may not change something.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not work on the campaign, operators included;
/// [`problem::lacks`] of the whole of it for whoever does, and without this right.
pub(crate) async fn needs(
    conn: &mut Conn<'_>,
    who: &Who,
    id: CampaignId,
    right: Right,
) -> Result<()> {
    match sql::rights(conn, id, who.account).await? {
        rights if rights.is_empty() => Err(Error::NotFound),
        rights if rights.has(right) => Ok(()),
        _ => Err(Invalid::field("", problem::lacks(right)).into()),
    }
}

/// Gives somebody who works on a campaign other rights.
///
/// # Errors
/// As [`needs`]; problems of the form; of `rights` where one of them is not theirs to
/// give or to take, or nobody would own the campaign.
pub async fn change_rights(backend: &Backend, who: &Who, form: &RightsForm) -> Result<()> {
    let changes = Runs::With(Right::ManagePeople);
    turning(backend, who, &form.slug, changes, async |conn, desk| {
        let (person, after) = form.parse()?;
        let done = turn(conn, desk, who, person, after).await;
        let turned = done.map_err(|error| at_field(error, "rights"))?;
        Ok(turned.map(|name| (PeopleEventKind::RightsChanged, name, after)))
    })
    .await
}

/// Takes every right from somebody, who learns so at once if they are editing.
///
/// # Errors
/// As [`change_rights`].
pub async fn remove(backend: &Backend, who: &Who, slug: &str, id: &str) -> Result<()> {
    let changes = Runs::With(Right::ManagePeople);
    turning(backend, who, slug, changes, async |conn, desk| {
        let turned = turn(conn, desk, who, person(id)?, Rights::NONE).await?;
        Ok(turned.map(|name| (PeopleEventKind::Removed, name, Rights::NONE)))
    })
    .await
}

/// Somebody leaves a campaign.
///
/// # Errors
/// [`Error::NotFound`] for whoever does not work on it; [`problem::last_owner`].
pub async fn leave(backend: &Backend, who: &Who, slug: &str) -> Result<()> {
    turning(backend, who, slug, Runs::Anyone, async |conn, desk| {
        let team = sql::team(conn, desk.row.id).await?;
        give(conn, desk, &team, who.account, Rights::NONE, None).await?;
        Ok(Some((PeopleEventKind::Left, String::new(), Rights::NONE)))
    })
    .await
}

/// Makes somebody else an owner in one's place; all other rights are kept.
///
/// # Errors
/// As [`needs`] of an owner; problems of the form, also when it names nobody else who
/// works on the campaign.
pub async fn hand_over(backend: &Backend, who: &Who, form: &HandOverForm) -> Result<()> {
    turning(backend, who, &form.slug, Runs::Campaign, async |conn, desk| {
        let to = form.parse()?;
        let team = sql::team(conn, desk.row.id).await?;
        let heir = team.iter().find(|one| one.account_id == to && to != who.account);
        let heir = heir.ok_or_else(|| Invalid::field("id", problem::nobody()))?;
        let name = heir.name.clone();
        give(conn, desk, &team, to, Rights::ALL, None).await?;
        let team = sql::team(conn, desk.row.id).await?;
        give(conn, desk, &team, who.account, Rights::ALL_BUT_OWNING, Some(to)).await?;
        Ok(Some((PeopleEventKind::HandedOver, name, Rights::ALL)))
    })
    .await
}

/// Changes rights, notes what was done about whom, and has whoever edits learn of it at
/// once. Where nothing changed, nothing is noted.
async fn turning(
    backend: &Backend,
    who: &Who,
    slug: &str,
    runs: Runs,
    act: impl AsyncFnOnce(&mut Conn<'_>, &mut Desk) -> Result<Option<(PeopleEventKind, String, Rights)>>,
) -> Result<()> {
    let id = at_desk(backend, who, slug, runs, async |conn, desk| {
        if let Some((kind, subject, rights)) = act(conn, desk).await? {
            Note { kind, subject: &subject, rights }.write(conn, desk, Some(who)).await?;
            story::tell_of_rights(conn, backend, desk.row.id).await?;
        }
        Ok(desk.row.id)
    })
    .await?;
    backend.rooms.look(id).await;
    Ok(())
}

/// Gives somebody other rights, as far as whoever wants it may; tells their name where
/// that changes anything.
async fn turn(
    conn: &mut Conn<'_>,
    desk: &mut Desk,
    who: &Who,
    person: AccountId,
    after: Rights,
) -> Result<Option<String>> {
    let mine = sql::rights(conn, desk.row.id, who.account).await?;
    let team = sql::team(conn, desk.row.id).await?;
    let found = team.iter().find(|one| one.account_id == person);
    let found = found.ok_or_else(|| Invalid::field("", problem::nobody()))?;
    if !mine.may_turn(found.rights, after) {
        return Err(Invalid::field("", problem::not_yours_to_give()).into());
    }
    if found.rights == after {
        return Ok(None);
    }
    give(conn, desk, &team, person, after, None).await?;
    Ok(Some(found.name.clone()))
}

/// Writes somebody's rights. Where the creator owns the campaign no more, the heir
/// takes their place, or else whoever has owned it longest.
async fn give(
    conn: &mut Conn<'_>,
    desk: &mut Desk,
    team: &[Member],
    person: AccountId,
    after: Rights,
    heir: Option<AccountId>,
) -> Result<()> {
    let id = desk.row.id;
    let was_owner = team.iter().any(|one| one.account_id == person && one.rights.is_owner());
    let mut owners = team.iter().filter(|one| one.rights.is_owner() && one.account_id != person);
    if was_owner && !after.is_owner() && owners.clone().next().is_none() {
        return Err(Invalid::field("", problem::last_owner()).into());
    }
    if person == desk.row.creator_id {
        if after.is_owner() {
            return Ok(());
        }
        let is_heir = |one: &&Member| heir.is_none_or(|heir| heir == one.account_id);
        let next = owners.find(is_heir).expect("an owner is left, and an heir was made one");
        succeed(conn, desk, next).await?;
    }
    if after.is_empty() {
        return sql::forget(conn, id, person).await;
    }
    sql::put(conn, id, person, after, desk.now).await
}

/// Makes an owner the creator: their name stands on the page, and letters go to them.
async fn succeed(conn: &mut Conn<'_>, desk: &mut Desk, next: &Member) -> Result<()> {
    let row = &mut desk.row;
    row.creator_id = next.account_id;
    row.creator.clone_from(&next.name);
    let words = [&row.title, &row.subtitle, &row.creator, &row.subcategory, &row.location];
    let search_text = campaign::search_text(words.map(String::as_str));
    sql::set_creator(conn, row.id, row.creator_id, &row.creator, &search_text).await?;
    sql::forget(conn, row.id, row.creator_id).await
}

/// The same refusal at a field of a form.
fn at_field(error: Error, field: &str) -> Error {
    match error {
        Error::Invalid(Invalid(problems)) => {
            let moved = problems.into_values().map(|problem| (field.to_owned(), problem));
            Invalid(moved.collect()).into()
        }
        error => error,
    }
}

/// One row of what was done about a campaign's people.
struct Note<'a> {
    kind: PeopleEventKind,
    /// About whom: a name or an address.
    subject: &'a str,
    rights: Rights,
}

impl Note<'_> {
    /// Writes it down, in the transaction of what it is about.
    async fn write(&self, conn: &mut Conn<'_>, desk: &Desk, who: Option<&Who>) -> Result<()> {
        self.note(conn, desk.row.id, who, desk.now).await
    }

    async fn note(
        &self,
        conn: &mut Conn<'_>,
        campaign: CampaignId,
        who: Option<&Who>,
        at: Timestamp,
    ) -> Result<()> {
        let account = who.map(|who| who.account);
        sql::insert_event(conn, campaign, self, account, at).await
    }
}
