//! Records that were changed behind the stores' back give an error, never other data.

use std::{ops::ControlFlow, sync::OnceLock};

use proptest::{prelude::*, sample::Index};
use tokio::runtime::Runtime;

use super::{
    profile::{fill, read},
    *,
};
use crate::engine::{Direction, KeyRange};

type Record = (Vec<u8>, Vec<u8>);

fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| Runtime::new().unwrap())
}

/// A filled profile, and what it told when it was whole.
fn profile() -> (Stores, Vec<Result<String, String>>) {
    let stores = Stores::in_memory().unwrap();
    let told = runtime().block_on(async {
        fill(&stores).await;
        read(&stores).await
    });
    (stores, told)
}

fn records(tree: &Tree) -> Vec<Record> {
    let mut found = Vec::new();
    let all = KeyRange {
        start: Vec::new(),
        end: None,
    };
    tree.engine()
        .scan(&all, Direction::Forward, &mut |key, value| {
            found.push((key.to_vec(), value.to_vec()));
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn put(tree: &Tree, key: &[u8], value: &[u8]) {
    let write = (key.to_vec(), Some(value.to_vec()));
    tree.engine().apply(&[write]).unwrap();
}

/// Asserts that what the stores tell now is what they told before, or an error; the answer is
/// how many errors.
fn errors(stores: &Stores, before: &[Result<String, String>]) -> usize {
    let now = runtime().block_on(read(stores));
    let mut errors = 0;
    for (now, before) in now.iter().zip(before) {
        if now.is_err() {
            errors += 1;
        } else {
            assert_eq!(now, before, "wrong data was read");
        }
    }
    errors
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_changed_bit_is_an_error(of_keys: bool, record: Index, byte: Index, bit in 0..8_u8) {
        let (stores, before) = profile();
        let tree = if of_keys { &stores.keys } else { &stores.history };
        let (key, value) = record.get(&records(tree)).clone();
        let mut changed = value.clone();
        changed[byte.index(value.len())] ^= 1 << bit;
        put(tree, &key, &changed);

        prop_assert!(tree.cipher().open(&key, &changed).is_err());
        errors(&stores, &before);
        put(tree, &key, &value);
        prop_assert_eq!(errors(&stores, &before), 0, "the record alone was at fault");
    }

    #[test]
    fn a_swapped_record_is_an_error(of_keys: bool, one: Index, other: Index) {
        let (stores, before) = profile();
        let tree = if of_keys { &stores.keys } else { &stores.history };
        let records = records(tree);
        let (one, other) = (one.get(&records), other.get(&records));
        prop_assume!(one != other);
        put(tree, &one.0, &other.1);
        put(tree, &other.0, &one.1);

        prop_assert!(tree.cipher().open(&one.0, &other.1).is_err());
        prop_assert!(tree.cipher().open(&other.0, &one.1).is_err());
        errors(&stores, &before);
    }

    #[test]
    fn a_record_of_the_other_database_is_an_error(record: Index, place: Index) {
        let (stores, before) = profile();
        let (_, foreign) = record.get(&records(&stores.keys)).clone();
        let (key, _) = place.get(&records(&stores.history)).clone();
        put(&stores.history, &key, &foreign);

        prop_assert!(stores.history.cipher().open(&key, &foreign).is_err());
        errors(&stores, &before);
    }
}

#[test]
fn damage_to_any_record_that_is_read_is_told() {
    let (stores, before) = profile();
    let (mut read, mut unread) = (0, 0);
    for tree in [&stores.keys, &stores.history] {
        for (key, value) in records(tree) {
            let mut changed = value.clone();
            changed[30] ^= 1;
            put(tree, &key, &changed);
            match errors(&stores, &before) {
                0 => unread += 1,
                _ => read += 1,
            }
            put(tree, &key, &value);
        }
    }
    assert!(read > 15, "most records are read: {read}");
    assert!(
        unread <= 4,
        "only those that find events by id are not: {unread}"
    );
}

#[test]
fn with_another_key_records_are_neither_found_nor_opened() {
    let (stores, _) = profile();
    let other = Stores::in_memory().unwrap();
    for (from, to) in [
        (&stores.keys, &other.keys),
        (&stores.history, &other.history),
    ] {
        for (key, value) in records(from) {
            put(to, &key, &value);
            assert!(to.cipher().open(&key, &value).is_err());
        }
    }
    let empty = runtime().block_on(read(&Stores::in_memory().unwrap()));
    assert!(errors(&other, &empty) > 0, "scans meet foreign records");
}
