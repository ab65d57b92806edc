//! Lives of a process, recorded, and played again up to any moment.

use std::{
    collections::{BTreeMap, HashMap},
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{
    disk::{Before, Change, Disk, Entry, Inode, Naming},
    ledger::Ledger,
    script,
    trace::{self, CALLS, Call, Life, Moment, Trace},
};

/// What is below a directory: files with what they hold, and directories.
pub(super) type Content = BTreeMap<PathBuf, Option<Vec<u8>>>;

/// A profile's lives, one after another, from its first.
pub(super) struct Recording {
    directory: TempDir,
    lives: Vec<(Trace, Content)>,
}

impl Recording {
    pub(super) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("profile")).unwrap();
        fs::write(directory.path().join("notes"), "").unwrap();
        Self {
            directory,
            lives: Vec::new(),
        }
    }

    fn root(&self) -> PathBuf {
        self.directory
            .path()
            .canonicalize()
            .unwrap()
            .join("profile")
    }

    /// One life of so many steps, killed at the n-th call of a kind by a thread, if it comes to
    /// that; whether it did.
    pub(super) fn live(&mut self, steps: u64, (call, number): (&str, usize)) -> bool {
        let notes = self.directory.path().join("notes");
        let log = self.directory.path().join("log");
        let mut ledger = Ledger::default();
        ledger.read(&fs::read_to_string(&notes).unwrap());
        let root = self.root();
        let life = Life {
            profile: &root,
            notes: &notes,
            first: ledger.next(),
            steps,
        };
        let number = script::counted(call, number);
        let arguments = [
            "-y".to_owned(),
            "-xx".to_owned(),
            "-s".to_owned(),
            "16777216".to_owned(),
            format!("-etrace={CALLS}"),
            format!("-einject={call}:signal=SIGKILL:when={number}"),
            "-o".to_owned(),
            log.to_string_lossy().into_owned(),
        ];
        let end = trace::run(&life, &arguments);
        assert!(end.killed() || end.by_itself(), "{}", end.words());
        let trace = Trace::read(&fs::read(&log).unwrap());
        self.lives.push((trace, content(&root)));
        end.killed()
    }

    pub(super) fn moments(&self) -> usize {
        let moments = self.lives.iter().map(|(trace, _)| trace.moments.len() + 1);
        moments.sum()
    }

    /// Plays it, and stops after each moment.
    pub(super) fn play(&self, mut stop: impl FnMut(usize, &Replay<'_>)) {
        let mut replay = Replay {
            root: self.root(),
            disk: Disk::default(),
            notes: String::new(),
            life: None,
            open: BTreeMap::new(),
            descriptors: HashMap::new(),
        };
        let mut passed = 0;
        for (trace, left) in &self.lives {
            replay.life = Some(trace);
            for moment in &trace.moments {
                replay.pass(*moment);
                stop(passed, &replay);
                passed += 1;
            }
            replay.end_life(left);
            stop(passed, &replay);
            passed += 1;
        }
    }
}

/// What is below a directory, read through the page cache.
pub(super) fn content(directory: &Path) -> Content {
    let mut content = Content::new();
    let mut waiting = vec![directory.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(&path).unwrap() {
            let path = entry.unwrap().path();
            let below = path.strip_prefix(directory).unwrap().to_owned();
            if path.is_dir() {
                content.insert(below, None);
                waiting.push(path);
            } else {
                content.insert(below, Some(fs::read(path).unwrap()));
            }
        }
    }
    content
}

/// The disk at a moment of a recording.
pub(super) struct Replay<'a> {
    root: PathBuf,
    pub(super) disk: Disk,
    /// What the process had noted.
    pub(super) notes: String,
    life: Option<&'a Trace>,
    /// Calls that have begun: of syncs, what came before.
    open: BTreeMap<usize, Before>,
    /// Open files, and where the next plain write goes.
    descriptors: HashMap<i64, (Inode, usize)>,
}

