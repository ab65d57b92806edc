//! The policy of the organisation, as the page draws it.

use pli_policy::{
    Choice, Ignored, Item, Key, Kind, Policy, Problem, Reason, Rule, Rules, Source, Words,
};
use serde_json::{Map, Value};

use crate::wire::{
    ForcedSetting, OfferedServer, PolicyIgnored, PolicyInForce, PolicyOnScreen, PolicyProblem,
    PolicyReason, PolicyRefusal, PolicyRule, PolicySource, PolicyUnknown, PolicyValue, PolicyWords,
};

/// What screens show of the rules.
pub fn policy_on_screen(rules: &Rules) -> PolicyOnScreen {
    let policy = rules.policy();
    let forced = [
        ("Language", ForcedSetting::Language),
        ("NotificationContent", ForcedSetting::NotificationContent),
    ];
    let forced = forced.into_iter().filter(|(key, _)| rules.is_forced(key));
    PolicyOnScreen {
        servers: offered(&policy),
        other_servers: policy.other_servers_allowed,
        forced: forced.map(|(_, setting)| setting).collect(),
        support_contact: Some(policy.support_contact).filter(|contact| !contact.is_empty()),
    }
}

/// One without a label is called by its name.
fn offered(policy: &Policy) -> Vec<OfferedServer> {
    let servers = policy.servers.iter();
    let offered = servers.map(|(name, label)| OfferedServer {
        name: name.clone(),
        label: if label.is_empty() { name } else { label }.clone(),
    });
    offered.collect()
}

/// Every rule, with the values that the user chose in the settings.
pub fn policy_in_force(rules: &Rules, own: &Map<String, Value>) -> PolicyInForce {
    let unknown = rules.unknown().iter().map(|unknown| PolicyUnknown {
        name: unknown.name.clone(),
        source: unknown.source.into(),
    });
    let refusals = rules.refusals().iter().map(|refusal| PolicyRefusal {
        place: refusal.place.clone(),
        reason: refusal.reason.into(),
    });
    PolicyInForce {
        rules: rules.in_force(own).into_iter().map(Into::into).collect(),
        unknown: unknown.collect(),
        refusals: refusals.collect(),
    }
}

impl From<Rule> for PolicyRule {
    fn from(rule: Rule) -> Self {
        Self {
            key: rule.key.name.to_owned(),
            title: rule.key.title.into(),
            chapter: rule.key.chapter.title().into(),
            value: value(rule.key, &rule.value),
            source: rule.source.into(),
            ignored: rule.ignored.into_iter().map(Into::into).collect(),
            pending: rule.key.awaits.is_some(),
        }
    }
}

fn value(key: &Key, value: &Value) -> PolicyValue {
    match (key.kind, value) {
        (_, Value::Bool(on)) => PolicyValue::Truth { on: *on },
        (_, Value::Array(entries)) => PolicyValue::Lines {
            lines: entries.iter().map(text).collect(),
        },
        (_, Value::Object(entries)) => PolicyValue::Lines {
            lines: entries
                .iter()
                .map(|(name, entry)| format!("{name} → {}", text(entry)))
                .collect(),
        },
        (Kind::One(Item::Choice(choices)), value) => choice(choices, &text(value)),
        (_, value) => PolicyValue::Text { text: text(value) },
    }
}

fn choice(choices: &[Choice], text: &str) -> PolicyValue {
    let chosen = choices.iter().find(|choice| choice.value == text);
    match chosen {
        Some(choice) => PolicyValue::Choice {
            text: text.to_owned(),
            means: choice.means.into(),
        },
        None => PolicyValue::Text {
            text: text.to_owned(),
        },
    }
}

/// A text without its quotes.
fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

impl From<Words> for PolicyWords {
    fn from(words: Words) -> Self {
        Self {
            fr: words.fr.to_owned(),
            en: words.en.to_owned(),
        }
    }
}

impl From<Ignored> for PolicyIgnored {
    fn from(ignored: Ignored) -> Self {
        Self {
            source: ignored.source.into(),
            problem: ignored.problem.into(),
        }
    }
}

impl From<Source> for PolicySource {
    fn from(source: Source) -> Self {
        match source {
            Source::Default => Self::Default,
            Source::Recommended => Self::Recommended,
            Source::Own => Self::Own,
            Source::User => Self::User,
            Source::Machine => Self::Machine,
        }
    }
}

impl From<Problem> for PolicyProblem {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::UnknownKey => Self::UnknownKey,
            Problem::WrongType => Self::WrongType,
            Problem::OutOfRange => Self::OutOfRange,
            Problem::Malformed => Self::Malformed,
            Problem::Unusable => Self::Unusable,
        }
    }
}

impl From<Reason> for PolicyReason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::Owner => Self::Owner,
            Reason::Writable => Self::Writable,
            Reason::Link => Self::Link,
            Reason::Shape => Self::Shape,
            Reason::TooLarge => Self::TooLarge,
            Reason::Unreadable => Self::Unreadable,
            Reason::Malformed => Self::Malformed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_policies_nothing_is_forced_and_every_rule_is_told() {
        let rules = Rules::default();
        assert_eq!(
            serde_json::to_value(policy_on_screen(&rules)).unwrap(),
            serde_json::json!({
                "servers": [], "otherServers": true, "forced": [], "supportContact": null,
            })
        );
        let told = policy_in_force(&rules, &Map::new());
        assert_eq!(told.rules.len(), pli_policy::KEYS.len());
        let language = told.rules.iter().find(|rule| rule.key == "Language");
        assert_eq!(
            serde_json::to_value(language).unwrap(),
            serde_json::json!({
                "key": "Language",
                "title": { "fr": "Langue", "en": "Language" },
                "chapter": { "fr": "Poste de travail", "en": "The computer" },
                "value": {
                    "kind": "choice", "text": "system",
                    "means": { "fr": "celle du système", "en": "that of the system" },
                },
                "source": "default", "ignored": [], "pending": false,
            })
        );
    }

    #[test]
    fn servers_are_offered_under_their_labels() {
        let server = |name: &str, label: &str| (name.to_owned(), label.to_owned());
        let policy = Policy {
            servers: [server("a.example", "Armées"), server("b.example", "")].into(),
            ..Policy::default()
        };
        let labels: Vec<String> = offered(&policy).into_iter().map(|o| o.label).collect();
        assert_eq!(labels, ["Armées", "b.example"]);
    }

    #[test]
    fn a_value_is_drawn_by_what_it_is() {
        let drawn = |key: &str, json: Value| value(Key::named(key).unwrap(), &json);
        assert_eq!(
            drawn("IdleLockMinutes", 5.into()),
            PolicyValue::Text {
                text: "5".to_owned()
            }
        );
        assert_eq!(
            drawn("Servers", serde_json::json!({ "a.example": "A" })),
            PolicyValue::Lines {
                lines: vec!["a.example → A".to_owned()]
            }
        );
        assert_eq!(
            drawn("LoginMethods", serde_json::json!(["sso"])),
            PolicyValue::Lines {
                lines: vec!["sso".to_owned()]
            }
        );
        assert_eq!(
            drawn("CloseToTray", true.into()),
            PolicyValue::Truth { on: true }
        );
    }
}
