//! The record that proves the key and names the schema, and the migrations between schemas.

use std::ops::ControlFlow;

use crate::{
    cipher::Cipher,
    engine::{Direction, Engine, EngineError, KeyRange},
    error::StoreError,
    intent,
    key::domain,
};

/// A migration from one schema to the next. A crash may end it anywhere; it is then begun again,
/// and must come to the same.
type Step = fn(&dyn Engine, &Cipher) -> Result<(), StoreError>;

/// The migrations, that from schema 1 to schema 2 first. None is ever taken away.
const STEPS: &[Step] = &[
    // To 2: large values are split. Those that are not yet, are when they are written again; an
    // older version would take a split one for damaged.
    |_, _| Ok(()),
];

/// The schema this version of Pli writes.
pub(crate) const CURRENT: u32 = reached(STEPS);

const KEY: &[u8] = &[domain::SCHEMA];

/// What a database says of itself when it opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// There is nothing in it: it was given the current schema.
    New,
    /// It holds records of the current schema, perhaps since just now.
    Known,
    /// It was written by a later version, and was not touched.
    TooNew(u32),
    /// The key is not the one it was made with.
    WrongKey,
    /// It holds records, but not the one that says which.
    Nameless,
}

/// Verifies the key and the schema, ends what a crash interrupted, and migrates forward.
pub(crate) fn settle(engine: &dyn Engine, cipher: &Cipher) -> Result<Standing, StoreError> {
    settle_by(engine, cipher, STEPS)
}

fn settle_by(engine: &dyn Engine, cipher: &Cipher, steps: &[Step]) -> Result<Standing, StoreError> {
    let current = reached(steps);
    let Some(sealed) = engine.get(KEY)? else {
        if !is_empty(engine)? {
            return Ok(Standing::Nameless);
        }
        write(engine, cipher, current)?;
        return Ok(Standing::New);
    };
    let Ok(schema) = cipher.open(KEY, &sealed) else {
        return Ok(Standing::WrongKey);
    };
    let schema = schema.as_slice().try_into().map(u32::from_be_bytes);
    let found = schema.map_err(|_| StoreError::Damaged)?;
    if found > current {
        return Ok(Standing::TooNew(found));
    }
    // Before a migration, as the interrupted change is one of the older schema.
    intent::recover(engine)?;
    for (step, reached) in steps.iter().zip(2..) {
        if found < reached {
            step(engine, cipher)?;
            write(engine, cipher, reached)?;
        }
    }
    Ok(Standing::Known)
}

const fn reached(steps: &[Step]) -> u32 {
    steps.len() as u32 + 1
}

pub(crate) fn write(engine: &dyn Engine, cipher: &Cipher, schema: u32) -> Result<(), StoreError> {
    let sealed = cipher.seal(KEY, &schema.to_be_bytes())?;
    engine.apply(&[(KEY.to_vec(), Some(sealed))])?;
    Ok(engine.flush()?)
}

pub(crate) fn is_empty(engine: &dyn Engine) -> Result<bool, EngineError> {
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

#[cfg(test)]
mod tests;
