//! Invitations. Whoever holds the link of the letter and is signed in with the address
//! it went to may accept; the link alone is enough to decline. Whether an address has an
//! account is told to nobody.

use domain::{
    Invalid, Problem,
    email::EmailAddress,
    id::InvitationId,
    people::{
        INVITATION_LASTS, InvitationPage, InviteForm, LETTERS_WITHIN, MOST_LETTERS,
        MOST_LETTERS_A_DAY, MOST_PEOPLE, PeopleEventKind, Right, Rights, problem, view::Guest,
    },
    slug::Slug,
    time::DAY,
};

use super::{Note, sql};
use crate::{
    account::Who,
    campaign::locked,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    mail::{self, Letter},
    secret::{hashed, random_token},
    story,
    studio::{Desk, Runs, at_desk},
};

/// Invites somebody by a letter. An address that waits for one already gets another,
/// whose rights and link take the place of those before.
///
/// # Errors
/// As [`super::needs`]; problems of `email` and `rights`; [`Problem::TooMany`] on the
/// whole of it.
pub async fn invite(backend: &Backend, who: &Who, form: &InviteForm) -> Result<()> {
    let changes = Runs::With(Right::ManagePeople);
    at_desk(backend, who, &form.slug, changes, async |conn, desk| {
        let (email, rights) = form.parse()?;
        let id = desk.row.id;
        let team = sql::team(conn, id).await?;
        if team.iter().any(|one| one.email == email) {
            return Err(Invalid::field("email", problem::already_here()).into());
        }
        let waiting = sql::invitations(conn, id).await?;
        let before = waiting.iter().find(|one| one.email == email);
        let mine = sql::rights(conn, id, who.account).await?;
        if !mine.may_turn(before.map_or(Rights::NONE, |one| one.rights), rights) {
            return Err(Invalid::field("rights", problem::not_yours_to_give()).into());
        }
        if before.is_none() && team.len() + waiting.len() >= MOST_PEOPLE as usize {
            return Err(Invalid::field("", Problem::TooMany { most: MOST_PEOPLE }).into());
        }
        send(conn, backend, desk, who, (&email, rights), PeopleEventKind::Invited).await
    })
    .await
}

/// Sends an invitation once more, with another link and a week from now.
///
/// # Errors
/// As [`super::needs`]; [`Error::NotFound`] for one that is not there any more;
/// [`problem::not_yours_to_give`].
pub async fn send_again(backend: &Backend, who: &Who, slug: &str, id: &str) -> Result<()> {
    let changes = Runs::With(Right::ManagePeople);
    at_desk(backend, who, slug, changes, async |conn, desk| {
        let found = waiting(conn, desk, who, id).await?;
        let to = (&found.email, found.rights);
        send(conn, backend, desk, who, to, PeopleEventKind::InvitedAgain).await
    })
    .await
}

/// Takes an invitation back; its link is of no use any more.
///
/// # Errors
/// As [`send_again`].
pub async fn withdraw(backend: &Backend, who: &Who, slug: &str, id: &str) -> Result<()> {
    let changes = Runs::With(Right::ManagePeople);
    at_desk(backend, who, slug, changes, async |conn, desk| {
        let found = waiting(conn, desk, who, id).await?;
        sql::delete_invitation(conn, found.id).await?;
        let (kind, subject) = (PeopleEventKind::Withdrawn, found.email.as_str());
        Note { kind, subject, rights: found.rights }.write(conn, desk, Some(who)).await
    })
    .await
}

/// What the page behind a link shows; nothing, where the link is no longer good.
///
/// # Errors
/// When the database fails.
pub async fn invitation(
    backend: &Backend,
    who: Option<&Who>,
    token: &str,
) -> Result<Option<InvitationPage>> {
    let mut reader = backend.db.read().await?;
    let found = open(&mut reader.conn(), backend, token).await?;
    reader.done();
    Ok(found.map(|found| InvitationPage {
        guest: match who {
            None => Guest::Unknown,
            Some(who) if who.email == found.email => Guest::Invited,
            Some(who) => Guest::Other(who.email.as_str().to_owned()),
        },
        title: found.title,
        is_demo: found.is_demo,
        by: found.inviter,
        rights: found.rights,
        expires_at: found.expires_at,
    }))
}

