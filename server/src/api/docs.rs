//! `/api/v1/docs`: the reference, written from the same description that
//! programs read. Plain HTML: no script, and no style of its own in the page. What
//! stands around the description is said in the reader's language.

mod html;
mod schema;

use axum::{
    extract::{Request, State},
    response::{IntoResponse as _, Response},
};
use domain::{
    Locale,
    words::{api as w, site},
};
use http::{
    HeaderValue,
    header::{CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, VARY},
};
use serde_json::Value;

use super::{Api, extract::Anyone, openapi, problem::Refused};
use crate::middleware::visitor;
use html::Html;

/// `GET /api/v1/docs`.
pub async fn page(
    _: Anyone,
    State(api): State<Api>,
    request: Request,
) -> Result<Response, Refused> {
    let locale = visitor::locale(&request, &api.backend.options.base_url);
    let description = openapi::description(&api.backend.options.base_url);
    let description = serde_json::to_value(description)
        .map_err(|fault| Refused::Fault(std::sync::Arc::new(fault.into())))?;
    let page = render(&description, &api.stylesheet, locale);
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=300")),
        (CONTENT_LANGUAGE, HeaderValue::from_static(locale.tag())),
        // The language switch of the site holds here too.
        (VARY, HeaderValue::from_static("cookie")),
    ];
    Ok((headers, page).into_response())
}

/// `GET /api/v1/docs.css`.
pub async fn stylesheet() -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600")),
    ];
    (headers, include_str!("docs/docs.css")).into_response()
}

/// The whole page.
fn render(description: &Value, stylesheet: &str, locale: Locale) -> String {
    let title = w::docs_title(locale);
    let base_url = text(&description["servers"][0]["url"]);
    let mut out = Html::default();
    out.raw("<!DOCTYPE html><html lang=\"")
        .raw(locale.tag())
        .raw("\"><head><meta charset=\"utf-8\">");
    out.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    out.raw("<meta name=\"color-scheme\" content=\"light dark\">");
    out.element("title", "", &site::page_title(locale, &title));
    for sheet in [stylesheet, "/api/v1/docs.css"].iter().filter(|sheet| !sheet.is_empty()) {
        out.raw("<link rel=\"stylesheet\" href=\"").text(sheet).raw("\">");
    }
    out.raw("</head><body class=\"reference\">");
    out.raw("<a class=\"skip-link\" href=\"#main\">").text(site::skip(locale)).raw("</a>");
    out.raw("<header><p><a href=\"/\">").text(site::name(locale)).raw("</a></p></header>");
    out.raw("<main id=\"main\" tabindex=\"-1\">");
    out.element("h1", "", title);
    for paragraph in text(&description["info"]["description"]).split("\n\n") {
        out.prose("p", paragraph);
    }
    out.raw("<p>").text(w::docs_for_programs(locale));
    out.raw(" <a href=\"/api/v1/openapi.json\">openapi.json</a></p>");
    if locale != Locale::En {
        out.element("p", "", w::docs_in_english(locale));
    }
    contents(&mut out, description, locale);
    for tag in list(&description["tags"]) {
        let name = text(&tag["name"]);
        out.raw("<section>");
        out.english("h2", "", name);
        out.prose("p", text(&tag["description"]));
        for (method, path, operation) in operations(description, name) {
            write_operation(&mut out, (method, path, operation), base_url, locale);
        }
        out.raw("</section>");
    }
    out.raw("<section>").element("h2", "types", w::docs_types(locale));
    for (name, schema) in pairs(&description["components"]["schemas"]) {
        schema::write(&mut out, name, schema, description, locale);
    }
    out.raw("</section></main></body></html>");
    out.finish()
}

fn contents(out: &mut Html, description: &Value, locale: Locale) {
    out.raw("<nav aria-label=\"").text(w::docs_operations(locale)).raw("\"><ul>");
    for tag in list(&description["tags"]) {
        for (method, path, operation) in operations(description, text(&tag["name"])) {
            out.raw("<li><a href=\"#").text(text(&operation["operationId"])).raw("\">");
            out.element("code", "", &format!("{} {path}", method.to_uppercase()));
            out.raw("</a> ").english("span", "", text(&operation["summary"])).raw("</li>");
        }
    }
    out.raw("</ul></nav>");
}

