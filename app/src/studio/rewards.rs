//! The rewards and add-ons of a campaign, in their order.

pub(crate) mod order;

use domain::{
    Locale,
    campaign::policy::Edit,
    id::RewardId,
    people::Right,
    reward::RewardKind,
    studio::StudioReward,
    words::{campaign as c, studio_page as w},
};
use leptos::prelude::*;

use super::{
    act::{DeleteReward, DuplicateReward, MoveReward},
    count_done, dry_run,
    editor::Desk,
    field, reward,
};
use crate::{
    locale::locale,
    ui::{Notice, RefusalNotice, refused},
};
use order::Order;

/// What can be done to a reward in the list.
#[derive(Clone, Copy)]
struct Acts {
    shift: ServerAction<MoveReward>,
    duplicate: ServerAction<DuplicateReward>,
    delete: ServerAction<DeleteReward>,
}

/// The list, or the form of the reward that the address names.
pub fn rewards(desk: Desk) -> AnyView {
    match desk.reward.get_value().as_str() {
        "" => list(desk),
        _ => reward::reward(desk),
    }
}

fn list(desk: Desk) -> AnyView {
    let locale = locale();
    let acts = Acts {
        shift: ServerAction::new(),
        duplicate: ServerAction::new(),
        delete: ServerAction::new(),
    };
    count_done(acts.shift, desk.done);
    count_done(acts.duplicate, desk.done);
    count_done(acts.delete, desk.done);
    let page = desk.page.get_value();
    let shelf = page.phase.shelf();
    let is_open = !shelf.is_locked();
    let lock = match shelf {
        Edit::Locked(lock) => Some(view! { <Notice>{lock.say(locale)}</Notice> }),
        _ => None,
    };
    let may_add = is_open && page.rights.has(Right::EditRewards);
    let add = may_add.then(|| {
        let address = format!("/studio/{}/rewards?reward=new", page.slug);
        view! {
            <div class="buttons">
                <a class="button" data-kind="primary" href=address.clone()>
                    {w::add_reward(locale)}
                </a>
                <a class="button" href=format!("{address}&kind=add_on")>
                    {w::add_add_on(locale)}
                </a>
            </div>
        }
    });
    view! {
        {lock}
        <RefusalNotice refused=refused(acts.shift) />
        <RefusalNotice refused=refused(acts.duplicate) />
        <RefusalNotice refused=refused(acts.delete) />
        {shelf_of(desk, RewardKind::Reward, acts, is_open)}
        {shelf_of(desk, RewardKind::AddOn, acts, is_open)}
        {is_open.then(|| desk.public_at_once()).flatten()}
        {add}
        {dry_run::dry_run(&page)}
    }
    .into_any()
}

fn shelf_of(desk: Desk, kind: RewardKind, acts: Acts, is_open: bool) -> Option<AnyView> {
    let locale = locale();
    let order = desk.page.with_value(|page| {
        let shelf: Vec<_> = page.rewards.iter().filter(|reward| reward.kind == kind).collect();
        (!shelf.is_empty()).then(|| Order::new(page.slug.as_str(), &shelf, locale))
    });
    let (title, none) = match kind {
        RewardKind::Reward => (c::rewards(locale), Some(w::no_rewards(locale))),
        RewardKind::AddOn => (c::add_ons(locale), None),
    };
    let Some(order) = order else {
        return none.map(|none| view! { <p>{none}</p> }.into_any());
    };
    let id = kind_id(kind);
    let view = view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <RefusalNotice refused=order.refused.into() />
            <ul class="rows studio-rewards">
                <For
                    each=move || order.shown.get()
                    key=|id| *id
                    children=move |id| row(desk, order, id, acts, is_open, locale)
                />
            </ul>
            {is_open.then(|| order::news(order))}
        </section>
    };
    Some(view.into_any())
}

const fn kind_id(kind: RewardKind) -> &'static str {
    match kind {
        RewardKind::Reward => "rewards",
        RewardKind::AddOn => "add-ons",
    }
}

