//! JSON Schema, for the files of Linux and for editors.

use serde_json::{Map, Value, json};

use crate::{
    KEYS, Key,
    kind::{Form, Item, Kind, LONGEST, MOST_ENTRIES},
};

/// The schema of a policy file.
pub(crate) fn schema() -> Value {
    let properties: Map<String, Value> = KEYS
        .iter()
        .map(|key| (key.name.to_owned(), property(key)))
        .collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Pli",
        "description": "A policy file of Pli: see docs/policy.md.",
        "type": "object",
        "properties": properties,
        "additionalProperties": false,
    })
}

/// The same whatever order the maps of `serde_json` keep.
pub(crate) fn text() -> String {
    let mut text = serde_json::to_string_pretty(&sorted(schema())).unwrap();
    text.push('\n');
    text
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|(a, _), (b, _)| a.cmp(b));
            fields
                .into_iter()
                .map(|(name, field)| (name, sorted(field)))
                .collect()
        }
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        other => other,
    }
}

fn property(key: &Key) -> Value {
    let mut property = match key.kind {
        Kind::Truth => json!({ "type": "boolean" }),
        Kind::Number { least, most } => {
            json!({ "type": "integer", "minimum": least, "maximum": most })
        }
        Kind::One(Item::Text(form)) => {
            let pattern = format!("^$|{}", form.pattern());
            json!({ "type": "string", "maxLength": LONGEST, "pattern": pattern })
        }
        Kind::One(choice) => item(choice),
        Kind::List(each) => json!({
            "type": "array", "items": item(each), "uniqueItems": true, "maxItems": MOST_ENTRIES,
        }),
        Kind::Table(name, each) => json!({
            "type": "object", "propertyNames": item(name), "additionalProperties": item(each),
            "maxProperties": MOST_ENTRIES,
        }),
    };
    let fields = property.as_object_mut().unwrap();
    fields.insert("title".to_owned(), key.title.en.into());
    fields.insert(
        "description".to_owned(),
        format!("{}\n\n{}", key.about.en, key.about.fr).into(),
    );
    fields.insert("default".to_owned(), key.default_value());
    property
}

fn item(item: Item) -> Value {
    match item {
        Item::Text(form) => text_item(form),
        Item::Choice(choices) => {
            let values: Vec<&str> = choices.iter().map(|choice| choice.value).collect();
            json!({ "type": "string", "enum": values })
        }
    }
}

fn text_item(form: Form) -> Value {
    json!({ "type": "string", "maxLength": LONGEST, "pattern": form.pattern() })
}
