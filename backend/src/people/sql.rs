//! Statements on who works on a campaign.

use domain::{
    Locale, Timestamp,
    email::EmailAddress,
    id::{AccountId, CampaignId, InvitationId, PeopleEventId},
    people::{PeopleEventKind, Rights},
    slug::Slug,
};
use futures::TryFutureExt as _;

use super::Note;
use crate::{db::Conn, error::Result};

/// What somebody may do with a campaign; none, where there is no such campaign.
pub async fn rights(conn: &mut Conn<'_>, id: CampaignId, account: AccountId) -> Result<Rights> {
    let words: Option<String> = sql!(conn, |c| sqlx::query_scalar(
        "select case when creator_id = $2 then 'own'
                     else coalesce((select rights
                                      from collaborator
                                     where campaign_id = $1 and account_id = $2), '') end
           from campaign
          where id = $1"
    )
    .bind(id)
    .bind(account)
    .fetch_optional(c))?;
    Ok(words.map(|words| Rights::read(&words)).unwrap_or_default())
}

/// The words for what each may do who works on a campaign.
pub async fn everybodys_rights(
    conn: &mut Conn<'_>,
    id: CampaignId,
) -> Result<Vec<(AccountId, String)>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select creator_id, 'own' from campaign where id = $1
          union all
         select account_id, rights from collaborator where campaign_id = $1"
    )
    .bind(id)
    .fetch_all(c))?)
}

/// Somebody who works on a campaign.
#[derive(sqlx::FromRow)]
pub struct Member {
    pub account_id: AccountId,
    pub name: String,
    pub email: EmailAddress,
    pub locale: Locale,
    #[sqlx(try_from = "String")]
    pub rights: Rights,
}

/// Everybody who works on a campaign, its creator first, then by when they came.
pub async fn team(conn: &mut Conn<'_>, id: CampaignId) -> Result<Vec<Member>> {
    let mut team: Vec<Member> = sql!(conn, |c| sqlx::query_as(
        "select a.id as account_id, a.name, a.email, a.locale, 'own' as rights
           from campaign c
           join account a on a.id = c.creator_id
          where c.id = $1"
    )
    .bind(id)
    .fetch_all(c))?;
    let others: Vec<Member> = sql!(conn, |c| sqlx::query_as(
        "select a.id as account_id, a.name, a.email, a.locale, p.rights
           from collaborator p
           join account a on a.id = p.account_id
          where p.campaign_id = $1
          order by p.added_at, a.id"
    )
    .bind(id)
    .fetch_all(c))?;
    team.extend(others);
    Ok(team)
}

/// Writes what somebody may do; when they came stays.
pub async fn put(
    conn: &mut Conn<'_>,
    id: CampaignId,
    account: AccountId,
    rights: Rights,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into collaborator (campaign_id, account_id, rights, added_at)
         values ($1, $2, $3, $4)
             on conflict (campaign_id, account_id) do update set rights = excluded.rights"
    )
    .bind(id)
    .bind(account)
    .bind(rights.words())
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn forget(conn: &mut Conn<'_>, id: CampaignId, account: AccountId) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "delete from collaborator where campaign_id = $1 and account_id = $2"
    )
    .bind(id)
    .bind(account)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn set_creator(
    conn: &mut Conn<'_>,
    id: CampaignId,
    creator: AccountId,
    name: &str,
    search_text: &str,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "update campaign set creator_id = $2, creator = $3, search_text = $4 where id = $1"
    )
    .bind(id)
    .bind(creator)
    .bind(name)
    .bind(search_text)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// An invitation that waits for an answer, also where its time is over.
#[derive(sqlx::FromRow)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: EmailAddress,
    #[sqlx(try_from = "String")]
    pub rights: Rights,
    pub expires_at: Timestamp,
}

/// Those of a campaign, oldest first.
pub async fn invitations(conn: &mut Conn<'_>, id: CampaignId) -> Result<Vec<Invitation>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select id, email, rights, expires_at
           from invitation
          where campaign_id = $1
          order by created_at, id"
    )
    .bind(id)
    .fetch_all(c))?)
}

/// An invitation whose link is held by somebody.
#[derive(sqlx::FromRow)]
pub struct Open {
    pub id: InvitationId,
    pub campaign_id: CampaignId,
    pub slug: Slug,
    pub title: String,
    pub is_demo: bool,
    pub email: EmailAddress,
    #[sqlx(try_from = "String")]
    pub rights: Rights,
    pub invited_by: AccountId,
    pub inviter: String,
    pub expires_at: Timestamp,
}

/// The one that a link opens, within its time.
pub async fn open(conn: &mut Conn<'_>, token_hash: &str, now: Timestamp) -> Result<Option<Open>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select i.id, i.campaign_id, c.slug, c.title, c.is_demo, i.email, i.rights, i.invited_by,
                a.name as inviter, i.expires_at
           from invitation i
           join campaign c on c.id = i.campaign_id
           join account a on a.id = i.invited_by
          where i.token_hash = $1
            and i.expires_at > $2"
    )
    .bind(token_hash)
    .bind(now)
    .fetch_optional(c))?)
}

