//! The funding panel: the pedestal, the sum, the facts, the way to pledge and
//! the rule by which cards are charged.

use domain::{
    Timestamp,
    campaign::{CampaignPage, CampaignState, Funding},
    live::FundingEvent,
    money::{count, percent},
    slug::Slug,
    words::campaign as w,
};
use leptos::prelude::*;

use super::{
    opening::OpeningLabel,
    share::{Share, letter},
};
use crate::{
    http::absolute,
    live,
    locale::locale,
    ui::{Notice, Stones, Tone, when},
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
    Funding { pledged, backers: event.backers, ..read }
}

/// Whether a campaign takes pledges now, and until when the page believes so.
#[must_use]
pub fn takes_pledges(
    state: Signal<CampaignState>,
    deadline: Timestamp,
    now: Signal<Timestamp>,
) -> Signal<bool> {
    Signal::derive(move || state.get().takes_pledges(now.get(), deadline))
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
    let deadline = page.deadline;
    let is_open = takes_pledges(state, deadline, now);
    let own_pledge = page.own_pledge;
    let back = back_href(&page);
    let goal = page.funding.goal().display(locale);
    let address = absolute(&format!("/campaigns/{}", page.slug));
    let letter = letter(&page.title, &address);
    view! {
        <section class="funding" aria-label=w::funding(locale)>
            <Stones funding=funding state=state />
            <p class="funding-sum">
                <strong>{move || funding.get().pledged().display(locale)}</strong>
                " "
                <span>{w::pledged_of(locale, &goal)}</span>
            </p>
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
            <Outcome state=state funding=funding deadline=deadline is_open=is_open />
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
    let is_open = takes_pledges(state, page.deadline, when::passing(page.now));
    let href = back_href(&page);
    let has_pledge = page.own_pledge.is_some();
    let bar = move || {
        is_open.get().then(|| {
            view! {
                <div class="back-bar">
                    <p>
                        <strong>{move || funding.get().pledged().display(locale)}</strong>
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
    deadline: Timestamp,
    now: Signal<Timestamp>,
    state: Signal<CampaignState>,
    funding: Signal<Funding>,
) -> impl IntoView {
    let locale = locale();
    let is_live = move || state.get() == CampaignState::Live;
    let words = move || match is_live() {
        true => deadline.left(now.get(), locale),
        false => percent(funding.get().percent(), locale),
    };
    let is_urgent = move || is_live() && deadline.since(now.get()) < domain::time::DAY;
    view! {
        <div>
            <dt>{move || if is_live() { w::to_go(locale) } else { w::reached(locale) }}</dt>
            <dd data-urgent=move || is_urgent().then_some("")>{words}</dd>
        </div>
    }
}

/// The rule while it is live; what became of the cards when it is not.
#[component]
fn Outcome(
    state: Signal<CampaignState>,
    funding: Signal<Funding>,
    deadline: Timestamp,
    is_open: Signal<bool>,
) -> impl IntoView {
    let locale = locale();
    let charged_at = when::local(deadline, locale);
    let date = deadline.date(locale);
    let is_met = Memo::new(move |_| funding.get().is_met());
    let outcome = move || {
        let (tone, title, text) = match state.get() {
            CampaignState::Live if !is_open.get() => {
                (Tone::Plain, String::new(), w::closing(locale).to_owned())
            }
            CampaignState::Live => return rule(is_met.get(), &charged_at.get()).into_any(),
            CampaignState::Successful => (
                Tone::Good,
                w::ended_successful(locale, &date),
                w::ended_successful_text(locale).to_owned(),
            ),
            CampaignState::Failed => (
                Tone::Plain,
                w::ended_failed(locale, &date),
                w::ended_failed_text(locale).to_owned(),
            ),
            CampaignState::Cancelled => (
                Tone::Plain,
                w::ended_cancelled(locale).to_owned(),
                w::ended_cancelled_text(locale).to_owned(),
            ),
            CampaignState::Suspended => (
                Tone::Warning,
                w::ended_suspended(locale).to_owned(),
                w::ended_suspended_text(locale).to_owned(),
            ),
            CampaignState::Draft | CampaignState::InReview => {
                (Tone::Plain, String::new(), w::draft_notice(locale).to_owned())
            }
        };
        view! { <Notice tone=tone title=title>{text}</Notice> }.into_any()
    };
    view! { {move || outcome()} }
}

/// When cards are charged, in one sentence.
fn rule(is_met: bool, charged_at: &str) -> impl IntoView + use<> {
    let locale = locale();
    let (bold, text) = if is_met {
        (w::rule_met(locale), w::rule_met_text(locale, &charged_at))
    } else {
        (w::all_or_nothing(locale), w::rule(locale, &charged_at))
    };
    view! {
        <p class="funding-rule">
            <b>{bold}</b>
            " "
            {text}
        </p>
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

/// Speaks when a whole percent has been added, and not at each pledge.
#[component]
fn Announcement(funding: Signal<Funding>) -> impl IntoView {
    let locale = locale();
    let whole = Memo::new(move |_| funding.get().percent());
    let at_first = whole.get_untracked();
    let words = move || {
        let now = whole.get();
        (now != at_first).then(|| {
            let funding = funding.get_untracked();
            let backers = w::backers_count(locale, funding.backers);
            w::announcement(
                locale,
                &percent(now, locale),
                &funding.pledged().display(locale),
                &backers,
            )
        })
    };
    view! {
        <p class="visually-hidden" aria-live="polite">
            {move || words().unwrap_or_default()}
        </p>
    }
}
