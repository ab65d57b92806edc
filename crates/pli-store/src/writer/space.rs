//! Refuses changes before the disk is full.
//!
//! An engine that once met a full disk fails at every call until it is reopened, and may have lost
//! what was not flushed. So some space is left free, in which it never has to write.

use std::time::{Duration, Instant};

use tokio::sync::watch;

use super::Change;
use crate::{
    disk::RESERVE_BYTES,
    disk_status::DiskStatus,
    engine::{EngineError, Successors},
};

/// With so much more than the reserve a full disk is ready again: else it might be so by turns.
const MARGIN_BYTES: u64 = 16 * 1024 * 1024;

/// Below this not even removals are made. They take little, and the user may be at giving space
/// back.
const LEAST_BYTES: u64 = 16 * 1024 * 1024;

/// Others write to the disk too.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// A large change is written twice, and the engine writes about as much to make room.
const COST: u64 = 4;

/// What is known of the space on the disk.
pub(super) struct Space {
    status: watch::Sender<DiskStatus>,
    looked: Option<Instant>,
    /// At the last look, less what was written since.
    left: u64,
}

impl Space {
    pub(super) const fn new(status: watch::Sender<DiskStatus>) -> Self {
        Self {
            status,
            looked: None,
            left: 0,
        }
    }

    pub(super) fn status(&self) -> DiskStatus {
        *self.status.borrow()
    }

    pub(super) fn tell(&self, status: DiskStatus) {
        let told = |last: &mut DiskStatus| std::mem::replace(last, status) != status;
        if self.status.send_if_modified(told) {
            tracing::warn!(?status, "the status of the disk has changed");
        }
    }

    pub(super) fn tell_of(&mut self, error: EngineError) {
        // Whatever was found at the last look.
        self.looked = None;
        self.tell(match error {
            EngineError::DiskFull => DiskStatus::Full,
            _ => DiskStatus::Failing,
        });
    }

    /// How long until the next look, if one is due without a change.
    pub(super) fn pause(&self) -> Option<Duration> {
        (self.status() != DiskStatus::Ready).then_some(BETWEEN_LOOKS)
    }

    /// Lets a change pass if there is space for it, which is then taken.
    pub(super) fn admit(
        &mut self,
        change: &Change,
        successors: &dyn Successors,
    ) -> Result<(), EngineError> {
        let cost = COST.saturating_mul(change.bytes() as u64);
        let floor = if change.only_removes() {
            LEAST_BYTES
        } else {
            self.floor()
        };
        let needed = floor.saturating_add(cost);
        let outdated = self.looked.is_none_or(|at| at.elapsed() > BETWEEN_LOOKS);
        if outdated || self.left < needed {
            self.look(successors);
        }
        if self.left < needed {
            self.tell(DiskStatus::Full);
            return Err(EngineError::DiskFull);
        }
        self.left = self.left.saturating_sub(cost);
        Ok(())
    }

    /// Whether there is as much space as it takes to be ready.
    pub(super) fn is_enough(&mut self, successors: &dyn Successors) -> bool {
        self.look(successors);
        self.left >= self.floor()
    }

    fn floor(&self) -> u64 {
        match self.status() {
            DiskStatus::Full => RESERVE_BYTES + MARGIN_BYTES,
            DiskStatus::Ready | DiskStatus::Failing => RESERVE_BYTES,
        }
    }

    #[cfg(test)]
    pub(super) fn forget(&mut self) {
        self.looked = None;
    }

    fn look(&mut self, successors: &dyn Successors) {
        self.looked = Some(Instant::now());
        // A disk that does not even tell this will refuse the write itself.
        self.left = successors.space().unwrap_or(u64::MAX);
    }
}
