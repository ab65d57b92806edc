//! Whether a profile's disk takes what is written, and waiting until it does.

use tokio::sync::watch;

/// Whether a profile's disk takes what is written. Reading goes on in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiskStatus {
    /// It does.
    #[default]
    Ready,
    /// Too little space is left: nothing is written until there is more.
    Full,
    /// The disk or the file system fails: each write is tried anew, and may fail.
    Failing,
}

/// Tells the statuses of both databases, which are on one disk, as one.
#[derive(Clone, Debug)]
pub struct DiskWatch {
    databases: [watch::Receiver<DiskStatus>; 2],
    told: DiskStatus,
}

impl DiskWatch {
    pub(crate) fn new(databases: [watch::Receiver<DiskStatus>; 2]) -> Self {
        let mut watch = Self {
            databases,
            told: DiskStatus::Ready,
        };
        watch.told = watch.now();
        watch
    }

    /// As it was when this was made, or last told.
    #[must_use]
    pub const fn told(&self) -> DiskStatus {
        self.told
    }

    /// As it is now.
    #[must_use]
    pub fn now(&self) -> DiskStatus {
        let [one, other] = &self.databases;
        let (one, other) = (*one.borrow(), *other.borrow());
        one.max(other)
    }

    /// The next status that is another than was told; nothing once the stores have closed.
    pub async fn changed(&mut self) -> Option<DiskStatus> {
        while self.now() == self.told {
            let [one, other] = &mut self.databases;
            let changed = tokio::select! {
                changed = one.changed() => changed,
                changed = other.changed() => changed,
            };
            changed.ok()?;
        }
        self.told = self.now();
        Some(self.told)
    }

    /// Returns once the disk is ready, or the stores have closed.
    pub async fn ready(&mut self) {
        while self.now() != DiskStatus::Ready {
            if self.changed().await.is_none() {
                return;
            }
        }
    }
}
