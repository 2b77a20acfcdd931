//! Placing, reading, changing and cancelling a token holder's pledges.

mod body;

use axum::{
    Json as Answered,
    extract::State,
    response::{IntoResponse as _, Response},
};
use backend::{
    account::Who,
    limit::Limited,
    pledge::{self, Access, Placement, Repeat, command::Backer},
};
use domain::id::PledgeId;
use http::{HeaderValue, StatusCode, header::LOCATION};

use super::{
    Api, ROOT,
    extract::{Bearer, IdempotencyKey, Json, Language, PledgePath, Slugged},
    model::pledge::{NewPledge, PlacedPledge, Pledge, PledgeChange},
    problem::Refused,
};

/// Place a pledge
///
/// The card is saved now and charged at the deadline, only if the goal is met; in monthly
/// instalments, where the campaign offers them. One active pledge per person and campaign. Send an `Idempotency-Key`, and the same request sent again, after a
/// lost connection say, gets the same answer and places nothing twice.
#[utoipa::path(post, path = "/api/v1/campaigns/{slug}/pledges", tag = "Pledges", operation_id = "placePledge",
    params(("slug" = String, Path, description = "The campaign's name in addresses", max_length = 80, example = "tide-clock"),
           ("Idempotency-Key" = Option<String>, Header, nullable = false, description = "Drawn anew for each pledge you mean to place",
            min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body(content = NewPledge,
        examples(("Five euro, without a reward" = (value = json!({"bonus": "5.00", "payment_method": "sandbox:success"}))))),
    responses((status = 201, description = "Placed, or placed before under the same key", body = PlacedPledge,
               headers(("location" = String, description = "Where to read the pledge")))),
    security(("token" = [])))]
pub async fn place(
    Bearer(who): Bearer,
    State(api): State<Api>,
    Slugged(slug): Slugged,
    IdempotencyKey(key): IdempotencyKey,
    Language(locale): Language,
    Json(body): Json,
) -> Result<Response, Refused> {
    count_write(&api, &who)?;
    let wanted = body::new_pledge(&body)?;
    let placement = Placement {
        slug: slug.to_string(),
        backer: Backer::Account(who.account),
        choices: wanted.choices,
        expected: wanted.expected,
        plan: None,
        card: wanted.card,
        key: pledge::marked("api", &key.unwrap_or_default()),
        locale,
    };
    let answer = pledge::place(&api.backend, placement).await?;
    let placed = PlacedPledge::of(answer, &api.backend.options.base_url);
    let location = HeaderValue::from_str(&format!("{ROOT}/pledges/{}", placed.id()))
        .expect("an id is made of characters that headers take");
    Ok((StatusCode::CREATED, [(LOCATION, location)], Answered(placed)).into_response())
}

/// Read a pledge
///
/// One of the token's holder; anyone else's is not found.
#[utoipa::path(get, path = "/api/v1/pledges/{id}", tag = "Pledges", operation_id = "readPledge",
    params(("id" = String, Path, description = "The pledge's id", format = Uuid)),
    responses((status = 200, description = "The pledge", body = Pledge)),
    security(("token" = [])))]
pub async fn read(
    Bearer(who): Bearer,
    State(api): State<Api>,
    PledgePath(id): PledgePath,
    Language(locale): Language,
) -> Result<Answered<Pledge>, Refused> {
    let page = pledge::page(&api.backend, &access(&who), id, locale).await?;
    Ok(Answered(Pledge::of(page, &api.backend.options.base_url)))
}

/// Change a pledge
///
/// While its campaign is live. In the last 24 hours a change that would drop the campaign below its
/// goal is refused.
#[utoipa::path(patch, path = "/api/v1/pledges/{id}", tag = "Pledges", operation_id = "changePledge",
    params(("id" = String, Path, description = "The pledge's id", format = Uuid),
           ("Idempotency-Key" = Option<String>, Header, nullable = false, description = "The same request under the same key is carried out once",
            min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    request_body(content = PledgeChange,
        examples(("Another amount on top" = (value = json!({"bonus": "7.50"}))))),
    responses((status = 200, description = "The pledge as it is now", body = Pledge)),
    security(("token" = [])))]
pub async fn change(
    Bearer(who): Bearer,
    State(api): State<Api>,
    PledgePath(id): PledgePath,
    IdempotencyKey(key): IdempotencyKey,
    Language(locale): Language,
    Json(body): Json,
) -> Result<Answered<Pledge>, Refused> {
    count_write(&api, &who)?;
    let change = body::pledge_change(&body)?;
    let present = pledge::page(&api.backend, &access(&who), id, locale).await?.choices;
    let (choices, expected) = change.over(present);
    let repeat =
        Repeat { key: &pledge::marked("api", &key.unwrap_or_default()), asked: &body.to_string() };
    pledge::change(&api.backend, &access(&who), id, &choices, &expected, repeat).await?;
    reread(&api, &who, id, locale).await
}

/// Cancel a pledge
///
/// While its campaign is live, under the same rule in the last 24 hours. It stays readable.
#[utoipa::path(delete, path = "/api/v1/pledges/{id}", tag = "Pledges", operation_id = "cancelPledge",
    params(("id" = String, Path, description = "The pledge's id", format = Uuid),
           ("Idempotency-Key" = Option<String>, Header, nullable = false, description = "The same request under the same key is carried out once",
            min_length = 1, max_length = 255, pattern = "^[!-~]+$")),
    responses((status = 200, description = "The pledge, cancelled", body = Pledge)),
    security(("token" = [])))]
pub async fn cancel(
    Bearer(who): Bearer,
    State(api): State<Api>,
    PledgePath(id): PledgePath,
    IdempotencyKey(key): IdempotencyKey,
    Language(locale): Language,
) -> Result<Answered<Pledge>, Refused> {
    count_write(&api, &who)?;
    let repeat = Repeat { key: &pledge::marked("api", &key.unwrap_or_default()), asked: "" };
    pledge::cancel(&api.backend, &access(&who), id, repeat).await?;
    reread(&api, &who, id, locale).await
}

/// Every pledge writes a letter, so writing has a limit of its own.
fn count_write(api: &Api, who: &Who) -> Result<(), Refused> {
    Ok(api.backend.limits.check(Limited::Pledge, &who.account.to_string())?)
}

const fn access(who: &Who) -> Access<'_> {
    Access { who: Some(who), key: "" }
}

async fn reread(
    api: &Api,
    who: &Who,
    id: PledgeId,
    locale: domain::Locale,
) -> Result<Answered<Pledge>, Refused> {
    let page = pledge::page(&api.backend, &access(who), id, locale).await?;
    Ok(Answered(Pledge::of(page, &api.backend.options.base_url)))
}
