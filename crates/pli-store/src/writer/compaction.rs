//! Rewrites a database into a new engine while it is in use, then puts that in its place.
//!
//! All of it is done by the writer's thread, in small steps between the changes asked for. A
//! change goes to the engine in use first, and as a whole: whatever befalls the copy, the database
//! stays as it was. The engines change places between two changes, so that none is ever cut.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use super::{
    Answer,
    copying::{Both, Copying},
    guarded,
};
use crate::{
    engine::{Engine, EngineError, Successors, Write, live::Live},
    intent,
};

/// Between two slices: changes that were just asked for go first, and the disk is for others too.
const BETWEEN_SLICES: Duration = Duration::from_millis(1);

/// Between two looks whether an engine can be removed.
const BETWEEN_LOOKS: Duration = Duration::from_millis(20);

/// Changes that never pause get a step between them this often.
const OVERDUE: Duration = Duration::from_millis(50);

/// sled may hold its files for a moment after it was closed; longer, and they are left to the
/// next opening.
const LOOKS: u32 = 150;

/// The engine in use, and what is done to rewrite it.
pub(super) struct Compaction {
    live: Arc<Live>,
    successors: Box<dyn Successors>,
    stage: Stage,
    stepped: Instant,
    /// Those who asked while a copy was under way, which may hold what they have removed since.
    later: Vec<Answer>,
}

enum Stage {
    Idle,
    Copying(Copying, Vec<Answer>),
    /// An engine is no longer used, but perhaps still read.
    Clearing(Clearing),
}

struct Clearing {
    engine: Option<Arc<dyn Engine>>,
    looks: u32,
    outcome: Result<(), EngineError>,
    answers: Vec<Answer>,
}

impl Compaction {
    pub(super) fn new(live: Arc<Live>, successors: Box<dyn Successors>) -> Self {
        Self {
            live,
            successors,
            stage: Stage::Idle,
            stepped: Instant::now(),
            later: Vec::new(),
        }
    }

    /// Makes a change, all or nothing of it, unless that fails: then [`intent::recover`] is owed.
    pub(super) fn apply(&mut self, ahead: &[Write], writes: &[Write]) -> Result<(), EngineError> {
        self.with(|engine| intent::apply(engine, ahead, writes))
    }

    /// Writes to the engine in use, and to the copy of it that is being made.
    pub(super) fn with(
        &mut self,
        act: impl FnOnce(&dyn Engine) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let engine = self.live.engine();
        let Stage::Copying(copying, _) = &self.stage else {
            return guarded(|| act(engine.as_ref()));
        };
        let both = Both::new(engine.as_ref(), copying);
        let acted = guarded(|| act(&both));
        // After an error it is unknown how much was written to the engine in use.
        if let Some(error) = acted.err().or(both.fault()) {
            self.give_up(error);
        }
        acted
    }

    pub(super) fn flush(&self) -> Result<(), EngineError> {
        self.engine().flush()
    }

    /// The engine in use.
    pub(super) fn engine(&self) -> Arc<dyn Engine> {
        self.live.engine()
    }

    /// Of the engine in use.
    pub(super) fn successors(&self) -> &dyn Successors {
        self.successors.as_ref()
    }

    /// Closes the engine in use and opens it anew, if the disk would take it. If it cannot be
    /// closed, its records go on in a new one.
    pub(super) fn reopen(&mut self) -> Result<(), EngineError> {
        self.successors.probe()?;
        if matches!(self.stage, Stage::Copying(..)) {
            // The copy may hold what the engine in use has lost.
            self.give_up(EngineError::Io(std::io::ErrorKind::Interrupted));
        }
        if self.live.engine().is_stuck() {
            return guarded(|| self.leave());
        }
        let successors = self.successors.as_ref();
        guarded(|| self.live.reopen(|| successors.reopen()))
    }

    /// Copies all records of the engine in use into another, which takes its place.
    fn leave(&mut self) -> Result<(), EngineError> {
        let live = self.live.engine();
        let mut copying = Copying::begin(self.successors.begin(live.size()?)?);
        while copying.slice(live.as_ref())? {}
        let successor = copying.successor().clone();
        successor.flush()?;
        self.successors.commit()?;
        self.live.replace(successor);
        if matches!(self.stage, Stage::Idle) {
            self.stage = Stage::Clearing(Clearing::after(None, Ok(()), Vec::new()));
        }
        Ok(())
    }

    /// Begins a compaction, or keeps it for when the one under way has ended.
    pub(super) fn ask(&mut self, answer: Answer) {
        self.later.push(answer);
        if matches!(self.stage, Stage::Idle) {
            self.begin();
        }
    }

