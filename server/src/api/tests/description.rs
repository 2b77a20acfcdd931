//! The description of the API and the page made from it.

use serde_json::Value;

use super::support::sqlite;

fn references(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if let (true, Some(reference)) = (name == "$ref", field.as_str()) {
                    found.push(reference.to_owned());
                }
                references(field, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

#[tokio::test]
async fn every_operation_is_described_whole() {
    let site = sqlite(false).await;
    let description = site.get("/api/v1/openapi.json").await.json();
    assert_eq!(description["openapi"], "3.1.0");
    assert_eq!(description["servers"][0]["url"], "https://pedestal.example");
    let mut operations = 0;
    for (path, item) in description["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            operations += 1;
            let name = format!("{method} {path}");
            assert!(
                operation["summary"].is_string() && operation["operationId"].is_string(),
                "{name}"
            );
            let responses = operation["responses"].as_object().expect("responses");
            for status in ["429", "default"] {
                let content = &responses[status]["content"]["application/problem+json"];
                assert_eq!(
                    content["schema"]["$ref"], "#/components/schemas/Problem",
                    "{name} {status}"
                );
            }
            let needs_token = path.contains("pledges");
            assert_eq!(operation["security"].is_array(), needs_token, "{name}");
            assert_eq!(responses.contains_key("401"), needs_token, "{name}");
            assert_eq!(responses.contains_key("404"), path.contains('{'), "{name}");
            assert_eq!(
                responses.contains_key("415"),
                operation["requestBody"].is_object(),
                "{name}"
            );
        }
    }
    assert_eq!(operations, 8);
    let mut found = Vec::new();
    references(&description, &mut found);
    for reference in found {
        let pointer = reference.strip_prefix('#').expect("of this document");
        assert!(description.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (name, schema) in description["components"]["schemas"].as_object().expect("schemas") {
        assert!(
            schema["description"].is_string() || schema["allOf"].is_array(),
            "{name} is not explained"
        );
    }
}

#[tokio::test]
async fn the_reference_page_names_everything_and_runs_nothing() {
    let site = sqlite(false).await;
    let page = site.get("/api/v1/docs").await;
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let description = site.get("/api/v1/openapi.json").await.json();
    for (path, item) in description["paths"].as_object().expect("paths") {
        assert!(page.text.contains(path.as_str()), "{path}");
        for operation in item.as_object().expect("operations").values() {
            let id = operation["operationId"].as_str().expect("an id");
            assert!(page.text.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
    for name in description["components"]["schemas"].as_object().expect("schemas").keys() {
        assert!(page.text.contains(&format!("id=\"type-{name}\"")), "{name}");
    }
    for link in page.text.split("href=\"#").skip(1) {
        let target = link.split('"').next().expect("a target");
        assert!(page.text.contains(&format!("id=\"{target}\"")), "#{target} leads nowhere");
    }
    assert!(page.text.contains("href=\"/pkg/site.css\""));
    for forbidden in ["<script", " style=", "<style", " onclick", "http-equiv"] {
        assert!(!page.text.contains(forbidden), "{forbidden}");
    }
    assert_eq!(
        site.get("/api/v1/docs.css").await.header("content-type"),
        "text/css; charset=utf-8"
    );
}

#[tokio::test]
async fn the_reference_page_speaks_the_readers_language_around_the_description() {
    let site = sqlite(false).await;
    let page = site.send("GET", "/api/v1/docs", &[("cookie", "__Host-locale=fr")], "").await;
    assert_eq!(page.header("content-language"), "fr");
    assert!(page.header("vary").contains("cookie"), "{}", page.header("vary"));
    assert!(page.text.contains("<html lang=\"fr\">"));
    assert!(page.text.contains("<a class=\"skip-link\" href=\"#main\">Aller au contenu</a>"));
    assert!(page.text.contains("Documentation de l’API · Pedestal"));
    for english in ["Parameter<", "Meaning<", "needs a token", "whole number", "Operations\""] {
        assert!(!page.text.contains(english), "{english}");
    }
    assert!(page.text.contains("<h3 lang=\"en\">List campaigns</h3>"), "the description is marked");
    let english = site.get("/api/v1/docs").await;
    assert!(english.text.contains("<html lang=\"en\">") && english.text.contains("Meaning<"));
}
