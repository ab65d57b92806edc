//! Opens one database: lock, healing, interrupted changes, key, schema.

use std::{
    fs::{File, OpenOptions, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{DatabaseName, Healing};
use crate::{
    cipher::{Cipher, StoreKey},
    doubt::{self, Doubt},
    engine::{
        EngineError,
        closing::Closing,
        generations,
        heal::{self, Cure},
        sled::SledEngine,
    },
    error::StoreError,
    schema::{self, Standing},
    second_copy,
    tree::{Ground, Tree},
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

/// A database to open.
#[derive(Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// The profile's.
    pub(crate) directory: &'a Path,
    pub(crate) name: DatabaseName,
    pub(crate) key: &'a StoreKey,
    /// Whether something else was already opened with this key.
    pub(crate) key_is_proven: bool,
    pub(crate) lock: &'a Arc<File>,
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
pub(crate) fn database(wanted: Wanted<'_>) -> Result<(Tree, Opened), OpenError> {
    match wanted.open() {
        Err(OpenError::Damaged) => {
            heal::quarantine(&wanted.path())?;
            let (tree, opened) = wanted.open()?;
            let set_aside = Some(Healing::SetAside(wanted.name));
            Ok((
                tree,
                Opened {
                    healing: opened.healing.or(set_aside),
                    new: opened.new,
                },
            ))
        }
        opened => opened,
    }
}

impl Wanted<'_> {
    fn path(&self) -> PathBuf {
        self.directory.join(self.name.directory())
    }

    fn cipher(&self) -> Cipher {
        Cipher::new(self.key, self.name.directory())
    }

    /// Damaged if it cannot be taken as it is.
    fn open(&self) -> Result<(Tree, Opened), OpenError> {
        let path = self.path();
        let (engine, generations, cure) = generations::open(&path)?;
        let mut healing = match cure {
            Cure::None => None,
            Cure::Replayed => Some(Healing::Mended(self.name)),
            Cure::Quarantined => Some(Healing::SetAside(self.name)),
        };
        let closing = Closing::after_opening(&path, &engine)?;
        if self.restored(&engine)? {
            healing = Some(Healing::Restored);
        }
        let new = self.settle(&engine)?;
        generations.settle_live()?;
        let second = match self.name {
            DatabaseName::Keys => {
                second_copy::begin(self.directory, self.key, &engine, self.cipher())?
            }
            DatabaseName::History => None,
        };
        let ground = Ground {
            doubt: Doubt::of(&path),
            closing: Some(closing),
            lock: Some(self.lock.clone()),
        };
        let (engine, generations) = (Arc::new(engine), Box::new(generations));
        let name = self.name.directory();
        let tree = Tree::start(engine, generations, self.key, name, second, ground)?;
        Ok((tree, Opened { healing, new }))
    }

    /// Whether the database was empty, and has its keys again.
    fn restored(&self, engine: &SledEngine) -> Result<bool, OpenError> {
        if self.name != DatabaseName::Keys || !schema::is_empty(engine)? {
            return Ok(false);
        }
        let cipher = self.cipher();
        Ok(second_copy::restore(
            self.directory,
            self.key,
            engine,
            &cipher,
        )?)
    }

    /// Whether the database is new.
    fn settle(&self, engine: &SledEngine) -> Result<bool, OpenError> {
        let cipher = self.cipher();
        match schema::settle(engine, &cipher)? {
            Standing::New => Ok(true),
            Standing::Known => {
                doubt::examine(&self.path(), engine, &cipher)?;
                Ok(false)
            }
            // Else it is not the key that is wrong.
            Standing::WrongKey if !self.proves_key(engine, &cipher)? => Err(OpenError::WrongKey),
            Standing::WrongKey | Standing::Nameless => Err(OpenError::Damaged),
            Standing::TooNew(found) => Err(OpenError::TooNew {
                found,
                known: schema::CURRENT,
            }),
        }
    }

    fn proves_key(&self, engine: &SledEngine, cipher: &Cipher) -> Result<bool, OpenError> {
        let by_journal =
            || self.name == DatabaseName::Keys && second_copy::proves_key(self.directory, self.key);
        Ok(self.key_is_proven || by_journal() || doubt::any_opens(engine, cipher)?)
    }
}
