//! `/account/embeds`: where somebody shows campaigns, and what comes of it. And the way
//! from a card to the checkout.

use domain::{
    Locale,
    embed::{cart::is_signed, outcome::EmbedLine},
    money::count,
    words::{embed_outcome as w, site},
};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::act;
use crate::{
    error::AppError,
    locale::locale,
    ui::{Empty, When, WhenStyle, load, reading},
};

/// Whether the choices of a checkout's address may be taken over: those that no card has
/// signed may, as a link that somebody wrote; of the others only what is as it was signed.
///
/// # Errors
/// When the server does not answer.
pub async fn cart(slug: &str, query: String) -> Result<bool, AppError> {
    if is_signed(&query) { act::is_cart_good(slug.to_owned(), query).await } else { Ok(true) }
}

/// `/account/embeds`
#[component]
pub fn OwnEmbeds() -> impl IntoView {
    let lines = reading(|| (), |()| act::own_embeds());
    load(lines, |lines| show(&lines))
}

fn show(lines: &[EmbedLine]) -> AnyView {
    let locale = locale();
    let body = if lines.is_empty() {
        view! { <Empty title=w::none(locale) text=w::none_text(locale) /> }.into_any()
    } else {
        table(lines, true, locale)
    };
    view! {
        <Title text=site::page_title(locale, &w::own(locale)) />
        <Meta name="robots" content="noindex" />
        <div class="page">
            <header class="page-head">
                <h1 tabindex="-1">{w::own(locale)}</h1>
                <p>{w::own_lede(locale)}</p>
            </header>
            {body}
        </div>
    }
    .into_any()
}

/// Embeds with what came of each.
pub fn table(lines: &[EmbedLine], with_campaign: bool, locale: Locale) -> AnyView {
    let rows: Vec<_> = lines.iter().map(|line| row(line, with_campaign, locale)).collect();
    let campaign = with_campaign.then(|| view! { <th scope="col">{w::campaign(locale)}</th> });
    view! {
        <div class="table" tabindex="0" role="region" aria-label=w::outcome(locale)>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{w::name(locale)}</th>
                        {campaign}
                        <th scope="col">{w::since(locale)}</th>
                        <th scope="col" data-kind="number">{w::views(locale)}</th>
                        <th scope="col" data-kind="number">{w::clicks(locale)}</th>
                        <th scope="col" data-kind="number">{w::pledges(locale)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="quiet">{w::how(locale)}</p>
    }
    .into_any()
}

fn row(line: &EmbedLine, with_campaign: bool, locale: Locale) -> AnyView {
    let page = format!("/campaigns/{}/embed?embed={}", line.slug, line.id);
    let campaign = with_campaign.then(|| {
        view! {
            <td>
                <a href=format!("/campaigns/{}", line.slug)>{line.title.clone()}</a>
            </td>
        }
    });
    let outcome = line.outcome;
    view! {
        <tr>
            <th scope="row">
                <a href=page>
                    <code>{line.id.to_string()}</code>
                </a>
            </th>
            {campaign}
            <td>
                <When at=line.created_at style=WhenStyle::Date />
            </td>
            <td data-kind="number">{count(outcome.views, locale)}</td>
            <td data-kind="number">{count(outcome.clicks, locale)}</td>
            <td data-kind="number">{count(outcome.pledges, locale)}</td>
        </tr>
    }
    .into_any()
}
