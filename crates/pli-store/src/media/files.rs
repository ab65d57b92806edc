//! The sealed files of media, in a directory or in memory.
//!
//! A file has a name of its own, which says nothing, and is written once, under another name that
//! it loses when it is whole. So a file that is there is whole, or damaged by something else than
//! Pli. Which medium it holds is said by the index; a file that the index does not name is an
//! orphan of a crash, and swept.

use std::{
    collections::{HashMap, HashSet},
    fmt::{self, Write as _},
    fs::{self, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use serde_bytes::ByteArray;
use tokio::sync::{OwnedRwLockReadGuard, RwLock};

use crate::{
    cipher::{Cipher, StoreKey},
    disk::{self, RESERVE_BYTES, create_private},
    engine::EngineError,
    error::StoreError,
};

/// The name of a file: random bytes.
pub(super) type Name = ByteArray<16>;

/// The files of one profile. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Files(Arc<Inner>);

struct Inner {
    cipher: Cipher,
    shelf: Shelf,
    /// Shared by those who write files that the index does not name yet.
    gate: Arc<RwLock<()>>,
}

enum Shelf {
    Directory(PathBuf),
    Memory(Mutex<HashMap<Name, Vec<u8>>>),
}

impl fmt::Debug for Files {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Files").finish_non_exhaustive()
    }
}

impl Files {
    /// Files in a directory, made when it is needed.
    pub(crate) fn in_directory(path: PathBuf, key: &StoreKey) -> Self {
        Self::new(Shelf::Directory(path), key)
    }

    /// Files that last as long as the clones of this.
    pub(crate) fn in_memory(key: &StoreKey) -> Self {
        Self::new(Shelf::Memory(Mutex::default()), key)
    }

    fn new(shelf: Shelf, key: &StoreKey) -> Self {
        Self(Arc::new(Inner {
            cipher: Cipher::new(key, "media"),
            shelf,
            gate: Arc::default(),
        }))
    }

    /// To hold from before a file is written until the index names it.
    pub(super) async fn writing(&self) -> OwnedRwLockReadGuard<()> {
        self.0.gate.clone().read_owned().await
    }

    /// Writes a new file. If it is to be `durable`, it would survive a power cut.
    pub(super) async fn write(&self, content: Vec<u8>, durable: bool) -> Result<Name, StoreError> {
        self.aside(move |inner| {
            let mut name = Name::default();
            getrandom::fill(name.as_mut_slice()).map_err(|_| StoreError::NoRandomness)?;
            let sealed = inner.cipher.seal(name.as_slice(), &content)?;
            match &inner.shelf {
                Shelf::Directory(path) => write(path, &name, &sealed, durable)?,
                Shelf::Memory(files) => {
                    let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
                    files.insert(name, sealed);
                }
            }
            Ok(name)
        })
        .await
    }

    /// What a file holds; nothing if it is not there, or not what was written.
    pub(super) async fn read(&self, name: Name) -> Result<Option<Vec<u8>>, StoreError> {
        self.aside(move |inner| {
            let sealed = match &inner.shelf {
                Shelf::Directory(path) => fs::read(path.join(file_name(&name))).ok(),
                Shelf::Memory(files) => {
                    let files = files.lock().unwrap_or_else(PoisonError::into_inner);
                    files.get(&name).cloned()
                }
            };
            let opened = sealed.and_then(|sealed| inner.cipher.open(name.as_slice(), &sealed).ok());
            Ok(opened.map(|mut content| std::mem::take(&mut *content)))
        })
        .await
    }

    /// Removes files. One that is not there is no error.
    pub(super) async fn remove(&self, names: Vec<Name>) -> Result<(), StoreError> {
        if names.is_empty() {
            return Ok(());
        }
        self.aside(move |inner| {
            for name in &names {
                match &inner.shelf {
                    Shelf::Directory(path) => remove(&path.join(file_name(name)))?,
                    Shelf::Memory(files) => {
                        let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
                        files.remove(name);
                    }
                }
            }
            Ok(())
        })
        .await
    }

    /// Removes all files but those that `named` gives, which is asked when nobody writes.
    pub(super) async fn sweep(
        &self,
        named: impl Future<Output = Result<HashSet<Name>, StoreError>>,
    ) -> Result<(), StoreError> {
        let _nobody_writes = self.0.gate.write().await;
        let named = named.await?;
        self.aside(move |inner| match &inner.shelf {
            Shelf::Directory(path) => {
                let named: HashSet<String> = named.iter().map(file_name).collect();
                for file in entries(path)? {
                    if !file
                        .file_name()
                        .to_str()
                        .is_some_and(|name| named.contains(name))
                    {
                        remove(&file.path())?;
                    }
                }
                Ok(())
            }
            Shelf::Memory(files) => {
                let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
                files.retain(|name, _| named.contains(name));
                Ok(())
            }
        })
        .await
    }

    /// Bytes that the files take.
    pub(super) async fn size(&self) -> Result<u64, StoreError> {
        self.aside(|inner| match &inner.shelf {
            Shelf::Directory(path) => {
                let files = entries(path)?;
                let sizes = files
                    .iter()
                    .map(|file| file.metadata().map(|data| data.len()));
                // One that was removed meanwhile takes nothing.
                Ok(sizes.map(Result::unwrap_or_default).sum())
            }
            Shelf::Memory(files) => {
                let files = files.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(files.values().map(|file| file.len() as u64).sum())
            }
        })
        .await
    }

    async fn aside<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Inner) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let inner = self.0.clone();
        tokio::task::spawn_blocking(move || act(&inner))
            .await
            .map_err(|_| StoreError::Closed)?
    }
}

fn file_name(name: &Name) -> String {
    name.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn write(directory: &Path, name: &Name, sealed: &[u8], durable: bool) -> Result<(), EngineError> {
    create_private(directory)?;
    if disk::space(directory)? < RESERVE_BYTES.saturating_add(sealed.len() as u64) {
        return Err(EngineError::DiskFull);
    }
    let path = directory.join(file_name(name));
    let unfinished = path.with_extension("part");
    let written = write_unfinished(&unfinished, sealed, durable)
        .and_then(|()| fs::rename(&unfinished, &path));
    if let Err(error) = written {
        // What cannot be removed is swept later.
        let _ = fs::remove_file(&unfinished);
        return Err(error.into());
    }
    #[cfg(unix)]
    if durable {
        fs::File::open(directory)?.sync_all()?;
    }
    Ok(())
}

fn write_unfinished(path: &Path, sealed: &[u8], durable: bool) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(sealed)?;
    if durable {
        file.sync_all()?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), EngineError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn entries(directory: &Path) -> Result<Vec<fs::DirEntry>, EngineError> {
    match fs::read_dir(directory) {
        Ok(entries) => Ok(entries.collect::<io::Result<_>>()?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error.into()),
    }
}
