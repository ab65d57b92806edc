//! Where the shell sends the page, and what the page tells of itself.

use serde::{Deserialize, Serialize};

use super::limit;

/// Where the shell asks the page to go: a clicked notification, a second start.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum Navigation {
    /// Open a room, at an event if given.
    OpenRoom {
        /// See the variant.
        room_id: String,
        /// See the variant.
        event_id: Option<String>,
    },
    /// Open the settings (menu).
    OpenSettings,
}

/// Arguments of `window_set_room`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WindowSetRoom {
    /// The room on screen: it gets no notification while the window has focus.
    #[serde(default, deserialize_with = "limit::some_id")]
    pub room_id: Option<String>,
}

/// Arguments of `link_open`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LinkOpen {
    /// Id of a `MessageNode::Link`.
    #[serde(deserialize_with = "limit::id")]
    pub id: String,
}

/// Arguments of `subscription_close`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SubscriptionClose {
    /// What the subscribing command answered.
    pub id: u32,
}
