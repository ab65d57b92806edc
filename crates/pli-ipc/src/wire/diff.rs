//! Changes of a list.

use serde::{Deserialize, Serialize};

/// One change of a list; the only switch over it in the page is `diffList.ts`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ListDiff<T> {
    /// Replaces everything; always the first message of a subscription.
    Reset {
        /// See the variant.
        values: Vec<T>,
    },
    /// Empties the list.
    Clear,
    /// Adds at the end.
    Append {
        /// See the variant.
        values: Vec<T>,
    },
    /// Adds before the first.
    PushFront {
        /// See the variant.
        value: T,
    },
    /// Adds behind the last.
    PushBack {
        /// See the variant.
        value: T,
    },
    /// Removes the first.
    PopFront,
    /// Removes the last.
    PopBack,
    /// Inserts before `index`.
    Insert {
        /// See the variant.
        index: u32,
        /// See the variant.
        value: T,
    },
    /// Replaces at `index`.
    Set {
        /// See the variant.
        index: u32,
        /// See the variant.
        value: T,
    },
    /// Removes at `index`.
    Remove {
        /// See the variant.
        index: u32,
    },
    /// Keeps the first `length`.
    Truncate {
        /// See the variant.
        length: u32,
    },
}
