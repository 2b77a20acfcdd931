//! What the page about a campaign's people shows.

use domain::{
    people::{InvitationView, PeopleEvent, PeoplePage, PersonView, Right, Rights},
    slug::Slug,
};

use super::{access, sql};
use crate::{
    account::Who,
    campaign,
    context::Backend,
    error::{Error, Result},
};

/// Everybody who works on a campaign, for one of them and for operators. Addresses,
/// invitations and what was done are shown to whoever manages people, and to operators.
///
/// # Errors
/// [`Error::NotFound`] for everyone else.
pub async fn page(backend: &Backend, who: &Who, slug: &str) -> Result<PeoplePage> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let now = backend.clock.now();
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let (id, creator) =
        campaign::life::sql::owner(conn, slug.as_str()).await?.ok_or(Error::NotFound)?;
    let access = access(conn, who, id).await?;
    if !access.is_any() {
        return Err(Error::NotFound);
    }
    let (mine, sees_all) = (access.rights, access.sees(Right::ManagePeople));
    let manages = mine.has(Right::ManagePeople);
    let team = sql::team(conn, id).await?;
    let (waiting, events) = if sees_all {
        (sql::invitations(conn, id).await?, sql::events(conn, id).await?)
    } else {
        (Vec::new(), Vec::new())
    };
    reader.done();
    let mut people: Vec<PersonView> = team
        .into_iter()
        .map(|one| PersonView {
            email: sees_all.then(|| one.email.as_str().to_owned()),
            is_creator: one.account_id == creator,
            is_you: one.account_id == who.account,
            may_change: manages && mine.may_turn(one.rights, Rights::NONE),
            id: one.account_id,
            name: one.name,
            rights: one.rights,
        })
        .collect();
    people.sort_by_key(|one| (!one.is_creator, !one.rights.is_owner()));
    let invitations = waiting.into_iter().map(|one| InvitationView {
        id: one.id,
        email: one.email.as_str().to_owned(),
        rights: one.rights,
        expires_at: one.expires_at,
        is_over: one.expires_at <= now,
        may_change: manages && mine.may_turn(one.rights, Rights::NONE),
    });
    let events = events.into_iter().map(|one| PeopleEvent {
        at: one.at,
        kind: one.kind,
        who: one.name,
        subject: one.subject,
        rights: one.rights,
    });
    Ok(PeoplePage {
        rights: mine,
        sees_all,
        people,
        invitations: invitations.collect(),
        events: events.collect(),
        slug,
    })
}
