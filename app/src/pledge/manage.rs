//! `/pledges/{id}`: the thanks, the receipt, and every way to change one's mind.

mod bank;
mod cancel;
mod change;
mod fix;
mod instalments;
mod keep;
mod receipt;
mod since;
mod thanks;

use domain::{
    pledge::{PledgePage, PledgeState, refusal::LOCKED_BEFORE_DEADLINE},
    words::{instalment, pledge as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_location, use_params_map};

use super::act::{self, CancelPledge, ChangePledge, ConfirmCharge, ConfirmPledge, ReplaceCard};
use crate::{
    error::AppError,
    layout::{DemoCampaignNotice, focus_heading, page_query},
    live,
    locale::locale,
    ui::{Notice, RefusalNotice, Tone, load, reading, refused},
};

/// The page of one pledge, for its backer.
#[component]
pub fn Manage() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let acts = Acts {
        change: ServerAction::new(),
        cancel: ServerAction::new(),
        confirm: ServerAction::new(),
        replace: ServerAction::new(),
        charge: ServerAction::new(),
    };
    let done = RwSignal::new(0_u32);
    count_done(acts.change.value().into(), done);
    count_done(acts.cancel.value().into(), done);
    count_done(acts.confirm.value().into(), done);
    count_done(acts.replace.value().into(), done);
    count_done(acts.charge.value().into(), done);
    let wanted = Memo::new(move |_| {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        (id, query.with(|query| query.get("key")).unwrap_or_default())
    });
    let page =
        reading(move || (wanted.get(), done.get()), |((id, key), _)| act::pledge_page(id, key));
    let news = News::of_address();
    let search = use_location().search;
    load(page, move |page| {
        // Once something was done, the change that the address speaks of is over,
        // also while the address has not caught up.
        let search = if done.get_untracked() == 0 { search.get_untracked() } else { String::new() };
        show(page, wanted.get_untracked().1, &search, acts, news)
    })
}

/// What can be done to a pledge.
#[derive(Clone, Copy)]
struct Acts {
    change: ServerAction<ChangePledge>,
    cancel: ServerAction<CancelPledge>,
    confirm: ServerAction<ConfirmPledge>,
    replace: ServerAction<ReplaceCard>,
    charge: ServerAction<ConfirmCharge>,
}

/// Whoever has done something sees the pledge as it is then.
fn count_done(answer: Signal<Option<Result<(), AppError>>>, done: RwSignal<u32>) {
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(())))) {
            done.update(|done| *done += 1);
            fold();
            focus_heading();
        }
    });
}

/// Closes what was opened to do it. The page is drawn over the one before, so
/// that whatever the browser keeps by itself stays as it was.
fn fold() {
    while let Ok(Some(open)) = document().query_selector(".way[open]") {
        let _ = open.remove_attribute("open");
    }
}

/// What has just happened, as the address tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum News {
    Nothing,
    Placed,
    Changed,
    Cancelled,
}

impl News {
    /// Choosing anew rewrites the address; the news stay until there are others.
    fn of_address() -> Memo<Self> {
        let query = page_query();
        Memo::new(move |before: Option<&Self>| {
            query.with(|query| {
                let has = |name| query.get(name).is_some();
                if has("cancelled") {
                    Self::Cancelled
                } else if has("changed") {
                    Self::Changed
                } else if has("placed") {
                    Self::Placed
                } else {
                    before.copied().unwrap_or(Self::Nothing)
                }
            })
        })
    }
}

