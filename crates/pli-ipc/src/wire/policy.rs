//! What the organisation decides.

use serde::{Deserialize, Serialize};

/// What screens show of the policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyOnScreen {
    /// The servers to offer when signing in.
    pub servers: Vec<OfferedServer>,
    /// Whether others may be typed.
    pub other_servers: bool,
    /// The settings that the user cannot change.
    pub forced: Vec<ForcedSetting>,
    /// Whom to ask for help.
    pub support_contact: Option<String>,
}

/// A server to offer when signing in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct OfferedServer {
    /// Server name.
    pub name: String,
    /// What to call it.
    pub label: String,
}

/// A setting that the organisation can force; by the name that it has in `Settings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ForcedSetting {
    /// See the field.
    Language,
    /// See the field.
    NotificationContent,
}

/// Every key of the policy, and what was not taken from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyInForce {
    /// In the order of the pages.
    pub rules: Vec<PolicyRule>,
    /// Names that are no keys.
    pub unknown: Vec<PolicyUnknown>,
    /// Places that were not read.
    pub refusals: Vec<PolicyRefusal>,
}

/// A key, and the value that holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyRule {
    /// As it is written in a policy.
    pub key: String,
    /// For people.
    pub title: PolicyWords,
    /// What it is about, for people.
    pub chapter: PolicyWords,
    /// The value.
    pub value: PolicyValue,
    /// Who set it.
    pub source: PolicySource,
    /// What else was set, and did not fit.
    pub ignored: Vec<PolicyIgnored>,
    /// Whether this version of Pli does not obey it yet.
    pub pending: bool,
}

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyWords {
    /// French.
    pub fr: String,
    /// English.
    pub en: String,
}

/// A value, as it can be drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PolicyValue {
    /// Yes or no.
    Truth {
        /// See the variant.
        on: bool,
    },
    /// A number or a text.
    Text {
        /// See the variant.
        text: String,
    },
    /// One of a few.
    Choice {
        /// As it is written in a policy.
        text: String,
        /// What it means.
        means: PolicyWords,
    },
    /// A list or the lines of a table; empty for none.
    Lines {
        /// See the variant.
        lines: Vec<String>,
    },
}

/// Who set a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PolicySource {
    /// Nobody.
    Default,
    /// The organisation recommends it.
    Recommended,
    /// The user.
    Own,
    /// The organisation, for this user.
    User,
    /// The organisation, for this computer.
    Machine,
}

/// A value that was set and does not fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyIgnored {
    /// Who set it.
    pub source: PolicySource,
    /// What is wrong with it.
    pub problem: PolicyProblem,
}

/// Why a value does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PolicyProblem {
    /// No such key.
    UnknownKey,
    /// Of another type.
    WrongType,
    /// Beyond what the key allows.
    OutOfRange,
    /// Not of the form that the key asks for.
    Malformed,
    /// What it names cannot be used.
    Unusable,
}

/// A name that is no key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyUnknown {
    /// The name.
    pub name: String,
    /// Who set it.
    pub source: PolicySource,
}

/// A place that was not read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PolicyRefusal {
    /// Its path.
    pub place: String,
    /// Why.
    pub reason: PolicyReason,
}

/// Why a place was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum PolicyReason {
    /// It does not belong to the administrator.
    Owner,
    /// Others may write to it.
    Writable,
    /// A symbolic link.
    Link,
    /// No regular file, or no directory.
    Shape,
    /// Larger than a policy can be.
    TooLarge,
    /// It cannot be read.
    Unreadable,
    /// Not the JSON object that it should be.
    Malformed,
}
