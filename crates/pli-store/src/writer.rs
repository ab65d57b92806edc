//! The one thread that writes to a database.
//!
//! sled has deadlocked under writers and flushes from many threads; here they all come from one.
//! Changes are made in the order they are asked for. Those that wait for the disk share a flush
//! when several are queued. While nothing is asked for, it copies what [`compaction`] rewrites.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, PoisonError,
        mpsc::{self, RecvTimeoutError},
    },
    thread::{self, JoinHandle},
};

mod compaction;
mod copying;
mod settling;
mod space;

use compaction::Compaction;
use settling::Ledger;
use space::Space;
use tokio::sync::{OwnedMutexGuard, oneshot, watch};

use crate::{
    batch::Durability,
    disk_status::DiskStatus,
    engine::{EngineError, Successors, Write, live::Live},
    error::StoreError,
    key::domain,
    second_copy::SecondCopy,
};

/// A flush waits for no more changes than this.
const SHARED_FLUSH: usize = 16;

/// About what a write takes beside its bytes.
const WRITE_BYTES: usize = 128;

type Answer = oneshot::Sender<Result<(), EngineError>>;

enum Job {
    Write(Change, OwnedMutexGuard<()>, Answer),
    Flush(Answer),
    Renew(Answer),
    Compact(Answer),
}

/// Writes that are made as one.
pub(crate) struct Change {
    /// See [`crate::intent::apply`].
    pub(crate) ahead: Vec<Write>,
    pub(crate) writes: Vec<Write>,
    /// Those of both that are kept twice.
    pub(crate) kept: Vec<Write>,
    pub(crate) durability: Durability,
}

impl Change {
    /// About what it takes.
    fn bytes(&self) -> usize {
        let bytes =
            |(key, value): &Write| WRITE_BYTES + key.len() + value.as_ref().map_or(0, Vec::len);
        self.ahead.iter().chain(&self.writes).map(bytes).sum()
    }

    /// Apart from the note that something was erased.
    fn only_removes(&self) -> bool {
        self.ahead
            .iter()
            .chain(&self.writes)
            .all(|(key, value)| value.is_none() || key.first() == Some(&domain::ERASED))
    }
}

/// A database and its second copy, if it has one.
struct Copies {
    first: Compaction,
    second: Option<SecondCopy>,
    ledger: Ledger,
    space: Space,
}

/// Hands changes to the thread; dropping it flushes and ends the thread.
pub(crate) struct Writer {
    jobs: std::sync::Mutex<Option<mpsc::Sender<Job>>>,
    thread: Option<JoinHandle<()>>,
    disk_status: watch::Receiver<DiskStatus>,
}

impl Writer {
    pub(crate) fn start(
        live: Arc<Live>,
        successors: Box<dyn Successors>,
        database: &'static str,
        second: Option<SecondCopy>,
        last: Option<Change>,
    ) -> Result<Self, StoreError> {
        let (jobs, queue) = mpsc::channel();
        let first = Compaction::new(live, successors);
        let (status, disk_status) = watch::channel(DiskStatus::default());
        let mut copies = Copies {
            first,
            ledger: Ledger::owing(second.as_ref().is_some_and(SecondCopy::is_owed)),
            second,
            space: Space::new(status),
        };
        copies.look();
        let thread = thread::Builder::new()
            .name(format!("pli-store-{database}"))
            .spawn(move || copies.run(&queue, last))
            .map_err(|error| StoreError::Io(error.kind()))?;
        Ok(Self {
            jobs: std::sync::Mutex::new(Some(jobs)),
            thread: Some(thread),
            disk_status,
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

    /// Rewrites the database. Returns once what was removed before is in none of its files.
    pub(crate) async fn compact(&self) -> Result<(), StoreError> {
        self.ask(Job::Compact).await
    }

    pub(crate) fn disk_status(&self) -> watch::Receiver<DiskStatus> {
        self.disk_status.clone()
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
    /// Does what is asked for; `last`, once nobody can ask any more.
    fn run(&mut self, queue: &mpsc::Receiver<Job>, last: Option<Change>) {
        while let Some(job) = self.next_job(queue) {
            let mut waiting = Vec::new();
            self.perform(job, &mut waiting);
            while !waiting.is_empty() && waiting.len() < SHARED_FLUSH {
                match queue.try_recv() {
                    Ok(job) => self.perform(job, &mut waiting),
                    Err(_) => break,
                }
            }
            if !waiting.is_empty() {
                let flushed = self.flush();
                for answer in waiting {
                    // Whoever asked may have gone.
                    let _ = answer.send(flushed);
                }
            } else if self.ledger.is_long() {
                // A failure is settled before anything else is written.
                let _ = self.flush();
            }
        }
        self.first.end();
        let last = last.map_or(Ok(()), |last| self.apply(last));
        if last.and(self.flush()).is_err() {
            tracing::error!("the last flush of a database failed");
        }
    }

    /// Waits for the next job; meanwhile a compaction goes on, or space is looked for.
    fn next_job(&mut self, queue: &mpsc::Receiver<Job>) -> Option<Job> {
        loop {
            let step = self.first.pause();
            if step.is_some() && self.first.is_overdue() {
                self.first.step();
                continue;
            }
            let Some(pause) = step.or(self.space.pause()) else {
                return queue.recv().ok();
            };
            match queue.recv_timeout(pause) {
                Ok(job) => return Some(job),
                Err(RecvTimeoutError::Timeout) if step.is_some() => self.first.step(),
                Err(RecvTimeoutError::Timeout) => self.look(),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    fn perform(&mut self, job: Job, waiting: &mut Vec<Answer>) {
        match job {
            Job::Flush(answer) => waiting.push(answer),
            Job::Compact(answer) => self.first.ask(answer),
            Job::Renew(answer) => {
                let _ = answer.send(self.settle().and_then(|_| guarded(|| self.renew())));
            }
            Job::Write(change, turn, answer) => {
                let durability = change.durability;
                let applied = self.apply(change);
                drop(turn);
                if applied.is_ok() && durability == Durability::Synced {
                    waiting.push(answer);
                } else {
                    let _ = answer.send(applied);
                }
            }
        }
    }

    fn renew(&mut self) -> Result<(), EngineError> {
        match &mut self.second {
            Some(second) => {
                second
                    .renew(self.first.engine().as_ref())
                    .map_err(|error| match error {
                        StoreError::DiskFull => EngineError::DiskFull,
                        StoreError::Io(kind) => EngineError::Io(kind),
                        _ => EngineError::Damaged,
                    })
            }
            None => Ok(()),
        }
    }
}

/// sled panics on some faults; the thread must go on to answer those who wait.
fn guarded<T>(act: impl FnOnce() -> Result<T, EngineError>) -> Result<T, EngineError> {
    catch_unwind(AssertUnwindSafe(act)).unwrap_or(Err(EngineError::Damaged))
}