#[expect(clippy::needless_pass_by_value, reason = "a view owns what it shows")]
fn show(page: PledgePage, key: String, search: &str, acts: Acts, news: Memo<News>) -> AnyView {
    let locale = locale();
    let campaign = page.checkout.campaign.clone();
    live::use_live(vec![campaign.slug.clone()]);
    let state = page.state;
    let title = campaign.title.clone();
    let heading = move || match (state, news.get()) {
        (PledgeState::AuthenticationRequired, _) => w::bank_title(locale).to_owned(),
        (PledgeState::Pledged, News::Placed) => w::thanks_title(locale, &title),
        _ => w::page_title(locale, &title),
    };
    let is_guest = page.checkout.signed_in.is_none() && !key.is_empty();
    let has_link = is_guest && state.is_active();
    let is_fresh = news.get_untracked() == News::Placed;
    // A pledge in instalments is taken back, never changed.
    let is_live = page.is_open || page.may_cancel;
    let is_waiting = state == PledgeState::AuthenticationRequired && is_live;
    // A card that can still be seen to has a form of its own to say so.
    let has_ended = !is_live && state == PledgeState::Pledged;
    let collected = collected(&page);
    let may_pledge_again = !state.is_active()
        && campaign.state.takes_pledges(campaign.late, page.checkout.now, campaign.deadline);
    let stored = StoredValue::new(page.clone());
    // Without wasm a refusal may come back to a page that has lost its forms.
    let came_back = !page.is_open && search.split('&').any(|pair| pair.starts_with("__err="));
    view! {
        <Title text=site::page_title(locale, &w::page_title(locale, &campaign.title)) />
        <Meta name="robots" content="noindex" />
        <DemoCampaignNotice is_demo=page.checkout.is_demo />
        <div class="page pledge-page" data-width="narrow">
            <header class="page-head">
                <h1 tabindex="-1">{heading}</h1>
            </header>
            {came_back
                .then(|| {
                    view! {
                        <RefusalNotice refused=refused(acts.change) />
                        <RefusalNotice refused=refused(acts.cancel) />
                        <RefusalNotice refused=refused(acts.confirm) />
                    }
                })}
            {move || notice(state, news.get(), &collected)}
            {is_waiting.then(|| bank::confirm(&page, &key, acts.confirm))}
            {page
                .fix_until
                .map(|until| fix::fix(&page, &key, until, acts.replace, acts.charge))}
            {page.owed().map(|owed| fix::owed(&page, &key, owed, acts.replace, acts.charge))}
            {move || {
                (state == PledgeState::Pledged && news.get() == News::Placed)
                    .then(|| thanks::next_steps(&stored.get_value(), is_guest))
            }}
            {(has_link && is_fresh).then(|| keep::private_link(&page, &key))}
            {since::since(&page)}
            {receipt::receipt(&page)}
            {instalments::instalments(&page)}
            {page
                .is_open
                .then(|| view! { <Ways page=stored key=key.clone() search=search acts=acts /> })}
            {(page.may_cancel && !page.is_open)
                .then(|| {
                    view! { <section class="ways">{cancel::cancel(&page, &key, acts.cancel)}</section> }
                })}
            {(has_link && !is_fresh).then(|| keep::private_link(&page, &key))}
            {has_ended.then(|| view! { <p class="quiet">{w::is_closed(locale)}</p> })}
            {may_pledge_again
                .then(|| {
                    view! {
                        <div class="buttons">
                            <a class="button" href=format!("/campaigns/{}/pledge", campaign.slug)>
                                {w::again(locale)}
                            </a>
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}

/// What has just happened, where the heading does not say it.
fn notice(state: PledgeState, news: News, collected: &str) -> Option<AnyView> {
    let locale = locale();
    let (tone, title, text) = match (state, news) {
        (PledgeState::Collected, _) => (Tone::Good, w::collected_title(locale), collected),
        (PledgeState::Cancelled, _) => {
            (Tone::Good, w::cancelled(locale), w::cancelled_text(locale))
        }
        (PledgeState::Refunded, _) => {
            (Tone::Plain, w::refunded_title(locale), w::refunded_text(locale))
        }
        (PledgeState::Dropped, _) => (Tone::Plain, state.name(locale), w::dropped_text(locale)),
        (PledgeState::Expired, _) => (Tone::Plain, state.name(locale), w::expired_text(locale)),
        (_, News::Changed) => (Tone::Good, w::changed(locale), ""),
        _ => return None,
    };
    let text = text.to_owned();
    Some(view! { <Notice tone=tone title=title>{text}</Notice> }.into_any())
}

/// What was charged, and whether there is more to come.
fn collected(page: &PledgePage) -> String {
    let locale = locale();
    let charged = page.charged.display(locale);
    if page.instalments.iter().any(|one| one.state.is_open()) {
        instalment::collected_text(locale, &charged, &page.total.display(locale))
    } else {
        w::collected_text(locale, &charged)
    }
}

/// Changing and cancelling, with the rule that may forbid it.
#[component]
fn Ways(
    page: StoredValue<PledgePage>,
    key: String,
    #[prop(into)] search: String,
    acts: Acts,
) -> impl IntoView {
    let locale = locale();
    let page = page.get_value();
    let campaign = &page.checkout.campaign;
    let is_last_day = campaign.deadline.since(page.checkout.now) <= LOCKED_BEFORE_DEADLINE;
    let is_met = campaign.funding.is_met() && page.state.counts(page.timing);
    // Whoever was promised something else may leave on the last day too.
    let is_locked = is_last_day && is_met && !page.since.may_leave;
    let change = change::change(&page, &key, &search, acts.change);
    let cancel = cancel::cancel(&page, &key, acts.cancel);
    view! {
        <section class="ways">
            {if is_locked {
                view! {
                    <Notice tone=Tone::Warning title=w::last_day(locale)>
                        {w::last_day_text(locale)}
                    </Notice>
                }
                    .into_any()
            } else {
                view! { <p class="quiet small">{w::last_day_ahead(locale)}</p> }.into_any()
            }}
            {change}
            {cancel}
        </section>
    }
    .into_any()
}

/// The hidden fields by which the server knows the pledge and who may touch it.
fn identity(page: &PledgePage, key: &str) -> impl IntoView + use<> {
    view! {
        <input type="hidden" name="id" value=page.id.to_string() />
        <input type="hidden" name="key" value=key.to_owned() />
    }
}
