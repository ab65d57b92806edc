//! Changes of the state of a room.

use matrix_sdk::ruma::events::{
    StateEventContentChange,
    room::{history_visibility::HistoryVisibility as Visibility, join_rules::JoinRule},
};
use matrix_sdk_ui::timeline::{
    AnyOtherStateEventContentChange, MemberProfileChange, MembershipChange as Change,
    RoomMembershipChange, TimelineItemContent,
};

use crate::wire::{HistoryVisibility, MembershipChange, StateChange};

/// Longest name, topic or reason, in characters.
const MAX_TEXT: usize = 1_000;

/// The change; `None` when the content is none of the state.
pub(super) fn change(content: &TimelineItemContent) -> Option<StateChange> {
    match content {
        TimelineItemContent::MembershipChange(change) => Some(membership(change)),
        TimelineItemContent::ProfileChange(change) => Some(profile(change)),
        TimelineItemContent::OtherState(state) => Some(other(state.content())),
        _ => None,
    }
}

/// The display name of whom a change of membership concerns.
pub(super) fn target(change: &RoomMembershipChange) -> String {
    change
        .display_name()
        .filter(|name| !name.trim().is_empty())
        .map_or_else(
            || change.user_id().localpart().to_owned(),
            |name| cap(&name),
        )
}

/// The kind of a change of membership.
pub(super) fn membership_change(change: Option<Change>) -> MembershipChange {
    match change {
        Some(Change::Joined) => MembershipChange::Joined,
        Some(Change::Left) => MembershipChange::Left,
        Some(Change::Banned | Change::KickedAndBanned) => MembershipChange::Banned,
        Some(Change::Unbanned) => MembershipChange::Unbanned,
        Some(Change::Kicked) => MembershipChange::Removed,
        Some(Change::Invited) => MembershipChange::Invited,
        Some(Change::InvitationAccepted) => MembershipChange::InvitationAccepted,
        Some(Change::InvitationRejected) => MembershipChange::InvitationRejected,
        Some(Change::InvitationRevoked) => MembershipChange::InvitationRevoked,
        Some(Change::Knocked) => MembershipChange::Knocked,
        Some(Change::KnockAccepted) => MembershipChange::KnockAccepted,
        Some(Change::KnockRetracted) => MembershipChange::KnockRetracted,
        Some(Change::KnockDenied) => MembershipChange::KnockDenied,
        Some(Change::None | Change::Error | Change::NotImplemented) | None => {
            MembershipChange::Other
        }
    }
}

fn membership(change: &RoomMembershipChange) -> StateChange {
    let reason = match change.content() {
        StateEventContentChange::Original { content, .. } => content.reason.as_deref().map(cap),
        StateEventContentChange::Redacted(_) => None,
    };
    StateChange::Membership {
        change: membership_change(change.change()),
        target: target(change),
        reason: reason.filter(|reason| !reason.trim().is_empty()),
    }
}

fn profile(change: &MemberProfileChange) -> StateChange {
    let names = change.displayname_change();
    let old_name = names.and_then(|names| names.old.as_deref().map(cap));
    let new_name = names.and_then(|names| names.new.as_deref().map(cap));
    let target = old_name.clone().or_else(|| new_name.clone());
    StateChange::Profile {
        target: target.unwrap_or_else(|| change.user_id().localpart().to_owned()),
        old_name,
        new_name,
        avatar_changed: change.avatar_url_change().is_some(),
    }
}

fn other(content: &AnyOtherStateEventContentChange) -> StateChange {
    use AnyOtherStateEventContentChange as Other;
    use StateEventContentChange::Original;
    match content {
        Other::RoomCreate(_) => StateChange::RoomCreated,
        Other::RoomName(change) => StateChange::RoomName {
            name: match change {
                Original { content, .. } => {
                    Some(cap(&content.name)).filter(|name| !name.is_empty())
                }
                _ => None,
            },
        },
        Other::RoomTopic(change) => StateChange::RoomTopic {
            topic: match change {
                Original { content, .. } => {
                    Some(cap(&content.topic)).filter(|topic| !topic.is_empty())
                }
                _ => None,
            },
        },
        Other::RoomAvatar(_) => StateChange::RoomAvatar,
        Other::RoomEncryption(_) => StateChange::RoomEncryption,
        Other::RoomJoinRules(change) => StateChange::JoinRules {
            public: matches!(change, Original { content, .. } if content.join_rule == JoinRule::Public),
        },
        Other::RoomHistoryVisibility(Original { content, .. }) => StateChange::HistoryVisibility {
            visibility: match content.history_visibility {
                Visibility::Invited => HistoryVisibility::Invited,
                Visibility::Joined => HistoryVisibility::Joined,
                Visibility::WorldReadable => HistoryVisibility::WorldReadable,
                // What the specification says of unknown ones.
                _ => HistoryVisibility::Shared,
            },
        },
        Other::RoomPowerLevels(_) => StateChange::PowerLevels,
        Other::RoomPinnedEvents(_) => StateChange::PinnedEvents,
        Other::RoomTombstone(_) => StateChange::Upgraded,
        content => StateChange::Other {
            event_type: cap(&content.event_type().to_string()),
        },
    }
}

fn cap(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::events::room::{
        history_visibility::RoomHistoryVisibilityEventContent,
        join_rules::RoomJoinRulesEventContent, name::RoomNameEventContent,
    };

    use super::*;

    #[test]
    fn names_are_told_and_capped() {
        let named = |name: String| {
            other(&AnyOtherStateEventContentChange::RoomName(
                StateEventContentChange::Original {
                    content: RoomNameEventContent::new(name),
                    prev_content: None,
                },
            ))
        };
        assert_eq!(
            named("a".to_owned()),
            StateChange::RoomName {
                name: Some("a".to_owned())
            }
        );
        assert_eq!(
            named(String::new()),
            StateChange::RoomName { name: None },
            "an empty name is none"
        );
        assert!(
            matches!(named("x".repeat(60_000)), StateChange::RoomName { name: Some(name) } if name.len() == MAX_TEXT),
            "names of 60 kB exist"
        );
    }

    #[test]
    fn rules_and_visibility_are_told() {
        let rules = |rule| {
            other(&AnyOtherStateEventContentChange::RoomJoinRules(
                StateEventContentChange::Original {
                    content: RoomJoinRulesEventContent::new(rule),
                    prev_content: None,
                },
            ))
        };
        assert_eq!(
            rules(JoinRule::Public),
            StateChange::JoinRules { public: true }
        );
        assert_eq!(
            rules(JoinRule::Invite),
            StateChange::JoinRules { public: false }
        );
        let visibility = |visibility: &str| {
            other(&AnyOtherStateEventContentChange::RoomHistoryVisibility(
                StateEventContentChange::Original {
                    content: RoomHistoryVisibilityEventContent::new(visibility.into()),
                    prev_content: None,
                },
            ))
        };
        assert_eq!(
            visibility("joined"),
            StateChange::HistoryVisibility {
                visibility: HistoryVisibility::Joined
            }
        );
        assert_eq!(
            visibility("org.example.odd"),
            StateChange::HistoryVisibility {
                visibility: HistoryVisibility::Shared
            },
            "as the specification says"
        );
    }

    #[test]
    fn a_ban_is_a_ban_however_it_came() {
        assert_eq!(
            membership_change(Some(Change::KickedAndBanned)),
            MembershipChange::Banned
        );
        assert_eq!(
            membership_change(None),
            MembershipChange::Other,
            "a redacted change tells nothing"
        );
    }
}