/// Accepts an invitation, once.
///
/// # Errors
/// [`problem::invitation_gone`]; [`problem::other_address`] for whoever is signed in
/// with another address, and the invitation stays.
pub async fn accept(backend: &Backend, who: &Who, token: &str) -> Result<Slug> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let found = take(conn, backend, token, Some(who)).await?;
    let id = found.campaign_id;
    let before = sql::rights(conn, id, who.account).await?;
    // The creator owns everything without a row.
    if !before.is_owner() {
        let rights = Rights::of(before.list().into_iter().chain(found.rights.list()));
        sql::put(conn, id, who.account, rights, now).await?;
    }
    let (kind, subject) = (PeopleEventKind::Accepted, "");
    Note { kind, subject, rights: found.rights }.note(conn, id, Some(who), now).await?;
    story::tell_of_rights(conn, backend, id).await?;
    tx.commit().await?;
    Ok(found.slug)
}

/// Declines an invitation; that needs no account.
///
/// # Errors
/// [`problem::invitation_gone`].
pub async fn decline(backend: &Backend, token: &str) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let found = take(conn, backend, token, None).await?;
    let (kind, subject) = (PeopleEventKind::Declined, found.email.as_str());
    let note = Note { kind, subject, rights: found.rights };
    note.note(conn, found.campaign_id, None, now).await?;
    tx.commit().await
}

/// Takes an open invitation away, which happens once however many try.
async fn take(
    conn: &mut Conn<'_>,
    backend: &Backend,
    token: &str,
    who: Option<&Who>,
) -> Result<sql::Open> {
    let gone = || Invalid::field("", problem::invitation_gone());
    let found = open(conn, backend, token).await?.ok_or_else(gone)?;
    if who.is_some_and(|who| who.email != found.email) {
        return Err(Invalid::field("", problem::other_address()).into());
    }
    // Whoever takes rights away meanwhile holds this lock.
    locked::lock(conn, &[found.campaign_id]).await?;
    let found = open(conn, backend, token).await?.ok_or_else(gone)?;
    if sql::delete_invitation(conn, found.id).await? { Ok(found) } else { Err(gone().into()) }
}

/// The invitation that a link opens, as long as whoever sent it may still give what it
/// offers: who has lost a right gives it to nobody by a letter of before.
async fn open(conn: &mut Conn<'_>, backend: &Backend, token: &str) -> Result<Option<sql::Open>> {
    let Some(found) = sql::open(conn, &hashed(token), backend.clock.now()).await? else {
        return Ok(None);
    };
    let theirs = sql::rights(conn, found.campaign_id, found.invited_by).await?;
    let may = theirs.has(Right::ManagePeople) && theirs.may_turn(Rights::NONE, found.rights);
    Ok(may.then_some(found))
}

/// An invitation of this campaign that somebody may do something about.
async fn waiting(conn: &mut Conn<'_>, desk: &Desk, who: &Who, id: &str) -> Result<sql::Invitation> {
    let id: InvitationId = id.parse().map_err(|_| Error::NotFound)?;
    let all = sql::invitations(conn, desk.row.id).await?;
    let found = all.into_iter().find(|one| one.id == id).ok_or(Error::NotFound)?;
    let mine = sql::rights(conn, desk.row.id, who.account).await?;
    if mine.may_turn(found.rights, Rights::NONE) {
        Ok(found)
    } else {
        Err(Invalid::field("", problem::not_yours_to_give()).into())
    }
}

/// Writes the invitation down, and its letter.
async fn send(
    conn: &mut Conn<'_>,
    backend: &Backend,
    desk: &Desk,
    who: &Who,
    (email, rights): (&EmailAddress, Rights),
    kind: PeopleEventKind,
) -> Result<()> {
    let now = desk.now;
    let to_address =
        mail::count_since(conn, email, mail::INVITATION, now.plus(-LETTERS_WITHIN)).await?;
    let by_person = sql::letters_of(conn, who.account, now.plus(-DAY)).await?;
    if to_address >= MOST_LETTERS || by_person >= MOST_LETTERS_A_DAY {
        return Err(Invalid::field("", problem::many_letters()).into());
    }
    let token = random_token();
    let until = now.plus(INVITATION_LASTS);
    let new = sql::NewInvitation {
        campaign: desk.row.id,
        email,
        rights,
        token_hash: &hashed(&token),
        invited_by: who.account,
        created_at: now,
        expires_at: until,
    };
    sql::put_invitation(conn, &new).await?;
    let letter = Letter::Invitation {
        title: desk.row.title.clone(),
        by: who.name.clone(),
        rights,
        until,
        link: format!("{}/invitation?token={token}", backend.options.base_url),
    };
    // In the reader's language where that is known; nobody learns whether it is.
    let locale = sql::locale_of(conn, email).await?.unwrap_or(who.locale);
    mail::enqueue(conn, email, locale, &letter, now).await?;
    Note { kind, subject: email.as_str(), rights }.write(conn, desk, Some(who)).await
}
