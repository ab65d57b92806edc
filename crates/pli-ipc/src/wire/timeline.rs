//! The timeline of a room, and what is sent to it.

use serde::{Deserialize, Serialize};

use super::{
    IpcError, IpcErrorCode, ListDiff, MessageNode, PreviewContent, Sender, StateChange, TextStyle,
    limit,
};

/// What a timeline subscription sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TimelineUpdate {
    /// Changes of the items, in order.
    Diffs {
        /// See the variant.
        diffs: Vec<ListDiff<TimelineItem>>,
    },
    /// Older events are being fetched.
    Paginating,
    /// Nothing is being fetched.
    Idle {
        /// See the variant.
        reached_start: bool,
    },
    /// Fetching older events failed.
    Failed {
        /// See the variant.
        error: IpcError,
    },
    /// Who is writing.
    Typing {
        /// See the variant.
        users: Vec<Sender>,
    },
    /// The room is shown around one event; live messages are elsewhere.
    HistoryGap,
}

/// A row of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct TimelineItem {
    /// Stable while the row lives, also from local echo to remote event.
    pub key: String,
    /// What to draw.
    pub content: TimelineItemContent,
}

/// What a row draws.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum TimelineItemContent {
    /// A new day starts.
    DayDivider {
        /// See the variant.
        timestamp: u64,
    },
    /// Everything below is unread.
    ReadMarker,
    /// The first event of the room.
    Start,
    /// An event.
    Event {
        /// See the variant.
        event: Box<EventItem>,
    },
}

/// An event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EventItem {
    /// Once the server has given one.
    pub event_id: Option<String>,
    /// While it is a local echo.
    pub transaction_id: Option<String>,
    /// Who.
    pub sender: Sender,
    /// Sent by the user.
    pub own: bool,
    /// When, as the sender's server said.
    pub timestamp: u64,
    /// What.
    pub body: EventBody,
    /// For local echoes.
    pub send_state: Option<SendState>,
    /// Shown in its latest version.
    pub edited: bool,
    /// Mentions the user.
    pub highlight: bool,
    /// What it answers.
    pub reply: Option<Reply>,
    /// Part of a thread: marked in the timeline.
    pub in_thread: bool,
    /// In order of appearance.
    pub reactions: Vec<Reaction>,
    /// Whose read receipt stands here, the user left out.
    pub read_by: Vec<Sender>,
    /// When it disappears, in milliseconds of the epoch.
    pub ends_at: Option<u64>,
    /// What is wrong with its encryption.
    pub warning: Option<EventWarning>,
    /// What the user may do.
    pub can: EventPermissions,
}

/// Body of an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum EventBody {
    /// Text.
    Text {
        /// See the variant.
        nodes: Vec<MessageNode>,
        /// See the variant.
        style: TextStyle,
    },
    /// An image.
    Image {
        /// See the variant.
        media: MediaInfo,
        /// See the variant.
        caption: Option<Vec<MessageNode>>,
    },
    /// A video.
    Video {
        /// See the variant.
        media: MediaInfo,
        /// See the variant.
        caption: Option<Vec<MessageNode>>,
    },
    /// A sound; `voice` for a voice message (MSC3245).
    Audio {
        /// See the variant.
        media: MediaInfo,
        /// See the variant.
        voice: bool,
        /// See the variant.
        caption: Option<Vec<MessageNode>>,
    },
    /// A file.
    File {
        /// See the variant.
        media: MediaInfo,
        /// See the variant.
        caption: Option<Vec<MessageNode>>,
    },
    /// A sticker.
    Sticker {
        /// See the variant.
        media: MediaInfo,
    },
    /// A place, as text.
    Location {
        /// See the variant.
        description: String,
        /// See the variant.
        geo_uri: String,
    },
    /// A poll, read only.
    Poll {
        /// See the variant.
        question: String,
        /// See the variant.
        answers: Vec<PollAnswer>,
        /// See the variant.
        ended: bool,
        /// See the variant.
        disclosed: bool,
    },
    /// Redacted; `by` when somebody else did it.
    Redacted {
        /// See the variant.
        by: Option<String>,
    },
    /// Not decrypted (yet).
    Undecryptable {
        /// See the variant.
        reason: UndecryptableReason,
    },
    /// A change of the room or of a membership.
    State {
        /// See the variant.
        change: StateChange,
    },
    /// A call, which this version cannot take.
    Call {
        /// See the variant.
        missed: bool,
    },
    /// Another kind of event.
    Unsupported {
        /// See the variant.
        event_type: String,
    },
}

/// A file or image in an event; bytes come through `pli-media:`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct MediaInfo {
    /// Media id: `pli-media://localhost/{id}`.
    pub id: String,
    /// Sanitised file name.
    pub name: String,
    /// Bytes, as announced.
    pub size: Option<u64>,
    /// As announced, from an allow-list.
    pub mimetype: Option<String>,
    /// Pixels, as announced.
    pub width: Option<u32>,
    /// Pixels, as announced.
    pub height: Option<u32>,
    /// For sound and video.
    pub duration_ms: Option<u64>,
    /// Media id of a thumbnail, for images and videos.
    pub thumbnail: Option<String>,
}

