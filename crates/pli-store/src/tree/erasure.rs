//! Notes what was erased since the database was last rewritten: it still lies in free space of
//! the files, sealed.
//!
//! The note is a record that goes with the change that erases, so that it outlives whatever
//! follows. A rewrite removes the note that it found when it began, and no later one.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::watch;

use super::Tree;
use crate::{
    batch::{Batch, Durability},
    error::StoreError,
    key::{Table, domain},
};

/// Since when something is erased, in milliseconds of the epoch.
const ERASED: Table<u64> = Table::compact(domain::ERASED, 1);

impl Tree {
    /// Since when something is erased that is still in the files.
    pub(crate) fn erased_since(&self) -> Option<SystemTime> {
        let noted = self.at(ERASED).get().unwrap_or_else(|error| {
            tracing::warn!(%error, "it cannot be read since when something is erased");
            Some(now())
        });
        noted.map(|since| UNIX_EPOCH + Duration::from_millis(since))
    }

    /// The same, for those who wait.
    pub(crate) fn erased(&self) -> watch::Receiver<Option<SystemTime>> {
        self.0.usage.erased.subscribe()
    }

    /// After a change of the note.
    pub(crate) fn tell_erased(&self) {
        // Read within, so that of two the later tells what counts.
        self.0
            .usage
            .erased
            .send_modify(|erased| *erased = self.erased_since());
    }

    /// The note as it is, for [`Self::forget_erasure`].
    pub(super) fn erasure(&self) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(self.at(ERASED).key())
    }

    /// Removes the note, unless there is another since: each is sealed anew.
    pub(super) async fn forget_erasure(&self, noted: Option<Vec<u8>>) -> Result<(), StoreError> {
        let Some(noted) = noted else {
            return Ok(());
        };
        let mut batch = self.batch().await;
        if self.erasure()?.as_ref() == Some(&noted) {
            batch.remove(&self.at(ERASED));
        }
        batch.commit(Durability::Queued).await?;
        self.tell_erased();
        Ok(())
    }
}

impl Batch {
    /// Notes that this erases what a person, or a rule, wants gone: see
    /// [`Stores::compact_if_worth`](crate::Stores::compact_if_worth). What is merely replaced by
    /// something newer is not erased.
    pub(crate) fn note_erasure(&mut self) -> Result<(), StoreError> {
        if self.erases() {
            return Ok(());
        }
        let tree = self.tree().clone();
        let since = tree.erased_since().map_or_else(now, millis);
        self.put(&tree.at(ERASED), &since)
    }

    /// Whether it was noted.
    pub(crate) fn erases(&self) -> bool {
        self.writes(self.tree().at(ERASED).key())
    }
}

fn now() -> u64 {
    millis(SystemTime::now())
}

fn millis(time: SystemTime) -> u64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests;
