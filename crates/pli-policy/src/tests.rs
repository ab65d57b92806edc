//! Files on a disk, and what Pli makes of them. The directories of a test belong to whoever runs
//! it, and that is the owner that is asked for.

#![cfg(unix)]

use std::{
    fs::{self, Permissions},
    os::unix::fs::{PermissionsExt as _, symlink},
    path::{Path, PathBuf},
};

use serde_json::{Map, Value, json};
use tempfile::TempDir;

use crate::{
    Ignored, Key, Language, NotificationContent, Policy, Problem, Reason, Rule, Rules, Source,
    Unknown,
};

struct Machine {
    root: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self {
            root: tempfile::tempdir().unwrap(),
        };
        for name in ["managed", "recommended"] {
            fs::create_dir_all(machine.policies().join(name)).unwrap();
        }
        for place in ["etc", "etc/pli", "etc/pli/policies"] {
            machine.set_mode(&machine.root.path().join(place), 0o755);
        }
        machine.set_mode(&machine.policies().join("managed"), 0o755);
        machine.set_mode(&machine.policies().join("recommended"), 0o755);
        machine
    }

    fn policies(&self) -> PathBuf {
        self.root.path().join("etc/pli/policies")
    }

    fn managed(&self, name: &str, text: &str) -> PathBuf {
        self.write(&self.policies().join("managed").join(name), text)
    }

    fn recommended(&self, name: &str, text: &str) -> PathBuf {
        self.write(&self.policies().join("recommended").join(name), text)
    }

    fn write(&self, path: &Path, text: &str) -> PathBuf {
        fs::write(path, text).unwrap();
        self.set_mode(path, 0o644);
        path.to_owned()
    }

    fn set_mode(&self, path: &Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn rules(&self) -> Rules {
        Rules::under(self.root.path(), rustix::process::getuid().as_raw())
    }

    /// Why the one place that was refused was.
    fn refused(&self, place: &Path) -> Reason {
        let rules = self.rules();
        let [refusal] = rules.refusals() else {
            panic!("one refusal, not {:?}", rules.refusals());
        };
        assert_eq!(Path::new(&refusal.place), place);
        refusal.reason
    }
}

fn rule(rules: &Rules, name: &str, own: &Value) -> Rule {
    let own = own.as_object().cloned().unwrap_or_default();
    let mut all = rules.in_force(&own).into_iter();
    all.find(|rule| rule.key.name == name).unwrap()
}

fn held(rules: &Rules, name: &str, own: &Value) -> (Value, Source) {
    let rule = rule(rules, name, own);
    (rule.value, rule.source)
}

#[test]
fn without_policies_the_defaults_hold() {
    let root = tempfile::tempdir().unwrap();
    let rules = Rules::under(root.path(), rustix::process::getuid().as_raw());
    assert_eq!(rules.policy(), Policy::default());
    assert_eq!(rules.refusals(), []);
    assert!(
        rules
            .in_force(&Map::new())
            .iter()
            .all(|rule| rule.source == Source::Default)
    );
}

