//! An engine that fails for ever, as sled does, and is reopened without what it had not flushed:
//! nothing that was made is lost.

use std::sync::atomic::{AtomicU64, Ordering};

use super::*;
use crate::engine::Successors;

const GIGABYTE: u64 = 1024 * 1024 * 1024;

/// What is on the disk, and how the engines on it fail.
#[derive(Default)]
struct Disk {
    /// Batches in their order, and how many of them were flushed.
    log: Vec<Vec<Write>>,
    flushed: usize,
    /// Of those not flushed, how many outlive a reopening.
    outlive: usize,
    calls: usize,
    /// The call at which the engine fails, and from then on at each until it is reopened.
    fails_at: usize,
    reopenings: usize,
    /// As long as the disk itself fails, no engine opens.
    broken: bool,
}

type Shared = Arc<Mutex<Disk>>;

/// Holds in memory what sled does, and writes to the disk behind.
struct Sticky {
    engine: MemoryEngine,
    disk: Shared,
    failed: Mutex<bool>,
}

impl Sticky {
    /// Notes the call, and whether it may go on.
    fn call(&self) -> Result<std::sync::MutexGuard<'_, Disk>, EngineError> {
        let mut disk = self.disk.lock().unwrap();
        let mut failed = self.failed.lock().unwrap();
        *failed |= disk.calls == disk.fails_at;
        disk.calls += 1;
        if *failed {
            return Err(EngineError::DiskFull);
        }
        Ok(disk)
    }
}

impl Engine for Sticky {
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
        self.call()?.log.push(writes.to_vec());
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        let mut disk = self.call()?;
        disk.flushed = disk.log.len();
        Ok(())
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.engine.size()
    }
}

struct OnDisk(Shared, Arc<AtomicU64>);

impl Successors for OnDisk {
    fn begin(&mut self, _: u64) -> Result<Arc<dyn Engine>, EngineError> {
        Err(EngineError::DiskFull)
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        Err(EngineError::DiskFull)
    }

    fn clear(&mut self) -> Result<(), EngineError> {
        Ok(())
    }

    fn space(&self) -> Result<u64, EngineError> {
        Ok(self.1.load(Ordering::Relaxed))
    }

    fn probe(&self) -> Result<(), EngineError> {
        if self.0.lock().unwrap().broken {
            return Err(EngineError::Io(std::io::ErrorKind::Other));
        }
        Ok(())
    }

    fn reopen(&self) -> Result<Arc<dyn Engine>, EngineError> {
        let engine = MemoryEngine::default();
        let mut disk = self.0.lock().unwrap();
        let kept = (disk.flushed + disk.outlive).min(disk.log.len());
        disk.log.truncate(kept);
        disk.reopenings += 1;
        for writes in &disk.log {
            engine.apply(writes)?;
        }
        drop(disk);
        Ok(Arc::new(Sticky {
            engine,
            disk: self.0.clone(),
            failed: Mutex::default(),
        }))
    }
}

struct Scene {
    copies: Copies,
    disk: Shared,
    space: Arc<AtomicU64>,
}

impl Scene {
    fn new(disk: Disk) -> Self {
        let disk = Arc::new(Mutex::new(disk));
        let space = Arc::new(AtomicU64::new(GIGABYTE));
        let successors = OnDisk(disk.clone(), space.clone());
        let live = Arc::new(Live::new(successors.reopen().unwrap()));
        let copies = Copies {
            first: Compaction::new(live, Box::new(successors)),
            second: None,
            ledger: Ledger::default(),
            space: Space::new(tokio::sync::watch::channel(DiskStatus::Ready).0),
        };
        Self {
            copies,
            disk,
            space,
        }
    }

    fn content(&self) -> Content {
        content(self.copies.first.engine().as_ref())
    }

    fn status(&self) -> DiskStatus {
        self.copies.space.status()
    }
}

/// Whether the failure came to pass.
fn nothing_is_lost(fails_at: usize, outlive: usize) -> bool {
    let mut scene = Scene::new(Disk {
        fails_at,
        outlive,
        ..Disk::default()
    });
    let mut expected = Content::new();
    for (number, change) in changes().into_iter().enumerate() {
        let made = with(&expected, &change);
        match scene.copies.apply(change) {
            Ok(()) => expected = made,
            Err(_) => assert!(!scene.copies.ledger.owes, "it is reopened at once"),
        }
        assert!(
            scene.content() == expected,
            "{number}, when call {fails_at} failed and {outlive} outlived"
        );
        if number % 3 == 2 {
            scene.copies.flush().unwrap();
        }
    }
    assert_eq!(scene.status(), DiskStatus::Ready);
    let disk = scene.disk.lock().unwrap();
    disk.reopenings > 1
}

#[test]
fn what_was_made_outlives_an_engine_that_fails_for_ever() {
    for outlive in [0, 1, 4, usize::MAX / 2] {
        let failed = (0..).take_while(|&call| nothing_is_lost(call, outlive));
        assert!(failed.count() > 20, "it fails within the changes");
    }
}

#[test]
fn an_engine_is_reopened_only_when_the_disk_answers_and_nobody_reads() {
    let mut scene = Scene::new(Disk {
        fails_at: 1,
        broken: true,
        ..Disk::default()
    });
    scene.copies.apply(change(1, 0..3)).unwrap();
    scene.copies.apply(change(2, 0..3)).unwrap_err();
    assert_ne!(scene.status(), DiskStatus::Ready);
    let before = scene.content();
    assert_eq!(before.len(), 2, "it is read all the same");

    scene.disk.lock().unwrap().broken = false;
    scene.copies.ledger.reopened = None;
    let reader = scene.copies.first.engine();
    scene.copies.look();
    assert_ne!(scene.status(), DiskStatus::Ready);
    assert_eq!(content(reader.as_ref()), before);

    drop(reader);
    scene.copies.ledger.reopened = None;
    scene.copies.look();
    assert_eq!(scene.status(), DiskStatus::Ready);
    assert_eq!(scene.content(), before);
}

#[test]
fn a_full_disk_refuses_changes_until_there_is_space_again() {
    let mut scene = Scene::new(Disk {
        fails_at: usize::MAX,
        ..Disk::default()
    });
    scene.copies.apply(change(1, 0..10)).unwrap();
    let before = scene.content();
    let calls = || scene.disk.lock().unwrap().calls;

    let called = calls();
    scene.space.store(30 * 1024 * 1024, Ordering::Relaxed);
    scene.copies.space.forget();
    let refused = scene.copies.apply(change(2, 0..10));
    assert_eq!(refused, Err(EngineError::DiskFull));
    assert_eq!(calls(), called, "before the engine meets a full disk");
    assert_eq!(scene.status(), DiskStatus::Full);
    assert_eq!(scene.content(), before);

    let removal = Change {
        writes: vec![(b"k\0\0".to_vec(), None)],
        ..change(3, 0..0)
    };
    scene.copies.apply(removal).unwrap();
    assert_eq!(scene.status(), DiskStatus::Full, "which changes little");

    // Just above the reserve others may fill it at any moment.
    scene.space.store(65 * 1024 * 1024, Ordering::Relaxed);
    scene.copies.look();
    assert_eq!(scene.status(), DiskStatus::Full);

    scene.space.store(GIGABYTE, Ordering::Relaxed);
    scene.copies.look();
    assert_eq!(scene.status(), DiskStatus::Ready);
    scene.copies.apply(change(4, 0..10)).unwrap();
}
