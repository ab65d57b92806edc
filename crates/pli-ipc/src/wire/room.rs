//! One room and its members.

use serde::{Deserialize, Serialize};

use super::{RoomKind, RoomMembership, limit};

/// A person, as drawn beside what they did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Sender {
    /// Matrix user id.
    pub user_id: String,
    /// Display name, or the id's local part.
    pub name: String,
    /// Another member has the same name: draw the id too.
    pub ambiguous: bool,
    /// Media id.
    pub avatar: Option<String>,
    /// A guest, by the policy.
    pub guest: bool,
}

/// Who receives what is written in an encrypted room.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Recipients {
    /// People, the user among them.
    pub people: u32,
    /// Their devices that can read.
    pub devices: u32,
    /// Their devices that cannot: their owners have not signed them.
    pub left_out: u32,
    /// Of the others, those whose identity the user has verified.
    pub verified_people: u32,
}

/// Everything the header and the panel of an open room draw.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RoomDetails {
    /// Matrix room id.
    pub room_id: String,
    /// Computed display name.
    pub name: String,
    /// `m.room.name`, for editing.
    pub raw_name: Option<String>,
    /// Plain text.
    pub topic: Option<String>,
    /// Media id.
    pub avatar: Option<String>,
    /// What sort of room.
    pub kind: RoomKind,
    /// Whether `m.room.encryption` is set.
    pub encrypted: bool,
    /// The user's own membership.
    pub membership: RoomMembership,
    /// How many members.
    pub joined_members: u32,
    /// The other person of a direct room.
    pub direct_user: Option<String>,
    /// Tagged `m.favourite`.
    pub favourite: bool,
    /// Tagged `m.lowpriority`.
    pub low_priority: bool,
    /// When to notify.
    pub notification_mode: NotificationMode,
    /// What the user may do.
    pub can: RoomPermissions,
    /// Who sees what came before.
    pub history: HistoryVisibility,
    /// When its messages disappear.
    pub retention: RoomRetention,
    /// Verified people who are no longer who they were: nothing is sent until the user acts.
    pub changed: Vec<Sender>,
}

/// When the messages of a room disappear; all in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RoomRetention {
    /// How long new messages live; `None` for ever.
    pub timer: Option<u64>,
    /// How old anything may grow, by the server's rule.
    pub server_max: Option<u64>,
    /// How old anything may grow on this device, by the organisation's.
    pub device_max: Option<u64>,
    /// The timers that may be chosen; any, if there is no list.
    pub allowed: Option<Vec<u64>>,
}

/// Arguments of `room_set_timer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomTimer {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// How long new messages live, in milliseconds; `None` for ever.
    pub lifetime: Option<u64>,
}

/// Who sees what came before (`m.room.history_visibility`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum HistoryVisibility {
    /// Members from their invitation.
    Invited,
    /// Members from their joining.
    Joined,
    /// Members, everything.
    Shared,
    /// Everybody.
    WorldReadable,
}

/// When a room notifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum NotificationMode {
    /// Every message.
    All,
    /// Mentions and keywords.
    Mentions,
    /// Never.
    Mute,
}

/// What the user may do in a room, by power level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RoomPermissions {
    /// Send messages.
    pub send: bool,
    /// Send reactions.
    pub react: bool,
    /// Redact what others sent.
    pub redact_others: bool,
    /// Invite.
    pub invite: bool,
    /// Remove (kick).
    pub remove: bool,
    /// Ban and unban.
    pub ban: bool,
    /// Change the name.
    pub set_name: bool,
    /// Change the topic.
    pub set_topic: bool,
    /// Change the avatar.
    pub set_avatar: bool,
    /// Change power levels.
    pub set_roles: bool,
    /// Change how long new messages live.
    pub set_timer: bool,
    /// Mention `@room`.
    pub notify_room: bool,
    /// Open a private room to guests.
    pub open_to_guests: bool,
}

/// A row of the member list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Member {
    /// Matrix user id.
    pub user_id: String,
    /// Display name, or the id's local part.
    pub name: String,
    /// Another member has the same name.
    pub ambiguous: bool,
    /// Media id.
    pub avatar: Option<String>,
    /// Joined, invited or banned.
    pub membership: MemberMembership,
    /// Role by power level.
    pub role: MemberRole,
    /// Power level; `i32::MAX` for a creator of a version 12 room.
    pub power_level: i32,
    /// The user.
    pub own: bool,
    /// A guest, by the policy.
    pub guest: bool,
    /// Ignored by the user.
    pub ignored: bool,
    /// The user may change this member's role, remove or ban them.
    pub can_change: bool,
}

