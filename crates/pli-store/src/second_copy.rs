//! What nobody can give back is written twice: into a journal first, then into the database.
//!
//! When the database `keys` cannot be read, or is gone, it comes back from the journal, but only
//! from one that is provably whole and the newest: an old ratchet must never be used again.
//! Otherwise the device ends, and another is made. The journal is begun anew from the database at
//! each opening, and whenever it has grown large, so that it never lags.

use std::{
    fs,
    io::ErrorKind,
    ops::ControlFlow,
    path::{Path, PathBuf},
};

use crate::{
    cipher::{Cipher, StoreKey},
    crypto,
    engine::{Direction, Engine, EngineError, KeyRange, Write},
    error::StoreError,
    journal::{self, Journal},
    schema, state, stores, values,
};

const FILE: &str = "keys.journal";

/// Keeps the journal of the database `keys`.
pub(crate) struct SecondCopy {
    journal: State,
    cipher: Cipher,
}

enum State {
    Begun(Journal),
    /// The one of the run before is there, and does not lag as long as nothing is written.
    Owed {
        path: PathBuf,
        cipher: Cipher,
    },
}

/// Whether every record of a domain is kept twice. Of some others a part is: see
/// [`crate::batch::Batch::keep_twice`].
pub(crate) fn is_kept(domain: u8) -> bool {
    domains().any(|kept| kept == domain)
}

fn domains() -> impl Iterator<Item = u8> {
    let kept = [
        crypto::KEPT,
        state::KEPT,
        values::KEPT,
        stores::retention::KEPT,
    ];
    kept.into_iter().flatten().copied()
}

/// Begins the journal of a database that has just been opened. On a full disk it is owed: nothing
/// may be written before [`SecondCopy::renew`]. Where it cannot be written for another reason,
/// there is none: better than no database, and better than one that lags.
pub(crate) fn begin(
    directory: &Path,
    key: &StoreKey,
    engine: &dyn Engine,
    cipher: Cipher,
) -> Result<Option<SecondCopy>, StoreError> {
    let records = records(engine, &cipher)?;
    let path = path(directory);
    match Journal::begin(&path, key, schema::CURRENT, &records) {
        Ok(journal) => Ok(Some(SecondCopy {
            journal: State::Begun(journal),
            cipher,
        })),
        Err(EngineError::DiskFull) => {
            let journal = State::Owed {
                path,
                cipher: journal::cipher(key),
            };
            Ok(Some(SecondCopy { journal, cipher }))
        }
        Err(error) => {
            tracing::warn!("the journal of keys could not be begun: {error}");
            match fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    Err(EngineError::from(error).into())
                }
                _ => Ok(None),
            }
        }
    }
}

impl SecondCopy {
    /// Whether the journal is to be begun before anything is written.
    pub(crate) const fn is_owed(&self) -> bool {
        matches!(self.journal, State::Owed { .. })
    }

    /// Writes down a change, before it is made.
    pub(crate) fn append(&mut self, writes: &[Write]) -> Result<(), EngineError> {
        match &mut self.journal {
            State::Begun(journal) => journal.append(writes),
            State::Owed { .. } => Err(EngineError::DiskFull),
        }
    }

    pub(crate) fn sync(&mut self) -> Result<(), EngineError> {
        match &mut self.journal {
            State::Begun(journal) => journal.sync(),
            State::Owed { .. } => Ok(()),
        }
    }

    /// Begins the journal anew if it has grown large. It is whole in any case.
    pub(crate) fn tidy(&mut self, engine: &dyn Engine) {
        let is_large = matches!(&self.journal, State::Begun(journal) if journal.is_large());
        if is_large && self.renew(engine).is_err() {
            tracing::warn!("the journal of keys could not be made smaller");
        }
    }

    pub(crate) fn renew(&mut self, engine: &dyn Engine) -> Result<(), StoreError> {
        let records = records(engine, &self.cipher)?;
        match &mut self.journal {
            State::Begun(journal) => journal.renew(&records)?,
            State::Owed { path, cipher } => {
                let (path, cipher) = (path.clone(), cipher.clone());
                let journal = Journal::write_new(path, cipher, schema::CURRENT, &records)?;
                self.journal = State::Begun(journal);
            }
        }
        Ok(())
    }
}

/// Fills a new and empty database from the journal; whether there was one to trust.
pub(crate) fn restore(
    directory: &Path,
    key: &StoreKey,
    engine: &dyn Engine,
    cipher: &Cipher,
) -> Result<bool, StoreError> {
    let path = path(directory);
    let Some(contents) = journal::read(&path, key) else {
        set_aside(&path)?;
        return Ok(false);
    };
    if contents.records.is_empty() {
        return Ok(false);
    }
    let writes: Vec<Write> = contents
        .records
        .into_iter()
        .map(|(key, value)| (key, Some(value)))
        .collect();
    for writes in writes.chunks(100) {
        engine.apply(writes)?;
    }
    // Last: without it a crash leaves a database that is restored once more.
    schema::write(engine, cipher, contents.schema)?;
    tracing::warn!("the keys came back from their journal");
    Ok(true)
}

/// Whether the journal was begun with this key.
pub(crate) fn proves_key(directory: &Path, key: &StoreKey) -> bool {
    journal::opens(&path(directory), key)
}

/// For somebody to look at later: the next journal takes its place.
fn set_aside(path: &Path) -> Result<(), EngineError> {
    if path.try_exists()? {
        fs::rename(path, path.with_extension("journal.quarantine"))?;
        tracing::error!("the journal of keys cannot be trusted and was set aside");
    }
    Ok(())
}

fn path(directory: &Path) -> PathBuf {
    directory.join(FILE)
}

/// All records of the database that are kept twice.
fn records(engine: &dyn Engine, cipher: &Cipher) -> Result<Vec<Write>, StoreError> {
    let mut records: Vec<Write> = Vec::new();
    for domain in domains() {
        let range = KeyRange::below(&[domain]);
        engine.scan(&range, Direction::Forward, &mut |key, value| {
            records.push((key.to_vec(), Some(value.to_vec())));
            ControlFlow::Continue(())
        })?;
    }
    for key in crypto::kept_keys(engine, cipher)? {
        if let Some(value) = engine.get(&key)? {
            records.push((key, Some(value)));
        }
    }
    // The journal must never take over what is damaged here: it may still have it whole.
    for (key, value) in &records {
        cipher.open(key, value.as_deref().unwrap_or_default())?;
    }
    Ok(records)
}

#[cfg(test)]
mod tests;
