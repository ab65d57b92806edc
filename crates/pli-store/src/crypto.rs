//! matrix-sdk's store of encryption keys.
//!
//! Everything lies in the database `keys`, and every write returns once it would survive a power
//! cut: no server can give these records back.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use async_trait::async_trait;
use matrix_sdk_base::{
    cross_process_lock::{
        CrossProcessLockGeneration,
        memory_store_helper::{Lease, try_take_leased_lock},
    },
    ruma::{
        DeviceId, OwnedDeviceId, RoomId, TransactionId, UserId, events::secret::request::SecretName,
    },
};
use matrix_sdk_crypto::{
    Account, DeviceData, GossipRequest, SecretInfo, Session, TrackedUser, UserIdentityData,
    olm::{
        InboundGroupSession, OlmMessageHash, OutboundGroupSession, PrivateCrossSigningIdentity,
        SenderDataType, StaticAccountData,
    },
    store::{
        CryptoStore,
        types::{
            BackupKeys, Changes, DehydratedDeviceKey, PendingChanges, RoomKeyCounts,
            RoomKeyWithheldEntry, RoomPendingKeyBundleDetails, RoomSettings,
            StoredRoomKeyBundleData,
        },
    },
    vodozemac::Curve25519PublicKey,
};
use zeroize::Zeroizing;

mod account;
mod changes;
mod group_sessions;
mod kept;
mod merge;
mod session_cache;
mod tables;
mod values;

#[cfg(any(test, feature = "fuzz"))]
pub(crate) use tables::KINDS;

pub(crate) use kept::kept_keys;
pub(crate) use tables::KEPT;
pub(crate) use values::forget_sync_positions;

use crate::{arrival::Arrival, error::StoreError, tree::Tree};
use session_cache::SessionCache;
use tables::{
    BUNDLES, DEHYDRATED_DEVICE_KEY, DEVICES, DOWNLOADED, IDENTITIES, MESSAGE_HASHES, NEXT_BATCH,
    PENDING_BUNDLES, REQUESTS, ROOM_SETTINGS, TRACKED_USERS, WITHHELD, single,
};

type Result<T, E = StoreError> = std::result::Result<T, E>;

/// [`CryptoStore`] over an encrypted database.
pub struct PliCryptoStore {
    keys: Tree,
    /// Flushed before the position in the server's stream is written.
    history: Tree,
    /// Waited for before that.
    arrival: Arc<Arrival>,
    account: RwLock<Option<StaticAccountData>>,
    cache: SessionCache,
    /// In memory only: one process at a time has the store open.
    leases: Mutex<HashMap<String, Lease>>,
}

impl fmt::Debug for PliCryptoStore {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PliCryptoStore")
            .finish_non_exhaustive()
    }
}

impl PliCryptoStore {
    pub(crate) fn new(keys: Tree, history: Tree, arrival: Arc<Arrival>) -> Self {
        Self {
            keys,
            history,
            arrival,
            account: RwLock::default(),
            cache: SessionCache::default(),
            leases: Mutex::default(),
        }
    }
}

#[async_trait]
impl CryptoStore for PliCryptoStore {
    type Error = StoreError;

    async fn load_account(&self) -> Result<Option<Account>> {
        self.read_account()
    }

    async fn load_identity(&self) -> Result<Option<PrivateCrossSigningIdentity>> {
        self.identity()
    }

    async fn save_changes(&self, changes: Changes) -> Result<()> {
        self.keys.wait_for_space().await;
        self.write(changes).await
    }

    async fn save_pending_changes(&self, changes: PendingChanges) -> Result<()> {
        self.keys.wait_for_space().await;
        self.write_account(changes).await
    }

    async fn save_inbound_group_sessions(
        &self,
        sessions: Vec<InboundGroupSession>,
        _backed_up_to_version: Option<&str>,
    ) -> Result<()> {
        // Each session tells by itself whether it is backed up.
        let mut batch = self.keys.batch().await;
        let written = self.put_group_sessions(&mut batch, sessions).await?;
        self.commit_group_sessions(batch, written).await
    }

