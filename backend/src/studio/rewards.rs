//! Rewards and add-ons, as their creator puts them on the shelf.

use domain::{
    Invalid, Problem,
    campaign::{
        policy::{self, Edit},
        shelf::ShelfChangeKind,
    },
    id::RewardId,
    people::Right,
    reward::{Offer, RewardView, Variant, Variants, Wording, wording::Part},
    studio::{
        RewardDraft, RewardForm, problem,
        reward::{MOST_REWARDS, option::check_grown, order::arranged},
        settle,
    },
};

use super::{Desk, Runs, at_desk, shown};
use crate::{
    account::Who,
    context::Backend,
    db::Conn,
    error::{Error, Result},
    pledge::links,
    reward::{
        self, NewReward,
        wording::{Retold, retell},
    },
    secret::random_token,
    story,
};

/// Adds a reward at the end of its kind's list, or changes one. A material change of one
/// that somebody has is written to each of them.
///
/// # Errors
/// [`Error::NotFound`], or a problem of the whole of it, for who may not; problems of the
/// form, also when something else stood there when it was drawn.
pub async fn save_reward(backend: &Backend, who: &Who, form: RewardForm) -> Result<RewardId> {
    let slug = form.slug.clone();
    let rewards = Runs::With(Right::EditRewards);
    let id = at_desk(backend, who, &slug, rewards, async |conn, desk| {
        let shelf = shelf(conn, desk).await?;
        let (currency, zone) = (desk.row.currency, desk.row.terms().zone);
        let Some(id) = form.id()? else {
            may_arrange(desk)?;
            has_room(&shelf)?;
            let draft = form.parse(currency, zone)?;
            let place = i64::try_from(shelf.len()).unwrap_or(i64::MAX);
            let new = new_reward(draft);
            let before = shown::before(conn, who, desk).await?;
            let id = reward::add(conn, desk.row.id, place, &new).await?;
            shown::turn(conn, backend, desk, &before, added(&new)).await?;
            return Ok(id);
        };
        let view = shelf.iter().find(|view| view.id == id).ok_or(Error::NotFound)?;
        let current = RewardForm::of(desk.row.slug.as_str(), view, zone);
        let (phase, is_backed) = (desk.row.phase(), view.is_backed());
        let edit = |field: &str| policy::offer(field, desk.row.state, phase, is_backed);
        let form = settle(&current, form, edit)?;
        let draft = form.parse(currency, zone)?;
        if is_backed {
            check_grown(&view.variants, &draft.variants)?;
        }
        if let Some(launched_at) = desk.row.launched_at {
            let before = Wording::of(view);
            let is_locked = |part: Part| edit(part.key()).is_locked();
            let after = Wording::of(&draft.clone().view(id, currency)).but_for(&before, is_locked);
            if is_backed {
                form.check_confirmed(&before, &after)?;
            }
            let (title, links) = (desk.row.title.as_str(), &links(backend));
            let retold = Retold { view, after: &after, title, launched_at, links };
            retell(conn, &retold, desk.now).await?;
        }
        let before = shown::before(conn, who, desk).await?;
        reward::change(conn, id, &new_reward(draft)).await?;
        story::draw_anew(conn, backend, &desk.row).await?;
        shown::turn(conn, backend, desk, &before, None).await?;
        Ok(id)
    })
    .await?;
    shown::tell(backend, &slug).await;
    Ok(id)
}

