//! Makes a change of many batches all-or-nothing.
//!
//! An engine's batch is atomic, but a large one keeps every reader waiting, so that a large
//! change is cut into several. Its pieces are first written down as intents, the last one marked
//! as such; then they are applied, and the intents removed with the last of them. A crash before
//! the mark leaves nothing of the change; after it, opening the database ends it.
//!
//! Intents hold values already sealed to their places, so they are not sealed once more.

use std::{io::ErrorKind, ops::ControlFlow};

use crate::{
    engine::{Direction, Engine, EngineError, KeyRange, Write},
    key::domain,
};

/// Larger batches keep readers waiting too long.
const BATCH_RECORDS: usize = 100;

/// Of a change that is written down as a whole, the batches need not be: smaller ones let readers
/// in sooner.
const PIECE_RECORDS: usize = 32;

/// A value above about 128 KB becomes a file of its own in sled.
const INTENT_BYTES: usize = 96 * 1024;

const SCHEMA: u8 = 1;
const MORE: u8 = 0;
const LAST: u8 = 1;

/// Applies a change of any size, as one. What goes `ahead` is applied before, if it makes the
/// change large, and a crash may leave some of it.
pub(crate) fn apply(
    engine: &dyn Engine,
    ahead: &[Write],
    writes: &[Write],
) -> Result<(), EngineError> {
    if ahead.len() + writes.len() <= BATCH_RECORDS {
        return engine.apply(&[ahead, writes].concat());
    }
    for batch in ahead.chunks(BATCH_RECORDS) {
        engine.apply(batch)?;
    }
    if writes.len() <= BATCH_RECORDS {
        return engine.apply(writes);
    }
    let pieces = cut(writes);
    let last = pieces.len().saturating_sub(1);
    for (number, piece) in pieces.iter().enumerate() {
        let mark = if number == last { LAST } else { MORE };
        engine.apply(&[(key(number), Some(encode(mark, piece)?))])?;
    }
    perform(engine, writes, pieces.len())
}

/// Ends, or forgets, a change that a crash interrupted.
pub(crate) fn recover(engine: &dyn Engine) -> Result<(), EngineError> {
    let mut intents = Vec::new();
    let all = KeyRange::below(&[domain::INTENT, SCHEMA]);
    engine.scan(&all, Direction::Forward, &mut |_, intent| {
        intents.push(intent.to_vec());
        ControlFlow::Continue(())
    })?;
    if intents.is_empty() {
        return Ok(());
    }
    let mut writes = Vec::new();
    let mut whole = false;
    for intent in &intents {
        let (mark, piece) = decode(intent)?;
        whole = mark == LAST;
        writes.extend(piece);
    }
    if !whole {
        writes.clear();
    }
    perform(engine, &writes, intents.len())?;
    engine.flush()
}

/// Makes the writes, and removes the intents with the last of them.
fn perform(engine: &dyn Engine, writes: &[Write], intents: usize) -> Result<(), EngineError> {
    let whole = writes.len() - writes.len() % PIECE_RECORDS;
    let (batches, rest) = writes.split_at_checked(whole).unwrap_or((writes, &[]));
    for batch in batches.chunks(PIECE_RECORDS) {
        engine.apply(batch)?;
    }
    let mut end = rest.to_vec();
    end.extend((0..intents).map(|number| (key(number), None)));
    engine.apply(&end)
}

fn key(number: usize) -> Vec<u8> {
    let mut key = vec![domain::INTENT, SCHEMA];
    key.extend_from_slice(&(number as u64).to_be_bytes());
    key
}

fn cut(writes: &[Write]) -> Vec<&[Write]> {
    let mut pieces = Vec::new();
    let mut rest = writes;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fitting = rest
            .iter()
            .take_while(|(key, value)| {
                bytes += key.len() + value.as_ref().map_or(0, Vec::len);
                bytes <= INTENT_BYTES
            })
            .count();
        let (piece, after) = rest.split_at_checked(fitting.max(1)).unwrap_or((rest, &[]));
        pieces.push(piece);
        rest = after;
    }
    pieces
}

/// `mark`, then for each write: key length, key, and either 0, or 1, value length, value.
pub(crate) fn encode(mark: u8, writes: &[Write]) -> Result<Vec<u8>, EngineError> {
    let mut intent = vec![mark];
    for (key, value) in writes {
        put_bytes(&mut intent, key)?;
        match value {
            None => intent.push(0),
            Some(value) => {
                intent.push(1);
                put_bytes(&mut intent, value)?;
            }
        }
    }
    Ok(intent)
}

fn put_bytes(intent: &mut Vec<u8>, bytes: &[u8]) -> Result<(), EngineError> {
    let length =
        u32::try_from(bytes.len()).map_err(|_| EngineError::Io(ErrorKind::FileTooLarge))?;
    intent.extend_from_slice(&length.to_be_bytes());
    intent.extend_from_slice(bytes);
    Ok(())
}

pub(crate) fn decode(intent: &[u8]) -> Result<(u8, Vec<Write>), EngineError> {
    let (mark, mut rest) = intent.split_first().ok_or(EngineError::Damaged)?;
    let mut writes = Vec::new();
    while !rest.is_empty() {
        let key = take_bytes(&mut rest)?;
        let (present, after) = rest.split_first().ok_or(EngineError::Damaged)?;
        rest = after;
        let value = if *present == 1 {
            Some(take_bytes(&mut rest)?)
        } else {
            None
        };
        writes.push((key, value));
    }
    Ok((*mark, writes))
}

fn take_bytes(rest: &mut &[u8]) -> Result<Vec<u8>, EngineError> {
    let (length, after) = rest.split_first_chunk().ok_or(EngineError::Damaged)?;
    let length = u32::from_be_bytes(*length) as usize;
    let (bytes, after) = after.split_at_checked(length).ok_or(EngineError::Damaged)?;
    *rest = after;
    Ok(bytes.to_vec())
}

#[cfg(test)]
mod tests;
