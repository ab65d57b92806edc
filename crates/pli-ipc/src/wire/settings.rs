//! Settings and facts about the program.

use serde::{Deserialize, Serialize};

/// The user's own settings, kept in the encrypted store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
    /// Colours.
    pub theme: Theme,
    /// Words.
    pub language: Language,
    /// Room for rows.
    pub density: Density,
    /// Percent, 50 to 300.
    pub zoom: u16,
    /// Enter sends and Shift+Enter breaks the line; swapped when false.
    pub enter_sends: bool,
    /// What a notification tells.
    pub notification_content: NotificationContent,
    /// Whether others see what was read.
    pub send_read_receipts: bool,
    /// Whether others see that one is writing.
    pub send_typing: bool,
}

/// Colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Theme {
    /// As the operating system.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// Words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Language {
    /// As the operating system; French if unknown.
    System,
    /// French.
    Fr,
    /// English.
    En,
}

/// Room for rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Density {
    /// As drawn in the mock.
    Normal,
    /// More rows on a small screen.
    Compact,
}

/// What a notification tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum NotificationContent {
    /// Only that something came.
    Nothing,
    /// Room and sender.
    Sender,
    /// Room, sender and text.
    Full,
}

/// What the page must know before anything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AppInfo {
    /// Version of Pli.
    pub version: String,
    /// For key names and window controls.
    pub os: Os,
    /// What `Language::System` stands for: `fr` or `en`.
    pub system_language: Language,
    /// Name given by `--profile`.
    pub profile: Option<String>,
}

/// Operating system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum Os {
    /// Linux.
    Linux,
    /// Windows.
    Windows,
    /// macOS.
    Macos,
}
