//! macOS: the preferences that a configuration profile forces, as the system lays them down for
//! the administrator alone to write, and those of the computer, which are a recommendation.
//!
//! Read as files: the call that tells forced preferences (`CFPreferencesAppValueIsForced`) gives
//! lists and tables in a shape that cannot be read without `unsafe`.

use serde_json::{Map, Number, Value};

/// The domain of Pli's preferences, its bundle identifier.
pub(crate) const DOMAIN: &str = "fr.pli.desktop";

/// Reads the preferences under `root`, which must belong to `owner`.
#[cfg(target_os = "macos")]
pub(crate) fn read(root: &std::path::Path, owner: u32) -> super::Findings {
    use super::Source;

    let mut findings = super::Findings::default();
    let managed = ["Library", "Managed Preferences"];
    let user = user_name();
    let mut places = vec![
        (Source::Recommended, vec!["Library", "Preferences"]),
        (Source::Machine, managed.to_vec()),
    ];
    if let Some(user) = &user {
        let mut place = managed.to_vec();
        place.push(user);
        places.push((Source::User, place));
    }
    for (source, place) in places {
        if let Some(read) = file(root, &place, owner).transpose() {
            findings.add(source, read);
        }
    }
    findings
}

#[cfg(target_os = "macos")]
fn file(
    root: &std::path::Path,
    place: &[&str],
    owner: u32,
) -> Result<Option<Map<String, Value>>, super::Refusal> {
    use super::{
        Reason,
        trusted::{Directory, refusal},
    };

    let mut directory = Directory::root(root, owner)?;
    for name in place {
        directory = match directory {
            Some(directory) => directory.directory(name)?,
            None => return Ok(None),
        };
    }
    let name = format!("{DOMAIN}.plist");
    let Some(directory) = directory else {
        return Ok(None);
    };
    let Some(bytes) = directory.file(&name)? else {
        return Ok(None);
    };
    let malformed = || refusal(&directory.place(&name), Reason::Malformed);
    values(&bytes).map(Some).ok_or_else(malformed)
}

/// Not by the environment, which the user could change.
#[cfg(target_os = "macos")]
fn user_name() -> Option<String> {
    let told = std::process::Command::new("/usr/bin/id")
        .arg("-un")
        .output()
        .ok()?;
    let name = String::from_utf8(told.stdout).ok()?.trim().to_owned();
    (!name.is_empty() && !name.contains('/') && name != "." && name != "..").then_some(name)
}

/// The values of a property list, without the keys of the payload itself.
pub(crate) fn values(bytes: &[u8]) -> Option<Map<String, Value>> {
    let list: plist::Value = plist::from_bytes(bytes).ok()?;
    let entries = list.into_dictionary()?.into_iter();
    let ours = entries.filter(|(name, _)| !name.starts_with("Payload"));
    Some(ours.map(|(name, value)| (name, json(value))).collect())
}

/// As JSON; what JSON has no word for becomes null, which no key holds.
fn json(value: plist::Value) -> Value {
    match value {
        plist::Value::Boolean(truth) => truth.into(),
        plist::Value::String(text) => text.into(),
        plist::Value::Integer(number) => match number.as_signed() {
            Some(number) => number.into(),
            None => number.as_unsigned().map_or(Value::Null, Value::from),
        },
        plist::Value::Real(number) => Number::from_f64(number).map_or(Value::Null, Value::Number),
        plist::Value::Array(entries) => entries.into_iter().map(json).collect(),
        plist::Value::Dictionary(entries) => entries
            .into_iter()
            .map(|(name, value)| (name, json(value)))
            .collect(),
        _ => Value::Null,
    }
}
