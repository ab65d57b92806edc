//! Which events get a row.

use matrix_sdk::ruma::{
    events::{
        AnySyncMessageLikeEvent, AnySyncTimelineEvent, StateEventType, room::message::MessageType,
    },
    room_version_rules::RoomVersionRules,
};
use matrix_sdk_ui::timeline::default_event_filter;

use crate::retention::ROOM_TIMER;

/// What the SDK can draw, less what means nothing to a reader.
pub(super) fn is_shown(event: &AnySyncTimelineEvent, rules: &RoomVersionRules) -> bool {
    default_event_filter(event, rules)
        && match event {
            AnySyncTimelineEvent::State(event) => is_useful_state(&event.event_type()),
            AnySyncTimelineEvent::MessageLike(AnySyncMessageLikeEvent::RoomMessage(event)) => {
                !event.as_original().is_some_and(|event| {
                    matches!(event.content.msgtype, MessageType::VerificationRequest(_))
                })
            }
            AnySyncTimelineEvent::MessageLike(_) => true,
        }
}

fn is_useful_state(kind: &StateEventType) -> bool {
    let is_timer = |kind: &StateEventType| kind.to_string() == ROOM_TIMER;
    matches!(
        kind,
        StateEventType::RoomCreate
            | StateEventType::RoomMember
            | StateEventType::RoomName
            | StateEventType::RoomTopic
            | StateEventType::RoomAvatar
            | StateEventType::RoomEncryption
            | StateEventType::RoomJoinRules
            | StateEventType::RoomHistoryVisibility
            | StateEventType::RoomPowerLevels
            | StateEventType::RoomPinnedEvents
            | StateEventType::RoomTombstone
    ) || is_timer(kind)
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::{RoomVersionId, serde::Raw};
    use serde_json::json;

    use super::*;

    fn shown(kind: &str, content: serde_json::Value, state: bool) -> bool {
        let mut event = json!({
            "type": kind, "content": content, "sender": "@a:example.org",
            "event_id": "$e:example.org", "origin_server_ts": 1, "room_id": "!r:example.org",
        });
        if state {
            event["state_key"] = json!("");
        }
        let event = Raw::<AnySyncTimelineEvent>::from_json_string(event.to_string())
            .expect("JSON")
            .deserialize()
            .expect("an event");
        is_shown(
            &event,
            &RoomVersionId::V11.rules().expect("a known version"),
        )
    }

    #[test]
    fn messages_and_useful_state_get_a_row() {
        assert!(shown(
            "m.room.message",
            json!({"msgtype": "m.text", "body": "a"}),
            false
        ));
        assert!(shown("m.room.name", json!({"name": "a"}), true));
        assert!(shown(
            "m.room.encryption",
            json!({"algorithm": "m.megolm.v1.aes-sha2"}),
            true
        ));
    }

    #[test]
    fn machinery_gets_none() {
        assert!(!shown("m.room.server_acl", json!({"allow": ["*"]}), true));
        assert!(!shown("org.example.widget", json!({}), true));
        assert!(!shown(
            "m.room.message",
            json!({"msgtype": "m.key.verification.request", "body": "", "from_device": "D", "methods": [], "to": "@b:example.org"}),
            false
        ));
        assert!(!shown(
            "m.reaction",
            json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": "$x", "key": "a"}}),
            false
        ));
    }
}
