//! What the benches see of the inside. Not for anybody else.

use std::ops::ControlFlow;

use serde_bytes::ByteBuf;

use crate::{
    batch::Durability, engine::Direction, error::StoreError, key::Table, stores::Stores, tree::Tree,
};

/// A domain that no store uses.
const RECORDS: Table<ByteBuf> = Table::compact(0xff, 1);

/// Records of bytes in the database `history`, by room and number.
pub struct Records(Tree);

impl Records {
    /// Those of opened stores.
    #[must_use]
    pub fn new(stores: &Stores) -> Self {
        Self(stores.history.clone())
    }

    /// Seals a value to a place.
    ///
    /// # Errors
    ///
    /// When the system gives no randomness.
    pub fn seal(&self, place: &[u8], value: &[u8]) -> Result<Vec<u8>, StoreError> {
        self.0.cipher().seal(place, value)
    }

    /// Opens a sealed value; its length.
    ///
    /// # Errors
    ///
    /// When it was not sealed to this place.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<usize, StoreError> {
        Ok(self.0.cipher().open(place, sealed)?.len())
    }

    /// Writes records with numbers from `first` on, as one change.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn put(&self, first: u64, values: &[Vec<u8>], sync: bool) -> Result<(), StoreError> {
        let mut batch = self.0.batch().await;
        for (number, value) in (first..).zip(values) {
            let place = self.0.at(RECORDS).id("room").order(number);
            batch.put_as(&place, serde_bytes::Bytes::new(value))?;
        }
        batch
            .commit(if sync {
                Durability::Synced
            } else {
                Durability::Queued
            })
            .await
    }

    /// Reads one record; whether it is there.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or the record is damaged.
    pub fn get(&self, number: u64) -> Result<bool, StoreError> {
        let record = self.0.at(RECORDS).id("room").order(number).get()?;
        Ok(record.is_some())
    }

    /// Reads all records; their bytes.
    ///
    /// # Errors
    ///
    /// When the disk refuses, or a record is damaged.
    pub fn scan(&self) -> Result<usize, StoreError> {
        let mut bytes = 0;
        let records = self.0.at(RECORDS).id("room");
        records.each(.., Direction::Forward, |_, value| {
            bytes += value.len();
            ControlFlow::Continue(())
        })?;
        Ok(bytes)
    }
}

/// Bytes of all keys and sealed values of both databases.
///
/// # Errors
///
/// When the disk refuses.
pub fn live_bytes(stores: &Stores) -> Result<u64, StoreError> {
    Ok(stores.history.live_bytes()? + stores.keys.live_bytes()?)
}
