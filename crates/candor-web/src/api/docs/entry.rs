//! The document's operations and shapes as entries of the page.
//!
//! Owns: reading them out of the JSON. Must not know: HTML.

use serde_json::Value;
use std::fmt;

/// A text in which `code` stands between back quotes; escapes what it was given.
pub(super) struct Prose(pub(super) String);

impl fmt::Display for Prose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plain = self.0.replace('&', "&amp;").replace('<', "&lt;");
        for (index, piece) in plain.split('`').enumerate() {
            if index % 2 == 1 {
                write!(f, "<code>{piece}</code>")?;
            } else {
                f.write_str(piece)?;
            }
        }
        Ok(())
    }
}

impl askama::filters::HtmlSafe for Prose {}

/// Operations that belong together.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) about: Prose,
    pub(super) operations: Vec<Operation>,
}

impl Prose {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One operation.
pub(super) struct Operation {
    pub(super) anchor: String,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) title: String,
    pub(super) about: Prose,
    pub(super) scopes: String,
    pub(super) params: Vec<Entry>,
    pub(super) body: Option<Named>,
    pub(super) answers: Vec<(String, Prose, Option<Named>)>,
}

/// A parameter or a field.
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) kind: Named,
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) about: Prose,
}

/// A type; one of the document's shapes has an anchor.
pub(super) struct Named {
    pub(super) words: String,
    pub(super) anchor: Option<String>,
}

/// A shape with its fields.
pub(super) struct Shape {
    pub(super) name: String,
    pub(super) about: Prose,
    pub(super) fields: Vec<Entry>,
}

pub(super) fn groups(document: &Value) -> Vec<Group> {
    let all = operations(document);
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.map(|tag| {
        let name = text(&tag["name"]);
        let own = all.iter().filter(|(tag, ..)| *tag == name);
        Group {
            about: prose(&tag["description"]),
            operations: own
                .map(|(_, method, path, value)| operation(method, path, value))
                .collect(),
            name,
        }
    })
    .collect()
}

/// Tag, method, path and operation of everything there is.
fn operations(document: &Value) -> Vec<(String, String, String, &Value)> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(value) = item.get(method) {
                all.push((
                    text(&value["tags"][0]),
                    method.to_owned(),
                    path.clone(),
                    value,
                ));
            }
        }
    }
    all
}

fn operation(method: &str, path: &str, value: &Value) -> Operation {
    let words = |text: &str| text.replace(['{', '}'], "").replace('/', "-");
    Operation {
        anchor: format!("{method}{}", words(path)),
        method: method.to_uppercase(),
        path: path.to_owned(),
        title: text(&value["summary"]),
        about: prose(&value["description"]),
        scopes: scopes(value),
        params: list(&value["parameters"]).map(param).collect(),
        body: schema(&value["requestBody"]),
        answers: value["responses"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(status, answer)| {
                (
                    status.clone(),
                    prose(&answer["description"]),
                    schema(answer),
                )
            })
            .collect(),
    }
}

fn scopes(value: &Value) -> String {
    let words: Vec<String> = list(&value["security"])
        .flat_map(|security| list(&security["token"]).map(text).collect::<Vec<_>>())
        .collect();
    words.join(", ")
}

fn param(value: &Value) -> Entry {
    Entry {
        name: text(&value["name"]),
        kind: kind(&value["schema"]),
        place: text(&value["in"]),
        required: value["required"].as_bool().unwrap_or_default(),
        about: prose(&value["description"]),
    }
}

fn schema(of: &Value) -> Option<Named> {
    of["content"]
        .as_object()?
        .values()
        .next()
        .filter(|content| content.get("schema").is_some())
        .map(|content| kind(&content["schema"]))
}

pub(super) fn shapes(document: &Value) -> Vec<Shape> {
    let schemas = document["components"]["schemas"].as_object();
    let shape = |(name, value): (&String, &Value)| {
        let required: Vec<String> = list(&value["required"]).map(text).collect();
        let fields = value["properties"].as_object().into_iter().flatten();
        Shape {
            name: name.clone(),
            about: prose(&value["description"]),
            fields: fields
                .map(|(name, field)| Entry {
                    required: required.contains(name),
                    kind: kind(field),
                    place: String::new(),
                    about: prose(&field["description"]),
                    name: name.clone(),
                })
                .collect(),
        }
    };
    schemas.into_iter().flatten().map(shape).collect()
}

/// A type in a few words: `string`, `integer or null`, `list of Ticket`.
fn kind(schema: &Value) -> Named {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap_or_default().to_owned();
        return Named {
            anchor: Some(format!("shape-{name}")),
            words: name,
        };
    }
    let choices = list(&schema["oneOf"]).map(kind).collect::<Vec<_>>();
    if !choices.is_empty() {
        let anchor = choices.iter().find_map(|choice| choice.anchor.clone());
        let words: Vec<String> = choices.into_iter().map(|choice| choice.words).collect();
        return Named {
            words: words.join(" or "),
            anchor,
        };
    }
    let types: Vec<String> = match &schema["type"] {
        Value::Array(types) => types.iter().map(text).collect(),
        one => vec![text(one)],
    };
    let inner = schema.get("items").map(kind);
    let words: Vec<String> = types
        .into_iter()
        .map(|word| match (&inner, word.as_str()) {
            (Some(inner), "array") => format!("list of {}", inner.words),
            _ => word,
        })
        .collect();
    Named {
        words: words.join(" or "),
        anchor: inner.and_then(|inner| inner.anchor),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn prose(value: &Value) -> Prose {
    Prose(text(value))
}
