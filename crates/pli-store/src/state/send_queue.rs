//! Requests that wait to be sent, and those that wait for one of them. No server knows of them
//! yet, so that each write returns once it would survive a power cut.

use std::{cmp::Reverse, ops::ControlFlow};

use matrix_sdk_base::{
    ruma::{MilliSecondsSinceUnixEpoch, OwnedRoomId, OwnedTransactionId, RoomId, TransactionId},
    store::{
        ChildTransactionId, DependentQueuedRequest, DependentQueuedRequestKind, QueueWedgeError,
        QueuedRequest, QueuedRequestKind, SentRequestKey,
    },
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{
    PliStateStore, life,
    tables::{DEPENDENT, SEND_QUEUE},
};
use crate::{batch::Durability, engine::Direction, error::StoreError, tree::Place};

/// A request as it is stored. The room is told because keys hide it.
#[derive(Serialize, Deserialize)]
pub(super) struct Request {
    pub(super) room_id: OwnedRoomId,
    pub(super) transaction_id: OwnedTransactionId,
    pub(super) kind: QueuedRequestKind,
    pub(super) error: Option<QueueWedgeError>,
    pub(super) priority: usize,
    pub(super) created_at: MilliSecondsSinceUnixEpoch,
}

impl From<Request> for QueuedRequest {
    fn from(request: Request) -> Self {
        Self {
            kind: request.kind,
            transaction_id: request.transaction_id,
            error: request.error,
            priority: request.priority,
            created_at: request.created_at,
        }
    }
}

impl PliStateStore {
    pub(super) async fn queue(&self, mut request: Request) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        life::put_into(&self.keys, &mut request, None)?;
        let room = self.keys.at(SEND_QUEUE).id(&request.room_id);
        batch.put(&after_last(&room)?, &request)?;
        batch.commit(Durability::Synced).await
    }

    /// Changes a request; whether it was there.
    pub(super) async fn change_request(
        &self,
        room: &RoomId,
        transaction: &TransactionId,
        change: impl FnOnce(&mut Request) + Send,
    ) -> Result<bool, StoreError> {
        let mut batch = self.keys.batch().await;
        let Some((place, mut request)) = self.request(room, transaction)? else {
            return Ok(false);
        };
        let replaced = request.kind.clone();
        change(&mut request);
        life::put_into(&self.keys, &mut request, Some(&replaced))?;
        batch.put(&place, &request)?;
        batch.commit(Durability::Synced).await?;
        Ok(true)
    }

    /// Whether it was there.
    pub(super) async fn remove_request(
        &self,
        room: &RoomId,
        transaction: &TransactionId,
    ) -> Result<bool, StoreError> {
        let mut batch = self.keys.batch().await;
        let Some((place, _)) = self.request(room, transaction)? else {
            return Ok(false);
        };
        batch.erase(&place)?;
        batch.remove(&life::place(&self.keys, room, transaction));
        batch.commit(Durability::Synced).await?;
        Ok(true)
    }

    /// A room has few requests: no index is worth its writes.
    fn request(
        &self,
        room: &RoomId,
        transaction: &TransactionId,
    ) -> Result<Option<(Place<'_, Request>, Request)>, StoreError> {
        let room = self.keys.at(SEND_QUEUE).id(room);
        let requests = numbered(&room)?.into_iter();
        let mut requests = requests.filter(|(_, request)| request.transaction_id == transaction);
        Ok(requests
            .next()
            .map(|(number, request)| (room.order(number), request)))
    }

    /// The most urgent first; of those equally urgent, the oldest.
    pub(super) fn requests(&self, room: &RoomId) -> Result<Vec<QueuedRequest>, StoreError> {
        let mut requests = self.keys.at(SEND_QUEUE).id(room).all()?;
        requests.sort_by_key(|request| Reverse(request.priority));
        Ok(requests.into_iter().map(Into::into).collect())
    }

    pub(super) fn rooms_with_requests(&self) -> Result<Vec<OwnedRoomId>, StoreError> {
        let requests = self.keys.at(SEND_QUEUE).all()?;
        let mut rooms: Vec<_> = requests.into_iter().map(|r| r.room_id).collect();
        // Requests of one room lie together.
        rooms.dedup();
        Ok(rooms)
    }

    pub(super) async fn queue_dependent(
        &self,
        room: &RoomId,
        request: DependentQueuedRequest,
    ) -> Result<(), StoreError> {
        let mut batch = self.keys.batch().await;
        batch.put(&after_last(&self.keys.at(DEPENDENT).id(room))?, &request)?;
        batch.commit(Durability::Synced).await
    }

    /// How many there were.
    pub(super) async fn mark_ready(
        &self,
        room: &RoomId,
        parent: &TransactionId,
        sent: SentRequestKey,
    ) -> Result<usize, StoreError> {
        let mut batch = self.keys.batch().await;
        let room = self.keys.at(DEPENDENT).id(room);
        let mut marked = 0;
        for (number, mut request) in numbered(&room)? {
            if request.parent_transaction_id == parent {
                request.parent_key = Some(sent.clone());
                batch.put(&room.clone().order(number), &request)?;
                marked += 1;
            }
        }
        batch.commit(Durability::Synced).await?;
        Ok(marked)
    }

    /// Whether it was there.
    pub(super) async fn change_dependent(
        &self,
        room: &RoomId,
        own: &ChildTransactionId,
        kind: DependentQueuedRequestKind,
    ) -> Result<bool, StoreError> {
        let mut batch = self.keys.batch().await;
        let Some((place, mut request)) = self.dependent(room, own)? else {
            return Ok(false);
        };
        request.kind = kind;
        batch.put(&place, &request)?;
        batch.commit(Durability::Synced).await?;
        Ok(true)
    }

    /// Whether it was there.
    pub(super) async fn remove_dependent(
        &self,
        room: &RoomId,
        own: &ChildTransactionId,
    ) -> Result<bool, StoreError> {
        let mut batch = self.keys.batch().await;
        let Some((place, _)) = self.dependent(room, own)? else {
            return Ok(false);
        };
        batch.erase(&place)?;
        batch.remove(&life::place(&self.keys, room, own));
        batch.commit(Durability::Synced).await?;
        Ok(true)
    }

    fn dependent(
        &self,
        room: &RoomId,
        own: &ChildTransactionId,
    ) -> Result<Option<(Place<'_, DependentQueuedRequest>, DependentQueuedRequest)>, StoreError>
    {
        let room = self.keys.at(DEPENDENT).id(room);
        let requests = numbered(&room)?.into_iter();
        let mut requests = requests.filter(|(_, request)| request.own_transaction_id == *own);
        Ok(requests
            .next()
            .map(|(number, request)| (room.order(number), request)))
    }

    pub(super) fn dependents(
        &self,
        room: &RoomId,
    ) -> Result<Vec<DependentQueuedRequest>, StoreError> {
        self.keys.at(DEPENDENT).id(room).all()
    }
}

/// The records of a room with their numbers, the oldest first.
pub(super) fn numbered<V: DeserializeOwned>(
    room: &Place<'_, V>,
) -> Result<Vec<(u64, V)>, StoreError> {
    let mut found = Vec::new();
    room.each(.., Direction::Forward, |tail, value| {
        found.extend(tail.order().map(|number| (number, value)));
        ControlFlow::Continue(())
    })?;
    Ok(found)
}

/// The place of a new record of a room. Numbers may be used again once the last ones are gone.
fn after_last<'a, V: DeserializeOwned>(room: &Place<'a, V>) -> Result<Place<'a, V>, StoreError> {
    let mut last = None;
    room.each(.., Direction::Backward, |tail, _| {
        last = tail.order();
        ControlFlow::Break(())
    })?;
    Ok(room.clone().order(last.map_or(0, |number| number + 1)))
}
