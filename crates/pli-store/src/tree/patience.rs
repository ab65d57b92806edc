//! What a sync brings is not refused on a full disk: it waits for space.
//!
//! The SDK has already changed what it holds in memory when it writes down the events of a room;
//! were that refused, the two would differ from then on. What a person asks for is refused at
//! once, so that they know.

use tokio::sync::watch;

use super::Tree;
use crate::{disk_status::DiskStatus, error::StoreError};

/// Ends all waiting, for good.
pub(super) struct Patience(watch::Sender<bool>);

impl Default for Patience {
    fn default() -> Self {
        Self(watch::Sender::new(true))
    }
}

impl Tree {
    /// Whether a change was refused by a full disk and is to be made anew: there is space again.
    pub(crate) async fn is_to_repeat(&self, made: &Result<(), StoreError>) -> bool {
        matches!(made, Err(StoreError::DiskFull)) && self.wait_for_space().await
    }

    /// Returns once the disk is not full, or nobody shall wait any more: whether it is the former.
    pub(crate) async fn wait_for_space(&self) -> bool {
        let mut disk = self.disk_status();
        let mut patience = self.0.patience.0.subscribe();
        tokio::select! {
            space = disk.wait_for(|status| *status != DiskStatus::Full) => space.is_ok(),
            _ = patience.wait_for(|goes_on| !goes_on) => false,
        }
    }

    /// Returns once nobody shall wait any more.
    pub(crate) async fn waiting_ended(&self) {
        let mut patience = self.0.patience.0.subscribe();
        // It is told until the database closes, and it is in use here.
        let _ = patience.wait_for(|goes_on| !goes_on).await;
    }

    /// From now on, changes that wait for space are refused.
    pub(crate) fn end_waiting(&self) {
        self.0.patience.0.send_replace(false);
    }
}
