//! What is made from the keys, and checked in.

use std::{fmt::Write as _, fs, path::PathBuf};

use crate::kind::{Choice, Form, Item, Kind, Words};

mod admx;
mod macos;
mod page;
mod samples;
mod schema;

/// The two languages of every document.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum In {
    French,
    English,
}

impl In {
    pub(crate) fn of(self, words: Words) -> &'static str {
        match self {
            Self::French => words.fr,
            Self::English => words.en,
        }
    }
}

/// Every document: where it is, from the root of the repository, and what it says.
fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("docs/policy.md", page::page(In::English)),
        ("docs/policy.fr.md", page::page(In::French)),
        ("docs/policy/pli.schema.json", schema::text()),
        ("docs/policy/windows/pli.admx", admx::template()),
        (
            "docs/policy/windows/en-US/pli.adml",
            admx::words(In::English),
        ),
        (
            "docs/policy/windows/fr-FR/pli.adml",
            admx::words(In::French),
        ),
        ("docs/policy/macos/fr.pli.desktop.plist", macos::manifest()),
        (
            "docs/policy/macos/fr.pli.desktop.mobileconfig",
            macos::profile(),
        ),
    ]
}

/// What a key may hold, for people.
pub(crate) fn limits(kind: Kind, language: In) -> String {
    let (whole, list, table, to) = match language {
        In::French => ("nombre entier de", "liste\u{a0}: ", "table\u{a0}: ", "à"),
        In::English => ("whole number from", "list: ", "table: ", "to"),
    };
    match kind {
        Kind::Truth => "true, false".to_owned(),
        Kind::Number { least, most } => format!("{whole} {least} {to} {most}"),
        Kind::One(item) => item_limits(item, language),
        Kind::List(item) => format!("{list}{}", item_limits(item, language)),
        Kind::Table(name, item) => format!(
            "{table}{} → {}",
            item_limits(name, language),
            item_limits(item, language)
        ),
    }
}

fn item_limits(item: Item, language: In) -> String {
    match item {
        Item::Text(form) => form_words(form, language).to_owned(),
        Item::Choice(choices) => choice_list(choices, language),
    }
}

fn choice_list(choices: &[Choice], language: In) -> String {
    let mut text = String::new();
    for (place, choice) in choices.iter().enumerate() {
        let comma = if place == 0 { "" } else { ", " };
        let _ = write!(
            text,
            "{comma}{} ({})",
            choice.value,
            language.of(choice.means)
        );
    }
    text
}

fn form_words(form: Form, language: In) -> &'static str {
    language.of(match form {
        Form::Line => Words {
            fr: "une ligne de texte",
            en: "a line of text",
        },
        Form::Domain => Words {
            fr: "un domaine",
            en: "a domain",
        },
        Form::Server => Words {
            fr: "le nom d’un serveur, avec son port s’il n’est pas l’habituel",
            en: "the name of a server, with its port where it is not the usual one",
        },
        Form::Address => Words {
            fr: "une adresse https",
            en: "an https address",
        },
        Form::Proxy => Words {
            fr: "une adresse http ou https, sans chemin ni mot de passe",
            en: "an http or https address, without path or password",
        },
        Form::Path => Words {
            fr: "un chemin absolu, ou qui commence par ~/ (le dossier de l’utilisateur)",
            en: "an absolute path, or one that begins with ~/ (the user’s home)",
        },
        Form::FileType => Words {
            fr: "une extension en minuscules, sans le point",
            en: "an extension in lower case, without the dot",
        },
    })
}

/// A text for XML.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Fails when a document does not say what the keys do; `cargo xtask policy` writes them.
#[test]
fn no_document_is_stale_or_made_from_nothing() {
    let writes = std::env::var_os("PLI_WRITE_POLICY").is_some();
    for (path, text) in documents() {
        let file = root().join(path);
        if writes {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, &text).unwrap();
        }
        let kept = fs::read_to_string(&file).unwrap_or_default();
        assert!(kept == text, "{path} is stale: run `cargo xtask policy`");
    }
    let made: Vec<PathBuf> = documents()
        .iter()
        .map(|(path, _)| root().join(path))
        .collect();
    let mut folders = vec![root().join("docs/policy")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                assert!(made.contains(&path), "{} is left over", path.display());
            }
        }
    }
}
