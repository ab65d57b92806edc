//! What a database's directory holds beside the files of sled.

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, ErrorKind, Write as _},
    path::Path,
};

use crate::disk::{create_private, create_private_file, sync_directory};

/// In the directory of a generation that may be half a copy.
pub(super) const UNFINISHED: &str = "unfinished";

const PROBE_BYTES: usize = 512 * 1024;

/// Names the live generation.
const CURRENT: &str = "current";

/// Tells how often the database was closed in good order.
const CLOSED: &str = "closed";

/// The numbers of the generations that are there, in their order.
pub(super) fn numbers(path: &Path) -> io::Result<Vec<u64>> {
    let mut numbers = Vec::new();
    for entry in fs::read_dir(path)? {
        let name = entry?.file_name();
        let number = name.to_str().and_then(|name| name.parse().ok());
        // Not `+1`, nor `01`.
        numbers.extend(number.filter(|number: &u64| name == *number.to_string()));
    }
    numbers.sort_unstable();
    Ok(numbers)
}

/// The generation that is named as the live one, if the file is there and whole.
pub(super) fn current(path: &Path) -> io::Result<Option<u64>> {
    read(path, CURRENT)
}

/// Whether a generation was ever named, even if it can no longer be read which.
pub(super) fn has_current(path: &Path) -> io::Result<bool> {
    path.join(CURRENT).try_exists()
}

/// Names the live generation: after a crash the file holds the former name or this one.
pub(super) fn write_current(path: &Path, number: u64) -> io::Result<()> {
    write(path, CURRENT, number)
}

/// How often the database was closed in good order, if that can be told.
pub(super) fn closed(path: &Path) -> io::Result<Option<u64>> {
    read(path, CLOSED)
}

pub(super) fn write_closed(path: &Path, number: u64) -> io::Result<()> {
    write(path, CLOSED, number)
}

fn read(path: &Path, file: &str) -> io::Result<Option<u64>> {
    match fs::read(path.join(file)) {
        Ok(content) => Ok(decode(&content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn write(path: &Path, name: &str, number: u64) -> io::Result<()> {
    let aside = path.join(name).with_extension("new");
    let mut file = File::create(&aside)?;
    file.write_all(encode(number).as_bytes())?;
    file.sync_all()?;
    drop(file);
    fs::rename(aside, path.join(name))?;
    sync_directory(path)
}

/// The number and its checksum: damage must not name another generation.
fn encode(number: u64) -> String {
    let number = number.to_string();
    let sum = blake3::hash(number.as_bytes()).to_hex();
    format!("{number} {sum}\n")
}

fn decode(content: &[u8]) -> Option<u64> {
    let content = std::str::from_utf8(content).ok()?;
    let (number, _) = content.split_once(' ')?;
    let number = number.parse().ok()?;
    (encode(number) == content).then_some(number)
}

/// Marks a generation as unfinished, on the disk, before anything is written to it.
pub(super) fn write_mark(directory: &Path) -> io::Result<()> {
    File::create(directory.join(UNFINISHED))?.sync_all()?;
    sync_directory(directory)?;
    directory.parent().map_or(Ok(()), sync_directory)
}

/// No mark is no error.
pub(super) fn remove_mark(directory: &Path) -> io::Result<()> {
    match fs::remove_file(directory.join(UNFINISHED)) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Whether the disk takes a file of the size of one of sled's segments.
pub(super) fn probe(path: &Path) -> io::Result<()> {
    let probe = path.join("probe");
    let written = create_private_file(&probe).and_then(|mut file| {
        file.write_all(&vec![0; PROBE_BYTES])?;
        file.sync_all()
    });
    fs::remove_file(probe).and(written)
}

/// Takes to the disk what sled does not: its settings, and the names of its new files.
pub(super) fn sync_new(directory: &Path) -> io::Result<()> {
    let settings = File::options().write(true).open(directory.join("conf"));
    settings?.sync_all()?;
    sync_directory(&directory.join("blobs"))?;
    sync_directory(directory)?;
    directory.parent().map_or(Ok(()), sync_directory)
}

/// Makes the files of the older layout, which had no generations, the first one. They move as one
/// directory, first beside: a crash leaves them in one of three places, and each is found here.
pub(super) fn adopt_older_layout(path: &Path) -> io::Result<()> {
    let mut beside = path.file_name().map(OsString::from).unwrap_or_default();
    beside.push(".moving");
    let beside = path.with_file_name(beside);
    if path.join("db").try_exists()? && numbers(path)?.is_empty() {
        fs::rename(path, &beside)?;
        path.parent().map_or(Ok(()), sync_directory)?;
    }
    if beside.try_exists()? {
        create_private(path)?;
        fs::rename(beside, path.join("1"))?;
        sync_directory(path)?;
        path.parent().map_or(Ok(()), sync_directory)?;
    }
    Ok(())
}
