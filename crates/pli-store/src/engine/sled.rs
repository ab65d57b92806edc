//! The engine on the disk: sled 0.34, one tree, with answers to its known faults.

use std::{
    collections::HashSet,
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io::{self, BufReader, ErrorKind},
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use super::{
    Direction, Engine, EngineError, KeyRange, Visit, Write, parts,
    prod::{self, Prod},
};
use crate::disk::sync_directory;

/// sled's own default of 1 GB has ended in out-of-memory crashes.
const CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// sled gives disk space back only in the thread that flushes, so that it must stay on.
const FLUSH_EVERY_MS: u64 = 500;

/// How much of a file is read at once that is only proved to be readable.
const READ_BYTES: usize = 512 * 1024;

/// A database of one tree in one directory.
pub(crate) struct SledEngine {
    /// Before the database, which it would keep open.
    prod: Prod,
    db: Database,
    /// See [`Engine::is_stuck`].
    stuck: AtomicBool,
    /// Our own handle of the data file: sled's flush is `sync_file_range` on Linux, which does
    /// not outlive a power cut.
    data: File,
    blobs: PathBuf,
    /// Of the files that sled makes for its larger pages and never syncs, those on the disk.
    synced_blobs: Mutex<HashSet<OsString>>,
}

impl SledEngine {
    /// Opens, or creates, without healing: see [`super::heal`]. sled may panic here.
    pub(crate) fn open(path: &Path) -> Result<Self, EngineError> {
        prove_readable(path)?;
        let db = match open(path) {
            // sled never syncs this file, in which we know each byte: it is written anew.
            Err(EngineError::Damaged) if remove_configuration(path)? => open(path)?,
            opened => opened?,
        };
        let mut options = OpenOptions::new();
        let data = options.read(true).write(true).open(path.join("db"))?;
        options.open(path.join("conf"))?.sync_all()?;
        // Nor does sled sync the names of its files.
        sync_directory(path)?;
        Ok(Self {
            prod: Prod::start(db.open()?.clone())?,
            db,
            stuck: AtomicBool::new(false),
            data,
            blobs: path.join("blobs"),
            synced_blobs: Mutex::default(),
        })
    }

    pub(crate) fn is_empty(&self) -> Result<bool, EngineError> {
        Ok(self.db()?.is_empty())
    }

    fn db(&self) -> Result<&::sled::Db, EngineError> {
        self.db.open()
    }

    /// As sled has it.
    fn record(&self, key: &[u8]) -> Result<Option<::sled::IVec>, EngineError> {
        let db = self.db()?;
        Ok(guarded(|| db.get(key))??)
    }

    /// The value at a key of which sled has this.
    fn whole(&self, key: &[u8], value: &[u8]) -> Result<Vec<u8>, EngineError> {
        match parts::number(value) {
            Some(number) => parts::join(key, number, |key| self.record(key)),
            None => Ok(value.to_vec()),
        }
    }

    /// Before the log that refers to them. Only older versions wrote such pages.
    fn sync_blobs(&self) -> Result<(), EngineError> {
        let mut synced = self
            .synced_blobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let mut new = Vec::new();
        for blob in fs::read_dir(&self.blobs)? {
            let blob = blob?.file_name();
            if !synced.contains(&blob) {
                new.push(blob);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        for blob in &new {
            match OpenOptions::new().write(true).open(self.blobs.join(blob)) {
                Ok(file) => file.sync_all()?,
                // sled has removed it meanwhile.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
            }
        }
        sync_directory(&self.blobs)?;
        synced.extend(new);
        Ok(())
    }
}

/// What sled has open; nothing only while it closes.
struct Database(Option<::sled::Db>);

impl Database {
    fn open(&self) -> Result<&::sled::Db, EngineError> {
        self.0.as_ref().ok_or(EngineError::Damaged)
    }
}

impl Drop for Database {
    /// sled panics when the disk refuses its last sync: whoever closes a store, or does not open
    /// it for a refusal, must not end so.
    fn drop(&mut self) {
        let db = self.0.take();
        if catch_unwind(AssertUnwindSafe(|| drop(db))).is_err() {
            tracing::error!("a database closed with a fault");
        }
    }
}

fn open(path: &Path) -> Result<Database, EngineError> {
    let db = ::sled::Config::new()
        .path(path)
        .cache_capacity(CACHE_BYTES)
        .flush_every_ms(Some(FLUSH_EVERY_MS))
        .open()?;
    Ok(Database(Some(db)))
}

/// sled takes what it cannot read for the end of its log, and removes all that comes after. So a
/// disk that fails is to be known before. What a snapshot tells of is read when it is needed.
fn prove_readable(path: &Path) -> Result<(), EngineError> {
    let log = path.join("db");
    let written = match fs::metadata(&log) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        metadata => metadata?.modified()?,
    };
    let snapshot = Snapshot::newest(path)?;
    if snapshot
        .as_ref()
        .is_none_or(|snapshot| snapshot.made < written)
    {
        read_through(&log)?;
    }
    let blobs = match fs::read_dir(path.join("blobs")) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        blobs => blobs?,
    };
    let proven = snapshot.map(|snapshot| snapshot.reached);
    for blob in blobs {
        let blob = blob?;
        let number = blob.file_name().to_str().and_then(|name| name.parse().ok());
        if number.is_none_or(|number: u64| Some(number) >= proven) {
            read_through(&blob.path())?;
        }
    }
    Ok(())
}

fn read_through(path: &Path) -> io::Result<()> {
    let mut file = BufReader::with_capacity(READ_BYTES, File::open(path)?);
    io::copy(&mut file, &mut io::sink()).map(drop)
}

/// What sled has written of its pages when it opened.
struct Snapshot {
    /// How far in the log; it is in the name.
    reached: u64,
    made: SystemTime,
}

impl Snapshot {
    fn newest(path: &Path) -> io::Result<Option<Self>> {
        let mut newest: Option<Self> = None;
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            let number = name.to_str().and_then(|name| name.strip_prefix("snap."));
            let Some(Ok(reached)) = number.map(|number| u64::from_str_radix(number, 16)) else {
                continue;
            };
            if newest
                .as_ref()
                .is_none_or(|newest| newest.reached < reached)
            {
                let made = entry.metadata()?.modified()?;
                newest = Some(Self { reached, made });
            }
        }
        Ok(newest)
    }
}

