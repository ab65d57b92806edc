//! Opens one database: lock, healing, interrupted changes, key, schema.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::Path,
    sync::Arc,
};

use super::{DatabaseName, Healing};
use crate::{
    cipher::{Cipher, StoreKey},
    engine::{
        Engine, EngineError,
        generations::{self, Generations},
        heal::{self, Cure},
        sled::SledEngine,
    },
    error::StoreError,
    schema::{self, Standing},
    second_copy,
    tree::Tree,
};

/// Why the stores of a profile do not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another Pli has this profile open.
    #[error("the store is in use")]
    InUse,
    /// The key is not the one that the store was made with.
    #[error("the key does not open the store")]
    WrongKey,
    /// A later version of Pli wrote this store.
    #[error("the store has schema {found}, and this version knows schemas up to {known}")]
    TooNew {
        /// The schema of the store.
        found: u32,
        /// The latest schema this version knows.
        known: u32,
    },
    /// No space is left on the disk.
    #[error("the disk is full")]
    DiskFull,
    /// The disk or the file system failed, or refuses access.
    #[error("the disk failed ({0})")]
    Io(io::ErrorKind),
    /// The store could be neither read nor set aside.
    #[error("the store is damaged")]
    Damaged,
    /// The system gave no randomness, or no thread.
    #[error("the system refused what the store needs")]
    System,
}

impl From<EngineError> for OpenError {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::InUse => Self::InUse,
            EngineError::DiskFull => Self::DiskFull,
            EngineError::Io(kind) => Self::Io(kind),
            EngineError::Damaged => Self::Damaged,
        }
    }
}

impl From<io::Error> for OpenError {
    fn from(error: io::Error) -> Self {
        EngineError::from(error).into()
    }
}

impl From<StoreError> for OpenError {
    fn from(error: StoreError) -> Self {
        match error {
            error if error.is_disk_full() => Self::DiskFull,
            StoreError::DiskFull => Self::DiskFull,
            StoreError::Io(kind) => Self::Io(kind),
            StoreError::Damaged | StoreError::Shape | StoreError::UnknownChunk => Self::Damaged,
            StoreError::NoRandomness | StoreError::Closed | StoreError::NoAccount => Self::System,
        }
    }
}

/// How a database was found.
pub(crate) struct Opened {
    pub(crate) healing: Option<Healing>,
    /// Whether it holds nothing yet.
    pub(crate) new: bool,
}

/// One Pli at a time: sled has a lock of its own for each database, but tells it badly.
pub(crate) fn lock(directory: &Path) -> Result<File, OpenError> {
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(directory.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Opens a database in the best state that can be had.
pub(crate) fn database(
    directory: &Path,
    name: DatabaseName,
    key: &StoreKey,
    lock: &Arc<File>,
) -> Result<(Tree, Opened), OpenError> {
    let path = directory.join(name.directory());
    let (engine, generations, cure) = generations::open(&path)?;
    let mut healing = match cure {
        Cure::None => None,
        Cure::Replayed => Some(Healing::Mended(name)),
        Cure::Quarantined => Some(Healing::SetAside(name)),
    };
    if restored(&engine, directory, name, key)? {
        healing = Some(Healing::Restored);
    }
    match verified((engine, generations), directory, name, key, lock) {
        Ok((tree, new)) => Ok((tree, Opened { healing, new })),
        Err(OpenError::Damaged) => {
            heal::quarantine(&path)?;
            let (engine, generations, _) = generations::open(&path)?;
            let healing = if restored(&engine, directory, name, key)? {
                Healing::Restored
            } else {
                Healing::SetAside(name)
            };
            let (tree, new) = verified((engine, generations), directory, name, key, lock)?;
            let healing = Some(healing);
            Ok((tree, Opened { healing, new }))
        }
        Err(error) => Err(error),
    }
}

/// Whether the database was empty, and has its keys again.
fn restored(
    engine: &SledEngine,
    directory: &Path,
    name: DatabaseName,
    key: &StoreKey,
) -> Result<bool, OpenError> {
    if name != DatabaseName::Keys || !schema::is_empty(engine)? {
        return Ok(false);
    }
    let cipher = Cipher::new(key, name.directory());
    Ok(second_copy::restore(directory, key, engine, &cipher)?)
}

/// Whether the database is new, and its tree.
fn verified(
    (engine, generations): (SledEngine, Generations),
    directory: &Path,
    name: DatabaseName,
    key: &StoreKey,
    lock: &Arc<File>,
) -> Result<(Tree, bool), OpenError> {
    let engine: Arc<dyn Engine> = Arc::new(engine);
    let cipher = Cipher::new(key, name.directory());
    let new = match schema::settle(engine.as_ref(), &cipher)? {
        Standing::New => true,
        Standing::Known => false,
        Standing::WrongKey => return Err(OpenError::WrongKey),
        Standing::Nameless => return Err(OpenError::Damaged),
        Standing::TooNew(found) => {
            return Err(OpenError::TooNew {
                found,
                known: schema::CURRENT,
            });
        }
    };
    generations.settle_live()?;
    let second = match name {
        DatabaseName::Keys => second_copy::begin(directory, key, engine.as_ref(), cipher)?,
        DatabaseName::History => None,
    };
    let lock = Some(lock.clone());
    let generations = Box::new(generations);
    let tree = Tree::start(engine, generations, key, name.directory(), second, lock)?;
    Ok((tree, new))
}
