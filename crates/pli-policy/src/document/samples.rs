//! What the schema says is what Pli does: samples judged by both.

use jsonschema::JSONSchema;
use serde_json::{Map, Value, json};

use super::schema;
use crate::{
    KEYS, Key, Policy,
    kind::{Choice, Item, Kind},
};

/// Texts of every form, and of none.
const TEXTS: &[&str] = &[
    "",
    "fr",
    "full",
    "own",
    "1h",
    "agent.example",
    "agent.example:8448",
    "Agent.Example",
    "-agent.example",
    "agent.example:",
    "agent.example:123456",
    "localhost",
    "https://agent.example",
    "https://agent.example/a?b=c",
    "https://a b.example",
    "https://",
    "http://agent.example",
    "http://localhost:8008/x",
    "http://127.0.0.1",
    "http://localhost:x",
    "https://u:p@agent.example",
    "http://proxy.example:3128/",
    "http://proxy.example/x",
    "ftp://agent.example",
    "/etc/ssl/a.pem",
    "~/Documents",
    "C:\\a",
    "\\\\host\\share",
    "etc/a",
    "C:/a",
    "pdf",
    "PDF",
    ".pdf",
    "a line",
    "two\nlines",
    "\u{7f}",
    "é",
    "password",
];

/// For each key, values on both sides of its limits.
fn samples() -> Vec<(&'static Key, Value)> {
    let long = "a".repeat(1001);
    let texts = || TEXTS.iter().copied().chain([long.as_str()]);
    let mut samples = Vec::new();
    for key in KEYS {
        let mut of_key: Vec<Value> = vec![
            json!(null),
            json!(true),
            json!(0),
            json!(-1),
            json!(1),
            json!(1440),
            json!(1441),
            json!(3651),
            json!(10_241),
            json!(u64::MAX),
            json!(1.5),
            json!([]),
            json!({}),
            json!([1]),
            json!({ "agent.example": 1 }),
            json!({ "": "pdf" }),
        ];
        of_key.extend(texts().map(Value::from));
        of_key.extend(texts().map(|text| json!([text])));
        of_key.push(json!(["pdf", "pdf"]));
        of_key.push((0..501).map(|n| n.to_string()).collect());
        for name in ["agent.example", "private", "Nope"] {
            of_key.extend(texts().map(|text| json!({ name: text })));
        }
        samples.extend(of_key.into_iter().map(|value| (key, value)));
    }
    samples
}

#[test]
fn the_schema_lets_pass_what_pli_does() {
    let schema = schema::schema();
    let schema = JSONSchema::compile(&schema).unwrap();
    let (mut passed, mut refused) = (0, 0);
    for (key, value) in samples() {
        let by_pli = key.kind.check(&value).is_ok();
        let by_schema = schema.is_valid(&json!({ key.name: value }));
        assert_eq!(by_pli, by_schema, "{} = {value}", key.name);
        *if by_pli { &mut passed } else { &mut refused } += 1;
    }
    assert!(
        passed > 200 && refused > 3000,
        "{passed} passed, {refused} refused"
    );
    assert!(!schema.is_valid(&json!({ "Wallpaper": 1 })), "no key");
    assert!(!schema.is_valid(&json!([])), "no object");
}

#[test]
fn what_a_key_lets_pass_can_be_held() {
    for (key, value) in samples() {
        if key.kind.check(&value).is_ok() {
            let Value::Object(mut all) = serde_json::to_value(Policy::default()).unwrap() else {
                unreachable!("a struct");
            };
            all.insert(key.name.to_owned(), value.clone());
            let policy: Result<Policy, _> = serde_json::from_value(Value::Object(all));
            let again = serde_json::to_value(policy.unwrap()).unwrap();
            assert_eq!(again.get(key.name), Some(&value), "{}", key.name);
        }
    }
}

#[test]
fn each_choice_can_be_held() {
    let choices_of = |item: Item| match item {
        Item::Choice(choices) => choices,
        Item::Text(_) => &[] as &[Choice],
    };
    for key in KEYS {
        let values: Vec<Value> = match key.kind {
            Kind::One(item) => choices_of(item).iter().map(|c| json!(c.value)).collect(),
            Kind::List(item) => choices_of(item).iter().map(|c| json!([c.value])).collect(),
            Kind::Table(name, item) => choices_of(name)
                .iter()
                .flat_map(|n| choices_of(item).iter().map(|c| json!({ n.value: c.value })))
                .collect(),
            _ => continue,
        };
        for value in values {
            assert_eq!(key.kind.check(&value), Ok(()));
            let Value::Object(mut all) = serde_json::to_value(Policy::default()).unwrap() else {
                unreachable!("a struct");
            };
            all.insert(key.name.to_owned(), value.clone());
            assert!(
                serde_json::from_value::<Policy>(Value::Object(all)).is_ok(),
                "{value}"
            );
        }
    }
}

#[test]
fn the_struct_and_the_table_name_the_same_keys_and_each_default_fits() {
    let Value::Object(all) = serde_json::to_value(Policy::default()).unwrap() else {
        unreachable!("a struct");
    };
    let mut named: Vec<&str> = KEYS.iter().map(|key| key.name).collect();
    named.sort_unstable();
    let mut held: Vec<&str> = all.keys().map(String::as_str).collect();
    held.sort_unstable();
    assert_eq!(named, held);
    let unfit: Map<String, Value> = KEYS
        .iter()
        .filter(|key| key.kind.check(&key.default_value()).is_err())
        .map(|key| (key.name.to_owned(), key.default_value()))
        .collect();
    assert_eq!(unfit, Map::new());
}
