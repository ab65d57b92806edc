//! The user's settings: the system's until changed, then kept in the account's store.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pli_core::{account::Account, values::ValueError};
use pli_ipc::wire::{Density, Language, NotificationContent, Os, Settings, Theme};
use serde_json::{Map, Value};

/// Under which the account's store keeps them.
const NAME: &str = "settings";

/// Percent; beyond these the page cannot be drawn.
const ZOOM: std::ops::RangeInclusive<u16> = 50..=300;

/// The settings in force.
pub(crate) struct SettingsInForce(Mutex<Settings>);

impl Default for SettingsInForce {
    fn default() -> Self {
        Self(Mutex::new(defaults()))
    }
}

impl SettingsInForce {
    /// Those in force now.
    pub(crate) fn get(&self) -> Settings {
        self.lock().clone()
    }

    /// Puts `settings` in force, after bringing their numbers into range.
    pub(crate) fn set(&self, settings: Settings) -> Settings {
        let settings = in_range(settings);
        self.lock().clone_from(&settings);
        settings
    }

    /// Puts in force what `account` kept; a new account keeps what is in force.
    pub(crate) async fn open(&self, account: &Account) {
        match account.value::<Map<String, Value>>(NAME) {
            Ok(Some(kept)) => {
                self.set(read(&kept));
            }
            Ok(None) => {
                if keep(account, &self.get()).await.is_err() {
                    tracing::warn!(name: "the settings could not be kept", "");
                }
            }
            Err(_) => tracing::warn!(name: "the settings could not be read", ""),
        }
    }

    /// The account is gone, and with it what was its user's choice alone; what the window looks
    /// like stays.
    pub(crate) fn close(&self) {
        let mut settings = self.lock();
        let Settings {
            theme,
            language,
            density,
            zoom,
            ..
        } = *settings;
        *settings = Settings {
            theme,
            language,
            density,
            zoom,
            ..defaults()
        };
    }

    fn lock(&self) -> MutexGuard<'_, Settings> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Keeps `settings` in the account's store.
pub(crate) async fn keep(account: &Account, settings: &Settings) -> Result<(), ValueError> {
    account.set_value(NAME, settings).await
}

/// Settings kept by any version: a field that is missing, unknown or of another shape has its
/// default.
fn read(kept: &Map<String, Value>) -> Settings {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(defaults()) else {
        return defaults();
    };
    let names: Vec<String> = fields.keys().cloned().collect();
    for name in names {
        let Some(value) = kept.get(&name) else {
            continue;
        };
        let mut tried = fields.clone();
        tried.insert(name, value.clone());
        if serde_json::from_value::<Settings>(Value::Object(tried.clone())).is_ok() {
            fields = tried;
        }
    }
    serde_json::from_value(Value::Object(fields)).unwrap_or_else(|_| defaults())
}

fn in_range(mut settings: Settings) -> Settings {
    settings.zoom = settings.zoom.clamp(*ZOOM.start(), *ZOOM.end());
    settings
}

/// What a new profile starts with.
pub(crate) fn defaults() -> Settings {
    Settings {
        theme: Theme::System,
        language: Language::System,
        density: Density::Normal,
        zoom: 100,
        enter_sends: true,
        notification_content: NotificationContent::Full,
        send_read_receipts: true,
        send_typing: true,
    }
}

/// English where the system speaks it, French everywhere else.
pub(crate) fn system_language() -> Language {
    language_of(sys_locale::get_locale().as_deref())
}

fn language_of(locale: Option<&str>) -> Language {
    match locale.map(|l| l.to_ascii_lowercase()) {
        Some(l) if l == "en" || l.starts_with("en-") || l.starts_with("en_") => Language::En,
        _ => Language::Fr,
    }
}

/// The operating system Pli was built for.
pub(crate) const fn os() -> Os {
    if cfg!(windows) {
        Os::Windows
    } else if cfg!(target_os = "macos") {
        Os::Macos
    } else {
        Os::Linux
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zoom_stays_where_the_page_can_be_drawn() {
        let in_force = SettingsInForce::default();
        for (asked, given) in [(0, 50), (50, 50), (125, 125), (u16::MAX, 300)] {
            let settings = Settings {
                zoom: asked,
                ..defaults()
            };
            assert_eq!(in_force.set(settings).zoom, given);
            assert_eq!(in_force.get().zoom, given);
        }
    }

    fn kept(json: &str) -> Settings {
        read(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn settings_of_another_version_are_read_as_far_as_they_are_understood() {
        assert_eq!(kept("{}"), defaults(), "an older version knew fewer");
        let newer = r#"{
            "theme": "sepia", "language": "en", "zoom": 125, "enterSends": "maybe",
            "sendTyping": false, "wallpaper": {"name": "hills"}
        }"#;
        assert_eq!(
            kept(newer),
            Settings {
                language: Language::En,
                zoom: 125,
                send_typing: false,
                ..defaults()
            },
            "what is not understood has its default, and takes nothing else with it"
        );
    }

    #[test]
    fn settings_are_read_back_as_they_were_kept() {
        let settings = Settings {
            theme: Theme::Dark,
            language: Language::En,
            density: Density::Compact,
            zoom: 200,
            enter_sends: false,
            notification_content: NotificationContent::Nothing,
            send_read_receipts: false,
            send_typing: false,
        };
        assert_eq!(kept(&serde_json::to_string(&settings).unwrap()), settings);
    }

    #[test]
    fn of_an_account_that_is_gone_only_looks_stay() {
        let in_force = SettingsInForce::default();
        in_force.set(Settings {
            theme: Theme::Dark,
            send_read_receipts: false,
            ..defaults()
        });
        in_force.close();
        assert_eq!(
            in_force.get(),
            Settings {
                theme: Theme::Dark,
                ..defaults()
            },
            "the next user has not chosen to hide what they read"
        );
    }

    #[test]
    fn an_unknown_locale_is_french() {
        for (locale, language) in [
            (Some("en-GB"), Language::En),
            (Some("en_US.UTF-8"), Language::En),
            (Some("fr-FR"), Language::Fr),
            (Some("C"), Language::Fr),
            (Some("eng"), Language::Fr),
            (None, Language::Fr),
        ] {
            assert_eq!(language_of(locale), language, "{locale:?}");
        }
    }
}
