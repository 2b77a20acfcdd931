//! The ways from a card: to its campaign, and to the checkout with what was chosen there.
//! Cards are kept in caches, so what they lead to is signed and counted here, when
//! somebody goes.

use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    response::{IntoResponse as _, Response},
};
use backend::embed::{Snapshot, cart as signing};
use domain::{
    embed::{EmbedId, cart},
    id::RewardId,
    pledge::Choices,
};
use http::{
    HeaderMap, Method, StatusCode,
    header::{CACHE_CONTROL, LOCATION},
};
use std::sync::Arc;

use super::{Kind, Stall, absent, look, read};
use crate::route::plain::Manner;

/// Somebody who came from a card.
struct Arrived {
    snapshot: Arc<Snapshot>,
    /// The name under which the card stood.
    embed: Option<EmbedId>,
    request: Request,
}

/// What a browser says of a page that it fetches before anybody asked.
const PURPOSE: &str = "sec-purpose";

/// `/embed/{slug}/open`: to the campaign.
pub async fn open(
    State(stall): State<Stall>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let Arrived { snapshot, .. } = match arrive(&stall, slug, request).await {
        Ok(arrived) => arrived,
        Err(refused) => return *refused,
    };
    lead(&format!("{}/campaigns/{}", stall.gate.backend.options.base_url, snapshot.page.slug))
}

/// `/embed/{slug}/pledge?reward=&bonus=&embed=`: to the checkout. Only what a card can
/// choose goes along, and nothing that it could not have chosen.
pub async fn pledge(
    State(stall): State<Stall>,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let Arrived { snapshot, embed, request } = match arrive(&stall, slug, request).await {
        Ok(arrived) => arrived,
        Err(refused) => return *refused,
    };
    let backend = &stall.gate.backend;
    // Also from a card that does not know yet that it is over.
    if !snapshot.takes_pledges(backend.clock.now()) {
        return lead(&format!("{}/campaigns/{}", backend.options.base_url, snapshot.page.slug));
    }
    let typed = Choices::from_query(request.uri().query().unwrap_or_default());
    let reward = typed.reward.parse::<RewardId>().ok();
    let choices = Choices {
        reward: reward.map(|id| id.to_string()).unwrap_or_default(),
        // A card hides its amount once a reward is chosen.
        bonus: if reward.is_some() { String::new() } else { typed.bonus },
        embed: embed.map(|id| id.to_string()).unwrap_or_default(),
        ..Choices::default()
    };
    let slug = &snapshot.page.slug;
    let mark = signing::sign(backend, slug, &choices);
    let query = cart::query(&choices, &mark);
    lead(&format!("{}/campaigns/{slug}/pledge?{query}", backend.options.base_url))
}

/// Finds the campaign, or makes the answer where there is none, and counts whoever came.
async fn arrive(
    stall: &Stall,
    slug: Result<Path<String>, PathRejection>,
    request: Request,
) -> Result<Arrived, Box<Response>> {
    let look = look(request.uri());
    let backend = &stall.gate.backend;
    let base_url = &backend.options.base_url;
    let found = match slug {
        Ok(Path(slug)) => read(stall, &slug).await,
        Err(_) => Ok(None),
    };
    let snapshot = match found {
        Ok(Some(snapshot)) => snapshot,
        Ok(None) => return Err(Box::new(absent(Kind::Frame, &look, &request, base_url))),
        Err(error) => return Err(Box::new(Manner::of(&request, base_url).refuse(&error))),
    };
    let embed = snapshot.known(look.embed);
    if let Some(id) = embed.filter(|_| is_somebody(request.method(), request.headers())) {
        backend.hub.embeds().count_click(id);
    }
    Ok(Arrived { snapshot, embed, request })
}

/// Whether somebody asks, not a browser that fetches ahead or a program that looks what
/// is there.
pub fn is_somebody(method: &Method, headers: &HeaderMap) -> bool {
    method == Method::GET && !headers.contains_key(PURPOSE)
}

fn lead(address: &str) -> Response {
    let headers = [(LOCATION, address), (CACHE_CONTROL, "no-store")];
    (StatusCode::SEE_OTHER, headers).into_response()
}
