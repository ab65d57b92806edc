//! A second copy, in a file of our own, of what nobody can give back: see [`crate::second_copy`].
//!
//! The file begins with two marks, each in a sector of its own, which are written in turn at each
//! sync and tell the last frame that was to be on the disk. After them come the frames, numbered,
//! each sealed to the file's id and its number. From this a reader proves that the journal is
//! whole and the newest: both marks open, and no frame is missing up to the later of them. What
//! follows was never acknowledged, and may be torn.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    cipher::{Cipher, StoreKey},
    disk::{create_private_file, sync_directory},
    engine::{EngineError, Write},
    intent,
};

/// What a disk writes whole, or not at all.
const SECTOR: u64 = 512;
const FIRST_FRAME: u64 = 2 * SECTOR;

/// Records in one frame of a new journal.
const FRAME_RECORDS: usize = 100;

/// Bytes after which a journal is begun anew, beyond twice what it began with.
const LARGE: u64 = 1024 * 1024;

type Id = [u8; 16];

/// A journal that is being written.
pub(crate) struct Journal {
    file: File,
    path: PathBuf,
    cipher: Cipher,
    schema: u32,
    id: Id,
    /// Number of the next frame.
    next: u64,
    /// Where the next frame goes.
    end: u64,
    begun_with: u64,
    synced: bool,
}

/// What a journal holds.
pub(crate) struct Contents {
    /// The schema of the records.
    pub(crate) schema: u32,
    /// Keys and sealed values, as the database had them.
    pub(crate) records: BTreeMap<Vec<u8>, Vec<u8>>,
}

impl Journal {
    /// Begins a journal in the place of the one that is there, if any; that one stays until the
    /// new one is on the disk.
    pub(crate) fn begin(
        path: &Path,
        key: &StoreKey,
        schema: u32,
        records: &[Write],
    ) -> Result<Self, EngineError> {
        Self::write_new(path.to_owned(), cipher(key), schema, records)
    }

    /// The same journal, with only these records.
    pub(crate) fn renew(&mut self, records: &[Write]) -> Result<(), EngineError> {
        let (path, cipher) = (self.path.clone(), self.cipher.clone());
        *self = Self::write_new(path, cipher, self.schema, records)?;
        Ok(())
    }

    /// As [`Self::begin`], with the cipher of the key.
    pub(crate) fn write_new(
        path: PathBuf,
        cipher: Cipher,
        schema: u32,
        records: &[Write],
    ) -> Result<Self, EngineError> {
        let aside = path.with_extension("new");
        let mut id = Id::default();
        getrandom::fill(&mut id).map_err(|_| EngineError::Io(io::ErrorKind::Other))?;
        let mut journal = Self {
            file: create_private_file(&aside)?,
            path,
            cipher,
            schema,
            id,
            next: 0,
            end: FIRST_FRAME,
            begun_with: 0,
            synced: false,
        };
        journal.put_frame(&schema.to_be_bytes())?;
        for records in records.chunks(FRAME_RECORDS) {
            journal.append(records)?;
        }
        journal.put_mark(0)?;
        journal.put_mark(1)?;
        journal.file.sync_all()?;
        fs::rename(&aside, &journal.path)?;
        journal.path.parent().map_or(Ok(()), sync_directory)?;
        journal.begun_with = journal.end;
        journal.synced = true;
        Ok(journal)
    }

    /// Adds a change; on an error nothing is added.
    pub(crate) fn append(&mut self, writes: &[Write]) -> Result<(), EngineError> {
        if writes.is_empty() {
            return Ok(());
        }
        self.put_frame(&intent::encode(0, writes)?)
    }

