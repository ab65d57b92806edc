//! Small values that the program itself keeps in the account's store: settings, for instance.

use pli_store::StoreError;
use serde::{Serialize, de::DeserializeOwned};

use crate::account::Account;

/// Why a value could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum ValueError {
    /// No space is left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The store, or the value in it, cannot be read or written.
    #[error("the store failed")]
    Store,
}

impl From<StoreError> for ValueError {
    fn from(error: StoreError) -> Self {
        match error {
            error if error.is_disk_full() => Self::DiskFull,
            _ => Self::Store,
        }
    }
}

impl Account {
    /// The value kept under `name`, if there is one.
    ///
    /// # Errors
    /// When the store fails, or the value has another shape.
    pub fn value<V: DeserializeOwned>(&self, name: &str) -> Result<Option<V>, ValueError> {
        Ok(self.stores().values().get(name)?)
    }

    /// Keeps a value under `name`, encrypted; it would survive a power cut once this returns.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn set_value<V: Serialize + Sync>(
        &self,
        name: &str,
        value: &V,
    ) -> Result<(), ValueError> {
        Ok(self.stores().values().set(name, value).await?)
    }
}
