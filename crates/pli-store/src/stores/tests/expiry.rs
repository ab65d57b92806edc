//! Messages that expire: nothing of what they said is read again, from wherever it comes.

use std::ops::ControlFlow;

use matrix_sdk_base::{
    RoomInfo, RoomState, StateChanges, StateStore, StateStoreDataKey, StateStoreDataValue,
    deserialized_responses::{
        TimelineEvent, TimelineEventKind, UnableToDecryptInfo, UnableToDecryptReason,
    },
    event_cache::{Event, store::EventCacheStore},
    latest_event::{LatestEventValue, LocalLatestEventValue},
    linked_chunk::{ChunkContent, ChunkIdentifier as Id, LinkedChunkId, Position, Update},
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, RoomId, TransactionId, event_id,
        events::AnySyncTimelineEvent, room_id, serde::Raw,
    },
    store::{
        ChildTransactionId, ComposerDraft, ComposerDraftType,
        DependentQueuedRequestKind as Dependent, QueuedRequestKind, RoomLoadSettings,
        SentRequestKey, SerializableEventContent,
    },
};
use serde_json::{Value, json};

use super::*;
use crate::{
    engine::{Direction, KeyRange},
    is_expired,
};

/// What the expired message said.
const SECRET: &str = "the door code is 4412";

pub(super) fn room() -> &'static RoomId {
    room_id!("!salon:interieur.example")
}

pub(super) fn message() -> &'static EventId {
    event_id!("$message")
}

fn raw<T>(json: &Value) -> Raw<T> {
    Raw::new(json).unwrap().cast_unchecked()
}

pub(super) fn json(id: &str, content: &Value, unsigned: &Value) -> Value {
    json!({
        "type": "m.room.message", "event_id": id, "sender": "@camille:interieur.example",
        "origin_server_ts": 1_700_000_000_000_u64, "content": content, "unsigned": unsigned,
    })
}

pub(super) fn text(body: &str) -> Value {
    json!({ "msgtype": "m.text", "body": body })
}

fn related(body: &str, kind: &str, to: &str) -> Value {
    json!({
        "msgtype": "m.text", "body": body,
        "m.new_content": { "msgtype": "m.text", "body": body },
        "m.relates_to": { "rel_type": kind, "event_id": to },
    })
}

fn edit() -> Value {
    json(
        "$edit",
        &related(SECRET, "m.replace", "$message"),
        &json!({}),
    )
}

pub(super) fn plain(json: &Value) -> Event {
    TimelineEvent::from_plaintext(raw(json))
}

/// As the SDK keeps what it has decrypted.
pub(super) fn decrypted(event: &Value) -> Event {
    let mut event = event.clone();
    event["room_id"] = json!(room());
    let info = json!({
        "sender": "@camille:interieur.example", "sender_device": "DEVICE",
        "algorithm_info": { "MegolmV1AesSha2": {
            "curve25519_key": "key", "sender_claimed_keys": {}, "session_id": "session",
        } },
        "verification_state": "Verified",
    });
    let kind = json!({ "Decrypted": { "event": event, "encryption_info": info } });
    let whole = json!({ "kind": kind, "timestamp": event["origin_server_ts"] });
    serde_json::from_value(whole).unwrap()
}

fn the_message() -> Event {
    let unsigned = json!({
        "transaction_id": "its transaction", "m.relations": { "m.replace": edit() },
    });
    decrypted(&json(
        "$message",
        &related(SECRET, "m.thread", "$root"),
        &unsigned,
    ))
}

/// The event that begins the thread, with its latest event as the server tells it.
fn root() -> Event {
    let latest = json("$message", &text(SECRET), &json!({}));
    let thread = json!({ "latest_event": latest, "count": 1, "current_user_participated": true });
    let unsigned = json!({ "age": 7, "m.relations": { "m.thread": thread } });
    plain(&json("$root", &text("where do we meet?"), &unsigned))
}

pub(super) fn undecrypted(id: &str) -> Event {
    let event = json!({
        "type": "m.room.encrypted", "event_id": id, "sender": "@camille:interieur.example",
        "origin_server_ts": 1_700_000_000_000_u64,
        "content": {
            "algorithm": "m.megolm.v1.aes-sha2", "ciphertext": SECRET, "session_id": "session",
        },
    });
    let info = UnableToDecryptInfo {
        session_id: Some("session".to_owned()),
        reason: UnableToDecryptReason::MissingMegolmSession {
            withheld_code: None,
        },
    };
    TimelineEvent::from_utd(raw(&event), info)
}

fn content(json: &Value) -> SerializableEventContent {
    SerializableEventContent::from_raw(raw(json), "m.room.message".to_owned())
}

