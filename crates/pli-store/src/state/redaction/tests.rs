//! What a redaction leaves of an event, whatever people in the room write.

use serde_json::json;

use super::*;

fn raw<T>(event: Value) -> Raw<T> {
    Raw::new(&event).unwrap().cast_unchecked()
}

fn topic(content: Value) -> Raw<AnySyncStateEvent> {
    raw(json!({
        "type": "m.room.topic", "state_key": "", "event_id": "$topic", "sender": "@a:b.c",
        "origin_server_ts": 1, "content": content, "unsigned": { "age": 3 },
    }))
}

fn redaction(content: Value) -> Raw<SyncRoomRedactionEvent> {
    raw(json!({
        "type": "m.room.redaction", "redacts": "$topic", "event_id": "$redaction",
        "sender": "@a:b.c", "origin_server_ts": 2, "content": content,
    }))
}

fn left_of(event: &Raw<AnySyncStateEvent>, redaction: &Raw<SyncRoomRedactionEvent>) -> Value {
    let rules = ROOM_VERSION_RULES_FALLBACK.redaction;
    let left = redacted(event, &rules, redaction).unwrap();
    serde_json::from_str(left.json().get()).unwrap()
}

#[test]
fn a_redacted_event_keeps_its_place_and_says_why_it_is_empty() {
    let left = left_of(
        &topic(json!({ "topic": "secret" })),
        &redaction(json!({ "reason": "by mistake" })),
    );
    assert_eq!(left["content"], json!({}));
    assert_eq!(left["event_id"], "$topic");
    assert_eq!(
        left["unsigned"]["redacted_because"]["content"]["reason"],
        "by mistake"
    );
}

#[test]
fn a_redaction_that_is_not_canonical_redacts_all_the_same() {
    let left = left_of(
        &topic(json!({ "topic": "secret" })),
        &redaction(json!({ "reason": 0.5 })),
    );
    assert_eq!(left["content"], json!({}));
    assert_eq!(left["event_id"], "$topic");
}

#[test]
fn an_event_that_is_not_canonical_loses_its_content_all_the_same() {
    let left = left_of(
        &topic(json!({ "topic": "secret", "weight": 0.5 })),
        &redaction(json!({})),
    );
    assert_eq!(left["content"], json!({}));
    assert_eq!(
        left["event_id"], "$topic",
        "the event is still known by its id"
    );
}
