//! An expiry that stops midway: at the next opening it is made, in both databases, or it is not.

use std::sync::atomic::{AtomicUsize, Ordering};

use matrix_sdk_base::{
    event_cache::store::EventCacheStore,
    ruma::{EventId, OwnedEventId},
};
use serde_json::json;

use super::{
    expiry::{draft, fill, json, key, message, plain, queued, room, secrets, text},
    *,
};
use crate::{
    engine::{Direction, Engine, EngineError, KeyRange, Visit, Write},
    intent, is_expired,
};

/// Of them, with what goes with each, a change needs several batches.
const MESSAGES: usize = 120;

/// Stops, as a crash would, after so many batches of both databases.
struct Stopping {
    engine: Arc<MemoryEngine>,
    left: Arc<AtomicUsize>,
}

impl Engine for Stopping {
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
        let stopped = |left: usize| left.checked_sub(1);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, stopped)
            .map_err(|_| EngineError::Damaged)?;
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        Ok(())
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.engine.size()
    }
}

struct Scene {
    engines: [Arc<MemoryEngine>; 2],
    left: Arc<AtomicUsize>,
}

impl Scene {
    async fn filled() -> Self {
        let scene = Self {
            engines: Default::default(),
            left: Arc::new(AtomicUsize::new(usize::MAX)),
        };
        let stores = scene.open();
        fill(&stores).await;
        let store = stores.event_cache_store();
        for id in more() {
            let event = plain(&json(
                id.as_str(),
                &text("the door code is 4412"),
                &json!({}),
            ));
            store.save_event(room(), event).await.unwrap();
        }
        scene
    }

    /// As [`Stores::open`] does.
    fn open(&self) -> Stores {
        let [keys, history] = [DatabaseName::Keys, DatabaseName::History].map(|name| {
            let engine = self.engines[name as usize].clone();
            intent::recover(engine.as_ref()).unwrap();
            let engine = Arc::new(Stopping {
                engine,
                left: self.left.clone(),
            });
            let (successors, ground) = (Box::new(MemorySuccessors), Ground::in_memory());
            let name = name.directory();
            Tree::start(engine, successors, &key(), name, None, ground).unwrap()
        });
        let stores = Stores {
            keys,
            history,
            media: Files::in_memory(&key()),
            arrival: Waiting::default(),
            healings: Vec::new(),
            directory: None,
        };
        stores.end_expiring();
        stores
    }

    fn stop_after(&self, batches: usize) {
        self.left.store(batches, Ordering::Relaxed);
    }
}

fn more() -> Vec<OwnedEventId> {
    let ids = (0..MESSAGES).map(|number| EventId::parse(format!("$more{number}")));
    ids.map(Result::unwrap).collect()
}

fn all() -> Vec<OwnedEventId> {
    [more(), vec![message().to_owned()]].concat()
}

/// Whether all of it has expired; otherwise none has.
async fn has_expired(stores: &Stores) -> bool {
    let [requests, dependents] = queued(stores).await;
    let waiting = (requests.len(), dependents.len());
    let is_drafted = draft(stores, None).await.is_some();
    let store = stores.event_cache_store();
    let event = store.find_event(room(), message()).await;
    let event = event.unwrap().unwrap();
    match secrets(stores) {
        0 => {
            assert_eq!((waiting, is_drafted), ((1, 2), false), "in both databases");
            assert!(is_expired(event.raw()));
            true
        }
        secrets => {
            assert_eq!(secrets, 10 + MESSAGES, "half of it has expired");
            assert_eq!((waiting, is_drafted), ((3, 4), true), "in both databases");
            assert!(!is_expired(event.raw()));
            false
        }
    }
}

#[tokio::test]
async fn an_expiry_is_made_whole_or_not_at_all_wherever_it_stops() {
    let (mut undone, mut done) = (0, 0);
    for stop in 0.. {
        let scene = Scene::filled().await;
        let stores = scene.open();
        scene.stop_after(stop);
        let finished = stores.expire(room(), &all(), &[]).await.is_ok();
        drop(stores);

        scene.stop_after(usize::MAX);
        let stores = scene.open();

        if has_expired(&stores).await {
            done += 1;
        } else {
            undone += 1;
        }
        drop(stores);
        if finished {
            break;
        }
    }
    assert!(undone > 0, "it may stop before it has begun");
    assert!(done > 5, "and at several places after: {done}");
}

#[tokio::test]
async fn an_expiry_that_failed_is_made_when_it_is_asked_for_again() {
    for stop in 0..6 {
        let scene = Scene::filled().await;
        let stores = scene.open();
        scene.stop_after(stop);
        assert!(stores.expire(room(), &all(), &[]).await.is_err());

        scene.stop_after(usize::MAX);
        stores.expire(room(), &all(), &[]).await.unwrap();

        assert!(has_expired(&stores).await, "after {stop}");
    }
}
