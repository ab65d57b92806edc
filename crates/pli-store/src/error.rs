//! Why a read or a write failed.

use std::io;

use crate::engine::EngineError;

/// Why a record could not be read or written. None of its texts quotes what is stored.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No space is left on the disk: nothing was written.
    #[error("the disk is full")]
    DiskFull,
    /// The disk or the file system failed.
    #[error("the disk failed ({0})")]
    Io(io::ErrorKind),
    /// A record, or the database, is not what Pli wrote.
    #[error("the store is damaged")]
    Damaged,
    /// A value could not be turned into a record, or back.
    #[error("a record has an unknown shape")]
    Shape,
    /// The system gave no random numbers.
    #[error("no randomness is available")]
    NoRandomness,
    /// The store was closed, or its writer ended.
    #[error("the store is closed")]
    Closed,
    /// The SDK asked for a thing before it saved what that needs.
    #[error("the store holds no account yet")]
    NoAccount,
    /// The SDK changed a chunk of events that is not stored, or linked one to it.
    #[error("a chunk of events is unknown")]
    UnknownChunk,
}

impl StoreError {
    /// Whether the disk is full, whatever became of the change.
    #[must_use]
    pub const fn is_disk_full(&self) -> bool {
        use io::ErrorKind::{QuotaExceeded, StorageFull};
        matches!(self, Self::DiskFull | Self::Io(StorageFull | QuotaExceeded))
    }
}

impl From<EngineError> for StoreError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::DiskFull => Self::DiskFull,
            EngineError::Io(kind) => Self::Io(kind),
            EngineError::Damaged => Self::Damaged,
            EngineError::InUse => Self::Io(io::ErrorKind::WouldBlock),
        }
    }
}

impl From<serde_json::Error> for StoreError {
    fn from(_: serde_json::Error) -> Self {
        // The text of this error may quote the value.
        Self::Shape
    }
}

impl From<rmp_serde::encode::Error> for StoreError {
    fn from(_: rmp_serde::encode::Error) -> Self {
        Self::Shape
    }
}

impl From<rmp_serde::decode::Error> for StoreError {
    fn from(_: rmp_serde::decode::Error) -> Self {
        Self::Shape
    }
}

impl From<StoreError> for matrix_sdk_base::StoreError {
    fn from(error: StoreError) -> Self {
        Self::backend(error)
    }
}

impl From<StoreError> for matrix_sdk_crypto::CryptoStoreError {
    fn from(error: StoreError) -> Self {
        Self::backend(error)
    }
}

impl From<StoreError> for matrix_sdk_base::event_cache::store::EventCacheStoreError {
    fn from(error: StoreError) -> Self {
        Self::backend(error)
    }
}

impl From<StoreError> for matrix_sdk_base::media::store::MediaStoreError {
    fn from(error: StoreError) -> Self {
        Self::backend(error)
    }
}
