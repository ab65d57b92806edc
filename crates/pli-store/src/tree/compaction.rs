//! Rewrites a database that takes much more of the disk than it holds.

use std::{
    ops::ControlFlow,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use tokio::sync::watch;

use super::Tree;
use crate::{
    engine::{Direction, KeyRange},
    error::StoreError,
};

/// A smaller database is never worth the writing.
const LEAST_BYTES: u64 = 32 * 1024 * 1024;

/// What is known of the use of a database since it was opened.
pub(super) struct Usage {
    written: Mutex<Instant>,
    /// Its size when what it holds was last counted.
    counted: AtomicU64,
    /// See [`Tree::erased`].
    pub(super) erased: watch::Sender<Option<SystemTime>>,
    /// How often messages that end by themselves were stored.
    pub(super) due: watch::Sender<u64>,
}

impl Default for Usage {
    fn default() -> Self {
        Self {
            written: Mutex::new(Instant::now()),
            counted: AtomicU64::new(0),
            erased: watch::Sender::default(),
            due: watch::Sender::default(),
        }
    }
}

impl Tree {
    /// After a change that stores messages that end by themselves.
    pub(crate) fn tell_due(&self) {
        self.0.usage.due.send_modify(|times| *times += 1);
    }

    /// Changes whenever such were stored.
    pub(crate) fn due(&self) -> watch::Receiver<u64> {
        self.0.usage.due.subscribe()
    }

    /// For each commit.
    pub(crate) fn note_write(&self) {
        let written = &self.0.usage.written;
        *written.lock().unwrap_or_else(PoisonError::into_inner) = Instant::now();
    }

    /// How long ago the last change was made, or the database opened.
    pub(crate) fn quiet_for(&self) -> Duration {
        let written = &self.0.usage.written;
        written
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .elapsed()
    }

    /// Rewrites the database while it is in use. Returns once what was removed before is in none
    /// of its files.
    pub(crate) async fn compact(&self) -> Result<(), StoreError> {
        let erased = self.erasure()?;
        let compacted = self.writer().compact().await;
        self.doubt().noting(compacted)?;
        self.renew_second_copy().await?;
        self.forget_erasure(erased).await?;
        self.0.usage.counted.store(self.size()?, Ordering::Relaxed);
        Ok(())
    }

    /// Rewrites the database if it takes more than twice the bytes it holds. Whether it did.
    pub(crate) async fn compact_if_worth(&self) -> Result<bool, StoreError> {
        let size = self.size()?;
        let counted = self.0.usage.counted.load(Ordering::Relaxed);
        // Counting reads everything.
        if size <= LEAST_BYTES || size < counted.saturating_add(counted / 4) {
            return Ok(false);
        }
        self.0.usage.counted.store(size, Ordering::Relaxed);
        let live = self.aside(Self::live_bytes).await?;
        let worth = size > live.saturating_mul(2);
        if worth {
            self.compact().await?;
        }
        Ok(worth)
    }

    /// Bytes of all keys and sealed values.
    pub(crate) fn live_bytes(&self) -> Result<u64, StoreError> {
        let mut bytes = 0;
        let all = KeyRange::below(&[]);
        self.scan(&all, Direction::Forward, &mut |key, value| {
            bytes += (key.len() + value.len()) as u64;
            ControlFlow::Continue(())
        })?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests;
