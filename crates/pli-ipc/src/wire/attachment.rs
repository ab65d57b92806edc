//! Files on their way out, and media on their way to disk.

use serde::{Deserialize, Serialize};

use super::limit;

/// A file the user chose, dropped or pasted: held by the shell until sent or discarded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct AttachmentDraft {
    /// Opaque id.
    pub id: String,
    /// Sanitised file name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// Sniffed by content for images, else by extension.
    pub mimetype: String,
    /// Media id of a preview, for images.
    pub preview: Option<String>,
    /// Pixels, for images.
    pub width: Option<u32>,
    /// Pixels, for images.
    pub height: Option<u32>,
    /// It is beyond the limit.
    pub too_large: bool,
    /// The limit of the server or the policy in bytes, when known.
    pub limit: Option<u64>,
    /// The policy blocks files of this type.
    pub blocked: bool,
}

/// What happens on the window with files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum AttachmentEvent {
    /// Files hover over the window.
    DragEntered,
    /// They left.
    DragLeft,
    /// They were dropped.
    Dropped {
        /// See the variant.
        drafts: Vec<AttachmentDraft>,
    },
}

/// Arguments of `attachment_send`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachmentSend {
    /// Room to send to.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Draft to send.
    #[serde(deserialize_with = "limit::id")]
    pub id: String,
    /// Markdown.
    #[serde(default, deserialize_with = "limit::some_text")]
    pub caption: Option<String>,
    /// Event replied to.
    #[serde(default, deserialize_with = "limit::some_id")]
    pub reply_to: Option<String>,
    /// How long it lives, in milliseconds, if less than the room's timer.
    pub lifetime: Option<u64>,
}

/// Arguments of `attachment_discard`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachmentDiscard {
    /// Draft to forget.
    #[serde(deserialize_with = "limit::id")]
    pub id: String,
}

/// Arguments of `media_save`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MediaSave {
    /// Medium to save; the shell asks where.
    #[serde(deserialize_with = "limit::id")]
    pub id: String,
}

/// Where a medium was saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct SavedMedia {
    /// The name on disk.
    pub name: String,
}