    async fn get_sessions(&self, sender_key: &str) -> Result<Option<Vec<Session>>> {
        self.olm_sessions(sender_key)
    }

    async fn get_inbound_group_session(
        &self,
        room_id: &RoomId,
        session_id: &str,
    ) -> Result<Option<InboundGroupSession>> {
        self.group_session(room_id, session_id)
    }

    async fn get_withheld_info(
        &self,
        room_id: &RoomId,
        session_id: &str,
    ) -> Result<Option<RoomKeyWithheldEntry>> {
        self.keys.at(WITHHELD).id(room_id).id(session_id).get()
    }

    async fn get_withheld_sessions_by_room_id(
        &self,
        room_id: &RoomId,
    ) -> Result<Vec<RoomKeyWithheldEntry>> {
        self.keys.at(WITHHELD).id(room_id).all()
    }

    async fn get_inbound_group_sessions(&self) -> Result<Vec<InboundGroupSession>> {
        self.group_sessions(None).await
    }

    async fn inbound_group_session_counts(
        &self,
        _backup_version: Option<&str>,
    ) -> Result<RoomKeyCounts> {
        self.group_session_counts()
    }

    async fn get_inbound_group_sessions_by_room_id(
        &self,
        room_id: &RoomId,
    ) -> Result<Vec<InboundGroupSession>> {
        self.group_sessions(Some(room_id)).await
    }

    async fn get_inbound_group_sessions_for_device_batch(
        &self,
        curve_key: Curve25519PublicKey,
        sender_data_type: SenderDataType,
        after_session_id: Option<String>,
        limit: usize,
    ) -> Result<Vec<InboundGroupSession>> {
        let after = after_session_id.as_deref();
        self.group_sessions_of_device(curve_key, sender_data_type, after, limit)
    }

    async fn inbound_group_sessions_for_backup(
        &self,
        _backup_version: &str,
        limit: usize,
    ) -> Result<Vec<InboundGroupSession>> {
        // There is one backup at a time: the SDK resets when its version changes.
        self.group_sessions_to_back_up(limit)
    }

    async fn mark_inbound_group_sessions_as_backed_up(
        &self,
        _backup_version: &str,
        room_and_session_ids: &[(&RoomId, &str)],
    ) -> Result<()> {
        self.mark_backed_up(room_and_session_ids).await
    }

    async fn reset_backup_state(&self) -> Result<()> {
        self.reset_backup().await
    }

    async fn load_backup_keys(&self) -> Result<BackupKeys> {
        self.backup_keys()
    }

    async fn load_dehydrated_device_pickle_key(&self) -> Result<Option<DehydratedDeviceKey>> {
        self.keys.at(single()).id(DEHYDRATED_DEVICE_KEY).get()
    }

    async fn delete_dehydrated_device_pickle_key(&self) -> Result<()> {
        self.forget_dehydrated_device_key().await
    }

    async fn get_outbound_group_session(
        &self,
        room_id: &RoomId,
    ) -> Result<Option<OutboundGroupSession>> {
        self.outbound_group_session(room_id)
    }

    async fn load_tracked_users(&self) -> Result<Vec<TrackedUser>> {
        self.keys.at(TRACKED_USERS).all()
    }

    async fn save_tracked_users(&self, users: &[(&UserId, bool)]) -> Result<()> {
        self.track_users(users).await
    }

    async fn get_device(
        &self,
        user_id: &UserId,
        device_id: &DeviceId,
    ) -> Result<Option<DeviceData>> {
        self.keys.at(DEVICES).id(user_id).id(device_id).get()
    }

    async fn get_user_devices(
        &self,
        user_id: &UserId,
    ) -> Result<HashMap<OwnedDeviceId, DeviceData>> {
        let devices = self.keys.at(DEVICES).id(user_id).all()?;
        Ok(devices
            .into_iter()
            .map(|device| (device.device_id().to_owned(), device))
            .collect())
    }

