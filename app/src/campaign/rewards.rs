//! The rewards of a campaign.

use std::collections::BTreeMap;

use domain::{
    Locale, Timestamp,
    campaign::CampaignPage,
    id::RewardId,
    money::count,
    reward::{Item, RewardKind, RewardOption, RewardView, Shipping, offer::Availability},
    words::{campaign as w, reward_option, rule},
};
use leptos::prelude::*;

use super::funding::{live_deadline, live_funding, takes_pledges};
use crate::{
    live,
    locale::locale,
    ui::{picture, when},
};

/// How wide the picture of a reward is: beside the story, or nearly all of a phone.
const SIZES: &str = "(min-width: 62rem) 22rem, 90vw";

/// Countries that are named one by one before they are only counted.
const NAMED_COUNTRIES: usize = 4;

/// Every reward, those to be had first, then the add-ons.
#[component]
pub fn Rewards(
    /// The campaign.
    page: StoredValue<CampaignPage>,
    /// What it offers, add-ons included.
    rewards: Vec<RewardView>,
    /// The token of a secret reward's link, or empty.
    secret: String,
) -> impl IntoView {
    let locale = locale();
    let page = page.get_value();
    let sale = Sale::of(&page, secret);
    let (mut rewards, add_ons): (Vec<_>, Vec<_>) =
        rewards.into_iter().partition(|reward| reward.kind == RewardKind::Reward);
    let read_at = page.now;
    rewards.sort_by_key(|reward| {
        matches!(reward.sale().at(read_at), Availability::SoldOut | Availability::Over)
    });
    let is_empty = rewards.is_empty();
    let any_amount = sale.checkout.clone();
    let is_open = sale.is_open;
    let card = move |reward| view! { <RewardCard reward=reward sale=sale.clone() /> };
    view! {
        <section class="rewards" aria-labelledby="rewards">
            <h2 id="rewards">{w::rewards(locale)}</h2>
            {is_empty.then(|| view! { <p class="quiet">{w::no_rewards(locale)}</p> })}
            {rewards.into_iter().map(card.clone()).collect::<Vec<_>>()}
            {move || {
                is_open.get().then(|| view! { <AnyAmount href=any_amount.clone() /> }.into_any())
            }}
            {(!add_ons.is_empty())
                .then(|| {
                    view! {
                        <h2>{w::add_ons(locale)}</h2>
                        <p class="quiet">{w::add_ons_text(locale)}</p>
                        {add_ons.into_iter().map(card).collect::<Vec<_>>()}
                    }
                })}
        </section>
    }
}

/// One reward as it will be seen, with nothing to press.
pub fn as_seen(reward: RewardView, now: Timestamp) -> AnyView {
    let sale = Sale {
        is_open: Signal::stored(false),
        is_late: false,
        now: Signal::stored(now),
        left: Signal::stored(BTreeMap::new()),
        checkout: String::new(),
    };
    view! { <RewardCard reward=reward sale=sale /> }.into_any()
}

/// The cards of a campaign's page one by one, for whoever edits them where they stand.
#[derive(Clone)]
pub struct Cards(Sale);

impl Cards {
    /// Of this campaign.
    #[must_use]
    pub fn of(page: &CampaignPage) -> Self {
        Self(Sale::of(page, String::new()))
    }

    /// One of them.
    pub fn card(&self, reward: RewardView) -> AnyView {
        view! { <RewardCard reward=reward sale=self.0.clone() /> }.into_any()
    }
}

/// What all rewards of one campaign share.
#[derive(Clone)]
struct Sale {
    is_open: Signal<bool>,
    /// After the success rewards have prices of their own, or cannot be had.
    is_late: bool,
    now: Signal<Timestamp>,
    /// What is left of limited rewards, live.
    left: Signal<BTreeMap<RewardId, i64>>,
    /// The checkout's address, with the secret but without a reward.
    checkout: String,
}

impl Sale {
    fn of(page: &CampaignPage, secret: String) -> Self {
        let now = when::passing(page.now);
        let (_, state) = live_funding(&page.slug, page.funding, page.state);
        Self {
            is_open: takes_pledges(state, page.late, live_deadline(&page.slug, page.deadline), now),
            is_late: page.life().is_late(),
            now,
            left: left_of(page),
            checkout: checkout(page, secret),
        }
    }
}

