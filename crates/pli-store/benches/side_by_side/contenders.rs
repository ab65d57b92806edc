//! The stores that run side by side, behind the SDK's own traits.

use std::{path::Path, sync::Arc};

use matrix_sdk_base::{
    event_cache::store::{DynEventCacheStore, IntoEventCacheStore, MemoryStore as MemoryEvents},
    store::{DynStateStore, IntoStateStore, MemoryStore as MemoryState},
};
use matrix_sdk_crypto::store::{DynCryptoStore, IntoCryptoStore, MemoryStore as MemoryCrypto};
use matrix_sdk_sqlite::{
    SqliteCryptoStore, SqliteEventCacheStore, SqliteMediaStore, SqliteStateStore, SqliteStoreConfig,
};
use pli_store::{StoreKey, Stores};

/// Whose stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Contender {
    /// Ours.
    Pli,
    /// The SDK's, encrypted, in its default configuration.
    Sqlite,
    /// The SDK's, which keep nothing.
    Memory,
}

impl Contender {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Pli => "pli-store",
            Self::Sqlite => "sqlite",
            Self::Memory => "memory",
        }
    }

    pub(crate) fn named(name: &str) -> Self {
        [Self::Pli, Self::Sqlite, Self::Memory]
            .into_iter()
            .find(|contender| contender.name() == name)
            .expect("a contender")
    }
}

/// The stores of one profile.
#[derive(Clone)]
pub(crate) struct Opened {
    pub(crate) crypto: Arc<DynCryptoStore>,
    pub(crate) state: Arc<DynStateStore>,
    pub(crate) events: Arc<DynEventCacheStore>,
    pub(crate) pli: Option<Stores>,
}

const KEY: [u8; 32] = [
    143, 27, 202, 78, 96, 55, 13, 149, 247, 8, 33, 120, 204, 92, 171, 66, 19, 238, 61, 107, 132,
    211, 40, 244, 71, 190, 99, 14, 173, 225, 6, 156,
];

impl Opened {
    /// As a client opens them: all four stores, with a key (no derivation from a passphrase).
    pub(crate) async fn open(contender: Contender, directory: &Path) -> Self {
        match contender {
            Contender::Pli => Self::open_pli(directory),
            Contender::Sqlite => Self::open_sqlite(directory).await,
            Contender::Memory => Self {
                crypto: MemoryCrypto::new().into_crypto_store(),
                state: MemoryState::new().into_state_store(),
                events: MemoryEvents::new().into_event_cache_store(),
                pli: None,
            },
        }
    }

    fn open_pli(directory: &Path) -> Self {
        let key = StoreKey::new(Box::new(KEY));
        let stores = Stores::open(directory, &key).expect("the stores open");
        // Opened as a client does, although no work here is about media.
        let _media = stores.media_store();
        Self {
            crypto: stores.crypto_store().into_crypto_store(),
            state: stores.state_store().into_state_store(),
            events: stores.event_cache_store().into_event_cache_store(),
            pli: Some(stores),
        }
    }

    async fn open_sqlite(directory: &Path) -> Self {
        let config = SqliteStoreConfig::new(directory).key(Some(&KEY));
        let (state, events, _media, crypto) = tokio::try_join!(
            SqliteStateStore::open_with_config(&config),
            SqliteEventCacheStore::open_with_config(&config),
            SqliteMediaStore::open_with_config(&config),
            SqliteCryptoStore::open_with_config(&config),
        )
        .expect("the stores open");
        Self {
            crypto: crypto.into_crypto_store(),
            state: state.into_state_store(),
            events: events.into_event_cache_store(),
            pli: None,
        }
    }

    /// Returns once all that was written would survive a power cut. SQLite is so after each call.
    pub(crate) async fn settle(&self) {
        if let Some(stores) = &self.pli {
            stores.flush().await.expect("the stores flush");
        }
    }

    /// Closes the files; what is still held of these stores is of no use any more.
    pub(crate) async fn close(self) {
        self.events.close().await.expect("the events close");
        self.state.close().await.expect("the state closes");
        self.crypto.close().await.expect("the keys close");
    }
}

/// Bytes that the files under a directory take.
pub(crate) fn disk(directory: &Path) -> u64 {
    let mut bytes = 0;
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let entry = entry.expect("an entry");
        // A file may go meanwhile.
        let Ok(metadata) = entry.metadata() else {
            continue;
        };
        bytes += if metadata.is_dir() {
            disk(&entry.path())
        } else {
            allocated(&metadata)
        };
    }
    bytes
}

#[cfg(unix)]
fn allocated(metadata: &std::fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::blocks(metadata) * 512
}

#[cfg(not(unix))]
fn allocated(metadata: &std::fs::Metadata) -> u64 {
    metadata.len()
}
