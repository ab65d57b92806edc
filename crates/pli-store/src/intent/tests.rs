//! What is left of a large change after a stop at each of its steps.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::engine::{Visit, memory::MemoryEngine};

/// Stops, as a crash would, after so many batches.
struct Stopping {
    engine: MemoryEngine,
    left: AtomicUsize,
}

impl Engine for Stopping {
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
        assert!(writes.len() <= 2 * BATCH_RECORDS, "a batch must stay small");
        let left = self.left.load(Ordering::Relaxed);
        self.left.store(
            left.checked_sub(1).ok_or(EngineError::Damaged)?,
            Ordering::Relaxed,
        );
        self.engine.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        Ok(())
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.engine.size()
    }
}

/// 450 writes of 1 kB: a removal of what was there at each third.
fn change() -> Vec<Write> {
    let value = |number: u32| (!number.is_multiple_of(3)).then(|| vec![7; 1024]);
    (0..450_u32)
        .map(|n| ([b"k", n.to_be_bytes().as_slice()].concat(), value(n)))
        .collect()
}

fn records(engine: &dyn Engine) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut found = Vec::new();
    let all = KeyRange {
        start: Vec::new(),
        end: None,
    };
    engine
        .scan(&all, Direction::Forward, &mut |key, value| {
            found.push((key.to_vec(), value.to_vec()));
            ControlFlow::Continue(())
        })
        .unwrap();
    found
}

fn before() -> Vec<Write> {
    change()
        .into_iter()
        .map(|(key, _)| (key, Some(b"old".to_vec())))
        .collect()
}

#[test]
fn a_large_change_is_made_whole_or_not_at_all_wherever_it_stops() {
    let old = MemoryEngine::default();
    old.apply(&before()).unwrap();
    let new = MemoryEngine::default();
    new.apply(&change()).unwrap();

    let (mut undone, mut done, mut stops) = (0, 0, 0);
    for stop in 0.. {
        let engine = Stopping {
            engine: MemoryEngine::default(),
            left: AtomicUsize::new(stop),
        };
        engine.engine.apply(&before()).unwrap();
        let finished = apply(&engine, &[], &change()).is_ok();
        engine.left.store(usize::MAX, Ordering::Relaxed);

        recover(&engine).unwrap();

        let found = records(&engine);
        assert!(
            found == records(&old) || found == records(&new),
            "half a change after {stop}"
        );
        if found == records(&new) {
            done += 1
        } else {
            undone += 1
        }
        stops += 1;
        if finished {
            break;
        }
    }
    assert!(
        undone >= 3 && done >= 3,
        "the stops must fall on both sides: {undone}, {done}"
    );
    assert!(stops > 8, "the change must need several batches");
}

#[test]
fn what_goes_ahead_is_there_before_any_of_the_change() {
    let ahead: Vec<Write> = (0..250_u32)
        .map(|n| ([b"a", n.to_be_bytes().as_slice()].concat(), Some(vec![1])))
        .collect();
    for writes in [&change()[..1], &change()] {
        for stop in 0.. {
            let engine = Stopping {
                engine: MemoryEngine::default(),
                left: AtomicUsize::new(stop),
            };
            let finished = apply(&engine, &ahead, writes).is_ok();
            engine.left.store(usize::MAX, Ordering::Relaxed);
            recover(&engine).unwrap();

            let (first, rest): (Vec<_>, Vec<_>) = records(&engine)
                .into_iter()
                .partition(|(key, _)| key[0] == b'a');
            let kept = writes.iter().filter(|(_, value)| value.is_some()).count();
            assert!(
                rest.is_empty() || (rest.len() == kept && first.len() == ahead.len()),
                "after {stop}"
            );
            if finished {
                assert_eq!((first.len(), rest.len()), (ahead.len(), kept));
                break;
            }
        }
    }
}

#[test]
fn intents_say_what_they_were_given() {
    let writes = change();
    for piece in cut(&writes) {
        let (mark, decoded) = decode(&encode(LAST, piece).unwrap()).unwrap();
        assert_eq!((mark, decoded.as_slice()), (LAST, piece));
    }
    assert_eq!(
        cut(&writes).concat(),
        writes,
        "nothing is lost between the pieces"
    );
    assert!(
        decode(&[LAST, 0, 0, 0, 9, 1]).is_err(),
        "a cut intent is not read"
    );
}