fn left_of(page: &CampaignPage) -> Signal<BTreeMap<RewardId, i64>> {
    let latest = live::latest(&page.slug);
    Memo::new(move |_| {
        latest.with(|event| {
            let left = event.iter().flat_map(|event| &event.left);
            left.map(|line| (line.reward, line.left)).collect()
        })
    })
    .into()
}

/// The checkout's address; to be continued with `&reward=`, or as it is.
fn checkout(page: &CampaignPage, secret: String) -> String {
    let choices = domain::pledge::Choices { secret, ..Default::default() };
    match (page.own_pledge, choices.query()) {
        (Some(pledge), _) => format!("/pledges/{pledge}?"),
        (None, query) => format!("/campaigns/{}/pledge?{query}", page.slug),
    }
}

/// One reward or add-on.
#[component]
fn RewardCard(reward: RewardView, sale: Sale) -> impl IntoView {
    let locale = locale();
    let RewardView { id, kind, .. } = reward;
    let offer = reward.sale();
    let availability = Memo::new(move |_| {
        let mut offer = offer;
        if let (Some(quantity), Some(left)) =
            (offer.quantity, sale.left.with(|l| l.get(&id).copied()))
        {
            offer.claimed = quantity - left;
        }
        Stand::of(offer.at(sale.now.get()), offer.quantity)
    });
    let price_now = reward.price_now(sale.is_late);
    let price = price_now.unwrap_or(reward.price).display(locale);
    let button = w::pledge(locale, &price);
    let title = reward.title.clone();
    let href = format!("{}&reward={id}", sale.checkout).replace("?&", "?");
    let is_choosable = move || {
        kind == RewardKind::Reward
            && price_now.is_some()
            && sale.is_open.get()
            && availability.get().is_to_be_had()
    };
    view! {
        <article class="reward" data-state=move || availability.get().key()>
            <header>
                <h3>{reward.title}</h3>
                <p class="reward-price">{price}</p>
            </header>
            {reward
                .image
                .map(|image| {
                    view! {
                        <div class="reward-media">
                            {picture(image.address, image.picture, image.alt, SIZES, false)}
                        </div>
                    }
                })}
            <p class="reward-text">{reward.description}</p>
            <Items items=reward.items />
            {reward.variants.options.iter().map(|option| comes_in(option, locale)).collect::<Vec<_>>()}
            <p class="reward-facts">
                <StandWords stand=availability />
                {price_now.is_none().then(|| view! { <b>{w::over(locale)}</b> })}
                {(sale.is_late && price_now.is_some())
                    .then(|| view! { <b>{rule::late_pledges(locale)}</b> })}
                {reward.delivery.map(|month| view! { <span>{month.display(locale)}</span> })}
                {ships_to(&reward.shipping, locale).map(|words| view! { <span>{words}</span> })}
                {(reward.backers > 0)
                    .then(|| view! { <span>{w::backers_count(locale, reward.backers)}</span> })}
                {offer
                    .limit_per_backer
                    .filter(|most| *most > 1)
                    .map(|most| view! { <span>{w::limit_each(locale, &most)}</span> })}
                {offer
                    .ends_at
                    .filter(|end| read_before(sale.now, *end))
                    .map(|end| view! { <span>{w::until(locale, &end.date(locale))}</span> })}
                {reward.is_secret.then(|| view! { <span>{w::secret(locale)}</span> })}
            </p>
            {move || {
                is_choosable()
                    .then(|| {
                        view! {
                            <a class="button" href=href.clone()>
                                <span>
                                    {button.clone()}
                                    <span class="visually-hidden">
                                        " " {w::pledge_for(locale, &title)}
                                    </span>
                                </span>
                            </a>
                        }
                            .into_any()
                    })
            }}
        </article>
    }
}

fn read_before(now: Signal<Timestamp>, end: Timestamp) -> bool {
    now.get_untracked() < end
}

