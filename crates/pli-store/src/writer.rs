//! The one thread that writes to a database.
//!
//! sled has deadlocked under writers and flushes from many threads; here they all come from one.
//! Changes are made in the order they are asked for. Those that wait for the disk share a flush
//! when several are queued.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, PoisonError, mpsc},
    thread::{self, JoinHandle},
};

use tokio::sync::{OwnedMutexGuard, oneshot};

use crate::{
    batch::Durability,
    engine::{Engine, EngineError, Write},
    error::StoreError,
    intent,
    second_copy::SecondCopy,
};

/// A flush waits for no more changes than this.
const SHARED_FLUSH: usize = 16;

type Answer = oneshot::Sender<Result<(), EngineError>>;

enum Job {
    Write(Change, OwnedMutexGuard<()>, Answer),
    Flush(Answer),
    Renew(Answer),
}

/// Writes that are made as one.
pub(crate) struct Change {
    /// See [`intent::apply`].
    pub(crate) ahead: Vec<Write>,
    pub(crate) writes: Vec<Write>,
    /// Those of both that are kept twice.
    pub(crate) kept: Vec<Write>,
    pub(crate) durability: Durability,
}

/// A database and its second copy, if it has one.
struct Copies {
    engine: Arc<dyn Engine>,
    second: Option<SecondCopy>,
}

/// Hands changes to the thread; dropping it flushes and ends the thread.
pub(crate) struct Writer {
    jobs: std::sync::Mutex<Option<mpsc::Sender<Job>>>,
    thread: Option<JoinHandle<()>>,
}

impl Writer {
    pub(crate) fn start(
        engine: Arc<dyn Engine>,
        database: &'static str,
        second: Option<SecondCopy>,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel();
        let mut copies = Copies { engine, second };
        let thread = thread::Builder::new()
            .name(format!("pli-store-{database}"))
            .spawn(move || copies.run(&queue))
            .map_err(|error| StoreError::Io(error.kind()))?;
        Ok(Self {
            jobs: std::sync::Mutex::new(Some(jobs)),
            thread: Some(thread),
        })
    }

    /// Makes a change; `turn` is given back once it can be read, even if nobody awaits this.
    pub(crate) async fn write(
        &self,
        change: Change,
        turn: OwnedMutexGuard<()>,
    ) -> Result<(), StoreError> {
        self.ask(|answer| Job::Write(change, turn, answer)).await
    }

    pub(crate) async fn renew_second_copy(&self) -> Result<(), StoreError> {
        self.ask(Job::Renew).await
    }

    pub(crate) async fn flush(&self) -> Result<(), StoreError> {
        self.ask(Job::Flush).await
    }

    async fn ask(&self, job: impl FnOnce(Answer) -> Job) -> Result<(), StoreError> {
        let (answer, answered) = oneshot::channel();
        self.jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .as_ref()
            .ok_or(StoreError::Closed)?
            .send(job(answer))
            .map_err(|_| StoreError::Closed)?;
        Ok(answered.await.map_err(|_| StoreError::Closed)??)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // Without a sender the thread ends, once it has done what is queued.
        *self.jobs.lock().unwrap_or_else(PoisonError::into_inner) = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the writer of a database ended with a fault");
        }
    }
}

impl Copies {
    fn run(&mut self, queue: &mpsc::Receiver<Job>) {
        while let Ok(job) = queue.recv() {
            let mut waiting = Vec::new();
            self.perform(job, &mut waiting);
            while !waiting.is_empty() && waiting.len() < SHARED_FLUSH {
                match queue.try_recv() {
                    Ok(job) => self.perform(job, &mut waiting),
                    Err(_) => break,
                }
            }
            if !waiting.is_empty() {
                let flushed = guarded(|| self.flush());
                for answer in waiting {
                    // Whoever asked may have gone.
                    let _ = answer.send(flushed);
                }
            }
        }
        if guarded(|| self.flush()).is_err() {
            tracing::error!("the last flush of a database failed");
        }
    }

    fn perform(&mut self, job: Job, waiting: &mut Vec<Answer>) {
        match job {
            Job::Flush(answer) => waiting.push(answer),
            Job::Renew(answer) => {
                let _ = answer.send(guarded(|| self.renew()));
            }
            Job::Write(change, turn, answer) => {
                let applied = guarded(|| self.apply(&change));
                drop(turn);
                if applied.is_ok() && change.durability == Durability::Synced {
                    waiting.push(answer);
                } else {
                    let _ = answer.send(applied);
                }
            }
        }
    }

    fn apply(&mut self, change: &Change) -> Result<(), EngineError> {
        if let Some(second) = &mut self.second {
            second.append(&change.kept)?;
        }
        intent::apply(self.engine.as_ref(), &change.ahead, &change.writes)
    }

    fn flush(&mut self) -> Result<(), EngineError> {
        if let Some(second) = &mut self.second {
            second.sync()?;
            second.tidy(self.engine.as_ref());
        }
        self.engine.flush()
    }

    fn renew(&mut self) -> Result<(), EngineError> {
        match &mut self.second {
            Some(second) => second
                .renew(self.engine.as_ref())
                .map_err(|_| EngineError::Damaged),
            None => Ok(()),
        }
    }
}

/// sled panics on some faults; the thread must go on to answer those who wait.
fn guarded(act: impl FnOnce() -> Result<(), EngineError>) -> Result<(), EngineError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or(Err(EngineError::Damaged))
}