    async fn get_own_device(&self) -> Result<DeviceData> {
        self.own_device()
    }

    async fn get_user_identity(&self, user_id: &UserId) -> Result<Option<UserIdentityData>> {
        self.keys.at(IDENTITIES).id(user_id).get()
    }

    async fn is_message_known(&self, message_hash: &OlmMessageHash) -> Result<bool> {
        let place = self.keys.at(MESSAGE_HASHES).id(&message_hash.sender_key);
        place.id(&message_hash.hash).exists()
    }

    async fn get_outgoing_secret_requests(
        &self,
        request_id: &TransactionId,
    ) -> Result<Option<GossipRequest>> {
        self.keys.at(REQUESTS).id(request_id).get()
    }

    async fn get_secret_request_by_info(
        &self,
        secret_info: &SecretInfo,
    ) -> Result<Option<GossipRequest>> {
        self.request_for(secret_info)
    }

    async fn get_unsent_secret_requests(&self) -> Result<Vec<GossipRequest>> {
        self.unsent_requests()
    }

    async fn delete_outgoing_secret_requests(&self, request_id: &TransactionId) -> Result<()> {
        self.forget_request(request_id).await
    }

    async fn get_secrets_from_inbox(
        &self,
        secret_name: &SecretName,
    ) -> Result<Vec<Zeroizing<String>>> {
        self.secrets(secret_name)
    }

    async fn delete_secrets_from_inbox(&self, secret_name: &SecretName) -> Result<()> {
        self.forget_secrets(secret_name).await
    }

    async fn get_room_settings(&self, room_id: &RoomId) -> Result<Option<RoomSettings>> {
        self.keys.at(ROOM_SETTINGS).id(room_id).get()
    }

    async fn get_received_room_key_bundle_data(
        &self,
        room_id: &RoomId,
        user_id: &UserId,
    ) -> Result<Option<StoredRoomKeyBundleData>> {
        self.keys.at(BUNDLES).id(room_id).id(user_id).get()
    }

    async fn get_pending_key_bundle_details_for_room(
        &self,
        room_id: &RoomId,
    ) -> Result<Option<RoomPendingKeyBundleDetails>> {
        self.keys.at(PENDING_BUNDLES).id(room_id).get()
    }

    async fn get_all_rooms_pending_key_bundles(&self) -> Result<Vec<RoomPendingKeyBundleDetails>> {
        self.keys.at(PENDING_BUNDLES).all()
    }

    async fn has_downloaded_all_room_keys(&self, room_id: &RoomId) -> Result<bool> {
        self.keys.at(DOWNLOADED).id(room_id).exists()
    }

    async fn get_custom_value(&self, key: &str) -> Result<Option<Vec<u8>>> {
        self.read_value(key)
    }

    async fn set_custom_value(&self, key: &str, value: Vec<u8>) -> Result<()> {
        self.write_value(key, value).await
    }

    async fn remove_custom_value(&self, key: &str) -> Result<()> {
        self.forget_value(key).await
    }

    async fn try_take_leased_lock(
        &self,
        lease_duration_ms: u32,
        key: &str,
        holder: &str,
    ) -> Result<Option<CrossProcessLockGeneration>> {
        let mut leases = self.leases.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(try_take_leased_lock(
            &mut leases,
            lease_duration_ms,
            key,
            holder,
        ))
    }

    async fn next_batch_token(&self) -> Result<Option<String>> {
        self.keys.at(single()).id(NEXT_BATCH).get()
    }

    async fn close(&self) -> Result<()> {
        // The databases close with the last of their users.
        self.keys.flush().await
    }

    async fn reopen(&self) -> Result<()> {
        Ok(())
    }

    async fn get_size(&self) -> Result<Option<usize>> {
        Ok(usize::try_from(self.keys.size()?).ok())
    }
}
