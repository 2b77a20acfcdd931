//! The pictures of a campaign and of its rewards: who may bring one, and what shows it.

use bytes::Bytes;
use domain::{
    Invalid, Problem,
    campaign::{
        policy::{self, Edit},
        shelf::ShelfChangeKind,
    },
    id::{MediaId, RewardId},
    media::{MOST_BYTES, MOST_PICTURES, Picture, Unfit, parse_alt},
    people::Right,
    reward::RewardView,
};

use super::{Desk, Runs, at_desk, shown};
use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    media::{self, sql},
    reward,
};

/// What is uploaded.
pub struct Upload<'a> {
    /// The campaign.
    pub slug: &'a str,
    /// What is to show it: `campaign`, the id of a reward, or nothing as yet.
    pub of: &'a str,
    /// What is to be seen.
    pub alt: &'a str,
    /// The file; without one, what is shown already is described anew.
    pub file: Option<Bytes>,
}

/// What shows a picture.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Campaign,
    Reward(RewardId),
    /// Nothing as yet: a story will.
    Nowhere,
}

/// Keeps a picture of a campaign, in every width that pages ask for, and shows it.
///
/// # Errors
/// [`Error::NotFound`], or a problem of the whole of it, for who may not; a problem of
/// `file` or `alt`; why the picture cannot be changed now.
pub async fn upload(backend: &Backend, who: &Who, upload: Upload<'_>) -> Result<Picture> {
    let (slug, place) = (upload.slug, Place::parse(upload.of)?);
    // Who may not learns so before there is any work.
    let shown = at_desk(backend, who, slug, place.runs(), async |conn, desk| {
        place.may_change(conn, desk).await?;
        if upload.file.is_some() {
            has_room(conn, desk, 0).await?;
        }
        place.shown(conn, desk).await
    })
    .await?;
    let alt = parse_alt(upload.alt, place != Place::Nowhere);
    let Some(file) = upload.file else {
        let mut invalid = Invalid::default();
        if shown.is_none() {
            invalid.add("file", Unfit::Missing.problem());
        }
        let alt = invalid.keep("alt", alt);
        invalid.into_result()?;
        let alt = alt.expect("a problem was noted without one");
        return describe(backend, who, slug, place, &alt).await;
    };
    let alt = alt.map_err(|problem| Invalid::field("alt", problem))?;
    let bytes = i64::try_from(file.len()).unwrap_or(i64::MAX);
    let made = media::prepare(file).await?;
    let id = MediaId::generate();
    let (width, height, blur) = (made.width, made.height, made.blur.clone());
    let picture = Picture { id, width, height, blur, alt };
    // The row first: files that no row names would stay for ever.
    at_desk(backend, who, slug, place.runs(), async |conn, desk| {
        has_room(conn, desk, bytes).await?;
        let (campaign, owner, alt) = (desk.row.id, who.account, picture.alt.as_str());
        let new = sql::New { id, campaign, owner, made: &made, alt, bytes };
        sql::insert(conn, &new, desk.now).await
    })
    .await?;
    for (name, content) in made.files {
        backend.pictures.put(&media::name_of(id, &name), content).await?;
    }
    at_desk(backend, who, slug, place.runs(), async |conn, desk| {
        place.may_change(conn, desk).await?;
        let before = shown::before(conn, who, desk).await?;
        sql::set_made(conn, id, desk.now).await?;
        place.show(conn, desk, Some(&picture)).await?;
        place.turn(conn, backend, desk, &before).await
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(picture)
}

/// Takes the picture away from the campaign, or from the reward with this id. A drawing
/// stands in for the first; the files go after a week.
///
/// # Errors
/// As [`upload`].
pub async fn remove_picture(backend: &Backend, who: &Who, slug: &str, of: &str) -> Result<()> {
    let place = Place::parse(of)?;
    at_desk(backend, who, slug, place.runs(), async |conn, desk| {
        place.may_change(conn, desk).await?;
        let before = shown::before(conn, who, desk).await?;
        place.show(conn, desk, None).await?;
        place.turn(conn, backend, desk, &before).await
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(())
}

/// Writes what is to be seen on the picture that is shown already.
async fn describe(
    backend: &Backend,
    who: &Who,
    slug: &str,
    place: Place,
    alt: &str,
) -> Result<Picture> {
    let picture = at_desk(backend, who, slug, place.runs(), async |conn, desk| {
        place.may_change(conn, desk).await?;
        let shown = place.shown(conn, desk).await?.ok_or(Error::NotFound)?;
        let picture = Picture { alt: alt.to_owned(), ..shown };
        let before = shown::before(conn, who, desk).await?;
        sql::set_alt(conn, picture.id, alt).await?;
        place.show(conn, desk, Some(&picture)).await?;
        // It is the same picture, but open pages tell of it otherwise.
        shown::turn(conn, backend, desk, &before, None).await?;
        Ok(picture)
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(picture)
}

/// Refuses a picture for which the campaign has no room left.
async fn has_room(conn: &mut Conn<'_>, desk: &Desk, bytes: i64) -> Result<()> {
    let (pictures, kept) = sql::kept(conn, desk.row.id).await?;
    if pictures >= i64::from(MOST_PICTURES) || kept + bytes > MOST_BYTES {
        return Err(Invalid::from(Unfit::TooMany).into());
    }
    Ok(())
}

impl Place {
    fn parse(of: &str) -> Result<Self> {
        match of {
            "" => Ok(Self::Nowhere),
            "campaign" => Ok(Self::Campaign),
            id => id.parse().map(Self::Reward).map_err(|_| Error::NotFound),
        }
    }

    /// Who may change what shows it.
    const fn runs(self) -> Runs {
        match self {
            Self::Campaign | Self::Nowhere => Runs::With(Right::EditPage),
            Self::Reward(_) => Runs::With(Right::EditRewards),
        }
    }

    /// Refuses what the rules lock.
    async fn may_change(self, conn: &mut Conn<'_>, desk: &Desk) -> Result<()> {
        let phase = desk.row.phase();
        let edit = match self {
            Self::Campaign => policy::campaign("image", phase, false),
            Self::Nowhere => policy::campaign("story", phase, false),
            Self::Reward(id) => {
                let is_backed = reward_of(conn, desk, id).await?.is_backed();
                policy::reward("image", phase, is_backed)
            }
        };
        match edit {
            Edit::Locked(lock) => {
                let problem = Problem::told(|locale| lock.say(locale).to_owned());
                Err(Invalid::field("", problem).into())
            }
            Edit::Free | Edit::OnlyUp(_) => Ok(()),
        }
    }

    /// What is shown now, of what was uploaded.
    async fn shown(self, conn: &mut Conn<'_>, desk: &Desk) -> Result<Option<Picture>> {
        Ok(match self {
            Self::Campaign => media::parse(desk.row.picture.as_deref()),
            Self::Reward(id) => reward_of(conn, desk, id).await?.image.and_then(|it| it.picture),
            Self::Nowhere => None,
        })
    }

    async fn show(self, conn: &mut Conn<'_>, desk: &Desk, picture: Option<&Picture>) -> Result<()> {
        match self {
            Self::Campaign => sql::set_picture(conn, desk.row.id, picture).await,
            Self::Reward(id) => reward::set_picture(conn, id, picture).await,
            Self::Nowhere => Ok(()),
        }
    }

    /// Notes that visitors see another picture.
    async fn turn(
        self,
        conn: &mut Conn<'_>,
        backend: &Backend,
        desk: &Desk,
        before: &shown::Before,
    ) -> Result<()> {
        match self {
            Self::Campaign => {
                let change = Some((ShelfChangeKind::Picture, ""));
                shown::turn(conn, backend, desk, before, change).await
            }
            Self::Reward(id) => {
                let view = reward_of(conn, desk, id).await?;
                let kind = ShelfChangeKind::RewardPicture;
                let change = shown::of_reward(kind, &view.title, view.is_secret);
                shown::turn(conn, backend, desk, before, change).await
            }
            Self::Nowhere => Ok(()),
        }
    }
}

async fn reward_of(conn: &mut Conn<'_>, desk: &Desk, id: RewardId) -> Result<RewardView> {
    let shelf = reward::all(conn, desk.row.id, desk.row.currency).await?;
    shelf.into_iter().find(|view| view.id == id).ok_or(Error::NotFound)
}
