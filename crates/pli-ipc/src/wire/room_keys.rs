//! Room keys in a file.

use serde::{Deserialize, Serialize};

use super::Secret;

/// Arguments of `room_keys_export` and `room_keys_import`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomKeysPassphrase {
    /// What the file is encrypted under.
    #[cfg_attr(test, ts(type = "string"))]
    pub passphrase: Secret,
}

/// What `room_keys_export` has written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ExportedKeys {
    /// The name on disk.
    pub name: String,
    /// Keys in the file.
    pub keys: u64,
}

/// What `room_keys_import` has found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct ImportedKeys {
    /// Keys that were not there.
    pub new: u64,
    /// Keys in the file.
    pub total: u64,
}

/// How far the work on a file of keys has come; zeros when there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct KeyFileProgress {
    /// Keys written or taken in.
    pub done: u64,
    /// Keys in all.
    pub total: u64,
}
