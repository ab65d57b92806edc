//! The engine in use, whose place a compacted one takes while others read.

use std::{
    io::ErrorKind,
    sync::{Arc, PoisonError, RwLock},
};

use super::{Direction, Engine, EngineError, KeyRange, Visit, Write};

/// Names the engine in use.
pub(crate) struct Live(RwLock<Arc<dyn Engine>>);

impl Live {
    pub(crate) fn new(engine: Arc<dyn Engine>) -> Self {
        Self(RwLock::new(engine))
    }

    /// The engine in use. Keep it for one read: writes made later may go to another, and the
    /// files of one replaced are removed after its last reader has gone.
    pub(crate) fn engine(&self) -> Arc<dyn Engine> {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Puts another in its place; the answer is the one before, which may still be read.
    pub(crate) fn replace(&self, successor: Arc<dyn Engine>) -> Arc<dyn Engine> {
        let mut engine = self.0.write().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut engine, successor)
    }

    /// Closes the engine in use, and puts the same, opened anew, in its place; readers wait
    /// meanwhile. Refused while one reads.
    pub(crate) fn reopen(
        &self,
        open: impl FnOnce() -> Result<Arc<dyn Engine>, EngineError>,
    ) -> Result<(), EngineError> {
        let mut engine = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::strong_count(&engine) > 1 {
            return Err(EngineError::Io(ErrorKind::ResourceBusy));
        }
        *engine = Arc::new(Closed);
        *engine = open()?;
        Ok(())
    }
}

/// In the place of an engine that could not be reopened yet.
struct Closed;

const CLOSED: EngineError = EngineError::Io(ErrorKind::NotConnected);

impl Engine for Closed {
    fn get(&self, _: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Err(CLOSED)
    }

    fn scan(&self, _: &KeyRange, _: Direction, _: &mut Visit<'_>) -> Result<(), EngineError> {
        Err(CLOSED)
    }

    fn apply(&self, _: &[Write]) -> Result<(), EngineError> {
        Err(CLOSED)
    }

    fn flush(&self) -> Result<(), EngineError> {
        Err(CLOSED)
    }

    fn size(&self) -> Result<u64, EngineError> {
        Err(CLOSED)
    }
}