impl<'a> Replay<'a> {
    fn call(&self, call: usize) -> &'a Call {
        &self.life.unwrap().calls[call]
    }

    fn pass(&mut self, moment: Moment) {
        match moment {
            Moment::Begin(number) => {
                let call = self.call(number);
                if call.name == "writev" && !call.mentions(&self.root) {
                    // What is noted was done before the note began.
                    let note = call.bytes(1).unwrap_or_default();
                    self.notes.push_str(&String::from_utf8_lossy(&note));
                }
                self.open.insert(number, self.disk.now());
            }
            Moment::End(number) => {
                let before = self.open.remove(&number).unwrap();
                let call = self.call(number);
                if call.result.is_some_and(|result| result >= 0) && call.mentions(&self.root) {
                    self.make(call, before);
                }
            }
        }
    }

    fn below(&self, path: Option<PathBuf>) -> Option<PathBuf> {
        path?.strip_prefix(&self.root).ok().map(Path::to_owned)
    }

    fn make(&mut self, call: &Call, before: Before) {
        match call.name.as_str() {
            "openat" => self.open_file(call),
            "write" | "pwrite64" => {
                let written = call.result.unwrap_or_default();
                let (inode, change) = self.write(call).expect("a file that was opened");
                let Change::Write { at, bytes } = change else {
                    unreachable!();
                };
                let bytes = bytes[..usize::try_from(written).unwrap()].into();
                self.disk.change(inode, Change::Write { at, bytes });
                if call.name == "write" {
                    let (number, _) = call.descriptor(0).unwrap();
                    self.descriptors.get_mut(&number).unwrap().1 += written as usize;
                }
            }
            "fsync" | "fdatasync" => {
                let (number, path) = call.descriptor(0).unwrap();
                let path = self.below(Some(path)).unwrap();
                let is_root = path.as_os_str().is_empty();
                if is_root || self.disk.names.get(&path) == Some(&Entry::Directory) {
                    self.disk.sync_directory(&path, before);
                } else {
                    self.disk.sync_file(self.descriptors[&number].0, before);
                }
            }
            "ftruncate" => {
                let (number, _) = call.descriptor(0).unwrap();
                let length = call.number(1).unwrap().try_into().unwrap();
                let inode = self.descriptors[&number].0;
                self.disk.change(inode, Change::Length(length));
            }
            "lseek" => {
                let (number, _) = call.descriptor(0).unwrap();
                if let Some((_, next)) = self.descriptors.get_mut(&number) {
                    *next = call.result.unwrap_or_default().try_into().unwrap();
                }
            }
            "sync_file_range" => {}
            _ => {
                let naming = self.naming(call);
                self.disk.name(naming.expect("a call that is known here"));
            }
        }
    }

    fn open_file(&mut self, call: &Call) {
        let path = self.below(call.path_at(1)).unwrap();
        let is_root = path.as_os_str().is_empty();
        if is_root || self.disk.names.get(&path) == Some(&Entry::Directory) {
            return;
        }
        let inode = match self.disk.file(&path) {
            Some(inode) => {
                if call.has_flag(2, "O_TRUNC") {
                    self.disk.change(inode, Change::Length(0));
                }
                inode
            }
            None => self.disk.create(path),
        };
        assert!(
            !call.has_flag(2, "O_APPEND"),
            "files that append are not known here"
        );
        self.descriptors.insert(call.result.unwrap(), (inode, 0));
    }

    /// What a write was to write.
    fn write(&self, call: &Call) -> Option<(Inode, Change)> {
        let (number, path) = call.descriptor(0)?;
        self.below(Some(path))?;
        let (inode, next) = *self.descriptors.get(&number)?;
        let at = match call.name.as_str() {
            "write" => next,
            "pwrite64" => call.number(3)?.try_into().ok()?,
            _ => return None,
        };
        let bytes = call.bytes(1)?.into();
        Some((inode, Change::Write { at, bytes }))
    }

    fn naming(&self, call: &Call) -> Option<Naming> {
        Some(match call.name.as_str() {
            "mkdir" => Naming::Add(self.below(call.path(0))?, Entry::Directory),
            "mkdirat" => Naming::Add(self.below(call.path_at(1))?, Entry::Directory),
            "unlink" | "rmdir" => Naming::Remove(self.below(call.path(0))?),
            "unlinkat" => Naming::Remove(self.below(call.path_at(1))?),
            "rename" => Naming::Rename(self.below(call.path(0))?, self.below(call.path(1))?),
            "renameat" | "renameat2" => {
                Naming::Rename(self.below(call.path_at(1))?, self.below(call.path_at(3))?)
            }
            _ => return None,
        })
    }

    /// Writes that are being made.
    pub(super) fn in_flight(&self) -> Vec<(Inode, Change)> {
        let calls = self.open.keys().map(|call| self.call(*call));
        calls.filter_map(|call| self.write(call)).collect()
    }

    /// Calls that the kill interrupted were made, or not, or in part: what is left tells. Then
    /// disk and file system must be the same, or a call was missed.
    fn end_life(&mut self, left: &Content) {
        for call in std::mem::take(&mut self.open).into_keys() {
            let call = self.call(call);
            if call.mentions(&self.root) {
                self.settle(call, left);
            }
        }
        self.descriptors.clear();
        let names: Vec<_> = self.disk.names.keys().collect();
        assert_eq!(
            names,
            left.keys().collect::<Vec<_>>(),
            "every name was recorded"
        );
        for (path, content) in left {
            let recorded = self
                .disk
                .file(path)
                .map(|inode| self.disk.files[inode].content());
            assert!(
                &recorded == content,
                "every write to {} was recorded",
                path.display()
            );
        }
    }

    fn settle(&mut self, call: &Call, left: &Content) {
        if let Some((inode, Change::Write { at, bytes })) = self.write(call) {
            let named = |(_, entry): &(&PathBuf, &Entry)| **entry == Entry::File(inode);
            let path = self.disk.names.iter().find(named).map(|(path, _)| path);
            let content = path
                .and_then(|path| left.get(path))
                .and_then(Option::as_ref);
            let end = content.map_or(0, Vec::len).min(at + bytes.len());
            if let Some(part) = content.and_then(|content| content.get(at..end)) {
                let change = Change::Write {
                    at,
                    bytes: part.into(),
                };
                self.disk.change(inode, change);
            }
        } else if call.name == "openat" {
            let path = self.below(call.path_at(1)).unwrap();
            if left.get(&path).is_some_and(Option::is_some) && self.disk.file(&path).is_none() {
                self.disk.create(path);
            }
        } else if let Some(naming) = self.naming(call) {
            let happened = match &naming {
                Naming::Add(path, _) => left.contains_key(path),
                Naming::Remove(path) => !left.contains_key(path),
                Naming::Rename(from, to) => !left.contains_key(from) && left.contains_key(to),
            };
            if happened {
                self.disk.name(naming);
            }
        }
    }
}
