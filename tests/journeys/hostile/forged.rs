//! Events that no server would pass on, and rooms that are none.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::{Value, json};

/// When all of it was sent, by its own account.
const SENT: u64 = 1_790_000_000_000;

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// An event of `sender`, with an id of its own.
pub(super) fn event(kind: &str, sender: &str, content: Value) -> Value {
    let number = NUMBER.fetch_add(1, Ordering::SeqCst);
    json!({
        "type": kind, "event_id": format!("$forged{number}"), "sender": sender,
        "origin_server_ts": SENT + number, "content": content,
    })
}

/// A message in clear.
pub(super) fn text(sender: &str, body: &str) -> Value {
    event(
        "m.room.message",
        sender,
        json!({ "msgtype": "m.text", "body": body }),
    )
}

/// An edit of `target` in clear.
pub(super) fn edit(sender: &str, target: &str, body: &str) -> Value {
    let content = json!({
        "msgtype": "m.text", "body": format!("* {body}"),
        "m.new_content": { "msgtype": "m.text", "body": body },
        "m.relates_to": { "rel_type": "m.replace", "event_id": target },
    });
    event("m.room.message", sender, content)
}

/// A state event.
pub(super) fn state(kind: &str, key: &str, sender: &str, content: Value) -> Value {
    let mut state = event(kind, sender, content);
    state["state_key"] = json!(key);
    state
}

/// The id of an event.
pub(super) fn id(event: &Value) -> String {
    event["event_id"].as_str().unwrap_or_default().to_owned()
}

/// A room that `owner` made and `guest` is in, as a first sync tells it. What is in `more` comes
/// on top of, and may replace, what makes an honest room.
pub(super) fn room(owner: &str, guest: &str, more: Vec<Value>, timeline: Vec<Value>) -> Value {
    let member = |user: &str| {
        let content = json!({ "membership": "join", "displayname": user });
        state("m.room.member", user, owner, content)
    };
    let mut states = vec![
        state("m.room.create", "", owner, json!({ "room_version": "11" })),
        state(
            "m.room.join_rules",
            "",
            owner,
            json!({ "join_rule": "invite" }),
        ),
        member(owner),
        member(guest),
    ];
    states.extend(more);
    json!({
        "initial": true, "required_state": states, "timeline": timeline,
        "joined_count": 2, "invited_count": 0, "bump_stamp": 1,
    })
}
