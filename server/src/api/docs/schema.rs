//! Types of the description, in words.

use domain::{Locale, words::api as w};
use serde_json::Value;

use super::{html::Html, list, pairs, text};

/// A type's section: its meaning, then its fields or its words.
pub fn write(out: &mut Html, name: &str, schema: &Value, description: &Value, locale: Locale) {
    out.raw("<article>");
    out.element("h3", &anchor(name), name);
    let about = text(&schema["description"]);
    if !about.is_empty() {
        out.prose("p", about);
    }
    let words = list(&schema["enum"]);
    if !words.is_empty() {
        out.raw("<p>");
        for (index, word) in words.iter().enumerate() {
            out.raw(if index == 0 { "" } else { ", " }).element("code", "", text(word));
        }
        out.raw("</p>");
    }
    let fields = fields(schema, description);
    if !fields.is_empty() {
        let heads = [w::docs_field(locale), w::docs_type(locale), w::docs_meaning(locale)];
        out.table(&heads, |rows| {
            for (name, field) in fields {
                rows.row(|cells| {
                    cells.code(name);
                    cells.html(&kind(field, locale));
                    cells.prose(text(&field["description"]));
                });
            }
        });
    }
    out.raw("</article>");
}

/// A type in a few words, with links to the named ones. Markup.
pub fn kind(schema: &Value, locale: Locale) -> String {
    let mut out = Html::default();
    write_kind(&mut out, schema, locale);
    out.finish()
}

fn write_kind(out: &mut Html, schema: &Value, locale: Locale) {
    if let Some(name) = referred(schema) {
        out.raw("<a href=\"#").text(&anchor(name)).raw("\">").text(name).raw("</a>");
        return;
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        for (index, one) in list(&schema[key]).iter().enumerate() {
            out.raw(if index == 0 { "" } else { w::docs_or(locale) });
            write_kind(out, one, locale);
        }
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().map(text).collect(),
        _ => vec![],
    };
    for (index, name) in names.iter().enumerate() {
        out.raw(if index == 0 { "" } else { w::docs_or(locale) });
        match *name {
            "array" => {
                out.raw(w::docs_list_of(locale));
                write_kind(out, &schema["items"], locale);
            }
            "object" if schema["additionalProperties"].is_object() => {
                out.raw(w::docs_object_of(locale));
                write_kind(out, &schema["additionalProperties"], locale);
            }
            "string" => {
                out.text(if schema["format"].is_string() {
                    text(&schema["format"])
                } else {
                    w::docs_text(locale)
                });
            }
            "integer" => {
                out.raw(w::docs_whole_number(locale));
            }
            "boolean" => {
                out.raw(w::docs_true_or_false(locale));
            }
            other => {
                out.text(other);
            }
        }
    }
}

/// The fields of an object, those of the objects it extends first.
fn fields<'a>(schema: &'a Value, description: &'a Value) -> Vec<(&'a str, &'a Value)> {
    let mut found = Vec::new();
    for part in list(&schema["allOf"]) {
        let part = referred(part).map_or(part, |name| &description["components"]["schemas"][name]);
        found.extend(fields(part, description));
    }
    found.extend(pairs(&schema["properties"]));
    found
}

fn referred(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.rsplit('/').next()
}

fn anchor(name: &str) -> String {
    format!("type-{name}")
}
