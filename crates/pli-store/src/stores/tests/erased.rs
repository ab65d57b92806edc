//! Which changes erase something, so that the databases are rewritten soon after.

use matrix_sdk_base::{
    RoomInfo, RoomState, StateChanges, StateStore, StateStoreDataKey, StateStoreDataValue,
    event_cache::store::EventCacheStore,
    latest_event::LatestEventValue,
    ruma::{EventId, event_id, serde::Raw},
    store::{ComposerDraft, ComposerDraftType, QueuedRequestKind},
};
use serde_json::{Value, json};

use super::{
    erasure::{canary, in_files, key},
    expiry::{json, message, plain, room, text},
    *,
};

/// Whether something is noted in `keys`, and in `history`.
fn noted(stores: &Stores) -> [bool; 2] {
    [&stores.keys, &stores.history].map(|tree| tree.erased_since().is_some())
}

async fn save(stores: &Stores, content: &Value, unsigned: &Value) {
    let event = plain(&json("$message", content, unsigned));
    let store = stores.event_cache_store();
    store.save_event(room(), event).await.unwrap();
}

/// As a server, or the SDK, leaves an event that was redacted.
async fn redact(stores: &Stores) {
    let because = json!({ "type": "m.room.redaction", "sender": "@camille:interieur.example" });
    save(stores, &json!({}), &json!({ "redacted_because": because })).await;
}

async fn save_draft(stores: &Stores, plain_text: &str) {
    let draft = ComposerDraft {
        plain_text: plain_text.to_owned(),
        html_text: None,
        draft_type: ComposerDraftType::NewMessage,
        attachments: Vec::new(),
    };
    let key = StateStoreDataKey::ComposerDraft(room(), None);
    let draft = StateStoreDataValue::ComposerDraft(draft);
    stores.state_store().set_kv_data(key, draft).await.unwrap();
}

async fn remove_draft(stores: &Stores) {
    let key = StateStoreDataKey::ComposerDraft(room(), None);
    stores.state_store().remove_kv_data(key).await.unwrap();
}

async fn queue(stores: &Stores) {
    let kind = QueuedRequestKind::Redaction {
        redacts: message().to_owned(),
        reason: None,
    };
    let now = matrix_sdk_base::ruma::MilliSecondsSinceUnixEpoch::now();
    let store = stores.state_store();
    let queued = store.save_send_queue_request(room(), "one".into(), now, kind, 0);
    queued.await.unwrap();
}

async fn save_info(stores: &Stores, body: &str) {
    let mut info = RoomInfo::new(room(), RoomState::Joined);
    let latest = plain(&json("$latest", &text(body), &json!({})));
    info.set_latest_event(LatestEventValue::Remote(latest));
    let mut changes = StateChanges::default();
    changes.add_room(info);
    stores.state_store().save_changes(&changes).await.unwrap();
}

/// State, and its redaction in a later sync.
async fn save_state(stores: &Stores, redacted: bool) {
    let mut changes = StateChanges::default();
    if redacted {
        let redaction = json!({
            "type": "m.room.redaction", "event_id": "$because", "redacts": "$topic",
            "sender": "@camille:interieur.example", "origin_server_ts": 1, "content": {},
        });
        let redaction = Raw::new(&redaction).unwrap().cast_unchecked();
        changes.add_redaction(room(), event_id!("$topic"), redaction);
    } else {
        let mut topic = json("$topic", &json!({ "topic": "a topic" }), &json!({}));
        topic["type"] = json!("m.room.topic");
        topic["state_key"] = json!("");
        let events = changes.state.entry(room().to_owned()).or_default();
        let topics = events.entry("m.room.topic".into()).or_default();
        let topic = Raw::new(&topic).unwrap().cast_unchecked();
        topics.insert(String::new(), topic);
    }
    stores.state_store().save_changes(&changes).await.unwrap();
}

async fn expire(stores: &Stores) {
    let events = [message().to_owned()];
    stores.expire(room(), &events, &[]).await.unwrap();
}

