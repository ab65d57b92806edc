//! Opens and closes the databases of a profile.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use matrix_sdk_base::{ruma::UserId, sync::RoomUpdates};
use tokio::sync::broadcast::Receiver;

mod compaction;
mod expiry;
mod open;
pub(crate) mod retention;

pub use open::OpenError;
use open::{Opened, Wanted};

use crate::{
    arrival::Arrival,
    cipher::StoreKey,
    crypto::{PliCryptoStore, forget_sync_positions},
    disk::create_private,
    disk_status::DiskWatch,
    doubt::Doubt,
    engine::memory::{MemoryEngine, MemorySuccessors},
    error::StoreError,
    event_cache::PliEventCacheStore,
    media::{Files, PliMediaStore},
    state::PliStateStore,
    tree::{Ground, Tree},
    values::Values,
};

/// One of the two databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DatabaseName {
    /// Encryption keys and unsent requests: what nobody can give back.
    Keys,
    /// Rooms, events and the index of media: what the server gives again.
    History,
}

impl DatabaseName {
    pub(crate) const fn directory(self) -> &'static str {
        match self {
            Self::Keys => "keys",
            Self::History => "history",
        }
    }
}

/// What had to be done for a database to open; the user is told of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Healing {
    /// Damage was mended; nothing is lost.
    Mended(DatabaseName),
    /// The database could not be read, or was gone. It was set aside, beside the new and empty one. With
    /// [`DatabaseName::Keys`] this device cannot go on: sign in again as a new one.
    SetAside(DatabaseName),
    /// The encryption keys could not be read, and came back from their journal. The unreadable
    /// database was set aside.
    Restored,
}

/// Whether damage was found in stores since they were opened: the reads that met it failed, and the
/// next opening heals it. Does not keep the stores open.
#[derive(Clone, Debug)]
pub struct Doubts([Doubt; 2]);

impl Doubts {
    /// Whether it was.
    #[must_use]
    pub fn any(&self) -> bool {
        self.0.iter().any(Doubt::is_noted)
    }
}

/// Shared by the stores of one profile.
#[derive(Clone, Default)]
struct Waiting(Arc<Arrival>);

impl fmt::Debug for Waiting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Waiting").finish_non_exhaustive()
    }
}

/// The open databases of one profile. Cheap to clone; closed when the last clone, and the last
/// store made from one, is dropped.
#[derive(Clone, Debug)]
pub struct Stores {
    pub(crate) keys: Tree,
    pub(crate) history: Tree,
    media: Files,
    arrival: Waiting,
    healings: Vec<Healing>,
    /// None in memory.
    directory: Option<PathBuf>,
}

impl Stores {
    /// Opens the databases under `directory`, or creates them. Blocks, seconds after a crash.
    ///
    /// # Errors
    ///
    /// See [`OpenError`]. Damage is no error: see [`Stores::healings`].
    pub fn open(directory: &Path, key: &StoreKey) -> Result<Self, OpenError> {
        create_private(directory)?;
        let lock = Arc::new(open::lock(directory)?);
        let wanted = Wanted {
            directory,
            name: DatabaseName::Keys,
            key,
            key_is_proven: false,
            lock: &lock,
        };
        let (keys, keys_opened) = open::database(wanted)?;
        let (history, history_opened) = open::database(Wanted {
            name: DatabaseName::History,
            key_is_proven: !keys_opened.new,
            ..wanted
        })?;
        if history_opened.new && !keys_opened.new {
            // What was synced is lost: it must be synced again from the start.
            forget_sync_positions(&keys)?;
        }
        let mut stores = Self {
            keys,
            history,
            media: Files::in_directory(directory.join("media"), key),
            arrival: Waiting::default(),
            healings: Vec::new(),
            directory: Some(directory.to_owned()),
        };
        stores.tell(&keys_opened, &history_opened)?;
        stores.end_expiring();
        Ok(stores)
    }

    /// Keeps what is to be told of an opening. Of two databases that are used together, one that
    /// holds nothing was taken away.
    fn tell(&mut self, keys: &Opened, history: &Opened) -> Result<(), StoreError> {
        let gone = |opened: &Opened, name, other: &Tree| {
            Ok::<_, StoreError>(match opened.healing {
                None if opened.new && other.is_used()? => Some(Healing::SetAside(name)),
                healing => healing,
            })
        };
        self.healings = [
            gone(keys, DatabaseName::Keys, &self.history)?,
            gone(history, DatabaseName::History, &self.keys)?,
        ]
        .into_iter()
        .flatten()
        .collect();
        Ok(())
    }

