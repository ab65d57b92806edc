//! How a database comes from an older schema to this one.

use super::*;
use crate::{cipher::StoreKey, engine::memory::MemoryEngine};

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
