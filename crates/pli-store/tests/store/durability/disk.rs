//! A disk below the page cache: what it holds for sure, and what it may hold.
//!
//! A file's content is sure once the file was synced; a name (created, renamed, removed) once its
//! directory was. Names are changed in their order, as file systems with a journal do; contents
//! in any order. `sync_file_range` makes nothing sure.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    rc::Rc,
};

/// A file, whatever its name.
pub(super) type Inode = usize;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    Directory,
    File(Inode),
}

pub(super) type Names = BTreeMap<PathBuf, Entry>;

#[derive(Clone, Debug)]
pub(super) enum Naming {
    Add(PathBuf, Entry),
    Rename(PathBuf, PathBuf),
    Remove(PathBuf),
}

impl Naming {
    pub(super) fn apply(&self, names: &mut Names) {
        match self {
            Self::Add(path, entry) => {
                names.insert(path.clone(), entry.clone());
            }
            Self::Remove(path) => {
                names.remove(path);
            }
            Self::Rename(from, to) => {
                // With all that is below it.
                let moved: Vec<PathBuf> = names
                    .keys()
                    .filter(|path| path.starts_with(from))
                    .cloned()
                    .collect();
                for path in moved {
                    let entry = names.remove(&path).unwrap();
                    let below = path.strip_prefix(from).unwrap();
                    let path = if below.as_os_str().is_empty() {
                        to.clone()
                    } else {
                        to.join(below)
                    };
                    names.insert(path, entry);
                }
            }
        }
    }

    fn changes(&self, directory: &Path) -> bool {
        let inside = |path: &Path| path.parent() == Some(directory);
        match self {
            Self::Add(path, _) | Self::Remove(path) => inside(path),
            Self::Rename(from, to) => inside(from) || inside(to),
        }
    }
}

/// A change of a file's content.
#[derive(Clone, Debug)]
pub(super) enum Change {
    Write { at: usize, bytes: Rc<[u8]> },
    Length(usize),
}

impl Change {
    pub(super) fn apply(&self, content: &mut Vec<u8>) {
        match self {
            Self::Length(length) => content.resize(*length, 0),
            Self::Write { at, bytes } => {
                let end = at + bytes.len();
                if content.len() < end {
                    content.resize(end, 0);
                }
                content[*at..end].copy_from_slice(bytes);
            }
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) sure: Vec<u8>,
    /// Each with a number that grows with time.
    pub(super) pending: Vec<(u64, Change)>,
}

impl File {
    /// What a process reads.
    pub(super) fn content(&self) -> Vec<u8> {
        let mut content = self.sure.clone();
        for (_, change) in &self.pending {
            change.apply(&mut content);
        }
        content
    }
}

/// What a sync that began then makes sure: nothing that came later.
#[derive(Clone, Copy, Debug)]
pub(super) struct Before {
    changes: u64,
    namings: usize,
}

#[derive(Debug, Default)]
pub(super) struct Disk {
    pub(super) files: Vec<File>,
    /// As processes see them.
    pub(super) names: Names,
    pub(super) sure_names: Names,
    pub(super) pending_names: Vec<Naming>,
    settled: usize,
    changes: u64,
}

impl Disk {
    pub(super) fn create(&mut self, path: PathBuf) -> Inode {
        let inode = self.files.len();
        self.files.push(File::default());
        self.name(Naming::Add(path, Entry::File(inode)));
        inode
    }

    pub(super) fn name(&mut self, naming: Naming) {
        naming.apply(&mut self.names);
        self.pending_names.push(naming);
    }

    pub(super) fn change(&mut self, inode: Inode, change: Change) {
        self.changes += 1;
        self.files[inode].pending.push((self.changes, change));
    }

    /// To ask when a sync begins.
    pub(super) const fn now(&self) -> Before {
        Before {
            changes: self.changes,
            namings: self.settled + self.pending_names.len(),
        }
    }

    /// To call when it has ended.
    pub(super) fn sync_file(&mut self, inode: Inode, before: Before) {
        let file = &mut self.files[inode];
        let later = file
            .pending
            .partition_point(|(number, _)| *number <= before.changes);
        for (_, change) in file.pending.drain(..later) {
            change.apply(&mut file.sure);
        }
    }

    /// The names of a directory, and whatever the journal holds before them.
    pub(super) fn sync_directory(&mut self, path: &Path, before: Before) {
        let then = before.namings.saturating_sub(self.settled);
        let last = self.pending_names[..then]
            .iter()
            .rposition(|naming| naming.changes(path));
        for naming in self.pending_names.drain(..last.map_or(0, |last| last + 1)) {
            naming.apply(&mut self.sure_names);
            self.settled += 1;
        }
    }

    pub(super) fn file(&self, path: &Path) -> Option<Inode> {
        match self.names.get(path)? {
            Entry::File(inode) => Some(*inode),
            Entry::Directory => None,
        }
    }
}
