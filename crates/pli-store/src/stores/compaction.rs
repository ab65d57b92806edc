//! Gives disk space back, and erases for good what was removed.

use std::time::Duration;

use super::Stores;
use crate::error::StoreError;

impl Stores {
    /// Rewrites the databases. Reading and writing go on meanwhile; it takes seconds for each
    /// 100 MB, and as much free space as the larger of them. For erasure: once this returns,
    /// nothing that was removed before it was called is in any of their files, encrypted or not.
    ///
    /// # Errors
    ///
    /// When there is too little space, or the disk refuses: what was removed may still be there.
    pub async fn compact(&self) -> Result<(), StoreError> {
        self.history.compact().await?;
        self.keys.compact().await
    }

    /// Rewrites those of the databases that take more than 1.8 times the bytes they hold, if that is
    /// worth it; whether it did. For when nobody waits for the disk.
    ///
    /// # Errors
    ///
    /// As of [`Stores::compact`].
    pub async fn compact_if_worth(&self) -> Result<bool, StoreError> {
        let history = self.history.compact_if_worth().await?;
        let keys = self.keys.compact_if_worth().await?;
        Ok(history || keys)
    }

    /// How long ago the last change was made, or the stores opened.
    #[must_use]
    pub fn quiet_for(&self) -> Duration {
        self.keys.quiet_for().min(self.history.quiet_for())
    }
}
