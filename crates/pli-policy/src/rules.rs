//! Which value of each key holds.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    KEYS, Key, Policy, Problem,
    source::{self, Findings, Refusal, Source},
};

/// Of each key, the value that holds and how it came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The key.
    pub key: &'static Key,
    /// The value that holds.
    pub value: Value,
    /// Who set it.
    pub source: Source,
    /// What else was set, and did not fit.
    pub ignored: Vec<Ignored>,
}

/// A value that was set and does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ignored {
    /// Who set it.
    pub source: Source,
    /// What is wrong with it.
    pub problem: Problem,
}

/// A name that is no key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unknown {
    /// The name.
    pub name: String,
    /// Who set it.
    pub source: Source,
}

/// What the organisation laid down, as it was when Pli started.
#[derive(Debug, Default)]
pub struct Rules {
    /// By key: what fits, by who set it.
    values: BTreeMap<&'static str, BTreeMap<Source, Value>>,
    ignored: BTreeMap<&'static str, Vec<Ignored>>,
    unknown: Vec<Unknown>,
    refusals: Vec<Refusal>,
}

impl Rules {
    /// Those of this machine.
    pub fn of_this_machine() -> Self {
        Self::from(source::of_this_machine())
    }

    /// Those in the files under another root, as Linux has them; all of it must belong to the
    /// user with the number `owner`.
    #[cfg(unix)]
    pub fn under(root: &std::path::Path, owner: u32) -> Self {
        Self::from(source::linux::read(root, owner))
    }

    /// The policy that holds, but for what the user may choose.
    pub fn policy(&self) -> Policy {
        let rules = self.in_force(&Map::new());
        let values = rules
            .into_iter()
            .map(|rule| (rule.key.name.to_owned(), rule.value));
        // Each value was judged by its key; a test shows that what a key lets pass can be held.
        serde_json::from_value(values.collect()).unwrap_or_default()
    }

    /// Whether the user cannot change the key of this name.
    pub fn is_forced(&self, name: &str) -> bool {
        let values = self.values.get(name);
        values.is_some_and(|values| values.keys().any(|source| source.is_forced()))
    }

    /// The rule of each key, with the values that the user chose in the settings.
    pub fn in_force(&self, own: &Map<String, Value>) -> Vec<Rule> {
        KEYS.iter()
            .map(|key| self.rule(key, own.get(key.name)))
            .collect()
    }

    fn rule(&self, key: &'static Key, own: Option<&Value>) -> Rule {
        let own = own.filter(|value| key.own && key.kind.check(value).is_ok());
        let own = own.map(|value| (Source::Own, value));
        let set = self.values.get(key.name).into_iter().flatten();
        let set = set.map(|(source, value)| (*source, value)).chain(own);
        let (source, value) = match set.max_by_key(|(source, _)| *source) {
            Some((source, value)) => (source, value.clone()),
            None => (Source::Default, key.default_value()),
        };
        let ignored = self.ignored.get(key.name).cloned().unwrap_or_default();
        Rule {
            key,
            value,
            source,
            ignored,
        }
    }

    /// Gives up what the organisation set for a key, since it cannot be used.
    pub fn give_up(&mut self, name: &str) {
        if let Some((name, values)) = self.values.remove_entry(name) {
            let ignored = values.into_keys().map(|source| Ignored {
                source,
                problem: Problem::Unusable,
            });
            self.ignored.entry(name).or_default().extend(ignored);
        }
    }

    /// The names that are no keys.
    pub fn unknown(&self) -> &[Unknown] {
        &self.unknown
    }

    /// The places that were not read.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// Tells the log what was ignored: keys and reasons, no value.
    pub fn log(&self) {
        for (key, ignored) in &self.ignored {
            for Ignored { problem, .. } in ignored {
                tracing::warn!(name: "a value of the policy was ignored", key, problem = problem.name());
            }
        }
        for _ in &self.unknown {
            let problem = Problem::UnknownKey.name();
            tracing::warn!(name: "a value of the policy was ignored", problem);
        }
        for refusal in &self.refusals {
            let reason = refusal.reason.name();
            tracing::warn!(name: "a place of the policy was refused", reason);
        }
    }
}

impl From<Findings> for Rules {
    fn from(findings: Findings) -> Self {
        let mut rules = Self {
            refusals: findings.refusals,
            ..Self::default()
        };
        for said in findings.said {
            for (name, value) in said.values {
                rules.add(said.source, name, value);
            }
        }
        rules.unknown.sort();
        rules.unknown.dedup();
        rules
    }
}

impl Rules {
    fn add(&mut self, source: Source, name: String, value: Value) {
        let Some(key) = Key::named(&name) else {
            return self.unknown.push(Unknown { name, source });
        };
        match key.kind.check(&value) {
            Ok(()) => {
                self.values
                    .entry(key.name)
                    .or_default()
                    .insert(source, value);
            }
            Err(problem) => {
                let ignored = self.ignored.entry(key.name).or_default();
                ignored.push(Ignored { source, problem });
            }
        }
    }
}