/// Moves a reward one place up or down among those of its kind; at the end of the
/// list it stays where it is.
///
/// # Errors
/// [`Error::NotFound`], or a problem of the whole of it, for who may not; the first without
/// that reward too; why the shelf cannot be changed now.
pub async fn move_reward(
    backend: &Backend,
    who: &Who,
    slug: &str,
    id: &str,
    is_up: bool,
) -> Result<()> {
    at_desk(backend, who, slug, Runs::With(Right::EditRewards), async |conn, desk| {
        let (mut shelf, place) = taken(conn, desk, id).await?;
        may_arrange(desk)?;
        let next = if is_up { place.checked_sub(1) } else { Some(place + 1) };
        if let Some(next) = next
            && shelf.get(next).is_some_and(|other| other.kind == shelf[place].kind)
        {
            shelf.swap(place, next);
            let before = shown::before(conn, who, desk).await?;
            reward::arrange(conn, &ids(&shelf)).await?;
            shown::turn(conn, backend, desk, &before, None).await?;
        }
        Ok(())
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(())
}

/// Adds a reward like this one behind it. A copy of a secret one has a link of its
/// own.
///
/// # Errors
/// As [`move_reward`]; [`Problem::TooMany`] on the whole of it.
pub async fn duplicate_reward(
    backend: &Backend,
    who: &Who,
    slug: &str,
    id: &str,
) -> Result<RewardId> {
    let rewards = Runs::With(Right::EditRewards);
    let copied = at_desk(backend, who, slug, rewards, async |conn, desk| {
        let (shelf, place) = taken(conn, desk, id).await?;
        may_arrange(desk)?;
        has_room(&shelf)?;
        let copy = copy(&shelf[place]);
        let before = shown::before(conn, who, desk).await?;
        let copied = reward::add(conn, desk.row.id, 0, &copy).await?;
        let mut order = ids(&shelf);
        order.insert(place + 1, copied);
        reward::arrange(conn, &order).await?;
        shown::turn(conn, backend, desk, &before, added(&copy)).await?;
        Ok(copied)
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(copied)
}

/// Gives a secret reward another link; the old one opens nothing any more.
///
/// # Errors
/// As [`move_reward`]; [`Error::NotFound`] too for a reward that is none of the secret
/// ones.
pub async fn renew_secret(backend: &Backend, who: &Who, slug: &str, id: &str) -> Result<RewardId> {
    at_desk(backend, who, slug, Runs::With(Right::EditRewards), async |conn, desk| {
        let (shelf, place) = taken(conn, desk, id).await?;
        may_arrange(desk)?;
        let view = &shelf[place];
        if !view.is_secret {
            return Err(Error::NotFound);
        }
        reward::sql::set_secret(conn, view.id, &random_token()).await?;
        Ok(view.id)
    })
    .await
}

/// Puts the rewards of one kind into this order, as ids.
///
/// # Errors
/// As [`move_reward`]; on the whole of it when the rewards are no longer those, or no
/// longer stand as they did `before`.
pub async fn arrange_rewards(
    backend: &Backend,
    who: &Who,
    slug: &str,
    before: &str,
    order: &str,
) -> Result<()> {
    at_desk(backend, who, slug, Runs::With(Right::EditRewards), async |conn, desk| {
        may_arrange(desk)?;
        let shelf = shelf(conn, desk).await?;
        let order = arranged(&ids(&shelf), before, order)?;
        let before = shown::before(conn, who, desk).await?;
        reward::arrange(conn, &order).await?;
        shown::turn(conn, backend, desk, &before, None).await
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(())
}

/// Takes a reward away.
///
/// # Errors
/// As [`move_reward`]; [`problem::has_pledges`] on the whole of it when a pledge names
/// it, even one that was cancelled.
pub async fn delete_reward(backend: &Backend, who: &Who, slug: &str, id: &str) -> Result<()> {
    let rewards = Runs::With(Right::EditRewards);
    at_desk(backend, who, slug, rewards, async |conn, desk| {
        let (shelf, place) = taken(conn, desk, id).await?;
        may_arrange(desk)?;
        let (id, title, is_secret) =
            (shelf[place].id, shelf[place].title.as_str(), shelf[place].is_secret);
        if reward::sql::pledged(conn, desk.row.id).await?.contains(&id) {
            return Err(Invalid::field("", problem::has_pledges()).into());
        }
        let before = shown::before(conn, who, desk).await?;
        reward::remove(conn, id).await?;
        let gone = shown::of_reward(ShelfChangeKind::RewardRemoved, title, is_secret);
        story::draw_anew(conn, backend, &desk.row).await?;
        shown::turn(conn, backend, desk, &before, gone).await
    })
    .await?;
    shown::tell(backend, slug).await;
    Ok(())
}

/// Every reward of the campaign, secret ones too.
async fn shelf(conn: &mut Conn<'_>, desk: &Desk) -> Result<Vec<RewardView>> {
    reward::all(conn, desk.row.id, desk.row.currency).await
}

/// The shelf, and the place on it of the reward with this id.
async fn taken(conn: &mut Conn<'_>, desk: &Desk, id: &str) -> Result<(Vec<RewardView>, usize)> {
    let id: RewardId = id.parse().map_err(|_| Error::NotFound)?;
    let shelf = shelf(conn, desk).await?;
    let place = shelf.iter().position(|view| view.id == id).ok_or(Error::NotFound)?;
    Ok((shelf, place))
}

/// What everybody is told of a new one.
fn added(new: &NewReward) -> Option<(ShelfChangeKind, &str)> {
    shown::of_reward(ShelfChangeKind::RewardAdded, &new.title, new.secret.is_some())
}

fn may_arrange(desk: &Desk) -> Result<(), Invalid> {
    match desk.row.phase().shelf() {
        Edit::Locked(lock) => {
            Err(Invalid::field("", Problem::told(|locale| lock.say(locale).to_owned())))
        }
        Edit::Free | Edit::OnlyUp(_) => Ok(()),
    }
}

fn has_room(shelf: &[RewardView]) -> Result<(), Invalid> {
    if shelf.len() < MOST_REWARDS as usize {
        Ok(())
    } else {
        Err(Invalid::field("", Problem::TooMany { most: MOST_REWARDS }))
    }
}

fn untouched(variant: &Variant) -> Variant {
    Variant { claimed: 0, ..variant.clone() }
}

fn ids(shelf: &[RewardView]) -> Vec<RewardId> {
    shelf.iter().map(|view| view.id).collect()
}

fn new_reward(draft: RewardDraft) -> NewReward {
    NewReward {
        kind: draft.kind,
        title: draft.title,
        description: draft.description,
        price: draft.price,
        late_price: draft.late_price,
        units: draft.units,
        items: draft.items,
        image: None,
        delivery: draft.delivery,
        offer: draft.offer,
        secret: draft.is_secret.then(random_token),
        shipping: draft.shipping,
        variants: draft.variants,
    }
}

fn copy(view: &RewardView) -> NewReward {
    NewReward {
        kind: view.kind,
        title: view.title.clone(),
        description: view.description.clone(),
        price: view.price.minor,
        late_price: view.late_price.map(|price| price.minor),
        units: view.units,
        items: view.items.clone(),
        image: view.image.clone(),
        delivery: view.delivery,
        offer: Offer { claimed: 0, ..view.offer },
        secret: view.is_secret.then(random_token),
        shipping: view.shipping.clone(),
        variants: Variants {
            options: view.variants.options.clone(),
            list: view.variants.list.iter().map(untouched).collect(),
        },
    }
}
