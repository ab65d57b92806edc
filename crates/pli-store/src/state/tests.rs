//! What the SDK's own suite does not ask of the store.

use std::{
    ops::ControlFlow,
    sync::{Arc, Mutex},
};

use matrix_sdk_base::{
    RoomState,
    ruma::{room_id, user_id},
    store::{ComposerDraft, ComposerDraftType},
};
use serde_json::{Value, json};

use super::*;
use crate::{
    cipher::StoreKey,
    engine::{
        Direction, Engine, EngineError, KeyRange, Visit, Write,
        memory::{MemoryEngine, MemorySuccessors},
    },
    tree::Ground,
};

fn room() -> &'static RoomId {
    room_id!("!cabinet:interieur.example")
}

fn other() -> &'static RoomId {
    room_id!("!greffe:justice.example")
}

/// An engine that remembers what it was asked to write and to flush.
#[derive(Default)]
struct Watched {
    engine: MemoryEngine,
    name: &'static str,
    acts: Arc<Mutex<Vec<(&'static str, &'static str)>>>,
}

impl Engine for Watched {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.engine.get(key)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        self.engine.scan(range, direction, visit)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        self.acts.lock().unwrap().push((self.name, "write"));
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.acts.lock().unwrap().push((self.name, "flush"));
        self.engine.flush()
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.engine.size()
    }
}

struct Scene {
    store: PliStateStore,
    acts: Arc<Mutex<Vec<(&'static str, &'static str)>>>,
}

fn scene() -> Scene {
    let acts = Arc::<Mutex<Vec<_>>>::default();
    let tree = |name| {
        let engine = Arc::new(Watched {
            name,
            acts: acts.clone(),
            ..Watched::default()
        });
        let key = StoreKey::new(Box::new([2; 32]));
        Tree::start(
            engine,
            Box::new(MemorySuccessors),
            &key,
            name,
            None,
            Ground::in_memory(),
        )
        .unwrap()
    };
    Scene {
        store: PliStateStore::new(tree("keys"), tree("history")),
        acts,
    }
}

impl Scene {
    /// The keys of all records of both databases, the store's own left out.
    fn records(&self) -> Vec<Vec<u8>> {
        let all = KeyRange {
            start: vec![crate::key::domain::FIRST_OF_STORES],
            end: None,
        };
        let mut keys = Vec::new();
        for tree in [&self.store.keys, &self.store.history] {
            tree.engine()
                .scan(&all, Direction::Forward, &mut |key, _| {
                    keys.push(key.to_vec());
                    ControlFlow::Continue(())
                })
                .unwrap();
        }
        keys
    }

    fn acts(&self) -> Vec<(&'static str, &'static str)> {
        std::mem::take(&mut self.acts.lock().unwrap())
    }

    async fn topic(&self) -> Value {
        let kind = StateEventType::RoomTopic;
        let event = self.store.get_state_event(room(), kind, "").await.unwrap();
        match event.unwrap() {
            RawAnySyncOrStrippedState::Sync(event) => {
                serde_json::from_str(event.json().get()).unwrap()
            }
            RawAnySyncOrStrippedState::Stripped(event) => {
                serde_json::from_str(event.json().get()).unwrap()
            }
        }
    }
}

fn raw<T>(event: &Value) -> Raw<T> {
    Raw::new(event).unwrap().cast_unchecked()
}

fn put_state(changes: &mut StateChanges, room: &RoomId, kind: &str, key: &str, event: &Value) {
    let events = changes.state.entry(room.to_owned()).or_default();
    let events = events.entry(kind.into()).or_default();
    events.insert(key.to_owned(), raw(event));
}

fn topic(event_id: &str, topic: &str) -> Value {
    json!({
        "type": "m.room.topic", "state_key": "", "event_id": event_id, "sender": "@a:b.c",
        "origin_server_ts": 1, "content": { "topic": topic },
    })
}

fn put_redaction(changes: &mut StateChanges, of: &str) {
    let redaction = raw(&json!({
        "type": "m.room.redaction", "redacts": of, "event_id": "$redaction", "sender": "@a:b.c",
        "origin_server_ts": 2, "content": {},
    }));
    let redactions = changes.redactions.entry(room().to_owned()).or_default();
    redactions.insert(of.try_into().unwrap(), redaction);
}

fn with_topic(event_id: &str, text: &str) -> StateChanges {
    let mut changes = StateChanges::default();
    put_state(
        &mut changes,
        room(),
        "m.room.topic",
        "",
        &topic(event_id, text),
    );
    changes
}

/// Something of everything that a room may have.
async fn fill_room(store: &PliStateStore, room: &RoomId) {
    let alice = user_id!("@alice:interieur.example");
    let mut changes = with_topic("$topic", "the topic");
    let events = changes.state.remove(self::room()).unwrap();
    changes.state.insert(room.to_owned(), events);
    let member = json!({
        "type": "m.room.member", "state_key": alice, "event_id": "$member", "sender": alice,
        "origin_server_ts": 1, "content": { "membership": "join", "displayname": "Alice" },
    });
    put_state(&mut changes, room, "m.room.member", alice.as_str(), &member);
    let names = [(DisplayName::new("Alice"), [alice.to_owned()].into())].into();
    changes.ambiguity_maps.insert(room.to_owned(), names);
    changes.add_room(RoomInfo::new(room, RoomState::Joined));
    let receipt = json!({ "$topic": { "m.read": { alice.as_str(): { "ts": 1 } } } });
    changes.add_receipts(room, serde_json::from_value(receipt).unwrap());
    let tags = raw(&json!({ "type": "m.tag", "content": { "tags": {} } }));
    let account = [("m.tag".into(), tags)].into();
    changes.room_account_data.insert(room.to_owned(), account);
    store.save_changes(&changes).await.unwrap();

    let draft = ComposerDraft {
        plain_text: "not yet".to_owned(),
        html_text: None,
        draft_type: ComposerDraftType::NewMessage,
        attachments: Vec::new(),
    };
    let thread = <&EventId>::try_from("$topic").unwrap();
    for thread in [None, Some(thread)] {
        let key = StateStoreDataKey::ComposerDraft(room, thread);
        let draft = StateStoreDataValue::ComposerDraft(draft.clone());
        store.set_kv_data(key, draft).await.unwrap();
    }
    let seen = StateStoreDataValue::SeenKnockRequests(BTreeMap::default());
    let key = StateStoreDataKey::SeenKnockRequests(room);
    store.set_kv_data(key, seen).await.unwrap();
    queue(store, room).await;
}

