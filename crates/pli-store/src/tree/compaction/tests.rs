//! When a rewrite is worth it.

use std::sync::{Arc, atomic::AtomicUsize};

use super::{super::Ground, *};
use crate::{
    cipher::StoreKey,
    engine::{
        Engine, EngineError, Successors, Visit, Write,
        memory::{MemoryEngine, MemorySuccessors},
    },
};

const MEGABYTE: u64 = 1024 * 1024;

/// Takes as much of the disk as it is told to.
struct Bloated {
    engine: MemoryEngine,
    size: Arc<AtomicU64>,
}

impl Engine for Bloated {
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
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.engine.flush()
    }

    fn size(&self) -> Result<u64, EngineError> {
        Ok(self.size.load(Ordering::Relaxed))
    }
}

/// Counts the rewrites; those take what they hold.
struct Counted(Arc<AtomicUsize>);

impl Successors for Counted {
    fn begin(&mut self, bytes: u64) -> Result<Arc<dyn Engine>, EngineError> {
        self.0.fetch_add(1, Ordering::Relaxed);
        MemorySuccessors.begin(bytes)
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        MemorySuccessors.commit()
    }

    fn clear(&mut self) -> Result<(), EngineError> {
        MemorySuccessors.clear()
    }
}

struct Scene {
    tree: Tree,
    size: Arc<AtomicU64>,
    rewrites: Arc<AtomicUsize>,
}

/// A database of 20 MB.
fn scene() -> Scene {
    let (size, rewrites) = (Arc::<AtomicU64>::default(), Arc::<AtomicUsize>::default());
    let engine = MemoryEngine::default();
    for number in 0..20_u8 {
        let value = vec![0; MEGABYTE as usize];
        engine.apply(&[(vec![9, number], Some(value))]).unwrap();
    }
    let engine = Bloated {
        engine,
        size: size.clone(),
    };
    let successors = Counted(rewrites.clone());
    let key = StoreKey::new(Box::new([5; 32]));
    let tree = Tree::start(
        Arc::new(engine),
        Box::new(successors),
        &key,
        "history",
        None,
        Ground::in_memory(),
    );
    Scene {
        tree: tree.unwrap(),
        size,
        rewrites,
    }
}

impl Scene {
    /// Whether it is rewritten when it takes so much.
    async fn rewritten_at(&self, megabytes: u64) -> bool {
        self.size.store(megabytes * MEGABYTE, Ordering::Relaxed);
        let before = self.rewrites.load(Ordering::Relaxed);
        let told = self.tree.compact_if_worth().await.unwrap();
        let rewritten = self.rewrites.load(Ordering::Relaxed) > before;
        assert_eq!(told, rewritten);
        rewritten
    }
}

#[tokio::test]
async fn a_database_is_rewritten_once_it_takes_twice_what_it_holds() {
    let scene = scene();
    assert!(!scene.rewritten_at(31).await, "a small one is let be");
    assert!(!scene.rewritten_at(39).await, "less than twice");
    assert!(scene.rewritten_at(49).await, "more than twice");
    assert!(scene.tree.size().unwrap() < 21 * MEGABYTE, "another engine");
    assert!(!scene.rewritten_at(90).await, "which is small");
}

#[tokio::test]
async fn a_database_that_grew_little_is_not_counted_again() {
    let scene = scene();
    assert!(!scene.rewritten_at(39).await);
    assert!(!scene.rewritten_at(48).await, "by less than a quarter");
    assert!(scene.rewritten_at(49).await, "by a quarter");
}
