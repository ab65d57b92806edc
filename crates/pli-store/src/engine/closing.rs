//! Tells at the next opening whether all that was written is there.
//!
//! When sled meets damage in its log it takes it for the end of what was written before a crash,
//! and drops the rest without a word: older values come back. So the last thing written to a
//! database, when it closes in good order, is a number, one more each time; and the number is told
//! by a file beside it. A database that has not come as far as the file says has lost its end.

use std::path::{Path, PathBuf};

use super::{
    Engine, EngineError,
    generations::{self},
};
use crate::{batch::Durability, key::domain, writer::Change};

const KEY: &[u8] = &[domain::CLOSED];

/// Closes a database in good order when it is dropped, which must be after its engine.
pub(crate) struct Closing {
    path: PathBuf,
    number: u64,
}

impl Closing {
    /// For the database of a directory that has just been opened; damaged if it has lost its end.
    pub(crate) fn after_opening(path: &Path, engine: &dyn Engine) -> Result<Self, EngineError> {
        let told = generations::closed(path)?;
        let reached = reached(engine)?;
        if reached < told {
            tracing::error!("a database has lost what was written last");
            return Err(EngineError::Damaged);
        }
        Ok(Self {
            path: path.to_owned(),
            number: reached.unwrap_or_default() + 1,
        })
    }

    /// What the database is to write last.
    pub(crate) fn last_change(&self) -> Change {
        Change {
            ahead: Vec::new(),
            writes: vec![(KEY.to_vec(), Some(self.number.to_be_bytes().to_vec()))],
            kept: Vec::new(),
            durability: Durability::Synced,
        }
    }
}

impl Drop for Closing {
    fn drop(&mut self) {
        if let Err(error) = generations::close(&self.path, self.number, |engine| reached(engine)) {
            // Then the next opening cannot tell whether all is there, as after a crash.
            tracing::warn!(%error, "a database was not closed in good order");
        }
    }
}

fn reached(engine: &dyn Engine) -> Result<Option<u64>, EngineError> {
    let Some(number) = engine.get(KEY)? else {
        return Ok(None);
    };
    let number = number.as_slice().try_into();
    number
        .map(|number| Some(u64::from_be_bytes(number)))
        .map_err(|_| EngineError::Damaged)
}
