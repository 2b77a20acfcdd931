//! The rewards on the page: each as visitors see it, with what can be done to it, or its
//! form in its place.

use domain::{
    campaign::{CampaignPage, policy::Edit},
    id::RewardId,
    people::Right,
    reward::{RewardKind, RewardView},
    studio::{StudioPage, StudioReward},
    words::{campaign as c, in_place as w, people, studio_page as s},
};
use leptos::prelude::*;

use super::{HEADING, Open, Shelf};
use crate::{
    campaign::rewards::Cards,
    studio::{
        act::{delete_reward, duplicate_reward},
        picture::{self, Subject},
        reward,
        rewards::order::{self, Order},
    },
    ui::{Icon, IconName, RefusalNotice},
};

/// The rewards as they were read, and what may be done to them.
#[derive(Clone, Copy)]
struct Here {
    shelf: Shelf,
    cards: StoredValue<Cards>,
    page: StoredValue<CampaignPage>,
    studio: StoredValue<StudioPage>,
    /// Whether the visitor has the right to edit them.
    may_edit: bool,
    /// Whether they may also be added, moved and taken away.
    is_open: bool,
}

/// Every reward in its order, then the add-ons.
pub fn section(shelf: Shelf, page: CampaignPage, studio: StudioPage) -> AnyView {
    let locale = shelf.locale;
    let may_edit = studio.rights.has(Right::EditRewards);
    let edit = studio.phase.shelf();
    let why = match (may_edit, edit) {
        (false, _) => Some(people::part_locked(locale)),
        (true, Edit::Locked(lock)) => Some(lock.say(locale)),
        (true, Edit::Free | Edit::OnlyUp(_)) => None,
    };
    let why = why.map(|why| {
        view! {
            <p class="field-hint field-lock">
                <Icon name=IconName::Lock />
                {why}
            </p>
        }
    });
    let here = Here {
        shelf,
        cards: StoredValue::new(Cards::of(&page)),
        page: StoredValue::new(page),
        studio: StoredValue::new(studio),
        may_edit,
        is_open: may_edit && !edit.is_locked(),
    };
    view! {
        <section class="rewards" aria-labelledby=HEADING>
            <h2 id=HEADING tabindex="-1">
                {c::rewards(locale)}
            </h2>
            {why}
            {here.list(RewardKind::Reward)}
            {here.list(RewardKind::AddOn)}
            {here.is_open.then(|| here.adding())}
        </section>
    }
    .into_any()
}

impl Here {
    fn list(self, kind: RewardKind) -> Option<AnyView> {
        let locale = self.shelf.locale;
        let order = self.studio.with_value(|studio| {
            let all: Vec<_> = studio.rewards.iter().filter(|reward| reward.kind == kind).collect();
            (!all.is_empty()).then(|| Order::new(studio.slug.as_str(), &all, locale))
        });
        let is_add_ons = kind == RewardKind::AddOn;
        let Some(order) = order else {
            let none = || view! { <p class="quiet">{c::no_rewards(locale)}</p> }.into_any();
            return (!is_add_ons).then(none);
        };
        let name = if is_add_ons { c::add_ons(locale) } else { c::rewards(locale) };
        let head = is_add_ons.then(|| {
            view! {
                <h2>{c::add_ons(locale)}</h2>
                <p class="quiet">{c::add_ons_text(locale)}</p>
            }
        });
        let list = view! {
            {head}
            <RefusalNotice refused=order.refused.into() />
            <ul class="edit-shelf" aria-label=name>
                <For
                    each=move || order.shown.get()
                    key=|id| *id
                    children=move |id| self.row(order, id)
                />
            </ul>
            {self.is_open.then(|| order::news(order))}
        };
        Some(list.into_any())
    }

    /// One reward: its card, or its form.
    fn row(self, order: Order, id: RewardId) -> Option<AnyView> {
        let reward = self.reward(id)?;
        let reward = StoredValue::new(reward);
        let shelf = self.shelf;
        let open = Memo::new(move |_| shelf.open.get().filter(|open| open.is_of(id)));
        let row = view! {
            <li
                data-drop=move || order.mark(id)
                data-dragged=move || order.is_dragged(id).then_some("")
            >
                {move || self.inside(order, &reward.get_value(), open.get())}
            </li>
        };
        Some(row.into_any())
    }

