//! Draws what a power cut leaves on a disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Random,
    disk::{Change, Disk, Entry, File, Names},
};

/// What a disk writes as one, or not at all.
const SECTOR: usize = 512;

/// What becomes of the changes that were not synced.
#[derive(Clone, Copy, Debug)]
pub(super) enum Loss {
    /// All are kept, as after a kill at this call.
    Nothing,
    /// None is kept.
    Everything,
    /// The first ones are kept, and of the last of these some sectors.
    Late,
    /// The last ones are kept, as if the disk had written them first.
    Early,
    /// Each write is kept or not.
    Writes,
    /// Each sector is kept or not.
    Sectors,
}

impl Loss {
    pub(super) fn draw(random: &mut Random) -> Self {
        match random.below(8) {
            0 => Self::Nothing,
            1 => Self::Everything,
            2 => Self::Late,
            3 => Self::Early,
            4 | 5 => Self::Writes,
            _ => Self::Sectors,
        }
    }

    /// What a disk holds after the cut. `in_flight` are writes that were being made.
    pub(super) fn image(
        self,
        disk: &Disk,
        in_flight: &[(usize, Change)],
        random: &mut Random,
    ) -> Vec<(PathBuf, Option<Vec<u8>>)> {
        let names = self.names(disk, random);
        names
            .into_iter()
            .map(|(path, entry)| match entry {
                Entry::Directory => (path, None),
                Entry::File(inode) => {
                    let mut file = disk.files[inode].clone();
                    let flying = in_flight.iter().filter(|(of, _)| *of == inode);
                    if !matches!(self, Self::Nothing) {
                        file.pending
                            .extend(flying.map(|(_, change)| (u64::MAX, change.clone())));
                    }
                    (path, Some(self.content(&file, random)))
                }
            })
            .collect()
    }

    fn names(self, disk: &Disk, random: &mut Random) -> Names {
        let pending = disk.pending_names.len() as u64;
        let kept = match self {
            Self::Nothing => pending,
            Self::Everything => 0,
            _ if random.one_in(2) => pending,
            _ => random.below(pending + 1),
        };
        let mut names = disk.sure_names.clone();
        for naming in disk.pending_names.iter().take(kept.try_into().unwrap()) {
            naming.apply(&mut names);
        }
        names
    }

    fn content(self, file: &File, random: &mut Random) -> Vec<u8> {
        let mut content = file.sure.clone();
        let count = file.pending.len() as u64;
        let edge = random.below(count + 1);
        for (number, (_, change)) in (0..).zip(&file.pending) {
            let kept = match self {
                Self::Nothing => true,
                Self::Everything => false,
                Self::Late => number < edge,
                Self::Early => number >= edge,
                Self::Writes => random.one_in(2),
                Self::Sectors => {
                    tear(change, &mut content, random);
                    continue;
                }
            };
            if kept && matches!(self, Self::Late) && number + 1 == edge {
                tear(change, &mut content, random);
            } else if kept {
                change.apply(&mut content);
            }
        }
        // The length may have come to the disk before what is in it.
        let whole = file.content().len();
        if !matches!(self, Self::Everything) && content.len() < whole && random.one_in(2) {
            content.resize(whole, 0);
        }
        content
    }
}

/// Keeps some of its sectors.
fn tear(change: &Change, content: &mut Vec<u8>, random: &mut Random) {
    let Change::Write { at, bytes } = change else {
        if random.one_in(2) {
            change.apply(content);
        }
        return;
    };
    let mut begin = 0;
    while begin < bytes.len() {
        let sector_end = (at + begin) / SECTOR * SECTOR + SECTOR;
        let end = (sector_end - at).min(bytes.len());
        if random.one_in(2) {
            let part = Change::Write {
                at: at + begin,
                bytes: bytes[begin..end].into(),
            };
            part.apply(content);
        }
        begin = end;
    }
}

/// Writes an image to a directory.
pub(super) fn lay(image: &[(PathBuf, Option<Vec<u8>>)], directory: &Path) {
    for (path, content) in image {
        let path = directory.join(path);
        match content {
            None => fs::create_dir_all(path).unwrap(),
            Some(content) => {
                // A directory's own name may be lost later than a name in it.
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, content).unwrap();
            }
        }
    }
}
