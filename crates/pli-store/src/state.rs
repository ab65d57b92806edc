//! matrix-sdk's store of rooms, of the account, and of what waits to be sent.
//!
//! What the server gives again lies in the database `history`: a write returns once it is queued,
//! in order. What only this device knows (unsent requests, drafts) lies in `keys`: a write returns
//! once it would survive a power cut. A sync token is written only after everything before it, in
//! both, is on the disk.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
};

use async_trait::async_trait;
use matrix_sdk_base::{
    MinimalRoomMemberEvent, RoomInfo, RoomMemberships, StateChanges, StateStore, StateStoreDataKey,
    StateStoreDataValue,
    deserialized_responses::{DisplayName, RawAnySyncOrStrippedState},
    ruma::{
        EventId, MilliSecondsSinceUnixEpoch, OwnedEventId, OwnedRoomId, OwnedTransactionId,
        OwnedUserId, RoomId, TransactionId, UserId,
        events::{
            AnyGlobalAccountDataEvent, AnyRoomAccountDataEvent, GlobalAccountDataEventType,
            RoomAccountDataEventType, StateEventType,
            presence::PresenceEvent,
            receipt::{Receipt, ReceiptThread, ReceiptType},
        },
        serde::Raw,
    },
    store::{
        ChildTransactionId, DependentQueuedRequest, DependentQueuedRequestKind, QueueWedgeError,
        QueuedRequest, QueuedRequestKind, RoomLoadSettings, SentRequestKey,
        StoredThreadSubscription,
    },
};

mod changes;
mod expiry;
mod kv;
pub(crate) mod life;
mod receipts;
mod redaction;
mod room_state;
mod rooms;
mod send_queue;
mod tables;
mod threads;

#[cfg(any(test, feature = "fuzz"))]
pub(crate) use tables::KINDS;

pub(crate) use expiry::{Unsent, expire_latest};
pub(crate) use tables::KEPT;

use crate::{error::StoreError, tree::Tree};
use send_queue::Request;
use tables::{ACCOUNT_DATA, PRESENCE, PROFILES, ROOM_ACCOUNT_DATA};

type Result<T, E = StoreError> = std::result::Result<T, E>;

/// [`StateStore`] over two encrypted databases.
pub struct PliStateStore {
    keys: Tree,
    history: Tree,
}

impl fmt::Debug for PliStateStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PliStateStore")
            .finish_non_exhaustive()
    }
}

impl PliStateStore {
    pub(crate) const fn new(keys: Tree, history: Tree) -> Self {
        Self { keys, history }
    }
}

#[async_trait]
impl StateStore for PliStateStore {
    type Error = StoreError;

    async fn get_kv_data(&self, key: StateStoreDataKey<'_>) -> Result<Option<StateStoreDataValue>> {
        self.value(key)
    }

    async fn set_kv_data(
        &self,
        key: StateStoreDataKey<'_>,
        value: StateStoreDataValue,
    ) -> Result<()> {
        self.set_value(key, value).await
    }

    async fn remove_kv_data(&self, key: StateStoreDataKey<'_>) -> Result<()> {
        self.forget_value(key).await
    }

    async fn save_changes(&self, changes: &StateChanges) -> Result<()> {
        loop {
            let written = self.write(changes).await;
            if !self.history.is_to_repeat(&written).await {
                return written;
            }
        }
    }

    async fn get_presence_event(&self, user_id: &UserId) -> Result<Option<Raw<PresenceEvent>>> {
        self.history.at(PRESENCE).id(user_id).get()
    }

    async fn get_presence_events(
        &self,
        user_ids: &[OwnedUserId],
    ) -> Result<Vec<Raw<PresenceEvent>>> {
        let presence = |user| self.history.at(PRESENCE).id(user).get().transpose();
        user_ids.iter().filter_map(presence).collect()
    }

    async fn get_state_event(
        &self,
        room_id: &RoomId,
        event_type: StateEventType,
        state_key: &str,
    ) -> Result<Option<RawAnySyncOrStrippedState>> {
        let events = self.state_events_for(room_id, &event_type, &[state_key])?;
        Ok(events.into_iter().next())
    }