    fn inside(self, order: Order, reward: &StudioReward, open: Option<Open>) -> AnyView {
        let id = reward.id;
        match open {
            Some(Open::Reward(_)) => {
                let form = reward::alone(self.shelf.desk(&id.to_string()), reward.kind);
                let name = w::editing(self.shelf.locale, &reward.title);
                self.shelf.opened(Open::Reward(id), name, form)
            }
            Some(open) => view! {
                {self.card(reward)}
                {self.picture(reward, open)}
            }
            .into_any(),
            None => view! {
                {self.card(reward)}
                {self.may_edit.then(|| self.acts(order, reward))}
            }
            .into_any(),
        }
    }

    fn picture(self, reward: &StudioReward, open: Open) -> Option<AnyView> {
        let id = reward.id.to_string();
        let subject = self.studio.with_value(|studio| Subject::reward(studio, &id))?;
        let form = picture::body(self.shelf.desk(&id), &subject);
        let name = w::picture_of(self.shelf.locale, &reward.title);
        Some(self.shelf.opened(open, name, form))
    }

    fn reward(self, id: RewardId) -> Option<StudioReward> {
        let is_it = |reward: &&StudioReward| reward.id == id;
        self.studio.with_value(|studio| studio.rewards.iter().find(is_it).cloned())
    }

    fn card(self, reward: &StudioReward) -> AnyView {
        match self.seen(reward) {
            Some(view) => self.cards.with_value(|cards| cards.card(view)),
            None => view! {
                <article class="reward">
                    <header>
                        <h3>{reward.title.clone()}</h3>
                    </header>
                </article>
            }
            .into_any(),
        }
    }

    /// As visitors see it. A secret one stands on no page of theirs, so its card is made
    /// of what is saved.
    fn seen(self, reward: &StudioReward) -> Option<RewardView> {
        let shown = self
            .page
            .with_value(|page| page.rewards.iter().find(|view| view.id == reward.id).cloned());
        shown.or_else(|| {
            let (currency, zone) = self.studio.with_value(|page| (page.currency, page.zone));
            let mut view = reward.form.parse(currency, zone).ok()?.view(reward.id, currency);
            view.image = reward.image.clone();
            view.offer.claimed = reward.claimed;
            Some(view)
        })
    }

    /// What can be done to a reward.
    fn acts(self, order: Order, reward: &StudioReward) -> AnyView {
        let locale = self.shelf.locale;
        let (id, title) = (reward.id, reward.title.as_str());
        let handle = self.is_open.then(|| order::handle_of(order, id));
        let edit = self.shelf.button(Open::Reward(id), w::edit(locale), title);
        let picture = self.shelf.button(Open::RewardPicture(id), w::picture(locale), title);
        let copy = self.is_open.then(|| {
            self.doing(s::duplicate(locale), title, move |slug| {
                self.shelf.ask(duplicate_reward(slug, id.to_string(), true));
            })
        });
        let may_delete = self.is_open && reward.may_delete;
        let delete = may_delete.then(|| {
            self.doing(s::delete_reward(locale), title, move |slug| {
                self.shelf.ask(delete_reward(slug, id.to_string(), true));
            })
        });
        view! {
            <div class="edit-acts">
                {handle} {edit} {picture} {copy} {delete}
            </div>
        }
        .into_any()
    }

    /// A button that does something at once, unless that would lose what is typed.
    fn doing(self, words: &'static str, title: &str, act: impl Fn(String) + 'static) -> AnyView {
        let title = title.to_owned();
        let press = move |_| {
            if !self.shelf.holds() {
                act(self.studio.with_value(|studio| studio.slug.to_string()));
            }
        };
        view! {
            <button class="button" data-kind="quiet" type="button" on:click=press>
                <span>{words} <span class="visually-hidden">" " {title}</span></span>
            </button>
        }
        .into_any()
    }

    /// The buttons that add one, or the form of the new one.
    fn adding(self) -> AnyView {
        let shelf = self.shelf;
        let locale = shelf.locale;
        let kind = Memo::new(move |_| match shelf.open.get() {
            Some(Open::New(kind)) => Some(kind),
            _ => None,
        });
        let inside = move || match kind.get() {
            Some(kind) => {
                let form = reward::alone(shelf.desk("new"), kind);
                shelf.opened(Open::New(kind), s::new_reward(locale).to_owned(), form)
            }
            None => view! {
                <div class="edit-acts">
                    {shelf.button(Open::New(RewardKind::Reward), s::add_reward(locale), "")}
                    {shelf.button(Open::New(RewardKind::AddOn), s::add_add_on(locale), "")}
                </div>
            }
            .into_any(),
        };
        view! { {inside} }.into_any()
    }
}