fn now() -> MilliSecondsSinceUnixEpoch {
    MilliSecondsSinceUnixEpoch(1_u32.into())
}

async fn push(stores: &Stores, events: Vec<Event>) {
    let new = Update::NewItemsChunk {
        previous: None,
        new: Id::new(0),
        next: None,
    };
    let at = Position::new(Id::new(0), 0);
    let items = Update::PushItems { at, items: events };
    let store = stores.event_cache_store();
    let id = LinkedChunkId::Room(room());
    let updates = vec![Update::Clear, new, items];
    store
        .handle_linked_chunk_updates(id, updates)
        .await
        .unwrap();
}

async fn timeline(stores: &Stores) -> Vec<Event> {
    let store = stores.event_cache_store();
    let chunks = store.load_all_chunks(LinkedChunkId::Room(room())).await;
    match chunks.unwrap().remove(0).content {
        ChunkContent::Items(events) => events,
        ChunkContent::Gap(_) => panic!("there is no gap"),
    }
}

async fn save_latest(stores: &Stores, latest: LatestEventValue) {
    let mut info = RoomInfo::new(room(), RoomState::Joined);
    info.set_latest_event(latest);
    let mut changes = StateChanges::default();
    changes.add_room(info);
    stores.state_store().save_changes(&changes).await.unwrap();
}

async fn latest(stores: &Stores) -> Value {
    let one = RoomLoadSettings::One(room().to_owned());
    let infos = stores.state_store().get_room_infos(&one).await.unwrap();
    serde_json::to_value(&infos[0]).unwrap()["latest_event_value"].clone()
}

pub(super) async fn draft(stores: &Stores, thread: Option<&EventId>) -> Option<ComposerDraft> {
    let key = StateStoreDataKey::ComposerDraft(room(), thread);
    let draft = stores.state_store().get_kv_data(key).await.unwrap()?;
    draft.into_composer_draft()
}

async fn save_draft(
    stores: &Stores,
    thread: Option<&EventId>,
    text: &str,
    kind: ComposerDraftType,
) {
    let draft = ComposerDraft {
        plain_text: text.to_owned(),
        html_text: None,
        draft_type: kind,
        attachments: Vec::new(),
    };
    let key = StateStoreDataKey::ComposerDraft(room(), thread);
    let draft = StateStoreDataValue::ComposerDraft(draft);
    stores.state_store().set_kv_data(key, draft).await.unwrap();
}

async fn queue(stores: &Stores, transaction: &str, json: &Value) {
    let kind = QueuedRequestKind::Event {
        content: content(json),
    };
    let store = stores.state_store();
    let transaction = transaction.into();
    let queued = store.save_send_queue_request(room(), transaction, now(), kind, 0);
    queued.await.unwrap();
}

async fn depend(stores: &Stores, parent: &str, own: &str, kind: Dependent) {
    let store = stores.state_store();
    let own = ChildTransactionId::from(own.to_owned());
    let parent = <&TransactionId>::from(parent);
    let saved = store.save_dependent_queued_request(room(), parent, own, now(), kind);
    saved.await.unwrap();
}

pub(super) async fn queued(stores: &Stores) -> [Vec<String>; 2] {
    let store = stores.state_store();
    let requests = store.load_send_queue_requests(room()).await.unwrap();
    let dependents = store.load_dependent_queued_requests(room()).await.unwrap();
    [
        requests
            .iter()
            .map(|r| r.transaction_id.to_string())
            .collect(),
        dependents
            .iter()
            .map(|r| r.own_transaction_id.to_string())
            .collect(),
    ]
}

/// A message wherever the stores may have it, beside one that stays.
pub(super) async fn fill(stores: &Stores) {
    let beside = plain(&json("$beside", &text("see you there"), &json!({})));
    push(stores, vec![root(), the_message(), plain(&edit()), beside]).await;
    save_latest(stores, LatestEventValue::Remote(plain(&edit()))).await;

    queue(stores, "its transaction", &text(SECRET)).await;
    queue(stores, "an edit", &related(SECRET, "m.replace", "$message")).await;
    queue(stores, "an answer", &text("I will not find it")).await;
    let store = stores.state_store();
    let new_content = content(&text(SECRET));
    let edit = Dependent::EditEvent { new_content };
    depend(stores, "sent", "edit", edit).await;
    let key = "👍".to_owned();
    depend(stores, "sent", "reaction", Dependent::ReactEvent { key }).await;
    depend(stores, "sent", "redaction", Dependent::RedactEvent).await;
    let sent = SentRequestKey::Event {
        event_id: message().to_owned(),
        event: raw(&text(SECRET)),
        event_type: "m.room.message".to_owned(),
    };
    let parent = <&TransactionId>::from("sent");
    let ready = store.mark_dependent_queued_requests_as_ready(room(), parent, sent);
    assert_eq!(ready.await.unwrap(), 3);
    depend(stores, "an answer", "a redaction", Dependent::RedactEvent).await;

    let event_id = message().to_owned();
    save_draft(stores, None, SECRET, ComposerDraftType::Edit { event_id }).await;
    let event_id = message().to_owned();
    let reply = ComposerDraftType::Reply { event_id };
    save_draft(stores, Some(event_id!("$root")), "not yet", reply).await;
}

