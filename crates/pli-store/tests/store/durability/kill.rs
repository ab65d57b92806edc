//! A process is killed at each of its calls.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::{
    Random, count,
    ledger::{Ledger, judge},
    loss::lay,
    recording::content,
    script,
    tally::Tally,
    trace::{self, End, Life},
};
use crate::shares::{Share, share_out};

const CALLS: [&str; 10] = [
    "pwrite64",
    "fdatasync",
    "sync_file_range",
    "write",
    "fsync",
    "rename",
    "openat",
    "unlink",
    "ftruncate",
    "mkdir",
];

const SCENE: &str = "kills at a call";

/// A profile is begun anew after so many lives.
const LIVES: usize = 16;

/// A round of every call is short with this many kills, or fewer.
const FEW: usize = 400;

/// A profile, and what its processes said.
pub(super) struct Profile {
    directory: TempDir,
    ledger: Ledger,
}

impl Profile {
    pub(super) fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join("profile")).unwrap();
        fs::write(directory.path().join("notes"), "").unwrap();
        Self {
            directory,
            ledger: Ledger::default(),
        }
    }

    /// Another one, as this one is, with the same past.
    pub(super) fn copied(&self) -> Self {
        let mut copy = Self::new();
        let image: Vec<_> = content(&self.path()).into_iter().collect();
        lay(&image, &copy.path());
        let notes = fs::read_to_string(self.directory.path().join("notes")).unwrap();
        fs::write(copy.directory.path().join("notes"), notes).unwrap();
        copy.ledger = self.ledger.clone();
        copy
    }

    pub(super) fn path(&self) -> std::path::PathBuf {
        self.directory.path().join("profile")
    }

    pub(super) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// Those that sled keeps.
    pub(super) fn logs(&self) -> impl Iterator<Item = std::path::PathBuf> {
        let files = content(&self.path()).into_keys();
        let logs = files.filter(|file| file.ends_with("db"));
        logs.map(|log| self.path().join(log))
    }

    /// That of `strace`.
    pub(super) fn log(&self) -> std::path::PathBuf {
        self.directory.path().join("log")
    }

    pub(super) fn live(&mut self, steps: u64, arguments: &[String]) -> End {
        let life = Life {
            profile: &self.path(),
            notes: &self.directory.path().join("notes"),
            first: self.ledger.next(),
            steps,
        };
        let end = trace::run(&life, arguments);
        self.ledger.read(&end.notes);
        end
    }

    pub(super) fn keep(self) -> std::path::PathBuf {
        self.directory.keep()
    }
}

/// Runs a process that is killed at the n-th call of a kind by one of its threads.
pub(super) fn live_until(profile: &mut Profile, steps: u64, call: &str, number: usize) -> End {
    let number = script::counted(call, number);
    profile.live(
        steps,
        &[
            format!("-etrace={call}"),
            format!("-einject={call}:signal=SIGKILL:when={number}"),
            "-o".to_owned(),
            "/dev/null".to_owned(),
        ],
    )
}

#[test]
fn a_process_killed_at_any_call_loses_nothing_acknowledged_and_tears_nothing() {
    let kills = count("PLI_CRASH_KILLS", 25);
    Tally::of_all(SCENE, share_out(kills, FEW, kill_at_calls)).close();
}

fn kill_at_calls(share: Share) -> Tally {
    let kills = share.runs;
    let mut tally = Tally::new(SCENE);
    let mut random = Random::new(1);
    let mut profile = Profile::new();
    let mut lives = 0;
    while tally.runs < kills {
        for call in CALLS {
            // Every call, or some of each kind when there is no time for all.
            let of_this_kind = if kills <= FEW {
                kills / CALLS.len() + 1
            } else {
                kills
            };
            let end = kills.min(tally.runs + of_this_kind);
            let mut number = 1 + share.number;
            while tally.runs < end {
                if lives % LIVES == 0 {
                    profile = Profile::new();
                }
                lives += 1;
                let end = live_until(&mut profile, 16, call, number);
                let place = format!("killed at {call} {number}, life {lives}");
                if end.by_itself() {
                    tally.note("ended before", 1);
                    break;
                }
                assert!(end.killed(), "{place}: {}", end.words());
                judge_copy(&profile, &place, &mut tally);
                number += share.of;
                if kills <= FEW {
                    number += random.below(6) as usize;
                }
            }
        }
    }
    tally
}

/// The next life is to find what this one left, and not what the judge mended.
fn judge_copy(profile: &Profile, place: &str, tally: &mut Tally) {
    let copy = profile.copied();
    let verdict = judge(&copy.path(), copy.ledger());
    if !tally.count(&verdict, place) {
        let kept = copy.keep();
        eprintln!("kept as {}", kept.display());
        keep_image(profile, &kept);
    }
}

fn keep_image(profile: &Profile, kept: &Path) {
    let image: Vec<_> = content(&profile.path()).into_iter().collect();
    lay(&image, &kept.join("image"));
}
