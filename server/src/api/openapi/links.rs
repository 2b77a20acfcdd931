//! Which answer holds what another operation asks for, so that programs can
//! walk from one to the next.

use utoipa::{
    Modify,
    openapi::{self, RefOr, link::Link, path::Operation},
};

/// From an operation's good answer, to an operation, by the value of one of its
/// path's parts.
const LINKS: &[(&str, &str, &str, &str, &str)] = &[
    ("listCampaigns", "200", "readCampaign", "slug", "$response.body#/items/0/slug"),
    ("listCampaigns", "200", "listRewards", "slug", "$response.body#/items/0/slug"),
    ("listCampaigns", "200", "readFunding", "slug", "$response.body#/items/0/slug"),
    ("listCampaigns", "200", "placePledge", "slug", "$response.body#/items/0/slug"),
    ("readCampaign", "200", "listRewards", "slug", "$response.body#/slug"),
    ("readCampaign", "200", "placePledge", "slug", "$response.body#/slug"),
    ("placePledge", "201", "readPledge", "id", "$response.body#/id"),
    ("placePledge", "201", "changePledge", "id", "$response.body#/id"),
    ("placePledge", "201", "cancelPledge", "id", "$response.body#/id"),
    ("readPledge", "200", "changePledge", "id", "$response.body#/id"),
    ("readPledge", "200", "cancelPledge", "id", "$response.body#/id"),
];

/// Adds them.
pub struct Links;

impl Modify for Links {
    fn modify(&self, description: &mut openapi::OpenApi) {
        for item in description.paths.paths.values_mut() {
            for operation in super::operations(item) {
                let Some(id) = operation.operation_id.clone() else { continue };
                for (_, status, to, part, value) in LINKS.iter().filter(|(from, ..)| *from == id) {
                    add(operation, status, to, part, value);
                }
            }
        }
    }
}

fn add(operation: &mut Operation, status: &str, to: &str, part: &str, value: &str) {
    if let Some(RefOr::T(response)) = operation.responses.responses.get_mut(status) {
        let link = Link::builder().operation_id(to).parameter(part, value).build();
        response.links.insert(to.to_owned(), link.into());
    }
}
