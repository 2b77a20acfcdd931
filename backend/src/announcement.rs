//! A campaign that is announced before its launch. Whoever wants to be told of that gets
//! one letter, written in the transaction of the launch; an address that a guest typed
//! has to be confirmed first, and nobody learns whether it was on the list already.

mod sql;

use domain::{
    Locale,
    announcement::{
        AnnouncementPage, LETTERS_WITHIN, MOST_LETTERS, WatchForm, WatcherPage, Watching,
    },
    id::CampaignId,
    pledge::Refusal,
    slug::Slug,
};

use crate::{
    account::Who,
    campaign::locked::Locked,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    mail::{self, Letter},
    media,
    secret::random_token,
    studio::{Runs, at_desk},
};
use sql::Announced;
pub(crate) use sql::sweep;

/// Stands for the key of each watcher while a letter to all is written.
const KEY: &str = "KEY-OF-A-WATCHER";

/// Switches the announcement of a campaign on or off. Whoever is on the list stays.
///
/// # Errors
/// [`Error::NotFound`], or a problem of the whole of it, for everyone but an owner;
/// [`Refusal::WrongState`] for a campaign that everybody can see.
pub async fn switch(backend: &Backend, who: &Who, slug: &str, is_on: bool) -> Result<()> {
    at_desk(backend, who, slug, Runs::Campaign, async |conn, desk| {
        let row = &desk.row;
        if row.state.is_public() {
            return Err(Refusal::WrongState { state: row.state }.into());
        }
        match is_on {
            true => sql::announce(conn, row.id, desk.now).await,
            false => sql::silence(conn, row.id).await,
        }
    })
    .await
}

/// What anyone may read of an announced campaign, or of one that has launched since.
///
/// # Errors
/// [`Error::NotFound`] for every other.
pub async fn page(backend: &Backend, who: Option<&Who>, slug: &str) -> Result<AnnouncementPage> {
    let mut reader = backend.db.read().await?;
    let conn = &mut reader.conn();
    let row = announced(conn, slug).await?;
    let watchers = sql::count(conn, row.id).await?;
    let visitor = match who {
        None => Watching::Unknown,
        Some(who) => {
            let key = sql::confirmed_key(conn, row.id, &who.email).await?;
            key.map_or(Watching::No, Watching::Yes)
        }
    };
    reader.done();
    let picture = media::parse(row.picture.as_deref());
    Ok(AnnouncementPage {
        image: media::address(picture.as_ref(), row.image),
        image_alt: picture.as_ref().map_or(row.image_alt, |picture| picture.alt.clone()),
        picture,
        slug: row.slug,
        title: row.title,
        subtitle: row.subtitle,
        creator: row.creator,
        is_demo: row.is_demo,
        language: row.language,
        state: row.state,
        launch_at: row.launch_at.filter(|_| row.approved_at.is_some()),
        zone: row.zone,
        watchers,
        visitor,
    })
}

/// Puts somebody on the list: who is signed in at once, a guest's address once the link
/// of its letter was followed. The answer is the same whether it was there before.
///
/// # Errors
/// [`Error::NotFound`] for a campaign that is not announced, or has launched; a problem
/// of `email`.
pub async fn watch(
    backend: &Backend,
    who: Option<&Who>,
    form: &WatchForm,
    locale: Locale,
) -> Result<()> {
    let (email, locale) = match who {
        Some(who) => (who.email.clone(), who.locale),
        None => (form.parse()?, locale),
    };
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    let conn = &mut tx.conn();
    let row = announced(conn, &form.slug).await?;
    if row.state.is_public() {
        return Err(Error::NotFound);
    }
    sql::insert(conn, row.id, &email, locale, &random_token(), now).await?;
    let watcher = sql::of_address(conn, row.id, &email).await?;
    if who.is_some() {
        sql::confirm(conn, &watcher.key, now).await?;
    } else if watcher.confirmed_at.is_none() {
        let since = now.plus(-LETTERS_WITHIN);
        let letters = mail::count_since(conn, &email, mail::CONFIRM_WATCH, since).await?;
        if letters < MOST_LETTERS {
            let link = link(&backend.options.base_url, &watcher.key);
            let letter = Letter::ConfirmWatch { title: row.title, link };
            mail::enqueue(conn, &email, locale, &letter, now).await?;
        }
    }
    tx.commit().await
}

/// What the link of a letter opens; nothing, where the address is on no list.
///
/// # Errors
/// When the database fails.
pub async fn watcher(backend: &Backend, key: &str) -> Result<Option<WatcherPage>> {
    if key.contains('\0') {
        return Ok(None);
    }
    let mut reader = backend.db.read().await?;
    let found = sql::by_key(&mut reader.conn(), key).await?;
    reader.done();
    Ok(found.map(|row| WatcherPage {
        slug: row.slug,
        title: row.title,
        is_confirmed: row.confirmed_at.is_some(),
    }))
}

/// Follows the link of a letter: the address counts from now on.
///
/// # Errors
/// [`Error::NotFound`] when it is on no list any more.
pub async fn confirm(backend: &Backend, key: &str) -> Result<()> {
    let now = backend.clock.now();
    let mut tx = backend.db.begin().await?;
    if key.contains('\0') || !sql::confirm(&mut tx.conn(), key, now).await? {
        return Err(Error::NotFound);
    }
    tx.commit().await
}

/// Takes an address off the list; done twice, it is done.
///
/// # Errors
/// When the database fails.
pub async fn stop(backend: &Backend, key: &str) -> Result<()> {
    if key.contains('\0') {
        return Ok(());
    }
    let mut tx = backend.db.begin().await?;
    sql::delete(&mut tx.conn(), key).await?;
    tx.commit().await
}

/// Writes to everybody who wants to know of this launch, in one statement however many
/// there are, and forgets them.
///
/// # Errors
/// When the database fails.
pub(crate) async fn tell(
    conn: &mut Conn<'_>,
    row: &Locked,
    base_url: &str,
    at: domain::Timestamp,
) -> Result<()> {
    let letter = Letter::CampaignOpens {
        title: row.title.clone(),
        link: format!("{base_url}/campaigns/{}", row.slug),
        stop: link(base_url, KEY),
    };
    let written = serde_json::to_string(&letter)?;
    let parts = written.rsplit_once(KEY).expect("the letter was made with it");
    sql::write_to_all(conn, row.id, letter.kind(), parts, at).await?;
    sql::delete_all(conn, row.id).await
}

fn link(base_url: &str, key: &str) -> String {
    format!("{base_url}/announcement?key={key}")
}

async fn announced(conn: &mut Conn<'_>, slug: &str) -> Result<Announced> {
    let slug = Slug::parse(slug).ok_or(Error::NotFound)?;
    let row = sql::announced(conn, &slug).await?.ok_or(Error::NotFound)?;
    let is_open = row.is_announced || row.state.is_public();
    if is_open { Ok(row) } else { Err(Error::NotFound) }
}

/// How many wait for a campaign that is announced; nothing, where it is not.
///
/// # Errors
/// When the database fails.
pub(crate) async fn waiting(conn: &mut Conn<'_>, id: CampaignId) -> Result<Option<i64>> {
    if sql::is_announced(conn, id).await? { sql::count(conn, id).await.map(Some) } else { Ok(None) }
}
