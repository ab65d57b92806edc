//! The generations of a database: each is what sled keeps in a numbered directory, and one is live.
//!
//! sled never gives much disk space back, and what was removed can be read in its free space. So a
//! database is rewritten now and then, into the next generation, which then becomes the live one
//! by the replacement of one small file. Until then a crash leaves the one before as it was.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

mod files;

use super::{
    Engine, EngineError, Successors,
    heal::{self, Cure},
    sled::SledEngine,
};
use crate::disk::{self, RESERVE_BYTES, create_private, sync_directory};

/// The generations of one opened database.
pub(crate) struct Generations {
    path: PathBuf,
    live: u64,
    begun: Option<u64>,
}

/// Opens, or creates, the database of a directory.
pub(crate) fn open(path: &Path) -> Result<(SledEngine, Generations, Cure), EngineError> {
    files::adopt_older_layout(path)?;
    create_private(path)?;
    match choose(path)? {
        Choice::New => return create(path, Cure::None),
        Choice::Live(live) => match open_live(path, live) {
            Err(EngineError::Damaged) => {}
            opened => return opened,
        },
        Choice::Unknown => {}
    }
    heal::quarantine(path)?;
    create_private(path)?;
    create(path, Cure::Quarantined)
}

/// How often the database of a directory was closed in good order, as far as a file tells.
pub(crate) fn closed(path: &Path) -> Result<Option<u64>, EngineError> {
    Ok(files::closed(path)?)
}

/// Tells that the database was closed so often in good order, if that is so.
///
/// sled writes a snapshot of its pages only when it opens, and what it then replays of its log it
/// does not prove to be whole: damage in it goes unnoticed. So a database that was closed is opened
/// once more: from then on each page is proven when it is read.
pub(crate) fn close(
    path: &Path,
    number: u64,
    reached: impl FnOnce(&SledEngine) -> Result<Option<u64>, EngineError>,
) -> Result<(), EngineError> {
    let live = files::current(path)?.ok_or(EngineError::Damaged)?;
    let (engine, _) = heal::open(&path.join(live.to_string()))?;
    if reached(&engine)? != Some(number) {
        return Err(EngineError::Damaged);
    }
    drop(engine);
    Ok(files::write_closed(path, number)?)
}

enum Choice {
    /// There is none yet.
    New,
    Live(u64),
    /// None can be told to be the live one.
    Unknown,
}

/// A file names the live generation. If it cannot be read, the live one is the newest without the
/// mark of a copy: a generation bears it from before its first record until after the file named
/// it, and all writes from then on went there. (While the first generation is made there is no
/// file yet.) An older one is never taken: it lacks what was written since, and a ratchet that
/// went back would encrypt twice with one key. Nor is a marked one, which may be half a copy.
fn choose(path: &Path) -> Result<Choice, EngineError> {
    let numbers = files::numbers(path)?;
    if let Some(named) = files::current(path)? {
        // Else the live generation was taken away.
        let there = numbers.contains(&named);
        return Ok(if there {
            Choice::Live(named)
        } else {
            Choice::Unknown
        });
    }
    let whole = numbers.iter().rev().find(|number| {
        let mark = path.join(number.to_string()).join(files::UNFINISHED);
        !mark.exists()
    });
    Ok(match whole {
        Some(newest) => Choice::Live(*newest),
        None if numbers.is_empty() => Choice::New,
        None => Choice::Unknown,
    })
}

fn open_live(path: &Path, live: u64) -> Result<(SledEngine, Generations, Cure), EngineError> {
    let mut generations = Generations {
        path: path.to_owned(),
        live,
        begun: None,
    };
    if generations.clear().is_err() {
        // A later opening, or compaction, tries again.
        tracing::warn!("what a compaction left could not be removed");
    }
    let (engine, cure) = heal::open(&generations.directory(live))?;
    // sled takes a file of anything for one that is empty.
    if files::has_current(path)? && engine.is_empty()? {
        return Err(EngineError::Damaged);
    }
    Ok((engine, generations, cure))
}

fn create(path: &Path, cure: Cure) -> Result<(SledEngine, Generations, Cure), EngineError> {
    let (engine, generations, _) = open_live(path, 1)?;
    // The directory may be new, and that of the profile too.
    for above in path.ancestors().skip(1).take(2) {
        sync_directory(above)?;
    }
    Ok((engine, generations, cure))
}

impl Generations {
    fn directory(&self, number: u64) -> PathBuf {
        self.path.join(number.to_string())
    }

    /// Makes the file name the generation that was opened, once it holds a record.
    pub(crate) fn settle_live(&self) -> Result<(), EngineError> {
        let directory = self.directory(self.live);
        if files::current(&self.path)? != Some(self.live) {
            files::sync_new(&directory)?;
            files::write_current(&self.path, self.live)?;
        }
        Ok(files::remove_mark(&directory)?)
    }
}

impl Successors for Generations {
    fn begin(&mut self, bytes: u64) -> Result<Arc<dyn Engine>, EngineError> {
        if self.space()? < bytes.saturating_add(RESERVE_BYTES) {
            return Err(EngineError::DiskFull);
        }
        let greatest = files::numbers(&self.path)?.last().copied();
        let number = greatest.unwrap_or(0).max(self.live) + 1;
        let directory = self.directory(number);
        create_private(&directory)?;
        files::write_mark(&directory)?;
        let (engine, _) = heal::open(&directory)?;
        self.begun = Some(number);
        Ok(Arc::new(engine))
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        let number = self.begun.take().ok_or(EngineError::Damaged)?;
        let directory = self.directory(number);
        files::sync_new(&directory)?;
        if let Err(error) = files::write_current(&self.path, number) {
            // What counts is which one an opening would find.
            match files::current(&self.path) {
                Ok(Some(named)) if named == number => {}
                _ => return Err(error.into()),
            }
        }
        self.live = number;
        if files::remove_mark(&directory).is_err() {
            tracing::warn!("the mark of a copy could not be removed");
        }
        Ok(())
    }

    fn clear(&mut self) -> Result<(), EngineError> {
        for number in files::numbers(&self.path)? {
            if number != self.live {
                std::fs::remove_dir_all(self.directory(number))?;
            }
        }
        Ok(())
    }

    fn space(&self) -> Result<u64, EngineError> {
        Ok(disk::space(&self.path)?)
    }

    fn probe(&self) -> Result<(), EngineError> {
        Ok(files::probe(&self.path)?)
    }

    fn reopen(&self) -> Result<Arc<dyn Engine>, EngineError> {
        let (engine, _) = heal::open(&self.directory(self.live))?;
        if engine.is_empty()? {
            return Err(EngineError::Damaged);
        }
        Ok(Arc::new(engine))
    }
}

#[cfg(test)]
mod tests;
