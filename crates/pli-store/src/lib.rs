//! The four store traits of matrix-sdk over encrypted databases.
//!
//! [`Stores`] opens two databases in one directory: `keys/` holds what nobody can give back
//! (encryption keys, unsent requests), `history/` what the server gives again (rooms, events, the
//! index of media). Losing one never touches the other. Every value is encrypted and bound to its
//! place; identifiers are hashed in keys.
//!
//! Inside, from the bottom: an `Engine` stores bytes (sled, or memory); a `Tree` stores typed,
//! sealed records in it and has one writer; each store is a thin implementation of its trait over
//! named operations on a tree.

mod arrival;
mod batch;
#[cfg(feature = "benches")]
pub mod bench;
mod cipher;
mod crypto;
mod disk;
mod disk_status;
mod doubt;
mod engine;
mod error;
mod event_cache;
#[cfg(any(test, feature = "fuzz"))]
pub mod fuzz;
mod intent;
mod journal;
mod key;
mod media;
mod schema;
mod second_copy;
mod state;
mod stores;
mod tree;
mod values;
mod writer;

pub use cipher::StoreKey;
pub use crypto::PliCryptoStore;
pub use disk_status::{DiskStatus, DiskWatch};
pub use error::StoreError;
pub use event_cache::{
    PliEventCacheStore,
    due::{Aged, Due, END, end_of},
    expiry::is_expired,
};
pub use media::PliMediaStore;
pub use state::{PliStateStore, life::Life};
pub use stores::{DatabaseName, Doubts, Healing, OpenError, Stores, erase, retention::Redaction};
pub use values::Values;
