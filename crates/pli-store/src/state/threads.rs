//! Which threads the user follows.

use matrix_sdk_base::{
    ruma::{EventId, RoomId},
    store::{StoredThreadSubscription, compare_thread_subscription_bump_stamps},
};

use super::{PliStateStore, tables::SUBSCRIPTIONS};
use crate::{batch::Durability, error::StoreError};

/// The status by its name, and the bump stamp.
pub(super) type Subscription = (String, Option<u64>);

impl PliStateStore {
    pub(super) async fn subscribe(
        &self,
        updates: Vec<(&RoomId, &EventId, StoredThreadSubscription)>,
    ) -> Result<(), StoreError> {
        let mut batch = self.history.batch().await;
        for (room, thread, mut new) in updates {
            let place = self.history.at(SUBSCRIPTIONS).id(room).id(thread);
            if let Some((_, previous)) = batch.get(&place)?
                && !compare_thread_subscription_bump_stamps(previous, &mut new.bump_stamp)
            {
                continue;
            }
            batch.put_as(&place, &(new.status.as_str(), new.bump_stamp))?;
        }
        batch.commit(Durability::Queued).await
    }

    pub(super) fn subscription(
        &self,
        room: &RoomId,
        thread: &EventId,
    ) -> Result<Option<StoredThreadSubscription>, StoreError> {
        let place = self.history.at(SUBSCRIPTIONS).id(room).id(thread);
        let Some((status, bump_stamp)) = place.get()? else {
            return Ok(None);
        };
        let status = status.parse().map_err(|()| StoreError::Shape)?;
        Ok(Some(StoredThreadSubscription { status, bump_stamp }))
    }

    pub(super) async fn unsubscribe(
        &self,
        room: &RoomId,
        thread: &EventId,
    ) -> Result<(), StoreError> {
        let mut batch = self.history.batch().await;
        batch.remove(&self.history.at(SUBSCRIPTIONS).id(room).id(thread));
        batch.commit(Durability::Queued).await
    }
}
