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
};

/// A flush waits for no more changes than this.
const SHARED_FLUSH: usize = 16;

type Answer = oneshot::Sender<Result<(), EngineError>>;

enum Job {
    Write {
        ahead: Vec<Write>,
        writes: Vec<Write>,
        durability: Durability,
        turn: OwnedMutexGuard<()>,
        answer: Answer,
    },
    Flush(Answer),
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
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel();
        let thread = thread::Builder::new()
            .name(format!("pli-store-{database}"))
            .spawn(move || run(engine.as_ref(), &queue))
            .map_err(|error| StoreError::Io(error.kind()))?;
        Ok(Self {
            jobs: std::sync::Mutex::new(Some(jobs)),
            thread: Some(thread),
        })
    }

    /// Makes a change; `turn` is given back once it can be read, even if nobody awaits this.
    pub(crate) async fn write(
        &self,
        ahead: Vec<Write>,
        writes: Vec<Write>,
        durability: Durability,
        turn: OwnedMutexGuard<()>,
    ) -> Result<(), StoreError> {
        self.ask(|answer| Job::Write {
            ahead,
            writes,
            durability,
            turn,
            answer,
        })
        .await
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

fn run(engine: &dyn Engine, queue: &mpsc::Receiver<Job>) {
    while let Ok(job) = queue.recv() {
        let mut waiting = Vec::new();
        perform(engine, job, &mut waiting);
        while !waiting.is_empty() && waiting.len() < SHARED_FLUSH {
            match queue.try_recv() {
                Ok(job) => perform(engine, job, &mut waiting),
                Err(_) => break,
            }
        }
        if !waiting.is_empty() {
            let flushed = guarded(|| engine.flush());
            for answer in waiting {
                // Whoever asked may have gone.
                let _ = answer.send(flushed);
            }
        }
    }
    if guarded(|| engine.flush()).is_err() {
        tracing::error!("the last flush of a database failed");
    }
}

fn perform(engine: &dyn Engine, job: Job, waiting: &mut Vec<Answer>) {
    match job {
        Job::Flush(answer) => waiting.push(answer),
        Job::Write {
            ahead,
            writes,
            durability,
            turn,
            answer,
        } => {
            let applied = guarded(|| intent::apply(engine, &ahead, &writes));
            drop(turn);
            if applied.is_ok() && durability == Durability::Synced {
                waiting.push(answer);
            } else {
                let _ = answer.send(applied);
            }
        }
    }
}

/// sled panics on some faults; the thread must go on to answer those who wait.
fn guarded(act: impl FnOnce() -> Result<(), EngineError>) -> Result<(), EngineError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or(Err(EngineError::Damaged))
}
