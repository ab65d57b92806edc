//! Stores on each engine, for the test that runs on this thread.

use std::{cell::RefCell, collections::HashMap};

use pli_store::{StoreKey, Stores};
use tempfile::TempDir;

thread_local! {
    /// Removed with the thread of the test, after its stores have closed.
    static DIRECTORIES: RefCell<HashMap<String, TempDir>> = RefCell::default();
    static MEMORIES: RefCell<HashMap<String, Stores>> = RefCell::default();
}

/// The key of every store on the disk.
pub(crate) fn key() -> StoreKey {
    StoreKey::new(Box::new([7; 32]))
}

/// New stores on the disk.
pub(crate) fn on_disk() -> Stores {
    on_disk_named("", true)
}

/// Stores on the disk: new ones if they are to be `clear`, or else those that were closed before
/// under this name.
pub(crate) fn on_disk_named(name: &str, clear: bool) -> Stores {
    DIRECTORIES.with_borrow_mut(|directories| {
        if clear {
            directories.remove(name);
        }
        let directory = directories
            .entry(name.to_owned())
            .or_insert_with(|| tempfile::tempdir().unwrap());
        Stores::open(directory.path(), &key()).unwrap()
    })
}

/// The same in memory.
pub(crate) fn in_memory_named(name: &str, clear: bool) -> Stores {
    MEMORIES.with_borrow_mut(|memories| {
        if clear {
            memories.remove(name);
        }
        memories
            .entry(name.to_owned())
            .or_insert_with(|| Stores::in_memory().unwrap())
            .clone()
    })
}
