//! The funding panel: the pedestal, the sum, the facts, the way to pledge and
//! the rule by which cards are charged.

use domain::{
    Locale, Timestamp,
    campaign::{CampaignPage, CampaignState, Funding, LatePledges},
    live::FundingEvent,
    money::{Money, count, percent},
    slug::Slug,
    words::{campaign as w, refund, studio_page},
};
use leptos::prelude::*;

use super::{
    announcement::Announcement,
    collection::CollectionFacts,
    opening::OpeningLabel,
    outcome::Outcome,
    share::{Share, letter},
    stretch::{StretchGoals, UnitsLine},
};
use crate::{
    http::absolute,
    live,
    locale::locale,
    ui::{Notice, Stones, Tone, counting, when},
};

/// The figures and state of a campaign: as the page was read, then live.
#[must_use]
pub fn live_funding(
    slug: &Slug,
    read: Funding,
    state: CampaignState,
) -> (Signal<Funding>, Signal<CampaignState>) {
    let latest = live::latest(slug);
    let funding = move || latest.with(|event| event.as_ref().map_or(read, |e| applied(read, e)));
    let state = move || latest.with(|event| event.as_ref().map_or(state, |e| e.state));
    (Signal::derive(funding), Signal::derive(state))
}

fn applied(read: Funding, event: &FundingEvent) -> Funding {
    let pledged = event.pledged.money().map_or(read.pledged, |money| money.minor);
    Funding { pledged, backers: event.backers, units: event.units, ..read }
}

/// The pledged sum in words, counting over to each next one.
#[must_use]
pub fn live_sum(funding: Signal<Funding>) -> Signal<String> {
    let locale = locale();
    let currency = funding.get_untracked().currency;
    let shown = counting(Signal::derive(move || funding.get().pledged));
    Signal::derive(move || Money::new(shown.get(), currency).display(locale))
}

/// The end of a campaign: as the page was read, then live, since it may move.
#[must_use]
pub fn live_deadline(slug: &Slug, read: Timestamp) -> Signal<Timestamp> {
    let latest = live::latest(slug);
    let deadline = move |event: &FundingEvent| event.deadline;
    Memo::new(move |_| latest.with(|event| event.as_ref().and_then(deadline).unwrap_or(read)))
        .into()
}

/// `pledged of €24,000`; where the goal is a number of units, that is said apart.
#[must_use]
pub fn of_goal(funding: Funding, locale: Locale) -> String {
    match funding.goal_units {
        Some(_) => w::pledged_so_far(locale).to_owned(),
        None => w::pledged_of(locale, &funding.goal().display(locale)),
    }
}

/// Whether a campaign takes pledges now, and until when the page believes so.
#[must_use]
pub fn takes_pledges(
    state: Signal<CampaignState>,
    late: LatePledges,
    deadline: Signal<Timestamp>,
    now: Signal<Timestamp>,
) -> Signal<bool> {
    Signal::derive(move || state.get().takes_pledges(late, now.get(), deadline.get()))
}

/// The panel beside the campaign's picture.
#[component]
pub fn FundingPanel(
    /// The campaign.
    page: StoredValue<CampaignPage>,
) -> impl IntoView {
    let locale = locale();
    let page = page.get_value();
    let (funding, state) = live_funding(&page.slug, page.funding, page.state);
    let now = when::passing(page.now);
    let deadline = live_deadline(&page.slug, page.deadline);
    let is_open = takes_pledges(state, page.late, deadline, now);
    let (terms, life) = (page.terms, page.life());
    let sum = live_sum(funding);
    let own_pledge = page.own_pledge;
    let back = back_href(&page);
    let of_goal = of_goal(page.funding, locale);
    let address = absolute(&format!("/campaigns/{}", page.slug));
    let letter = letter(&page.title, &address);
    view! {
        <section class="funding" aria-label=w::funding(locale)>
            <Stones funding=funding state=state />
            <p class="funding-sum">
                <strong>{sum}</strong>
                " "
                <span>{of_goal}</span>
            </p>
            <UnitsLine funding=funding />
            <dl class="facts">
                <div>
                    <dt>{w::backers(locale)}</dt>
                    <dd>{move || count(funding.get().backers, locale)}</dd>
                </div>
                <TimeFact deadline=deadline now=now state=state funding=funding />
                <div>
                    <dt>{w::average(locale)}</dt>
                    <dd>{move || funding.get().average().display(locale)}</dd>
                </div>
            </dl>
            {own_pledge.map(|_| view! { <Notice tone=Tone::Good>{w::own_pledge(locale)}</Notice> })}
            {move || {
                is_open
                    .get()
                    .then(|| {
                        view! {
                            <a
                                class="button funding-back"
                                data-kind="primary"
                                data-size="large"
                                href=back.clone()
                            >
                                {back_words(own_pledge.is_some())}
                            </a>
                        }
                            .into_any()
                    })
            }}
            <Outcome state=state funding=funding terms=terms life=life deadline=deadline is_open=is_open />
            {page
                .reason
                .map(|reason| {
                    view! { <p class="said">{studio_page::reason_given(locale, &reason)}</p> }
                })}
            <StretchGoals goals=page.stretch_goals funding=funding />
            {page
                .collection
                .map(|collection| view! { <CollectionFacts collection=collection /> })}
            {page
                .state
                .has_ended()
                .then(|| {
                    let accounts = format!("/campaigns/{}/accounting", page.slug);
                    view! {
                        <p class="small">
                            <a href=accounts>{refund::accounts_link(locale)}</a>
                        </p>
                    }
                })}
            {page.opening.map(|opening| view! { <OpeningLabel opening=opening /> })}
            <Share address=address letter=letter />
            <div class="funding-news">
                <Newest slug=page.slug />
            </div>
            <Announcement funding=funding />
        </section>
    }
}

