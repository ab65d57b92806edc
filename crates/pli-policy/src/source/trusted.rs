//! Files that only the administrator can have written: each directory on the way, and the file,
//! belongs to the administrator, is writable by nobody else, and is no symbolic link. What is
//! judged is the open file, so that it cannot be exchanged in between.

use std::{
    fs::File,
    io::Read as _,
    os::fd::OwnedFd,
    path::{Path, PathBuf},
};

use rustix::{
    fs::{FileType, Mode, OFlags, Stat},
    io::Errno,
};

use super::{Reason, Refusal};

/// The administrator.
pub(crate) const ROOT: u32 = 0;

/// Largest file read, in bytes.
const LARGEST: u64 = 1024 * 1024;

/// An open directory that can be trusted.
pub(crate) struct Directory {
    fd: OwnedFd,
    path: PathBuf,
    owner: u32,
}

impl Directory {
    /// The directory from which the others are reached.
    pub(crate) fn root(path: &Path, owner: u32) -> Result<Option<Self>, Refusal> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let opened = rustix::fs::open(path, flags, Mode::empty());
        Self::judge(opened, path.to_owned(), owner)
    }

    /// A directory in this one; `None` where there is none.
    pub(crate) fn directory(&self, name: &str) -> Result<Option<Self>, Refusal> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(&self.fd, name, flags, Mode::empty());
        if matches!(opened, Err(Errno::NOTDIR)) && self.is_link(name) {
            return Err(refusal(&self.path.join(name), Reason::Link));
        }
        Self::judge(opened, self.path.join(name), self.owner)
    }

    fn judge(
        opened: Result<OwnedFd, Errno>,
        path: PathBuf,
        owner: u32,
    ) -> Result<Option<Self>, Refusal> {
        match open(opened, &path, owner, FileType::Directory)? {
            Some((fd, _)) => Ok(Some(Self { fd, path, owner })),
            None => Ok(None),
        }
    }

    /// The bytes of a file in this directory; `None` where there is none.
    pub(crate) fn file(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let path = self.path.join(name);
        // A pipe must not keep Pli waiting.
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let opened = rustix::fs::openat(&self.fd, name, flags, Mode::empty());
        let Some((fd, facts)) = open(opened, &path, self.owner, FileType::RegularFile)? else {
            return Ok(None);
        };
        if u64::try_from(facts.st_size).unwrap_or(u64::MAX) > LARGEST {
            return Err(refusal(&path, Reason::TooLarge));
        }
        let mut bytes = Vec::new();
        match File::from(fd).take(LARGEST).read_to_end(&mut bytes) {
            Ok(_) => Ok(Some(bytes)),
            Err(_) => Err(refusal(&path, Reason::Unreadable)),
        }
    }

    /// The names in this directory that end with `.json` and are not hidden, in order.
    pub(crate) fn json_files(&self) -> Result<Vec<String>, Refusal> {
        let unreadable = |_| refusal(&self.path, Reason::Unreadable);
        let mut names = Vec::new();
        for entry in rustix::fs::Dir::read_from(&self.fd).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".json") && !name.starts_with('.') {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    /// Where a file of this directory is.
    pub(crate) fn place(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    fn is_link(&self, name: &str) -> bool {
        let facts = rustix::fs::statat(&self.fd, name, rustix::fs::AtFlags::SYMLINK_NOFOLLOW);
        facts.is_ok_and(|facts| FileType::from_raw_mode(facts.st_mode) == FileType::Symlink)
    }
}

/// A refusal of `path`.
pub(crate) fn refusal(path: &Path, reason: Reason) -> Refusal {
    Refusal {
        place: path.to_string_lossy().into_owned(),
        reason,
    }
}

fn open(
    opened: Result<OwnedFd, Errno>,
    path: &Path,
    owner: u32,
    shape: FileType,
) -> Result<Option<(OwnedFd, Stat)>, Refusal> {
    let fd = match opened {
        Ok(fd) => fd,
        Err(Errno::NOENT) => return Ok(None),
        Err(Errno::LOOP) => return Err(refusal(path, Reason::Link)),
        Err(Errno::NOTDIR) => return Err(refusal(path, Reason::Shape)),
        Err(_) => return Err(refusal(path, Reason::Unreadable)),
    };
    let facts = rustix::fs::fstat(&fd).map_err(|_| refusal(path, Reason::Unreadable))?;
    match distrust(&facts, owner, shape) {
        Some(reason) => Err(refusal(path, reason)),
        None => Ok(Some((fd, facts))),
    }
}

/// Why what is open cannot be trusted.
fn distrust(facts: &Stat, owner: u32, shape: FileType) -> Option<Reason> {
    let others = Mode::WGRP | Mode::WOTH;
    if FileType::from_raw_mode(facts.st_mode) != shape {
        Some(Reason::Shape)
    } else if facts.st_uid != owner {
        Some(Reason::Owner)
    } else if Mode::from_raw_mode(facts.st_mode).intersects(others) {
        Some(Reason::Writable)
    } else {
        None
    }
}