    /// Empty stores that last as long as their clones.
    ///
    /// # Errors
    ///
    /// When the system gives no randomness, or no thread.
    pub fn in_memory() -> Result<Self, StoreError> {
        let mut key = Box::new([0; 32]);
        getrandom::fill(key.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
        let key = StoreKey::new(key);
        let tree = |name: DatabaseName| {
            Tree::start(
                Arc::new(MemoryEngine::default()),
                Box::new(MemorySuccessors),
                &key,
                name.directory(),
                None,
                Ground::in_memory(),
            )
        };
        Ok(Self {
            keys: tree(DatabaseName::Keys)?,
            history: tree(DatabaseName::History)?,
            media: Files::in_memory(&key),
            arrival: Waiting::default(),
            healings: Vec::new(),
            directory: None,
        })
    }

    /// What had to be mended when these were opened.
    #[must_use]
    pub fn healings(&self) -> &[Healing] {
        &self.healings
    }

    /// Whether damage was found since these were opened.
    #[must_use]
    pub fn doubts(&self) -> Doubts {
        Doubts([self.keys.doubt().clone(), self.history.doubt().clone()])
    }

    /// Returns once everything written before would survive a power cut.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub async fn flush(&self) -> Result<(), StoreError> {
        self.history.flush().await?;
        self.keys.flush().await
    }

    /// Bytes that the databases take on the disk.
    ///
    /// # Errors
    ///
    /// When the disk refuses.
    pub fn size(&self) -> Result<u64, StoreError> {
        Ok(self.keys.size()? + self.history.size()?)
    }

    /// Whether the disk takes what is written.
    #[must_use]
    pub fn disk_status(&self) -> DiskWatch {
        DiskWatch::new([self.keys.disk_status(), self.history.disk_status()])
    }

    /// What a sync brings waits for space on a full disk; from now on it is refused. For the end of
    /// an account.
    pub fn end_waiting(&self) {
        self.keys.end_waiting();
        self.history.end_waiting();
    }

    /// The SDK stores the events of a sync beside writing down its position. From now on, the
    /// position waits until they are stored: `updates` is what the client of the user `own` tells
    /// of all rooms, from before its first sync on.
    pub fn await_arrival(&self, own: &UserId, updates: Receiver<RoomUpdates>) {
        self.arrival.0.listen(own, updates);
    }

    /// The store of encryption keys. Make one: each keeps what it read of late.
    #[must_use]
    pub fn crypto_store(&self) -> PliCryptoStore {
        PliCryptoStore::new(
            self.keys.clone(),
            self.history.clone(),
            self.arrival.0.clone(),
        )
    }

    /// The store of the events of rooms.
    #[must_use]
    pub fn event_cache_store(&self) -> PliEventCacheStore {
        PliEventCacheStore::new(self.history.clone(), self.arrival.0.clone())
    }

    /// The store of media. Make one: the retention policy and the clean-up belong to it.
    #[must_use]
    pub fn media_store(&self) -> PliMediaStore {
        PliMediaStore::new(self.history.clone(), self.media.clone())
    }

    /// The store of rooms, of the account, and of what waits to be sent.
    #[must_use]
    pub fn state_store(&self) -> PliStateStore {
        PliStateStore::new(self.keys.clone(), self.history.clone())
    }

    /// The application's own values.
    #[must_use]
    pub fn values(&self) -> Values {
        Values::new(self.keys.clone())
    }
}

/// Destroys the databases and media under `directory`, and whatever was set aside there. For
/// sign-out: the stores must be closed before, and their key destroyed beside it. Nothing to
/// destroy is no error.
///
/// # Errors
///
/// [`OpenError::InUse`] while the stores are open, or when the disk refuses.
pub fn erase(directory: &Path) -> Result<(), OpenError> {
    if !directory.try_exists()? {
        return Ok(());
    }
    let _lock = open::lock(directory)?;
    Ok(fs::remove_dir_all(directory)?)
}

#[cfg(test)]
mod tests;
