//! Gives disk space back, and erases for good what was removed.

use std::{
    fs, io,
    path::Path,
    time::{Duration, SystemTime},
};

use super::Stores;
use crate::{engine::EngineError, error::StoreError};

impl Stores {
    /// Rewrites the databases, and removes what was set aside before. Reading and writing go on meanwhile; it takes seconds for each
    /// 100 MB, and as much free space as the larger of them. For erasure: once this returns,
    /// nothing that was removed before it was called is in any of their files, encrypted or not.
    /// (What was set aside is sealed with the same key, and holds what was removed since.)
    ///
    /// # Errors
    ///
    /// When there is too little space, or the disk refuses: what was removed may still be there.
    pub async fn compact(&self) -> Result<(), StoreError> {
        self.history.compact().await?;
        self.keys.compact().await?;
        match self.directory.clone() {
            Some(directory) => {
                let removed = tokio::task::spawn_blocking(move || remove_set_aside(&directory));
                Ok(removed.await.map_err(|_| StoreError::Closed)??)
            }
            None => Ok(()),
        }
    }

    /// Rewrites those of the databases that take more than twice the bytes they hold, if that is
    /// worth it; whether it did. For when nobody waits for the disk.
    ///
    /// Rewrites in any case where something was erased since: a message redacted or expired, a
    /// room removed. That is done as [`Stores::compact`] does it, of both databases, as what one
    /// sends lies in `keys` first. What is erased in `keys` alone, a draft or a request of the
    /// send queue, needs a rewrite of `keys` alone.
    ///
    /// # Errors
    ///
    /// As of [`Stores::compact`].
    pub async fn compact_if_worth(&self) -> Result<bool, StoreError> {
        if self.history.erased_since().is_some() {
            self.compact().await?;
            return Ok(true);
        }
        let history = self.history.compact_if_worth().await?;
        if self.keys.erased_since().is_some() {
            self.keys.compact().await?;
            return Ok(true);
        }
        let keys = self.keys.compact_if_worth().await?;
        Ok(history || keys)
    }

    /// Since when something is erased that is still in free space of the files, if so. It survives
    /// a restart.
    #[must_use]
    pub fn erased_since(&self) -> Option<SystemTime> {
        let both = [self.keys.erased_since(), self.history.erased_since()];
        both.into_iter().flatten().min()
    }

    /// Returns once [`Stores::erased_since`] tells of something.
    pub async fn erased(&self) {
        let [mut keys, mut history] = [self.keys.erased(), self.history.erased()];
        // The senders live as long as the stores.
        tokio::select! {
            _ = keys.wait_for(Option::is_some) => {}
            _ = history.wait_for(Option::is_some) => {}
        }
    }

    /// How long ago the last change was made, or the stores opened.
    #[must_use]
    pub fn quiet_for(&self) -> Duration {
        self.keys.quiet_for().min(self.history.quiet_for())
    }
}

/// Removes the databases and journals that could not be read, once they are looked at no more.
fn remove_set_aside(directory: &Path) -> Result<(), EngineError> {
    for entry in fs::read_dir(directory)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().contains(".quarantine") {
            continue;
        }
        let path = entry.path();
        let removed = if entry.file_type()?.is_dir() {
            fs::remove_dir_all(path)
        } else {
            fs::remove_file(path)
        };
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
