//! The engine on the disk: sled 0.34, one tree, with answers to its known faults.

use std::{
    fs::{File, OpenOptions},
    path::Path,
};

use super::{Direction, Engine, EngineError, KeyRange, Visit, Write};

/// sled's own default of 1 GB has ended in out-of-memory crashes.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// sled gives disk space back only in the thread that flushes, so that it must stay on.
const FLUSH_EVERY_MS: u64 = 500;

/// A database of one tree in one directory.
pub(crate) struct SledEngine {
    db: ::sled::Db,
    /// Our own handle of the data file: sled's flush is `sync_file_range` on Linux, which does
    /// not outlive a power cut.
    data: File,
}

impl SledEngine {
    /// Opens, or creates, without healing: see [`super::heal`]. sled may panic here.
    pub(crate) fn open(path: &Path) -> Result<Self, EngineError> {
        let db = ::sled::Config::new()
            .path(path)
            .cache_capacity(CACHE_BYTES)
            .flush_every_ms(Some(FLUSH_EVERY_MS))
            .open()?;
        let data = OpenOptions::new()
            .read(true)
            .write(true)
            .open(path.join("db"))?;
        Ok(Self { db, data })
    }
}

impl Engine for SledEngine {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        Ok(self.db.get(key)?.map(|value| value.to_vec()))
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        let start = range.start.as_slice();
        let mut found = match &range.end {
            Some(end) if end.as_slice() <= start => return Ok(()),
            Some(end) => self.db.range(start..end.as_slice()),
            None => self.db.range(start..),
        };
        while let Some(record) = match direction {
            Direction::Forward => found.next(),
            Direction::Backward => found.next_back(),
        } {
            let (key, value) = record?;
            if visit(&key, &value).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        let mut batch = ::sled::Batch::default();
        for (key, value) in writes {
            match value {
                Some(value) => batch.insert(key.as_slice(), value.as_slice()),
                None => batch.remove(key.as_slice()),
            }
        }
        Ok(self.db.apply_batch(batch)?)
    }

    fn flush(&self) -> Result<(), EngineError> {
        // Never `flush_async`: it can deadlock.
        self.db.flush()?;
        Ok(self.data.sync_data()?)
    }

    fn size(&self) -> Result<u64, EngineError> {
        Ok(self.db.size_on_disk()?)
    }
}

impl From<::sled::Error> for EngineError {
    fn from(error: ::sled::Error) -> Self {
        match error {
            ::sled::Error::Io(error) if is_lock_refusal(&error) => Self::InUse,
            ::sled::Error::Io(error) => error.into(),
            _ => Self::Damaged,
        }
    }
}

/// sled tells a held lock only by the words of an otherwise unnamed error.
fn is_lock_refusal(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::Other && error.to_string().contains("acquire lock")
}
