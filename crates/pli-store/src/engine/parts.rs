//! Splits large values into parts, so that no page of sled grows beyond what it keeps in its log.
//!
//! sled keeps a larger page in a file of its own, and is not up to a disk that refuses that file:
//! when it cannot be written, no flush returns any more; when it cannot be read while the log is
//! replayed, sled takes it for the end of the log, and destroys what comes after.
//!
//! In the place of a large value stands the number of its parts, which are records of their own,
//! behind all others. A page has at most some twenty records.

use std::collections::HashMap;

use super::{EngineError, KeyRange, Write};

/// No other key begins so: see [`crate::key::domain`].
const PARTS: u8 = 0xff;

/// What tells the number of parts begins so. Sealed values begin with their version.
const SPLIT: &[u8] = b"\xffparts";

/// A value that is larger is split. Twenty of these are less than the 128 KB of a page.
const LARGEST: usize = 4 * 1024;

/// The writes with large values split, and parts of values before that are no more removed; `old`
/// tells the value now at a key.
pub(super) fn split(
    writes: &[Write],
    mut old: impl FnMut(&[u8]) -> Result<Option<u32>, EngineError>,
) -> Result<Vec<Write>, EngineError> {
    let mut split = Vec::with_capacity(writes.len());
    // Of two writes to one key, the later counts.
    let mut written: HashMap<&[u8], u32> = HashMap::new();
    for (key, value) in writes {
        let before = match written.get(key.as_slice()) {
            Some(before) => *before,
            None => old(key)?.unwrap_or(0),
        };
        let mut number = 0;
        match value {
            Some(value) if value.len() > LARGEST => {
                for part in value.chunks(LARGEST) {
                    split.push((part_key(key, number), Some(part.to_vec())));
                    number += 1;
                }
                split.push((key.clone(), Some([SPLIT, &number.to_be_bytes()].concat())));
            }
            value => split.push((key.clone(), value.clone())),
        }
        split.extend((number..before).map(|gone| (part_key(key, gone), None)));
        if number.max(before) > 0 {
            written.insert(key, number);
        }
    }
    Ok(split)
}

/// Of how many parts a value is, if it is split.
pub(super) fn number(value: &[u8]) -> Option<u32> {
    let number = value.strip_prefix(SPLIT)?;
    number.try_into().ok().map(u32::from_be_bytes)
}

/// The whole value at a key; `part` tells the value at another.
pub(super) fn join(
    key: &[u8],
    number: u32,
    mut part: impl FnMut(&[u8]) -> Result<Option<::sled::IVec>, EngineError>,
) -> Result<Vec<u8>, EngineError> {
    let mut whole = Vec::new();
    for number in 0..number {
        let part = part(&part_key(key, number))?.ok_or(EngineError::Damaged)?;
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}

/// A range without the parts.
pub(super) fn without(range: &KeyRange) -> KeyRange {
    let parts = vec![PARTS];
    KeyRange {
        start: range.start.clone(),
        end: Some(match &range.end {
            Some(end) => end.clone().min(parts),
            None => parts,
        }),
    }
}

fn part_key(key: &[u8], number: u32) -> Vec<u8> {
    [&[PARTS], key, &number.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests;
