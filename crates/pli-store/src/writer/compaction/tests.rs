//! Changes between the steps of a compaction: whatever their order, nothing is lost or brought back.

use std::{
    collections::BTreeMap,
    ops::ControlFlow,
    sync::{
        Weak,
        atomic::{AtomicUsize, Ordering},
    },
};

use proptest::{collection::vec, prelude::*};
use tokio::sync::oneshot::{self, Receiver};

use super::*;
use crate::engine::{Direction, KeyRange, Visit, memory::MemoryEngine};

type Model = BTreeMap<Vec<u8>, Vec<u8>>;

/// Fails at an apply, and from then on.
struct Failing(MemoryEngine, Arc<AtomicUsize>);

impl Engine for Failing {
    fn get(&self, key: &[u8]) -> Result<Option<Vec<u8>>, EngineError> {
        self.0.get(key)
    }

    fn scan(
        &self,
        range: &KeyRange,
        direction: Direction,
        visit: &mut Visit<'_>,
    ) -> Result<(), EngineError> {
        self.0.scan(range, direction, visit)
    }

    fn apply(&self, writes: &[Write]) -> Result<(), EngineError> {
        let left = self.1.load(Ordering::Relaxed);
        let left = left.checked_sub(1).ok_or(EngineError::DiskFull)?;
        self.1.store(left, Ordering::Relaxed);
        self.0.apply(writes)
    }

    fn flush(&self) -> Result<(), EngineError> {
        self.0.flush()
    }

    fn size(&self) -> Result<u64, EngineError> {
        self.0.size()
    }
}

/// Engines that fail after so many applies, until their commit, which may fail too.
struct Scripted {
    applies: usize,
    commits: bool,
    engines: Vec<Weak<dyn Engine>>,
    left: Arc<AtomicUsize>,
    live: usize,
}

impl Successors for Scripted {
    fn begin(&mut self, _: u64) -> Result<Arc<dyn Engine>, EngineError> {
        self.left = Arc::new(AtomicUsize::new(self.applies));
        let engine = Failing(MemoryEngine::default(), self.left.clone());
        let engine: Arc<dyn Engine> = Arc::new(engine);
        self.engines.push(Arc::downgrade(&engine));
        Ok(engine)
    }

    fn commit(&mut self) -> Result<(), EngineError> {
        if !self.commits {
            return Err(EngineError::DiskFull);
        }
        self.live = self.engines.len() - 1;
        self.left.store(usize::MAX, Ordering::Relaxed);
        Ok(())
    }

    fn clear(&mut self) -> Result<(), EngineError> {
        for (number, engine) in self.engines.iter().enumerate() {
            assert_eq!(
                engine.strong_count() > 0,
                number == self.live,
                "all are closed but the live one"
            );
        }
        Ok(())
    }
}

struct Scene {
    compaction: Compaction,
    model: Model,
    answers: Vec<Receiver<Result<(), EngineError>>>,
}

impl Scene {
    fn new(records: u16, applies: usize, commits: bool) -> Self {
        let engine: Arc<dyn Engine> = Arc::new(MemoryEngine::default());
        let successors = Scripted {
            applies,
            commits,
            engines: vec![Arc::downgrade(&engine)],
            left: Arc::default(),
            live: 0,
        };
        let live = Arc::new(Live::new(engine));
        let mut scene = Self {
            compaction: Compaction::new(live, Box::new(successors)),
            model: Model::new(),
            answers: Vec::new(),
        };
        scene.write((0..records).map(|n| (key(n), Some(vec![1]))).collect());
        scene
    }

    fn engine(&self) -> Arc<dyn Engine> {
        self.compaction.live.engine()
    }

    fn write(&mut self, writes: Vec<Write>) {
        self.compaction.apply(&[], &writes).unwrap();
        for (key, value) in writes {
            match value {
                Some(value) => self.model.insert(key, value),
                None => self.model.remove(&key),
            };
        }
    }

    fn ask(&mut self) {
        let (answer, answered) = oneshot::channel();
        self.compaction.ask(answer);
        self.answers.push(answered);
    }

