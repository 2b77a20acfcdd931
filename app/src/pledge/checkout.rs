//! `/campaigns/{slug}/pledge`: choose, read the total, pledge.

mod closed;
mod paying;
mod plan;

use domain::{
    pledge::{CheckoutPage, Choices},
    words::{embed_outcome as e, pledge as w, site},
};
use leptos::{prelude::*, server_fn::ServerFn as _, task::spawn_local};
use leptos_meta::{Meta, Title};
use leptos_router::hooks::{use_location, use_params_map};

use super::{act, choosing::Choosing, selling::Selling, total::Total};
use crate::{
    embed,
    error::AppError,
    layout::{DemoCampaignNotice, page_query},
    live,
    locale::locale,
    ui::{Icon, IconName, Notice, Tone, load, reading, refused},
};
use paying::Paying;

/// The checkout of the campaign that the address names.
#[component]
pub fn Checkout() -> impl IntoView {
    let params = use_params_map();
    let query = page_query();
    let place = ServerAction::<act::PlacePledge>::new();
    let wanted = Memo::new(move |_| {
        let slug = params.with(|params| params.get("slug")).unwrap_or_default();
        (slug, query.with(|query| query.get("secret")).unwrap_or_default())
    });
    let search = use_location().search;
    // What a card on another page has signed is looked at once; from then on the choices
    // are the visitor's own, and their address carries no mark.
    let cart = StoredValue::new(search.get_untracked());
    let page = reading(
        move || wanted.get(),
        move |(slug, secret)| async move {
            let is_good = embed::cart(&slug, cart.get_value()).await?;
            Ok((act::checkout(slug, secret).await?, is_good))
        },
    );
    load(page, move |(page, is_good)| show(page, &search.get_untracked(), is_good, place))
}

fn show(
    page: CheckoutPage,
    search: &str,
    is_good: bool,
    place: ServerAction<act::PlacePledge>,
) -> AnyView {
    let locale = locale();
    let (search, note) = if is_good { (search, None) } else { ("", Some(stale_cart())) };
    let title = w::checkout_title(locale, &page.campaign.title);
    let description = page.campaign.subtitle.clone();
    let body = match page.own_pledge {
        Some(pledge) => closed::own(&page.campaign, pledge, refused(place)),
        None if !takes_pledges(&page.campaign, page.now) => {
            closed::over(&page.campaign, refused(place))
        }
        None => checkout(page, search, place),
    };
    view! {
        <Title text=site::page_title(locale, &title) />
        <Meta name="description" content=description />
        <Meta name="robots" content="noindex" />
        {note}
        {body}
    }
    .into_any()
}

/// What a card's reader had chosen is not what the address says, or not any more.
fn stale_cart() -> AnyView {
    view! {
        <div class="page" data-width="narrow">
            <Notice tone=Tone::Warning>{e::stale_cart(locale())}</Notice>
        </div>
    }
    .into_any()
}

fn checkout(page: CheckoutPage, search: &str, place: ServerAction<act::PlacePledge>) -> AnyView {
    let slug = page.campaign.slug.clone();
    live::use_live(vec![slug.clone()]);
    let is_demo = page.is_demo;
    let refused = refused(place);
    let choices = Choices::from_query(search);
    let selling =
        Selling::new(page, choices, search, refused, format!("/campaigns/{slug}/pledge?"));
    read_again_after(selling, refused);
    view! {
        <DemoCampaignNotice is_demo=is_demo />
        <div class="page checkout" data-width="narrow">
            <Head selling=selling />
            <ActionForm
                action=place
                attr:class="order"
                attr:novalidate="novalidate"
                on:submit:capture=move |_| selling.send()
            >
                <Choosing selling=selling update=act::UpdateTotal::url() />
                <Total selling=selling />
                <Paying selling=selling pending=place.pending() />
            </ActionForm>
        </div>
    }
    .into_any()
}

/// A refusal may mean that prices or stock have moved: the page learns how they
/// are now, while everything typed stays. Nothing was written under the old key.
fn read_again_after(selling: Selling, refused: Signal<Option<AppError>>) {
    Effect::new(move |_| {
        // Whoever's session has ended goes on as a guest, or signs in.
        let is_answer = refused.with(|error| {
            use AppError::{Invalid, Refused, SignedOut};
            matches!(error, Some(Refused(_) | Invalid(_) | SignedOut))
        });
        if is_answer {
            let slug = selling.page.with_untracked(|page| page.campaign.slug.to_string());
            let secret = selling.choices.with_untracked(|choices| choices.secret.clone());
            spawn_local(async move {
                if let Ok(fresh) = act::checkout(slug, secret).await {
                    selling.page.try_set(fresh);
                }
            });
        }
    });
}

/// Picture and title of what is being chosen.
#[component]
fn Head(selling: Selling) -> impl IntoView {
    let locale = locale();
    let campaign = selling.page.with_untracked(|page| page.campaign.clone());
    let chosen = selling.chosen();
    let picture = move || {
        chosen
            .with(|reward| reward.as_ref().and_then(|r| r.image.clone()))
            .map(|image| image.address)
            .unwrap_or_else(|| campaign.image.clone())
    };
    view! {
        <header class="checkout-head">
            <img src=picture alt="" width="640" height="400" />
            <div>
                <a class="checkout-back" href=format!("/campaigns/{}", campaign.slug)>
                    <Icon name=IconName::ArrowLeft />
                    {w::back_to_campaign(locale)}
                </a>
                <h1 tabindex="-1">{w::checkout_title(locale, &campaign.title)}</h1>
                <p>{move || chosen.with(|reward| reward.as_ref().map(|r| r.title.clone()).unwrap_or_default())}</p>
            </div>
        </header>
    }
}

/// Whether there is something to check out.
fn takes_pledges(campaign: &domain::campaign::CampaignCard, now: domain::Timestamp) -> bool {
    campaign.state.takes_pledges(campaign.late, now, campaign.deadline)
}
