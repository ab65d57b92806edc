//! Settles, after a failure, what became of the changes before; nothing is written until then.
//!
//! An engine that failed may hold half of a change, and an engine that could not flush may lose
//! what was made since the flush before. So these changes are kept until they are flushed, and
//! made again, as one. Whoever was told of a failure knows only that the disk failed: the change
//! is made as a whole, before any later one, or never.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    time::{Duration, Instant},
};

use super::{Change, Copies, guarded};
use crate::{
    disk_status::DiskStatus,
    engine::{Engine, EngineError, Write},
    intent,
};

/// What is made without a flush takes memory; so much, and a flush is made.
const UNFLUSHED_BYTES: usize = 16 * 1024 * 1024;

/// Between two attempts to reopen an engine: readers wait for each.
const BETWEEN_ATTEMPTS: Duration = Duration::from_secs(10);

/// The changes that an engine may not have yet, or not wholly.
#[derive(Default)]
pub(super) struct Ledger {
    /// Made since the last flush, in their order.
    made: Vec<Change>,
    bytes: usize,
    /// The last change, if it failed midway.
    doubtful: Option<Change>,
    /// When the engine was last reopened without success.
    reopened: Option<Instant>,
    /// Whether a failure is to be settled.
    pub(super) owes: bool,
}

impl Ledger {
    pub(super) fn owing(owes: bool) -> Self {
        Self {
            owes,
            ..Self::default()
        }
    }

    fn note_made(&mut self, mut change: Change) {
        change.kept.clear();
        self.bytes += change.bytes();
        self.made.push(change);
    }

    fn note_failed(&mut self, change: Change) {
        self.doubtful = Some(change);
        self.owes = true;
    }

    fn note_flushed(&mut self) {
        self.made.clear();
        self.bytes = 0;
    }

    pub(super) fn is_long(&self) -> bool {
        self.bytes > UNFLUSHED_BYTES
    }

    /// Of all the changes, what counts at the end.
    fn merged(&self, with_doubtful: bool) -> Vec<Write> {
        let doubtful = self.doubtful.iter().filter(|_| with_doubtful);
        let mut writes = BTreeMap::new();
        for change in self.made.iter().chain(doubtful) {
            writes.extend(change.ahead.iter().chain(&change.writes).cloned());
        }
        writes.into_iter().collect()
    }
}

impl Copies {
    /// Makes a change, all or nothing of it.
    pub(super) fn apply(&mut self, change: Change) -> Result<(), EngineError> {
        self.space.admit(&change, self.first.successors())?;
        self.settle().map_err(in_doubt)?;
        if !change.only_removes() {
            self.space.tell(DiskStatus::Ready);
        }
        if let Some(second) = &mut self.second
            && let Err(error) = second.append(&change.kept)
        {
            self.space.tell_of(error);
            return Err(in_doubt(error));
        }
        match self.first.apply(&change.ahead, &change.writes) {
            Ok(()) => {
                self.ledger.note_made(change);
                Ok(())
            }
            Err(error) => {
                self.ledger.note_failed(change);
                match self.settle() {
                    Ok(true) => Ok(()),
                    _ => Err(in_doubt(error)),
                }
            }
        }
    }

    /// Returns once all changes would survive a power cut.
    pub(super) fn flush(&mut self) -> Result<(), EngineError> {
        self.settle().map_err(in_doubt)?;
        match guarded(|| self.flush_both()) {
            Ok(()) => {
                self.ledger.note_flushed();
                Ok(())
            }
            Err(error) => {
                self.ledger.owes = true;
                self.settle().map(drop).map_err(|_| in_doubt(error))
            }
        }
    }

    fn flush_both(&mut self) -> Result<(), EngineError> {
        if let Some(second) = &mut self.second {
            second.sync()?;
            second.tidy(self.first.engine().as_ref());
        }
        self.first.flush()
    }

    /// Whether the doubtful change, if there was one, is made.
    pub(super) fn settle(&mut self) -> Result<bool, EngineError> {
        if !self.ledger.owes {
            return Ok(false);
        }
        let settled = match self.settle_once() {
            Err(error) if self.may_reopen() => {
                self.ledger.reopened = Some(Instant::now());
                let reopened = self.first.reopen();
                match reopened {
                    Ok(()) => self.settle_once(),
                    Err(_) => Err(error),
                }
            }
            settled => settled,
        };
        match settled {
            Ok(_) => {
                self.ledger = Ledger::default();
                tracing::info!("a failed change of a database was settled");
                if self.space.status() == DiskStatus::Failing {
                    self.space.tell(DiskStatus::Ready);
                }
            }
            Err(error) => self.space.tell_of(error),
        }
        settled
    }

    fn settle_once(&mut self) -> Result<bool, EngineError> {
        self.first.with(intent::recover)?;
        let made = match &self.ledger.doubtful {
            Some(change) => is_made(self.first.engine().as_ref(), change)?,
            None => false,
        };
        self.first.apply(&[], &self.ledger.merged(made))?;
        guarded(|| self.first.flush())?;
        // It holds the doubtful change in any case, and may itself be what failed.
        guarded(|| self.renew())?;
        Ok(made)
    }

    /// Some engines fail for ever once they have failed.
    fn may_reopen(&mut self) -> bool {
        let tried = self.ledger.reopened;
        tried.is_none_or(|at| at.elapsed() > BETWEEN_ATTEMPTS)
            && self.space.is_enough(self.first.successors())
    }

    /// Looks whether the disk is ready again, or full already.
    pub(super) fn look(&mut self) {
        if !self.space.is_enough(self.first.successors()) {
            self.space.tell(DiskStatus::Full);
        } else if self.settle().is_ok() {
            self.space.tell(DiskStatus::Ready);
        }
    }
}

/// What is refused before it reaches the engine may be asked for again; this may not, or it could
/// be made twice.
fn in_doubt(error: EngineError) -> EngineError {
    match error {
        EngineError::DiskFull => EngineError::Io(ErrorKind::StorageFull),
        error => error,
    }
}

/// After a recovery the engine holds all of the change or none; it is told by the values, which
/// are sealed anew each time.
fn is_made(engine: &dyn Engine, change: &Change) -> Result<bool, EngineError> {
    for (key, value) in &change.writes {
        let found = guarded(|| engine.get(key))?;
        if value.is_some() {
            return Ok(found == *value);
        }
        if found.is_some() {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests;
