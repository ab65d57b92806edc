//! Damage to one file of a profile, as a disk, a cable or a careless hand does it.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
};

use crate::random::Random;

/// What was done, and where.
pub(super) struct Harm {
    kind: &'static str,
    place: String,
}

impl fmt::Display for Harm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.kind, self.place)
    }
}

/// Does something to the profile of a directory.
pub(super) fn harm(directory: &Path, random: &mut Random) -> Harm {
    let files = files(directory);
    let chosen = random.one_of(&files).clone();
    let kind = match random.below(12) {
        0..=3 => flip(&chosen, random),
        4 => overwrite(&chosen, random),
        5 | 6 => cut(&chosen, random),
        7 => {
            fs::remove_file(&chosen).unwrap();
            "file removed"
        }
        8 => exchange(&chosen, random.one_of::<PathBuf>(&files)),
        9 => move_parts(&chosen, random),
        10 => return swap_values(directory, random),
        _ => {
            let above = chosen.parent().filter(|above| *above != directory);
            let Some(above) = above.filter(|_| random.once_in(3)) else {
                return flip_end(directory, random);
            };
            fs::remove_dir_all(above).unwrap();
            "directory removed"
        }
    };
    let place = chosen.strip_prefix(directory).unwrap();
    Harm {
        kind,
        place: place.display().to_string(),
    }
}

/// The larger a file, the more often it is there; the lock is not, nobody keeps anything in it.
fn files(directory: &Path) -> Vec<PathBuf> {
    let (mut found, mut directories) = (Vec::new(), vec![directory.to_owned()]);
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
                continue;
            }
            let weight = match path.file_name().unwrap().to_str().unwrap() {
                "db" => 12,
                "keys.journal" => 4,
                name if name.starts_with("snap.") => 4,
                _ => 1,
            };
            found.extend(std::iter::repeat_n(path, weight));
        }
    }
    found.sort();
    found
}

/// Where a file holds something: sled fills its own with zeros.
fn used(content: &[u8]) -> u64 {
    let end = content.iter().rposition(|byte| *byte != 0);
    end.map_or(0, |end| end as u64 + 1)
}

fn flip(file: &Path, random: &mut Random) -> &'static str {
    let mut content = fs::read(file).unwrap();
    let used = used(&content);
    if used == 0 {
        fs::write(file, b"x").unwrap();
        return "byte added";
    }
    let place = usize::try_from(random.below(used)).unwrap();
    content[place] ^= 1 << random.below(8);
    fs::write(file, content).unwrap();
    "bit flipped"
}

/// In the last bytes that a database wrote, which sled takes for those of a crash.
fn flip_end(directory: &Path, random: &mut Random) -> Harm {
    let name = *random.one_of(&["keys", "history"]);
    let file = directory.join(name).join("1/db");
    let mut content = fs::read(&file).unwrap();
    let place = used(&content) - 1 - random.below(20_000).min(used(&content) - 1);
    content[usize::try_from(place).unwrap()] ^= 1 << random.below(8);
    fs::write(&file, content).unwrap();
    Harm {
        kind: "bit of the end flipped",
        place: name.to_owned(),
    }
}

fn overwrite(file: &Path, random: &mut Random) -> &'static str {
    let mut content = fs::read(file).unwrap();
    let start = random.below(used(&content).max(1)) / 512 * 512;
    let (zeros, length) = (random.once_in(2), 512 << random.below(6));
    let sector = content.iter_mut().skip(usize::try_from(start).unwrap());
    for byte in sector.take(length) {
        *byte = if zeros {
            0
        } else {
            u8::try_from(random.below(256)).unwrap()
        };
    }
    fs::write(file, content).unwrap();
    "sectors overwritten"
}

fn cut(file: &Path, random: &mut Random) -> &'static str {
    let content = fs::read(file).unwrap();
    let length = random.below(used(&content).max(1));
    fs::write(file, &content[..usize::try_from(length).unwrap()]).unwrap();
    "tail cut"
}

fn exchange(one: &Path, other: &Path) -> &'static str {
    // With a file of the database of keys these would be two damages: to a copy, and to the other.
    if [one, other]
        .iter()
        .any(|file| file.ends_with("keys.journal"))
    {
        fs::write(one, b"").unwrap();
        return "file emptied";
    }
    let contents = (fs::read(one).unwrap(), fs::read(other).unwrap());
    fs::write(one, contents.1).unwrap();
    fs::write(other, contents.0).unwrap();
    "files exchanged"
}

fn move_parts(file: &Path, random: &mut Random) -> &'static str {
    const PART: usize = 4096;
    let mut content = fs::read(file).unwrap();
    let parts = usize::try_from(used(&content)).unwrap() / PART;
    if parts < 2 {
        return flip(file, random);
    }
    let mut part = || usize::try_from(random.below(parts as u64)).unwrap() * PART;
    let (from, to) = (part(), part());
    content.copy_within(from..from + PART, to);
    fs::write(file, content).unwrap();
    "part written twice"
}

/// Two records of a database change their values, which sled cannot notice.
fn swap_values(directory: &Path, random: &mut Random) -> Harm {
    let name = *random.one_of(&["keys", "history"]);
    let engine = sled::open(directory.join(name).join("1")).unwrap();
    let records: Vec<_> = engine.iter().map(Result::unwrap).collect();
    let (one, other) = (random.one_of(&records), random.one_of(&records));
    engine.insert(&one.0, &other.1).unwrap();
    engine.insert(&other.0, &one.1).unwrap();
    engine.flush().unwrap();
    Harm {
        kind: "values swapped",
        place: format!("{name}: {:#04x} and {:#04x}", one.0[0], other.0[0]),
    }
}
