//! The user's settings: the system's until changed, then kept in the account's store. Some of
//! them the organisation may decide.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pli_core::{account::Account, values::ValueError};
use pli_ipc::wire::{Density, Language, NotificationContent, Os, Settings, Theme};
use pli_policy::Rules;
use serde_json::{Map, Value};

/// Under which the account's store keeps them.
const NAME: &str = "settings";

/// Percent; beyond these the page cannot be drawn.
const ZOOM: std::ops::RangeInclusive<u16> = 50..=300;

/// The settings that the organisation may decide, and its keys for them; both write values alike.
const DECIDED: [(&str, &str); 2] = [
    ("language", "Language"),
    ("notificationContent", "NotificationContent"),
];

/// What the window looks like: it stays when the account goes.
const LOOKS: [&str; 4] = ["theme", "language", "density", "zoom"];

/// The settings in force.
pub(crate) struct SettingsInForce {
    rules: Arc<Rules>,
    held: Mutex<Held>,
}

struct Held {
    /// What the user chose, by field.
    own: Map<String, Value>,
    in_force: Settings,
}

impl SettingsInForce {
    /// Those of a user who chose nothing.
    pub(crate) fn new(rules: Arc<Rules>) -> Self {
        let held = Held {
            own: Map::new(),
            in_force: in_force(&rules, &Map::new()),
        };
        Self {
            rules,
            held: Mutex::new(held),
        }
    }

    /// Those in force now.
    pub(crate) fn get(&self) -> Settings {
        self.lock().in_force.clone()
    }

    /// What the user chose of what the organisation may decide, by its keys.
    pub(crate) fn chosen(&self) -> Map<String, Value> {
        by_key(&self.lock().own)
    }

    /// Puts `settings` in force, but for what the organisation decides, after bringing their
    /// numbers into range.
    pub(crate) fn set(&self, settings: Settings) -> Settings {
        let mut held = self.lock();
        let before = fields(&held.in_force);
        for (name, value) in fields(&in_range(settings)) {
            if before.get(&name) != Some(&value) && !self.is_forced(&name) {
                held.own.insert(name, value);
            }
        }
        self.renew(&mut held)
    }

    /// Puts in force what `account` kept; a new account keeps what was chosen.
    pub(crate) async fn open(&self, account: &Account) {
        match account.value::<Map<String, Value>>(NAME) {
            Ok(Some(kept)) => {
                self.read(kept);
            }
            Ok(None) => {
                if self.keep(account).await.is_err() {
                    tracing::warn!(name: "the settings could not be kept", "");
                }
            }
            Err(_) => tracing::warn!(name: "the settings could not be read", ""),
        }
    }

    /// Keeps what the user chose in the account's store.
    pub(crate) async fn keep(&self, account: &Account) -> Result<(), ValueError> {
        let own = self.lock().own.clone();
        account.set_value(NAME, &own).await
    }

    /// The account is gone, and with it what was its user's choice alone; what the window looks
    /// like stays.
    pub(crate) fn close(&self) {
        let mut held = self.lock();
        held.own.retain(|name, _| LOOKS.contains(&name.as_str()));
        self.renew(&mut held);
    }

    /// Settings kept by any version.
    fn read(&self, kept: Map<String, Value>) -> Settings {
        let mut held = self.lock();
        held.own = kept;
        self.renew(&mut held)
    }

    fn renew(&self, held: &mut Held) -> Settings {
        held.in_force = in_force(&self.rules, &held.own);
        held.in_force.clone()
    }

