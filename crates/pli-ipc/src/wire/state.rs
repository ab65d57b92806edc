//! Changes of a room's state.

use serde::{Deserialize, Serialize};

use super::HistoryVisibility;

/// A change of state; the page words it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum StateChange {
    /// A membership; `target` is a display name.
    Membership {
        /// See the variant.
        change: MembershipChange,
        /// See the variant.
        target: String,
        /// See the variant.
        reason: Option<String>,
    },
    /// A profile.
    Profile {
        /// See the variant.
        target: String,
        /// See the variant.
        old_name: Option<String>,
        /// See the variant.
        new_name: Option<String>,
        /// See the variant.
        avatar_changed: bool,
    },
    /// `m.room.create`.
    RoomCreated,
    /// `m.room.name`.
    RoomName {
        /// See the variant.
        name: Option<String>,
    },
    /// `m.room.topic`.
    RoomTopic {
        /// See the variant.
        topic: Option<String>,
    },
    /// `m.room.avatar`.
    RoomAvatar,
    /// `m.room.encryption`.
    RoomEncryption,
    /// `m.room.join_rules`.
    JoinRules {
        /// See the variant.
        public: bool,
    },
    /// `m.room.history_visibility`.
    HistoryVisibility {
        /// See the variant.
        visibility: HistoryVisibility,
    },
    /// `m.room.power_levels`.
    PowerLevels,
    /// `m.room.pinned_events`.
    PinnedEvents,
    /// `m.room.tombstone`.
    Upgraded,
    /// How long new messages live, in milliseconds; `None` for ever.
    Timer {
        /// See the variant.
        lifetime: Option<u64>,
    },
    /// Anything else.
    Other {
        /// See the variant.
        event_type: String,
    },
}

/// A change of membership.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum MembershipChange {
    /// Joined.
    Joined,
    /// Left.
    Left,
    /// Was invited.
    Invited,
    /// Accepted an invitation.
    InvitationAccepted,
    /// Rejected an invitation.
    InvitationRejected,
    /// An invitation was withdrawn.
    InvitationRevoked,
    /// Was removed.
    Removed,
    /// Was banned.
    Banned,
    /// A ban was lifted.
    Unbanned,
    /// Asked to join.
    Knocked,
    /// A request to join was accepted.
    KnockAccepted,
    /// A request to join was refused.
    KnockDenied,
    /// A request to join was withdrawn.
    KnockRetracted,
    /// Anything else.
    Other,
}
