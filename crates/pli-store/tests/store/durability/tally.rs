//! Counts how profiles fared.

use std::{collections::BTreeMap, fmt::Write};

use pli_store::DatabaseName;

use super::ledger::Verdict;

/// Faults told in full; of more, only the count.
const TOLD: usize = 12;

/// The counts of one scene.
#[derive(Debug)]
pub(super) struct Tally {
    scene: &'static str,
    pub(super) runs: usize,
    counts: BTreeMap<&'static str, usize>,
    faults: Vec<String>,
}

/// What must never be: by these words, in the table of every scene.
const FAULTS: [&str; 7] = [
    "lost",
    "torn",
    "keys set aside",
    "history set aside",
    "shut",
    "panics",
    "hung",
];

impl Tally {
    pub(super) fn new(scene: &'static str) -> Self {
        Self {
            scene,
            runs: 0,
            counts: FAULTS.map(|fault| (fault, 0)).into(),
            faults: Vec::new(),
        }
    }

    pub(super) fn note(&mut self, word: &'static str, count: usize) {
        *self.counts.entry(word).or_default() += count;
    }

    /// A fault, and where it was.
    pub(super) fn fault(&mut self, word: &'static str, place: &str) {
        self.note(word, 1);
        if self.faults.len() < TOLD {
            eprintln!("{}: {word}: {place}", self.scene);
        }
        self.faults.push(format!("{word}: {place}"));
    }

    /// Counts one run; whether it was without a fault.
    pub(super) fn count(&mut self, verdict: &Verdict, place: &str) -> bool {
        self.runs += 1;
        let word = match verdict {
            Verdict::Whole { mended } => {
                self.note("mended", usize::from(*mended));
                return true;
            }
            Verdict::SetAside(DatabaseName::Keys) => "keys set aside",
            Verdict::SetAside(DatabaseName::History) => "history set aside",
            Verdict::Lost(_) => "lost",
            Verdict::Torn(_) => "torn",
            Verdict::Shut(_) => "shut",
            Verdict::Panicked(_) => "panics",
            Verdict::Hung => "hung",
        };
        self.fault(word, &format!("{verdict:?}, {place}"));
        false
    }

    /// What the shares of a run came to.
    pub(super) fn of_all(scene: &'static str, shares: Vec<Self>) -> Self {
        let mut all = Self::new(scene);
        for share in shares {
            all.runs += share.runs;
            for (word, count) in share.counts {
                all.note(word, count);
            }
            all.faults.extend(share.faults);
        }
        all
    }

    /// Prints the counts on a line of their own, which `cargo xtask crash` puts in its table.
    pub(super) fn close(self) {
        let mut line = format!("durability: {}: {} runs", self.scene, self.runs);
        for (word, count) in &self.counts {
            let _ = write!(line, ", {count} {word}");
        }
        println!("\n{line}");
        assert!(
            self.faults.is_empty(),
            "{} faults of {} runs: {:#?}",
            self.faults.len(),
            self.runs,
            &self.faults[..self.faults.len().min(TOLD)]
        );
    }
}
