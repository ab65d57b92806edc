//! What Pli asks of a storage engine: ordered keys, atomic batches, a durable flush.
//!
//! Everything above sees only [`Engine`], so that the traits of matrix-sdk would run unchanged
//! over another one. [`memory`] proves it, and serves tests.

use std::{io, ops::ControlFlow, sync::Arc};

pub(crate) mod closing;
pub(crate) mod generations;
pub(crate) mod heal;
pub(crate) mod live;
pub(crate) mod memory;
mod parts;
mod prod;
pub(crate) mod sled;

/// One ordered map of bytes to bytes, on a disk or not. All calls block.
pub(crate) trait Engine: Send + Sync {
    /// The value at a key.
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError>;

    /// Visits the records of a range in the order of their keys, until told to break.
    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError>;

    /// Applies all of the writes, or none after a crash. Not yet durable.
    fn apply(&self, writes: &[Write]) -> Result<(), EngineError>;

    /// Returns once everything applied before would survive a power cut.
    fn flush(&self) -> Result<(), EngineError>;

    /// Whether it can be read, but neither be flushed nor closed any more.
    fn is_stuck(&self) -> bool {
        false
    }

    /// Bytes taken on the disk (in memory: bytes of keys and values).
    fn size(&self) -> Result<u64, EngineError>;
}

/// Where the engine comes from that takes the place of the one in use, once it holds the same.
pub(crate) trait Successors: Send {
    /// An empty engine, for as many bytes as the one in use takes. A crash forgets it.
    fn begin(&mut self, bytes: u64) -> Result<Arc<dyn Engine>, EngineError>;

    /// From now on the engine begun last is the one that opens; on an error it never is. It must
    /// have been flushed.
    fn commit(&mut self) -> Result<(), EngineError>;

    /// Removes all engines but the one that opens. They must be closed.
    fn clear(&mut self) -> Result<(), EngineError>;

    /// Bytes that are free for the engine. In memory there is no end.
    fn space(&self) -> Result<u64, EngineError> {
        Ok(u64::MAX)
    }

    /// Whether [`Self::reopen`] is worth trying. In memory it never is.
    fn probe(&self) -> Result<(), EngineError> {
        Err(EngineError::Io(io::ErrorKind::Unsupported))
    }

    /// The engine that opens, anew: it must be closed, and what was not flushed may be lost.
    fn reopen(&self) -> Result<Arc<dyn Engine>, EngineError> {
        Err(EngineError::Io(io::ErrorKind::Unsupported))
    }
}

/// What a scan calls with each key and value.
pub(crate) type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

/// One change: a value for a key, or its removal.
pub(crate) type Write = (Vec<u8>, Option<Vec<u8>>);

/// Which end of a range a scan starts from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Smallest key first.
    Forward,
    /// Largest key first.
    Backward,
}

/// Keys from `start` (included) to `end` (excluded; `None` is the end of all keys).
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct KeyRange {
    pub(crate) start: Vec<u8>,
    pub(crate) end: Option<Vec<u8>>,
}

impl KeyRange {
    /// All keys that begin with `prefix`.
    pub(crate) fn below(prefix: &[u8]) -> Self {
        Self {
            start: prefix.to_vec(),
            end: successor(prefix),
        }
    }
}

/// The smallest key above all those that begin with `prefix`.
pub(crate) fn successor(prefix: &[u8]) -> Option<Vec<u8>> {
    let mut next = prefix.to_vec();
    while let Some(last) = next.pop() {
        if let Some(above) = last.checked_add(1) {
            next.push(above);
            return Some(next);
        }
    }
    None
}

/// Why an engine could not do what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum EngineError {
    /// Another process holds the database.
    #[error("the database is in use")]
    InUse,
    /// No space is left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The disk or the file system failed.
    #[error("the disk failed ({0})")]
    Io(io::ErrorKind),
    /// What is on the disk cannot be what the engine wrote, or the engine itself failed.
    #[error("the database is damaged")]
    Damaged,
}

impl From<io::Error> for EngineError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            kind => Self::Io(kind),
        }
    }
}

#[cfg(test)]
mod tests;