/// An invitation that goes out.
pub struct NewInvitation<'a> {
    pub campaign: CampaignId,
    pub email: &'a EmailAddress,
    pub rights: Rights,
    pub token_hash: &'a str,
    pub invited_by: AccountId,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
}

/// Writes it in place of one to the same address.
pub async fn put_invitation(conn: &mut Conn<'_>, new: &NewInvitation<'_>) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into invitation
             (id, campaign_id, email, rights, token_hash, invited_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (campaign_id, email) do update set
                rights = excluded.rights, token_hash = excluded.token_hash,
                invited_by = excluded.invited_by, expires_at = excluded.expires_at"
    )
    .bind(InvitationId::generate())
    .bind(new.campaign)
    .bind(new.email)
    .bind(new.rights.words())
    .bind(new.token_hash)
    .bind(new.invited_by)
    .bind(new.created_at)
    .bind(new.expires_at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Deletes an invitation; false when it was gone.
pub async fn delete_invitation(conn: &mut Conn<'_>, id: InvitationId) -> Result<bool> {
    let gone = sql!(conn, |c| sqlx::query("delete from invitation where id = $1")
        .bind(id)
        .execute(c)
        .map_ok(|done| done.rows_affected()))?;
    Ok(gone == 1)
}

/// How many letters somebody has caused after an instant.
pub async fn letters_of(conn: &mut Conn<'_>, account: AccountId, since: Timestamp) -> Result<i64> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select count(*)
           from people_event
          where account_id = $1
            and at > $2
            and kind in ('invited', 'invited_again')"
    )
    .bind(account)
    .bind(since)
    .fetch_one(c))?)
}

/// The language of whoever has this address, if anybody has.
pub async fn locale_of(conn: &mut Conn<'_>, email: &EmailAddress) -> Result<Option<Locale>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select locale from account where email = $1")
        .bind(email)
        .fetch_optional(c))?)
}

pub(super) async fn insert_event(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    note: &Note<'_>,
    account: Option<AccountId>,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into people_event (id, campaign_id, kind, account_id, subject, rights, at)
         values ($1, $2, $3, $4, $5, $6, $7)"
    )
    .bind(PeopleEventId::generate())
    .bind(campaign)
    .bind(note.kind)
    .bind(account)
    .bind(note.subject)
    .bind(note.rights.words())
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

/// Something that was done.
#[derive(sqlx::FromRow)]
pub struct EventRow {
    pub kind: PeopleEventKind,
    pub name: Option<String>,
    pub subject: String,
    #[sqlx(try_from = "String")]
    pub rights: Rights,
    pub at: Timestamp,
}

/// What was done about the people of a campaign, newest first.
pub async fn events(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<EventRow>> {
    Ok(sql!(conn, |c| sqlx::query_as(
        "select e.kind, a.name, e.subject, e.rights, e.at
           from people_event e
           left join account a on a.id = e.account_id
          where e.campaign_id = $1
          order by e.at desc, e.id desc
          limit 200"
    )
    .bind(campaign)
    .fetch_all(c))?)
}

/// Writes the token of a campaign's preview, in place of the one there was.
pub async fn put_link(
    conn: &mut Conn<'_>,
    campaign: CampaignId,
    token: &str,
    at: Timestamp,
) -> Result<()> {
    sql!(conn, |c| sqlx::query(
        "insert into preview_link (campaign_id, token, created_at)
         values ($1, $2, $3)
             on conflict (campaign_id) do update set
                token = excluded.token, created_at = excluded.created_at"
    )
    .bind(campaign)
    .bind(token)
    .bind(at)
    .execute(c)
    .map_ok(drop))?;
    Ok(())
}

pub async fn link(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Option<String>> {
    Ok(sql!(conn, |c| sqlx::query_scalar("select token from preview_link where campaign_id = $1")
        .bind(campaign)
        .fetch_optional(c))?)
}

/// Deletes the link of a campaign; false when there was none.
pub async fn delete_link(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<bool> {
    let gone = sql!(conn, |c| sqlx::query("delete from preview_link where campaign_id = $1")
        .bind(campaign)
        .execute(c)
        .map_ok(|done| done.rows_affected()))?;
    Ok(gone == 1)
}

/// The campaign that a preview's token opens.
pub async fn linked(conn: &mut Conn<'_>, token: &str) -> Result<Option<Slug>> {
    Ok(sql!(conn, |c| sqlx::query_scalar(
        "select c.slug
           from preview_link l
           join campaign c on c.id = l.campaign_id
          where l.token = $1"
    )
    .bind(token)
    .fetch_optional(c))?)
}
