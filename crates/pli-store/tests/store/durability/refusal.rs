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

/// Every call of a round is too many for fewer runs than this.
const FEW: usize = 1_500;

/// What is refused, of what, and from when on.
struct Refused {
    call: &'static str,
    error: &'static str,
    expected: Refusal,
    number: usize,
    for_ever: bool,
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
        let end = profile.live(24, &arguments);
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
    let mut tally = Tally::new("refused calls");
    let mut random = Random::new(2);
    let used = used_profile();
    let mut round = 0;
    while tally.runs < errors {
        let (error, expected) = ERRORS[round % ERRORS.len()];
        for call in CALLS {
            let share = if errors <= FEW {
                errors / CALLS.len() + 1
            } else {
                errors
            };
            let end_of_share = errors.min(tally.runs + share);
            let mut number = 1;
            while tally.runs < end_of_share {
                let refused = Refused {
                    call,
                    error,
                    expected,
                    number,
                    for_ever: random.one_in(2),
                };
                let new = random.one_in(3);
                let profile = if new { Profile::new() } else { used.copied() };
                if !judge_refusal(&refused, profile, &mut tally) {
                    break;
                }
                number += 1;
                if errors <= FEW {
                    number += random.below(6) as usize;
                }
            }
        }
        round += 1;
    }
    tally.close();
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
