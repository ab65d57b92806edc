//! The page for IT.

use std::fmt::Write as _;

use super::{In, limits};
use crate::{Chapter, KEYS, Key, kind::Words};

/// The page in one language: what is told once, then every key.
pub(crate) fn page(language: In) -> String {
    let intro = match language {
        In::French => include_str!("intro.fr.md"),
        In::English => include_str!("intro.en.md"),
    };
    let count = KEYS.len().to_string();
    let mut page = intro.replace("{count}", &count);
    for chapter in Chapter::ALL {
        let _ = writeln!(page, "\n### {}", language.of(chapter.title()));
        for key in KEYS.iter().filter(|key| key.chapter == *chapter) {
            entry(&mut page, key, language);
        }
    }
    page
}

fn entry(page: &mut String, key: &Key, language: In) {
    let word = |fr, en| language.of(Words { fr, en });
    let _ = writeln!(page, "\n**`{}`** · {}\n", key.name, language.of(key.title));
    let _ = writeln!(page, "{}\n", language.of(key.about));
    let limits = limits(key.kind, language);
    let _ = writeln!(page, "- {} {limits}", word("Valeurs\u{a0}:", "Values:"));
    let default = key.default_value();
    let _ = writeln!(
        page,
        "- {} `{default}`",
        word("Par défaut\u{a0}:", "Default:")
    );
    if key.own {
        let _ = writeln!(
            page,
            "- {}",
            word(
                "L’utilisateur a ce réglage\u{a0}; il est verrouillé quand la clé est imposée.",
                "The user has this setting; it is locked when the key is forced.",
            )
        );
    }
    if let Some(awaits) = key.awaits {
        let _ = writeln!(
            page,
            "- {} {}.",
            word(
                "Sans effet avant que Pli n’ait",
                "Without effect until Pli has"
            ),
            language.of(awaits)
        );
    }
}
