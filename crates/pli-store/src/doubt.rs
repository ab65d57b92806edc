//! What was found damaged on reading is remembered until the next opening, which looks at all of
//! the database, and heals it.
//!
//! sled verifies a page only when it is read, and a record is proven only by its tag, so that
//! damage may show long after the database opened. Nothing is done at once: the database is in
//! use. The read fails, and a file beside the database says that it is in doubt.

use std::{
    fs::{self, File},
    io::{self, ErrorKind},
    ops::ControlFlow,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use crate::{
    cipher::Cipher,
    engine::{Direction, Engine, KeyRange},
    error::StoreError,
    key::domain,
};

const FILE: &str = "doubted";

/// Whether a database is in doubt since it was opened. Cheap to clone; does not keep it open.
#[derive(Clone, Debug)]
pub(crate) struct Doubt(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// None in memory.
    file: Option<PathBuf>,
    noted: AtomicBool,
}

impl Doubt {
    /// Of a database on the disk.
    pub(crate) fn of(database: &Path) -> Self {
        Self::new(Some(database.join(FILE)))
    }

    /// Of a database that is gone once it closes.
    pub(crate) fn in_memory() -> Self {
        Self::new(None)
    }

    fn new(file: Option<PathBuf>) -> Self {
        let noted = AtomicBool::new(false);
        Self(Arc::new(Inner { file, noted }))
    }

    pub(crate) fn is_noted(&self) -> bool {
        self.0.noted.load(Ordering::Relaxed)
    }

    /// Passes a result on; damage is noted.
    pub(crate) fn noting<T>(&self, result: Result<T, StoreError>) -> Result<T, StoreError> {
        if matches!(result, Err(StoreError::Damaged)) && !self.0.noted.swap(true, Ordering::Relaxed)
        {
            tracing::error!("a database is damaged; its next opening heals it");
            // If that fails, whoever meets the damage after the next opening notes it again.
            if let Some(file) = &self.0.file
                && File::create(file).is_err()
            {
                tracing::warn!("that could not be written down");
            }
        }
        result
    }
}

/// If the database was in doubt when it was closed, reads all of it. Sound, it is so no more.
pub(crate) fn examine(
    database: &Path,
    engine: &dyn Engine,
    cipher: &Cipher,
) -> Result<(), StoreError> {
    let file = database.join(FILE);
    if !file.try_exists().map_err(|error| failed(&error))? {
        return Ok(());
    }
    verify_all(engine, cipher)?;
    tracing::warn!("a database that was thought damaged is sound");
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(&error)),
        _ => Ok(()),
    }
}

/// Opens every sealed record.
fn verify_all(engine: &dyn Engine, cipher: &Cipher) -> Result<(), StoreError> {
    let mut verdict = Ok(());
    engine.scan(
        &KeyRange::below(&[]),
        Direction::Forward,
        &mut |key, value| {
            if is_sealed(key)
                && let Err(error) = cipher.open(key, value)
            {
                verdict = Err(error);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        },
    )?;
    verdict
}

/// Whether any record but that of the schema was sealed with this key: then it is the right one.
pub(crate) fn any_opens(engine: &dyn Engine, cipher: &Cipher) -> Result<bool, StoreError> {
    const LOOKED_AT: usize = 100;
    let (mut any, mut looked_at) = (false, 0);
    let records = KeyRange {
        start: vec![domain::FIRST_OF_STORES],
        end: None,
    };
    engine.scan(&records, Direction::Forward, &mut |key, value| {
        any = cipher.open(key, value).is_ok();
        looked_at += 1;
        if any || looked_at == LOOKED_AT {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    Ok(any)
}

/// An intent holds values sealed to other places, and a closing is no secret.
fn is_sealed(key: &[u8]) -> bool {
    let domain = key.first().copied();
    matches!(domain, Some(domain::SCHEMA | domain::ERASED))
        || domain >= Some(domain::FIRST_OF_STORES)
}

fn failed(error: &io::Error) -> StoreError {
    StoreError::Io(error.kind())
}
