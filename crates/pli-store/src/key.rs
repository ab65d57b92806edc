//! Where a record lies: `domain | schema | parts…`.
//!
//! A part is an identifier, as 16 bytes of keyed hash, or an order, as 8 bytes big-endian. The
//! domain says what kind of record it is, the schema in which shape. As identifiers are hashed,
//! the disk shows neither rooms nor people; as orders are in clear inside a hashed prefix, the
//! events of one room lie together, in order.

use std::marker::PhantomData;

use serde::{Serialize, de::DeserializeOwned};
use zeroize::Zeroizing;

use crate::error::StoreError;

/// Numbers of the domains. A number is never used again for something else.
///
/// 0x00-0x0f the store itself, 0x10-0x3f state, 0x40-0x6f crypto, 0x70-0x8f event cache,
/// 0x90-0x9f media, 0xa0-0xaf values of the application.
pub(crate) mod domain {
    /// The record that proves the key and names the schema.
    pub(crate) const SCHEMA: u8 = 0x00;
    /// What a call that needs several batches is about to write.
    pub(crate) const INTENT: u8 = 0x01;
    /// How often the database was closed in good order: see [`crate::engine::closing`].
    pub(crate) const CLOSED: u8 = 0x02;
    /// That something was erased: see [`crate::tree`].
    pub(crate) const ERASED: u8 = 0x03;
    /// Those below are of the store itself.
    pub(crate) const FIRST_OF_STORES: u8 = 0x10;
}

/// How the values of a table are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Codec {
    /// For types that hold `Raw`, or are untagged or flattened: they need a format that
    /// describes itself.
    Json,
    /// MessagePack with fields by position: a third of the size, for our own types.
    Compact,
    /// MessagePack with fields by name, for types of the SDK, which grow fields in the middle
    /// and skip empty ones.
    Named,
}

/// One kind of record: its domain, its schema, and the type of its values.
///
/// Declared as a constant: `const PROFILES: Table<Profile> = Table::json(0x13, 1);`
pub(crate) struct Table<V> {
    domain: u8,
    schema: u8,
    codec: Codec,
    values: PhantomData<fn() -> V>,
}

impl<V> Clone for Table<V> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<V> Copy for Table<V> {}

impl<V> Table<V> {
    /// Values as JSON: for anything that holds a `Raw`, an untagged or a flattened type.
    pub(crate) const fn json(domain: u8, schema: u8) -> Self {
        Self {
            domain,
            schema,
            codec: Codec::Json,
            values: PhantomData,
        }
    }

    /// Values as compact MessagePack: for our own types and tuples of plain values.
    pub(crate) const fn compact(domain: u8, schema: u8) -> Self {
        Self {
            domain,
            schema,
            codec: Codec::Compact,
            values: PhantomData,
        }
    }

    /// Values as MessagePack with named fields: for types of the SDK without `Raw`.
    pub(crate) const fn named(domain: u8, schema: u8) -> Self {
        Self {
            domain,
            schema,
            codec: Codec::Named,
            values: PhantomData,
        }
    }

    pub(crate) const fn domain(&self) -> u8 {
        self.domain
    }

    /// The prefix of all keys of the table.
    pub(crate) fn prefix(&self) -> Vec<u8> {
        let mut prefix = Vec::with_capacity(64);
        prefix.extend([self.domain, self.schema]);
        prefix
    }

    pub(crate) fn encode<E: Serialize + ?Sized>(
        &self,
        value: &E,
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        Ok(Zeroizing::new(match self.codec {
            Codec::Json => serde_json::to_vec(value)?,
            Codec::Compact => rmp_serde::to_vec(value)?,
            Codec::Named => rmp_serde::to_vec_named(value)?,
        }))
    }
}

impl<V: DeserializeOwned> Table<V> {
    pub(crate) fn decode(&self, value: &[u8]) -> Result<V, StoreError> {
        Ok(match self.codec {
            Codec::Json => serde_json::from_slice(value)?,
            Codec::Compact | Codec::Named => rmp_serde::from_slice(value)?,
        })
    }
}

/// What follows a prefix in a key found by a scan.
#[derive(Clone, Copy)]
pub(crate) struct Tail<'a>(&'a [u8]);

impl<'a> Tail<'a> {
    pub(crate) fn new(key: &'a [u8], prefix: &[u8]) -> Self {
        Self(key.get(prefix.len()..).unwrap_or_default())
    }

    pub(crate) const fn bytes(self) -> &'a [u8] {
        self.0
    }

    /// Reads the tail's first part as an order.
    pub(crate) fn order(self) -> Option<u64> {
        self.0.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
    }
}

#[cfg(test)]
mod tests;