async fn queue(store: &PliStateStore, room: &RoomId) {
    let now = MilliSecondsSinceUnixEpoch(1_u32.into());
    let request = QueuedRequestKind::Redaction {
        redacts: "$topic".try_into().unwrap(),
        reason: None,
    };
    store
        .save_send_queue_request(room, "one".into(), now, request, 0)
        .await
        .unwrap();
    let own = ChildTransactionId::from("two".to_owned());
    let kind = DependentQueuedRequestKind::RedactEvent;
    store
        .save_dependent_queued_request(room, "one".into(), own, now, kind)
        .await
        .unwrap();
}

#[tokio::test]
async fn nothing_of_a_removed_room_is_left() {
    let scene = scene();
    fill_room(&scene.store, other()).await;
    let before = scene.records();
    fill_room(&scene.store, room()).await;
    assert!(scene.records().len() >= 2 * before.len());

    scene.store.remove_room(room()).await.unwrap();

    assert_eq!(scene.records(), before, "and all of the other room is");
}

#[tokio::test]
async fn what_only_this_device_knows_is_on_the_disk_when_a_call_returns() {
    let scene = scene();
    queue(&scene.store, room()).await;
    let kept = [("keys", "write"), ("keys", "flush")];
    assert_eq!(scene.acts(), [kept, kept].concat());

    let info = RoomInfo::new(room(), RoomState::Joined);
    let mut changes = StateChanges::default();
    changes.add_room(info);
    scene.store.save_changes(&changes).await.unwrap();
    assert_eq!(scene.acts(), [("history", "write")]);
}

#[tokio::test]
async fn a_sync_token_is_written_after_all_before_it_is_on_the_disk() {
    let scene = scene();
    let token = || "next".to_owned();
    let both = [
        ("history", "flush"),
        ("keys", "flush"),
        ("history", "write"),
    ];

    let changes = StateChanges::new(token());
    scene.store.save_changes(&changes).await.unwrap();
    assert_eq!(scene.acts(), both);

    let token = StateStoreDataValue::SyncToken(token());
    let key = StateStoreDataKey::SyncToken;
    scene.store.set_kv_data(key, token).await.unwrap();
    assert_eq!(scene.acts(), both);
}

#[tokio::test]
async fn only_the_event_that_is_current_is_redacted() {
    let scene = scene();
    let save = async |changes: &StateChanges| scene.store.save_changes(changes).await.unwrap();
    save(&with_topic("$old", "old")).await;
    let records = scene.records().len();
    save(&with_topic("$new", "new")).await;
    assert_eq!(scene.records().len(), records, "no trace of the old event");

    let mut changes = StateChanges::default();
    put_redaction(&mut changes, "$old");
    save(&changes).await;
    assert_eq!(scene.topic().await["content"]["topic"], "new");

    let mut changes = StateChanges::default();
    put_redaction(&mut changes, "$new");
    save(&changes).await;
    assert_eq!(scene.topic().await["content"], json!({}));
    assert_eq!(scene.topic().await["event_id"], "$new");
}

#[tokio::test]
async fn an_event_and_its_redaction_may_come_in_one_sync() {
    let scene = scene();
    let mut changes = with_topic("$topic", "secret");
    put_redaction(&mut changes, "$topic");
    scene.store.save_changes(&changes).await.unwrap();
    assert_eq!(scene.topic().await["content"], json!({}));
}

#[tokio::test]
async fn what_an_invitation_showed_is_gone_once_it_was_answered() {
    for answer in [RoomState::Joined, RoomState::Left] {
        let scene = scene();
        let mut changes = StateChanges::default();
        let events = changes.stripped_state.entry(room().to_owned()).or_default();
        let events = events.entry(StateEventType::RoomTopic).or_default();
        events.insert(String::new(), raw(&topic("$topic", "shown")));
        changes.add_room(RoomInfo::new(room(), RoomState::Invited));
        scene.store.save_changes(&changes).await.unwrap();
        assert_eq!(scene.topic().await["content"]["topic"], "shown");

        let mut changes = StateChanges::default();
        changes.add_room(RoomInfo::new(room(), answer));
        scene.store.save_changes(&changes).await.unwrap();
        let kind = StateEventType::RoomTopic;
        let event = scene.store.get_state_event(room(), kind, "").await.unwrap();
        assert!(event.is_none(), "after {answer:?}");
    }
}

#[tokio::test]
async fn a_value_of_another_key_is_refused() {
    let scene = scene();
    let token = StateStoreDataValue::SyncToken("token".to_owned());
    let key = StateStoreDataKey::WellKnown;
    let refused = scene.store.set_kv_data(key, token).await;
    assert!(matches!(refused, Err(StoreError::Shape)), "{refused:?}");
}
