//! Types of the description, in words.

use serde_json::Value;

use super::{html::Html, list, pairs, text};

/// A type's section: its meaning, then its fields or its words.
pub fn write(out: &mut Html, name: &str, schema: &Value, description: &Value) {
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
        out.table(&["Field", "Type", "Meaning"], |rows| {
            for (name, field) in fields {
                rows.row(|cells| {
                    cells.code(name);
                    cells.html(&kind(field));
                    cells.prose(text(&field["description"]));
                });
            }
        });
    }
    out.raw("</article>");
}

/// A type in a few words, with links to the named ones. Markup.
pub fn kind(schema: &Value) -> String {
    let mut out = Html::default();
    write_kind(&mut out, schema);
    out.finish()
}

fn write_kind(out: &mut Html, schema: &Value) {
    if let Some(name) = referred(schema) {
        out.raw("<a href=\"#").text(&anchor(name)).raw("\">").text(name).raw("</a>");
        return;
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        for (index, one) in list(&schema[key]).iter().enumerate() {
            out.raw(if index == 0 { "" } else { " or " });
            write_kind(out, one);
        }
    }
    let names: Vec<&str> = match &schema["type"] {
        Value::String(name) => vec![name],
        Value::Array(names) => names.iter().map(text).collect(),
        _ => vec![],
    };
    for (index, name) in names.iter().enumerate() {
        out.raw(if index == 0 { "" } else { " or " });
        match *name {
            "array" => {
                out.raw("list of ");
                write_kind(out, &schema["items"]);
            }
            "object" if schema["additionalProperties"].is_object() => {
                out.raw("object of ");
                write_kind(out, &schema["additionalProperties"]);
            }
            "string" => {
                out.text(if schema["format"].is_string() {
                    text(&schema["format"])
                } else {
                    "text"
                });
            }
            "integer" => {
                out.raw("whole number");
            }
            "boolean" => {
                out.raw("true or false");
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
