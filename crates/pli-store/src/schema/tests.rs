//! How a database comes from an older schema to this one.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::{
    cipher::StoreKey,
    engine::{Visit, Write, memory::MemoryEngine},
};

const LOG: &[u8] = b"log";

fn cipher() -> Cipher {
    Cipher::new(&StoreKey::new(Box::new([3; 32])), "keys")
}

/// Notes that a step was taken, in the database itself.
fn note(engine: &dyn Engine, step: u8) -> Result<(), StoreError> {
    let mut log = engine.get(LOG)?.unwrap_or_default();
    log.push(step);
    Ok(engine.apply(&[(LOG.to_vec(), Some(log))])?)
}

const FIRST: Step = |engine, _| note(engine, 1);
const SECOND: Step = |engine, _| note(engine, 2);
const STOPPED: Step = |engine, _| {
    note(engine, 9)?;
    Err(StoreError::DiskFull)
};

fn at_schema(schema: u32) -> MemoryEngine {
    let engine = MemoryEngine::default();
    write(&engine, &cipher(), schema).unwrap();
    engine
}

fn log(engine: &MemoryEngine) -> Vec<u8> {
    engine.get(LOG).unwrap().unwrap_or_default()
}

#[test]
fn an_older_database_takes_the_steps_it_lacks_once() {
    for (schema, taken) in [(1, vec![1, 2]), (2, vec![2]), (3, vec![])] {
        let engine = at_schema(schema);
        for _ in 0..2 {
            let standing = settle_by(&engine, &cipher(), &[FIRST, SECOND]).unwrap();
            assert_eq!(standing, Standing::Known);
            assert_eq!(log(&engine), taken, "from schema {schema}");
        }
    }
}

#[test]
fn a_new_database_needs_no_step() {
    let engine = MemoryEngine::default();
    let standing = settle_by(&engine, &cipher(), &[FIRST, SECOND]).unwrap();
    assert_eq!(standing, Standing::New);
    let standing = settle_by(&engine, &cipher(), &[FIRST, SECOND]).unwrap();
    assert_eq!(standing, Standing::Known);
    assert!(log(&engine).is_empty());
}

#[test]
fn a_migration_that_stops_goes_on_where_it_stopped() {
    let engine = at_schema(1);
    settle_by(&engine, &cipher(), &[FIRST, STOPPED]).unwrap_err();
    settle_by(&engine, &cipher(), &[FIRST, SECOND]).unwrap();
    assert_eq!(log(&engine), [1, 9, 2], "the first step is not repeated");
}

#[test]
fn a_newer_database_is_refused_and_left_as_it_is() {
    let engine = at_schema(4);
    let sealed = engine.get(KEY).unwrap();
    let standing = settle_by(&engine, &cipher(), &[FIRST, SECOND]).unwrap();
    assert_eq!(standing, Standing::TooNew(4));
    assert!(log(&engine).is_empty());
    assert_eq!(engine.get(KEY).unwrap(), sealed);
}

#[test]
fn another_key_is_told_from_damage() {
    let engine = at_schema(1);
    let other = Cipher::new(&StoreKey::new(Box::new([4; 32])), "keys");
    assert_eq!(settle(&engine, &other).unwrap(), Standing::WrongKey);
    engine.apply(&[(KEY.to_vec(), None)]).unwrap();
    note(&engine, 1).unwrap();
    assert_eq!(settle(&engine, &cipher()).unwrap(), Standing::Nameless);
}

/// Fails at a call that writes, and from then on.
struct Crashing {
    engine: MemoryEngine,
    calls_left: AtomicUsize,
}

impl Crashing {
    fn call(&self) -> Result<(), EngineError> {
        let left = self.calls_left.load(Ordering::Relaxed);
        let left = left.checked_sub(1).ok_or(EngineError::DiskFull)?;
        self.calls_left.store(left, Ordering::Relaxed);
        Ok(())
    }
}

impl Engine for Crashing {
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
        self.call()?;
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.call()?;
        self.engine.flush()
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.engine.size()
    }
}

/// Moves the records of one domain to another, each value with one byte more, one by one.
fn move_records(engine: &dyn Engine, from: u8, to: u8, byte: u8) -> Result<(), StoreError> {
    let mut records = Vec::new();
    let range = KeyRange::below(&[from]);
    engine.scan(&range, Direction::Forward, &mut |key, value| {
        records.push((key.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    })?;
    for (key, value) in records {
        let moved = [&[to], &key[1..]].concat();
        let grown = [value.as_slice(), &[byte]].concat();
        engine.apply(&[(moved, Some(grown)), (key, None)])?;
    }
    Ok(())
}

const MOVE: Step = |engine, _| move_records(engine, 0x20, 0x21, 1);

/// In two goes, of which the second needs the whole of the first.
const MOVE_ON: Step = |engine, _| {
    move_records(engine, 0x21, 0x22, 2)?;
    engine.flush()?;
    move_records(engine, 0x22, 0x23, 3)
};

fn content(engine: &MemoryEngine) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut content = Vec::new();
    let all = KeyRange::below(&[]);
    let visited = engine.scan(&all, Direction::Forward, &mut |key, value| {
        // The record of the schema is sealed anew each time.
        if key != KEY {
            content.push((key.to_vec(), value.to_vec()));
        }
        ControlFlow::Continue(())
    });
    visited.unwrap();
    content
}

/// Of schema 1, with records, and a large change that a crash interrupted after it was marked.
fn old_and_interrupted() -> MemoryEngine {
    let engine = at_schema(1);
    let record = |n: u8| (vec![0x20, n], Some(vec![n]));
    engine.apply(&[record(1), record(2)]).unwrap();
    let change: Vec<Write> = (3..7).map(record).collect();
    let intent = intent::encode(1, &change).unwrap();
    let place = [&[domain::INTENT, 1], 0_u64.to_be_bytes().as_slice()].concat();
    engine.apply(&[(place, Some(intent))]).unwrap();
    engine
}

#[test]
fn a_migration_that_crashes_at_any_call_comes_to_the_same_when_it_is_begun_again() {
    let steps = [MOVE, MOVE_ON];
    let migrated = old_and_interrupted();
    settle_by(&migrated, &cipher(), &steps).unwrap();
    let expected: Vec<_> = (1..7).map(|n| (vec![0x23, n], vec![n, 1, 2, 3])).collect();
    assert_eq!(content(&migrated), expected);

    let mut crashes = 0;
    for calls in 0.. {
        let engine = Crashing {
            engine: old_and_interrupted(),
            calls_left: AtomicUsize::new(calls),
        };
        let crashed = settle_by(&engine, &cipher(), &steps).is_err();
        // A second crash, in what begins again.
        engine.calls_left.store(calls / 2, Ordering::Relaxed);
        let _ = settle_by(&engine, &cipher(), &steps);

        engine.calls_left.store(usize::MAX, Ordering::Relaxed);
        let standing = settle_by(&engine, &cipher(), &steps).unwrap();
        assert_eq!(standing, Standing::Known);
        assert_eq!(content(&engine.engine), expected, "a crash at call {calls}");
        if !crashed {
            break;
        }
        crashes += 1;
    }
    assert!(crashes > 20, "each record is moved three times");
}