    fn act(&mut self, act: &Act) {
        match act {
            Act::Write(writes) => {
                // As of a batch: in order, each key once.
                let writes: BTreeMap<_, _> = writes.iter().copied().collect();
                let write = |(n, value): (u16, Option<u8>)| (key(n), value.map(|v| vec![v]));
                self.write(writes.into_iter().map(write).collect());
            }
            Act::Step => self.compaction.step(),
            Act::Ask => self.ask(),
        }
    }

    fn run_to_the_end(&mut self) {
        for _ in 0..1_000 {
            if self.compaction.pause().is_none() {
                return;
            }
            self.compaction.step();
        }
        panic!("it must come to an end");
    }

    fn outcomes(&mut self) -> Vec<Result<(), EngineError>> {
        let answers = self.answers.iter_mut();
        answers.map(|answer| answer.try_recv().unwrap()).collect()
    }
}

#[derive(Clone, Debug)]
enum Act {
    Write(Vec<(u16, Option<u8>)>),
    Step,
    Ask,
}

fn key(number: u16) -> Vec<u8> {
    [b"k".as_slice(), &number.to_be_bytes()].concat()
}

fn content(engine: &dyn Engine) -> Model {
    let mut found = Model::new();
    engine
        .scan(
            &KeyRange::below(&[]),
            Direction::Forward,
            &mut |key, value| {
                found.insert(key.to_vec(), value.to_vec());
                ControlFlow::Continue(())
            },
        )
        .unwrap();
    found
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let writes = |many| vec((0..700_u16, any::<Option<u8>>()), many).prop_map(Act::Write);
    let act = prop_oneof![
        8 => Just(Act::Step),
        4 => writes(1..6),
        // Large enough to be cut into several batches.
        1 => writes(150..300),
        2 => Just(Act::Ask),
    ];
    vec(act, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_meanwhile_is_there_afterwards(records in 0..600_u16, acts in acts()) {
        let mut scene = Scene::new(records, usize::MAX, true);
        let before = Arc::downgrade(&scene.engine());
        scene.ask();
        for act in &acts {
            scene.act(act);
            prop_assert_eq!(&content(scene.engine().as_ref()), &scene.model);
        }
        scene.run_to_the_end();
        prop_assert_eq!(&content(scene.engine().as_ref()), &scene.model);
        prop_assert!(before.upgrade().is_none(), "another engine is in use");
        prop_assert!(scene.outcomes().iter().all(Result::is_ok));
    }

    #[test]
    fn a_copy_that_fails_changes_nothing(
        records in 0..600_u16,
        acts in acts(),
        applies in 0..12_usize,
        commits: bool,
    ) {
        let mut scene = Scene::new(records, applies, commits);
        scene.ask();
        for act in &acts {
            // Asserts that no write fails.
            scene.act(act);
            prop_assert_eq!(&content(scene.engine().as_ref()), &scene.model);
        }
        scene.run_to_the_end();
        prop_assert_eq!(&content(scene.engine().as_ref()), &scene.model);
        prop_assert!(commits || scene.outcomes().iter().all(Result::is_err));
    }
}

#[test]
fn an_engine_is_closed_only_after_its_last_reader() {
    let mut scene = Scene::new(250, usize::MAX, true);
    let reader = scene.engine();
    let before = scene.model.clone();
    scene.ask();
    for _ in 0..20 {
        scene.compaction.step();
    }
    scene.write(vec![(key(3), None), (key(900), Some(vec![9]))]);

    assert_eq!(content(reader.as_ref()), before, "it reads what was there");
    assert_eq!(content(scene.engine().as_ref()), scene.model);
    assert!(scene.answers[0].try_recv().is_err(), "nor is it removed");

    drop(reader);
    scene.run_to_the_end();
    assert_eq!(scene.outcomes(), [Ok(())]);
}

#[test]
fn one_asked_for_during_a_copy_is_made_after_it() {
    let mut scene = Scene::new(250, usize::MAX, true);
    scene.ask();
    scene.compaction.step();
    scene.write(vec![(key(3), None)]);
    scene.ask();
    while scene.answers[0].try_recv().is_err() {
        scene.compaction.step();
    }
    assert!(
        scene.compaction.pause().is_some(),
        "what was removed was in the first copy"
    );
    scene.run_to_the_end();
    assert!(scene.answers[1].try_recv().is_ok());
}