async fn expire(stores: &Stores) {
    let events = [message().to_owned()];
    stores.expire(room(), &events, &[]).await.unwrap();
}

/// In how many records the message can be read.
pub(super) fn secrets(stores: &Stores) -> usize {
    let mut found = 0;
    for tree in [&stores.keys, &stores.history] {
        let all = KeyRange::below(&[crate::key::domain::FIRST_OF_STORES]);
        let records = KeyRange { end: None, ..all };
        tree.engine()
            .scan(&records, Direction::Forward, &mut |key, value| {
                let value = tree.cipher().open(key, value).unwrap();
                let text = String::from_utf8_lossy(&value);
                found += usize::from(text.contains(SECRET));
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    found
}

/// Stores on each engine.
fn each_engine() -> [(Stores, Option<tempfile::TempDir>); 2] {
    let profile = tempfile::tempdir().unwrap();
    let on_disk = Stores::open(profile.path(), &key()).unwrap();
    [
        (on_disk, Some(profile)),
        (Stores::in_memory().unwrap(), None),
    ]
}

pub(super) fn key() -> StoreKey {
    StoreKey::new(Box::new([3; 32]))
}

#[tokio::test]
async fn nothing_of_an_expired_message_is_left_and_all_of_the_rest_is() {
    for (stores, _profile) in each_engine() {
        fill(&stores).await;
        assert_eq!(secrets(&stores), 10, "it is wherever it may be");

        expire(&stores).await;

        assert_eq!(secrets(&stores), 0);
        let events = timeline(&stores).await;
        let ids: Vec<_> = events
            .iter()
            .map(|event| event.event_id().unwrap())
            .collect();
        assert_eq!(
            ids,
            ["$root", "$message", "$edit", "$beside"],
            "in their places"
        );
        let expired: Vec<_> = events.iter().map(|event| is_expired(event.raw())).collect();
        assert_eq!(expired, [false, true, true, false]);
        let left = &events[1];
        assert!(matches!(left.kind, TimelineEventKind::PlainText { .. }));
        assert_eq!(left.timestamp, the_message().timestamp);
        let Ok(AnySyncTimelineEvent::MessageLike(message)) = left.raw().deserialize() else {
            panic!("the SDK can read it");
        };
        assert!(message.is_redacted());
        assert_eq!(message.sender(), "@camille:interieur.example");
        assert_eq!(message.event_type().to_string(), "m.room.message");
        let Ok(AnySyncTimelineEvent::MessageLike(root)) = events[0].raw().deserialize() else {
            panic!("the SDK can read it");
        };
        assert!(root.relations().thread.is_some(), "the thread is still one");
        assert!(events[0].raw().json().get().contains("where do we meet?"));

        let store = stores.event_cache_store();
        let relations = store.find_event_relations(room(), self::message(), None);
        assert!(relations.await.unwrap().is_empty(), "it has no edit now");
        assert_eq!(
            latest(&stores).await["Remote"]["kind"]["PlainText"]["event"]["event_id"],
            "$edit"
        );
        assert_eq!(
            queued(&stores).await,
            [vec!["an answer"], vec!["redaction", "a redaction"]],
            "what is to be redacted still is"
        );
        assert_eq!(draft(&stores, None).await, None);
        let answer = draft(&stores, Some(event_id!("$root"))).await.unwrap();
        assert_eq!(answer.plain_text, "not yet", "the person's own words");
        assert_eq!(answer.draft_type, ComposerDraftType::NewMessage);
    }
}

#[tokio::test]
async fn an_expired_message_that_comes_back_is_stored_emptied() {
    for (stores, _profile) in each_engine() {
        // Before it is known.
        let later = event_id!("$later").to_owned();
        let events = [message().to_owned(), later.clone()];
        stores.expire(room(), &events, &[]).await.unwrap();

        let store = stores.event_cache_store();
        store.save_event(room(), the_message()).await.unwrap();
        store.save_event(room(), plain(&edit())).await.unwrap();
        store.save_event(room(), root()).await.unwrap();
        assert_eq!(secrets(&stores), 0, "saved by itself");

        push(&stores, vec![root(), the_message(), undecrypted("$later")]).await;
        let at = Position::new(Id::new(0), 2);
        let item = decrypted(&json("$later", &text(SECRET), &json!({})));
        let updates = vec![Update::ReplaceItem { at, item }];
        let id = LinkedChunkId::Room(room());
        store
            .handle_linked_chunk_updates(id, updates)
            .await
            .unwrap();
        assert_eq!(secrets(&stores), 0, "by a page, and once its key has come");
        let waiting = store.get_room_events(room(), None, Some("session")).await;
        assert!(waiting.unwrap().is_empty(), "it waits for no key");

        // The SDK's memory is written down.
        save_latest(&stores, LatestEventValue::Remote(the_message())).await;
        let local = |body: &Value| LocalLatestEventValue {
            timestamp: now(),
            content: content(body),
        };
        let sent = LatestEventValue::LocalHasBeenSent {
            event_id: later,
            value: local(&text(SECRET)),
        };
        save_latest(&stores, sent).await;
        assert_eq!(secrets(&stores), 0);
        let edit = local(&related(SECRET, "m.replace", "$message"));
        save_latest(&stores, LatestEventValue::LocalIsSending(edit)).await;
        assert_eq!(secrets(&stores), 0);
        let other = plain(&json("$other", &text("no secret"), &json!({})));
        save_latest(&stores, LatestEventValue::Remote(other)).await;
        assert!(
            latest(&stores).await.to_string().contains("no secret"),
            "of another"
        );

        store.clear_all_linked_chunks().await.unwrap();
        store.save_event(room(), the_message()).await.unwrap();
        assert_eq!(secrets(&stores), 0, "also after the cache was cleared");
        store.remove_room(room()).await.unwrap();
        store.save_event(room(), the_message()).await.unwrap();
        assert_eq!(secrets(&stores), 1, "a room that was removed is another");
    }
}

#[tokio::test]
async fn what_was_forgotten_expires_with_the_rest() {
    let stores = Stores::in_memory().unwrap();
    push(&stores, vec![the_message()]).await;
    stores
        .event_cache_store()
        .clear_all_linked_chunks()
        .await
        .unwrap();
    assert_eq!(secrets(&stores), 1, "it still lies there");
    expire(&stores).await;
    assert_eq!(secrets(&stores), 0);
}

#[tokio::test]
async fn expiry_knows_no_state_and_no_other_room_and_is_done_once() {
    let stores = Stores::in_memory().unwrap();
    let mut name = json("$message", &json!({ "name": SECRET }), &json!({}));
    name["type"] = json!("m.room.name");
    name["state_key"] = json!("");
    let store = stores.event_cache_store();
    store.save_event(room(), plain(&name)).await.unwrap();
    let other = room_id!("!other:interieur.example");
    store.save_event(other, the_message()).await.unwrap();
    expire(&stores).await;
    assert_eq!(secrets(&stores), 2);

    let stores = Stores::in_memory().unwrap();
    fill(&stores).await;
    expire(&stores).await;
    let (events, queue) = (timeline(&stores).await.len(), queued(&stores).await);
    expire(&stores).await;
    assert_eq!(timeline(&stores).await.len(), events);
    assert_eq!(queued(&stores).await, queue);
    assert_eq!(secrets(&stores), 0);
}

#[tokio::test]
async fn a_message_that_was_never_sent_expires_with_all_that_waits_for_it() {
    let stores = Stores::in_memory().unwrap();
    queue(&stores, "unsent", &text(SECRET)).await;
    queue(&stores, "other", &text("a later one")).await;
    let key = "👍".to_owned();
    depend(
        &stores,
        "unsent",
        "reaction",
        Dependent::ReactEvent { key: key.clone() },
    )
    .await;
    depend(&stores, "other", "another", Dependent::ReactEvent { key }).await;
    let waits = |body: &str| {
        LatestEventValue::LocalCannotBeSent(LocalLatestEventValue {
            timestamp: now(),
            content: content(&text(body)),
        })
    };
    save_latest(&stores, waits("a later one")).await;
    let unsent = ["unsent".into()];
    stores.expire(room(), &[], &unsent).await.unwrap();
    assert_eq!(queued(&stores).await, [["other"], ["another"]]);
    assert!(latest(&stores).await.to_string().contains("a later one"));

    queue(&stores, "unsent", &text(SECRET)).await;
    save_latest(&stores, waits(SECRET)).await;
    stores.expire(room(), &[], &unsent).await.unwrap();
    assert_eq!(latest(&stores).await, json!("None"));
    assert_eq!(secrets(&stores), 0);
}
