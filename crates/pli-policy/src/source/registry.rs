//! Windows: the registry, where group policies are laid down. A yes or no is a number, 1 or 0; a
//! list or a table is a key of its own.

use serde_json::{Map, Value};

use crate::{KEYS, Key, Kind};

/// Where group policies for Pli are, in both hives.
pub(crate) const KEY: &str = r"Software\Policies\Pli";

/// The key of the recommendations, in that one.
pub(crate) const RECOMMENDED: &str = "Recommended";

/// A value of the registry.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Raw {
    Number(u64),
    Text(String),
    Texts(Vec<String>),
    Other,
}

/// What a key of the registry holds.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Its values.
    pub(crate) values: Vec<(String, Raw)>,
    /// Its keys, and their values.
    pub(crate) folders: Vec<(String, Vec<(String, Raw)>)>,
}

/// As a policy file would say it; the registry knows no case in names.
pub(crate) fn values(folder: Folder) -> Map<String, Value> {
    let mut values = Map::new();
    for (name, raw) in folder.values {
        let key = known(&name);
        let value = value(raw, key.map(|key| key.kind));
        values.insert(key.map_or(name, |key| key.name.to_owned()), value);
    }
    for (name, entries) in folder.folders {
        if name.eq_ignore_ascii_case(RECOMMENDED) {
            continue;
        }
        let key = known(&name);
        let entries = match key.map(|key| key.kind) {
            Some(Kind::List(_)) => list(entries),
            _ => entries
                .into_iter()
                .map(|(name, raw)| (name, value(raw, None)))
                .collect(),
        };
        values.insert(key.map_or(name, |key| key.name.to_owned()), entries);
    }
    values
}

fn known(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name.eq_ignore_ascii_case(name))
}

fn value(raw: Raw, kind: Option<Kind>) -> Value {
    match (raw, kind) {
        (Raw::Number(0), Some(Kind::Truth)) => false.into(),
        (Raw::Number(1), Some(Kind::Truth)) => true.into(),
        (Raw::Number(number), _) => number.into(),
        (Raw::Text(text), _) => text.into(),
        (Raw::Texts(texts), _) => texts.into(),
        (Raw::Other, _) => Value::Null,
    }
}

/// In the order of their names, which are numbers.
fn list(mut entries: Vec<(String, Raw)>) -> Value {
    entries.sort_by_key(|(name, _)| (name.parse().unwrap_or(u32::MAX), name.clone()));
    entries
        .into_iter()
        .map(|(_, raw)| value(raw, None))
        .collect()
}

/// Reads both hives; the computer's holds against the user's.
#[cfg(windows)]
pub(crate) fn read() -> super::Findings {
    use super::{Said, Source};
    use windows_registry::{CURRENT_USER, LOCAL_MACHINE};

    let mut findings = super::Findings::default();
    let recommended = format!(r"{KEY}\{RECOMMENDED}");
    for (hive, place, source) in [
        (CURRENT_USER, recommended.as_str(), Source::Recommended),
        (LOCAL_MACHINE, recommended.as_str(), Source::Recommended),
        (CURRENT_USER, KEY, Source::User),
        (LOCAL_MACHINE, KEY, Source::Machine),
    ] {
        // No key, no policy.
        if let Ok(key) = hive.open(place) {
            let values = values(folder(&key));
            findings.said.push(Said { source, values });
        }
    }
    findings
}

#[cfg(windows)]
fn folder(key: &windows_registry::Key) -> Folder {
    let names = key.keys().into_iter().flatten();
    let opened = names.filter_map(|name| {
        let entries = raw_values(&key.open(&name).ok()?);
        Some((name, entries))
    });
    Folder {
        values: raw_values(key),
        folders: opened.collect(),
    }
}

#[cfg(windows)]
fn raw_values(key: &windows_registry::Key) -> Vec<(String, Raw)> {
    use windows_registry::Type;

    let values = key.values().into_iter().flatten();
    let raw = values.map(|(name, value)| {
        let raw = match value.ty() {
            Type::U32 => u32::try_from(value).map(|number| Raw::Number(number.into())),
            Type::U64 => u64::try_from(value).map(Raw::Number),
            Type::String | Type::ExpandString => String::try_from(value).map(Raw::Text),
            Type::MultiString => Vec::<String>::try_from(value).map(Raw::Texts),
            _ => Ok(Raw::Other),
        };
        (name, raw.unwrap_or(Raw::Other))
    });
    raw.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn text(text: &str) -> Raw {
        Raw::Text(text.to_owned())
    }

    fn named(entries: &[(&str, Raw)]) -> Vec<(String, Raw)> {
        let entries = entries.iter().cloned();
        entries.map(|(name, raw)| (name.to_owned(), raw)).collect()
    }

    #[test]
    fn the_registry_says_what_a_file_would() {
        let ten: Vec<(String, Raw)> = (1..=10)
            .rev()
            .map(|n| (n.to_string(), text(&format!("t{n}"))))
            .collect();
        let folder = Folder {
            values: named(&[
                ("otherserversallowed", Raw::Number(0)),
                ("RequireVerification", Raw::Number(7)),
                ("IdleLockMinutes", Raw::Number(10)),
                ("Language", text("fr")),
                ("LogLevel", Raw::Other),
                ("Wallpaper", Raw::Number(1)),
                ("LoginMethods", Raw::Texts(vec!["sso".to_owned()])),
            ]),
            folders: vec![
                ("BlockedFileTypes".to_owned(), ten),
                (
                    "Servers".to_owned(),
                    named(&[("agent.example", text("Ministère"))]),
                ),
                ("RECOMMENDED".to_owned(), named(&[("Language", text("en"))])),
            ],
        };
        let expected = json!({
            "OtherServersAllowed": false,
            "RequireVerification": 7,
            "IdleLockMinutes": 10,
            "Language": "fr",
            "LogLevel": null,
            "Wallpaper": 1,
            "LoginMethods": ["sso"],
            "BlockedFileTypes": ["t1", "t2", "t3", "t4", "t5", "t6", "t7", "t8", "t9", "t10"],
            "Servers": { "agent.example": "Ministère" },
        });
        assert_eq!(Value::Object(values(folder)), expected);
    }
}