fn write_operation(
    out: &mut Html,
    (method, path, operation): (&str, &str, &Value),
    base_url: &str,
    locale: Locale,
) {
    out.raw("<article id=\"").text(text(&operation["operationId"])).raw("\">");
    out.english("h3", "", text(&operation["summary"]));
    out.raw("<p class=\"address\"><code><b>")
        .text(&method.to_uppercase())
        .raw("</b> ")
        .text(path)
        .raw("</code>");
    if operation["security"].is_array() {
        out.raw(" ").raw("<span class=\"needs\">").text(w::docs_needs_token(locale)).raw("</span>");
    }
    out.raw("</p>");
    for paragraph in text(&operation["description"]).split("\n\n").filter(|p| !p.is_empty()) {
        out.prose("p", paragraph);
    }
    let parameters = list(&operation["parameters"]);
    if !parameters.is_empty() {
        let heads = [
            w::docs_parameter(locale),
            w::docs_where(locale),
            w::docs_type(locale),
            w::docs_meaning(locale),
        ];
        out.table(&heads, |rows| {
            for parameter in parameters {
                rows.row(|cells| {
                    cells.code(text(&parameter["name"]));
                    cells.plain(text(&parameter["in"]));
                    cells.html(&schema::kind(&parameter["schema"], locale));
                    cells.prose(text(&parameter["description"]));
                });
            }
        });
    }
    if let Some(body) = operation["requestBody"]["content"]["application/json"].get("schema") {
        out.raw("<p>").text(w::docs_body(locale)).raw(" ");
        out.raw(&schema::kind(body, locale)).raw("</p>");
    }
    write_call(out, method, path, operation, base_url);
    let heads = [w::docs_status(locale), w::docs_answer(locale), w::docs_meaning(locale)];
    out.table(&heads, |rows| {
        for (status, response) in pairs(&operation["responses"]) {
            rows.row(|cells| {
                cells.code(status);
                cells.html(&schema::kind(&content(response)["schema"], locale));
                cells.prose(text(&response["description"]));
            });
        }
    });
    out.raw("</article>");
}

/// The operation as a line for a shell, with the examples of its description.
fn write_call(out: &mut Html, method: &str, path: &str, operation: &Value, base_url: &str) {
    let mut address = format!("{base_url}{path}");
    for parameter in list(&operation["parameters"]) {
        let example = &parameter["example"];
        if let Some(example) = example.as_str() {
            address = address.replace(&format!("{{{}}}", text(&parameter["name"])), example);
        }
    }
    let mut call = String::from("curl");
    if method != "get" {
        call.push_str(&format!(" -X {}", method.to_uppercase()));
    }
    if operation["security"].is_array() {
        call.push_str(" -H \"Authorization: Bearer $TOKEN\"");
    }
    let examples = &operation["requestBody"]["content"]["application/json"]["examples"];
    if let Some((_, example)) = pairs(examples).next() {
        call.push_str(&format!(" \\\n  --json '{}'", example["value"]));
    }
    call.push_str(&format!(" \\\n  {address}"));
    out.raw("<pre tabindex=\"0\">").element("code", "", &call).raw("</pre>");
}

/// Method, path and operation of a tag, in the order of the description.
fn operations<'a>(description: &'a Value, tag: &str) -> Vec<(&'a str, &'a str, &'a Value)> {
    let mut found = Vec::new();
    for (path, item) in pairs(&description["paths"]) {
        for method in ["get", "post", "patch", "delete"] {
            let operation = &item[method];
            if list(&operation["tags"]).iter().any(|t| t == tag) {
                found.push((method, path, operation));
            }
        }
    }
    found
}

fn content(response: &Value) -> &Value {
    pairs(&response["content"]).next().map_or(&Value::Null, |(_, content)| content)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn pairs(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}