#[test]
fn forced_beats_own_beats_recommended_beats_default() {
    let none = json!({});
    let own = json!({ "NotificationContent": "nothing" });
    let machine = Machine::new();
    let name = "NotificationContent";
    assert_eq!(
        held(&machine.rules(), name, &none),
        (json!("full"), Source::Default)
    );
    assert_eq!(
        held(&machine.rules(), name, &own),
        (json!("nothing"), Source::Own)
    );

    machine.recommended("a.json", r#"{"NotificationContent": "sender"}"#);
    assert_eq!(
        held(&machine.rules(), name, &none),
        (json!("sender"), Source::Recommended)
    );
    assert_eq!(
        held(&machine.rules(), name, &own),
        (json!("nothing"), Source::Own)
    );
    assert!(!machine.rules().is_forced(name));

    machine.managed("a.json", r#"{"NotificationContent": "full"}"#);
    assert_eq!(
        held(&machine.rules(), name, &own),
        (json!("full"), Source::Machine)
    );
    assert!(machine.rules().is_forced(name));
}

#[test]
fn the_computer_beats_the_user() {
    use crate::source::{Findings, Said};
    let said = |source, language: &str| Said {
        source,
        values: json!({ "Language": language })
            .as_object()
            .cloned()
            .unwrap(),
    };
    let findings = Findings {
        said: vec![said(Source::Machine, "fr"), said(Source::User, "en")],
        refusals: Vec::new(),
    };
    let rules = Rules::from(findings);
    assert_eq!(
        held(&rules, "Language", &json!({})),
        (json!("fr"), Source::Machine)
    );
    let findings = Findings {
        said: vec![said(Source::User, "en")],
        refusals: Vec::new(),
    };
    let rules = Rules::from(findings);
    let own = json!({ "Language": "fr" });
    assert_eq!(held(&rules, "Language", &own), (json!("en"), Source::User));
    assert!(rules.is_forced("Language"));
}

#[test]
fn a_key_without_a_setting_is_not_the_users_to_choose() {
    let machine = Machine::new();
    let own = json!({ "OtherServersAllowed": false });
    assert_eq!(
        held(&machine.rules(), "OtherServersAllowed", &own),
        (json!(true), Source::Default)
    );
}

#[test]
fn files_are_read_in_the_order_of_their_names() {
    let machine = Machine::new();
    machine.managed(
        "20-bureau.json",
        r#"{"IdleLockMinutes": 20, "SupportContact": "3400"}"#,
    );
    machine.managed(
        "10-ministere.json",
        r#"{"IdleLockMinutes": 10, "Language": "fr"}"#,
    );
    machine.managed(".hidden.json", r#"{"IdleLockMinutes": 30}"#);
    machine.managed("90-old.json~", r#"{"IdleLockMinutes": 40}"#);
    let policy = machine.rules().policy();
    assert_eq!(policy.idle_lock_minutes, 20);
    assert_eq!(policy.support_contact, "3400");
    assert_eq!(policy.language, Language::Fr);
}

#[test]
fn what_does_not_fit_is_ignored_alone_and_told() {
    let machine = Machine::new();
    machine.managed(
        "a.json",
        r#"{
            "IdleLockMinutes": 1441,
            "RetentionDays": "thirty",
            "UpdateMode": "sometimes",
            "ProxyUrl": "proxy.example",
            "Wallpaper": "hills",
            "CloseToTray": false,
            "NotificationContent": 3
        }"#,
    );
    machine.recommended("a.json", r#"{"NotificationContent": "sender"}"#);
    let rules = machine.rules();
    let forced = |problem| {
        [Ignored {
            source: Source::Machine,
            problem,
        }]
    };
    for (name, problem) in [
        ("IdleLockMinutes", Problem::OutOfRange),
        ("RetentionDays", Problem::WrongType),
        ("UpdateMode", Problem::OutOfRange),
        ("ProxyUrl", Problem::Malformed),
    ] {
        let rule = rule(&rules, name, &json!({}));
        assert_eq!(rule.ignored, forced(problem), "{name}");
        assert_eq!(rule.source, Source::Default, "{name}");
        assert_eq!(rule.value, Key::named(name).unwrap().default_value());
        assert!(!rules.is_forced(name));
    }
    let content = rule(&rules, "NotificationContent", &json!({}));
    assert_eq!(content.ignored, forced(Problem::WrongType));
    assert_eq!(
        (content.value, content.source),
        (json!("sender"), Source::Recommended)
    );
    assert_eq!(
        held(&rules, "CloseToTray", &json!({})),
        (json!(false), Source::Machine)
    );
    let unknown = Unknown {
        name: "Wallpaper".to_owned(),
        source: Source::Machine,
    };
    assert_eq!(rules.unknown(), [unknown]);
    assert_eq!(
        rules.policy().notification_content,
        NotificationContent::Sender
    );
}

#[test]
fn a_later_value_that_does_not_fit_leaves_the_earlier_one() {
    let machine = Machine::new();
    machine.managed("1.json", r#"{"OtherServersAllowed": false}"#);
    machine.managed("2.json", r#"{"OtherServersAllowed": "yes"}"#);
    let rules = machine.rules();
    assert_eq!(
        held(&rules, "OtherServersAllowed", &json!({})),
        (json!(false), Source::Machine)
    );
}

#[test]
fn what_cannot_be_used_is_given_up_and_told() {
    let machine = Machine::new();
    machine.managed("1.json", r#"{"ExtraAuthorities": ["/none.pem"]}"#);
    let mut rules = machine.rules();
    rules.give_up("ExtraAuthorities");
    let rule = rule(&rules, "ExtraAuthorities", &json!({}));
    assert_eq!((rule.value, rule.source), (json!([]), Source::Default));
    let problem = Problem::Unusable;
    assert_eq!(
        rule.ignored,
        [Ignored {
            source: Source::Machine,
            problem
        }]
    );
}

#[test]
fn a_file_that_others_may_write_to_is_refused_and_its_neighbours_hold() {
    let machine = Machine::new();
    machine.managed("1.json", r#"{"IdleLockMinutes": 5}"#);
    for mode in [0o664, 0o646, 0o666] {
        let open = machine.managed("2.json", r#"{"IdleLockMinutes": 0}"#);
        machine.set_mode(&open, mode);
        assert_eq!(machine.refused(&open), Reason::Writable, "{mode:o}");
        assert_eq!(machine.rules().policy().idle_lock_minutes, 5);
    }
}

#[test]
fn a_directory_that_others_may_write_to_is_refused() {
    let machine = Machine::new();
    machine.managed("1.json", r#"{"IdleLockMinutes": 5}"#);
    let root = machine.root.path().to_owned();
    for place in [
        "",
        "etc",
        "etc/pli",
        "etc/pli/policies",
        "etc/pli/policies/managed",
    ] {
        let place = if place.is_empty() {
            root.clone()
        } else {
            root.join(place)
        };
        machine.set_mode(&place, 0o777);
        assert_eq!(
            machine.refused(&place),
            Reason::Writable,
            "{}",
            place.display()
        );
        assert_eq!(machine.rules().policy(), Policy::default());
        machine.set_mode(&place, 0o755);
    }
    assert_eq!(
        machine.rules().policy().idle_lock_minutes,
        5,
        "and else it holds"
    );
}

#[test]
fn what_belongs_to_somebody_else_is_refused() {
    let machine = Machine::new();
    machine.managed("1.json", r#"{"IdleLockMinutes": 5}"#);
    let somebody = rustix::process::getuid().as_raw() + 1;
    let rules = Rules::under(machine.root.path(), somebody);
    let [refusal] = rules.refusals() else {
        panic!("{:?}", rules.refusals());
    };
    assert_eq!(refusal.reason, Reason::Owner);
    assert_eq!(rules.policy(), Policy::default());
}

#[test]
fn no_symbolic_link_is_followed() {
    let machine = Machine::new();
    let elsewhere = machine.root.path().join("elsewhere.json");
    machine.write(&elsewhere, r#"{"IdleLockMinutes": 5}"#);
    let link = machine.policies().join("managed/1.json");
    symlink(&elsewhere, &link).unwrap();
    assert_eq!(machine.refused(&link), Reason::Link);
    fs::remove_file(&link).unwrap();

    let managed = machine.policies().join("managed");
    fs::remove_dir(&managed).unwrap();
    symlink(machine.policies().join("recommended"), &managed).unwrap();
    assert_eq!(machine.refused(&managed), Reason::Link);
}

#[test]
fn what_is_no_policy_is_refused_and_its_neighbours_hold() {
    let machine = Machine::new();
    machine.managed("1.json", r#"{"IdleLockMinutes": 5}"#);
    let file = machine.policies().join("managed/2.json");
    for text in ["", "{", "[]", "null", "{\"Language\": \"fr\"} {}"] {
        machine.write(&file, text);
        assert_eq!(machine.refused(&file), Reason::Malformed, "{text:?}");
    }
    machine.write(
        &file,
        &format!("{{\"Language\": \"{}\"}}", "x".repeat(1024 * 1024)),
    );
    assert_eq!(machine.refused(&file), Reason::TooLarge);
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    machine.set_mode(&file, 0o755);
    assert_eq!(machine.refused(&file), Reason::Shape);
    assert_eq!(machine.rules().policy().idle_lock_minutes, 5);
}

#[test]
fn a_pipe_keeps_nobody_waiting() {
    let machine = Machine::new();
    let pipe = machine.policies().join("managed/1.json");
    let made = std::process::Command::new("mkfifo")
        .arg(&pipe)
        .status()
        .unwrap();
    assert!(made.success());
    machine.set_mode(&pipe, 0o644);
    assert_eq!(machine.refused(&pipe), Reason::Shape);
}

#[test]
fn what_the_log_is_told_it_may_write() {
    let problems = [
        Problem::UnknownKey,
        Problem::WrongType,
        Problem::OutOfRange,
        Problem::Malformed,
        Problem::Unusable,
    ];
    let reasons = [
        Reason::Owner,
        Reason::Writable,
        Reason::Link,
        Reason::Shape,
        Reason::TooLarge,
        Reason::Unreadable,
        Reason::Malformed,
    ];
    let names = crate::KEYS.iter().map(|key| key.name);
    let names = names
        .chain(problems.map(Problem::name))
        .chain(reasons.map(Reason::name));
    let missing: Vec<&str> = names
        .filter(|name| pli_diagnostics::words::WORDS.binary_search(name).is_err())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}
