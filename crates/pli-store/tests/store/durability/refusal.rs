//! The disk refuses: it is full, fails, or may not be written.

use std::fs;

use super::{
    Random, count,
    kill::{Profile, live_until},
    ledger::judge,
    script::{self, Refusal},
    tally::Tally,
    trace::End,
};
use crate::shares::{Share, share_out};

const CALLS: [&str; 10] = [
    "pwrite64",
    "fdatasync",
    "sync_file_range",
    "write",
    "fsync",
    "openat",
    "rename",
    "unlink",
    "ftruncate",
    "mkdir",
];

const ERRORS: [(&str, Refusal); 3] = [
    ("ENOSPC", Refusal::Full),
    ("EIO", Refusal::Io),
    ("EROFS", Refusal::Io),
];

const SCENE: &str = "refused calls";

/// Every call of a round is too many for fewer runs than this.
const FEW: usize = 200;

/// Of a long life, any of so many calls is refused.
const LATE: u64 = 2_000;

/// So many long lives a round.
const LATE_ONES: usize = 2;

/// What is refused, of what, and from when on.
struct Refused {
    call: &'static str,
    error: &'static str,
    expected: Refusal,
    number: usize,
    for_ever: bool,
    steps: u64,
}

impl Refused {
    /// Whether it came to that, and how the process ended.
    fn live(&self, profile: &mut Profile) -> (bool, End) {
        let log = profile.log();
        let Self {
            call,
            error,
            number,
            ..
        } = self;
        let number = script::counted(call, *number);
        let on = if self.for_ever { "+" } else { "" };
        let arguments = [
            format!("-etrace={call}"),
            format!("-einject={call}:error={error}:when={number}{on}"),
            "-s0".to_owned(),
            "-o".to_owned(),
            log.to_string_lossy().into_owned(),
        ];
        let end = profile.live(self.steps, &arguments);
        let log = fs::read_to_string(log).unwrap();
        (log.contains("(INJECTED)"), end)
    }

    fn place(&self) -> String {
        let Self {
            call,
            error,
            number,
            for_ever,
            ..
        } = self;
        let on = if *for_ever { " and all after" } else { "" };
        format!("{error} at {call} {number}{on}")
    }
}

#[test]
fn a_disk_that_refuses_is_told_of_and_loses_nothing_acknowledged() {
    let errors = count("PLI_CRASH_ERRORS", 24);
    Tally::of_all(SCENE, share_out(errors, FEW, refuse_calls)).close();
}

/// sled would take it for one that ends there, and destroy what comes after.
#[test]
fn a_log_that_a_crash_left_and_that_cannot_be_read_is_told_of_and_left_as_it_is() {
    let mut tally = Tally::new("a log that cannot be read");
    let used = used_profile();
    for number in 1..=8 {
        let mut profile = used.copied();
        let ours = 1 + number % 2;
        let mut arguments = vec![
            "-etrace=read,pread64".to_owned(),
            format!("-einject=read:error=EIO:when={ours}+"),
            format!("-einject=pread64:error=EIO:when={number}+"),
            "-s0".to_owned(),
            "-o/dev/null".to_owned(),
        ];
        arguments.extend(profile.logs().map(|log| format!("-P{}", log.display())));
        let end = profile.live(24, &arguments);
        let place = format!("read {ours}, pread64 {number}");
        assert!(end.by_itself(), "{place}: {}", end.words());
        let ledger = profile.ledger();
        assert_eq!(ledger.shut.as_deref(), Some(Refusal::Io.word()), "{place}");
        tally.count(&judge(&profile.path(), ledger), &place);
    }
    tally.close();
}

fn refuse_calls(share: Share) -> Tally {
    let errors = share.runs;
    let mut tally = Tally::new(SCENE);
    let mut random = Random::new(2 + share.number as u64);
    let used = used_profile();
    let mut round = share.number;
    while tally.runs < errors {
        let (error, expected) = ERRORS[round % ERRORS.len()];
        for call in CALLS {
            let of_this_kind = if errors <= FEW {
                errors / CALLS.len() + 1
            } else {
                errors
            };
            let end = errors.min(tally.runs + of_this_kind);
            let mut number = 1 + share.number;
            while tally.runs < end {
                let refused = Refused {
                    call,
                    error,
                    expected,
                    number,
                    for_ever: random.one_in(2),
                    steps: 24,
                };
                let new = random.one_in(3);
                let profile = if new { Profile::new() } else { used.copied() };
                if !judge_refusal(&refused, profile, &mut tally) {
                    break;
                }
                number += share.of;
                if errors <= FEW {
                    number += random.below(6) as usize;
                }
            }
        }
        if errors > FEW {
            refuse_late(&mut random, &used, round, &mut tally);
        }
        round += 1;
    }
    tally
}

/// Refuses calls far into long lives, where it comes to that.
fn refuse_late(random: &mut Random, used: &Profile, round: usize, tally: &mut Tally) {
    let (error, expected) = ERRORS[round % ERRORS.len()];
    // A long life under `strace` costs as much as a hundred short ones.
    for _ in 0..LATE_ONES {
        let refused = Refused {
            call: CALLS[random.below(CALLS.len() as u64) as usize],
            error,
            expected,
            number: 1 + random.below(LATE) as usize,
            for_ever: random.one_in(2),
            steps: 600,
        };
        let reached = judge_refusal(&refused, used.copied(), tally);
        tally.note("refused late", usize::from(reached));
    }
}

/// One that a kill has left, to be mended by the next process.
fn used_profile() -> Profile {
    let mut profile = Profile::new();
    let end = live_until(&mut profile, 48, "fdatasync", 9);
    assert!(end.killed(), "{}", end.words());
    profile
}

/// Whether the call was made, and refused.
fn judge_refusal(refused: &Refused, mut profile: Profile, tally: &mut Tally) -> bool {
    let before = profile.ledger().refused.len();
    let (reached, end) = refused.live(&mut profile);
    if !reached {
        return false;
    }
    let place = refused.place();
    if end.hung() {
        tally.fault("hung", &place);
    } else if !end.by_itself() {
        tally.fault("panics", &format!("{place}: {}", end.words()));
    }
    tally.note("caught panics", end.panics());
    let ledger = profile.ledger();
    let first = ledger
        .shut
        .as_ref()
        .or_else(|| ledger.refused.values().next());
    match first {
        Some(word) if word != refused.expected.word() => {
            tally.fault("wrong words", &format!("{place}: {word}, {}", end.words()));
        }
        Some(_) => tally.note("told", 1),
        None => tally.note("unnoticed", 1),
    }
    if ledger.refused.len() > before {
        let last = *ledger.refused.keys().next_back().unwrap();
        let went_on = ledger
            .done
            .keys()
            .next_back()
            .is_some_and(|done| *done > last);
        tally.note("went on in the same process", usize::from(went_on));
    }
    let verdict = judge(&profile.path(), ledger);
    if !tally.count(&verdict, &place) {
        eprintln!("kept as {}", profile.keep().display());
    }
    true
}
