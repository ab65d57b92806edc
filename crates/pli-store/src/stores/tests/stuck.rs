//! A disk that refuses the file of a large page, of which older versions wrote some, and takes others.

use std::{
    fs::{self, File},
    os::{fd::AsRawFd, unix::fs::symlink},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::*;
use crate::cipher::Cipher;

/// Longer than any of it takes: what it looks for is a wait without end.
const HANG: Duration = Duration::from_secs(120);

/// Above 128 KB sled writes a page to a file of its own.
const LARGE: usize = 200_000;

/// Enough for sled to write a page anew.
const CHANGES: u64 = 40;

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

/// Puts what an older version wrote into the page of the first records.
fn add_large_page(database: &Path, key: &StoreKey) {
    let cipher = Cipher::new(key, "keys");
    let sealed = cipher.seal(&[0xf0], &vec![1; LARGE]).unwrap();
    let db = ::sled::open(database).unwrap();
    db.insert([0xf0], sealed).unwrap();
}

/// Nobody can make a file in it from now on; it can be looked into.
fn refuse_files(directory: &Path) -> File {
    let gone = File::open(directory).unwrap();
    fs::remove_dir_all(directory).unwrap();
    symlink(format!("/proc/self/fd/{}", gone.as_raw_fd()), directory).unwrap();
    gone
}

#[test]
fn a_large_page_that_the_disk_refuses_stops_nothing_and_loses_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_owned();
    within_time(move || {
        let key = StoreKey::new(Box::new([1; 32]));
        let (keys, blobs) = (path.join("keys/1"), path.join("keys/1/blobs"));
        let stores = Stores::open(&path, &key).unwrap();
        block_on(stores.values().set("before", &1_u64)).unwrap();
        drop(stores);
        add_large_page(&keys, &key);
        let stores = Stores::open(&path, &key).unwrap();
        assert_eq!(stores.healings(), []);

        let _gone = refuse_files(&blobs);
        let change = |number: u64| block_on(stores.values().set(&number.to_string(), &number));
        let refused: Vec<u64> = (0..CHANGES)
            .filter(|number| change(*number).is_err())
            .collect();

        assert_eq!(refused.len(), 1, "of them {refused:?}");
        // From then on the records are in another generation.
        block_on(stores.flush()).unwrap();
        drop(stores);
        let stores = Stores::open(&path, &key).unwrap();
        assert_eq!(stores.healings(), []);
        assert_eq!(stores.values().get("before").unwrap(), Some(1_u64));
        for number in (0..CHANGES).filter(|number| !refused.contains(number)) {
            assert_eq!(
                stores.values().get(&number.to_string()).unwrap(),
                Some(number)
            );
        }
        assert!(!keys.exists(), "what was left is removed");
        let files = fs::read_dir(path.join("keys/2/blobs")).unwrap();
        assert_eq!(files.count(), 0, "no page is large any more");
    });
}