/// Membership of another person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MemberMembership {
    /// Member.
    Joined,
    /// Invited.
    Invited,
    /// Banned.
    Banned,
    /// Left.
    Left,
}

/// Role by power level: 100 and more, 50 and more, else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MemberRole {
    /// Creator of a version 12 room: more than any level.
    Creator,
    /// 100 or more.
    Administrator,
    /// 50 or more.
    Moderator,
    /// Anything else.
    User,
}

/// A person found in the server's directory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct FoundUser {
    /// Matrix user id.
    pub user_id: String,
    /// Display name, or the id's local part.
    pub name: String,
    /// Media id.
    pub avatar: Option<String>,
}

/// Arguments of `user_search`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserSearch {
    /// What was typed.
    #[serde(deserialize_with = "limit::line")]
    pub term: String,
}

/// Arguments that name what a command acts on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomRef {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
}

/// Arguments of `room_create`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomCreate {
    /// What kind.
    pub kind: NewRoomKind,
    /// Name.
    #[serde(deserialize_with = "limit::line")]
    pub name: String,
    /// Topic.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub topic: Option<String>,
    /// User ids.
    #[serde(deserialize_with = "limit::ids")]
    pub invite: Vec<String>,
}

/// What kind of room to create.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum NewRoomKind {
    /// By invitation, without guests, encrypted.
    Private,
    /// By invitation, guests too, encrypted.
    Open,
    /// By invitation, without guests, not encrypted.
    Unencrypted,
    /// In the directory, anybody may join, not encrypted.
    Public,
}

/// Arguments of `room_create_direct`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomCreateDirect {
    /// The other person.
    #[serde(deserialize_with = "limit::id")]
    pub user_id: String,
}

/// The room that was created or found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct RoomCreated {
    /// Matrix room id.
    pub room_id: String,
}

/// Arguments of `room_text`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomText {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// New name or topic.
    #[serde(deserialize_with = "limit::line")]
    pub text: String,
}

/// Arguments of `room_flag`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomFlag {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Set or unset.
    pub on: bool,
}

/// Arguments of `room_member`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomMember {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Whom.
    #[serde(deserialize_with = "limit::id")]
    pub user_id: String,
    /// Said to the person and the room.
    #[serde(default, deserialize_with = "limit::some_line")]
    pub reason: Option<String>,
}

/// Arguments of `room_member_role`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomMemberRole {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// Whom.
    #[serde(deserialize_with = "limit::id")]
    pub user_id: String,
    /// `creator` is refused.
    pub role: MemberRole,
}

/// Arguments of `room_notification_mode`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RoomNotificationMode {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// When to notify.
    pub mode: NotificationMode,
}

/// Arguments of `user_ignore`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserIgnore {
    /// Whom.
    #[serde(deserialize_with = "limit::id")]
    pub user_id: String,
    /// Ignore or hear again.
    pub on: bool,
}

/// Arguments of `event_report`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EventReport {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// What.
    #[serde(deserialize_with = "limit::id")]
    pub event_id: String,
    /// Why.
    #[serde(deserialize_with = "limit::line")]
    pub reason: String,
}

/// A draft, kept per room in the encrypted store.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Draft {
    /// What was written.
    #[serde(deserialize_with = "limit::text")]
    pub markdown: String,
    /// What sending will do.
    pub mode: DraftMode,
}

/// What sending a draft will do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    deny_unknown_fields,
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum DraftMode {
    /// A new message.
    // Braces, as serde takes any field of a variant without.
    New {},
    /// A reply.
    Reply {
        /// See the variant.
        #[serde(deserialize_with = "limit::id")]
        event_id: String,
    },
    /// An edit.
    Edit {
        /// See the variant.
        #[serde(deserialize_with = "limit::id")]
        event_id: String,
    },
}

/// Arguments of `draft_save`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DraftSave {
    /// Matrix room id.
    #[serde(deserialize_with = "limit::id")]
    pub room_id: String,
    /// `null` forgets it.
    pub draft: Option<Draft>,
}
