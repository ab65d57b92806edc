//! One key of the policy, and the macro that makes the struct and the table of keys at once.

use serde_json::Value;

use crate::kind::{Kind, Words};

/// One key.
#[derive(Debug, PartialEq, Eq)]
pub struct Key {
    /// As it is written in a policy.
    pub name: &'static str,
    /// Under which it is listed.
    pub chapter: Chapter,
    /// What it may hold.
    pub kind: Kind,
    /// Its name for people.
    pub title: Words,
    /// What it does.
    pub about: Words,
    /// Whether the user has a setting of the same meaning.
    pub own: bool,
    /// The part of Pli that will obey it, where that is not there yet.
    pub awaits: Option<Words>,
}

impl Key {
    /// The key of this name.
    pub fn named(name: &str) -> Option<&'static Self> {
        crate::KEYS.iter().find(|key| key.name == name)
    }

    /// Its value where nobody set one.
    pub fn default_value(&self) -> Value {
        let defaults = serde_json::to_value(crate::Policy::default());
        let value = defaults
            .ok()
            .and_then(|mut all| all.get_mut(self.name).map(Value::take));
        value.unwrap_or_default()
    }
}

macro_rules! chapters {
    ($($name:ident $fr:literal $en:literal)*) => {
        /// What a key is about.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Chapter {
            $(#[doc = $en] $name,)*
        }

        impl Chapter {
            /// In the order of the pages.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its name for programs.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }

            /// Its name for people.
            pub const fn title(self) -> Words {
                match self {
                    $(Self::$name => Words { fr: $fr, en: $en },)*
                }
            }
        }
    };
}

chapters! {
    Servers "Serveurs et connexion" "Servers and signing in"
    Network "Réseau" "Network"
    Device "Poste de travail" "The computer"
    Protection "Protection" "Protection"
    Messages "Durée de vie des messages" "Lifetime of messages"
    Files "Fichiers" "Files"
    Support "Assistance et mises à jour" "Support and updates"
}

/// Makes `Policy`, its defaults and `KEYS` of one table.
macro_rules! policy {
    ($($chapter:ident { $(
        $name:ident $field:ident: $type:ty = $default:expr, $kind:expr;
        fr $title_fr:literal $fr:literal
        en $title_en:literal $en:literal
        $(, own $own:literal)?
        $(, awaits $awaits_fr:literal $awaits_en:literal)?
    )* })*) => {
        /// What the organisation decides; without it, the defaults.
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "PascalCase", deny_unknown_fields)]
        pub struct Policy {
            $($(#[doc = $en] pub $field: $type,)*)*
        }

        impl Default for Policy {
            fn default() -> Self {
                Self { $($($field: $default,)*)* }
            }
        }

        /// The keys, in the order of the pages.
        pub static KEYS: &[$crate::Key] = &[$($($crate::Key {
            name: stringify!($name),
            chapter: $crate::Chapter::$chapter,
            kind: $kind,
            title: $crate::Words { fr: $title_fr, en: $title_en },
            about: $crate::Words { fr: $fr, en: $en },
            own: false $(|| $own)?,
            awaits: {
                #[allow(unused_mut, unused_assignments)]
                let mut awaits = None;
                $(awaits = Some($crate::Words { fr: $awaits_fr, en: $awaits_en });)?
                awaits
            },
        },)*)*];
    };
}
