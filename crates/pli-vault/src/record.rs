//! The vault's files: `vault.json`, which tells where the key is, and with a passphrase
//! `session.json`. Neither can be used without the passphrase.

use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{OpenError, Profile, passphrase::WrappedKey, sealed::Sealed};

const VERSION: u32 = 1;

/// Where the key of a profile is.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Keeper {
    /// In the keyring.
    Keyring,
    /// Here, wrapped by a passphrase.
    Passphrase(WrappedKey),
}

#[derive(Serialize, Deserialize)]
struct Record {
    version: u32,
    keeper: Keeper,
}

/// Read first: a newer version may have another shape.
#[derive(Deserialize)]
struct RecordVersion {
    version: u32,
}

fn vault_file(profile: &Profile) -> PathBuf {
    profile.dir().join("vault.json")
}

fn session_file(profile: &Profile) -> PathBuf {
    profile.dir().join("session.json")
}

/// Where the key is, or `None` in a new profile.
pub(crate) fn read_keeper(profile: &Profile) -> Result<Option<Keeper>, OpenError> {
    let Some(bytes) = read(&vault_file(profile)).map_err(OpenError::Io)? else {
        return Ok(None);
    };
    let version: RecordVersion = parse(&bytes).ok_or(OpenError::Damaged)?;
    if version.version > VERSION {
        return Err(OpenError::TooNew);
    }
    let record: Record = parse(&bytes).ok_or(OpenError::Damaged)?;
    Ok(Some(record.keeper))
}

/// Remembers where the key is.
pub(crate) fn write_keeper(profile: &Profile, keeper: Keeper) -> io::Result<()> {
    let record = Record {
        version: VERSION,
        keeper,
    };
    write(&vault_file(profile), &record)
}

/// The sealed session, if one was saved.
pub(crate) fn read_session(profile: &Profile) -> io::Result<Option<Sealed>> {
    match read(&session_file(profile))? {
        None => Ok(None),
        Some(bytes) => parse(&bytes)
            .map(Some)
            .ok_or_else(|| io::ErrorKind::InvalidData.into()),
    }
}

/// Saves the sealed session.
pub(crate) fn write_session(profile: &Profile, session: &Sealed) -> io::Result<()> {
    write(&session_file(profile), session)
}

/// Removes the sealed session.
pub(crate) fn remove_session(profile: &Profile) -> io::Result<()> {
    remove(&session_file(profile))
}

/// Removes both files.
pub(crate) fn remove_all(profile: &Profile) -> io::Result<()> {
    remove_session(profile)?;
    remove(&vault_file(profile))
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(bytes).ok()
}

fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// All or nothing, whenever the machine stops.
fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let directory = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    create_directory(directory)?;
    let bytes = serde_json::to_vec(value)?;
    let new = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&new, path)?;
    // Windows cannot open a directory; its rename is durable by itself.
    #[cfg(unix)]
    fs::File::open(directory)?.sync_all()?;
    Ok(())
}

fn create_directory(directory: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Overwritten first, for what little that is worth on a flash disk.
fn remove(path: &Path) -> io::Result<()> {
    let overwritten = OpenOptions::new().write(true).open(path).and_then(|file| {
        let length = file.metadata()?.len();
        (&file).write_all(&vec![0; usize::try_from(length).unwrap_or(0)])?;
        file.sync_all()
    });
    match overwritten.and_then(|()| fs::remove_file(path)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
