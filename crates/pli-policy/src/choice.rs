//! The keys that are one of a few values.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::kind::{Choice, Words};

/// An enumeration, and the same as a list of choices.
macro_rules! choices {
    ($(#[doc = $doc:literal])* $name:ident { $($variant:ident = $value:literal, $fr:literal, $en:literal;)* }) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum $name {
            $(#[doc = $en] #[serde(rename = $value)] $variant,)*
        }

        impl $name {
            /// Its values, and what they mean.
            pub const CHOICES: &'static [Choice] = &[
                $(Choice { value: $value, means: Words { fr: $fr, en: $en } },)*
            ];

            /// As it is written in a policy.
            pub const fn value(self) -> &'static str {
                match self {
                    $(Self::$variant => $value,)*
                }
            }
        }
    };
}

choices! {
    /// A way to sign in.
    LoginMethod {
        Password = "password", "mot de passe", "password";
        Sso = "sso", "authentification unique, dans le navigateur", "single sign-on, in the browser";
        OAuth = "oauth", "OAuth 2, dans le navigateur", "OAuth 2, in the browser";
    }
}

choices! {
    /// What a notification tells.
    NotificationContent {
        Full = "full", "l’expéditeur et le texte", "the sender and the text";
        Sender = "sender", "l’expéditeur seul", "the sender alone";
        Nothing = "nothing", "ni l’un ni l’autre", "neither";
    }
}

choices! {
    /// The language of Pli.
    Language {
        System = "system", "celle du système", "that of the system";
        Fr = "fr", "français", "French";
        En = "en", "anglais", "English";
    }
}

choices! {
    /// How much the log tells.
    LogLevel {
        Error = "error", "les erreurs", "errors";
        Warn = "warn", "et les avertissements", "and warnings";
        Info = "info", "et les événements", "and events";
        Debug = "debug", "et le détail", "and details";
    }
}

choices! {
    /// How Pli is brought up to date.
    UpdateMode {
        Off = "off", "par le service informatique seul", "by IT alone";
        Notify = "notify", "Pli dit qu’une version est disponible", "Pli tells of a version";
        Automatic = "automatic", "Pli se met à jour", "Pli updates itself";
    }
}

choices! {
    /// A lifetime of messages.
    Timer {
        Off = "off", "sans limite", "without a limit";
        Hour = "1h", "une heure", "an hour";
        Day = "1d", "un jour", "a day";
        Week = "7d", "sept jours", "seven days";
        Month = "30d", "trente jours", "thirty days";
        Own = "own", "une durée choisie par l’utilisateur", "a time that the user chooses";
    }
}

impl Timer {
    /// Those that are a time of their own: all but [`Timer::Own`].
    pub const FIXED: &'static [Choice] = {
        let (fixed, _) = Self::CHOICES.split_at(5);
        fixed
    };

    /// How long a message lives; `None` where there is no limit, or where the user tells it.
    pub const fn lifetime(self) -> Option<Duration> {
        const HOUR: u64 = 60 * 60;
        match self {
            Self::Off | Self::Own => None,
            Self::Hour => Some(Duration::from_secs(HOUR)),
            Self::Day => Some(Duration::from_secs(24 * HOUR)),
            Self::Week => Some(Duration::from_secs(7 * 24 * HOUR)),
            Self::Month => Some(Duration::from_secs(30 * 24 * HOUR)),
        }
    }
}

choices! {
    /// A kind of room.
    RoomKind {
        Private = "private", "salon privé sécurisé", "secure private room";
        Guests = "guests", "salon privé ouvert aux externes", "private room open to guests";
        Clear = "clear", "salon privé non chiffré", "private room, not encrypted";
        Forum = "forum", "forum", "public room (forum)";
        Direct = "direct", "message direct", "direct";
    }
}