    /// How long to wait for a job before the next step; without one, for ever.
    pub(super) fn pause(&self) -> Option<Duration> {
        match self.stage {
            Stage::Idle => None,
            Stage::Copying(..) => Some(BETWEEN_SLICES),
            Stage::Clearing(_) => Some(BETWEEN_LOOKS),
        }
    }

    /// Whether the next step must not wait for a pause.
    pub(super) fn is_overdue(&self) -> bool {
        self.stepped.elapsed() > OVERDUE
    }

    pub(super) fn step(&mut self) {
        self.stepped = Instant::now();
        match &mut self.stage {
            Stage::Idle => {}
            Stage::Copying(copying, _) => {
                let live = self.live.engine();
                match guarded(|| copying.slice(live.as_ref())) {
                    Ok(true) => {}
                    Ok(false) => {
                        drop(live);
                        self.finish();
                    }
                    Err(error) => self.give_up(error),
                }
            }
            Stage::Clearing(_) => self.clear(),
        }
    }

    /// Leaves nothing half done, as far as it can be.
    pub(super) fn end(&mut self) {
        self.later.clear();
        if matches!(self.stage, Stage::Copying(..)) {
            self.clear_after(None, Err(EngineError::Io(std::io::ErrorKind::Interrupted)));
        }
        // A reader may hold the engine for longer: then the next opening removes it.
        self.step();
    }

    fn begin(&mut self) {
        let live = self.live.engine();
        let begun = guarded(|| self.successors.begin(live.size()?));
        let answers = std::mem::take(&mut self.later);
        match begun {
            Ok(successor) => self.stage = Stage::Copying(Copying::begin(successor), answers),
            Err(error) => {
                self.stage = Stage::Clearing(Clearing::after(None, Err(error), answers));
                tracing::warn!(%error, "a database could not be compacted");
            }
        }
    }

    /// The copy is whole: it takes the place of the engine in use.
    fn finish(&mut self) {
        let Stage::Copying(copying, _) = &self.stage else {
            return;
        };
        let successor = copying.successor().clone();
        let committed = guarded(|| successor.flush()).and_then(|()| self.successors.commit());
        match committed {
            Ok(()) => {
                let replaced = self.live.replace(successor);
                self.clear_after(Some(replaced), Ok(()));
            }
            Err(error) => {
                drop(successor);
                self.give_up(error);
            }
        }
    }

    /// The database stays as it is; nobody but who asked for a compaction is troubled.
    fn give_up(&mut self, error: EngineError) {
        tracing::warn!(%error, "a compaction was given up");
        self.clear_after(None, Err(error));
    }

    /// Ends the copying. Without an engine that was `replaced`, the copy is what is removed.
    fn clear_after(&mut self, replaced: Option<Arc<dyn Engine>>, outcome: Result<(), EngineError>) {
        if let Stage::Copying(copying, answers) = std::mem::replace(&mut self.stage, Stage::Idle) {
            let engine = replaced.unwrap_or_else(|| copying.successor().clone());
            drop(copying);
            self.stage = Stage::Clearing(Clearing::after(Some(engine), outcome, answers));
        }
    }

    /// Removes an engine once nobody reads it.
    fn clear(&mut self) {
        let Stage::Clearing(clearing) = &mut self.stage else {
            return;
        };
        if let Some(engine) = &mut clearing.engine {
            if Arc::strong_count(engine) > 1 {
                return;
            }
            let engine = clearing.engine.take();
            let closed = guarded(|| {
                drop(engine);
                Ok(())
            });
            if closed.is_err() {
                tracing::warn!("an engine failed when it was closed");
            }
        }
        clearing.looks += 1;
        match self.successors.clear() {
            Err(_) if clearing.looks < LOOKS => return,
            Err(error) => {
                tracing::warn!(%error, "what a compaction left could not be removed");
                clearing.outcome = clearing.outcome.and(Err(error));
            }
            Ok(()) => {}
        }
        for answer in clearing.answers.drain(..) {
            // Whoever asked may have gone.
            let _ = answer.send(clearing.outcome);
        }
        self.stage = Stage::Idle;
        if !self.later.is_empty() {
            self.begin();
        }
    }
}

impl Clearing {
    fn after(
        engine: Option<Arc<dyn Engine>>,
        outcome: Result<(), EngineError>,
        answers: Vec<Answer>,
    ) -> Self {
        Self {
            engine,
            looks: 0,
            outcome,
            answers,
        }
    }
}

#[cfg(test)]
mod tests;
