//! An engine that keeps nothing: for tests, and the second engine that shows the traits need no
//! particular one.

use std::{
    collections::BTreeMap,
    ops::Bound,
    sync::{Arc, PoisonError, RwLock},
};

use super::{Direction, Engine, EngineError, KeyRange, Successors, Visit, Write};

/// Records in memory, in order.
#[derive(Default)]
pub(crate) struct MemoryEngine {
    records: RwLock<BTreeMap<Vec<u8>, Vec<u8>>>,
}

impl Engine for MemoryEngine {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self
            .records
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(key)
            .cloned())
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        let end = range.end.clone().map_or(Bound::Unbounded, Bound::Excluded);
        if let Bound::Excluded(end) = &end
            && *end <= range.start
        {
            return Ok(());
        }
        let records = self.records.read().unwrap_or_else(PoisonError::into_inner);
        let mut found = records.range((Bound::Included(range.start.clone()), end));
        while let Some((key, value)) = match direction {
            Direction::Forward => found.next(),
            Direction::Backward => found.next_back(),
        } {
            if visit(key, value).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        let mut records = self.records.write().unwrap_or_else(PoisonError::into_inner);
        for (key, value) in writes {
            match value {
                Some(value) => drop(records.insert(key.clone(), value.clone())),
                None => drop(records.remove(key)),
            }
        }
        Ok(())
    }

    fn flush(&self) -> Result<(), EngineError> {
        Ok(())
    }

    fn size(&self) -> Result<u64, EngineError> {
        let records = self.records.read().unwrap_or_else(PoisonError::into_inner);
        Ok(records
            .iter()
            .map(|(key, value)| (key.len() + value.len()) as u64)
            .sum())
    }
}

/// More engines in memory.
pub(crate) struct MemorySuccessors;

impl Successors for MemorySuccessors {
    fn begin(&mut self, _: u64) -> Result<Arc<dyn Engine>, EngineError> {
        Ok(Arc::new(MemoryEngine::default()))
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        Ok(())
    }

    fn clear(&mut self) -> Result<(), EngineError> {
        Ok(())
    }
}
