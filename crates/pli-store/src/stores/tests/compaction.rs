//! Stores that are rewritten while they are used.

use std::{collections::HashSet, fs, ops::ControlFlow};

use matrix_sdk_base::StateStore;
use matrix_sdk_crypto::store::CryptoStore;

use super::{
    profile::{fill, read},
    *,
};
use crate::engine::{Direction, KeyRange};

const CANARIES: usize = 200;

fn key() -> StoreKey {
    StoreKey::new(Box::new([1; 32]))
}

/// The sealed values of a database.
fn sealed(tree: &Tree) -> HashSet<Vec<u8>> {
    let mut found = HashSet::new();
    tree.engine()
        .scan(
            &KeyRange::below(&[]),
            Direction::Forward,
            &mut |_, value| {
                found.insert(value.to_vec());
                ControlFlow::Continue(())
            },
        )
        .unwrap();
    found
}

/// How many of the values begin, or end, somewhere in the files of a directory.
fn found_in_files(directory: &Path, values: &HashSet<Vec<u8>>) -> usize {
    const LENGTH: usize = 24;
    let mut marks: HashSet<[u8; LENGTH]> = HashSet::new();
    for value in values {
        // Not its first byte, which is the same in all of them.
        marks.insert(value[1..=LENGTH].try_into().unwrap());
        marks.insert(value[value.len() - LENGTH..].try_into().unwrap());
    }
    let (mut found, mut directories) = (HashSet::new(), vec![directory.to_owned()]);
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let content = fs::read(path).unwrap();
            let windows = content.windows(LENGTH);
            found.extend(
                windows
                    .filter(|window| marks.contains(*window))
                    .map(<[u8]>::to_vec),
            );
        }
    }
    found.len()
}

async fn write_canaries(stores: &Stores, value: Option<&[u8]>) {
    let (crypto, state) = (stores.crypto_store(), stores.state_store());
    for number in 0..CANARIES {
        let name = format!("canary {number}");
        match value {
            Some(value) => {
                let value = [name.as_bytes(), value].concat();
                crypto.set_custom_value(&name, value.clone()).await.unwrap();
                let set = state.set_custom_value(name.as_bytes(), value);
                set.await.unwrap();
            }
            None => {
                crypto.remove_custom_value(&name).await.unwrap();
                let removed = state.remove_custom_value(name.as_bytes());
                removed.await.unwrap();
            }
        }
    }
}

#[tokio::test]
async fn what_was_removed_is_in_no_file_after_a_compaction() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key()).unwrap();
    fill(&stores).await;
    let all = || &sealed(&stores.keys) | &sealed(&stores.history);
    let before = all();

    write_canaries(&stores, Some(&[0x5a; 700])).await;
    stores.flush().await.unwrap();
    let canaries = &all() - &before;
    assert_eq!(canaries.len(), 2 * CANARIES);
    assert_eq!(
        found_in_files(directory.path(), &canaries),
        2 * canaries.len(),
        "the search finds all that is there, by both ends"
    );

    write_canaries(&stores, None).await;
    stores.flush().await.unwrap();
    let left = found_in_files(directory.path(), &canaries);
    assert!(left > 0, "a removal alone leaves them in free space");
    let told = read(&stores).await;

    stores.compact().await.unwrap();

    assert_eq!(found_in_files(directory.path(), &canaries), 0);
    assert_eq!(read(&stores).await, told, "all else is there");
    drop(stores);
    assert_eq!(found_in_files(directory.path(), &canaries), 0);
    let stores = Stores::open(directory.path(), &key()).unwrap();
    assert_eq!(stores.healings(), []);
    assert_eq!(read(&stores).await, told);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reading_and_writing_go_on_during_a_compaction() {
    let directory = tempfile::tempdir().unwrap();
    let stores = Stores::open(directory.path(), &key()).unwrap();
    fill(&stores).await;
    let told = read(&stores).await;

    let compactions = tokio::spawn({
        let stores = stores.clone();
        async move {
            for _ in 0..5 {
                stores.compact().await.unwrap();
            }
        }
    });
    let crypto = stores.crypto_store();
    let mut written = 0_u32;
    while !compactions.is_finished() {
        let value = written.to_be_bytes().to_vec();
        let name = format!("{written}");
        crypto.set_custom_value(&name, value).await.unwrap();
        written += 1;
        assert_eq!(read(&stores).await, told);
    }
    compactions.await.unwrap();
    assert!(written > 0, "something was written meanwhile");

    drop((crypto, stores));
    let stores = Stores::open(directory.path(), &key()).unwrap();
    assert_eq!(stores.healings(), []);
    let crypto = stores.crypto_store();
    for number in 0..written {
        let value = crypto.get_custom_value(&format!("{number}")).await;
        assert_eq!(value.unwrap(), Some(number.to_be_bytes().to_vec()));
    }
}

#[tokio::test]
async fn a_small_database_is_not_worth_a_compaction() {
    let stores = Stores::in_memory().unwrap();
    fill(&stores).await;
    assert!(!stores.compact_if_worth().await.unwrap());
}
