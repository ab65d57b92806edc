//! What a full or failing disk means to the account.

use std::error::Error;

use futures_util::{Stream, StreamExt as _, stream};
use matrix_sdk::send_queue::{RoomSendQueueError, RoomSendQueueStorageError};
use matrix_sdk_base::{
    event_cache::store::EventCacheStoreError, media::store::MediaStoreError,
    store::StoreError as StateStoreError,
};
use pli_store::{DiskStatus, DiskWatch, StoreError};

use crate::sync::SyncStatus;

/// Whether a request of the SDK failed because the disk is full.
#[must_use]
pub fn is_full(error: &matrix_sdk::Error) -> bool {
    match error {
        matrix_sdk::Error::StateStore(error) => of_state(error),
        matrix_sdk::Error::EventCacheStore(error) => of_events(error),
        matrix_sdk::Error::MediaStore(error) => of_media(error),
        _ => false,
    }
}

/// Whether a message could not be queued because the disk is full.
#[must_use]
pub fn is_full_for_queue(error: &RoomSendQueueError) -> bool {
    let RoomSendQueueError::StorageError(error) = error else {
        return false;
    };
    match error {
        RoomSendQueueStorageError::StateStoreError(error) => of_state(error),
        RoomSendQueueStorageError::EventCacheStoreError(error) => of_events(error),
        RoomSendQueueStorageError::MediaStoreError(error) => of_media(error),
        _ => false,
    }
}

fn of_state(error: &StateStoreError) -> bool {
    matches!(error, StateStoreError::Backend(error) if told_by(error.as_ref()))
}

fn of_events(error: &EventCacheStoreError) -> bool {
    matches!(error, EventCacheStoreError::Backend(error) if told_by(error.as_ref()))
}

fn of_media(error: &MediaStoreError) -> bool {
    matches!(error, MediaStoreError::Backend(error) if told_by(error.as_ref()))
}

fn told_by(error: &(dyn Error + Send + Sync + 'static)) -> bool {
    error
        .downcast_ref::<StoreError>()
        .is_some_and(StoreError::is_disk_full)
}

/// The statuses of a disk, now and from now on.
pub(crate) fn statuses(disk: DiskWatch) -> impl Stream<Item = DiskStatus> + Send + use<> {
    let now = stream::once(std::future::ready(disk.told()));
    let later = stream::unfold(disk, |mut disk| async {
        let status = disk.changed().await?;
        Some((status, disk))
    });
    now.chain(later)
}

/// Whether messages flow, which they do not on a disk that takes nothing.
pub(crate) fn with_disk(
    flow: impl Stream<Item = SyncStatus>,
    disk: impl Stream<Item = DiskStatus>,
) -> impl Stream<Item = SyncStatus> {
    let changes = stream::select(
        flow.map(|flow| (Some(flow), None)),
        disk.map(|disk| (None, Some(disk))),
    );
    let unknown = (None, DiskStatus::Ready, None);
    let told = changes.scan(unknown, |(last_flow, last_disk, told), (flow, disk)| {
        *last_flow = flow.or(*last_flow);
        *last_disk = disk.unwrap_or(*last_disk);
        let status = match last_disk {
            DiskStatus::Ready => *last_flow,
            DiskStatus::Full => Some(SyncStatus::DiskFull),
            DiskStatus::Failing => Some(SyncStatus::DiskFailing),
        };
        let changed = status.filter(|_| status != *told);
        *told = status;
        std::future::ready(Some(changed))
    });
    told.filter_map(std::future::ready)
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;
    use pli_store::Stores;
    use tokio::sync::mpsc;

    use super::*;

    fn channel<T>() -> (mpsc::UnboundedSender<T>, impl Stream<Item = T>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        let stream = stream::unfold(receiver, |mut receiver| async {
            Some((receiver.recv().await?, receiver))
        });
        (sender, stream)
    }

    #[test]
    fn a_full_disk_is_told_before_the_network_and_passes_by_itself() {
        let (flow, flows) = channel();
        let (disk, disks) = channel();
        let mut told = std::pin::pin!(with_disk(flows, disks));
        let mut next = || told.next().now_or_never().flatten();
        flow.send(SyncStatus::Online).unwrap();
        assert_eq!(next(), Some(SyncStatus::Online));

        disk.send(DiskStatus::Full).unwrap();
        assert_eq!(next(), Some(SyncStatus::DiskFull));
        flow.send(SyncStatus::Failed).unwrap();
        assert_eq!(next(), None, "the sync fails because of it");
        flow.send(SyncStatus::Connecting).unwrap();
        disk.send(DiskStatus::Ready).unwrap();
        assert_eq!(next(), Some(SyncStatus::Connecting));

        disk.send(DiskStatus::Failing).unwrap();
        assert_eq!(next(), Some(SyncStatus::DiskFailing));
        disk.send(DiskStatus::Ready).unwrap();
        assert_eq!(next(), Some(SyncStatus::Connecting));
    }

    #[tokio::test]
    async fn a_disk_is_told_ready_from_the_start() {
        let stores = Stores::in_memory().unwrap();
        let mut told = std::pin::pin!(statuses(stores.disk_status()));
        assert_eq!(told.next().await, Some(DiskStatus::Ready));
        assert_eq!(told.next().now_or_never(), None, "and nothing more");
    }

    #[test]
    fn a_full_disk_is_found_in_what_the_sdk_wraps_it_in() {
        let full = || StateStoreError::from(StoreError::DiskFull);
        assert!(is_full(&full().into()));
        let queue = RoomSendQueueStorageError::StateStoreError(full());
        assert!(is_full_for_queue(&RoomSendQueueError::StorageError(queue)));
        let media = RoomSendQueueStorageError::MediaStoreError(StoreError::DiskFull.into());
        assert!(is_full_for_queue(&RoomSendQueueError::StorageError(media)));

        let damaged = StateStoreError::from(StoreError::Damaged);
        assert!(!is_full(&damaged.into()));
        assert!(!is_full_for_queue(&RoomSendQueueError::RoomNotJoined));
    }
}