    fn is_forced(&self, field: &str) -> bool {
        let mut decided = DECIDED.into_iter();
        decided.any(|(name, key)| name == field && self.rules.is_forced(key))
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn by_key(own: &Map<String, Value>) -> Map<String, Value> {
    let chosen = DECIDED.into_iter();
    let chosen = chosen.filter_map(|(name, key)| Some((key.to_owned(), own.get(name)?.clone())));
    chosen.collect()
}

/// What the user chose, over the defaults and under the rules. A field that is unknown or of
/// another shape is as if it had not been chosen.
fn in_force(rules: &Rules, own: &Map<String, Value>) -> Settings {
    let mut settings = fields(&defaults());
    let rules = rules.in_force(&by_key(own));
    let decided = DECIDED.into_iter().filter_map(|(name, key)| {
        let rule = rules.iter().find(|rule| rule.key.name == key)?;
        Some((name, &rule.value))
    });
    let chosen = own.iter().map(|(name, value)| (name.as_str(), value));
    for (name, value) in chosen.chain(decided) {
        if !settings.contains_key(name) {
            continue;
        }
        let mut tried = settings.clone();
        tried.insert(name.to_owned(), value.clone());
        if serde_json::from_value::<Settings>(Value::Object(tried.clone())).is_ok() {
            settings = tried;
        }
    }
    let settings = serde_json::from_value(Value::Object(settings));
    in_range(settings.unwrap_or_else(|_| defaults()))
}

/// The fields of `settings`.
fn fields(settings: &Settings) -> Map<String, Value> {
    match serde_json::to_value(settings) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
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

    fn settings() -> SettingsInForce {
        SettingsInForce::new(Arc::default())
    }

    #[test]
    fn zoom_stays_where_the_page_can_be_drawn() {
        let in_force = settings();
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
        settings().read(serde_json::from_str(json).unwrap())
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
        let chosen = Settings {
            theme: Theme::Dark,
            language: Language::En,
            density: Density::Compact,
            zoom: 200,
            enter_sends: false,
            notification_content: NotificationContent::Nothing,
            send_read_receipts: false,
            send_typing: false,
        };
        let in_force = settings();
        in_force.set(chosen.clone());
        let own = in_force.lock().own.clone();
        assert_eq!(settings().read(own), chosen);
        assert_eq!(
            kept(&serde_json::to_string(&chosen).unwrap()),
            chosen,
            "as the first version kept them"
        );
    }

    #[test]
    fn of_an_account_that_is_gone_only_looks_stay() {
        let in_force = settings();
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

    /// Under a policy of two files.
    #[cfg(unix)]
    fn under(managed: &str, recommended: &str) -> SettingsInForce {
        use std::{
            fs::{self, Permissions},
            os::unix::fs::{MetadataExt as _, PermissionsExt as _},
        };

        let root = tempfile::tempdir().unwrap();
        let policies = root.path().join("etc/pli/policies");
        for (name, text) in [("managed", managed), ("recommended", recommended)] {
            fs::create_dir_all(policies.join(name)).unwrap();
            let file = policies.join(name).join("a.json");
            fs::write(&file, text).unwrap();
            for place in file.ancestors().take_while(|place| *place != root.path()) {
                fs::set_permissions(place, Permissions::from_mode(0o755)).unwrap();
            }
        }
        let owner = fs::metadata(root.path()).unwrap().uid();
        let rules = Rules::under(root.path(), owner);
        assert_eq!(rules.refusals(), []);
        SettingsInForce::new(Arc::new(rules))
    }

    #[cfg(unix)]
    #[test]
    fn what_the_organisation_forces_the_user_cannot_change() {
        let in_force = under(r#"{"NotificationContent": "nothing"}"#, "{}");
        let asked = Settings {
            notification_content: NotificationContent::Full,
            zoom: 125,
            ..in_force.get()
        };
        let given = in_force.set(asked);
        assert_eq!(given.notification_content, NotificationContent::Nothing);
        assert_eq!(given.zoom, 125, "the rest is the user's");
        let kept = r#"{"notificationContent": "sender"}"#;
        let read = in_force.read(serde_json::from_str(kept).unwrap());
        assert_eq!(read.notification_content, NotificationContent::Nothing);
    }

    #[cfg(unix)]
    #[test]
    fn what_the_organisation_recommends_holds_until_the_user_chooses() {
        let in_force = under("{}", r#"{"Language": "en"}"#);
        assert_eq!(in_force.get().language, Language::En);
        in_force.set(Settings {
            zoom: 125,
            ..in_force.get()
        });
        assert!(
            in_force.chosen().is_empty(),
            "another setting is no choice of this one"
        );
        in_force.set(Settings {
            language: Language::Fr,
            ..in_force.get()
        });
        assert_eq!(in_force.get().language, Language::Fr);
        assert_eq!(
            in_force.chosen(),
            serde_json::json!({"Language": "fr"})
                .as_object()
                .cloned()
                .unwrap()
        );
    }

    #[test]
    fn the_page_and_the_policy_write_a_choice_alike() {
        for choice in pli_policy::Language::CHOICES {
            let json = Value::from(choice.value);
            assert!(serde_json::from_value::<Language>(json).is_ok());
        }
        for choice in pli_policy::NotificationContent::CHOICES {
            let json = Value::from(choice.value);
            assert!(serde_json::from_value::<NotificationContent>(json).is_ok());
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
