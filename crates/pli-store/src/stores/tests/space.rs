//! A disk that is full, and has space again, under real databases.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use matrix_sdk_base::{
    StateChanges, StateStore,
    deserialized_responses::TimelineEvent,
    event_cache::store::EventCacheStore,
    ruma::{event_id, room_id, serde::Raw},
};
use serde_json::json;

use super::*;
use crate::{
    batch::Durability,
    disk_status::DiskStatus,
    engine::{
        Engine, EngineError, Successors,
        generations::{self, Generations},
    },
    key::Table,
};

const GIGABYTE: u64 = 1024 * 1024 * 1024;

/// The generations of a database on a disk whose space is told by the test.
struct Narrow(Generations, Arc<AtomicU64>);

impl Successors for Narrow {
    fn begin(&mut self, bytes: u64) -> Result<Arc<dyn Engine>, EngineError> {
        self.0.begin(bytes)
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        self.0.commit()
    }

    fn clear(&mut self) -> Result<(), EngineError> {
        self.0.clear()
    }

    fn space(&self) -> Result<u64, EngineError> {
        Ok(self.1.load(Ordering::Relaxed))
    }

    fn probe(&self) -> Result<(), EngineError> {
        self.0.probe()
    }

    fn reopen(&self) -> Result<Arc<dyn Engine>, EngineError> {
        self.0.reopen()
    }
}

fn open(directory: &Path, space: &Arc<AtomicU64>) -> Stores {
    let key = StoreKey::new(Box::new([1; 32]));
    let tree = |name: DatabaseName| {
        let (engine, generations, _) =
            generations::open(&directory.join(name.directory())).unwrap();
        let successors = Box::new(Narrow(generations, space.clone()));
        let tree = Tree::start(
            Arc::new(engine),
            successors,
            &key,
            name.directory(),
            None,
            Ground::in_memory(),
        );
        tree.unwrap()
    };
    Stores {
        keys: tree(DatabaseName::Keys),
        history: tree(DatabaseName::History),
        media: Files::in_memory(&key),
        arrival: super::super::Waiting::default(),
        healings: Vec::new(),
        directory: None,
    }
}

fn message() -> TimelineEvent {
    let event = json!({
        "type": "m.room.message", "event_id": "$note", "sender": "@alice:interieur.example",
        "origin_server_ts": 1, "content": { "msgtype": "m.text", "body": "the note" },
    });
    TimelineEvent::from_plaintext(Raw::new(&event).unwrap().cast_unchecked())
}

/// Fills the disk, and has that noticed by both databases.
async fn fill(stores: &Stores, space: &AtomicU64) {
    space.store(1_000, Ordering::Relaxed);
    for tree in [&stores.keys, &stores.history] {
        let place = tree.at(Table::<u8>::json(0xaf, 1));
        // The space is looked at once a second.
        loop {
            let mut batch = tree.batch().await;
            batch.put(&place, &1).unwrap();
            if batch.commit(Durability::Queued).await.is_err() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
    assert_eq!(stores.disk_status().now(), DiskStatus::Full);
}

#[tokio::test]
async fn on_a_full_disk_all_is_read_and_a_person_is_told_at_once() {
    let directory = tempfile::tempdir().unwrap();
    let space = Arc::new(AtomicU64::new(GIGABYTE));
    let stores = open(directory.path(), &space);
    stores.values().set("kept", &"before").await.unwrap();
    fill(&stores, &space).await;

    let refused = stores.values().set("kept", &"after").await;
    assert!(matches!(refused, Err(StoreError::DiskFull)));
    let kept: Option<String> = stores.values().get("kept").unwrap();
    assert_eq!(kept.as_deref(), Some("before"));

    space.store(GIGABYTE, Ordering::Relaxed);
    let mut disk = stores.disk_status();
    // By itself: nothing is written meanwhile.
    assert_eq!(disk.changed().await, Some(DiskStatus::Ready));
    stores.values().set("kept", &"after").await.unwrap();
}

#[tokio::test]
async fn what_a_sync_brings_waits_for_space() {
    let directory = tempfile::tempdir().unwrap();
    let space = Arc::new(AtomicU64::new(GIGABYTE));
    let stores = open(directory.path(), &space);
    fill(&stores, &space).await;

    let room = room_id!("!cabinet:interieur.example");
    let events = stores.event_cache_store();
    let saving = tokio::spawn(async move { events.save_event(room, message()).await });
    let state = stores.state_store();
    let syncing = tokio::spawn(async move {
        let changes = StateChanges::new("token".to_owned());
        state.save_changes(&changes).await
    });
    // Longer than it takes to be refused, twice.
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!saving.is_finished() && !syncing.is_finished());

    space.store(GIGABYTE, Ordering::Relaxed);
    saving.await.unwrap().unwrap();
    syncing.await.unwrap().unwrap();
    let events = stores.event_cache_store();
    let found = events.find_event(room, event_id!("$note")).await.unwrap();
    assert!(found.is_some());
}

#[tokio::test]
async fn an_account_that_ends_waits_no_longer() {
    let directory = tempfile::tempdir().unwrap();
    let space = Arc::new(AtomicU64::new(GIGABYTE));
    let stores = open(directory.path(), &space);
    fill(&stores, &space).await;
    let events = stores.event_cache_store();
    let room = room_id!("!cabinet:interieur.example");
    let saving = tokio::spawn(async move { events.save_event(room, message()).await });

    stores.end_waiting();

    let refused = saving.await.unwrap();
    assert!(matches!(refused, Err(StoreError::DiskFull)));
}
