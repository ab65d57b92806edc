//! The record that proves the key and names the schema, and the migrations between schemas.

use std::ops::ControlFlow;

use crate::{
    cipher::Cipher,
    engine::{Direction, Engine, EngineError, KeyRange},
    error::StoreError,
    key::domain,
};

/// The schema this version of Pli writes.
pub(crate) const CURRENT: u32 = 1;

const KEY: &[u8] = &[domain::SCHEMA];

/// What a database says of itself when it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is nothing in it: it was given the current schema.
    New,
    /// It holds records of a schema that this version reads.
    Known,
    /// It was written by a later version.
    TooNew(u32),
    /// The key is not the one it was made with.
    WrongKey,
    /// It holds records, but not the one that says which.
    Nameless,
}

/// Verifies the key and the schema, and migrates forward.
pub(crate) fn check(engine: &dyn Engine, cipher: &Cipher) -> Result<Standing, StoreError> {
    let Some(sealed) = engine.get(KEY)? else {
        if !is_empty(engine)? {
            return Ok(Standing::Nameless);
        }
        write(engine, cipher, CURRENT)?;
        return Ok(Standing::New);
    };
    let Ok(schema) = cipher.open(KEY, &sealed) else {
        return Ok(Standing::WrongKey);
    };
    let schema = schema.as_slice().try_into().map(u32::from_be_bytes);
    match schema.map_err(|_| StoreError::Damaged)? {
        found if found > CURRENT => Ok(Standing::TooNew(found)),
        // Migrations from older schemas go here, one step each.
        _ => Ok(Standing::Known),
    }
}

pub(crate) fn write(engine: &dyn Engine, cipher: &Cipher, schema: u32) -> Result<(), StoreError> {
    let sealed = cipher.seal(KEY, &schema.to_be_bytes())?;
    engine.apply(&[(KEY.to_vec(), Some(sealed))])?;
    Ok(engine.flush()?)
}

fn is_empty(engine: &dyn Engine) -> Result<bool, EngineError> {
    let mut empty = true;
    let all = KeyRange {
        start: Vec::new(),
        end: None,
    };
    engine.scan(&all, Direction::Forward, &mut |_, _| {
        empty = false;
        ControlFlow::Break(())
    })?;
    Ok(empty)
}
