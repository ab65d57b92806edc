//! Changes on an engine that fails at any of its calls: each is made whole, in its order, or not
//! at all; and so it is after a crash.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{Arc, Mutex},
};

use super::*;
use crate::{
    batch::Durability,
    engine::{
        Direction, KeyRange, Visit,
        live::Live,
        memory::{MemoryEngine, MemorySuccessors},
    },
    writer::{compaction::Compaction, space::Space},
};

type Content = BTreeMap<Vec<u8>, Vec<u8>>;

/// Calls from the `first` one fail, so many; of a write that fails all may be there, or nothing.
#[derive(Clone, Copy, Debug)]
struct Faults {
    first: usize,
    many: usize,
    after_writing: bool,
}

struct Faulty {
    engine: MemoryEngine,
    faults: Faults,
    calls: Mutex<usize>,
}

impl Faulty {
    fn fails(&self) -> bool {
        let mut calls = self.calls.lock().unwrap();
        *calls += 1;
        let call = *calls - 1;
        call >= self.faults.first && call - self.faults.first < self.faults.many
    }
}

impl Engine for Faulty {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.engine.get(key)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        self.engine.scan(range, direction, visit)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        if self.fails() {
            if self.faults.after_writing {
                self.engine.apply(writes)?;
            }
            return Err(EngineError::DiskFull);
        }
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        if self.fails() {
            return Err(EngineError::DiskFull);
        }
        Ok(())
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.engine.size()
    }
}

fn content(engine: &dyn Engine) -> Content {
    let mut found = Content::new();
    let all = KeyRange::below(&[]);
    engine
        .scan(&all, Direction::Forward, &mut |key, value| {
            found.insert(key.to_vec(), value.to_vec());
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

/// What the next opening finds after a crash.
fn after_a_crash(engine: &dyn Engine) -> Content {
    let reopened = MemoryEngine::default();
    let left: Vec<Write> = content(engine)
        .into_iter()
        .map(|(key, value)| (key, Some(value)))
        .collect();
    reopened.apply(&left).unwrap();
    intent::recover(&reopened).unwrap();
    content(&reopened)
}

/// Writes to `keys` values that no other change writes; each fifth is a removal.
fn change(number: u8, keys: std::ops::Range<u16>) -> Change {
    let write = |n: u16| {
        let key = [b"k".as_slice(), &n.to_be_bytes()].concat();
        let value = vec![number; 600];
        (key, (n % 5 != u16::from(number) % 5).then_some(value))
    };
    Change {
        ahead: Vec::new(),
        writes: keys.map(write).collect(),
        kept: Vec::new(),
        durability: Durability::Queued,
    }
}

/// Small and large ones, which overlap; a large one is cut in two or more pieces.
fn changes() -> Vec<Change> {
    let keys = [
        0..3,
        0..450,
        100..330,
        0..2,
        200..340,
        50..400,
        1..4,
        0..150,
    ];
    let numbered = (1..).zip(keys);
    numbered
        .map(|(number, keys)| change(number, keys))
        .collect()
}

fn with(before: &Content, change: &Change) -> Content {
    let mut content = before.clone();
    for (key, value) in change.writes.iter().cloned() {
        match value {
            Some(value) => content.insert(key, value),
            None => content.remove(&key),
        };
    }
    content
}

/// Makes all the changes; whether the faults were reached.
fn make_all(faults: Faults) -> bool {
    let engine = Arc::new(Faulty {
        engine: MemoryEngine::default(),
        faults,
        calls: Mutex::default(),
    });
    let live = Arc::new(Live::new(engine.clone()));
    let mut copies = Copies {
        first: Compaction::new(live, Box::new(MemorySuccessors)),
        second: None,
        ledger: Ledger::default(),
        space: Space::new(tokio::sync::watch::channel(DiskStatus::Ready).0),
    };
    // What may be there: more than one only after a failure that could not be settled at once.
    let mut possible = vec![Content::new()];
    for (number, change) in changes().into_iter().enumerate() {
        let made: Vec<Content> = possible.iter().map(|it| with(it, &change)).collect();
        match copies.apply(change) {
            Ok(()) => {
                let found = content(engine.as_ref());
                assert!(made.contains(&found), "{faults:?}: {number} was made");
                possible = vec![found];
            }
            Err(_) if copies.ledger.owes => possible.extend(made),
            Err(_) => {
                let found = content(engine.as_ref());
                assert!(possible.contains(&found), "{faults:?}: {number} was not");
                possible = vec![found];
            }
        }
        let found = after_a_crash(engine.as_ref());
        assert!(possible.contains(&found), "{faults:?}: a crash at {number}");
        if number % 3 == 2 && copies.flush().is_ok() {
            let found = content(engine.as_ref());
            assert!(possible.contains(&found), "{faults:?}: a flush at {number}");
            possible = vec![found];
        }
    }
    *engine.calls.lock().unwrap() > faults.first
}

#[test]
fn a_failure_at_any_call_leaves_each_change_whole_or_unmade() {
    for after_writing in [false, true] {
        for many in [1, 2, 3, 7] {
            let faults = |first| Faults {
                first,
                many,
                after_writing,
            };
            let reached = (0..).take_while(|&first| make_all(faults(first)));
            assert!(reached.count() > 20, "most changes are of several batches");
        }
    }
}

#[test]
fn a_failure_that_passes_at_once_is_told_only_if_nothing_was_made() {
    let engine = Arc::new(Faulty {
        engine: MemoryEngine::default(),
        faults: Faults {
            first: 6,
            many: 1,
            after_writing: false,
        },
        calls: Mutex::default(),
    });
    let live = Arc::new(Live::new(engine.clone()));
    let mut copies = Copies {
        first: Compaction::new(live, Box::new(MemorySuccessors)),
        second: None,
        ledger: Ledger::default(),
        space: Space::new(tokio::sync::watch::channel(DiskStatus::Ready).0),
    };
    let large = change(1, 0..450);
    let expected = with(&Content::new(), &large);
    // Its intents take three calls: the sixth is one of its own batches.
    copies.apply(large).unwrap();
    assert_eq!(content(engine.as_ref()), expected);
    assert!(!copies.ledger.owes);
}

mod reopening;
