//! `/campaigns/{slug}/accounting`: where the money of a campaign is, for anyone.

use domain::{
    Locale, Money,
    accounting::{Accounts, AccountsPage},
    words::{campaign as c, refund as w, rehearsal::rehearse},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{
    funding::FundingPanel,
    head::{Head, embeddable, picture},
    page::{Tab, tabs},
    read,
};
use crate::{
    http::absolute,
    layout::DemoCampaignNotice,
    live,
    locale::locale,
    ui::{Empty, load, reading},
};

/// `/campaigns/{slug}/accounting`
#[component]
pub fn CampaignAccounts() -> impl IntoView {
    let params = use_params_map();
    let slug = Memo::new(move |_| params.with(|params| params.get("slug")).unwrap_or_default());
    let page = reading(move || slug.get(), read::accounts);
    load(page, |page| accounts_page(&page))
}

fn accounts_page(page: &AccountsPage) -> AnyView {
    let locale = locale();
    let campaign = StoredValue::new(page.campaign.clone());
    let (slug, title) = (page.campaign.slug.clone(), page.campaign.title.clone());
    live::use_live(vec![slug.clone()]);
    let address = format!("/campaigns/{slug}");
    let heading = w::accounts_of(locale, &title);
    let body = match &page.accounts {
        Some(accounts) => figures(accounts, locale),
        None => view! {
            <Empty title=w::accounts_shut(locale) text=w::accounts_shut_text(locale)>
                <a class="button" href=address>
                    {c::view_campaign(locale)}
                </a>
            </Empty>
        }
        .into_any(),
    };
    view! {
        <Head
            title=heading.clone()
            description=w::accounts_text(locale)
            address=absolute(&format!("/campaigns/{slug}/accounting"))
            image=campaign.with_value(picture)
        />
        {embeddable(&slug)}
        <DemoCampaignNotice is_demo=page.campaign.is_demo />
        <div class="page campaign" data-tab="accounting">
            <header class="campaign-head">
                <h1 tabindex="-1">{heading}</h1>
                <p class="quiet">{w::accounts_text(locale)}</p>
            </header>
            {tabs(slug.as_str(), Tab::Accounts, None)}
            <div class="accounts">
                {body} {manage(page, locale)}
            </div>
            <FundingPanel page=campaign />
        </div>
    }
    .into_any()
}

fn figures(accounts: &Accounts, locale: Locale) -> AnyView {
    let where_it_is = (accounts.collected.minor > 0).then(|| where_it_is(accounts, locale));
    view! {
        <section class="section" aria-labelledby="pledged">
            <h2 id="pledged">{w::what_was_pledged(locale)}</h2>
            <dl class="lines">
                {row(w::pledged(locale), w::pledged_text(locale), accounts.pledged, locale)}
                {row(w::collected(locale), w::collected_text(locale), accounts.collected, locale)}
                {row(
                    w::outstanding(locale),
                    w::outstanding_text(locale),
                    accounts.outstanding,
                    locale,
                )}
                {row(
                    w::not_collected(locale),
                    w::not_collected_text(locale),
                    accounts.not_collected,
                    locale,
                )}
            </dl>
        </section>
        {where_it_is}
    }
    .into_any()
}

fn where_it_is(of: &Accounts, locale: Locale) -> AnyView {
    let reserve = of.reserve_until.map_or_else(
        || w::reserve_over_text(locale).to_owned(),
        |until| w::reserve_text(locale, &until.date(locale)),
    );
    let paid_out = match of.paid_out_at {
        _ if of.paid_out.minor < 0 => w::owed_text(locale).to_owned(),
        Some(at) => w::paid_out_text(locale, &at.date(locale)),
        None => w::not_paid_out_text(locale).to_owned(),
    };
    // What most campaigns never have is only named where there is some.
    let rare = |name, text: &str, amount: Money| {
        (amount.minor != 0).then(|| row(name, text, amount, locale))
    };
    view! {
        <section class="section" aria-labelledby="collected">
            <h2 id="collected">{w::where_it_is(locale)}</h2>
            <dl class="lines">
                {row(
                    w::platform_fee(locale),
                    w::platform_fee_text(locale),
                    of.platform_fee,
                    locale,
                )}
                {row(
                    w::processing_fee(locale),
                    w::processing_fee_text(locale),
                    of.processing_fee,
                    locale,
                )} {row(w::refunded(locale), w::refunded_text(locale), of.refunded, locale)}
                {rare(w::charged_back(locale), w::charged_back_text(locale), of.charged_back)}
                {rare(w::disputed(locale), w::disputed_text(locale), of.disputed)}
                {rare(w::reserve(locale), &reserve, of.reserve)}
                {rare(w::waiting(locale), w::waiting_text(locale), of.waiting)}
                {row(w::paid_out(locale), &paid_out, of.paid_out, locale)}
                <div data-kind="total">
                    <dt>{w::accounted_for(locale)}</dt>
                    <dd>{of.collected.display(locale)}</dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

/// A figure with what it means.
fn row(name: &'static str, text: &str, amount: Money, locale: Locale) -> AnyView {
    view! {
        <div>
            <dt>
                {name} <small>{text.to_owned()}</small>
            </dt>
            <dd>{amount.display(locale)}</dd>
        </div>
    }
    .into_any()
}

/// The ways of who works on the campaign, as far as their rights go, and of operators.
fn manage(page: &AccountsPage, locale: Locale) -> Option<AnyView> {
    if !page.sees_money && !page.sees_backers {
        return None;
    }
    let address = format!("/campaigns/{}", page.campaign.slug);
    let backers = page.sees_backers.then(|| {
        view! {
            <a class="button" href=format!("{address}/pledges")>
                {w::see_pledges(locale)}
            </a>
        }
    });
    let books = page.sees_money.then(|| {
        view! {
            <a class="button" href=format!("{address}/accounting.csv") rel="external" download="">
                {w::books_csv(locale)}
            </a>
            <a class="button" href=format!("{address}/accounting.json") rel="external" download="">
                {w::books_json(locale)}
            </a>
        }
    });
    let view = view! {
        <section class="section" aria-labelledby="manage">
            <h2 id="manage">{w::manage(locale)}</h2>
            <div class="buttons">
                {backers}
                <a class="button" href=format!("{address}/rehearsal")>
                    {rehearse(locale)}
                </a>
                {books}
            </div>
        </section>
    };
    Some(view.into_any())
}
