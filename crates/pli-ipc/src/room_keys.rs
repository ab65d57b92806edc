//! Room keys in a file, as the page is told of them.

use futures_util::{Stream, StreamExt as _};
use pli_core::room_keys;

use crate::wire::{ImportedKeys, KeyFileProgress};

/// How far the work on a file of keys has come.
pub fn key_file_progress(
    progress: impl Stream<Item = room_keys::KeyFileProgress> + Send + 'static,
) -> impl Stream<Item = KeyFileProgress> + Send + 'static {
    progress.map(|room_keys::KeyFileProgress { done, total }| KeyFileProgress { done, total })
}

impl From<room_keys::ImportedKeys> for ImportedKeys {
    fn from(room_keys::ImportedKeys { new, total }: room_keys::ImportedKeys) -> Self {
        Self { new, total }
    }
}
