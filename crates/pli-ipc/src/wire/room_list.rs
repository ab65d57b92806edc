//! The room list.

use serde::{Deserialize, Serialize};

use super::{MembershipChange, Sender};

/// A row of the room list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RoomSummary {
    /// Matrix room id.
    pub room_id: String,
    /// Computed display name.
    pub name: String,
    /// Media id.
    pub avatar: Option<String>,
    /// What sort of room.
    pub kind: RoomKind,
    /// Whether `m.room.encryption` is set.
    pub encrypted: bool,
    /// The user's own membership.
    pub membership: RoomMembership,
    /// Who invited, for an invitation.
    pub inviter: Option<Sender>,
    /// Tagged `m.favourite`.
    pub favourite: bool,
    /// Tagged `m.lowpriority`.
    pub low_priority: bool,
    /// No notification of any kind.
    pub muted: bool,
    /// Messages since the read receipt.
    pub unread_messages: u32,
    /// Of these, those that notify.
    pub unread_notifications: u32,
    /// Of these, those that mention the user.
    pub unread_mentions: u32,
    /// Marked unread by hand (`m.marked_unread`).
    pub marked_unread: bool,
    /// Preview of the latest event.
    pub latest: Option<LatestPreview>,
    /// When the room was last active.
    pub timestamp: Option<u64>,
    /// Start of the draft, if any.
    pub draft: Option<String>,
}

/// What sort of room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RoomKind {
    /// With one person (`m.direct`).
    Direct,
    /// By invitation.
    Private,
    /// By invitation, guests too.
    Open,
    /// By invitation, not encrypted.
    Unencrypted,
    /// Anybody may join.
    Public,
    /// A space (`m.space`).
    Space,
}

/// The user's own membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum RoomMembership {
    /// Member.
    Joined,
    /// Invited.
    Invited,
    /// Asked to join.
    Knocked,
    /// Left or removed.
    Left,
}

/// Preview of the latest event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct LatestPreview {
    /// Display name.
    pub sender: String,
    /// Sent by the user.
    pub own: bool,
    /// What to draw.
    pub content: PreviewContent,
    /// Still in the send queue.
    pub sending: bool,
    /// Could not be sent.
    pub failed: bool,
}

/// What a preview says; the page words it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum PreviewContent {
    /// Start of the plain text.
    Text {
        /// See the variant.
        text: String,
    },
    /// `/me`.
    Emote {
        /// See the variant.
        text: String,
    },
    /// An image.
    Image,
    /// A video.
    Video,
    /// A sound or voice message.
    Audio,
    /// A file.
    File {
        /// See the variant.
        name: String,
    },
    /// A sticker.
    Sticker,
    /// A poll.
    Poll {
        /// See the variant.
        question: String,
    },
    /// A place.
    Location,
    /// Redacted.
    Redacted,
    /// Cannot be decrypted yet.
    Undecryptable,
    /// A call.
    Call,
    /// Somebody joined, left…
    Membership {
        /// See the variant.
        change: MembershipChange,
        /// See the variant.
        name: String,
    },
    /// Anything else.
    Other,
}
