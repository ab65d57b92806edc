//! Values of the application itself, by name: settings, and the like.

use serde::{Serialize, de::DeserializeOwned};

use crate::{batch::Durability, error::StoreError, key::Table, tree::Tree};

/// A small encrypted table of named values, as durable as the keys.
#[derive(Clone, Debug)]
pub struct Values {
    keys: Tree,
}

/// The domain of the values: they are kept twice.
pub(crate) const KEPT: &[u8] = &[values::<()>().domain()];

const fn values<V>() -> Table<V> {
    Table::json(0xa0, 1)
}

impl Values {
    pub(crate) const fn new(keys: Tree) -> Self {
        Self { keys }
    }

    /// Reads a value.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or the value has another shape.
    pub fn get<V: DeserializeOwned>(&self, name: &str) -> Result<Option<V>, StoreError> {
        self.keys.at(values()).id(name).get()
    }

    /// Writes a value; it would survive a power cut once this returns.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn set<V: Serialize + Sync>(&self, name: &str, value: &V) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.put(&self.keys.at(values()).id(name), value)?;
        batch.commit(Durability::Synced).await
    }

    /// Removes a value.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn remove(&self, name: &str) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.remove(&self.keys.at(values::<()>()).id(name));
        batch.commit(Durability::Synced).await
    }
}
