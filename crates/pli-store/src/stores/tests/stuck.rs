//! A disk that refuses the file of a large page, and takes others.

use std::{fs, os::unix::fs::symlink, sync::mpsc, thread, time::Duration};

use super::*;

/// Longer than any of it takes: what it looks for is a wait without end.
const HANG: Duration = Duration::from_secs(120);

/// A directory in which nobody can make a file.
const REFUSES: &str = "/sys";

/// Above 128 KB sled writes a page to a file of its own.
const LARGE: usize = 200_000;

/// Ends the test if the act never does.
fn within_time(act: impl FnOnce() + Send + 'static) {
    let (tell, told) = mpsc::channel();
    let acting = thread::spawn(move || {
        act();
        tell.send(()).unwrap();
    });
    if told.recv_timeout(HANG) == Err(mpsc::RecvTimeoutError::Timeout) {
        panic!("it waits for ever");
    }
    acting.join().unwrap();
}

fn block_on<T>(act: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.unwrap().block_on(act)
}

#[test]
fn a_large_page_that_the_disk_refuses_stops_nothing_and_loses_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_owned();
    within_time(move || {
        let key = StoreKey::new(Box::new([1; 32]));
        let large = "x".repeat(LARGE);
        let stores = Stores::open(&path, &key).unwrap();
        let blobs = path.join("keys/1/blobs");
        block_on(stores.values().set("before", &1_u64)).unwrap();

        fs::remove_dir_all(&blobs).unwrap();
        symlink(REFUSES, &blobs).unwrap();
        let refused = block_on(stores.values().set("large", &large));

        assert!(matches!(refused, Err(StoreError::Io(_))), "{refused:?}");
        // The records go on in another generation.
        block_on(stores.values().set("large", &large)).unwrap();
        assert_eq!(stores.values().get("before").unwrap(), Some(1_u64));
        assert_eq!(stores.values().get("large").unwrap(), Some(large.clone()));
        block_on(stores.values().set("after", &2_u64)).unwrap();
        block_on(stores.flush()).unwrap();
        drop(stores);
        let stores = Stores::open(&path, &key).unwrap();
        assert_eq!(stores.healings(), []);
        assert_eq!(stores.values().get("before").unwrap(), Some(1_u64));
        assert_eq!(stores.values().get("large").unwrap(), Some(large));
        assert_eq!(stores.values().get("after").unwrap(), Some(2_u64));
        assert!(!blobs.exists(), "what was left is removed");
    });
}
