//! The rewards and add-ons of a campaign, in their order.

use domain::{
    Locale,
    campaign::policy::Edit,
    reward::RewardKind,
    studio::{StudioPage, StudioReward},
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
    let add = is_open.then(|| {
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
        {shelf_of(&page, RewardKind::Reward, acts, is_open, locale)}
        {shelf_of(&page, RewardKind::AddOn, acts, is_open, locale)}
        {add}
        {dry_run::dry_run(&page)}
    }
    .into_any()
}

fn shelf_of(
    page: &StudioPage,
    kind: RewardKind,
    acts: Acts,
    is_open: bool,
    locale: Locale,
) -> Option<AnyView> {
    let all: Vec<_> = page.rewards.iter().filter(|reward| reward.kind == kind).collect();
    let (title, none) = match kind {
        RewardKind::Reward => (c::rewards(locale), Some(w::no_rewards(locale))),
        RewardKind::AddOn => (c::add_ons(locale), None),
    };
    if all.is_empty() {
        return none.map(|none| view! { <p>{none}</p> }.into_any());
    }
    let last = all.len() - 1;
    let rows: Vec<_> = all
        .iter()
        .enumerate()
        .map(|(n, reward)| {
            let moves = is_open.then_some((n > 0, n < last));
            row(page, reward, acts, moves, locale)
        })
        .collect();
    let id = kind_id(kind);
    let view = view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <ul class="rows studio-rewards">{rows}</ul>
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

/// One reward; `moves` tells whether it can go up and down, where the shelf is open.
fn row(
    page: &StudioPage,
    reward: &StudioReward,
    acts: Acts,
    moves: Option<(bool, bool)>,
    locale: Locale,
) -> AnyView {
    let address = format!("/studio/{}/rewards?reward={}", page.slug, reward.id);
    let stock = match reward.quantity {
        Some(quantity) => w::claimed_of(locale, &reward.claimed, &quantity),
        None => w::claimed(locale, reward.claimed),
    };
    let buttons = moves.map(|(up, down)| {
        let delete = reward.may_delete.then(|| {
            let inside =
                of_row(page, reward, button(w::delete_reward(locale), &reward.title, None));
            view! { <ActionForm action=acts.delete>{inside}</ActionForm> }
        });
        let [up, down] = [(true, up), (false, down)].map(|(is_up, is_possible)| {
            let way = view! {
                {field::hidden("up", if is_up { "true" } else { "false" })}
                {arrow(is_up, is_possible, &reward.title, locale)}
            };
            let inside = of_row(page, reward, way.into_any());
            view! { <ActionForm action=acts.shift>{inside}</ActionForm> }
        });
        let double = of_row(page, reward, button(w::duplicate(locale), &reward.title, None));
        view! {
            <div class="studio-row-buttons">
                {up} {down} <ActionForm action=acts.duplicate>{double}</ActionForm> {delete}
            </div>
        }
    });
    view! {
        <li>
            <div>
                <a href=address>{reward.title.clone()}</a>
                <p>
                    <b>{reward.price.display(locale)}</b>
                    " · "
                    {stock}
                </p>
            </div>
            {buttons}
        </li>
    }
    .into_any()
}

/// What stands in a form of a row: which reward it is about, and its button.
fn of_row(page: &StudioPage, reward: &StudioReward, button: AnyView) -> AnyView {
    view! {
        {field::hidden("slug", page.slug.as_str())}
        {field::hidden("id", &reward.id.to_string())}
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