/// Sum and button at the foot of a phone's screen.
#[component]
pub fn BackBar(
    /// The campaign.
    page: StoredValue<CampaignPage>,
) -> impl IntoView {
    let locale = locale();
    let page = page.get_value();
    let (funding, state) = live_funding(&page.slug, page.funding, page.state);
    let deadline = live_deadline(&page.slug, page.deadline);
    let is_open = takes_pledges(state, page.late, deadline, when::passing(page.now));
    let href = back_href(&page);
    let has_pledge = page.own_pledge.is_some();
    let sum = live_sum(funding);
    let bar = move || {
        is_open.get().then(|| {
            view! {
                <div class="back-bar">
                    <p>
                        <strong>{sum}</strong>
                        <span>{move || w::progress(locale, &percent(funding.get().percent(), locale))}</span>
                    </p>
                    <a class="button" data-kind="primary" data-size="large" href=href.clone()>
                        {back_words(has_pledge)}
                    </a>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || bar()} }
}

/// Where the main button leads: to the checkout, or to the pledge there is.
fn back_href(page: &CampaignPage) -> String {
    match page.own_pledge {
        Some(pledge) => format!("/pledges/{pledge}"),
        None => format!("/campaigns/{}/pledge", page.slug),
    }
}

fn back_words(has_pledge: bool) -> &'static str {
    if has_pledge { w::change_pledge(locale()) } else { w::back(locale()) }
}

/// `To go: 11 days`; for an ended campaign how far it came.
#[component]
fn TimeFact(
    deadline: Signal<Timestamp>,
    now: Signal<Timestamp>,
    state: Signal<CampaignState>,
    funding: Signal<Funding>,
) -> impl IntoView {
    let locale = locale();
    let is_live = move || state.get() == CampaignState::Live;
    let words = move || match is_live() {
        true => deadline.get().left(now.get(), locale),
        false => percent(funding.get().percent(), locale),
    };
    let is_urgent = move || is_live() && deadline.get().since(now.get()) < domain::time::DAY;
    view! {
        <div>
            <dt>{move || if is_live() { w::to_go(locale) } else { w::reached(locale) }}</dt>
            <dd data-urgent=move || is_urgent().then_some("")>{words}</dd>
        </div>
    }
}

/// The newest pledge while the page is open: an amount and a place.
#[component]
fn Newest(slug: Slug) -> impl IntoView {
    let locale = locale();
    let latest = live::latest(&slug);
    let newest = Memo::new(move |_| latest.with(|event| Some(event.as_ref()?.newest.clone())));
    // The first event tells what had happened before the page was opened.
    let is_first = StoredValue::new(true);
    let line = move || {
        let pledge = newest.get()?;
        if is_first.get_value() {
            is_first.set_value(false);
            return None;
        }
        let pledge = pledge?;
        let amount = pledge.amount.money()?.display(locale);
        let words = match pledge.country {
            Some(country) => w::newest_from(locale, &amount, &country.name(locale)),
            None => amount,
        };
        let line = view! {
            <p class="funding-newest">
                <i class="pulse"></i>
                <span>{w::newest(locale)}</span>
                <b>{words}</b>
            </p>
        };
        Some(line.into_any())
    };
    view! { {move || line()} }
}
