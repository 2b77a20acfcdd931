//! `/campaigns/{slug}/pledges/{id}`: one charged pledge, what went back of it, and
//! the way to give more back.

use domain::{
    Locale,
    refund::{RefundPage, RefundState},
    words::{pledge as p, refund as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_params_map;

use super::{act, dispute, give};
use crate::{
    error::AppError,
    layout::{DemoCampaignNotice, focus_heading, page_query},
    locale::locale,
    pledge::tone,
    ui::{Notice, Tone, When, load, reading},
};

/// `/campaigns/{slug}/pledges/{id}`
#[component]
pub fn CampaignPledge() -> impl IntoView {
    let params = use_params_map();
    let acts = Acts { give: ServerAction::new(), dispute: ServerAction::new() };
    let done = RwSignal::new(0_u32);
    count_done(acts.give.value().into(), done);
    count_done(acts.dispute.value().into(), done);
    let wanted = Memo::new(move |_| {
        let get = |name| params.with(|params| params.get(name)).unwrap_or_default();
        (get("slug"), get("id"))
    });
    let page = reading(move || (wanted.get(), done.get()), |((slug, id), _)| act::pledge(slug, id));
    let is_given = Memo::new({
        let query = page_query();
        move |_| query.with(|query| query.get("given").is_some())
    });
    load(page, move |page| show(&page, acts, is_given.get_untracked()))
}

/// What can be done here.
#[derive(Clone, Copy)]
struct Acts {
    give: ServerAction<act::GiveRefund>,
    dispute: ServerAction<act::RecordDispute>,
}

/// Whoever has done something sees the pledge as it is then.
fn count_done(answer: Signal<Option<Result<(), AppError>>>, done: RwSignal<u32>) {
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(())))) {
            done.update(|done| *done += 1);
            while let Ok(Some(open)) = document().query_selector(".way[open]") {
                let _ = open.remove_attribute("open");
            }
            focus_heading();
        }
    });
}

fn show(page: &RefundPage, acts: Acts, is_given: bool) -> AnyView {
    let locale = locale();
    let heading = w::pledge_by(locale, &page.email);
    let is_underway = page.refunds.iter().any(|one| one.state == RefundState::Due);
    let news = is_given.then(|| {
        let text = if is_underway { w::given_text(locale) } else { "" };
        view! {
            <Notice tone=Tone::Good title=w::given(locale)>
                {text}
            </Notice>
        }
    });
    let disputed = page.is_disputed.then(|| {
        view! {
            <Notice tone=Tone::Warning title=w::is_disputed(locale)>
                {w::is_disputed_text(locale)}
            </Notice>
        }
    });
    let may_give = page.may_give && page.left.minor > 0 && !page.is_disputed;
    view! {
        <Title text=site::page_title(locale, &heading) />
        <Meta name="robots" content="noindex" />
        <DemoCampaignNotice is_demo=page.is_demo />
        <div class="page pledge-page" data-width="narrow">
            <header class="page-head">
                <p>
                    <a href=format!("/campaigns/{}/pledges", page.slug)>{w::to_pledges(locale)}</a>
                </p>
                <h1 tabindex="-1">{heading}</h1>
                <p>
                    {page.title.clone()} " · " <When at=page.placed_at /> " · "
                    <span class="chip" data-tone=tone(page.state)>
                        {page.state.name(locale)}
                    </span>
                </p>
            </header>
            {news}
            {disputed}
            {sums(page, locale)}
            {refunds(page, locale)}
            {give::refused_notice(may_give, acts.give)}
            {may_give.then(|| give::give(page, acts.give))}
            {dispute::disputes(page, acts.dispute)}
        </div>
    }
    .into_any()
}

fn sums(page: &RefundPage, locale: Locale) -> AnyView {
    let lines: Vec<_> = page
        .lines
        .iter()
        .map(|(line, refunded)| {
            let words = if *refunded < line.quantity {
                w::units_refunded(locale, *refunded)
            } else {
                w::line_refunded(locale).to_owned()
            };
            let refunded = (*refunded > 0).then(|| view! { <small>{words}</small> });
            view! {
                <div>
                    <dt>
                        {line.label(locale)} " " {refunded}
                    </dt>
                    <dd>{line.amount.display(locale)}</dd>
                </div>
            }
        })
        .collect();
    view! {
        <dl class="lines">
            {lines} <div data-kind="total">
                <dt>{p::total(locale)}</dt>
                <dd>{page.total.display(locale)}</dd>
            </div> <div>
                <dt>{w::went_back_in_all(locale)}</dt>
                <dd>{page.refunded.display(locale)}</dd>
            </div> <div>
                <dt>{w::left(locale)}</dt>
                <dd>{page.left.display(locale)}</dd>
            </div>
        </dl>
    }
    .into_any()
}

fn refunds(page: &RefundPage, locale: Locale) -> AnyView {
    let rows: Vec<_> = page
        .refunds
        .iter()
        .map(|one| {
            let tone = match one.state {
                RefundState::Succeeded => None,
                RefundState::Due => Some("warning"),
                RefundState::Refused => Some("plain"),
            };
            view! {
                <li>
                    <div>
                        <b>{one.amount.display(locale)}</b>
                        <p>{one.reason.name(locale)} " · " <When at=one.at /></p>
                    </div>
                    <span class="chip" data-tone=tone>
                        {one.state.name(locale)}
                    </span>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p class="quiet">{w::no_refunds(locale)}</p> }.into_any()
    } else {
        view! { <ul class="rows">{rows}</ul> }.into_any()
    };
    view! {
        <section class="section" aria-labelledby="refunds">
            <h2 id="refunds">{w::refunds(locale)}</h2>
            {list}
        </section>
    }
    .into_any()
}
