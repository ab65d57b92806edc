//! The user's settings: the system's until changed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pli_ipc::wire::{Density, Language, NotificationContent, Os, Settings, Theme};

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

    fn lock(&self) -> MutexGuard<'_, Settings> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
