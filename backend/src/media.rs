//! Pictures that people upload: read once, with care, and written anew in every
//! width that pages ask for. What is served is never what came.
//!
//! Who may upload, and what shows a picture, is decided in `studio::picture`.

mod avif;
mod container;
mod line;
mod make;
mod read;
pub mod recording;
pub(crate) mod sql;
mod store;
pub mod sweep;
pub mod work;

use bytes::Bytes;
use domain::{
    Invalid,
    id::{CampaignId, MediaId},
    media::{Picture, Unfit},
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    task::spawn_blocking,
};

pub use crate::studio::{Upload, caption, record, upload};
pub use store::{Bucket, Pieces, Storage, Store};

use crate::{
    db::{Conn, Db},
    error::{Error, Result},
};
use make::Made;

/// One upload at a time is read and written: it takes up to 400 MB of memory and all of
/// a processor, and pledges need both more.
static BENCH: Semaphore = Semaphore::const_new(1);
/// What is made afterwards takes its time, and nobody who uploads waits for it.
static BACK_ROOM: Semaphore = Semaphore::const_new(1);

/// The pictures of a campaign, newest first, whether or not anything shows them.
///
/// # Errors
/// When the database fails.
pub async fn pictures(db: &Db, campaign: CampaignId) -> Result<Vec<Picture>> {
    let mut reader = db.read().await?;
    let pictures = of_campaign(&mut reader.conn(), campaign).await?;
    reader.done();
    Ok(pictures)
}

/// The same for who reads more.
///
/// # Errors
/// When the database fails.
pub(crate) async fn of_campaign(conn: &mut Conn<'_>, campaign: CampaignId) -> Result<Vec<Picture>> {
    let rows = sql::of_campaign(conn, campaign).await?;
    Ok(rows.into_iter().filter(sql::Row::is_there).map(sql::Row::into_picture).collect())
}

/// A file of a picture, and whether it is that for ever.
pub struct Served {
    pub content: Bytes,
    pub content_type: &'static str,
    /// Not yet: a smaller one of the kind that was asked for is being made.
    pub is_final: bool,
}

/// The file of this name (`640.webp`, `640.avif`, `1440.jpg`) of a picture. While the
/// AVIF is not made, the WebP of its width stands in.
///
/// # Errors
/// [`Error::NotFound`] without such a file; when the store fails.
pub async fn file(store: &Store, id: MediaId, name: &str) -> Result<Served> {
    let (width, kind) = name.split_once('.').ok_or(Error::NotFound)?;
    let is_number = width.len() <= 5 && width.bytes().all(|b| b.is_ascii_digit());
    let content_type = match kind {
        "webp" => "image/webp",
        "avif" => "image/avif",
        "jpg" => "image/jpeg",
        _ => return Err(Error::NotFound),
    };
    if !is_number || width.starts_with('0') || width.is_empty() {
        return Err(Error::NotFound);
    }
    if let Some(content) = store.get(&name_of(id, name)).await? {
        return Ok(Served { content, content_type, is_final: true });
    }
    if kind == "avif"
        && let Some(content) = store.get(&name_of(id, &format!("{width}.webp"))).await?
    {
        return Ok(Served { content, content_type: "image/webp", is_final: false });
    }
    Err(Error::NotFound)
}

/// What a text of the database says of a picture; nothing, where there is none.
pub(crate) fn parse(json: Option<&str>) -> Option<Picture> {
    // Only we write it.
    serde_json::from_str(json?).ok()
}

/// Where something is shown from: its picture in the middle of its widths, or else the
/// address that it has.
pub(crate) fn address(picture: Option<&Picture>, drawn: String) -> String {
    picture.map_or(drawn, |picture| picture.fitting(640))
}

/// Reads an uploaded file and makes everything that pages need of it.
///
/// # Errors
/// A problem of `file` when it is no picture that can be shown.
pub(crate) async fn prepare(file: Bytes) -> Result<Made> {
    let place = take_place(&BENCH).await?;
    // The place goes along: a visitor who leaves does not end what has begun.
    let work = spawn_blocking(move || {
        let _place = place;
        let (kind, image) = read::read(&file)?;
        make::make(kind, &image).map_err(|fault| {
            tracing::error!(%fault, "a picture was read and could not be written");
            Unfit::Broken
        })
    });
    match work.await {
        Ok(made) => made.map_err(|unfit| Invalid::from(unfit).into()),
        Err(fault) => {
            // A decoder that gives up in the middle says that much of the file.
            tracing::warn!(%fault, "reading a picture broke off");
            Err(Invalid::from(Unfit::Broken).into())
        }
    }
}

/// Waits until nobody else works there.
async fn take_place(room: &'static Semaphore) -> Result<SemaphorePermit<'static>> {
    room.acquire().await.map_err(|e| Error::internal(e, "nothing closes the bench"))
}

/// Where a file of a picture lies in the store.
pub(crate) fn name_of(id: MediaId, name: &str) -> String {
    format!("{id}/{name}")
}
