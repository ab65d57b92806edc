//! For the configuration profiles of macOS: a manifest for the tools that edit profiles, and a
//! profile in which each key has its default.

use std::fmt::Write as _;

use serde_json::Value;

use super::{In, escaped, limits};
use crate::{
    KEYS, Key,
    kind::{Item, Kind},
    source::macos::DOMAIN,
};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
"#;

/// The manifest, in the form that profile editors share (`pfm_`).
pub(crate) fn manifest() -> String {
    let mut xml = format!(
        "{HEAD}<dict>
	<key>pfm_domain</key>
	<string>{DOMAIN}</string>
	<key>pfm_title</key>
	<string>Pli</string>
	<key>pfm_description</key>
	<string>Pli</string>
	<key>pfm_format_version</key>
	<integer>1</integer>
	<key>pfm_version</key>
	<integer>1</integer>
	<key>pfm_platforms</key>
	<array>
		<string>macOS</string>
	</array>
	<key>pfm_subkeys</key>
	<array>
"
    );
    for key in KEYS {
        subkey(&mut xml, key);
    }
    xml.push_str("\t</array>\n</dict>\n</plist>\n");
    xml
}

fn subkey(xml: &mut String, key: &Key) {
    let description = format!("{} ({})", key.about.en, limits(key.kind, In::English));
    let _ = write!(
        xml,
        "\t\t<dict>
			<key>pfm_name</key>
			<string>{}</string>
			<key>pfm_title</key>
			<string>{}</string>
			<key>pfm_description</key>
			<string>{}</string>
			<key>pfm_type</key>
			<string>{}</string>
",
        key.name,
        escaped(key.title.en),
        escaped(&description),
        type_of(key.kind),
    );
    match key.kind {
        Kind::Number { least, most } => {
            let _ = writeln!(
                xml,
                "\t\t\t<key>pfm_range_min</key>\n\t\t\t<integer>{least}</integer>\n\t\t\t<key>pfm_range_max</key>\n\t\t\t<integer>{most}</integer>"
            );
        }
        Kind::One(Item::Choice(choices)) => {
            xml.push_str("\t\t\t<key>pfm_range_list</key>\n\t\t\t<array>\n");
            for choice in choices {
                let _ = writeln!(xml, "\t\t\t\t<string>{}</string>", choice.value);
            }
            xml.push_str("\t\t\t</array>\n");
        }
        _ => {}
    }
    xml.push_str("\t\t\t<key>pfm_default</key>\n");
    write_value(xml, &key.default_value(), 3);
    xml.push_str("\t\t</dict>\n");
}

const fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Truth => "boolean",
        Kind::Number { .. } => "integer",
        Kind::One(_) => "string",
        Kind::List(_) => "array",
        Kind::Table(..) => "dictionary",
    }
}

/// A profile to take keys out of.
pub(crate) fn profile() -> String {
    let mut xml = format!(
        "{HEAD}<!-- Each key has its default. Take out the keys that you do not decide, and give both identifiers a UUID of your own. -->
<dict>
	<key>PayloadContent</key>
	<array>
		<dict>
			<key>PayloadType</key>
			<string>{DOMAIN}</string>
			<key>PayloadIdentifier</key>
			<string>{DOMAIN}.policy.settings</string>
			<key>PayloadUUID</key>
			<string>2C8D7B4E-5E0C-4C5C-9B0A-6D3D7C0A1F01</string>
			<key>PayloadVersion</key>
			<integer>1</integer>
"
    );
    for key in KEYS {
        let _ = writeln!(xml, "\t\t\t<key>{}</key>", key.name);
        write_value(&mut xml, &key.default_value(), 3);
    }
    let _ = write!(
        xml,
        "\t\t</dict>
	</array>
	<key>PayloadDisplayName</key>
	<string>Pli</string>
	<key>PayloadIdentifier</key>
	<string>{DOMAIN}.policy</string>
	<key>PayloadScope</key>
	<string>System</string>
	<key>PayloadType</key>
	<string>Configuration</string>
	<key>PayloadUUID</key>
	<string>2C8D7B4E-5E0C-4C5C-9B0A-6D3D7C0A1F02</string>
	<key>PayloadVersion</key>
	<integer>1</integer>
</dict>
</plist>
"
    );
    xml
}

fn write_value(xml: &mut String, value: &Value, depth: usize) {
    let indent = "\t".repeat(depth);
    let _ = match value {
        Value::Bool(truth) => writeln!(xml, "{indent}<{truth} />"),
        Value::Number(number) => writeln!(xml, "{indent}<integer>{number}</integer>"),
        Value::String(text) => writeln!(xml, "{indent}<string>{}</string>", escaped(text)),
        Value::Array(entries) => {
            let _ = writeln!(xml, "{indent}<array>");
            for entry in entries {
                write_value(xml, entry, depth + 1);
            }
            writeln!(xml, "{indent}</array>")
        }
        Value::Object(entries) => {
            let _ = writeln!(xml, "{indent}<dict>");
            for (name, entry) in entries {
                let _ = writeln!(xml, "{indent}\t<key>{}</key>", escaped(name));
                write_value(xml, entry, depth + 1);
            }
            writeln!(xml, "{indent}</dict>")
        }
        Value::Null => Ok(()),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::macos::values;

    #[test]
    fn the_manifest_tells_of_every_key() {
        let manifest: plist::Value = plist::from_bytes(manifest().as_bytes()).unwrap();
        let subkeys = manifest
            .as_dictionary()
            .unwrap()
            .get("pfm_subkeys")
            .unwrap();
        let told: Vec<&str> = subkeys
            .as_array()
            .unwrap()
            .iter()
            .map(|key| {
                key.as_dictionary()
                    .unwrap()
                    .get("pfm_name")
                    .unwrap()
                    .as_string()
                    .unwrap()
            })
            .collect();
        assert_eq!(told, KEYS.iter().map(|key| key.name).collect::<Vec<_>>());
    }

    #[test]
    fn the_profile_says_what_pli_would_do_without_it() {
        let profile: plist::Value = plist::from_bytes(profile().as_bytes()).unwrap();
        let content = profile
            .as_dictionary()
            .unwrap()
            .get("PayloadContent")
            .unwrap();
        let payload = content.as_array().unwrap().first().unwrap();
        let mut bytes = Vec::new();
        payload.to_writer_xml(&mut bytes).unwrap();
        let values = values(&bytes).unwrap();
        for key in KEYS {
            assert_eq!(
                values.get(key.name),
                Some(&key.default_value()),
                "{}",
                key.name
            );
        }
        assert!(
            values.keys().all(|name| Key::named(name).is_some()),
            "of the payload's own keys none is taken for Pli's"
        );
    }
}
