//! Opens a sled database whatever a crash left of it: heals what can be healed. What cannot is set
//! aside, never deleted.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::Write as _,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use super::{EngineError, sled::SledEngine};
use crate::disk::create_private;

/// How long a handle of this same process, being dropped, may still hold sled's lock.
const LOCK_PATIENCE: Duration = Duration::from_secs(3);

/// What was done so that a database opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cure {
    /// Nothing was needed.
    None,
    /// The snapshot was damaged: it was set aside, and the whole log read again. Nothing is lost.
    Replayed,
    /// The database could not be read: its directory was set aside, and a new one begun.
    Quarantined,
}

/// Opens, or creates, what sled keeps in a directory; damaged if that cannot be healed.
pub(crate) fn open(path: &Path) -> Result<(SledEngine, Cure), EngineError> {
    create_private(path)?;
    remove_unfinished_snapshots(path)?;
    match open_guarded(path) {
        Err(EngineError::Damaged) if set_snapshots_aside(path)? => {
            Ok((open_guarded(path)?, Cure::Replayed))
        }
        opened => Ok((opened?, Cure::None)),
    }
}

/// Moves a database's directory out of the way, for somebody to look at later.
pub(crate) fn quarantine(path: &Path) -> Result<(), EngineError> {
    probe(path)?;
    let mut name = path.file_name().map(OsString::from).unwrap_or_default();
    name.push(format!(".quarantine-{}", stamp()));
    let aside = path.with_file_name(name);
    fs::rename(path, &aside)?;
    tracing::error!("a database could not be read and was set aside");
    Ok(())
}

/// sled panics when the disk refuses: such a disk damages nothing.
fn probe(path: &Path) -> Result<(), EngineError> {
    let probe = path.with_extension("probe");
    let written = File::create(&probe).and_then(|mut file| {
        file.write_all(b"probe")?;
        file.sync_all()
    });
    let removed = fs::remove_file(probe);
    Ok(written.and(removed)?)
}

/// A name that is new at each call.
fn stamp() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default()
        .as_nanos()
}

/// sled panics in some recoveries; that must not end the program.
fn open_guarded(path: &Path) -> Result<SledEngine, EngineError> {
    let mut waited = Duration::ZERO;
    loop {
        let opened = catch_unwind(AssertUnwindSafe(|| SledEngine::open(path)))
            .unwrap_or(Err(EngineError::Damaged));
        match opened {
            Err(EngineError::InUse) if waited < LOCK_PATIENCE => {
                let pause = Duration::from_millis(20);
                thread::sleep(pause);
                waited += pause;
            }
            opened => return opened,
        }
    }
}

/// sled never opens again beside a snapshot that a kill left half written.
fn remove_unfinished_snapshots(path: &Path) -> Result<(), EngineError> {
    for snapshot in snapshots(path)? {
        if snapshot
            .extension()
            .is_some_and(|extension| extension == "generating")
        {
            fs::remove_file(snapshot)?;
            tracing::warn!("an unfinished snapshot was removed");
        }
    }
    Ok(())
}

/// Whether there was one.
fn set_snapshots_aside(path: &Path) -> Result<bool, EngineError> {
    let mut moved = false;
    for snapshot in snapshots(path)? {
        // Not beside the others: sled reads every file whose name begins with `snap.`.
        let aside = path.join(format!("aside-{}", stamp()));
        fs::rename(snapshot, aside)?;
        moved = true;
    }
    if moved {
        tracing::warn!("a damaged snapshot was set aside");
    }
    Ok(moved)
}

fn snapshots(path: &Path) -> Result<Vec<PathBuf>, EngineError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with("snap.") {
            found.push(entry.path());
        }
    }
    Ok(found)
}