    async fn get_state_events(
        &self,
        room_id: &RoomId,
        event_type: StateEventType,
    ) -> Result<Vec<RawAnySyncOrStrippedState>> {
        self.state_events(room_id, &event_type).await
    }

    async fn get_state_events_for_keys(
        &self,
        room_id: &RoomId,
        event_type: StateEventType,
        state_keys: &[&str],
    ) -> Result<Vec<RawAnySyncOrStrippedState>> {
        self.state_events_for(room_id, &event_type, state_keys)
    }

    async fn get_profile(
        &self,
        room_id: &RoomId,
        user_id: &UserId,
    ) -> Result<Option<MinimalRoomMemberEvent>> {
        self.history.at(PROFILES).id(room_id).id(user_id).get()
    }

    async fn get_profiles<'a>(
        &self,
        room_id: &RoomId,
        user_ids: &'a [OwnedUserId],
    ) -> Result<BTreeMap<&'a UserId, MinimalRoomMemberEvent>> {
        self.profiles(room_id, user_ids)
    }

    async fn get_user_ids(
        &self,
        room_id: &RoomId,
        memberships: RoomMemberships,
    ) -> Result<Vec<OwnedUserId>> {
        self.user_ids(room_id, memberships).await
    }

    async fn get_room_infos(&self, room_load_settings: &RoomLoadSettings) -> Result<Vec<RoomInfo>> {
        self.room_infos(room_load_settings).await
    }

    async fn get_users_with_display_name(
        &self,
        room_id: &RoomId,
        display_name: &DisplayName,
    ) -> Result<BTreeSet<OwnedUserId>> {
        let names = [display_name.clone()];
        let mut users = self.users_with_display_names(room_id, &names)?;
        Ok(users.remove(display_name).unwrap_or_default())
    }

    async fn get_users_with_display_names<'a>(
        &self,
        room_id: &RoomId,
        display_names: &'a [DisplayName],
    ) -> Result<HashMap<&'a DisplayName, BTreeSet<OwnedUserId>>> {
        self.users_with_display_names(room_id, display_names)
    }

    async fn get_account_data_event(
        &self,
        event_type: GlobalAccountDataEventType,
    ) -> Result<Option<Raw<AnyGlobalAccountDataEvent>>> {
        let account = self.history.at(ACCOUNT_DATA);
        account.id(event_type.to_string()).get()
    }

    async fn get_room_account_data_event(
        &self,
        room_id: &RoomId,
        event_type: RoomAccountDataEventType,
    ) -> Result<Option<Raw<AnyRoomAccountDataEvent>>> {
        let room = self.history.at(ROOM_ACCOUNT_DATA).id(room_id);
        room.id(event_type.to_string()).get()
    }

    async fn get_user_room_receipt_event(
        &self,
        room_id: &RoomId,
        receipt_type: ReceiptType,
        thread: ReceiptThread,
        user_id: &UserId,
    ) -> Result<Option<(OwnedEventId, Receipt)>> {
        self.receipt_of_user(room_id, &receipt_type, &thread, user_id)
    }

    async fn get_event_room_receipt_events(
        &self,
        room_id: &RoomId,
        receipt_type: ReceiptType,
        thread: ReceiptThread,
        event_id: &EventId,
    ) -> Result<Vec<(OwnedUserId, Receipt)>> {
        self.receipts_of_event(room_id, &receipt_type, &thread, event_id)
    }

    async fn get_custom_value(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.custom_value(key)
    }

    async fn set_custom_value(&self, key: &[u8], value: Vec<u8>) -> Result<Option<Vec<u8>>> {
        self.replace_custom_value(key, Some(value)).await
    }

    async fn set_custom_value_no_read(&self, key: &[u8], value: Vec<u8>) -> Result<()> {
        self.set_custom(key, value).await
    }

    async fn remove_custom_value(&self, key: &[u8]) -> Result<Option<Vec<u8>>> {
        self.replace_custom_value(key, None).await
    }

    async fn remove_room(&self, room_id: &RoomId) -> Result<()> {
        self.forget_room(room_id).await
    }

    async fn save_send_queue_request(
        &self,
        room_id: &RoomId,
        transaction_id: OwnedTransactionId,
        created_at: MilliSecondsSinceUnixEpoch,
        request: QueuedRequestKind,
        priority: usize,
    ) -> Result<()> {
        self.queue(Request {
            room_id: room_id.to_owned(),
            transaction_id,
            kind: request,
            error: None,
            priority,
            created_at,
        })
        .await
    }

    async fn update_send_queue_request(
        &self,
        room_id: &RoomId,
        transaction_id: &TransactionId,
        content: QueuedRequestKind,
    ) -> Result<bool> {
        self.change_request(room_id, transaction_id, |request| {
            request.kind = content;
            request.error = None;
        })
        .await
    }

    async fn remove_send_queue_request(
        &self,
        room_id: &RoomId,
        transaction_id: &TransactionId,
    ) -> Result<bool> {
        self.remove_request(room_id, transaction_id).await
    }

    async fn load_send_queue_requests(&self, room_id: &RoomId) -> Result<Vec<QueuedRequest>> {
        self.requests(room_id)
    }

    async fn update_send_queue_request_status(
        &self,
        room_id: &RoomId,
        transaction_id: &TransactionId,
        error: Option<QueueWedgeError>,
    ) -> Result<()> {
        let change = |request: &mut Request| request.error = error;
        self.change_request(room_id, transaction_id, change).await?;
        Ok(())
    }

    async fn load_rooms_with_unsent_requests(&self) -> Result<Vec<OwnedRoomId>> {
        self.rooms_with_requests()
    }

    async fn save_dependent_queued_request(
        &self,
        room_id: &RoomId,
        parent_txn_id: &TransactionId,
        own_txn_id: ChildTransactionId,
        created_at: MilliSecondsSinceUnixEpoch,
        content: DependentQueuedRequestKind,
    ) -> Result<()> {
        let request = DependentQueuedRequest {
            own_transaction_id: own_txn_id,
            kind: content,
            parent_transaction_id: parent_txn_id.to_owned(),
            parent_key: None,
            created_at,
        };
        self.queue_dependent(room_id, request).await
    }

    async fn mark_dependent_queued_requests_as_ready(
        &self,
        room_id: &RoomId,
        parent_txn_id: &TransactionId,
        sent_parent_key: SentRequestKey,
    ) -> Result<usize> {
        self.mark_ready(room_id, parent_txn_id, sent_parent_key)
            .await
    }

    async fn update_dependent_queued_request(
        &self,
        room_id: &RoomId,
        own_transaction_id: &ChildTransactionId,
        new_content: DependentQueuedRequestKind,
    ) -> Result<bool> {
        self.change_dependent(room_id, own_transaction_id, new_content)
            .await
    }

    async fn remove_dependent_queued_request(
        &self,
        room: &RoomId,
        own_txn_id: &ChildTransactionId,
    ) -> Result<bool> {
        self.remove_dependent(room, own_txn_id).await
    }

    async fn load_dependent_queued_requests(
        &self,
        room: &RoomId,
    ) -> Result<Vec<DependentQueuedRequest>> {
        self.dependents(room)
    }

    async fn upsert_thread_subscriptions(
        &self,
        updates: Vec<(&RoomId, &EventId, StoredThreadSubscription)>,
    ) -> Result<()> {
        self.subscribe(updates).await
    }

    async fn remove_thread_subscription(&self, room: &RoomId, thread_id: &EventId) -> Result<()> {
        self.unsubscribe(room, thread_id).await
    }

    async fn load_thread_subscription(
        &self,
        room: &RoomId,
        thread_id: &EventId,
    ) -> Result<Option<StoredThreadSubscription>> {
        self.subscription(room, thread_id)
    }

    async fn close(&self) -> Result<()> {
        // The databases close with the last of their users.
        self.history.flush().await?;
        self.keys.flush().await
    }

    async fn reopen(&self) -> Result<()> {
        Ok(())
    }

    async fn optimize(&self) -> Result<()> {
        // The engine gives space back by itself.
        Ok(())
    }

    /// Of the database `history`; the crypto store tells that of `keys`.
    async fn get_size(&self) -> Result<Option<usize>> {
        Ok(usize::try_from(self.history.size()?).ok())
    }
}

#[cfg(test)]
mod tests;
