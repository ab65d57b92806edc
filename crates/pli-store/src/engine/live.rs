//! The engine in use, whose place a compacted one takes while others read.

use std::sync::{Arc, PoisonError, RwLock};

use super::Engine;

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
}