/// One reward, with what can be done to it where the shelf is open.
fn row(
    desk: Desk,
    order: Order,
    id: RewardId,
    acts: Acts,
    is_open: bool,
    locale: Locale,
) -> Option<AnyView> {
    let (slug, reward) = desk.page.with_value(|page| {
        let reward = page.rewards.iter().find(|reward| reward.id == id).cloned();
        reward.map(|reward| (page.slug.to_string(), reward))
    })?;
    let address = format!("/studio/{slug}/rewards?reward={id}");
    let stock = match reward.quantity {
        Some(quantity) => w::claimed_of(locale, &reward.claimed, &quantity),
        None => w::claimed(locale, reward.claimed),
    };
    let (title, price) = (reward.title.clone(), reward.price.display(locale));
    let is_alive = RwSignal::new(false);
    // Without scripts there is nothing to drag with.
    Effect::new(move |_| is_alive.set(is_open));
    let buttons = is_open.then(|| buttons(order, &slug, &reward, acts, locale));
    let view = view! {
        <li
            data-drop=move || order.mark(id)
            data-dragged=move || order.is_dragged(id).then_some("")
        >
            {move || is_alive.get().then(|| order::handle_of(order, id))}
            <div>
                <a href=address>{title}</a>
                <p>
                    <b>{price}</b>
                    " · "
                    {stock}
                </p>
            </div>
            {buttons}
        </li>
    };
    Some(view.into_any())
}

fn buttons(order: Order, slug: &str, reward: &StudioReward, acts: Acts, locale: Locale) -> AnyView {
    let (id, title) = (reward.id, reward.title.as_str());
    let delete = reward.may_delete.then(|| {
        let inside = of_row(slug, id, button(w::delete_reward(locale), title, None));
        view! { <ActionForm action=acts.delete>{inside}</ActionForm> }
    });
    let place = order.place(id);
    let [up, down] = [true, false].map(|is_up| {
        let title = title.to_owned();
        let arrow = move || {
            let (at, count) = place.get();
            let is_possible = if is_up { at > 0 } else { at + 1 < count };
            arrow(is_up, is_possible, &title, locale)
        };
        let way = view! {
            {field::hidden("up", if is_up { "true" } else { "false" })}
            {arrow}
        };
        let inside = of_row(slug, id, way.into_any());
        view! { <ActionForm action=acts.shift>{inside}</ActionForm> }
    });
    let double = of_row(slug, id, button(w::duplicate(locale), title, None));
    view! {
        <div class="studio-row-buttons">
            {up} {down} <ActionForm action=acts.duplicate>{double}</ActionForm> {delete}
        </div>
    }
    .into_any()
}

/// What stands in a form of a row: which reward it is about, and its button.
fn of_row(slug: &str, id: RewardId, button: AnyView) -> AnyView {
    view! {
        {field::hidden("slug", slug)}
        {field::hidden("id", &id.to_string())}
        {button}
    }
    .into_any()
}

/// A button whose words go on with what it is about, for who does not see the row.
fn button(words: &'static str, title: &str, icon: Option<AnyView>) -> AnyView {
    let words = match icon {
        Some(icon) => view! {
            {icon}
            <span class="visually-hidden">{words} " " {title.to_owned()}</span>
        }
        .into_any(),
        None => view! {
            <span>
                {words} <span class="visually-hidden">" " {title.to_owned()}</span>
            </span>
        }
        .into_any(),
    };
    view! {
        <button class="button" data-kind="quiet" type="submit">
            {words}
        </button>
    }
    .into_any()
}

/// A button that moves a reward. It stands there also where there is no further to
/// go, so that the others keep their place.
fn arrow(is_up: bool, is_possible: bool, title: &str, locale: Locale) -> AnyView {
    let (words, path) = match is_up {
        true => (w::move_up(locale), "M12 20V4m-6 6 6-6 6 6"),
        false => (w::move_down(locale), "M12 4v16m-6-6 6 6 6-6"),
    };
    let icon = view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path />
        </svg>
    };
    if is_possible {
        return button(words, title, Some(icon.into_any()));
    }
    view! {
        <span class="button" data-kind="quiet" aria-hidden="true" data-off="">
            {icon}
        </span>
    }
    .into_any()
}