/// Whether there was one.
fn remove_configuration(path: &Path) -> Result<bool, EngineError> {
    match fs::remove_file(path.join("conf")) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error.into()),
    }
}

impl Drop for SledEngine {
    fn drop(&mut self) {
        if self.is_stuck() {
            // Its files stay open until the process ends.
            std::mem::forget(self.db.0.take());
        }
    }
}

impl Engine for SledEngine {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        let value = self.record(key)?;
        value.map(|value| self.whole(key, &value)).transpose()
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        let range = parts::without(range);
        let start = range.start.as_slice();
        let db = self.db()?;
        let mut found = match &range.end {
            Some(end) if end.as_slice() <= start => return Ok(()),
            Some(end) => db.range(start..end.as_slice()),
            None => db.range(start..),
        };
        let mut next = || match direction {
            Direction::Forward => found.next(),
            Direction::Backward => found.next_back(),
        };
        while let Some(record) = guarded(&mut next)? {
            let (key, value) = record?;
            let visited = match parts::number(&value) {
                None => visit(&key, &value),
                Some(_) => visit(&key, &self.whole(&key, &value)?),
            };
            if visited.is_break() {
                break;
            }
        }
        Ok(())
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        let mut batch = ::sled::Batch::default();
        let old = |key: &[u8]| Ok(self.record(key)?.and_then(|value| parts::number(&value)));
        for (key, value) in parts::split(writes, old)? {
            match value {
                Some(value) => batch.insert(key, value),
                None => batch.remove(key),
            }
        }
        let db = self.db()?;
        let _alone = prod::BATCHES.write();
        let applied = db.apply_batch(batch);
        if applied.is_err() && goes_on(db) {
            tracing::error!("a database cannot be flushed any more");
            self.stuck.store(true, Ordering::Release);
        }
        Ok(applied?)
    }

    fn flush(&self) -> Result<(), EngineError> {
        // Never `flush_async`: it can deadlock.
        let db = self.db()?;
        if self.is_stuck() {
            return Err(EngineError::Io(ErrorKind::Interrupted));
        }
        self.prod.attend(|| db.flush())?;
        self.sync_blobs()?;
        Ok(self.data.sync_data()?)
    }

    /// When sled cannot write the file of a large page, it never writes the part of its log that
    /// was to name that file: a flush waits for it for ever, and so does what closes the database.
    /// A failure of the log itself is noted, and everything after is refused.
    fn is_stuck(&self) -> bool {
        self.stuck.load(Ordering::Acquire)
    }

    fn size(&self) -> Result<u64, EngineError> {
        Ok(self.db()?.size_on_disk()?)
    }
}

/// Whether a database writes on after a write has failed.
fn goes_on(db: &::sled::Db) -> bool {
    match guarded(|| db.first()) {
        Ok(Ok(Some((key, value)))) => db.insert(key, value).is_ok(),
        Ok(first) => first.is_ok(),
        Err(_) => false,
    }
}

/// sled panics on some damage that it meets when it reads.
fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, EngineError> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| EngineError::Damaged)
}

impl From<::sled::Error> for EngineError {
    fn from(error: ::sled::Error) -> Self {
        match error {
            ::sled::Error::Io(error) if is_lock_refusal(&error) => Self::InUse,
            // A file, or its end, is gone.
            ::sled::Error::Io(error)
                if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::UnexpectedEof) =>
            {
                Self::Damaged
            }
            ::sled::Error::Io(error) => error.into(),
            _ => Self::Damaged,
        }
    }
}

/// sled tells a held lock only by the words of an otherwise unnamed error.
fn is_lock_refusal(error: &io::Error) -> bool {
    error.kind() == ErrorKind::Other && error.to_string().contains("acquire lock")
}