    fn put_frame(&mut self, frame: &[u8]) -> Result<(), EngineError> {
        let sealed = self.seal(&frame_place(&self.id, self.next), frame)?;
        let length = u32::try_from(sealed.len())
            .map_err(|_| EngineError::Io(io::ErrorKind::FileTooLarge))?;
        let framed = [&length.to_be_bytes(), sealed.as_slice()].concat();
        self.synced = false;
        // A frame that fails in the middle is written over by the next.
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&framed)?;
        self.end += framed.len() as u64;
        self.next += 1;
        Ok(())
    }

    /// Returns once all that was added would survive a power cut.
    pub(crate) fn sync(&mut self) -> Result<(), EngineError> {
        if self.synced {
            return Ok(());
        }
        self.put_mark(self.next % 2)?;
        self.file.sync_data()?;
        self.synced = true;
        Ok(())
    }

    fn put_mark(&mut self, slot: u64) -> Result<(), EngineError> {
        let mark = [self.id.as_slice(), &(self.next - 1).to_be_bytes()].concat();
        let sealed = self.seal(MARK_PLACE, &mark)?;
        self.file.seek(SeekFrom::Start(slot * SECTOR))?;
        Ok(self.file.write_all(&sealed)?)
    }

    /// Whether most of it is likely superseded.
    pub(crate) const fn is_large(&self) -> bool {
        self.end > 2 * self.begun_with + LARGE
    }

    fn seal(&self, place: &[u8], value: &[u8]) -> Result<Vec<u8>, EngineError> {
        let sealed = self.cipher.seal(place, value);
        sealed.map_err(|_| EngineError::Io(io::ErrorKind::Other))
    }
}

/// What a journal holds, if it is there, whole, and the newest.
pub(crate) fn read(path: &Path, key: &StoreKey) -> Option<Contents> {
    let bytes = fs::read(path).ok()?;
    let cipher = cipher(key);
    let (id, last) = read_marks(&bytes, &cipher)?;
    let mut rest = bytes.get(FIRST_FRAME as usize..)?;
    let mut contents = None;
    let mut number = 0;
    while let Some(frame) = take_frame(&mut rest, &cipher, &frame_place(&id, number)) {
        match &mut contents {
            None => {
                let schema = u32::from_be_bytes(frame.as_slice().try_into().ok()?);
                let records = BTreeMap::new();
                contents = Some(Contents { schema, records });
            }
            Some(contents) => replay(&frame, &mut contents.records)?,
        }
        number += 1;
    }
    contents.filter(|_| number > last)
}

/// Whether the journal is there, and one of its marks opens with this key.
pub(crate) fn opens(path: &Path, key: &StoreKey) -> bool {
    let cipher = cipher(key);
    fs::read(path).is_ok_and(|bytes| (0..2).any(|slot| read_mark(&bytes, &cipher, slot).is_some()))
}

/// The journal's id, and the last frame that was acknowledged.
fn read_marks(bytes: &[u8], cipher: &Cipher) -> Option<(Id, u64)> {
    let (one, other) = (read_mark(bytes, cipher, 0)?, read_mark(bytes, cipher, 1)?);
    (one.0 == other.0).then_some((one.0, one.1.max(other.1)))
}

fn read_mark(bytes: &[u8], cipher: &Cipher, slot: u64) -> Option<(Id, u64)> {
    let start = (slot * SECTOR) as usize;
    let sealed = bytes.get(start..start + MARK_LENGTH)?;
    let mark = cipher.open(MARK_PLACE, sealed).ok()?;
    let (id, last) = mark.split_first_chunk::<16>()?;
    Some((*id, u64::from_be_bytes(last.try_into().ok()?)))
}

fn take_frame(rest: &mut &[u8], cipher: &Cipher, place: &[u8]) -> Option<Vec<u8>> {
    let (length, after) = rest.split_first_chunk()?;
    let length = u32::from_be_bytes(*length) as usize;
    let (sealed, after) = after.split_at_checked(length)?;
    let frame = cipher.open(place, sealed).ok()?;
    *rest = after;
    Some(frame.to_vec())
}

fn replay(frame: &[u8], records: &mut BTreeMap<Vec<u8>, Vec<u8>>) -> Option<()> {
    let (_, writes) = intent::decode(frame).ok()?;
    for (key, value) in writes {
        match value {
            Some(value) => records.insert(key, value),
            None => records.remove(&key),
        };
    }
    Some(())
}

const MARK_PLACE: &[u8] = b"mark";

/// Of an id and a number, sealed.
const MARK_LENGTH: usize = 16 + 8 + 41;

fn frame_place(id: &Id, number: u64) -> Vec<u8> {
    [id.as_slice(), &number.to_be_bytes()].concat()
}

/// What journals are sealed with.
pub(crate) fn cipher(key: &StoreKey) -> Cipher {
    Cipher::new(key, "journal")
}

#[cfg(test)]
mod tests;
