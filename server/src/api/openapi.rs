//! The description of the API (OpenAPI 3.1), made from the code that answers.

mod links;

use std::sync::LazyLock;

use axum::{
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self, Content, Header, PathItem, Ref, Response as Documented, ResponseBuilder, Server,
        Type,
        path::Operation,
        schema::Object,
        security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use links::Links;

use super::{
    Api, campaigns,
    extract::Anyone,
    model::{
        campaign::{CampaignDetails, CampaignList, Funding},
        pledge::{NewPledge, PlacedPledge, Pledge, PledgeChange},
        reward::RewardList,
        words::{CategoryWord, CurrencyWord, SortWord, StateFilterWord},
    },
    pledges,
    problem::{Problem, Refused},
};

/// The API's first version.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Pedestal API",
        version = "1.0.0",
        license(name = "Apache-2.0 OR MIT"),
        description = "Read campaigns, and place, change and cancel pledges of your own.\n\n\
            Money is a decimal string in the currency's own scale, never a float. Times are RFC 3339 \
            in UTC. Ids are strings. Unknown fields of a body are refused; be ready for new fields in \
            answers.\n\n\
            Refusals are `application/problem+json` (RFC 9457): `type` never changes and is meant for \
            programs, the sentences follow `Accept-Language` (English or French).\n\n\
            Requests are counted per address, or per account with a token. A `429` or `503` says in \
            `Retry-After` how many seconds to wait.\n\n\
            Pages of other sites may read campaigns from a browser. A token belongs on a server, \
            never in a page."
    ),
    tags(
        (name = "Campaigns", description = "Open to anyone."),
        (name = "Pledges", description = "With a personal token from your account page."),
    ),
    paths(
        campaigns::list, campaigns::one, campaigns::rewards, campaigns::funding,
        pledges::place, pledges::read, pledges::change, pledges::cancel,
    ),
    components(schemas(
        CampaignList, CampaignDetails, RewardList, Funding, NewPledge, PledgeChange, PlacedPledge,
        Pledge, Problem, CategoryWord, CurrencyWord, SortWord, StateFilterWord,
    )),
    modifiers(&Security, &Refusals, &Links),
)]
struct Description;

/// Everything but the address of this installation.
static DESCRIPTION: LazyLock<openapi::OpenApi> = LazyLock::new(Description::openapi);

/// The description, for this installation's address.
pub fn description(base_url: &str) -> openapi::OpenApi {
    let mut description = DESCRIPTION.clone();
    description.servers = Some(vec![Server::new(base_url)]);
    description
}

/// `GET /api/v1/openapi.json`.
pub async fn json(_: Anyone, State(api): State<Api>) -> Result<Response, Refused> {
    let body = serde_json::to_vec(&description(&api.backend.options.base_url))
        .map_err(|fault| Refused::Fault(std::sync::Arc::new(fault.into())))?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
    ];
    Ok((headers, body).into_response())
}

/// How a caller proves who they are.
struct Security;

impl Modify for Security {
    fn modify(&self, description: &mut openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("A personal token. Your account page makes one and shows it once."))
            .build();
        if let Some(components) = &mut description.components {
            components.security_schemes.insert("token".into(), SecurityScheme::Http(scheme).into());
        }
    }
}

/// The refusals that each operation can answer with: they follow from what it
/// takes, so no operation can forget one.
struct Refusals;

impl Modify for Refusals {
    fn modify(&self, description: &mut openapi::OpenApi) {
        for (path, item) in &mut description.paths.paths {
            let has_parts = path.contains('{');
            for operation in operations(item) {
                let needs_token = operation.security.is_some();
                let has_body = operation.request_body.is_some();
                let is_list = path.ends_with("/campaigns");
                let writes = has_body || path.ends_with("/pledges/{id}");
                let mut add = |status: &str, response: Documented| {
                    operation.responses.responses.insert(status.to_owned(), response.into());
                };
                if has_body || has_parts || is_list {
                    add("400", refusal("The address, a header or the body cannot be read"));
                }
                if needs_token {
                    add(
                        "401",
                        with_header(
                            refusal("No token, or one that is unknown or revoked"),
                            "www-authenticate",
                            "Which proof is asked for",
                        ),
                    );
                }
                if has_parts {
                    add("404", refusal("Not there, or not yours to know of"));
                }
                if needs_token && writes {
                    add(
                        "409",
                        refusal(
                            "A rule says no: not live, deadline passed, already pledged, the last 24 hours, another total, a key sent with another body",
                        ),
                    );
                }
                if has_body {
                    add("413", refusal("The body is larger than 16 KiB"));
                    add("415", refusal("The body is not declared as JSON"));
                }
                if has_body || is_list {
                    add("422", refusal("Some fields need another look; `errors` names each"));
                }
                add("429", waiting(refusal("Too many requests")));
                if writes {
                    add(
                        "503",
                        waiting(refusal("Too many pledges are waiting; nothing was written")),
                    );
                }
                add("default", refusal("Any other refusal"));
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete]
        .into_iter()
        .filter_map(Option::as_mut)
}

fn refusal(about: &str) -> Documented {
    ResponseBuilder::new()
        .description(about)
        .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
        .build()
}

fn with_header(mut response: Documented, name: &str, about: &str) -> Documented {
    let mut header = Header::new(Object::with_type(Type::String));
    header.description = Some(about.to_owned());
    response.headers.insert(name.to_owned(), header.into());
    response
}

fn waiting(mut response: Documented) -> Documented {
    let mut header = Header::new(Object::with_type(Type::Integer));
    header.description = Some("Seconds to wait".to_owned());
    response.headers.insert("retry-after".to_owned(), header.into());
    response
}
