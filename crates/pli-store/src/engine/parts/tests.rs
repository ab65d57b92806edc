use std::{fs, ops::ControlFlow, path::Path};

use super::*;
use crate::engine::{Direction, Engine, sled::SledEngine};

/// As large as the SDK's largest, and some.
fn large(byte: u8, bytes: usize) -> Vec<u8> {
    (0..bytes).map(|at| byte ^ (at % 251) as u8).collect()
}

fn write(key: &[u8], value: Option<Vec<u8>>) -> Write {
    (key.to_vec(), value)
}

/// All records that the engine shows.
fn shown(engine: &SledEngine, direction: Direction) -> Vec<(Vec<u8>, Vec<u8>)> {
    let all = KeyRange {
        start: Vec::new(),
        end: None,
    };
    let mut shown = Vec::new();
    let mut note = |key: &[u8], value: &[u8]| {
        shown.push((key.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    };
    engine.scan(&all, direction, &mut note).unwrap();
    shown
}

/// Records as sled has them.
fn records(directory: &Path) -> usize {
    ::sled::open(directory).unwrap().len()
}

#[test]
fn values_of_any_size_are_read_as_they_were_written() {
    let directory = tempfile::tempdir().unwrap();
    let sizes = [0, 1, LARGEST, LARGEST + 1, 3 * LARGEST, 500_000];
    let values: Vec<_> = sizes
        .into_iter()
        .zip(1..)
        .map(|(size, byte)| (vec![0x10, byte], large(byte, size)))
        .collect();
    let engine = SledEngine::open(directory.path()).unwrap();
    for (key, value) in &values {
        engine.apply(&[write(key, Some(value.clone()))]).unwrap();
    }
    engine.flush().unwrap();
    drop(engine);

    let engine = SledEngine::open(directory.path()).unwrap();
    for (key, value) in &values {
        assert_eq!(engine.get(key).unwrap().as_ref(), Some(value));
    }
    assert_eq!(shown(&engine, Direction::Forward), values);
    let backward = values.iter().rev().cloned().collect::<Vec<_>>();
    assert_eq!(shown(&engine, Direction::Backward), backward);
    let files = fs::read_dir(directory.path().join("blobs")).unwrap();
    assert_eq!(files.count(), 0, "no page has a file of its own");
}

#[test]
fn no_part_outlives_its_value() {
    let directory = tempfile::tempdir().unwrap();
    let (one, two) = (vec![0x10, 1], vec![0x10, 2]);
    let engine = SledEngine::open(directory.path()).unwrap();
    engine
        .apply(&[
            write(&one, Some(large(1, 90_000))),
            write(&two, Some(large(2, 90_000))),
        ])
        .unwrap();

    engine
        .apply(&[
            write(&one, Some(large(3, 20_000))),
            write(&two, Some(large(4, 40_000))),
            write(&two, None),
        ])
        .unwrap();
    assert_eq!(engine.get(&one).unwrap(), Some(large(3, 20_000)));
    assert_eq!(engine.get(&two).unwrap(), None);
    engine.apply(&[write(&one, Some(vec![7]))]).unwrap();
    assert_eq!(engine.get(&one).unwrap(), Some(vec![7]));
    drop(engine);

    assert_eq!(records(directory.path()), 1);
}

#[test]
fn a_value_without_one_of_its_parts_is_damaged() {
    let directory = tempfile::tempdir().unwrap();
    let key = [0x10, 1];
    let engine = SledEngine::open(directory.path()).unwrap();
    engine.apply(&[write(&key, Some(large(1, 9_000)))]).unwrap();
    drop(engine);
    let db = ::sled::open(directory.path()).unwrap();
    db.remove(part_key(&key, 1)).unwrap().unwrap();
    drop(db);

    let engine = SledEngine::open(directory.path()).unwrap();

    assert_eq!(engine.get(&key), Err(EngineError::Damaged));
}