/// The parts of a reward.
#[component]
fn Items(items: Vec<Item>) -> impl IntoView {
    let locale = locale();
    (!items.is_empty()).then(|| {
        let items: Vec<_> = items
            .into_iter()
            .map(|item| {
                let words = match item.quantity {
                    1 => item.name,
                    n => format!("{}\u{a0}×\u{a0}{}", count(n, locale), item.name),
                };
                view! { <li class="chip">{words}</li> }
            })
            .collect();
        view! {
            <ul class="chips" aria-label=w::items(locale)>
                {items}
            </ul>
        }
    })
}

/// What can be chosen of it.
fn comes_in(option: &RewardOption, locale: Locale) -> AnyView {
    let words = reward_option::comes_in(locale, &option.name, &option.values.join(", "));
    view! { <p class="reward-options">{words}</p> }.into_any()
}

/// Where a reward stands, with what its card shows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    Open,
    Left(i64, i64),
    Few(i64, i64),
    From(Timestamp),
    Over,
    SoldOut,
}

impl Stand {
    /// Few are a sixth of all, and never more than twenty.
    fn of(availability: Availability, quantity: Option<i64>) -> Self {
        let quantity = quantity.unwrap_or_default();
        match availability {
            Availability::Open => Self::Open,
            Availability::Left(left) if left <= (quantity / 6).clamp(3, 20) => {
                Self::Few(left, quantity)
            }
            Availability::Left(left) => Self::Left(left, quantity),
            Availability::From(at) => Self::From(at),
            Availability::Over => Self::Over,
            Availability::SoldOut => Self::SoldOut,
        }
    }

    const fn is_to_be_had(self) -> bool {
        matches!(self, Self::Open | Self::Left(..) | Self::Few(..))
    }

    const fn key(self) -> &'static str {
        match self {
            Self::Open | Self::Left(..) => "open",
            Self::Few(..) => "few",
            Self::From(_) => "soon",
            Self::Over | Self::SoldOut => "gone",
        }
    }
}

#[component]
fn StandWords(stand: Memo<Stand>) -> impl IntoView {
    let locale = locale();
    let words = move || {
        let words = match stand.get() {
            Stand::Open => return None,
            Stand::Left(left, of) | Stand::Few(left, of) => {
                w::left_of(locale, &count(left, locale), &count(of, locale))
            }
            Stand::From(at) => w::opens_on(locale, &at.date(locale)),
            Stand::Over => w::over(locale).to_owned(),
            Stand::SoldOut => w::sold_out(locale).to_owned(),
        };
        Some(view! { <b>{words}</b> }.into_any())
    };
    view! { {move || words()} }
}

/// Where it travels, in a few words; `None` when nothing needs to be said.
fn ships_to(shipping: &Shipping, locale: Locale) -> Option<String> {
    match shipping {
        Shipping::None => None,
        Shipping::PickUp { place } => Some(w::pick_up(locale, place)),
        Shipping::Worldwide { .. } => Some(w::ships_worldwide(locale).to_owned()),
        Shipping::Countries { costs } if costs.len() <= NAMED_COUNTRIES => {
            let names: Vec<_> = costs.keys().map(|country| country.name(locale)).collect();
            Some(names.join(", "))
        }
        Shipping::Countries { costs } => {
            Some(w::countries_count(locale, i64::try_from(costs.len()).unwrap_or(i64::MAX)))
        }
    }
}

/// The last choice: an amount, and nothing in return.
#[component]
fn AnyAmount(href: String) -> impl IntoView {
    let locale = locale();
    view! {
        <article class="reward" data-state="free">
            <header>
                <h3>{w::without_reward(locale)}</h3>
            </header>
            <p class="reward-text">{w::without_reward_text(locale)}</p>
            <a class="button" href=href>
                {w::without_reward_button(locale)}
            </a>
        </article>
    }
}

#[cfg(test)]
mod tests {
    use domain::reward::offer::Availability;

    use super::Stand;

    #[test]
    fn few_is_a_sixth_but_never_a_crowd() {
        let stand = |left, of| Stand::of(Availability::Left(left), Some(of)).key();
        assert_eq!(stand(7, 150), "few");
        assert_eq!(stand(21, 150), "open");
        assert_eq!(stand(3, 5), "few");
        assert_eq!(stand(21, 100_000), "open");
        assert!(Stand::of(Availability::Open, None).is_to_be_had());
    }
}
