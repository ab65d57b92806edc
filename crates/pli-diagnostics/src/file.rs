//! The file of the log, of a bounded size.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// Bytes of one file.
pub const MAX_BYTES: u64 = 2 * 1024 * 1024;
/// Files kept: `pli.log` and older ones, `pli.1.log` being the youngest of these.
pub const MAX_FILES: u32 = 4;

/// A log that never grows beyond [`MAX_BYTES`] times [`MAX_FILES`].
pub(crate) struct RotatingFile {
    directory: PathBuf,
    current: Mutex<Option<Current>>,
}

struct Current {
    file: File,
    length: u64,
}

impl RotatingFile {
    /// Continues the log of `directory`, which is made if need be.
    pub(crate) fn open(directory: &Path) -> io::Result<Self> {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory)?;
        let current = open_current(directory)?;
        Ok(Self {
            directory: directory.to_owned(),
            current: Mutex::new(Some(current)),
        })
    }

    /// Appends a line. A log that cannot be written is no reason to stop: the line is lost.
    pub(crate) fn write(&self, line: &str) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let length = line.len() as u64;
        if current
            .as_ref()
            .is_some_and(|c| c.length + length > MAX_BYTES)
        {
            // Closed first: Windows renames no open file.
            *current = None;
            rotate(&self.directory);
        }
        if current.is_none() {
            *current = open_current(&self.directory).ok();
        }
        if let Some(open) = current.as_mut()
            && open.file.write_all(line.as_bytes()).is_ok()
        {
            open.length += length;
        }
    }
}

fn path(directory: &Path, number: u32) -> PathBuf {
    match number {
        0 => directory.join("pli.log"),
        number => directory.join(format!("pli.{number}.log")),
    }
}

fn open_current(directory: &Path) -> io::Result<Current> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path(directory, 0))?;
    let length = file.metadata()?.len();
    Ok(Current { file, length })
}

/// Each file takes the next number; the last is lost. A file that is missing leaves a gap.
fn rotate(directory: &Path) {
    for number in (0..MAX_FILES - 1).rev() {
        let _ = fs::rename(path(directory, number), path(directory, number + 1));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_stays_within_its_bounds_and_keeps_the_youngest() {
        let directory = tempfile::tempdir().unwrap();
        let log = RotatingFile::open(directory.path()).unwrap();
        let line = format!("{}\n", "x".repeat(99_999));
        for _ in 0..(MAX_BYTES * u64::from(MAX_FILES + 3)) / 100_000 {
            log.write(&line);
        }
        log.write("the last line\n");
        let files: Vec<_> = fs::read_dir(directory.path()).unwrap().flatten().collect();
        assert_eq!(files.len(), MAX_FILES as usize);
        for file in files {
            assert!(file.metadata().unwrap().len() <= MAX_BYTES);
        }
        let current = fs::read_to_string(path(directory.path(), 0)).unwrap();
        assert!(current.ends_with("the last line\n"));
    }

    #[test]
    fn a_second_start_continues_the_file() {
        let directory = tempfile::tempdir().unwrap();
        RotatingFile::open(directory.path())
            .unwrap()
            .write("first\n");
        RotatingFile::open(directory.path())
            .unwrap()
            .write("second\n");
        let text = fs::read_to_string(path(directory.path(), 0)).unwrap();
        assert_eq!(text, "first\nsecond\n");
    }

    #[test]
    fn a_log_that_was_removed_comes_back() {
        let directory = tempfile::tempdir().unwrap();
        let log = RotatingFile::open(directory.path()).unwrap();
        log.write(&"x".repeat(MAX_BYTES as usize));
        fs::remove_file(path(directory.path(), 0)).unwrap();
        log.write("after\n");
        assert_eq!(
            fs::read_to_string(path(directory.path(), 0)).unwrap(),
            "after\n"
        );
    }
}
