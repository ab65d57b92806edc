//! Copies a database into the engine that is to take its place, while it is written.

use std::{
    ops::ControlFlow,
    sync::{Arc, Mutex, PoisonError},
};

use super::guarded;
use crate::engine::{Direction, Engine, EngineError, KeyRange, Visit, Write};

/// Larger batches would keep writes waiting too long.
const SLICE_RECORDS: usize = 100;
const SLICE_BYTES: usize = 256 * 1024;

/// Slices between flushes, so that the last one, for which writes wait, is short.
const FLUSHED_SLICES: u32 = 32;

/// How far the copy has come. Records move as they are, sealed, in the order of their keys.
pub(super) struct Copying {
    successor: Arc<dyn Engine>,
    /// The last key that was copied.
    last: Option<Vec<u8>>,
    unflushed: u32,
}

impl Copying {
    pub(super) fn begin(successor: Arc<dyn Engine>) -> Self {
        Self {
            successor,
            last: None,
            unflushed: 0,
        }
    }

    /// Copies the next records; whether there are more.
    pub(super) fn slice(&mut self, live: &dyn Engine) -> Result<bool, EngineError> {
        let start = match &self.last {
            // The least key above it.
            Some(last) => [last.as_slice(), &[0]].concat(),
            None => Vec::new(),
        };
        let rest = KeyRange { start, end: None };
        let (mut slice, mut bytes, mut more) = (Vec::new(), 0, false);
        live.scan(&rest, Direction::Forward, &mut |key, value| {
            if slice.len() >= SLICE_RECORDS || bytes >= SLICE_BYTES {
                more = true;
                return ControlFlow::Break(());
            }
            bytes += key.len() + value.len();
            slice.push((key.to_vec(), Some(value.to_vec())));
            ControlFlow::Continue(())
        })?;
        self.successor.apply(&slice)?;
        if let Some((last, _)) = slice.pop() {
            self.last = Some(last);
        }
        self.unflushed += 1;
        if self.unflushed >= FLUSHED_SLICES {
            self.successor.flush()?;
            self.unflushed = 0;
        }
        Ok(more)
    }

    /// The engine copied into.
    pub(super) fn successor(&self) -> &Arc<dyn Engine> {
        &self.successor
    }

    /// Whether what is written at a key must be written to the copy too.
    fn has_passed(&self, key: &[u8]) -> bool {
        self.last.as_deref().is_some_and(|last| key <= last)
    }
}

/// Writes to the engine in use, and to the copy what that has passed. Only the former can fail.
pub(super) struct Both<'a> {
    live: &'a dyn Engine,
    copying: &'a Copying,
    fault: Mutex<Option<EngineError>>,
}

impl<'a> Both<'a> {
    pub(super) fn new(live: &'a dyn Engine, copying: &'a Copying) -> Self {
        Self {
            live,
            copying,
            fault: Mutex::default(),
        }
    }

    /// Why the copy is no longer one.
    pub(super) fn fault(&self) -> Option<EngineError> {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Engine for Both<'_> {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.live.get(key)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        self.live.scan(range, direction, visit)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        self.live.apply(writes)?;
        if self.fault().is_some() {
            return Ok(());
        }
        let passed = writes
            .iter()
            .filter(|(key, _)| self.copying.has_passed(key));
        let passed: Vec<Write> = passed.cloned().collect();
        if let Err(error) = guarded(|| self.copying.successor.apply(&passed)) {
            *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.live.flush()
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.live.size()
    }
}