/// An answer of a poll.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PollAnswer {
    /// Plain text.
    pub text: String,
    /// Votes, when they may be shown.
    pub votes: Option<u32>,
    /// The user's choice.
    pub own: bool,
}

/// Where a local echo stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum SendState {
    /// Queued or on its way.
    Sending {
        /// See the variant.
        progress: Option<UploadProgress>,
    },
    /// Retry or delete; `recoverable` ones resume by themselves.
    Failed {
        /// See the variant.
        recoverable: bool,
        /// See the variant.
        code: IpcErrorCode,
    },
    /// Accepted by the server, not yet seen in the sync.
    Sent,
}

/// Progress of an upload.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct UploadProgress {
    /// Bytes sent.
    pub current: u64,
    /// Bytes in all.
    pub total: u64,
}

/// A reaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reaction {
    /// Usually an emoji.
    pub key: String,
    /// How many people.
    pub count: u32,
    /// The user is one of them.
    pub own: bool,
    /// Display names of the first few.
    pub senders: Vec<String>,
}

/// What an event answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Reply {
    /// The event answered.
    pub event_id: String,
    /// What is known of it.
    pub content: ReplyContent,
}

/// What is known of an answered event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum ReplyContent {
    /// Being fetched.
    Loading,
    /// Cannot be had.
    Unavailable,
    /// Has disappeared.
    Gone,
    /// Known.
    Ready {
        /// See the variant.
        sender: Sender,
        /// See the variant.
        preview: PreviewContent,
    },
}

/// Why an event cannot be decrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum UndecryptableReason {
    /// The key has not come yet.
    Waiting,
    /// Sent before this device was signed in.
    BeforeThisDevice,
    /// Sent before the user joined.
    BeforeJoining,
    /// The key has not come for some time.
    NotShared,
    /// The sender refuses devices that their owner has not signed, such as this one.
    WithheldUnverified,
    /// The sender did not share the key with this device, or could not.
    Withheld,
    /// The sender's device is not signed by its owner.
    Untrusted,
    /// The key is in the backup, which is not open.
    BackupLocked,
    /// The backup is open, and lacks the key.
    BackupIncomplete,
    /// The ciphertext is damaged.
    Malformed,
}

/// What is wrong with the encryption of an event that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum EventWarning {
    /// In clear in an encrypted room.
    SentInClear,
    /// From a device its owner has not signed.
    UnsignedDevice,
    /// The sender's verified identity changed.
    IdentityChanged,
    /// The key came from a source that cannot prove its owner.
    AuthenticityUnknown,
}

/// What the user may do with an event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EventPermissions {
    /// Edit.
    pub edit: bool,
    /// Redact.
    pub redact: bool,
    /// React.
    pub react: bool,
    /// Reply.
    pub reply: bool,
    /// Report.
    pub report: bool,
}

/// Arguments of `timeline_subscribe`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelineSubscribe {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Event to open the room around; the live end otherwise.
    #[serde(default, deserialize_with = "limit::some_id")]
    pub focus: Option<String>,
}

/// Arguments of `timeline_paginate`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelinePaginate {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// How many events, 100 at most.
    pub count: u16,
}

/// Arguments of `timeline_send`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelineSend {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// CommonMark; mentions are links to `https://matrix.to/#/{user id}`.
    #[serde(deserialize_with = "limit::text")]
    pub markdown: String,
    /// User ids mentioned.
    #[serde(deserialize_with = "limit::ids")]
    pub mentions: Vec<String>,
    /// Mentions everybody.
    pub mentions_room: bool,
    /// Event replied to.
    #[serde(default, deserialize_with = "limit::some_id")]
    pub reply_to: Option<String>,
    /// How long it lives, in milliseconds, if less than the room's timer.
    pub lifetime: Option<u64>,
}

/// Arguments of `timeline_edit`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TimelineEdit {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Event edited.
    #[serde(deserialize_with = "limit::id")]
    pub event_id: String,
    /// CommonMark.
    #[serde(deserialize_with = "limit::text")]
    pub markdown: String,
    /// User ids mentioned.
    #[serde(deserialize_with = "limit::ids")]
    pub mentions: Vec<String>,
}

/// The Markdown of an event of the user's own, for editing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct EditSource {
    /// CommonMark.
    pub markdown: String,
}

/// Arguments that name what a command acts on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventRef {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Matrix event id.
    #[serde(deserialize_with = "limit::id")]
    pub event_id: String,
}

/// Arguments that name what a command acts on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EchoRef {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Of a local echo.
    #[serde(deserialize_with = "limit::id")]
    pub transaction_id: String,
}

/// Arguments of `event_redact`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventRedact {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// What.
    #[serde(deserialize_with = "limit::id")]
    pub event_id: String,
    /// Why.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub reason: Option<String>,
}

/// Arguments of `reaction_toggle`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ReactionToggle {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// What.
    #[serde(deserialize_with = "limit::id")]
    pub event_id: String,
    /// Usually an emoji.
    #[serde(deserialize_with = "limit::line")]
    pub key: String,
}
