//! Wakes a flush of sled that would wait for ever.
//!
//! When one of sled's threads cannot write the log, it notes the error, but in one place it wakes
//! nobody: a flush that waits for that thread never returns. Another flush finds the error noted,
//! and wakes all who wait.
//!
//! sled has one lock for all databases of a process: a batch waits for every flush, and from then
//! on every flush for the batch. A batch that waits for a flush which never returns would so keep
//! out the other flush as well. Therefore it waits here instead, where the latter may pass.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

use parking_lot::RwLock;

use super::EngineError;

/// Flushes share it, also while a batch waits for it.
pub(super) static BATCHES: RwLock<()> = RwLock::new(());

/// A flush that takes so long, or twice that, is prodded. One that waits for a slow disk only has
/// company then.
const PATIENCE: Duration = Duration::from_secs(2);

/// Looks after the flushes of a database.
pub(super) struct Prod {
    flushes: Arc<Flushes>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Flushes {
    /// Odd while one is under way.
    number: AtomicU64,
    ends: AtomicBool,
}

impl Prod {
    pub(super) fn start(db: ::sled::Db) -> Result<Self, EngineError> {
        let flushes = Arc::<Flushes>::default();
        let watched = flushes.clone();
        let thread = thread::Builder::new()
            .name("pli-store-prod".to_owned())
            .spawn(move || watched.watch(&db))?;
        Ok(Self {
            flushes,
            thread: Some(thread),
        })
    }

    /// Makes a flush, and looks after it.
    pub(super) fn attend<T>(&self, flush: impl FnOnce() -> T) -> T {
        let _shared = BATCHES.read_recursive();
        let _begun = Begun::new(&self.flushes.number);
        flush()
    }
}

impl Drop for Prod {
    fn drop(&mut self) {
        self.flushes.ends.store(true, Ordering::Release);
        if let Some(thread) = self.thread.take() {
            thread.thread().unpark();
            if thread.join().is_err() {
                tracing::error!("the watch over flushes ended with a fault");
            }
        }
    }
}

/// Ends the flush even if that panics.
struct Begun<'a>(&'a AtomicU64);

impl<'a> Begun<'a> {
    fn new(number: &'a AtomicU64) -> Self {
        number.fetch_add(1, Ordering::AcqRel);
        Self(number)
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::AcqRel);
    }
}

impl Flushes {
    fn watch(&self, db: &::sled::Db) {
        let mut seen = 0;
        loop {
            thread::park_timeout(PATIENCE);
            if self.ends.load(Ordering::Acquire) {
                return;
            }
            let number = self.number.load(Ordering::Acquire);
            if number == seen && !number.is_multiple_of(2) {
                tracing::warn!("a flush takes long");
                prod(db.clone());
            }
            seen = number;
        }
    }
}

/// In a thread of its own, which may come to wait as well.
fn prod(db: ::sled::Db) {
    let prodding = thread::Builder::new().spawn(move || {
        let shared = BATCHES.read_recursive();
        let flushed = catch_unwind(AssertUnwindSafe(|| drop(db.flush())));
        drop(shared);
        let closed = catch_unwind(AssertUnwindSafe(|| drop(db)));
        if flushed.and(closed).is_err() {
            tracing::error!("a database failed while it was flushed");
        }
    });
    if prodding.is_err() {
        tracing::warn!("a flush could not be prodded");
    }
}