#[tokio::test]
async fn what_is_merely_replaced_is_not_erased() {
    let stores = Stores::in_memory().unwrap();
    for body in ["first", "second"] {
        save(&stores, &text(body), &json!({})).await;
        save_draft(&stores, body).await;
        save_info(&stores, body).await;
        save_state(&stores, false).await;
        queue(&stores).await;
    }
    remove_draft_of_another_room(&stores).await;
    let other = matrix_sdk_base::ruma::room_id!("!unknown:interieur.example");
    stores.state_store().remove_room(other).await.unwrap();
    stores.event_cache_store().remove_room(other).await.unwrap();
    stores.expire(other, &[], &[]).await.unwrap();
    assert_eq!(noted(&stores), [false, false]);
    assert!(!stores.compact_if_worth().await.unwrap());
}

async fn remove_draft_of_another_room(stores: &Stores) {
    let thread: &EventId = event_id!("$thread");
    let key = StateStoreDataKey::ComposerDraft(room(), Some(thread));
    stores.state_store().remove_kv_data(key).await.unwrap();
}

/// Erases something; where.
async fn erase_by(act: &str, stores: &Stores) -> [bool; 2] {
    let store = stores.state_store();
    match act {
        "redaction" => redact(stores).await,
        "state" => save_state(stores, true).await,
        "events" => {
            let store = stores.event_cache_store();
            store.remove_room(room()).await.unwrap();
        }
        "expiry" => expire(stores).await,
        "room" => {
            store.remove_room(room()).await.unwrap();
            return [true, true];
        }
        "draft" => {
            remove_draft(stores).await;
            return [true, false];
        }
        _ => {
            let removed = store.remove_send_queue_request(room(), "one".into());
            assert!(removed.await.unwrap());
            return [true, false];
        }
    }
    [false, true]
}

#[tokio::test]
async fn each_way_to_erase_is_noted_where_it_erases() {
    let acts = [
        "redaction",
        "state",
        "events",
        "expiry",
        "room",
        "draft",
        "request",
    ];
    for act in acts {
        let stores = Stores::in_memory().unwrap();
        save(&stores, &text("a message"), &json!({})).await;
        save_state(&stores, false).await;
        save_draft(&stores, "a draft").await;
        queue(&stores).await;
        assert_eq!(noted(&stores), [false, false]);

        let expected = erase_by(act, &stores).await;

        assert_eq!(noted(&stores), expected, "{act}");
        assert!(stores.compact_if_worth().await.unwrap(), "small as it is");
        assert_eq!(noted(&stores), [false, false], "{act}");
        assert!(!stores.compact_if_worth().await.unwrap(), "once");
        match act {
            "redaction" => redact(&stores).await,
            "expiry" => expire(&stores).await,
            _ => {}
        }
        assert_eq!(noted(&stores), [false, false], "there was nothing left");
    }
}

/// Whether a canary is in any file, for one who has the key.
fn is_in_files(directory: &Path) -> bool {
    in_files(directory).values().any(|found| !found.is_empty())
}

#[tokio::test]
async fn what_was_erased_before_a_restart_is_gone_with_the_first_pause_after_it() {
    let profile = tempfile::tempdir().unwrap();
    let stores = Stores::open(profile.path(), &key()).unwrap();
    save(&stores, &text(&canary("msg", 1)), &json!({})).await;
    save_draft(&stores, &canary("dra", 1)).await;
    redact(&stores).await;
    remove_draft(&stores).await;
    drop(stores);
    assert!(is_in_files(profile.path()), "in their free space");

    let stores = Stores::open(profile.path(), &key()).unwrap();
    assert!(stores.erased_since().is_some());
    stores.erased().await;
    assert!(stores.compact_if_worth().await.unwrap());
    assert!(!is_in_files(profile.path()));

    drop(stores);
    let stores = Stores::open(profile.path(), &key()).unwrap();
    assert_eq!(stores.healings(), []);
    assert_eq!(stores.erased_since(), None);
    assert!(!stores.compact_if_worth().await.unwrap());
}
