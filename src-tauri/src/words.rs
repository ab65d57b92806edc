//! The words the shell says itself, from the page's own catalogue.

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use pli_ipc::wire::Language;

use crate::settings;

/// The catalogue's files the shell reads, in each language.
const FRENCH: &str = concat!(
    include_str!("../../ui/src/i18n/fr/notification.ftl"),
    include_str!("../../ui/src/i18n/fr/policies.ftl"),
    include_str!("../../ui/src/i18n/fr/shell.ftl"),
);
const ENGLISH: &str = concat!(
    include_str!("../../ui/src/i18n/en/notification.ftl"),
    include_str!("../../ui/src/i18n/en/policies.ftl"),
    include_str!("../../ui/src/i18n/en/shell.ftl"),
);

/// The words of one language.
pub(crate) struct Words(FluentBundle<FluentResource>);

impl Words {
    /// The words of the language of the settings.
    pub(crate) fn of(language: Language) -> Self {
        let language = match language {
            Language::System => settings::system_language(),
            chosen => chosen,
        };
        let (id, source) = match language {
            Language::En => ("en-GB", ENGLISH),
            Language::Fr | Language::System => ("fr-FR", FRENCH),
        };
        let mut bundle = FluentBundle::new_concurrent(id.parse().into_iter().collect());
        // A catalogue with an error still gives its other words; the tests below find errors.
        let resource =
            FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let _ = bundle.add_resource(resource);
        Self(bundle)
    }

    /// One message, `values` filled in; its id when the catalogue lacks it.
    pub(crate) fn say(&self, id: &str, values: &[(&str, &str)]) -> String {
        let Some(pattern) = self.0.get_message(id).and_then(|message| message.value()) else {
            return id.to_owned();
        };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, *value);
        }
        let mut errors = Vec::new();
        self.0
            .format_pattern(pattern, Some(&arguments), &mut errors)
            .into_owned()
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    /// The ids in a catalogue file.
    fn ids(source: &str) -> Vec<&str> {
        source
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" =").map(|(id, _)| id))
            .collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        assert!(!ids(FRENCH).is_empty());
        assert_eq!(ids(FRENCH), ids(ENGLISH));
        for source in [FRENCH, ENGLISH] {
            assert!(
                FluentResource::try_new(source.to_owned()).is_ok(),
                "a catalogue must parse"
            );
        }
    }

    /// The ids this crate asks for, file by file.
    fn asked_for() -> BTreeSet<String> {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let mut found = BTreeSet::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with("words.rs") {
                    let code = fs::read_to_string(path).unwrap();
                    let calls = code.split(".say(").skip(1);
                    found.extend(calls.map(|call| {
                        let id = call.trim_start().strip_prefix('"');
                        let id = id.expect("an id is written where it is said");
                        id.split('"').next().unwrap_or_default().to_owned()
                    }));
                }
            }
        }
        found
    }

    #[test]
    fn every_word_is_in_the_catalogue_and_every_message_is_said() {
        let catalogue: BTreeSet<String> = ids(FRENCH).into_iter().map(str::to_owned).collect();
        assert_eq!(asked_for(), catalogue);
    }

    #[test]
    fn values_are_filled_in_and_kept_apart() {
        let words = Words::of(Language::Fr);
        let said = words.say("notification-from", &[("sender", "Anne")]);
        assert_eq!(
            said, "\u{2068}Anne\u{2069} vous a écrit",
            "a name cannot turn the sentence round"
        );
        assert_eq!(words.say("no-such-word", &[]), "no-such-word");
    }
}
